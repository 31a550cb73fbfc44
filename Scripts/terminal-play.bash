# What the plays of a real terminal share. Source it after setting `bin`, `name` (of the folder) and
# `set -euo pipefail`. Makes `work`, a hub with points, a device that knows them, and `socket`.

command -v tmux >/dev/null || { echo "tmux is missing: apt-get install tmux" >&2; exit 1; }
data=$(cd "$(dirname "${BASH_SOURCE[0]}")/../Tests/SampleData" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-$name.XXXXXX")
socket="$work/tmux"
hub_pid=""

finish() {
    tmux -S "$socket" kill-server 2>/dev/null || true
    [ -z "$hub_pid" ] || kill "$hub_pid" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work" 2>/dev/null || { sleep 0.5; rm -rf "$work"; }
}
trap finish EXIT

screen() { tmux -S "$socket" capture-pane -p -t play; }

fail() {
    echo "FAILED: $1" >&2
    screen >&2
    exit 1
}

# sees TEXT: waits until the text stands on the screen
sees() {
    for _ in $(seq 100); do
        screen | grep -qF -- "$1" && return
        sleep 0.05
    done
    fail "'$1' is not on the screen"
}

# A device that knows the points of a hub.
"$bin/sync-hub" init --data "$work/hub" --space 南大街 >/dev/null 2>&1
"$bin/sync-hub" point import "$data/points.csv" --data "$work/hub" >/dev/null
"$bin/sync-hub" serve --data "$work/hub" --listen 127.0.0.1:0 --json >"$work/serving" 2>/dev/null &
hub_pid=$!
for _ in $(seq 200); do [ -s "$work/serving" ] && break; sleep 0.05; done
url=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$work/serving")
export SYNC_FIELD_REPLICA="$work/lead.sqlite" HOME="$work"
"$bin/sync-field" init --name "red armbands 1" >/dev/null 2>&1
"$bin/sync-field" join "$("$bin/sync-hub" invite --data "$work/hub" --name "red armbands 1" \
    --url "$url" --json | sed 's/.*"invite":"\([^"]*\)".*/\1/')" >/dev/null 2>&1
"$bin/sync-field" sync >/dev/null 2>&1
