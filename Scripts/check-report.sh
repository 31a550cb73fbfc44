#!/bin/sh
# The auditor's report of a quiet month in a real browser: on a phone (360 px) nothing runs off the
# screen, and on paper (A4) it is two pages, in both languages.
# usage: Scripts/check-report.sh [BIN]      needs chromium and Python's playwright; installs them on Debian
set -eu

bin=$(cd "${1:-.build/debug}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v chromium >/dev/null; then
    apt-get update -qq && apt-get install -y -qq chromium python3-pip >/dev/null
fi
python3 -c 'import playwright' 2>/dev/null || pip install -q --break-system-packages playwright
work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-report-XXXXXX")
hub=
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
cd "$work"

python3 "$here/check_report.py" data .
"$bin/sync-hub" init --data hub >/dev/null 2>&1
"$bin/sync-hub" serve --data hub --listen 127.0.0.1:8655 >hub.log 2>&1 &
hub=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    curl -fs http://127.0.0.1:8655/readyz >/dev/null && break
    sleep 0.5
done
"$bin/sync-hub" point import points.csv --data hub >/dev/null
invite=$("$bin/sync-hub" invite --data hub --name "red armbands 2" --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])')
export SYNC_FIELD_REPLICA="$work/a.sqlite"
"$bin/sync-field" init --name a >/dev/null 2>&1
"$bin/sync-field" join "$invite" >/dev/null 2>&1
"$bin/sync-field" import stops.csv --into stops >/dev/null
"$bin/sync-field" sync >/dev/null
kill "$hub" && wait "$hub" 2>/dev/null || true
hub=
"$bin/sync-audit" report hub --html hub.html >/dev/null
"$bin/sync-audit" report a.sqlite --html replica.html >/dev/null
"$bin/sync-audit" report hub --diff a.sqlite --html both.html >/dev/null
timeout 120 python3 "$here/check_report.py" look hub.html replica.html both.html
