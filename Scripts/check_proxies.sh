#!/usr/bin/env bash
# Runs the recipes for nginx and Caddy (packaging/nginx.conf, packaging/Caddyfile), each in front of
# a real hub: a device joins and syncs 24,000 imported stops through it, a second one pulls them
# all, and both are equal to the hub. Prints one line a proxy. Everything is on loopback.
#
# Usage: check_proxies.sh [BIN]
#        LIMIT=64k ONLY=nginx check_proxies.sh [BIN]
#
# BIN: folder with sync-hub, sync-field and sync-audit, default .build/release. STOPS: how many, in
# place of 24,000. LIMIT: bodies that the proxies take, in place of the recipes' 8 MiB; what the
# devices say then is printed, and nothing is asked of it. ONLY: nginx or caddy.
#
# Needs nginx, caddy (Debian: the packages of these names), openssl and curl. The recipes run as
# they are but for name, addresses and certificate. A device trusts the system's authorities: the
# test's own one is laid over their file in a mount namespace, which ends with the script.
set -euo pipefail
cd "$(dirname "$0")/.."
unset SYNC_FIELD_REPLICA
export LC_ALL=C.UTF-8

if [ -z "${CHECK_PROXIES_NAMESPACE:-}" ]; then
    export CHECK_PROXIES_NAMESPACE=1
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(--user --map-root-user)
    exec unshare --mount "${as_root[@]}" "$0" "$@"
fi

bin=$(cd "${1:-.build/release}" && pwd)
stops=${STOPS:-24000}
limit=${LIMIT:-}
only=${ONLY:-}
authorities=/etc/ssl/certs/ca-certificates.crt
export PATH=$PATH:/usr/sbin
for tool in nginx caddy openssl curl python3; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: apt-get install nginx caddy openssl curl python3" >&2
        exit 1
    }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-proxies.XXXXXX")
