# One command runs the main job, one passes the tests. Both install what a Debian machine lacks.

# The hub's store on PostgreSQL is in what is built here; `swift build` alone needs no libpq.
TRAITS = --traits PostgreSQL
SWIFT_BUILD = swift build $(TRAITS) --explicit-target-dependency-import-check error
SOURCES = Package.swift Sources Tests Benchmarks Examples

# The system's libraries are linked statically where it has them so; what stays is glibc, and what
# Debian has in shared form alone.
STATIC = $(CURDIR)/.build/static
OPTIMISED = -c release -Xswiftc -gline-tables-only --static-swift-stdlib
# Eighty thousand relocations take 2 MB; packed, next to nothing (glibc 2.36).
PACKED = $(shell getconf GNU_LIBC_VERSION 2>/dev/null | awk '{ split($$2, v, "."); \
	if (v[1] > 2 || v[1] == 2 && v[2] >= 36) print "-Xlinker -z -Xlinker pack-relative-relocs" }')
RELEASE = $(OPTIMISED) -Xlinker -L$(STATIC) -Xswiftc -use-ld=lld $(PACKED) \
	-Xlinker --gc-sections -Xlinker --no-export-dynamic -Xlinker --icf=safe \
	-Xlinker --no-eh-frame-hdr -Xlinker -T$(CURDIR)/Scripts/no-unwinding.ld
# Counts SQLite's calls by standing before its shared library.
BENCH = swift build --package-path Benchmarks --scratch-path .build-benchmarks $(OPTIMISED)
BENCH_RUN = .build-benchmarks/release/fieldsync-bench
BENCH_PROGRAMS = --programs .build-benchmarks/release

.PHONY: demo test soak tamper faults crash fuzz fuzz-coverage sanitize mutants check-doors contract check-versions docs screen office report test-page pages man deb check-deb check-proxies check-metrics check-live build lint format packages release static bench bench-peers bench-build night growth load torture vectors clean

# A hub and three devices: log offline, sync, conflict, resolve, compare. LANG=zh_CN.UTF-8 for Chinese.
demo: build
	@Scripts/demo.sh .build/debug

# Everything that must hold: style, imports, laws, vectors, simulation, the real programs.
test: packages lint pages
	$(SWIFT_BUILD) --build-tests
	swift test $(TRAITS) --skip-build

# The entry screen in a real terminal (tmux), and the evening's key strokes. Not part of `test`.
screen: build
	@Scripts/play-entry-screen.sh .build/debug
	@Scripts/play-evening.sh .build/debug en
	@Scripts/play-evening.sh .build/debug zh-Hans

# Export → LibreOffice opens, edits and saves → import. Needs libreoffice-calc-nogui (300 MB).
office: build
	@Scripts/office-round-trip.sh .build/debug

# The auditor's report in a real browser: a phone's width, and two pages on paper. Installs chromium (300 MB).
report: build
	@Scripts/check-report.sh .build/debug

# The hub's page in a real browser, in both languages, on a phone and a desk. Installs chromium (300 MB).
test-page: build
	@Scripts/check-page.sh .build/debug $(if $(PICTURES),--pictures $(PICTURES))

# The pages of both languages have the same commands; the places that docs/walk.md names are there.
pages:
	@Scripts/walk.py --check docs/walk.md
	@Scripts/fill_transcripts.py --check docs/tutorial.md docs/zh-Hans/tutorial.md
	@Scripts/fill_transcripts.py --check README.md README.zh-Hans.md
	@Scripts/fill_transcripts.py --check docs/operator.md docs/zh-Hans/operator.md

# One package for Debian, in .build: programs, manual pages, completions, units, licences.
deb: release
	@Scripts/make_deb.sh .build/release .build

# Install, upgrade over a running hub and purge, in a clean Debian that is booted. As root.
check-deb: deb
	@Scripts/check_deb.sh

# The recipes for nginx and Caddy, run in front of a hub. Needs both (apt).
check-proxies: release
	@Scripts/check_proxies.sh .build/release

# Alert rules and the dashboard, beside what a hub really tells. Needs promtool (Debian: prometheus).
check-metrics: build
	@Scripts/check-metrics.sh .build/debug

# 1,000 watchers on one hub; two devices that watch behind nginx as Debian installs it (apt: nginx).
check-live: release
	@Scripts/check-live.sh .build/release
	@Scripts/check-watch.sh .build/release

# The library's documentation as a site, in .build-docs/site. A warning is an error.
docs:
	swift package --scratch-path .build-docs --allow-writing-to-directory .build-docs/site generate-documentation --target FieldSync --output-path .build-docs/site --warnings-as-errors

# Manual pages in both languages, from the programs' own help, in .build/man.
man: build
	@Scripts/make_man_pages.py .build/debug .build/man

build: packages
	@$(SWIFT_BUILD)

packages:
	@Scripts/install-packages.sh

