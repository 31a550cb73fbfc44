#!/bin/bash
# A hub behind nginx as Debian installs it, plus one proxy_pass: two devices watch, a stop of one is on
# the other within 2 seconds; with /v1/live blocked, within the polling time; and 24,000 records go
# both ways. Needs nginx (apt).
#
#     Scripts/check-watch.sh .build/release
set -eu
bin=$(cd "$1" && pwd)
rows=${ROWS:-24000}
command -v nginx >/dev/null || { echo "nginx is missing: apt-get install -y nginx" >&2; exit 1; }
work=$(mktemp -d); chmod 755 "$work"; cd "$work"
unset SYNC_FIELD_REPLICA
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
fail() { echo "FAILED: $*" >&2; tail -n 5 "$work"/*.log >&2; exit 1; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
hub_port=$(free_port) port=$(free_port)
url=http://127.0.0.1:$port
field() { local name=$1; shift; timeout 200 "$bin/sync-field" "$@" --replica "$work/$name.sqlite" --lang en; }
invite() {
    "$bin/sync-hub" invite --data hub --name "$1" --json |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])'
}
# Debian's own defaults stand in /etc/nginx/nginx.conf; what is said here is only where things lie.
start_nginx() { # EXTRA
    {
        echo "daemon off; user $(id -un); worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;"
        echo "events {} http { access_log off; gzip on; sendfile on; tcp_nopush on;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/temp-$kind;"; done
        echo "server { listen 127.0.0.1:$port; $1 location / { proxy_pass http://127.0.0.1:$hub_port; } } }"
    } >nginx.conf
    nginx -c "$work/nginx.conf" 2>>nginx.log &
    nginx=$!
    pids+=("$nginx")
    for _ in $(seq 50); do curl -fso /dev/null "$url/readyz" && return; sleep 0.1; done
    fail "nginx does not answer"
}
"$bin/sync-hub" init --data hub --space "南大街" --url "$url" >/dev/null 2>&1
"$bin/sync-hub" serve --data hub --listen "127.0.0.1:$hub_port" >/dev/null 2>hub.log &
pids+=($!)
start_nginx ""
for name in a b c; do
    field $name init --name "lead $name" >/dev/null 2>&1
    field $name join "$(invite "lead $name")" >join.log 2>&1 || fail "$name cannot join"
done

# arrives NOTE LIMIT: milliseconds from the end of a's sync until b has it
arrives() {
    field a stop add 14 "$1" --new-place >/dev/null 2>&1
    field a sync >sync.log 2>&1 || fail "a cannot sync"
    local start now; start=$(date +%s%N)
    while [ "$(sqlite3 -readonly b.sqlite "SELECT count(*) FROM records WHERE fields LIKE '%$1%'")" = 0 ]; do
        now=$((($(date +%s%N) - start) / 1000000))
        [ "$now" -lt "$2" ] || fail "$1 has not arrived after $now ms"
        sleep 0.05
    done
    echo "$1: $((($(date +%s%N) - start) / 1000000)) ms"
}
watch() { "$bin/sync-field" sync --watch --every "$1" --replica b.sqlite --lang en >watch.log 2>&1 & watch=$!; pids+=("$watch"); sleep 2; }
watch 10m
arrives "through nginx as installed" 2000
arrives "and again" 2000
kill "$nginx"; wait "$nginx" 2>/dev/null || true
start_nginx ""
sleep 8
arrives "after nginx was started again" 10000
kill "$watch" "$nginx"; wait "$watch" "$nginx" 2>/dev/null || true
start_nginx "location = /v1/live { return 403; }"
watch 4s
arrives "with the events blocked, every 4 s" 8000
kill "$watch"; wait "$watch" 2>/dev/null || true

awk -v rows="$rows" 'BEGIN { print "point,arrived_at,note"
    for (i = 0; i < rows; i++) printf "NDJ-%03d,2025-%02d-%02dT%02d:%02d:00Z,note %d\n", 1 + i % 140, 1 + int(i / 16800) % 12,
        1 + int(i / 600) % 28, int(i % 600 / 60) + 2, i % 60, i }' >stops.csv
field a import stops.csv --into stops >import.log 2>&1 || fail "import"
start=$(date +%s%N); field a sync >sync.log 2>&1 || fail "$rows records do not go up"
echo "$rows records up: $((($(date +%s%N) - start) / 1000000)) ms"
start=$(date +%s%N); field c sync >sync.log 2>&1 || fail "$rows records do not come down"
echo "$rows records down: $((($(date +%s%N) - start) / 1000000)) ms"
"$bin/sync-audit" diff a.sqlite c.sqlite >/dev/null || fail "the replicas differ"
echo "equal"

# And where nginx takes 64 KiB at most and what comes back breaks off after 100 KiB: the same rows,
# with notes that hardly pack, through a way that is too narrow for whole batches and pages.
kill "$nginx"; wait "$nginx" 2>/dev/null || true
cut_port=$(free_port)
python3 - "$cut_port" "$hub_port" <<'PY' 2>cut.log &
import asyncio, sys
async def carry(reader, writer, most):
    sent = 0
    try:
        while part := await reader.read(65536):
            part = part[: most - sent] if most else part
            writer.write(part)
            await writer.drain()
            sent += len(part)
            if most and sent >= most:
                break
    except ConnectionError:
        pass
    writer.close()
async def serve(reader, writer):
    up, down = await asyncio.open_connection("127.0.0.1", int(sys.argv[2]))
    await asyncio.gather(carry(reader, down, 0), carry(up, writer, 100 << 10))
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
asyncio.run(main())
PY
pids+=($!)
direct=$hub_port hub_port=$cut_port
sleep 1
start_nginx "client_max_body_size 64k; gzip off;"
for name in d e; do
    field $name init --name "lead $name" >/dev/null 2>&1
    hub_port=$direct
    field $name join "$(invite "lead $name")" >join.log 2>&1 || fail "$name cannot join"
done
awk -v rows="$rows" 'BEGIN { srand(1); print "point,arrived_at,note"
    for (i = 0; i < rows; i++) { note = ""
        for (letter = 0; letter < 150; letter++) note = note sprintf("%c", 97 + int(rand() * 26))
        printf "NDJ-%03d,2024-%02d-%02dT%02d:%02d:00Z,%s\n", 1 + i % 140, 1 + int(i / 16800) % 12,
            1 + int(i / 600) % 28, int(i % 600 / 60) + 2, i % 60, note } }' >narrow.csv
field d import narrow.csv --into stops >import.log 2>&1 || fail "import"
start=$(date +%s%N); field d sync >sync.log 2>&1 || { cat sync.log >&2; fail "$rows records do not go up a narrow way"; }
echo "$rows records up, 64 KiB at most: $((($(date +%s%N) - start) / 1000000)) ms"
start=$(date +%s%N); field e sync >sync.log 2>&1 || { cat sync.log >&2; fail "$rows records do not come down a narrow way"; }
field d sync >sync.log 2>&1 || fail "d cannot sync"
echo "$rows records down, cut at 100 KiB: $((($(date +%s%N) - start) / 1000000)) ms"
"$bin/sync-audit" diff d.sqlite e.sqlite >/dev/null || fail "the replicas differ"
echo "equal"
