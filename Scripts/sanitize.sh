#!/bin/sh
# The tests under sanitizers of the compiler, with what is linked in C (BoringSSL, and calls into
# SQLite, zlib, minizip, Expat, libyaml); the count of tests, and what was found.
# usage: Scripts/sanitize.sh memory|thread [FILTER]
# memory: addresses and undefined behaviour, in one build.
set -eu

kind=$1
build=.build-$kind
case $kind in
    # What Swift's own library never gives back is not a leak of ours.
    # The compiler of Swift knows no such check of its own; its traps are that.
    memory) sanitizers="--sanitize address -Xcc -fsanitize=undefined" filter=${2:-'SyncCoreTests|SyncProtocolTests|SyncStoreTests|SyncHubTests|SyncAuditTests|SimulationTests|GzipTests|WorkbookTests|OutreachSchemaTests|HubConfigurationTests|HubDeskTests|CommandsTests'} ;;
    thread) sanitizers="--sanitize thread" filter=${2:-'SyncHubTests|SyncReplicaTests|SyncStoreTests|LiveTests|FieldSyncTests|HubDeskTests'} ;;
    *) echo "memory or thread" >&2; exit 2 ;;
esac
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=0:history_size=4
# shellcheck disable=SC2086
swift build --build-tests $sanitizers --scratch-path "$build" >&2
log=$build/tests.log
# Long lives and damaged inputs have their own targets.
FUZZ=200 HEALING_SEEDS=4 SIMULATION_SEEDS=8 timeout 5400 \
    "$build/debug/fieldsyncPackageTests.xctest" --testing-library swift-testing --filter "$filter" \
    >"$log" 2>&1 || failed=1
grep -E "Test run with|recorded an issue" "$log" | tail -20
found=$(grep -cE "ERROR: AddressSanitizer|WARNING: ThreadSanitizer|runtime error:" "$log" || true)
echo "$kind: $found found; the whole in $log"
exit $((${failed:-0} + (found > 0)))
