#!/usr/bin/env bash
# A whole topology on loopback, and bad luck for it: three etcd, three PostgreSQL under Patroni,
# HAProxy, three hubs, HAProxy in front of them. An example to read, and a test that nothing that
# was receipted is lost.
#
# Usage: cluster.sh up [BIN]
#            Starts everything, prints the addresses, stays until Ctrl-C.
#        cluster.sh torture --minutes N [--writers 64] [--seed S] [--async] [--bench FILE] [BIN]
#            Devices write while machines die, freeze and are cut off. Ends with 1 if anything is lost.
#            --async: PostgreSQL waits for no standby. A tail can be lost; devices bring it back.
#        cluster.sh lose-tail [BIN]
#            One primary, one standby that is 50 batches behind, a primary that never comes back.
#
# BIN: folder with sync-hub, sync-field and sync-audit, default .build/release (built with the
# PostgreSQL trait). Needs Debian 12's postgresql patroni etcd-server etcd-client haproxy; as root
# and with iptables, torture cuts the network of a machine too. Real machines want passwords, TLS
# and a watchdog besides.
set -euo pipefail
cd "$(dirname "$0")/.."
unset SYNC_FIELD_REPLICA "${!PG@}" "${!PATRONI_@}" "${!ETCD@}"
export LC_ALL=C.UTF-8

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' Scripts/cluster.sh >&2
    exit 2
}

command=${1:-}
[ $# -eq 0 ] || shift
minutes="" writers=64 seed=$((SRANDOM % 32768)) synchronous=true
bench=.build-benchmarks/release/fieldsync-bench bin=.build/release
while [ $# -gt 0 ]; do
    case "$1" in
        --minutes) minutes=${2:?} && shift 2 ;;
        --writers) writers=${2:?} && shift 2 ;;
        --seed) seed=${2:?} && shift 2 ;;
        --bench) bench=${2:?} && shift 2 ;;
        --async) synchronous=false && shift ;;
        -*) usage ;;
        *) bin=$1 && shift ;;
    esac
done
case "$command" in
    up | lose-tail) ;;
    torture) [[ "$minutes" =~ ^[1-9][0-9]*$ ]] || usage ;;
    *) usage ;;
esac

pg_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
missing=()
for program in patroni etcd etcdctl haproxy psql curl python3 ps sqlite3; do
    command -v "$program" >/dev/null || missing+=("$program")
done
[ -n "$pg_bin" ] || missing+=(postgres)
if [ ${#missing[@]} -gt 0 ]; then
    echo "Missing: ${missing[*]}. Install: apt-get install -y postgresql patroni etcd-server" \
        "etcd-client haproxy curl python3 procps sqlite3" >&2
    exit 1
fi
for program in sync-hub sync-field sync-audit; do
    [ -x "$bin/$program" ] || { echo "there is no $bin/$program" >&2 && exit 1; }
done
bin=$(cd "$bin" && pwd)
[ "$command" != torture ] || [ -x "$bench" ] || { echo "there is no $bench" >&2 && exit 1; }

# PostgreSQL refuses to be root. Each machine gets a group of its own: that is how iptables knows it.
is_root=""
[ "$(id -u)" -ne 0 ] || is_root=1
as_database() {
    local group=$1
    shift
    if [ -n "$is_root" ]; then
        exec setpriv --reuid=postgres --regid="$group" --clear-groups env HOME=/ "$@"
    else
        exec "$@"
    fi
}
group_of() { echo $((64200 + $1)); }

work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-cluster.XXXXXX")
chmod 755 "$work"
logs=$work/logs
mkdir -p "$logs"
exec 3>&1 4>&2
declare -A pids=()
cut_group=""
is_good="" is_told=""
started=$SECONDS

say() { printf '%s %s\n' "$(date +%T)" "$*" | tee -a "$logs/events"; }
fail() {
    say "FAILED: $*"
    is_told=0
    exit 1
}
# So that Ctrl-C is heard at once.
pause() {
    sleep "$1" &
    pids[pause]=$!
    wait $! || true
    unset "pids[pause]"
}
kill_quietly() { kill "$@" 2>/dev/null || true; }

# finish STATUS COMMAND
finish() {
    local pid i
    # It may have ended where output went into a log.
    exec 1>&3 2>&4
    case "${is_told:-$1}" in
        0 | 130 | 143) ;;
        *) say "FAILED: ended with $1 at: ${2%%$'\n'*}" ;;
    esac
    trap - INT TERM
    # The shell speaks of each job that is killed.
    exec 2>/dev/null
    [ -z "$cut_group" ] || mend_cut
    for i in 1 2 3; do wake_machine "$i"; done
    for pid in "${pids[@]}"; do kill_quietly -CONT "$pid"; done
    # Patroni first: it would start PostgreSQL again. PostgreSQL by a signal that lets it tidy up.
    for pid in "${pids[@]}"; do kill_quietly -KILL "$pid"; done
    for i in 1 2 3; do
        pid=$(postmaster "$i")
        [ -z "$pid" ] || kill_quietly -QUIT "$pid"
    done
    for _ in $(seq 50); do
        [ -n "$(postmaster 1)$(postmaster 2)$(postmaster 3)" ] || break
        sleep 0.1
    done
    for i in 1 2 3; do
        pid=$(postmaster "$i")
        [ -z "$pid" ] || kill_quietly -KILL "$pid"
    done
    wait || true
    exec 2>&4
    if [ -n "$is_good" ]; then
        rm -rf "$work" || true
    else
        rm -rf "$work"/pg? "$work"/etcd? || true
        echo "logs and replicas stay in $work" >&2
    fi
}
trap 'finish $? "$BASH_COMMAND"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- Ports and processes