pids=()
end() { # PID: asks, waits 10 s, insists
    kill "$1" 2>/dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -9 "$1" 2>/dev/null || true
}
finish() {
    for pid in "${pids[@]}"; do end "$pid"; done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

fail() {
    echo "FAILED: $1" >&2
    for log in "$folder"/*.log; do [ ! -s "$log" ] || tail -n 5 "$log" >&2; done
    exit 1
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# answers URL WHAT: waits until something answers there
answers() {
    for _ in $(seq 100); do
        curl -fsS --max-time 2 -o /dev/null "$1" 2>"$folder/curl.log" && return
        sleep 0.1
    done
    fail "$2 does not answer"
}

seconds() { # COMMAND…: runs it, and sets $took
    local start status=0
    start=$(date +%s%N)
    "$@" || status=$?
    took=$(awk -v ns=$(($(date +%s%N) - start)) 'BEGIN { printf "%.1f s", ns / 1e9 }')
    return "$status"
}

# A certificate that vouches for itself, and the system's authorities with it among them.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
cat "$authorities" "$work/tls.pem" >"$work/authorities.crt"
mount --make-rprivate /
mount --bind "$work/authorities.crt" "$authorities"

# Notes of letters at random hardly pack: the bodies are some 200 KiB, as those of a busy device are
# that was away for long.
awk -v rows="$stops" 'BEGIN {
    srand(1)
    print "point,grid,mode,arrived_at,left_at,team_size,people_helped,note"
    split("foot vehicle bicycle", mode, " ")
    for (i = 0; i < rows; i++) {
        minute = i % 600
        day = int(i / 600)
        date = sprintf("2026-%02d-%02d", 1 + int(day / 28) % 10, 1 + day % 28)
        printf "NDJ-%03d,JC%02d,%s,%sT%02d:%02d:00Z,%sT%02d:%02d:30Z,%d,%d,", \
            1 + i % 140, 1 + i % 28, mode[1 + i % 3], date, int(minute / 60) + 2, minute % 60, \
            date, int(minute / 60) + 2, minute % 60, 2 + i % 4, i % 5
        note = "夜间巡逻第" i "次，街面平安 "
        for (letter = 0; letter < 300; letter++) note = note sprintf("%c", 97 + int(rand() * 26))
        print note
    }
}' >"$work/stops.csv"

# The hub's place is taken by a server that sends one event and goes on listening: the event must be
# through at once.
check_live() { # NAME
    end "$hub"
    python3 - "$hub_port" <<'PY' 2>/dev/null &
import http.server, sys, time
class Live(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"9\r\ndata: 1\n\n\r\n")
        time.sleep(10)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Live).serve_forever()
PY
    pids+=($!)
    for _ in $(seq 5); do
        [ "$(curl -sN --max-time 2 "$url/v1/live" || true)" != "data: 1" ] || return 0
        sleep 0.2
    done
    fail "$1 holds back what the hub sends on /v1/live"
}

start_nginx() {
    sed -e "s/hub\.example\.org;/localhost;/; s|127\.0\.0\.1:8600|127.0.0.1:$hub_port|" \
        -e "/listen \[::\]/d; s/listen 80;/listen 127.0.0.1:$plain_port;/" \
        -e "s/listen 443 ssl;/listen 127.0.0.1:$port ssl;/" \
        -e "s|certificate /.*;|certificate $work/tls.pem;|; s|_key /.*;|_key $work/tls.key;|" \
        -e "${limit:+s/client_max_body_size 8m/client_max_body_size $limit/}" \
        packaging/nginx.conf >"$folder/site.conf"
    mkdir "$folder/temp"
    {
        echo "daemon off; user $(id -un); worker_processes 1; pid $folder/nginx.pid;"
        echo "error_log $folder/nginx.log; events {} http { access_log $folder/access.txt;"
        for kind in client_body proxy fastcgi uwsgi scgi; do
            echo "${kind}_temp_path $folder/temp/$kind;"
        done
        echo "include $folder/site.conf; }"
    } >"$folder/nginx.conf"
    nginx -c "$folder/nginx.conf" 2>"$folder/nginx.log" &
    pids+=($!)
}

start_caddy() {
    # The first line that is a brace alone opens the recipe's global options.
    sed -e "0,/^{\$/s//{\n\tadmin off\n\thttp_port $plain_port/" \
        -e "s|^hub\.example\.org {|localhost:$port {\n\tbind 127.0.0.1\n\ttls $work/tls.pem $work/tls.key|" \
        -e "s|127\.0\.0\.1:8600|127.0.0.1:$hub_port|" \
        -e "${limit:+s/max_size 8MiB/max_size ${limit}B/}" \
        packaging/Caddyfile >"$folder/Caddyfile"
    XDG_DATA_HOME=$folder XDG_CONFIG_HOME=$folder caddy run --config "$folder/Caddyfile" \
        --adapter caddyfile 2>"$folder/caddy.log" &
    pids+=($!)
}

# device NAME COMMAND…
device() {
    local replica=$folder/$1.sqlite
    shift
    timeout 300 "$bin/sync-field" "$@" --replica "$replica" --lang en
}
device_sync() { device "$1" sync >"$folder/sync.log" 2>&1; }

# What a device says where a proxy takes too little: printed, not judged.
show_refusal() {
    local status json
    echo "$1 with bodies up to $limit:"
    for json in "" --json; do
        status=0
        device a sync $json 2>&1 || status=$?
        echo "exit $status"
    done
}

check() { # nginx or caddy
    local name=$1
    folder=$work/$name
    mkdir "$folder"
    hub_port=$(free_port) port=$(free_port) plain_port=$(free_port)
    url=https://localhost:$port
    "$bin/sync-hub" init --data "$folder/hub" --space "南大街" --url "$url" >/dev/null 2>&1
    "$bin/sync-hub" serve --data "$folder/hub" --listen "127.0.0.1:$hub_port" \
        >/dev/null 2>"$folder/hub.log" &
    hub=$!
    pids+=("$hub")
    answers "http://127.0.0.1:$hub_port/livez" "the hub"
    "start_$name"
    answers "$url/readyz" "$name"

    # What the recipe promises besides: http is sent to https, counts are not shown.
    redirect=$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' \
        -H 'Host: localhost' "http://127.0.0.1:$plain_port/v1")
    [[ "$redirect" =~ ^30[18]\ https://localhost ]] || fail "http is answered with '$redirect'"
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$url/metrics")" = 404 ] ||
        fail "$name shows /metrics"

    for lead in a b; do
        device $lead init --name "lead $lead" >/dev/null 2>&1
        invite=$("$bin/sync-hub" invite --data "$folder/hub" --name "lead $lead" 2>/dev/null)
        device $lead join "$invite" >"$folder/join.log" 2>&1 || fail "lead $lead cannot join"
    done
    device a import "$work/stops.csv" --into stops >"$folder/import.log" 2>&1 ||
        fail "the stops cannot be imported"
    if [ -n "$limit" ]; then
        show_refusal "$name"
        return
    fi
    seconds device_sync a || fail "lead a cannot push"
    push=$took
    seconds device_sync b || fail "lead b cannot pull"
    pull=$took
    for lead in a b; do
        # What came of the other's enrolment.
        device $lead sync >"$folder/sync.log" 2>&1 || fail "lead $lead cannot sync again"
        "$bin/sync-audit" diff "$folder/$lead.sqlite" "$folder/hub" >"$folder/diff.log" 2>&1 ||
            fail "lead $lead differs from the hub"
    done
    "$bin/sync-audit" diff "$folder/a.sqlite" "$folder/b.sqlite" >"$folder/diff.log" 2>&1 ||
        fail "the two devices differ"
    count=$(device b report --json 2>/dev/null |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["stops"])')
    [ "$count" -eq "$stops" ] || fail "lead b has $count stops, not $stops"
    check_live "$name"
    echo "$name: $stops stops pushed in $push, pulled by a second device in $pull; all equal"
}

for name in nginx caddy; do
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    check "$name"
    for pid in "${pids[@]}"; do end "$pid"; done
    pids=()
done