lint:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format format --in-place --parallel --recursive $(SOURCES)

# Random lives of copies, restores and losses, with a table: make soak SEEDS=20000
SEEDS = 2000
soak: packages
	@Scripts/soak.sh $(SEEDS)

# What the auditor says of files that were tampered with: the list, and so many random ones.
TAMPER_SEEDS = 5000
tamper: packages
	@Scripts/tamper.sh $(TAMPER_SEEDS)

# A fault at every write of every command, in an hour and a half of a release in memory; a part: make faults FAULTS="--only save"
FAULTS =
faults: build
	@Scripts/faults/faults.py .build/debug $(FAULTS)

# Programs that are killed in the middle of their work.
CYCLES = 500
crash: build
	@Scripts/faults/crash.py .build/debug --cycles $(CYCLES)

# Damaged input for every parser; `make test` gives each 20,000. A failing process ends: the seed is
# found with FUZZ=1 FUZZ_SEED=n.
FUZZ = 1000000
FUZZ_SEED = 1
fuzz: packages
	$(SWIFT_BUILD) --build-tests
	FUZZ=$(FUZZ) FUZZ_SEED=$(FUZZ_SEED) swift test $(TRAITS) --skip-build --filter FuzzTests

# The readers of messages under libFuzzer, SECONDS each: make fuzz-coverage SECONDS=600 READERS="push page"
SECONDS = 60
READERS =
fuzz-coverage: packages
	@Scripts/fuzz.sh $(SECONDS) $(READERS)

# The tests under sanitizers: make sanitize KIND=memory (addresses, undefined behaviour) or thread. Builds anew.
KIND = memory
FILTER =
sanitize: packages
	@Scripts/sanitize.sh $(KIND) "$(FILTER)"

# Planted faults, and which test catches each; some: make mutants MUTANTS="echo tie_break"
MUTANTS =
mutants: packages
	@Scripts/mutants.py $(MUTANTS)

# What strangers may try at a hub, and what a normal device notices.
check-doors: release
	@Scripts/check_doors.py .build/release

# Generated requests against the OpenAPI document: no server's errors, no answer that is not in it. Needs python3-venv.
contract: build
	@Scripts/contract/contract.py .build/debug $(EXAMPLES)

# Programs of another release at hubs of this one, and the other way round: OLD=folder of programs
check-versions: build
	@Scripts/check-versions.sh $(OLD) .build/debug

# Programs to deploy: optimised, each one file, no Swift needed beside it.
release: packages static
	$(SWIFT_BUILD) $(RELEASE) --product sync-field
	$(SWIFT_BUILD) $(RELEASE) --product sync-hub
	$(SWIFT_BUILD) $(RELEASE) --product sync-audit

# Every budget beside plain SQLite; a table, and .build/bench.json. docs/benchmarks.md says how to read it.
bench: bench-build
	@mkdir -p .build
	$(BENCH_RUN) budgets $(BENCH_PROGRAMS)

# The same rows with Yjs and Loro (from PyPI), and with cr-sqlite and sqlite-sync where their extensions
# are: make bench-peers CRSQLITE=FILE CLOUDSYNC=FILE. Needs python3-venv.
bench-peers: bench-build
	@mkdir -p .build
	@test -x .build-peers/bin/python || /usr/bin/python3 -m venv .build-peers
	@.build-peers/bin/python -c 'import loro, pycrdt' 2>/dev/null || .build-peers/bin/pip install --quiet loro pycrdt
	@CRSQLITE="$(CRSQLITE)" CLOUDSYNC="$(CLOUDSYNC)" $(BENCH_RUN) peers --python .build-peers/bin/python

# 140 devices at once, on an empty hub and on one with 1,000,000 records.
night: bench-build
	$(BENCH_RUN) night $(BENCH_PROGRAMS)

# 64 devices at one and three hubs over one PostgreSQL, one space and eight; docs/scale.md.
load: bench-build
	@Scripts/load.sh .build-benchmarks/release

# The cluster of docs/scale.md on this machine, and ten minutes of failures.
torture: bench-build
	@Scripts/cluster.sh torture --minutes 10 .build-benchmarks/release

# Each measure at 26,000, 260,000 and 1,000,000 records; at others: make growth RECORDS=1000000,10000000
RECORDS = 26000,260000,1000000
growth: bench-build
	$(BENCH_RUN) growth $(BENCH_PROGRAMS) --records $(RECORDS)

static:
	@Scripts/link_static.sh $(STATIC)

bench-build: packages static
	$(BENCH)
	$(BENCH) --product sync-field
	$(BENCH) --product sync-hub
	$(BENCH) --product sync-audit

# Writes Protocol/vectors anew from the reference and checks them (python3 with `cryptography`).
vectors:
	python3 Protocol/reference/generate_vectors.py
	python3 Protocol/reference/check.py

clean:
	rm -rf .build .build-benchmarks .build-soak .build-fuzz .build-peers
