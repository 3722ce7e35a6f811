# SPDX-License-Identifier: Apache-2.0
#
#   make            the library (archive and shared), and the psa tool
#   make test       every test; ends with "N passed, N failed"
#   make check      the edit loop: build, layers, symbols, quick tests
#   make help       the other targets, and the variables
#
# sources.list names the sources of the library, one per line; tests, tools and fuzz targets are found by name.

.DEFAULT_GOAL := all

# `make deps test`: the packages come first, because what is installed decides what the rest of this file finds.
.PHONY: deps deps-all
deps:
	@tools/build/packages build

deps-all:
	@tools/build/packages build bench ci cross

WITH_DEPS := $(filter deps deps-all,$(MAKECMDGOALS))
AFTER_DEPS := $(filter-out deps deps-all,$(MAKECMDGOALS))
ifneq ($(and $(WITH_DEPS),$(AFTER_DEPS)),)
.PHONY: $(AFTER_DEPS) after-deps
$(AFTER_DEPS): after-deps ;
after-deps: $(WITH_DEPS)
	@$(MAKE) --no-print-directory $(AFTER_DEPS)
else

VERSION_MACRO = $(shell sed -n 's/^\#define PSACRYPTO_VERSION_$(1) \([0-9]*\).*/\1/p' include/psacrypto/library.h 2>/dev/null)
MAJOR := $(or $(call VERSION_MACRO,MAJOR),0)
VERSION := $(MAJOR).$(or $(call VERSION_MACRO,MINOR),1).$(or $(call VERSION_MACRO,PATCH),0)

# ---- Variables for the command line ----

SANITIZE ?=
BUILD ?= build$(if $(SANITIZE),/sanitize-$(subst $(comma),-,$(SANITIZE)))
CC = cc
CFLAGS ?= -O2 -g
LDFLAGS ?=
TARGET_FLAGS ?=
WARNINGS ?= -Wall -Wextra -Wpedantic -Wconversion -Wundef
CONFIG ?=
MBEDTLS_SOURCE ?=
PSACRYPTO_PREFIX ?=
# Thread-local variables cost nothing this way; -ftls-model=global-dynamic for a plugin loaded where static TLS is used up.
TLS_MODEL ?= initial-exec
CROSS_COMPILE ?=
OBJCOPY ?= $(CROSS_COMPILE)objcopy
NM ?= $(CROSS_COMPILE)nm
ifeq ($(origin AR),default)
AR = $(CROSS_COMPILE)ar
endif
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
BINDIR ?= $(PREFIX)/bin
DESTDIR ?=
JOBS ?= 2
ONLY ?=
TEST_WRAPPER ?=
FUZZ_SECONDS ?= 10
VERBOSE ?=

comma := ,
Q := $(if $(VERBOSE),,@)
say = $(if $(VERBOSE),,@echo "  $(1)")

# ---- What is built ----

# A line of sources.list: path [compiler flags of that file].
LIBRARY_SOURCES := $(shell sed -e 's/\#.*//' sources.list | awk 'NF { print $$1 }')
$(foreach line,$(shell sed -e 's/\#.*//' sources.list | awk 'NF > 1 { gsub(/[ \t]+/, "|"); print }'),\
    $(eval FLAGS_$(firstword $(subst |, ,$(line))) := $(wordlist 2,99,$(subst |, ,$(line)))))
