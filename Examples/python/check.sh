#!/bin/bash
# Joins the Python client and a Swift device to a real hub, lets both write, and checks that all three agree.
#
#     check.sh PROGRAMS_FOLDER        the folder with sync-hub, sync-field and sync-audit
#
# Needs bash, Python 3.11 with the package cryptography, and timeout. Everything happens in a temporary folder.
set -euo pipefail

programs=$(cd "${1:?usage: check.sh PROGRAMS_FOLDER}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
# The first Python that has what the client needs.
interpreter=
for found in python3 /usr/bin/python3; do
    if "$found" -c 'import cryptography' 2> /dev/null; then
        interpreter=$found
        break
    fi
done
[ -n "$interpreter" ] || { echo "check: no Python with the package cryptography (Debian: python3-cryptography)" >&2; exit 1; }
work=$(mktemp -d)
hub=

finish() {
    status=$?
    trap - EXIT
    if [ -n "$hub" ]; then
        kill "$hub" 2>/dev/null || true
        wait "$hub" 2>/dev/null || true
    fi
    [ "$status" = 0 ] || { echo "check: FAILED. The hub's log ends:"; tail -n 5 "$work/hub.log" || true; } >&2
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

python() { timeout 60 "$interpreter" "$here/fieldsync.py" "$work/python.db" "$@"; }
field() { timeout 60 env HOME="$work" "$programs/sync-field" "$@" --replica "$work/swift.fs" --lang en; }
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
invite() { timeout 60 "$programs/sync-hub" invite --data "$work/hub" --name "$1" --json 2>/dev/null | member invite; }

# Standard input must hold the text.
expect() {
    text=$(cat)
    grep -F -q -- "$1" <<< "$text" || { printf 'check: not found: %s\nin: %s\n' "$1" "$text" >&2; return 1; }
}

both_equal() {
    python sync | expect equal
    field sync 2>/dev/null | expect "this device and the hub hold the same"
}

# What each holds in `stops`, one line a record, in one form.
python_stops() { python list stops | python3 -c '
import json, sys
for record in sorted(map(json.loads, sys.stdin), key=lambda record: record["id"]):
    record["fields"].pop("_deleted", None)
    print(record["id"], json.dumps(record["fields"], sort_keys=True))'; }
field_stops() { field record list stops --json 2>/dev/null | python3 -c '
import json, sys
for record in sorted(json.load(sys.stdin), key=lambda record: record["id"]):
    if not record["deleted"]:
        print(record["id"], json.dumps(record["fields"], sort_keys=True))'; }

echo "check: the hub"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
timeout 60 "$programs/sync-hub" init --data "$work/hub" --space Example --url "http://127.0.0.1:$port" > /dev/null 2>&1
timeout 600 "$programs/sync-hub" serve --data "$work/hub" --listen "127.0.0.1:$port" > "$work/hub.log" 2>&1 &
hub=$!
for _ in $(seq 60); do
    python3 -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=5)' "http://127.0.0.1:$port/livez" \
        2>/dev/null && break
    kill -0 "$hub"
    sleep 0.5
done

echo "check: both save offline, join and sync"
python init "the Python client" > /dev/null
from_python=$(python save stops point=NDJ-001 mode=foot note="from Python" people_helped=2 lat=22.545)
python join "$(invite python)" > /dev/null
field init --name swift > /dev/null 2>&1
field join "$(invite swift)" > /dev/null 2>&1
from_swift=$(field stop add --point NDJ-001 --new-place --mode foot --note "from Swift" --json 2>/dev/null | member id)
to_delete=$(field stop add --point NDJ-001 --mode vehicle --note "soon deleted" --json 2>/dev/null | member id)
both_equal
both_equal
python list stops | expect "from Swift"
field record list stops --json 2>/dev/null | expect "from Python"
diff <(python_stops) <(field_stops)

echo "check: both edit one record, one deletes another"
python save stops "$from_swift" note="edited in Python" team_size=3 > /dev/null
field stop edit "$from_swift" --note "edited in Swift" > /dev/null 2>&1
field stop edit "$from_python" --note "answered in Swift" > /dev/null 2>&1
python delete stops "$to_delete"
both_equal
both_equal
python list conflicts | expect '"lost_value":"edited in Python"'
python list stops | expect "edited in Swift"
python list stops | expect "answered in Swift"
[ "$(python_stops | wc -l)" = 2 ]
diff <(python_stops) <(field_stops)

echo "check: one restores, the other goes on"
python save stops "$to_delete" _deleted=false note="restored in Python" > /dev/null
both_equal
field stop edit "$to_delete" --note "restored, and seen in Swift" > /dev/null 2>&1
field sync > /dev/null 2>&1
python sync | expect "pushed 0 batches"
both_equal
python list stops | expect "restored, and seen in Swift"
[ "$(python_stops | wc -l)" = 3 ]
[ "$(python list conflicts | wc -l)" = 1 ]
diff <(python_stops) <(field_stops)

echo "check: the hub's log"
timeout 120 "$programs/sync-audit" verify "$work/hub" --against "$work/swift.fs" > "$work/audit.log" 2>&1 \
    || { cat "$work/audit.log" >&2; exit 1; }
echo "check: passed"
