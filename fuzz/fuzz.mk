# SPDX-License-Identifier: Apache-2.0
# make fuzz: every fuzz/fuzz_*.c is a libFuzzer target, linked with the library, both under ASan and UBSan (clang).
# Corpora grow in build/fuzz/corpus/<target>; their seeds are lines of fuzz/seeds.list. A finding lies in build/fuzz/findings.

FUZZ := $(BUILD)/fuzz
FUZZ_CC ?= clang
FUZZ_RUNS = FUZZ_SECONDS='$(FUZZ_SECONDS)' JOBS='$(JOBS)' ONLY='$(ONLY)' fuzz/run

ifeq ($(FUZZERS),)
fuzz:
	@echo "fuzz/ has no targets (fuzz_*.c)" >&2; exit 1
else
fuzz:
	$(Q)$(MAKE) --no-print-directory BUILD='$(BUILD)/fuzz' CC='$(FUZZ_CC)' SANITIZE=address,undefined \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' fuzzers
	$(Q)$(FUZZ_RUNS) $(FUZZ) $(FUZZ_SOURCES)
endif

# Called by `fuzz`, with the flags for it.
.PHONY: fuzzers
fuzzers: $(patsubst fuzz/%.c,$(BUILD)/%,$(FUZZ_SOURCES))

FUZZ_SUPPORT := $(filter-out $(FUZZ_SOURCES),$(sort $(wildcard fuzz/*.c)))
$(call object,$(FUZZ_SOURCES) $(FUZZ_SUPPORT)): $(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC      $<)
	$(Q)$(CC) $(CPPFLAGS_OURS) -DPSACRYPTO_TEST_HOOKS=1 $(CPPFLAGS) $(CFLAGS_ALL) $(DEPENDENCIES) -c -o $@ $<

$(BUILD)/fuzz_%: $(BUILD)/obj/fuzz/fuzz_%.o $(call object,$(FUZZ_SUPPORT)) $(INTERNAL) $(MBEDTLS_MATH)
	$(call say,LINK    $@)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ -lcrypto -pthread
