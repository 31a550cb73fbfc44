#!/bin/sh
# Compares two replicas of 260,000 records that differ in known places, and times it beside sqldiff.
#
#     BIN=.build/release Scripts/audit-at-scale.sh [ROWS]
#
# Needs sqlite3; sqldiff (Debian: sqlite3-tools) if the times are to be compared. Makes about 1 GB
# under TMPDIR and takes it away again. Ends with 1 if anything but the known differences is found.
# In the copy: eight places altered by SQL (value, missing, extra, unknown field, stamp only, Chinese
# text, NFC against NFD, a damaged row) and two by the real engine (an edit and a deletion).
# Then A syncs with a hub, and an altered copy is compared with the hub over the network.
set -eu

rows=${1:-260000}
bin=${BIN:-.build/release}
[ "$rows" -ge 1000 ] || { echo "at least 1000 rows" >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-scale-XXXXXX")
hub=
trap '[ -z "$hub" ] || kill "$hub"; rm -rf "$work"' EXIT INT TERM

echo "making $rows stops"
awk -v rows="$rows" 'BEGIN {
    print "point,grid,mode,arrived_at,left_at,team_size,people_helped,inquiries_answered,note"
    split("foot vehicle bicycle", mode, " ")
    for (i = 0; i < rows; i++) {
        minute = i % 600
        day = int(i / 600)
        date = sprintf("2025-%02d-%02d", 1 + int(day / 28) % 12, 1 + day % 28)
        printf "NDJ-%03d,JC%02d,%s,%sT%02d:%02d:00Z,%sT%02d:%02d:30Z,%d,%d,%d,", \
            1 + i % 140, 1 + i % 28, mode[1 + i % 3], date, int(minute / 60) + 2, minute % 60, \
            date, int(minute / 60) + 2, minute % 60, 2 + i % 4, i % 5, i % 7
        printf "夜间巡逻第%d次，街面平安 caf\303\251 round %d: shops closing quietly\n", i, i
    }
}' >"$work/stops.csv"

a=$work/a.sqlite
b=$work/b.sqlite
SYNC_FIELD_REPLICA=$a "$bin/sync-field" init --name "scale" >/dev/null 2>&1
SYNC_FIELD_REPLICA=$a "$bin/sync-field" import "$work/stops.csv" --into stops --rejects "$work/rejects.csv" \
    --json
cp "$a" "$b"
cp "$work/a.key" "$work/b.key"

# Rows are taken by number, far from each other.
nth() { echo $((rows * $1 / 11)); }
id() { sqlite3 "$b" "SELECT lower(hex(id)) FROM records WHERE row = $(nth "$1")"; }
for place in 1 2 3 4 5 6 7 8 9 10; do id $place; done >"$work/places"
new=ffffffffffff7fffbfffffffffffffff

alter() {
    SYNC_FIELD_REPLICA=$1 "$bin/sync-field" stop edit "$(id 9)" --note "edited by the engine" >/dev/null 2>&1
    SYNC_FIELD_REPLICA=$1 "$bin/sync-field" stop delete "$(id 10)" >/dev/null 2>&1
    sqlite3 "$1" "PRAGMA journal_mode = DELETE" >/dev/null
    sqlite3 "$1" <<SQL
UPDATE records SET fields = replace(fields, '"team_size":', '"team_size":1') WHERE row = $(nth 1);
DELETE FROM records WHERE row = $(nth 2);
INSERT INTO records(collection, id, fields, clock, position)
    SELECT collection, x'$new', fields, clock, position FROM records WHERE row = $(nth 3);
UPDATE records SET fields = replace(fields, ',"point":', ',"new_field":1,"point":')
    WHERE row = $(nth 4);
UPDATE records SET clock = CAST(substr(clock, 1, 7) || x'FE' || substr(clock, 9) AS BLOB)
    WHERE row = $(nth 5);
UPDATE records SET fields = replace(fields, '街面平安', '街面有事') WHERE row = $(nth 6);
UPDATE records SET fields = replace(fields, 'café', 'cafe' || char(769)) WHERE row = $(nth 7);
UPDATE records SET fields = 'damaged' WHERE row = $(nth 8);
SQL
}
alter "$b"

