#!/bin/sh
# Many random lives of copies, restores and losses over the real engine, and a table of them.
# usage: Scripts/soak.sh SEEDS [FIRST]
set -eu

seeds=${1:-2000}
first=${2:-1}
build=.build-soak
run_at_once=$(getconf _NPROCESSORS_ONLN)
lives_a_run=250

swift build --build-tests -c release -Xswiftc -enable-testing --scratch-path "$build" >&2
tests=$build/release/fieldsyncPackageTests.xctest
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

last=$((first + seeds - 1))
at=$first
while [ "$at" -le "$last" ]; do
    left=$((last - at + 1))
    [ "$left" -le "$lives_a_run" ] || left=$lives_a_run
    echo "$at $left"
    at=$((at + left))
done | xargs -P "$run_at_once" -L 1 sh -c '
    HEALING_TABLE=1 HEALING_FIRST="$2" HEALING_SEEDS="$3" \
        timeout 1800 /usr/bin/env "$0" --testing-library swift-testing \
        --filter HealingSimulationTests >"$1/$2.log" 2>&1 || echo "run $2 failed" >>"$1/$2.log"
' "$tests" "$logs"

grep -h "recorded an issue\|^run " "$logs"/*.log | sort | uniq | head -40 || true
cat "$logs"/*.log | awk -v date="$(date -u +%Y-%m-%d)" \
    -v commit="$(git rev-parse --short HEAD 2>/dev/null || echo -)" -v asked="$seeds" '
    # A line of a life may stand behind other output.
    match($0, /life [0-9]+ k=/) {
        split(substr($0, RSTART), words, " ")
        lives++
        for (i in words) {
            split(words[i], pair, "=")
            if (pair[2] != "") sum[pair[1]] += pair[2]
        }
        restored = 0
        for (i in words) if (words[i] ~ /^restores=[1-9]/) restored = 1
        for (i in words) if (words[i] ~ /^false=[1-9]/) { if (restored) false_restored++; else false_other++ }
        if (restored) lives_restored++
    }
    /recorded an issue/ { violations++ }
    /^run .* failed/ { failed++ }
    END {
        printf "| %s | %s |\n|---|---:|\n", date, commit
        printf "| lives that ran, of %d | %d |\n", asked, lives
        printf "| saves | %d |\n| copies of a device | %d |\n", sum["saves"], sum["copies"]
        printf "| files put back | %d |\n| devices lost | %d |\n", sum["putbacks"], sum["losses"]
        printf "| hub restores | %d |\n| hub clock jumps | %d |\n", sum["restores"], sum["jumps"]
        printf "| new keys taken | %d |\n", sum["newkeys"]
        printf "| healings of a broken history | %d |\n", sum["healings"]
        printf "| conflicts | %d |\n", sum["conflicts"]
        printf "| violations of a law | %d |\n", violations
        printf "| lives with a false conflict, no hub restored | %d |\n", false_other
        printf "| lives with a false conflict, hub restored | %d of %d (%.2f %% of all) |\n",
            false_restored, lives_restored, lives ? 100 * false_restored / lives : 0
        exit violations + failed + (lives != asked) > 0
    }'
