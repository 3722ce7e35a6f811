# SPDX-License-Identifier: Apache-2.0
# make arch-test ARCH_TESTS=DIR: the PSA arch-test suite, from the archives that its own build left in DIR (README.md here).
# LOCATION=element puts the volatile keys of its tests into the secure element.

ARCH_TESTS ?=
LOCATION ?=
ARCH_TEST := $(BUILD)/arch-test
# Limits that the suite asks for against the specification, which the library has none of otherwise: J-PAKE refuses names of 18
# bytes, CTR an IV of 8.
ARCH_TEST_OPTIONS := -DPSACRYPTO_JPAKE_ID_MAX=17 -DPSACRYPTO_CTR_IV_MIN=12

.PHONY: arch-test arch-test-programs
arch-test:
	$(Q)[ -n '$(ARCH_TESTS)' ] || { echo "ARCH_TESTS names no folder: see tests/conformance/README.md" >&2; exit 1; }
	$(Q)$(MAKE) --no-print-directory BUILD='$(ARCH_TEST)' CPPFLAGS='$(CPPFLAGS) $(ARCH_TEST_OPTIONS)' \
	    ARCH_TESTS='$(ARCH_TESTS)' LOCATION='$(LOCATION)' arch-test-programs
	$(Q)JOBS='$(JOBS)' ONLY='$(ONLY)' tests/conformance/run '$(ARCH_TEST)/logs$(LOCATION:%=-%)' $(foreach suite,$(ARCH_TEST_SUITES),\
	    $(foreach store,$(if $(filter storage,$(suite)),ram posix,ram),$(ARCH_TEST)/$(suite)$(LOCATION:%=-%) $(store)))

# Each suite that was built in DIR or below: the folder that holds dev_apis/<suite>/test_combine.a. The archive that all suites share
# is left in the suite's source tree, whose place CMake has noted.
ARCH_TEST_COMBINED := $(if $(ARCH_TESTS),$(shell find '$(ARCH_TESTS)' -name test_combine.a))
ARCH_TEST_SUITES := $(foreach archive,$(ARCH_TEST_COMBINED),$(notdir $(patsubst %/,%,$(dir $(archive)))))
arch_test_root = $(patsubst %/dev_apis/$(1)/test_combine.a,%,$(filter %/dev_apis/$(1)/test_combine.a,$(ARCH_TEST_COMBINED)))
arch_test_source = $(shell sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' '$(1)/CMakeCache.txt')
arch_test_common = $(or $(shell find '$(ARCH_TESTS)' -name common_val_lib.a | head -n 1),\
    $(wildcard $(call arch_test_source,$(1))/../val_common/common_val_lib.a))

ARCH_TEST_WRAPPED := pal_is_test_enabled
ARCH_TEST_SOURCES := tests/conformance/suite.c
ifeq ($(LOCATION),element)
ARCH_TEST_SOURCES += tests/conformance/location.c
ARCH_TEST_WRAPPED += psa_import_key psa_generate_key psa_copy_key psa_key_derivation_output_key psa_key_agreement psa_pake_get_shared_key \
    psa_get_key_attributes
endif
ARCH_TEST_PROGRAMS := $(ARCH_TEST_SUITES:%=$(BUILD)/%$(LOCATION:%=-%))

# Called by arch-test, with BUILD and the options for it. The suite prints from a table of addresses in 32 bits: no PIE.
arch-test-programs: $(ARCH_TEST_PROGRAMS)
	$(Q)[ -n '$(ARCH_TEST_PROGRAMS)' ] || { echo "no test_combine.a in $(ARCH_TESTS)" >&2; exit 1; }

$(ARCH_TEST_PROGRAMS): $(BUILD)/%: $(ARCH_TEST_SOURCES) $(ARCHIVE) $(ARCH_TEST_COMBINED)
	$(call say,LINK    $@)
	$(Q)$(LINK) -std=c99 -no-pie $(CPPFLAGS_OURS) $(CPPFLAGS) $(WARNINGS) -o $@ $(ARCH_TEST_SOURCES) \
	    $(ARCH_TEST_WRAPPED:%=-Wl,--wrap=%) -Wl,--start-group $(call arch_test_archives,$(patsubst %$(LOCATION:%=-%),%,$*)) $(ARCHIVE) \
	    -Wl,--end-group -pthread
arch_test_archives = $(foreach root,$(call arch_test_root,$(1)),$(root)/dev_apis/$(1)/test_combine.a $(root)/val/val_nspe.a \
    $(root)/platform/pal_nspe.a $(call arch_test_common,$(root)))
