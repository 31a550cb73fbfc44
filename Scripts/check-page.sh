#!/bin/sh
# The hub's page in a real browser: signs in, invites, sees a stop arrive, settles a conflict, follows a
# hazard, shuts a device out, downloads; in both languages, on a phone and on a desk. Then what must be
# refused. Installs chromium (300 MB) and playwright where they are missing. With --pictures, pictures of
# the pages in both languages are kept as well, of a hub of their own.
#
#     Scripts/check-page.sh .build/debug [--pictures docs/pictures]
set -eu
bin=$(cd "$1" && pwd)
scripts=$(cd "$(dirname "$0")" && pwd)
pictures=
if [ "${2:-}" = --pictures ]; then
    mkdir -p "$3"
    pictures=$(cd "$3" && pwd)
fi
command -v chromium >/dev/null || apt-get install -y chromium >/dev/null
fc-list :lang=zh 2>/dev/null | grep -q . || apt-get install -y fonts-noto-cjk >/dev/null
command -v pip >/dev/null || apt-get install -y python3-pip >/dev/null
python3 -c 'import playwright' 2>/dev/null || pip install -q --break-system-packages playwright
[ -z "$pictures" ] || python3 -c 'import PIL' 2>/dev/null || pip install -q --break-system-packages pillow
work=$(mktemp -d)
trap 'kill $hub 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
hub=
cd "$work"
unset SYNC_FIELD_REPLICA
"$bin/sync-hub" init --data hub --space 南大街 >/dev/null 2>&1
{
    echo 'code,name,grid,category,required_per_shift,active,lat,lon'
    for n in $(seq 1 24); do
        printf 'NDJ-%03d,南大街%d号,JC%02d,commercial,1,true,%s,%s\n' "$n" "$n" $(((n + 3) / 4)) \
            "31.77$((n * 37 % 100))" "119.95$((n * 53 % 100))"
    done
} >points.csv
"$bin/sync-hub" point import points.csv --data hub >/dev/null
"$bin/sync-hub" serve --data hub --listen 127.0.0.1:0 --json >served.json 2>hub.log &
hub=$!
for _ in $(seq 100); do [ -s served.json ] && break; sleep 0.1; done
url=$(python3 -c 'import json; print(json.load(open("served.json"))["url"])')
for name in a b; do
    "$bin/sync-field" init --name "red armbands $name" --replica $name.sqlite >/dev/null 2>&1
    "$bin/sync-field" join "$("$bin/sync-hub" invite --data hub --name "red armbands $name" --url "$url" --json |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])')" --replica $name.sqlite >/dev/null
    "$bin/sync-field" sync --replica $name.sqlite >/dev/null
done
set -- "$bin" "$url" "$work"
[ -z "$pictures" ] || set -- "$@" --pictures "$pictures"
timeout 500 python3 "$scripts/check_page.py" "$@"
