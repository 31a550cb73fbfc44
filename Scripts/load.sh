#!/bin/bash
# Many devices against one or several hubs over one PostgreSQL, beside what the disk does alone:
#
#   Scripts/load.sh PROGRAMS [BENCH]       (make load)
#
# PROGRAMS holds release builds of sync-hub and sync-audit; BENCH is fieldsync-bench. A private
# PostgreSQL is started in a temporary folder, and ended. DEVICES, PUSHES (of one record, by each
# device) and CHANGES (of all sessions together) can be set; ONLY=pushes|sessions runs one part.
set -eu
programs=$(cd "${1:-.build-benchmarks/release}" && pwd)
bench=${2:-.build-benchmarks/release/fieldsync-bench}
bench=$(cd "$(dirname "$bench")" && pwd)/$(basename "$bench")
devices=${DEVICES:-64}; pushes=${PUSHES:-40}; changes=${CHANGES:-100000}; only=${ONLY:-all}
pg=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
# On the disk that a hub would use, not in memory.
work=$(mktemp -d "${LOAD_FOLDER:-/var/tmp}/fieldsync-load-XXXXXX"); chmod 755 "$work"; cd "$work"
unset SYNC_FIELD_REPLICA
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    as_postgres "$pg/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env LC_ALL=C "$@"
    else
        env LC_ALL=C "$@"
    fi
}
port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# Seconds of processor time of a process and of all that it started, those that ended too.
cpu() {
    python3 - "$1" <<'PY'
import os, sys
def stat(pid):
    try: fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    except OSError: return None
    return int(fields[1]), sum(int(fields[n]) for n in (11, 12, 13, 14))
root = int(sys.argv[1])
total = 0
for pid in filter(str.isdigit, os.listdir("/proc")):
    found = stat(pid)
    if found and (int(pid) == root or found[0] == root): total += found[1]
print(f"{total / os.sysconf('SC_CLK_TCK'):.1f}")
PY
}

mkdir pg; chmod 777 pg
as_postgres "$pg/initdb" -D "$work/pg/data" -U fieldsync --auth=trust -E UTF8 --locale=C >pg/initdb.log 2>&1
as_postgres "$pg/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w \
    -o "-c listen_addresses='' -k $work/pg -c synchronous_commit=on -c shared_buffers=256MB" start >/dev/null
postmaster=$(head -1 pg/data/postmaster.pid)
url() { echo "postgresql://fieldsync@/$1?host=$work/pg"; }
plain_commits() { # of one row each, by as many clients as devices
    psql -qh "$work/pg" -U fieldsync -d postgres -c 'CREATE TABLE IF NOT EXISTS plain(id bigserial PRIMARY KEY, note text)'
    echo "INSERT INTO plain(note) VALUES(repeat('x', 300));" >plain.sql
    local clients=$1
    "$pg/pgbench" -h "$work/pg" -U fieldsync -n -f plain.sql -c "$clients" -j 2 -T 5 postgres 2>/dev/null |
        sed -n 's/^tps = \([0-9]*\).*/\1/p'
}
# Hubs of a database; their addresses in $hubs.
start_hubs() {
    hubs=(); hub_pids=()
    for _ in $(seq "$2"); do
        local at; at=$(port)
        "$programs/sync-hub" serve --database "$(url "$1")" --master-key-file "$work/master.key" \
            --listen "127.0.0.1:$at" >"hub-$at.log" 2>&1 &
        pids+=($!); hub_pids+=($!); hubs+=("http://127.0.0.1:$at")
    done
    for hub in "${hubs[@]}"; do
        for _ in $(seq 100); do curl -fso /dev/null "$hub/readyz" && break; sleep 0.1; done
    done
}
stop_hubs() { for pid in "${hub_pids[@]}"; do kill "$pid"; wait "$pid" 2>/dev/null || true; done; }
database() { # NAME SPACES
    psql -qh "$work/pg" -U fieldsync -d postgres -c "CREATE DATABASE $1"
    for n in $(seq "$2"); do
        "$programs/sync-hub" space add "s$n" --database "$(url "$1")" --master-key-file "$work/master.key" \
            >/dev/null 2>&1
    done
}
invites() { # DATABASE SPACE COUNT
    for n in $(seq "$3"); do
        "$programs/sync-hub" invite --database "$(url "$1")" --master-key-file "$work/master.key" \
            --space "$2" --name "device $n" --role lead --json |
            python3 -c 'import json,sys; print(json.load(sys.stdin)["invite"])'
    done
}
figure() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2], {"d": d}))' "$1" "$2"; }

