#!/bin/sh
# Programs of two releases at one hub, each in turn on the hub's side: save, sync, conflict, compare.
# usage: Scripts/check-versions.sh OLD-PROGRAMS NEW-PROGRAMS      folders, as .build/debug
set -eu

old=$(realpath "$1")
new=$(realpath "$2")
unset SYNC_FIELD_REPLICA
work=$(mktemp -d)
served=
trap '[ -z "$served" ] || kill "$served" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"

# The value of a member of the JSON on standard input.
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

first_id() {
    python3 -c 'import json, sys
shown = json.load(sys.stdin)
print((shown["records"] if isinstance(shown, dict) else shown)[0]["id"])'
}

# play NAME HUB-PROGRAMS DEVICE-PROGRAMS: device `a` is of the other release than hub and `b`.
play() {
    name=$1 hub=$2 other=$3
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$hub/sync-hub" init --data "$name" --space "$name" --url "http://127.0.0.1:$port" >/dev/null 2>&1
    timeout 120 "$hub/sync-hub" serve --data "$name" --listen "127.0.0.1:$port" >"$name.log" 2>&1 &
    served=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/readyz')" 2>/dev/null && break
        sleep 0.5
    done
    for device in a b; do
        programs=$hub
        [ "$device" = b ] || programs=$other
        invite=$("$hub/sync-hub" invite --data "$name" --name "$device" --json | member invite)
        "$programs/sync-field" init --name "$device" --replica "$name-$device.sqlite" >/dev/null 2>&1
        "$programs/sync-field" join "$invite" --replica "$name-$device.sqlite" >/dev/null
    done
    a() { "$other/sync-field" "$@" --replica "$name-a.sqlite"; }
    b() { "$hub/sync-field" "$@" --replica "$name-b.sqlite"; }
    a stop add --point NDJ-001 --mode foot --note first >/dev/null 2>&1
    a sync >/dev/null
    b sync >/dev/null
    stop=$(b stop list --json | first_id)
    a stop edit "$stop" --note "of the other release" >/dev/null 2>&1
    b stop edit "$stop" --note "of the hub's release" >/dev/null 2>&1
    a sync >/dev/null
    b sync >/dev/null
    a sync >/dev/null
    a conflict list | grep -q "of the other release"
    kill "$served"
    wait "$served" || true
    served=
    "$new/sync-audit" diff "$name-a.sqlite" "$name-b.sqlite" >/dev/null
    "$new/sync-audit" verify "$name" --against "$name-a.sqlite" >/dev/null
    echo "$name: equal, verified, the conflict is listed"
}

play "old hub, new device" "$old" "$new"
play "new hub, old device" "$new" "$old"