# Below what the kernel gives to those who ask for any port.
base=$(python3 - <<'PY'
import random, socket
for _ in range(200):
    base = random.randrange(20000, 30000, 50)
    sockets = []
    try:
        for port in range(base, base + 50):
            sockets.append(socket.socket())
            sockets[-1].bind(("127.0.0.1", port))
        print(base)
        break
    except OSError:
        pass
    finally:
        for each in sockets: each.close()
PY
)
[ -n "$base" ] || fail "no free ports"
etcd_port() { echo $((base + $1)); }
peer_port() { echo $((base + 5 + $1)); }
pg_port() { echo $((base + 10 + $1)); }
rest_port() { echo $((base + 15 + $1)); }
hub_port() { echo $((base + 20 + $1)); }
primary_port=$((base + 30))
replica_port=$((base + 31))
front_port=$((base + 32))
database="postgresql://hub@127.0.0.1:$primary_port/fieldsync"
url="http://127.0.0.1:$front_port/s/torture"
key_file=$work/master.key

# launch NAME COMMAND…
launch() {
    local name=$1
    shift
    "$@" >>"$logs/$name.log" 2>&1 &
    pids[$name]=$!
}
is_running() { [ -n "${pids[$1]:-}" ] && kill -0 "${pids[$1]}" 2>/dev/null; }
# end NAME SIGNAL: and its absence is waited for.
end() {
    kill_quietly "-$2" "${pids[$1]}"
    wait "${pids[$1]}" 2>/dev/null || true
    unset "pids[$1]"
}

