#!/bin/sh
# Many random lives of copies, restores and losses over the real engine, and a table of them.
# usage: Scripts/soak.sh SEEDS [FIRST]
# Half of the lives are hard, half at the rates that the rules were found with: two of a seed.
set -eu

seeds=$(((${1:-2000} + 1) / 2))
first=${2:-1}
build=.build-soak
run_at_once=$(getconf _NPROCESSORS_ONLN)
seeds_a_run=100

swift build --build-tests -c release -Xswiftc -enable-testing --scratch-path "$build" >&2
tests=$build/release/fieldsyncPackageTests.xctest
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

last=$((first + seeds - 1))
at=$first
while [ "$at" -le "$last" ]; do
    left=$((last - at + 1))
    [ "$left" -le "$seeds_a_run" ] || left=$seeds_a_run
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
    match($0, /life [0-9]+ kind=/) {
        split(substr($0, RSTART), words, " ")
        delete life
        for (i in words) if (split(words[i], pair, "=") == 2) life[pair[1]] = pair[2]
        kind = life["kind"]
        lives[kind]++
        for (i in life) sum[kind, i] += life[i]
        if (life["restores"] > 0) restored[kind]++
        if (life["false"] > 0) wrong[kind, life["restores"] > 0]++
    }
    /recorded an issue/ { violations++ }
    /^run .* failed/ { failed++ }
    function row(name, hard, usual) { printf "| %s | %s | %s |\n", name, hard, usual }
    function summed(name, key) { row(name, sum["hard", key] + 0, sum["usual", key] + 0) }
    function share(kind) {
        return sprintf("%d of %d (%.2f %% of all)", wrong[kind, 1], restored[kind],
            lives[kind] ? 100 * wrong[kind, 1] / lives[kind] : 0)
    }
    END {
        row(date ", " commit, "hard lives", "at the rates of the rules")
        printf "|---|---:|---:|\n"
        row("lives that came to their end, of " asked, lives["hard"] + 0, lives["usual"] + 0)
        summed("saves", "saves"); summed("copies of a device", "copies")
        summed("files put back", "putbacks"); summed("devices lost", "losses")
        summed("hub restores", "restores"); summed("hub clock jumps", "jumps")
        summed("new keys taken", "newkeys"); summed("healings of a broken history", "healings")
        summed("epochs that the operator had to open", "byhand")
        summed("conflicts", "conflicts")
        row("lives with a false conflict, no hub restored", wrong["hard", 0] + 0, wrong["usual", 0] + 0)
        row("lives with a false conflict, a hub restored", share("hard"), share("usual"))
        printf "violations of a law: %d; runs that did not end: %d\n", violations, failed
        lived = lives["hard"] + lives["usual"]
        exit violations + failed + (lived != 2 * asked) > 0
    }'