TOOL_SOURCES := $(sort $(wildcard tools/psa/*.c))
STRESS_SOURCES := $(sort $(wildcard tests/stress/test_*.c))
# Tests of a CPU's kernels belong to builds that have them.
WITHOUT_KERNELS := $(if $(filter x86_64-% amd64-%,$(shell $(CC) $(TARGET_FLAGS) -dumpmachine)),,x86_64) \
    $(if $(findstring PSACRYPTO_KERNELS_X86_64=0,$(CPPFLAGS)),x86_64)
TEST_SOURCES := $(filter-out $(STRESS_SOURCES) $(addsuffix /%,$(addprefix tests/drivers/,$(WITHOUT_KERNELS))),$(sort $(shell find tests -name 'test_*.c')))
# Programs that tests start, linked with Debian's Mbed TLS and nothing of ours.
PEER_SOURCES := $(sort $(wildcard tests/peers/*.c))
# Libraries that tests/differential compares with, beside OpenSSL: those that the compiler finds. Source, switch, library.
OTHER_LIBRARIES := peer_gcrypt:PEER_GCRYPT:gcrypt peer_nettle:PEER_NETTLE:nettle peer_botan:PEER_BOTAN:botan-2 peer_sodium:PEER_SODIUM:sodium \
    peer_b2:PEER_B2:b2
part = $(foreach library,$(2),$(word $(1),$(subst :, ,$(library))))
OTHERS_FOUND := $(foreach library,$(OTHER_LIBRARIES),\
    $(if $(wildcard $(shell $(CC) $(TARGET_FLAGS) -print-file-name=lib$(call part,3,$(library)).so)),$(library)))
OTHERS_MISSING := $(filter-out $(OTHERS_FOUND),$(OTHER_LIBRARIES))
CPPFLAGS_OTHERS := $(patsubst %,-D%=1,$(call part,2,$(OTHERS_FOUND))) $(patsubst %,-D%=0,$(call part,2,$(OTHERS_MISSING))) \
    $(if $(filter peer_botan:%,$(OTHERS_FOUND)),$(subst -I,-isystem ,$(shell pkg-config --cflags-only-I botan-2)))
OF_THEIR_OWN := peers install link configurations conformance
SUPPORT_SOURCES := $(filter-out $(patsubst %,tests/differential/%.c,$(call part,1,$(OTHERS_MISSING))),\
    $(sort $(shell find tests -name '*.c' -not -name 'test_*.c' $(OF_THEIR_OWN:%=-not -path 'tests/%/*'))))
FUZZ_SOURCES := $(sort $(wildcard fuzz/fuzz_*.c))

ARCHIVE := $(BUILD)/libpsacrypto.a
INTERNAL := $(BUILD)/libpsacrypto-internal.a
SHARED := $(BUILD)/libpsacrypto.so
TOOL := $(if $(TOOL_SOURCES),$(BUILD)/psa)
object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIBRARY_OBJECTS := $(call object,$(LIBRARY_SOURCES))
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SOURCES))
STRESS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(STRESS_SOURCES))
PEERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(PEER_SOURCES))
FUZZERS := $(patsubst fuzz/%.c,$(BUILD)/fuzz/%,$(FUZZ_SOURCES))

# ---- Flags ----

# -Iinclude comes first: libmbedtls-dev puts another psa/ into /usr/include.
CPPFLAGS_OURS := -Iinclude -Ilibrary -Idrivers $(if $(CONFIG),-DPSACRYPTO_CONFIG_FILE='"$(abspath $(CONFIG))"') \
    $(if $(PSACRYPTO_PREFIX),-DPSACRYPTO_PREFIX=$(PSACRYPTO_PREFIX))
CFLAGS_SANITIZE := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
CFLAGS_ALL = -std=c99 $(TARGET_FLAGS) $(CFLAGS) $(WARNINGS) $(CFLAGS_SANITIZE)
# The objects serve the archive and the shared library alike; sections let a program drop what it does not use.
CFLAGS_LIBRARY := -fPIC -fno-semantic-interposition -ftls-model=$(TLS_MODEL) -ffunction-sections -fdata-sections
DEPENDENCIES := -MMD -MP
LINK = $(CC) $(TARGET_FLAGS) $(CFLAGS) $(CFLAGS_SANITIZE) $(LDFLAGS)

# ---- Mbed TLS: bignum for drivers/software/math, nothing else ----

ifeq ($(MBEDTLS_SOURCE),)
MBEDTLS := $(wildcard $(shell $(CC) $(TARGET_FLAGS) -print-file-name=libmbedcrypto.a))
else
MBEDTLS_NAMES := bignum bignum_core constant_time platform_util
MBEDTLS := $(patsubst $(MBEDTLS_SOURCE)/library/%.c,$(BUILD)/obj/mbedtls/%.o,\
    $(wildcard $(MBEDTLS_NAMES:%=$(MBEDTLS_SOURCE)/library/%.c)))
CPPFLAGS_MBEDTLS := -I$(MBEDTLS_SOURCE)/include -DMBEDTLS_CONFIG_FILE='"software/math/mbedtls_config.h"'
CPPFLAGS_OURS += $(CPPFLAGS_MBEDTLS)
endif

# ---- Build ----

.PHONY: all library programs test quick check check-all demo bench fuzz stress secrets layers symbols install uninstall clean help FORCE
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

library: $(ARCHIVE) $(SHARED)

all: $(ARCHIVE) $(SHARED) $(TOOL)
ifeq ($(TOOL_SOURCES),)
	@echo "tools/psa has no sources: the psa tool is not built" >&2
endif

# Objects are made again when the flags change, not only the sources.
FLAGS_NOW := $(CC) $(CFLAGS_ALL) $(CFLAGS_LIBRARY) $(CPPFLAGS_OURS) $(CPPFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(foreach word,$(FLAGS_NOW),'$(subst ','\'',$(word))') | cmp -s - $@ || \
	    printf '%s\n' $(foreach word,$(FLAGS_NOW),'$(subst ','\'',$(word))') >$@

$(LIBRARY_OBJECTS): $(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $<)
	$(Q)$(CC) $(CPPFLAGS_OURS) $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS_LIBRARY) $(FLAGS_$<) $(DEPENDENCIES) -c -o $@ $<

$(BUILD)/obj/mbedtls/%.o: $(MBEDTLS_SOURCE)/library/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $<)
	$(Q)$(CC) $(CPPFLAGS_OURS) -I$(MBEDTLS_SOURCE)/library $(CPPFLAGS) $(filter-out $(WARNINGS),$(CFLAGS_ALL)) $(CFLAGS_LIBRARY) \
	    $(DEPENDENCIES) -c -o $@ $<

$(ARCHIVE): $(LIBRARY_OBJECTS) $(MBEDTLS) tools/build/merge tools/build/exports.list sources.list $(BUILD)/flags
	$(call say,MERGE   $@)
	$(Q)CC='$(CC) $(TARGET_FLAGS)' OBJCOPY='$(OBJCOPY)' AR='$(AR)' \
	    tools/build/merge -o $@ $(if $(PSACRYPTO_PREFIX),-p $(PSACRYPTO_PREFIX)) $(LIBRARY_OBJECTS) $(MBEDTLS)

# The shared library is the archive's one object: what is local there stays local here.
$(SHARED).$(VERSION): $(ARCHIVE) tools/build/version-script tools/build/link-flags
	$(call say,LINK    $@)
	$(Q)tools/build/version-script PSACRYPTO_$(MAJOR) $(PSACRYPTO_PREFIX) >$(BUILD)/libpsacrypto.map
	$(Q)NM='$(NM)' SANITIZE='$(SANITIZE)' tools/build/link-flags $(if $(PSACRYPTO_PREFIX),-p $(PSACRYPTO_PREFIX)) $(ARCHIVE) >$(BUILD)/link-flags
	$(Q)$(LINK) -shared -Wl,-soname,libpsacrypto.so.$(MAJOR) -Wl,--version-script=$(BUILD)/libpsacrypto.map @$(BUILD)/link-flags \
	    -o $@ -Wl,--whole-archive $(ARCHIVE) -Wl,--no-whole-archive -pthread

$(SHARED): $(SHARED).$(VERSION)
	$(Q)ln -sf libpsacrypto.so.$(VERSION) $(SHARED).$(MAJOR)
	$(Q)ln -sf libpsacrypto.so.$(MAJOR) $@

# Not merged, everything visible, with the hooks of tests: for tests and fuzz targets. Only the sources that
# have hooks are compiled once more, so that the tests run on the library's own objects.
HOOKED_SOURCES := $(shell grep -lw PSACRYPTO_TEST_HOOKS $(LIBRARY_SOURCES) 2>/dev/null)
HOOKED_OBJECTS := $(patsubst %.c,$(BUILD)/obj/hooks/%.o,$(HOOKED_SOURCES))
$(HOOKED_OBJECTS): $(BUILD)/obj/hooks/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $< (with hooks))
	$(Q)$(CC) $(CPPFLAGS_OURS) -DPSACRYPTO_TEST_HOOKS=1 $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS_LIBRARY) $(FLAGS_$<) $(DEPENDENCIES) -c -o $@ $<

$(INTERNAL): $(filter-out $(call object,$(HOOKED_SOURCES)),$(LIBRARY_OBJECTS)) $(HOOKED_OBJECTS)
	$(call say,AR      $@)
	$(Q)rm -f $@ && $(AR) rcsD $@ $^

# For them Mbed TLS without its own PSA, whose names are ours.
MBEDTLS_MATH := $(BUILD)/mbedtls.a
$(MBEDTLS_MATH): $(MBEDTLS)
	@mkdir -p $(@D)
	$(Q)rm -f $@
ifeq ($(MBEDTLS_SOURCE),)
	$(Q)cp $(MBEDTLS) $@ && $(AR) d $@ $$($(AR) t $@ | grep '^psa_') && $(AR) s $@
else
	$(Q)$(AR) rcsD $@ $(MBEDTLS)
endif

OTHER_SOURCES := $(TOOL_SOURCES) $(TEST_SOURCES) $(STRESS_SOURCES) $(SUPPORT_SOURCES)
$(call object,$(OTHER_SOURCES)): $(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $<)
	$(Q)$(CC) $(if $(filter tools/%,$<),$(filter-out -Ilibrary -Idrivers,$(CPPFLAGS_OURS)),$(CPPFLAGS_OURS) -Itests -DPSACRYPTO_TEST_HOOKS=1) \
	    $(CPPFLAGS) $(CFLAGS_ALL) $(if $(filter tests/%,$<),-std=gnu99) $(if $(filter tests/differential/%,$<),$(CPPFLAGS_OTHERS)) $(DEPENDENCIES) -c -o $@ $<

$(BUILD)/psa: $(call object,$(TOOL_SOURCES)) $(ARCHIVE)
	$(call say,LINK    $@)
	$(Q)$(LINK) -o $@ $^ -pthread

# ---- Tests ----

$(BUILD)/tests/libsupport.a: $(call object,$(SUPPORT_SOURCES))
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcsD $@ $^

$(TESTS) $(STRESS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/tests/libsupport.a $(INTERNAL) $(MBEDTLS_MATH)
	@mkdir -p $(@D)
	$(call say,LINK    $@)
	$(Q)$(LINK) -o $@ $^ $(if $(filter $(BUILD)/tests/differential/%,$@),$(patsubst %,-l%,$(call part,3,$(OTHERS_FOUND)))) -lcmocka -lcrypto -ljansson -pthread

$(PEERS): $(BUILD)/tests/%: tests/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $@)
	$(Q)$(CC) $(TARGET_FLAGS) $(CFLAGS) $(WARNINGS) $(CPPFLAGS) -std=c99 -o $@ $< $(LDFLAGS) -lmbedcrypto

RUN_TESTS = BUILD='$(BUILD)' JOBS='$(JOBS)' ONLY='$(ONLY)' TEST_WRAPPER='$(TEST_WRAPPER)' tools/build/run-tests

test: all $(TESTS) $(STRESS) $(PEERS)
	$(Q)ALL_TESTS=1 $(RUN_TESTS) $(TESTS) $(STRESS)

quick: all $(TESTS) $(PEERS)
	$(Q)PSACRYPTO_TEST_QUICK=$${PSACRYPTO_TEST_QUICK:-1} $(RUN_TESTS) $(TESTS)

check: all layers symbols quick

# Everything that compiles, nothing run.
programs: all $(TESTS) $(STRESS) $(PEERS)

stress: $(STRESS)
	$(Q)$(RUN_TESTS) $(STRESS)

check-all:
	.ci/run

# Secrets marked as undefined memory, under Valgrind (which does not know all instructions of the x86-64 kernels).
SECRET_TESTS := $(patsubst $(BUILD)/%,$(BUILD)/secrets/%,$(filter %/test_secrets %/test_constant_time,$(TESTS)))
secrets:
	$(Q)$(MAKE) --no-print-directory BUILD='$(BUILD)/secrets' CPPFLAGS='$(CPPFLAGS) -DCT_CHECK_VALGRIND -DPSACRYPTO_KERNELS_X86_64=0' $(SECRET_TESTS)
	$(Q)if PSACRYPTO_SECRETS_CANARY=1 valgrind -q --error-exitcode=99 $(BUILD)/secrets/tests/secrets/test_secrets >/dev/null 2>&1; then \
	    echo "Valgrind does not see a branch that depends on a secret" >&2; exit 1; fi
	$(Q)BUILD='$(BUILD)/secrets' TEST_WRAPPER='valgrind -q --error-exitcode=99' tools/build/run-tests $(SECRET_TESTS)

layers:
	$(call say,LAYERS)
	$(Q)tools/build/layers
	$(Q)tools/build/headers $(CC) $(CPPFLAGS_OURS) $(CPPFLAGS) $(LIBRARY_SOURCES)

symbols: $(ARCHIVE) $(SHARED)
	$(call say,SYMBOLS)
	$(Q)NM='$(NM)' tools/build/symbols include $(if $(PSACRYPTO_PREFIX),-p $(PSACRYPTO_PREFIX)) $(ARCHIVE) $(SHARED)

demo: all
	$(Q)BUILD='$(BUILD)' sh examples/demo.sh

include benchmarks/benchmarks.mk
include fuzz/fuzz.mk
include tests/conformance/conformance.mk

# ---- Install ----

install: all
	$(Q)INCLUDEDIR='$(INCLUDEDIR)' LIBDIR='$(LIBDIR)' BINDIR='$(BINDIR)' DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' BUILD='$(BUILD)' \
	    VERSION='$(VERSION)' SYMBOL_PREFIX='$(PSACRYPTO_PREFIX)' CONFIG='$(CONFIG)' tools/build/install install

uninstall:
	$(Q)INCLUDEDIR='$(INCLUDEDIR)' LIBDIR='$(LIBDIR)' BINDIR='$(BINDIR)' DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' \
	    tools/build/install uninstall

clean:
	rm -rf $(BUILD)

help:
	@sed -n '/^## /s///p' tools/build/help

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

endif