# The pid of machine I's PostgreSQL, if it runs: a pid file may be left over.
postmaster() {
    local pid
    pid=$(head -1 "$work/pg$1/data/postmaster.pid" 2>/dev/null) || true
    [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$work/pg$1/data" ] && echo "$pid" || true
}
# Everything that runs on machine I: Patroni, PostgreSQL, their children.
machine() {
    local pid
    for pid in "${pids[patroni$1]:-}" "$(postmaster "$1")"; do
        [ -z "$pid" ] || { echo "$pid" && ps -o pid= --ppid "$pid" || true; }
    done
}
freeze_machine() {
    local frozen
    # Who was started while it was frozen is frozen in a second round.
    for _ in 1 2; do
        frozen=$(machine "$1")
        # shellcheck disable=SC2086
        kill_quietly -STOP $frozen
    done
    echo "$frozen" >"$work/frozen$1"
}
wake_machine() {
    [ -e "$work/frozen$1" ] || return 0
    # shellcheck disable=SC2046
    kill_quietly -CONT $(cat "$work/frozen$1")
    rm "$work/frozen$1"
}

# ---- The topology

start_etcd() {
    local members="" i
    for i in 1 2 3; do members+="${members:+,}etcd$i=http://127.0.0.1:$(peer_port "$i")"; done
    launch "etcd$1" etcd --name "etcd$1" --data-dir "$work/etcd$1" --logger zap \
        --heartbeat-interval 200 --election-timeout 1500 \
        --listen-client-urls "http://127.0.0.1:$(etcd_port "$1")" \
        --advertise-client-urls "http://127.0.0.1:$(etcd_port "$1")" \
        --listen-peer-urls "http://127.0.0.1:$(peer_port "$1")" \
        --initial-advertise-peer-urls "http://127.0.0.1:$(peer_port "$1")" \
        --initial-cluster "$members" --initial-cluster-token fieldsync
}

# synchronous_mode_strict: without it a primary that has lost both standbys goes on alone, and what it
# then receipts is on one disk. A receipt shall mean two machines: with strict, pushes wait instead.
# primary_start_timeout 0: a primary that died is not started again in its place, another takes over.
make_machine() {
    local i=$1 folder=$work/pg$1
    mkdir -p "$folder"
    cat >"$folder/patroni.yaml" <<YAML
scope: fieldsync
name: pg$i
restapi:
  listen: 127.0.0.1:$(rest_port "$i")
  connect_address: 127.0.0.1:$(rest_port "$i")
etcd3:
  hosts: 127.0.0.1:$(etcd_port 1),127.0.0.1:$(etcd_port 2),127.0.0.1:$(etcd_port 3)
bootstrap:
  dcs:
    ttl: 10
    loop_wait: 2
    retry_timeout: 4
    primary_start_timeout: 0
    synchronous_mode: $synchronous
    synchronous_mode_strict: $synchronous
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 100
        wal_keep_size: 256MB
        wal_sender_timeout: 5s
        wal_receiver_timeout: 5s
        tcp_user_timeout: 5s
        shared_buffers: 64MB
        checkpoint_timeout: 60s
  initdb:
    - encoding: UTF8
    - locale: C
    - data-checksums
postgresql:
  listen: 127.0.0.1:$(pg_port "$i")
  connect_address: 127.0.0.1:$(pg_port "$i")
  data_dir: $folder/data
  bin_dir: $pg_bin
  pgpass: $folder/pgpass
  use_unix_socket: true
  use_unix_socket_repl: true
  authentication:
    superuser:
      username: postgres
    replication:
      username: standby
  parameters:
    unix_socket_directories: $folder
  pg_hba:
    - local all all trust
    - local replication all trust
    - host all all 127.0.0.1/32 trust
    - host replication standby 127.0.0.1/32 trust
watchdog:
  mode: "off"
YAML
    [ -z "$is_root" ] || chown -R "postgres:$(group_of "$i")" "$folder"
}
start_machine() {
    launch "patroni$1" as_database "$(group_of "$1")" patroni "$work/pg$1/patroni.yaml"
}

# Which PostgreSQL is the primary, Patroni says. `rise 3`: a machine that thaws says 200 until Patroni
# has looked around, once in loop_wait; connections to one that is down are closed, not left to hang.
# Whatever goes wrong on the way to a hub is answered 503, in the words of the protocol: try again.
write_proxy() {
    local i
    local again='{"error":{"code":"hub_not_ready","details":{},"mend":"wait","message":"no hub"}}'
    printf '%s\r\n' "HTTP/1.1 503 Service Unavailable" "Sync-Protocol: 1" "Retry-After: 2" \
        "Content-Type: application/json" "Content-Length: ${#again}" "Connection: close" "" \
        >"$work/again.http"
    printf '%s' "$again" >>"$work/again.http"
    {
        cat <<CFG
global
    maxconn 4000
defaults
    timeout connect 3s
    timeout client 1h
    timeout server 1h
    timeout check 2s
    default-server check inter 1s fall 2 on-marked-down shutdown-sessions
CFG
        for i in primary replica; do
            cat <<CFG
listen $i
    mode tcp
    bind 127.0.0.1:$([ $i = primary ] && echo "$primary_port" || echo "$replica_port")
    option httpchk GET /$i
    http-check expect status 200
    default-server rise 3
$(for n in 1 2 3; do echo "    server pg$n 127.0.0.1:$(pg_port $n) port $(rest_port $n)"; done)
CFG
        done
        cat <<CFG
listen hubs
    mode http
    bind 127.0.0.1:$front_port
    balance leastconn
    timeout client 30s
    timeout server 20s
    timeout queue 5s
    option httpchk GET /readyz
    option redispatch
    retries 3
    retry-on conn-failure empty-response
    errorfile 502 $work/again.http
    errorfile 503 $work/again.http
    errorfile 504 $work/again.http
    timeout check 3s
    default-server rise 1 fall 3
$(for n in 1 2 3; do echo "    server hub$n 127.0.0.1:$(hub_port $n)"; done)
CFG
    } >"$work/haproxy.cfg"
}

start_hub() {
    rm -f "$work/ready$1"
    launch "hub$1" "$bin/sync-hub" serve --database "$database" --master-key-file "$key_file" \
        --listen "127.0.0.1:$(hub_port "$1")"
}

# view: LEADER TIMELINE SYNCHRONOUS-STANDBYS RUNNING, as whichever Patroni answers knows it.
view() {
    local i
    for i in 1 2 3; do
        curl -fs -m 2 "127.0.0.1:$(rest_port "$i")/cluster" 2>/dev/null | python3 -c '
import json, sys
members = json.load(sys.stdin)["members"]
leader = [m for m in members if m["role"] == "leader" and m["state"] == "running"]
line = leader and leader[0].get("timeline")
if not line: sys.exit(1)
up = [m for m in members if m["state"] in ("running", "streaming") and m.get("timeline") == line]
print(leader[0]["name"][2:], line, sum(m["role"] == "sync_standby" for m in up), len(up))
' 2>/dev/null && return
    done
    echo "0 0 0 0"
}
answers() { curl -fs -m 2 -o /dev/null "$1"; }

# unwell: what is not as it should be; nothing if all is.
unwell() {
    local i leader line standbys up
    for i in 1 2 3; do
        curl -fs -m 2 "127.0.0.1:$(etcd_port "$i")/health" 2>/dev/null | grep -q '"true"' ||
            echo "etcd$i"
    done
    read -r leader line standbys up <<<"$(view)"
    [ "$up" -eq 3 ] || echo "$up of 3 PostgreSQL (pg$leader leads)"
    [ "$synchronous" = false ] || [ "$standbys" -ge 1 ] || echo "no synchronous standby"
    for i in 1 2 3; do
        [ -e "$work/hubs" ] || continue
        if answers "127.0.0.1:$(hub_port "$i")/readyz"; then
            touch "$work/ready$i"
        else
            echo "hub$i"
        fi
    done
    [ ! -e "$work/hubs" ] || answers "127.0.0.1:$front_port/readyz" || echo "the way to the hubs"
}
ended_hubs=0 begun_again=0 hands=0
# heal [SECONDS]: waits until all is well, starting again what ended by itself. A Patroni whose etcd
# froze while it was frozen itself goes on with a stale copy of what etcd holds ("Synchronous
# replication key updated by someone else"): starting it again, PostgreSQL untouched, is the mend that
# an operator would find, and is counted.
heal() {
    local until=$((SECONDS + ${1:-120})) i bad="" hand=$((SECONDS + 40)) leader rest
    while [ "$SECONDS" -lt "$until" ]; do
        for i in 1 2 3; do
            [ ! -e "$work/hubs" ] || is_running "hub$i" || {
                say "hub$i had ended by itself: $(tail -n 2 "$logs/hub$i.log")"
                # One that starts without a database says so and ends; one that served must not.
                if [ -e "$work/ready$i" ]; then
                    ended_hubs=$((ended_hubs + 1))
                else
                    begun_again=$((begun_again + 1))
                fi
                start_hub "$i"
            }
            is_running "patroni$i" || {
                say "patroni$i had ended by itself"
                start_machine "$i"
            }
        done
        bad=$(unwell)
        [ -n "$bad" ] || return 0
        if [ "$SECONDS" -gt "$hand" ] && [[ "$bad" == *synchronous* ]]; then
            read -r leader rest <<<"$(view)"
            if [ "$leader" != 0 ] && is_running "patroni$leader"; then
                say "  by hand: Patroni of pg$leader started again"
                hands=$((hands + 1))
                end "patroni$leader" KILL
                start_machine "$leader"
            fi
            hand=$((SECONDS + 40))
        fi
        pause 1
    done
    fail "not healed: ${bad//$'\n'/, }"
}

hub() {
    local verb=$1
    shift
    "$bin/sync-hub" "$verb" "$@" --database "$database" --master-key-file "$key_file" --space torture
}

make_space() {
    psql -qh 127.0.0.1 -p "$1" -U postgres -d postgres -c "CREATE ROLE hub LOGIN" \
        -c "CREATE DATABASE fieldsync OWNER hub"
    "$bin/sync-hub" space add torture --database "$database" --master-key-file "$key_file" \
        --url "$url" >>"$logs/setup.log" 2>&1
    {
        echo "code,name,grid,category,required_per_shift,active"
        for n in $(seq 12); do
            printf 'P-%03d,South Street %d,G01,business,1,true\n' "$n" "$n"
        done
    } >"$work/points.csv"
    hub point import "$work/points.csv" >>"$logs/setup.log" 2>&1
}

bring_up() {
    local i
    say "starting etcd, PostgreSQL and HAProxy in $work"
    write_proxy
    for i in 1 2 3; do start_etcd "$i"; done
    for i in 1 2 3; do make_machine "$i" && start_machine "$i"; done
    launch haproxy haproxy -db -f "$work/haproxy.cfg"
    heal 180
    for _ in $(seq 30); do
        psql -qAth 127.0.0.1 -p "$primary_port" -U postgres -d postgres -c "SELECT 1" \
            >/dev/null 2>&1 && break
        pause 1
    done
    make_space "$primary_port"
    for i in 1 2 3; do start_hub "$i"; done
    touch "$work/hubs"
    heal 60
    say "all is up; pg$(view | cut -d' ' -f1) is the primary"
}

# invite NAME ROLE
invite() {
    hub invite --name "$1" --role "$2" --url "$url" --json 2>>"$logs/setup.log" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])'
}
# on REPLICA COMMAND…
on() {
    local replica=$1
    shift
    "$bin/sync-field" "$@" --replica "$replica"
}
# join REPLICA NAME ROLE
join() {
    {
        on "$1" init --name "$2"
        on "$1" join "$(invite "$2" "$3")"
        on "$1" sync
    } >>"$logs/setup.log" 2>&1
}
sql() { psql -qAth 127.0.0.1 -p "$primary_port" -U postgres -d fieldsync -c "$1"; }