# One-record pushes: HUBS SPACES
pushes() {
    local hubs_count=$1 spaces=$2 name="p$1x$2"
    database "$name" "$spaces"
    start_hubs "$name" "$hubs_count"
    local before
    local jobs=()
    for n in $(seq "$spaces"); do
        invites "$name" "s$n" $((devices / spaces)) >"$name-$n.txt"
    done
    for n in $(seq "$spaces"); do
        local at; at=$(printf "%s/s/s$n," "${hubs[@]}"); at=${at%,}
        "$bench" load --url "$at" --invites "$name-$n.txt" --changes "$pushes" --push-only \
            --start-at "$work/$name.go" --keep "$work/$name-$n" --json "$name-$n.json" >"$name-$n.log" 2>&1 &
        jobs+=($!)
    done
    for n in $(seq "$spaces"); do
        while [ ! -e "$name-$n/ready" ]; do sleep 0.1; kill -0 "${jobs[0]}" 2>/dev/null || break; done
    done
    before=$(cpu "$postmaster"); local start; start=$(date +%s.%N)
    touch "$name.go"
    for job in "${jobs[@]}"; do wait "$job"; done
    local after peak=0; after=$(cpu "$postmaster")
    for pid in "${hub_pids[@]}"; do
        local hwm; hwm=$(awk '/VmHWM/ {print int($2/1024)}' "/proc/$pid/status"); [ "$hwm" -gt "$peak" ] && peak=$hwm
    done
    stop_hubs
    local plain; plain=$(plain_commits "$devices")
    python3 - "$hubs_count" "$spaces" "$plain" "$before" "$after" "$peak" "$devices" "$name"-*.json <<'PY'
import json, sys
hubs, spaces, plain, before, after, peak, devices = (float(x) for x in sys.argv[1:8])
runs = [json.load(open(f)) for f in sys.argv[8:]]
total = sum(r["pushes"] for r in runs)
seconds = max(r["seconds"] for r in runs)
print(f"| {hubs:.0f} | {spaces:.0f} | {devices:.0f} | {total / seconds:.0f} | {plain:.0f} | "
      f"{max(r['p50_ms'] for r in runs):.0f} ms | {max(r['p95_ms'] for r in runs):.0f} ms | "
      f"{max(r['p99_ms'] for r in runs):.0f} ms | {(after - before) / total * 1000:.2f} ms | {peak:.0f} MiB | "
      f"{sum(r['try_again'] for r in runs)} | {sum(len(r['other']) for r in runs)} |")
PY
    psql -qh "$work/pg" -U fieldsync -d postgres -c "DROP DATABASE $name WITH (FORCE)"
    rm -rf "$name"-*
}

# Real sessions, then the judgement: HUBS
sessions() {
    database sessions 1
    start_hubs sessions "$1"
    invites sessions s1 "$devices" >sessions.txt
    local at; at=$(printf "%s/s/s1," "${hubs[@]}"); at=${at%,}
    "$bench" load --url "$at" --invites sessions.txt --changes $((changes / devices)) --per-sync 10 \
        --keep "$work/sessions" --json sessions.json
    echo
    psql -Ath "$work/pg" -U fieldsync -d sessions -c \
        "SELECT 'positions ' || count(*) || ', largest ' || max(position) || ', batches ' || count(DISTINCT hash) FROM space_s1.journal"
    local first differs=0 file; first=$work/sessions/000.sqlite
    for file in "$work"/sessions/*.sqlite; do
        [ "$file" = "$first" ] || "$programs/sync-audit" diff "$first" "$file" >/dev/null || differs=$((differs + 1))
    done
    echo "replicas that differ from the first: $differs of $devices"
    stop_hubs
}

if [ "$only" != sessions ]; then
    echo "| hubs | spaces | devices | pushes/s | plain commits/s | p50 | p95 | p99 | database CPU a push | a hub's peak | try again | other |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|---|"
    pushes 1 1
    pushes 3 1
    pushes 3 8
fi
if [ "$only" != pushes ]; then
    echo
    sessions 3
fi
