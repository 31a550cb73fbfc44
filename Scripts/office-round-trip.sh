#!/usr/bin/env bash
# What leaves for the office comes back: export → LibreOffice (headless) opens, edits and saves as
# XLSX and CSV → import. Only the edited cells change, nothing doubles; for stops, activities,
# education and hazards, in both languages.
#
# Usage: office-round-trip.sh FOLDER-WITH-PROGRAMS
set -euo pipefail

office=$(command -v soffice || command -v libreoffice || true)
[ -n "$office" ] || {
    echo "LibreOffice is missing: apt-get install libreoffice-calc-nogui python3-uno" >&2
    exit 1
}
bin=$(cd "$1" && pwd)
data=$(cd "$(dirname "$0")/../Tests/SampleData" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-office.XXXXXX")
trap 'rm -rf "$work"' EXIT
# The system's Python has the office's module.
python=/usr/bin/python3
export HOME="$work" SYNC_FIELD_REPLICA="$work/desk.sqlite"

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

field() { "$bin/sync-field" "$@"; }

# json DOCUMENT KEY
json() { sqlite3 :memory: "SELECT json_extract('$1', '\$.$2')"; }

field init --name desk >/dev/null 2>&1
for collection in stops activities education hazards; do
    field import "$data/$collection.csv" --into "$collection" >/dev/null
done
sqlite3 "$SYNC_FIELD_REPLICA" "SELECT collection, hex(id), fields FROM records ORDER BY 1, 2" \
    >"$work/before"

# The office edits the note (the last column but one) of the third row, and saves in a form.
cat >"$work/edit.py" <<'PYTHON'
import os, sys, time, uno
from com.sun.star.beans import PropertyValue

def prop(name, value):
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item

source, target, form, text = sys.argv[1:5]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(200):
    try:
        context = resolver.resolve(
            "uno:pipe,name=fieldsync;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.1)
else:
    sys.exit("the office does not answer")
desktop = context.ServiceManager.createInstanceWithContext(
    "com.sun.star.frame.Desktop", context)
options = [prop("Hidden", True)]
if source.endswith(".csv"):
    # Comma, quotation mark, UTF-8, from line 1.
    options += [prop("FilterName", "Text - txt - csv (StarCalc)"),
                prop("FilterOptions", "44,34,76,1")]
document = desktop.loadComponentFromURL("file://" + source, "_blank", 0, tuple(options))
sheet = document.Sheets.getByIndex(0)
column = 0
while sheet.getCellByPosition(column, 0).String:
    column += 1
sheet.getCellByPosition(column - 2, 2).String = text
filters = {"xlsx": "Calc MS Excel 2007 XML", "csv": "Text - txt - csv (StarCalc)"}
saved = [prop("FilterName", filters[form])]
if form == "csv":
    saved.append(prop("FilterOptions", "44,34,76,1,,0,false,true,false"))
document.storeToURL("file://" + target, tuple(saved))
document.close(True)
# The bridge does not always survive the end of the interpreter.
os._exit(0)
PYTHON
"$office" --headless --norestore --nologo "-env:UserInstallation=file://$work/office" \
    "--accept=pipe,name=fieldsync;urp;" >"$work/office.log" 2>&1 &
office_pid=$!
trap 'kill "$office_pid" 2>/dev/null || true; rm -rf "$work"' EXIT

checked=0
for collection in stops activities education hazards; do
    for language in en zh-Hans; do
        for form in csv xlsx; do
            for saved in csv xlsx; do
                name="$collection-$language-$form-$saved"
                field export --collection "$collection" -o "$work/$name.$form" --lang "$language" \
                    2>/dev/null
                "$python" "$work/edit.py" "$work/$name.$form" "$work/$name.out.$saved" "$saved" \
                    "改过 $name"
                result=$(field import "$work/$name.out.$saved" --into "$collection" --json) ||
                    fail "$name: $(field import "$work/$name.out.$saved" --into "$collection" --dry-run 2>&1)"
                [ "$(json "$result" new)" = 0 ] && [ "$(json "$result" rejected)" = 0 ] &&
                    [ "$(json "$result" changed)" = 1 ] || fail "$name: $result"
                changed=$(sqlite3 "$SYNC_FIELD_REPLICA" \
                    "SELECT collection, hex(id), fields FROM records ORDER BY 1, 2" |
                    diff "$work/before" - | grep -c '^> ' || true)
                # The record edited, and the record of the import.
                [ "$changed" = 2 ] || fail "$name: $changed records differ"
                field undo --import "$name.out.$saved" >/dev/null 2>&1
                sqlite3 "$SYNC_FIELD_REPLICA" \
                    "SELECT collection, hex(id), fields FROM records ORDER BY 1, 2" >"$work/before"
                checked=$((checked + 1))
            done
        done
    done
done
echo "The office round trip holds: $checked files, in each only the edited cell changed."