# ---- The judgement

# judge AUDITOR REPLICA…: sets verified, lost, equal, epochs, dense, journal.
judge() {
    local auditor=$1 first=$2 replica
    shift
    verified=no lost=0 equal=1 dense=no
    "$bin/sync-audit" verify "$url" --token-file "$auditor" --against "$@" --json \
        >"$work/verify.json" 2>"$logs/verify.log" && verified=yes
    # What the log lacks, and what a device was receipted by a history that the hub lost later.
    lost=$(python3 - "$work/verify.json" "$@" <<'PY'
import json, sqlite3, sys
try: report = json.load(open(sys.argv[1]))
except ValueError: report = {"problems": [], "more_problems": {}}
lost = sum(p["kind"] == "receipt_missing" for p in report["problems"])
lost += report["more_problems"].get("receipt_missing", 0)
for path in sys.argv[2:]:
    replica = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    lost += replica.execute("SELECT count(first_receipt) FROM batches").fetchone()[0]
print(lost)
PY
    )
    for replica in "${@:2}"; do
        "$bin/sync-audit" diff "$first" "$replica" >>"$logs/diff.log" 2>&1 && equal=$((equal + 1))
    done
    epochs=$(hub status --json 2>>"$logs/setup.log" |
        python3 -c 'import json, sys; print(len(json.load(sys.stdin)["epochs"]))')
}

