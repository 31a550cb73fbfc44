#!/usr/bin/env bash
# Plays the entry screen in a real terminal and checks what stands on it: the picker, Enter for what
# was last, Ctrl-C, 40 columns, Chinese input. Writes the pictures of docs/tutorial.md with --print.
#
# Usage: play-entry-screen.sh FOLDER-WITH-PROGRAMS [--print FOLDER]
set -euo pipefail

bin=$(cd "$1" && pwd)
pictures=""
[ "${2:-}" = "--print" ] && pictures=$(mkdir -p "$3" && cd "$3" && pwd)
name=screen
. "$(dirname "$0")/terminal-play.bash"

press() { tmux -S "$socket" send-keys -t play "$@"; }

# sees_not TEXT
sees_not() { ! screen | grep -qF -- "$1" || fail "'$1' is on the screen"; }

picture() {
    [ -z "$pictures" ] || screen | sed -e 's/ *$//' -e '/^$/d' >"$pictures/$1.txt"
}

plays=0
play() {
    tmux -S "$socket" kill-server 2>/dev/null || true
    # A server of its own: the one before may not be gone yet.
    plays=$((plays + 1))
    socket="$work/tmux$plays"
    tmux -S "$socket" -f /dev/null new-session -d -s play -x "$1" -y 24 \
        "env PATH='$bin:/usr/bin:/bin' LC_ALL=C.UTF-8 PS1='$ ' bash --norc"
    sees '$'
}

stops() { sqlite3 -readonly "$SYNC_FIELD_REPLICA" "SELECT count(*) FROM stops"; }

# 1. In Chinese on 40 columns: the picker filters while one types, Enter goes on.
play 40
press "sync-field stop add --lang zh-Hans" Enter
sees "登记：巡逻停留"
press "14"
sees "> NDJ-014"
picture picker
press Enter "b" Enter "3" Enter "2" Enter Enter
sees "▸ 备注"
press -l "灯箱松动"
sees "灯箱松动_"
picture note
press Enter
sees "已保存"
sees "人数 3"
[ "$(stops)" = 1 ] || fail "the stop was not saved"

# 2. The next stop: what was last stands there, Enter takes it.
sees "▸ 点位"
press -l "南大街15"
sees "> NDJ-015"
press Enter Enter Enter Enter Enter Enter
sees "NDJ-015"
picture saved
[ "$(stops)" = 2 ] || fail "the second stop was not saved"
[ "$(sqlite3 -readonly "$SYNC_FIELD_REPLICA" \
    "SELECT count(*) FROM stops WHERE mode = 'foot' AND team_size = 3")" = 2 ] ||
    fail "mode and team were not taken over"

# 3. Ctrl-C saves nothing of what stands there.
sees "▸ 点位"
press "16" Enter C-c
sees '$'
[ "$(stops)" = 2 ] || fail "Ctrl-C saved something"
press 'clear; echo "mode: $(stty -a | grep -c " echo ")"' Enter
sees "mode: 1"

# 4. A code that no list has is asked about; Enter once more keeps it. In English on 80 columns.
play 80
press "sync-field hazard add --lang en" Enter
sees "New: Hazards"
press "NDJ-O14" Enter "noise" Enter Enter
sees "not in the list of points"
press C-c
sees '$'
[ "$(sqlite3 -readonly "$SYNC_FIELD_REPLICA" "SELECT count(*) FROM hazards")" = 0 ] ||
    fail "a hazard was saved at no place"

# 5. A hazard by the arrows, a session and an activity by words.
press "clear; sync-field hazard add --lang en" Enter
sees "New: Hazards"
press "14" Enter Down Enter Enter
sees "Saved"
sees "NDJ-014"
press C-c
press "clear; sync-field education add --lang en" Enter
sees "New: Education"
press "fraud" Enter
sees "▸ Method"
press C-c
sees '$'
press "clear; sync-field activity add --lang en" Enter
sees "New: Volunteer"
press "patrol" Enter
sees "▸ Grid"
press C-c

# 6. Never on a pipe or with --json.
if "$bin/sync-field" stop add </dev/null >/dev/null 2>&1; then fail "a pipe was asked"; fi
play 120
press "sync-field stop add --json" Enter
sees 'entry_invalid'
sees_not "▸"

# 7. Home.
play 40
press "clear; sync-field --lang zh-Hans" Enter
sees "还要去的点位"
picture home
echo "The entry screen holds: picker, Enter for what was last, Ctrl-C, 40 columns, Chinese input."
