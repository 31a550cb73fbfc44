#!/bin/sh
# The tests under a sanitizer of the compiler, with what is linked in C (BoringSSL, and calls into
# SQLite, zlib, minizip, Expat, libyaml); the count of tests, and what was found.
# usage: Scripts/sanitize.sh address|thread|undefined [FILTER]
set -eu

kind=$1
build=.build-$kind
case $kind in
    # What Swift's own library never gives back is not a leak of ours.
    address) export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 filter=${2:-'.'} ;;
    thread) export TSAN_OPTIONS=halt_on_error=0:history_size=4 filter=${2:-'SyncHubTests|SyncClientTests|SyncReplicaTests|SyncStoreTests|LiveTests'} ;;
    undefined) export UBSAN_OPTIONS=print_stacktrace=1 filter=${2:-'.'} ;;
    *) echo "address, thread or undefined" >&2; exit 2 ;;
esac
swift build --build-tests --sanitize="$kind" --scratch-path "$build" >&2
log=$build/tests.log
# Long lives and damaged inputs have their own targets.
FUZZ=200 HEALING_SEEDS=4 SIMULATION_SEEDS=8 timeout 5400 \
    "$build/debug/fieldsyncPackageTests.xctest" --testing-library swift-testing --filter "$filter" \
    >"$log" 2>&1 || failed=1
grep -E "Test run with|recorded an issue" "$log" | tail -20
found=$(grep -cE "ERROR: AddressSanitizer|WARNING: ThreadSanitizer|runtime error:" "$log" || true)
echo "$kind: $found found; the whole in $log"
exit $((${failed:-0} + (found > 0)))
