#!/bin/bash
# A hub of a million records moves from its folder into PostgreSQL and back, and is measured on both:
#
#     BIN=.build/release Scripts/move-at-scale.sh [ROWS]
#
# Prints position, epoch, head and digest before and after each move, what the auditor says at the
# end, and the times of a first sync and an idle one on each store. A private PostgreSQL is started
# in a temporary folder, and ended. Ends with 1 if anything differs.
set -eu
rows=${1:-1000000}
bin=$(cd "${BIN:-.build/release}" && pwd)
pg=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
work=$(mktemp -d "${MOVE_FOLDER:-/var/tmp}/fieldsync-move-XXXXXX"); chmod 755 "$work"; cd "$work"
unset SYNC_FIELD_REPLICA
hub=
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env LC_ALL=C "$@"
    else
        env LC_ALL=C "$@"
    fi
}
cleanup() {
    [ -z "$hub" ] || kill "$hub" 2>/dev/null || true
    as_postgres "$pg/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
mkdir pg; chmod 777 pg
as_postgres "$pg/initdb" -D "$work/pg/data" -U fieldsync --auth=trust -E UTF8 --locale=C >pg/log 2>&1
as_postgres "$pg/pg_ctl" -D "$work/pg/data" -l "$work/pg/server.log" -w -o \
    "-c listen_addresses='' -k $work/pg -c shared_buffers=256MB -c max_wal_size=4GB" start >/dev/null
url="postgresql://fieldsync@/postgres?host=$work/pg"
database=(--database "$url" --space riverside --master-key-file "$work/master.key")
address=http://127.0.0.1:8651

field() { local file=$1; shift; "$bin/sync-field" "$@" --replica "$work/$file.sqlite"; }
timed() { # WHAT COMMAND…
    local what=$1 start end; shift
    start=$(date +%s.%N); "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; exit 1; }
    end=$(date +%s.%N)
    python3 -c "print(f'$what: {$end - $start:.1f} s')"
}
serve() { # OPTIONS…
    "$bin/sync-hub" serve "$@" --listen 127.0.0.1:8651 >>"$work/hub.log" 2>&1 &
    hub=$!
    for _ in $(seq 200); do curl -fso /dev/null $address/readyz && return; sleep 0.1; done
    cat "$work/hub.log" >&2; exit 1
}
stop() {
    echo "  hub's peak: $(awk '/VmHWM/ {print int($2/1024)}' "/proc/$hub/status") MiB"
    kill "$hub"; wait "$hub" 2>/dev/null || true; hub=
}
state() { # OPTIONS…
    "$bin/sync-hub" status --json "$@" | python3 -c '
import json, sys
s = json.load(sys.stdin)
print(s["position"], s["epoch"][:12], s["digest"][:16], s["records"].get("stops"))'
}
invite() { # NAME ROLE OPTIONS…
    local name=$1 role=$2; shift 2
    "$bin/sync-hub" invite --name "$name" --role "$role" --json --url "$at" "$@" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])'
}
expect() { [ "$1" = "$2" ] || { echo "differs: $1 / $2" >&2; exit 1; }; }

echo "making $rows stops"
awk -v rows="$rows" 'BEGIN {
    print "point,grid,mode,arrived_at,team_size,people_helped,inquiries_answered,note"
    split("foot vehicle bicycle", mode, " ")
    for (i = 0; i < rows; i++) {
        minute = i % 600; day = int(i / 600)
        printf "NDJ-%03d,JC%02d,%s,%d-%02d-%02dT%02d:%02d:00Z,%d,%d,%d,note %d 灯箱松动 已告知商户\n", 1 + i % 140, \
            1 + i % 28, mode[1 + i % 3], 2021 + int(day / 336), 1 + int(day / 28) % 12, 1 + day % 28, \
            int(minute / 60) + 2, minute % 60, 2 + i % 4, i % 5, i % 7, i
    }
}' >stops.csv
at=$address
"$bin/sync-hub" init --data hub --space riverside --url $address >/dev/null 2>&1
echo 'code,name,grid,category,required_per_shift,active' >points.csv
for n in $(seq 140); do printf 'NDJ-%03d,place %d,JC01,business,1,true\n' "$n" "$n" >>points.csv; done
"$bin/sync-hub" point import points.csv --data hub >/dev/null
serve --data hub
for n in a b; do
    field $n init --name "$n" >/dev/null 2>&1
    field $n join "$(invite $n lead --data hub)" >/dev/null
    field $n sync >/dev/null
done
timed "import on the device" field a import "$work/stops.csv" --into stops
rm stops.csv
timed "push, folder" field a sync
timed "first sync of another device, folder" field b sync
for n in 1 2 3; do timed "idle sync, folder" field b sync; done
stop
before=$(state --data hub); echo "folder:   $before"

timed "move to PostgreSQL" "$bin/sync-hub" migrate --from hub --to "$url" --space riverside --master-key-file master.key
moved=$(state "${database[@]}"); echo "database: $moved"; expect "$before" "$moved"
psql -Atqh "$work/pg" -U fieldsync -d postgres -c "SELECT '  size: ' || pg_size_pretty(pg_database_size('postgres'))"
serve --database "$url" --space riverside --master-key-file master.key
for n in 1 2 3; do timed "idle sync, PostgreSQL" field b sync; done
grep -q '"pushed":0' <(field a sync --json) || { echo "something to do after the move" >&2; exit 1; }
field c init --name c >/dev/null 2>&1; field c join "$(invite c lead "${database[@]}")" >/dev/null
timed "first sync of another device, PostgreSQL" field c sync
field a stop add 14 "after the move" >/dev/null 2>&1; field a sync >/dev/null; field c sync >/dev/null
"$bin/sync-audit" diff a.sqlite c.sqlite >/dev/null && echo "replicas equal"
stop

before=$(state "${database[@]}")
timed "move back" "$bin/sync-hub" migrate --from "$url" --space riverside --to back --master-key-file master.key
after=$(state --data back); echo "folder:   $after"; expect "$before" "$after"
timed "verify" "$bin/sync-audit" verify back --against a.sqlite --against c.sqlite
tail -3 "$work/out"
