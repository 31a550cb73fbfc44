#!/usr/bin/env bash
# A neighbourhood's year to date: three devices log with no hub in sight, a hub merges, two conflicts
# are made on purpose and one is settled, and everybody ends byte-equal. Exits non-zero if not.
#
# Usage: demo.sh FOLDER-WITH-PROGRAMS
set -euo pipefail

bin=$(cd "$1" && pwd)
data=$(cd "$(dirname "$0")/../Tests/SampleData" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-demo.XXXXXX")
hub_pid=""

finish() {
    [ -z "$hub_pid" ] || kill "$hub_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    zh*) chinese=1 ;;
    *) chinese="" ;;
esac

# say ENGLISH CHINESE
say() {
    local bold="" plain=""
    if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
        bold=$(tput bold 2>/dev/null || true)
        plain=$(tput sgr0 2>/dev/null || true)
    fi
    printf '\n%s%s%s\n' "$bold" "$([ -n "$chinese" ] && echo "$2" || echo "$1")" "$plain"
}

fail() {
    printf '\n%s\n' "$([ -n "$chinese" ] && echo "失败：$2" || echo "FAILED: $1")" >&2
    exit 1
}

# on DEVICE ARGUMENTS…: runs sync-field on that device's replica
on() {
    local device=$1
    shift
    SYNC_FIELD_REPLICA="$work/$device/replica.sqlite" "$bin/sync-field" "$@"
}

# json FILE EXPRESSION: one value computed from a JSON document, which the expression calls `doc`
json() {
    sqlite3 :memory: "SELECT $2 FROM (SELECT CAST(readfile('$1') AS TEXT) AS doc)"
}

start_hub() {
    : >"$work/serving"
    "$bin/sync-hub" serve --data "$work/hub" --listen "127.0.0.1:${1:-0}" --json \
        >"$work/serving" 2>>"$work/hub.log" &
    hub_pid=$!
    for _ in $(seq 200); do
        [ -s "$work/serving" ] && return
        kill -0 "$hub_pid" 2>/dev/null || fail "the hub did not start" "中心没有启动"
        sleep 0.05
    done
    fail "the hub did not start in time" "中心启动超时"
}

stop_hub() {
    kill "$hub_pid"
    wait "$hub_pid" 2>/dev/null || true
    hub_pid=""
}

sync_all() {
    for device in "${devices[@]}"; do on "$device" sync >/dev/null; done
}

devices=(armbands1 armbands2 shops)
names=("red armbands 1" "red armbands 2" "shop squad")
[ -z "$chinese" ] || names=("红袖标一队" "红袖标二队" "商户反诈小队")

say "1. Three devices, no hub, no network. Each takes over a part of the year's records." \
    "1. 三台设备，没有中心，也没有网络，各自导入一部分今年以来的记录。"
for index in 0 1 2; do on "${devices[$index]}" init --name "${names[$index]}" 2>/dev/null; done
on armbands1 import "$data/stops.csv" --into stops
on armbands2 import "$data/activities.csv" --into activities
on armbands2 import "$data/education.csv" --into education
on shops import "$data/hazards.csv" --into hazards

say "2. The operator makes a hub, takes in the patrol points and starts it." \
    "2. 管理员新建中心，导入巡防点位，然后启动。"
"$bin/sync-hub" init --data "$work/hub" --space "南大街" 2>/dev/null
"$bin/sync-hub" point import "$data/points.csv" --data "$work/hub"
start_hub
url=$(json "$work/serving" "json_extract(doc, '$.url')")
echo "$url"

say "3. Each device joins with an invite and syncs." "3. 每台设备凭邀请码加入并同步。"
for index in 0 1 2; do
    invite=$("$bin/sync-hub" invite --data "$work/hub" --name "${names[$index]}" 2>/dev/null)
    on "${devices[$index]}" join "$invite"
done
for device in "${devices[@]}"; do on "$device" sync; done
sync_all

say "4. The hub is down. Two devices edit one stop; one edits a hazard that another deletes." \
    "4. 中心停机。两台设备改同一条停留；一台修改隐患，另一台把它删除。"
stop_hub
status=0
on armbands1 sync || status=$?
[ "$status" -eq 5 ] || fail "a sync without a hub must end with 5, not $status" \
    "没有中心时同步应以 5 结束，而不是 $status"
on armbands1 stop list --limit 1 --json >"$work/stop.json" 2>/dev/null
on shops hazard list --limit 1 --json >"$work/hazard.json" 2>/dev/null
stop=$(json "$work/stop.json" "json_extract(doc, '\$[0].id')")
hazard=$(json "$work/hazard.json" "json_extract(doc, '\$[0].id')")
on armbands1 stop edit "$stop" --note "灯箱已修好 / light box mended"
on armbands2 stop edit "$stop" --note "灯箱仍损坏 / light box still broken"
on shops hazard delete "$hazard"
on armbands2 hazard edit "$hazard" --note "已复查 / checked again"

say "5. The hub is back. All sync; both conflicts are listed on every device." \
    "5. 中心恢复，全部同步；两处冲突在每台设备上都能看到。"
start_hub "${url##*:}"
sync_all
sync_all
for device in "${devices[@]}"; do
    on "$device" conflict list --json >"$work/conflicts.json"
    count=$(json "$work/conflicts.json" "json_array_length(doc)")
    [ "$count" -eq 2 ] || fail "$device lists $count conflicts, not 2" \
        "$device 列出 $count 处冲突，应为 2 处"
done
on shops conflict list

say "6. The deletion is taken back by bringing the lost edit home; the other conflict stays listed." \
    "6. 找回被删除盖住的修改，撤销删除；另一处冲突保留在清单里。"
lost=$(json "$work/conflicts.json" "(SELECT json_extract(value, '$.id') FROM json_each(doc)
    WHERE json_extract(value, '$.collection') = 'hazards')")
on shops conflict resolve "$lost" --use lost
sync_all
sync_all

say "7. The report, the same on every device, beside the totals it must give." \
    "7. 每台设备的统计都相同，并与应有的总数一致。"
on armbands2 report
for device in "${devices[@]}"; do
    on "$device" report --json >"$work/report.json"
    wrong=$(json "$work/report.json" "(SELECT group_concat(key || ' ' || value)
        FROM json_each(CAST(readfile('$data/totals.json') AS TEXT)) AS total
        WHERE json_extract(doc, '$.' || key) IS NOT value)")
    [ -z "$wrong" ] || fail "the report on $device lacks: $wrong" "$device 的统计应为：$wrong"
done

say "8. Digests of the hub and the devices, and every record byte by byte." \
    "8. 中心与各设备的摘要，以及逐字节比较每条记录。"
"$bin/sync-hub" status --data "$work/hub" --json >"$work/status.json"
digest=$(json "$work/status.json" "json_extract(doc, '$.digest')")
printf '%-10s %s\n' hub "$digest"
records="SELECT collection, hex(id), fields FROM records ORDER BY collection, id"
sqlite3 "$work/hub/hub.sqlite" "$records" >"$work/hub.records"
for device in "${devices[@]}"; do
    on "$device" sync --json >"$work/sync.json"
    own=$(json "$work/sync.json" "json_extract(doc, '$.digest')")
    printf '%-10s %s\n' "$device" "$own"
    [ "$own" = "$digest" ] || fail "$device differs from the hub" "$device 与中心不一致"
    sqlite3 "$work/$device/replica.sqlite" "$records" | cmp -s - "$work/hub.records" ||
        fail "records of $device differ from the hub's" "$device 的记录与中心不一致"
done
on armbands1 conflict list --json >"$work/conflicts.json"
[ "$(json "$work/conflicts.json" "json_array_length(doc)")" -eq 1 ] ||
    fail "the second conflict is no longer listed" "另一处冲突不在清单里了"

say "9. An auditor compares every device with the hub, and proves the hub's log against what the devices hold." \
    "9. 审计员把每台设备与中心比对，并用各设备保存的凭据验证中心的日志。"
replicas=()
for device in "${devices[@]}"; do
    replica="$work/$device/replica.sqlite"
    replicas+=("$replica")
    "$bin/sync-audit" diff "$replica" "$work/hub" || fail "$device differs from the hub" \
        "$device 与中心不一致"
    "$bin/sync-audit" verify "$replica" >"$work/verify.txt" || {
        cat "$work/verify.txt"
        fail "the replica of $device does not verify" "$device 的副本未通过验证"
    }
done
"$bin/sync-audit" verify "$work/hub" --against "${replicas[@]}" ||
    fail "the hub's log does not verify" "中心的日志未通过验证"
"$bin/sync-audit" report "$work/hub" --html "$work/report.html" ||
    fail "the auditor's report finds problems" "审计报告发现问题"
[ -s "$work/report.html" ] || fail "there is no report" "没有生成报告"

rows=$(sqlite3 "$work/hub/hub.sqlite" "SELECT count(*) FROM records")
say "All equal: $rows records on the hub and on each device." \
    "全部一致：中心与每台设备都有 $rows 条记录。"
