#!/usr/bin/env bash
# Logs the evening of the tutorial in a real terminal and counts every key: twelve stops, one
# correction, one education session, one hazard assigned, the night's totals, the hand-over. Fails
# above 300. Chinese words count by the letters of their readings and one key to choose each.
#
# The alias `f` for sync-field is set up before, as docs/tutorial.md says; it is not counted.
#
# Usage: play-evening.sh FOLDER-WITH-PROGRAMS [en|zh-Hans]
set -euo pipefail

bin=$(cd "$1" && pwd)
language=${2:-en}
limit=300
keys=0
name=evening
. "$(dirname "$0")/terminal-play.bash"

# types TEXT: one key a character
types() {
    tmux -S "$socket" send-keys -l -t play "$1"
    keys=$((keys + ${#1}))
}

# reads TEXT READING: ideographs through an input method
reads() {
    tmux -S "$socket" send-keys -l -t play "$1"
    keys=$((keys + ${#2} + 1))
}

# press KEY…
press() {
    tmux -S "$socket" send-keys -t play "$@"
    keys=$((keys + $#))
}

# line TEXT: a whole command and Enter, on an empty screen
line() {
    tmux -S "$socket" send-keys -R -t play
    types "$1"
    press Enter
}

mkdir -p "$work/.config/fieldsync"
echo "lang = $language" >"$work/.config/fieldsync/config"
echo "alias f=sync-field; PS1='$ '" >"$work/rc"
tmux -S "$socket" -f /dev/null new-session -d -s play -x 40 -y 24 \
    "env PATH='$bin:/usr/bin:/bin' LC_ALL=C.UTF-8 bash --norc --rcfile '$work/rc' -i"
sleep 0.3
tmux -S "$socket" send-keys -t play "source '$work/rc'; clear" Enter
sees '$'

case "$language" in
    zh-Hans)
        ready="▸ 点位" saved="已保存修改" assigned="指派部门" home="还要去的点位" unsent="尚未发送"
        session="，JC05"
        ;;
    *)
        ready="▸ Point" saved="Saved the change" assigned="Assigned to"
        home="Points still to visit" unsent="Not sent yet" session="distributed 30"
        ;;
esac
stops() { sqlite3 -readonly "$SYNC_FIELD_REPLICA" "SELECT count(*) FROM stops"; }

# stop NUMBER HELPED [NOTE READING]: one stop on the entry screen
done_stops=0
stop() {
    sees "$ready"
    types "$1"
    press Enter Enter Enter
    [ "$2" = 0 ] || types "$2"
    press Enter Enter
    if [ -n "${3:-}" ]; then
        if [ -n "${4:-}" ]; then reads "$3" "$4"; else types "$3"; fi
    fi
    press Enter
    done_stops=$((done_stops + 1))
    for _ in $(seq 100); do [ "$(stops)" = "$done_stops" ] && return; sleep 0.05; done
    fail "stop $1 was not saved"
}

# The first stop also says mode and team.
line "f stop add"
sees "$ready"
types "3"
press Enter
types "f"
press Enter
types "4"
press Enter
types "2"
press Enter Enter
if [ "$language" = zh-Hans ]; then reads "灯箱松动" "dengxiangsongdong"; else types "loose sign"; fi
press Enter
done_stops=1
for _ in $(seq 100); do [ "$(stops)" = 1 ] && break; sleep 0.05; done
stop 14 0
stop 15 1
stop 16 0
stop 27 0
stop 28 3
stop 31 0
stop 40 0
if [ "$language" = zh-Hans ]; then stop 41 1 "劝离" "quanli"; else stop 41 1 "moved on"; fi
stop 55 0
stop 56 0
stop 60 2
sees "$ready"
press C-c
line "f stop edit last -p4"
sees "$saved"
line "f education add fraud leaf jc5 -a12 -l30"
sees "$session"
line "f hazard add 14 fire"
sees "NDJ-014 "
line "f hazard assign last fire"
sees "$assigned"
line "f"
sees "$home"
line "f handover"
sees "$unsent"

query() { sqlite3 -readonly "$SYNC_FIELD_REPLICA" "$1"; }
[ "$(query "SELECT count(*) FROM stops WHERE mode = 'foot' AND team_size = 4")" = 12 ] ||
    fail "not twelve stops on foot by four"
[ "$(query "SELECT sum(people_helped) FROM stops")" = 11 ] || fail "not eleven people helped"
[ "$(query "SELECT attendees || '/' || leaflets_distributed FROM education")" = 12/30 ] ||
    fail "no session of twelve"
[ "$(query "SELECT status || '/' || assigned_to FROM hazards")" = assigned/fire_service ] ||
    fail "no hazard assigned"
echo "The evening takes $keys key strokes ($language; at most $limit)."
[ "$keys" -le "$limit" ]
