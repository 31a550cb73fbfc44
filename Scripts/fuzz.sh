#!/bin/sh
# Every reader of messages under libFuzzer, which goes where the code was not yet; a table of it.
# usage: Scripts/fuzz.sh SECONDS [READER…]
# What it found stays in .build-fuzz/corpus; an input that ends a reader is named and kept beside it.
set -eu

seconds=${1:-60}
[ $# -eq 0 ] || shift
build=$PWD/.build-fuzz
swift build --package-path Tests/Fuzzing --scratch-path "$build" -c release \
    -Xswiftc -sanitize=fuzzer -Xswiftc -gline-tables-only --product fieldsync-fuzz >&2
fuzz=$build/release/fieldsync-fuzz
[ $# -gt 0 ] || set -- $("$fuzz" readers)

echo "| $(date -u +%Y-%m-%d), $(git rev-parse --short HEAD 2>/dev/null || echo -) | seeds | inputs | kept | edges covered | found |"
echo "|---|---:|---:|---:|---:|---:|"
failures=0
for reader in "$@"; do
    corpus=$build/corpus/$reader
    mkdir -p "$corpus" "$build/seeds/$reader" "$build/found/$reader"
    "$fuzz" seeds "$reader" "$build/seeds/$reader" Protocol/vectors Tests/Fixtures/v1 >/dev/null
    log=$build/$reader.log
    found=0
    SWIFT_BACKTRACE=enable=no "$fuzz" "$reader" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="$build/found/$reader/" \
        "$corpus" "$build/seeds/$reader" >"$log" 2>&1 || found=1
    failures=$((failures + found))
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    echo "| $reader | $(ls "$build/seeds/$reader" | wc -l) | ${inputs:--} | $(ls "$corpus" | wc -l) | ${covered:--} | $found |"
done
[ "$failures" -eq 0 ] || echo "What ended a reader lies in $build/found." >&2
exit "$((failures > 0))"
