# One command runs the main job, one passes the tests. Both install what a Debian machine lacks.

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
SOURCES = Package.swift Sources Tests

.PHONY: demo test build lint format packages release vectors clean

# A hub and three devices: log offline, sync, conflict, resolve, compare. LANG=zh_CN.UTF-8 for Chinese.
demo: build
	@Scripts/demo.sh .build/debug

# Everything that must hold: style, imports, laws, vectors, simulation, the real programs.
test: packages lint
	$(SWIFT_BUILD) --build-tests
	swift test --skip-build

build: packages
	@$(SWIFT_BUILD)

packages:
	@Scripts/install-packages.sh

lint:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format format --in-place --parallel --recursive $(SOURCES)

# Programs to deploy: optimised, each one file, no Swift needed beside it.
release: packages
	$(SWIFT_BUILD) -c release -Xswiftc -gnone --static-swift-stdlib --product sync-field
	$(SWIFT_BUILD) -c release -Xswiftc -gnone --static-swift-stdlib --product sync-hub

# Writes Protocol/vectors anew from the reference and checks them (python3 with `cryptography`).
vectors:
	python3 Protocol/reference/generate_vectors.py
	python3 Protocol/reference/check.py

clean:
	rm -rf .build
