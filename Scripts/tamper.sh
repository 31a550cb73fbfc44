#!/bin/sh
# Everything that can be done to a file by whoever can write it, and what the auditor says of it.
# usage: Scripts/tamper.sh [SEEDS]
# The list first, then SEEDS random tamperings (default 5,000). Ends with 1 if one is missed.
set -eu

seeds=${1:-5000}
build=.build-soak

swift build --build-tests -c release -Xswiftc -enable-testing --scratch-path "$build" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
TAMPER_TABLE=1 TAMPER_SEEDS=$seeds timeout 3600 /usr/bin/env \
    "$build/release/fieldsyncPackageTests.xctest" --testing-library swift-testing \
    --filter 'Tampering|TamperCatalogueTests|RandomTamperTests|TamperDocumentTests|ProofTests' \
    >"$log" 2>&1 || status=1
grep -a "recorded an issue\|MISSED" "$log" | head -40 || true
awk -F' \\| ' -v date="$(date -u +%Y-%m-%d)" \
    -v commit="$(git rev-parse --short HEAD 2>/dev/null || echo -)" '
    $1 == "tampering" {
        split($2, words, ": ")
        file = words[1]
        if (file ~ /checkpoint|bundle/) { documents = documents "\n| " $2 " | " $3 " |"; next }
        what = words[2] ~ /another class/ ? "stored in another class" \
            : words[2] ~ /changed/ ? "a value changed" \
            : words[2] == "schema" ? "the schema" : words[2] ~ /^meta/ ? "a named value" : "rows dropped or doubled"
        tried[what]++
        total++
        if ($3 ~ /MISSED/) missed[what]++
        else if ($3 ~ /listed/) listed[what]++
        else named[what]++
        kinds[what]
    }
    $1 == "random tampering" { random = $0 }
    END {
        printf "%s, %s\n\n| what was done | tried | named | listed as unproved | missed |\n|---|---:|---:|---:|---:|\n", date, commit
        for (what in kinds)
            printf "| %s | %d | %d | %d | %d |\n", what, tried[what], named[what], listed[what], missed[what]
        printf "| all | %d | | | |\n%s\n%s\n", total, documents, random
    }' "$log"
exit $status