# The place of the extra record is its new id.
sed "3s/.*/$new/" "$work/places" | sort >"$work/expected"

# Compares two sides, and fails if anything but the known differences is found.
check() {
    status=0
    "$bin/sync-audit" diff "$@" --json >"$work/diff.json" || status=$?
    [ "$status" = 1 ] || { echo "diff ended with $status" >&2; exit 1; }
    sqlite3 :memory: "SELECT json_extract(value, '\$.id') FROM
        json_each(readfile('$work/diff.json'), '\$.records')" | sort >"$work/found"
    diff "$work/expected" "$work/found" || { echo "not just the known differences" >&2; exit 1; }
}

echo "comparing"
check "$a" "$b"
echo "found the 10 known differences and no other:"
sqlite3 -separator '  ' :memory: "SELECT json_extract(r.value, '\$.side'),
    json_extract(r.value, '\$.cause'), (SELECT group_concat(json_extract(f.value, '\$.name') || ' '
        || json_extract(f.value, '\$.differs'), ', ')
     FROM json_each(json_extract(r.value, '\$.fields')) f)
    FROM json_each(readfile('$work/diff.json'), '\$.records') r"

echo "same rows as plain tables"
fields='point grid mode arrived_at left_at team_size people_helped inquiries_answered note'
columns=$(for name in $fields; do printf ", json_extract(fields, '$.%s') AS %s" $name $name; done)
for side in a b; do
    sqlite3 "$work/$side-plain.sqlite" "ATTACH '$work/$side.sqlite' AS s;
        CREATE TABLE stops(id TEXT PRIMARY KEY, point, grid, mode, arrived_at, left_at, team_size,
            people_helped, inquiries_answered, note) WITHOUT ROWID;
        INSERT INTO stops SELECT lower(hex(id))$columns FROM s.records
            WHERE json_valid(fields) ORDER BY id;"
done

# The best of five, in seconds and KiB; the files are in the page cache for both.
measure() {
    python3 - "$@" <<'PY'
import os, resource, subprocess, sys, time
best, peak = None, 0
for _ in range(5):
    start = time.monotonic()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    taken = time.monotonic() - start
    best = taken if best is None else min(best, taken)
    peak = max(peak, usage.ru_maxrss)
print(f"{best:.3f} s, peak {peak / 1024:.1f} MiB")
PY
}

echo "sync-audit diff: $(measure "$bin/sync-audit" diff "$a" "$b" --json)"
if command -v sqldiff >/dev/null; then
    echo "sqldiff:         $(measure sqldiff "$work/a-plain.sqlite" "$work/b-plain.sqlite")"
else
    echo "sqldiff is not here: apt-get install sqlite3-tools"
fi

echo "with a hub"
"$bin/sync-hub" init --data "$work/hub" --space scale >/dev/null 2>&1
"$bin/sync-hub" serve --data "$work/hub" --listen 127.0.0.1:0 --json >"$work/serve" 2>/dev/null &
hub=$!
while [ ! -s "$work/serve" ]; do
    kill -0 "$hub" || exit 1
    sleep 0.1
done
url=$(sqlite3 :memory: "SELECT json_extract(readfile('$work/serve'), '\$.url')")
invite=$("$bin/sync-hub" invite --data "$work/hub" --name scale --url "$url" --json |
    sed 's/.*"invite":"\([^"]*\)".*/\1/')
SYNC_FIELD_REPLICA=$a "$bin/sync-field" join "$invite" >/dev/null 2>&1
SYNC_FIELD_REPLICA=$a "$bin/sync-field" sync --json >/dev/null
c=$work/c.sqlite
cp "$a" "$c"
cp "$work/a.key" "$work/c.key"
alter "$c"
check "$c" "$url" --token-file "$work/a.key"
moved=$(sqlite3 :memory: "SELECT json_extract(readfile('$work/diff.json'),
    '\$.inputs.b.bytes_sent') + json_extract(readfile('$work/diff.json'),
    '\$.inputs.b.bytes_received')")
echo "found the same 10 over the network; $moved bytes moved"
[ "$moved" -lt 262144 ] || { echo "more than 256 KiB" >&2; exit 1; }
check "$a" "$c"
echo "two synced replicas: $(measure "$bin/sync-audit" diff "$a" "$c" --json)"