# ---- Bad luck

declare -A acts=()
second_primaries=0
did() { acts[$1]=$((${acts[$1]:-0} + 1)); }

start_cut() {
    cut_group=$(group_of "$1")
    iptables -w -I OUTPUT -o lo -p tcp -m owner --gid-owner "$cut_group" -j DROP 2>/dev/null
}
mend_cut() {
    iptables -w -D OUTPUT -o lo -p tcp -m owner --gid-owner "$cut_group" -j DROP 2>/dev/null || true
    cut_group=""
}
# can_cut: nothing of machine 1 is up when this is asked.
can_cut() {
    [ -n "$is_root" ] && command -v iptables >/dev/null && start_cut 1 && mend_cut
}

# led_by_another MACHINE: another one holds the leader's lock and says so.
led_by_another() {
    local i
    for i in 1 2 3; do
        [ "$i" -eq "$1" ] || ! answers "127.0.0.1:$(rest_port "$i")/primary" || return 0
    done
    return 1
}
# The machine is back: it must not commit anything while another leads. It may still believe that it
# is the primary for a moment, but no standby confirms. (An asynchronous one would not ask.)
expect_no_second_primary() {
    local until=$((SECONDS + 6))
    [ "$synchronous" = true ] || return 0
    while [ "$SECONDS" -lt "$until" ]; do
        if PGCONNECT_TIMEOUT=2 timeout 2 psql -qAth 127.0.0.1 -p "$(pg_port "$1")" -U postgres \
            -d postgres -c "SELECT pg_logical_emit_message(true, 'probe', '')" >/dev/null 2>&1 &&
            led_by_another "$1"; then
            second_primaries=$((second_primaries + 1))
            say "pg$1 committed although another leads"
            return
        fi
        pause 0.5
    done
}

# after_failover FROM LINE: waits until another timeline is led, at most 40 s.
after_failover() {
    local at=$SECONDS leader line
    while [ $((SECONDS - at)) -lt 40 ]; do
        read -r leader line _ <<<"$(view)"
        if [ "$line" -gt "$2" ]; then
            say "  pg$leader leads on timeline $line, $((SECONDS - at)) s later"
            return
        fi
        pause 0.5
    done
    say "  nobody took over from pg$1"
}

