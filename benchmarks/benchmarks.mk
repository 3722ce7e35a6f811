# SPDX-License-Identifier: Apache-2.0
# make bench: the workers are programs of their own, because the libraries' symbols clash.

BENCH := $(BUILD)/bench
BENCH_ROUNDS ?= 15
BENCH_MILLISECONDS ?= 8
# Only the rows whose name holds this.
BENCH_ROWS ?=
BENCH_FLAGS = -std=c99 $(TARGET_FLAGS) $(CFLAGS) $(WARNINGS) $(LDFLAGS) -Ibenchmarks
BENCH_HEADERS := benchmarks/rows.h benchmarks/worker.h
BENCH_WORKERS := $(BENCH)/psacrypto $(BENCH)/openssl $(BENCH)/mbedtls

$(BENCH)/psacrypto: benchmarks/psa.c benchmarks/worker.c $(BENCH_HEADERS) benchmarks/pake.h $(ARCHIVE)
	@mkdir -p $(@D)
	$(call say,CC      $@)
	$(Q)$(CC) $(filter-out -Ilibrary -Idrivers,$(CPPFLAGS_OURS)) $(BENCH_FLAGS) -o $@ $(filter %.c %.a,$^) -pthread

# Names of the rows that Debian's Mbed TLS does not have become 0, which it does not support.
$(BENCH)/names.h: benchmarks/rows.h
	@mkdir -p $(@D)
	$(Q)grep -oE 'PSA_[A-Z0-9_]+\(?' $< | sort -u | \
	    awk '{ call = sub(/\($$/, ""); print "#ifndef " $$0 "\n#define " $$0 (call ? "(...)" : "") " 0\n#endif" }' >$@

# Debian's headers and library, nothing of ours.
$(BENCH)/mbedtls: benchmarks/psa.c benchmarks/worker.c $(BENCH_HEADERS) benchmarks/pake.h $(BENCH)/names.h
	@mkdir -p $(@D)
	$(call say,CC      $@)
	$(Q)$(CC) $(BENCH_FLAGS) -Wno-conversion -DNAMES='"$(abspath $(BENCH)/names.h)"' -o $@ $(filter %.c,$^) -lmbedcrypto -pthread

$(BENCH)/openssl: benchmarks/openssl.c benchmarks/worker.c $(BENCH_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC      $@)
	$(Q)$(CC) $(BENCH_FLAGS) -o $@ $(filter %.c,$^) -lcrypto -pthread

$(BENCH)/bench: benchmarks/bench.c benchmarks/rows.h
	@mkdir -p $(@D)
	$(call say,CC      $@)
	$(Q)$(CC) $(BENCH_FLAGS) -o $@ $(filter %.c,$^)

bench: $(BENCH)/bench $(BENCH_WORKERS)
	$(Q)tools/build/packages bench
	$(Q)$(BENCH)/bench $(BENCH) $(BENCH_ROUNDS) $(BENCH_MILLISECONDS) '$(BENCH_ROWS)'
	$(Q)awk -F, 'NR > 1 { row = $$1 " " $$2; if (!(row in seen)) { seen[row] = 1; order[++n] = row } time[row, $$3] = $$4 } \
	    function speed(row, name) { return (row, name) in time ? time[row, "OpenSSL"] / time[row, name] : "?" } \
	    END { for (i = 1; i <= n; i++) if ((order[i], "OpenSSL") in time) \
	        printf "%s\t%s\t%s\t%s\n", order[i], speed(order[i], "psacrypto"), speed(order[i], "OpenSSL + key setup"), speed(order[i], "Mbed TLS") }' \
	    $(BENCH)/results.csv >$(BENCH)/chart.tsv
	$(Q)gnuplot -e "data='$(BENCH)/chart.tsv'; output='$(BENCH)/chart.svg'; width=$$((240 + 24 * $$(wc -l <$(BENCH)/chart.tsv)))" benchmarks/chart.gp
	@echo "$(BENCH)/results.csv, $(BENCH)/scaling.csv, $(BENCH)/chart.svg"

# How many cache lines a lookup touches, with 10 keys and with a million (minutes, under Valgrind).
.PHONY: bench-lines
bench-lines: $(BENCH)/psacrypto
	$(Q)benchmarks/cache-lines $(BENCH)/psacrypto benchmarks/rows.h
