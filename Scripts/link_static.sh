#!/usr/bin/env bash
# Fills FOLDER with the static libraries that a release links: what lies there goes before the
# system's shared ones of the same name (-L is searched first). Prints what has no static form here.
#
#     Scripts/link_static.sh FOLDER
set -euo pipefail
folder=${1:?Usage: Scripts/link_static.sh FOLDER}
mkdir -p "$folder"
find "$folder" -name '*.a' -delete
for name in sqlite3 z minizip expat stdc++ qrencode yaml; do
    # gcc knows where the system keeps them; it answers with the bare name where there is none.
    found=$(gcc -print-file-name="lib$name.a")
    if [ -f "$found" ]; then
        ln -s "$(readlink -f "$found")" "$folder/lib$name.a"
    else
        echo "lib$name has no static form here: linked as a shared library" >&2
    fi
done
# The driver asks for libgcc_s where something unwinds; this is its static form.
ln -s "$(readlink -f "$(gcc -print-file-name=libgcc_eh.a)")" "$folder/libgcc_s.a"