hurt_database() {
    local leader line at
    read -r leader line _ <<<"$(view)"
    [ "$leader" -ne 0 ] || return 0
    did "$1"
    say "$1: pg$leader"
    case "$1" in
        "primary killed") kill_quietly -KILL "$(postmaster "$leader")" ;;
        "machine killed")
            # shellcheck disable=SC2046
            kill_quietly -KILL $(machine "$leader")
            wait "${pids[patroni$leader]}" 2>/dev/null || true
            ;;
        "machine frozen") freeze_machine "$leader" ;;
        "machine cut off") start_cut "$leader" ;;
    esac
    at=$SECONDS
    after_failover "$leader" "$line"
    case "$1" in
        "machine killed")
            pause $((RANDOM % 5))
            start_machine "$leader"
            ;;
        "machine frozen" | "machine cut off")
            [ $((SECONDS - at)) -ge 15 ] || pause $((15 - SECONDS + at))
            [ "$1" = "machine frozen" ] && wake_machine "$leader" || mend_cut
            expect_no_second_primary "$leader"
            ;;
    esac
}

# The smaller ones: begun before the database is hurt and ended after it.
begin_beside() {
    did "$1"
    say "$1: $2"
    case "$1" in
        *killed) end "$2" KILL ;;
        *frozen) kill_quietly -STOP "${pids[$2]}" ;;
    esac
}
end_beside() {
    case "$1" in
        "hub killed") start_hub "${2#hub}" ;;
        "etcd killed") start_etcd "${2#etcd}" ;;
        *frozen) kill_quietly -CONT "${pids[$2]}" ;;
    esac
}

# draw NAME ITEM…: sets `drawn`; each item comes once before one comes again.
declare -A bags=()
draw() {
    local name=$1 items index
    shift
    [ -n "${bags[$name]:-}" ] || bags[$name]=$(printf '%s\n' "$@")
    mapfile -t items <<<"${bags[$name]}"
    index=$((RANDOM % ${#items[@]}))
    drawn=${items[$index]}
    unset "items[$index]"
    bags[$name]=$(printf '%s\n' "${items[@]}")
}

torture() {
    local i until leader line first_line last_leader changes=0 beside which rounds=0
    local kinds=("primary killed" "machine killed" "machine frozen" "primary killed" "machine killed")
    if can_cut; then kinds+=("machine cut off"); else say "no iptables here: no network is cut"; fi
    cut_group=""
    bring_up
    say "seed $seed"
    for i in $(seq "$writers"); do invite "writer $i" lead; done >"$work/invites"
    join "$work/auditor.sqlite" auditor auditor
    mkdir "$work/replicas"
    read -r last_leader first_line _ <<<"$(view)"
    launch driver "$bench" load --url "$url" --invites "$work/invites" --minutes "$minutes" \
        --keep "$work/replicas" --json "$work/load.json" --start-at "$work/start"
    for _ in $(seq 600); do
        [ ! -e "$work/replicas/ready" ] || break
        is_running driver || fail "the driver ended: $(tail -n 3 "$logs/driver.log")"
        pause 0.5
    done
    [ -e "$work/replicas/ready" ] || fail "the devices did not join within 5 minutes"
    say "$writers devices have joined and begin"
    touch "$work/start"
    until=$((SECONDS + 60 * minutes - 20))
    RANDOM=$seed
    pause 10
    while [ "$SECONDS" -lt "$until" ] && is_running driver; do
        rounds=$((rounds + 1))
        beside=""
        if [ $((RANDOM % 2)) -eq 0 ] || [ $((rounds % 6)) -eq 0 ]; then
            draw beside "hub killed" "hub frozen" "etcd killed" "etcd frozen"
            beside=$drawn
            which=${beside%% *}$((RANDOM % 3 + 1))
            begin_beside "$beside" "$which"
            pause $((RANDOM % 4))
        fi
        if [ $((rounds % 6)) -eq 0 ]; then
            pause 15
        else
            draw database "${kinds[@]}"
            # Two failures at once, a member of etcd and the machine that reads from it both frozen, leave
            # Patroni 3.0 with a stale copy of etcd for good ("Synchronous replication key updated by
            # someone else"): no push is taken any more, nothing is lost, and a person has to look.
            [ "$beside" != "etcd frozen" ] || drawn="primary killed"
            hurt_database "$drawn"
        fi
        [ -z "$beside" ] || end_beside "$beside" "$which"
        heal 120
        read -r leader line _ <<<"$(view)"
        [ "$leader" = "$last_leader" ] || changes=$((changes + 1))
        last_leader=$leader
        pause $((5 + RANDOM % 8))
    done
    heal 120
    say "all is well again; the devices end"
    for _ in $(seq 900); do
        is_running driver || break
        pause 1
    done
    is_running driver && fail "the devices did not end within 15 minutes"
    wait "${pids[driver]}" || fail "the driver failed: $(tail -n 3 "$logs/driver.log")"
    unset "pids[driver]"

    on "$work/auditor.sqlite" sync >>"$logs/setup.log" 2>&1 || fail "the auditor cannot sync"
    local journal failovers
    failovers=$(($(view | cut -d' ' -f2) - first_line))
    journal=$(sql "SELECT count(*), coalesce(max(position), 0) FROM space_torture.journal")
    say "the auditor judges"
    judge "$work/auditor.key" "$work"/replicas/*.sqlite
    [ "${journal%|*}" = "${journal#*|}" ] && dense=yes

    for i in "${!acts[@]}"; do printf '%s\t%s\n' "$i" "${acts[$i]}"; done | sort >"$work/acts"
    python3 - "$work/load.json" "$work/acts" "$minutes" "$seed" "$synchronous" "$failovers" \
        "$changes" "${journal%|*}" "$dense" "$lost" "$equal" "$verified" "$epochs" \
        "$second_primaries" "$ended_hubs" "$begun_again" "$hands" <<'PY' || fail "not what must be"
import json, sys
(load, acts, minutes, seed, synchronous, failovers, changes, journal, dense, lost, equal, verified,
 epochs, second, ended, again, hands) = sys.argv[1:]
load = json.load(open(load))
broken = []
def row(name, value, is_right=True, must=""):
    print(f"| {name} | {value} | {must + ('' if is_right else ': BROKEN')} |")
    if not is_right: broken.append(name)
print("| | | must |\n|---|---:|---|")
row("minutes", minutes)
row("writers", load["devices"])
row("replication", "synchronous" if synchronous == "true" else "asynchronous")
row("seed", seed)
for line in open(acts): row(*line.rstrip("\n").split("\t"))
row("failovers (timelines)", failovers)
row("rounds after which another led", changes)
row("a second primary that committed", second, second == "0", "0")
row("hubs that served and ended by themselves", ended, ended == "0", "0")
row("hubs that found no database and were started again", again)
row("times that Patroni was started again by hand", hands)
row("batches in the journal", journal)
row("positions without a gap", dense, dense == "yes", "yes")
row("receipts", load["receipts"])
row('answers "try again"', load["try_again"])
row("other answers", len(load["other"]), not load["other"], "0")
row("longest pause (s)", round(load["longest_pause_ms"] / 1000, 1))
row("push p50 / p95 / p99 (ms)", " / ".join(str(round(load[f"p{p}_ms"])) for p in (50, 95, 99)))
sure = synchronous == "true"
row("receipted batches lost", lost, lost == "0" or not sure, "0" if sure else "")
row("epochs", epochs, epochs == "1" or not sure, "1" if sure else "")
row("the auditor verified the log against every replica", verified, verified == "yes", "yes")
row("replicas equal", equal, int(equal) == load["devices"], str(load["devices"]))
for text in sorted(set(load["other"]))[:10]: print("other:", text)
sys.exit(1 if broken else 0)
PY
}

# ---- A tail that is lost

# postgres_tool MACHINE TOOL ARGUMENTS…
postgres_tool() {
    (as_database "$(group_of "$1")" "$pg_bin/$2" "${@:3}") >>"$logs/pg.log" 2>&1
}
start_postgres() {
    postgres_tool "$1" pg_ctl -D "$work/pg$1/data" -l "$work/pg$1/log" -w start \
        -o "-c listen_addresses=127.0.0.1 -p $(pg_port "$1") -k '$work/pg$1'"
}
# field REPLICA COMMAND…: as `on`, into the log.
field() { on "$@" >>"$logs/field.log" 2>&1; }
ask() { psql -qAth 127.0.0.1 -p "$(pg_port "$1")" -U postgres -d fieldsync -c "$2"; }
wait_for_hub() {
    for _ in $(seq 100); do
        answers "127.0.0.1:$(hub_port 1)/readyz" && return
        pause 0.3
    done
    fail "the hub is not ready: $(tail -n 2 "$logs/hub1.log")"
}
hub_position() {
    hub status --json 2>>"$logs/setup.log" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["position"])'
}

lose_tail() {
    local i n status before segment stops bad=0 replicas=() devices=5 tail=50
    # One address with both servers in it: libpq takes the one that can be written to.
    database="postgresql://hub@/fieldsync?host=127.0.0.1,127.0.0.1"
    database+="&port=$(pg_port 1),$(pg_port 2)&target_session_attrs=read-write"
    url="http://127.0.0.1:$(hub_port 1)/s/torture"
    for i in 1 2; do
        mkdir "$work/pg$i"
        [ -z "$is_root" ] || chown "postgres:$(group_of "$i")" "$work/pg$i"
    done
    say "a primary, an asynchronous standby and a hub in $work"
    postgres_tool 1 initdb -D "$work/pg1/data" -U postgres --auth=trust -E UTF8 --locale=C
    start_postgres 1
    postgres_tool 2 pg_basebackup -D "$work/pg2/data" -R -c fast \
        -d "host=127.0.0.1 port=$(pg_port 1) user=postgres"
    start_postgres 2
    make_space "$(pg_port 1)"
    start_hub 1
    wait_for_hub

    join "$work/auditor.sqlite" auditor auditor
    for i in $(seq $devices); do
        replicas+=("$work/device$i.sqlite")
        join "$work/device$i.sqlite" "red armbands $i" lead
        for n in 1 2; do field "$work/device$i.sqlite" stop add "$n" "both have it $i.$n"; done
    done
    for i in "${replicas[@]}" "${replicas[@]}" "$work/auditor.sqlite"; do field "$i" sync; done
    before=$(ask 1 "SELECT pg_current_wal_lsn()")
    for _ in $(seq 100); do
        [ "$(ask 2 "SELECT pg_last_wal_replay_lsn() >= '$before'")" = t ] && break
        pause 0.2
    done
    postgres_tool 2 pg_ctl -D "$work/pg2/data" -m fast -w stop
    say "the standby has $(hub_position) batches and is stopped; the devices push $tail more"
    for n in $(seq $((tail / devices))); do
        for i in "${replicas[@]}"; do
            field "$i" stop add $((n % 12 + 1)) "of the tail, $n"
            field "$i" sync
        done
    done
    say "the hub has $(hub_position); the primary dies for good"
    segment=$(awk 'NR == 7 { print $2 }' "$work/pg1/data/postmaster.pid")
    kill_quietly -KILL "$(postmaster 1)"
    status=0
    field "${replicas[0]}" sync || status=$?
    say "with no primary a device's sync ends with $status (5: try again)"
    [ "$status" -eq 5 ] || bad=1
    # What a killed server leaves in the kernel.
    [ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null || true
    start_postgres 2
    postgres_tool 2 pg_ctl -D "$work/pg2/data" -w promote
    wait_for_hub
    is_running hub1 || fail "the hub ended"
    say "the standby is promoted; the hub goes on with $(hub_position) batches"

    for n in once "once more"; do
        for i in "${replicas[@]}"; do
            status=0
            field "$i" sync || status=$?
            [ "$status" -eq 0 ] || bad=1
            [ "$status" -eq 0 ] || say "$(basename "$i"), syncing $n: exit $status"
        done
    done
    field "$work/auditor.sqlite" sync || bad=1
    stops=$((tail + 2 * devices))
    for i in "${replicas[@]}"; do
        n=$(on "$i" stop list --json 2>/dev/null |
            python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
        [ "$n" -eq "$stops" ] || bad=1
        [ "$n" -eq "$stops" ] || say "$(basename "$i") has $n stops, not $stops"
    done
    judge "$work/auditor.key" "${replicas[@]}"
    say "epochs: $epochs, receipts of the lost history: $lost, batches now: $(hub_position)"
    say "verified: $verified, replicas equal: $equal of $devices, stops on each: $stops"
    [ "$bad" -eq 0 ] && [ "$epochs" -eq 2 ] && [ "$lost" -eq $tail ] && [ "$verified" = yes ] &&
        [ "$equal" -eq $devices ] || fail "the tail did not come back as it should"
    say "all $tail are back"
}

case "$command" in
    up)
        bring_up
        cat <<TEXT
hubs        $url
database    $database
a replica   postgresql://hub@127.0.0.1:$replica_port/fieldsync
primary     pg$(view | cut -d' ' -f1) on port $(pg_port "$(view | cut -d' ' -f1)"); patronictl -c $work/pg1/patroni.yaml list
logs        $logs
an invite   $bin/sync-hub invite --database '$database' --master-key-file $key_file --space torture --url $url --name "red armbands 1"
Ctrl-C ends everything and deletes it.
TEXT
        is_good=1
        while :; do pause 3600; done
        ;;
    torture) torture ;;
    lose-tail) lose_tail ;;
esac
is_good=1
say "done in $((SECONDS - started)) s"
