#!/usr/bin/env bash
# Makes one package for Debian from release programs: programs, manual pages, completions, units for
# systemd, recipes for a proxy, and the licence list of what is linked in. Prints the package's path.
#
# Usage: make_deb.sh [--version VERSION] [BIN] [OUT]
#
# BIN: folder with sync-hub, sync-field and sync-audit where they were built (`make release`),
# default .build/release. OUT: folder for the package, default .build. --version: in place of what
# `sync-hub --version` says. MAINTAINER="Name <address>" names who answers for the package.
# Needs binutils, dpkg-dev and python3. Times in it are SOURCE_DATE_EPOCH, or that of the programs.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
unset SYNC_FIELD_REPLICA

version=""
if [ "${1:-}" = --version ]; then
    version=${2:?"--version needs a version"}
    shift 2
fi
bin=${1:-.build/release}
out=${2:-.build}
maintainer=${MAINTAINER:-FieldSync contributors <fieldsync@example.org>}
programs=(sync-field sync-hub sync-audit)

for tool in strip dpkg-deb dpkg-shlibdeps python3; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: apt-get install binutils dpkg-dev python3" >&2
        exit 1
    }
done
for program in "${programs[@]}"; do
    [ -x "$bin/$program" ] || {
        echo "There is no $bin/$program. Build it first: make release" >&2
        exit 1
    }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-deb.XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME=$work
[ -n "$version" ] || version=$("$bin/sync-hub" --version)
[[ "$version" =~ ^[0-9][A-Za-z0-9.+~]*$ ]] || {
    echo "'$version' is no version that Debian takes." >&2
    exit 1
}
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -L -c %Y "$bin/sync-hub")}
architecture=$(dpkg --print-architecture)
umask 022
root=$work/root

# put MODE FILE PLACE
put() { install -D -m "$1" "$2" "$root/$3"; }
# packed FILE PLACE: without name and time, so that it is the same each time
packed() {
    mkdir -p "$(dirname "$root/$2")"
    gzip -9n <"$1" >"$root/$2"
}

# Programs.
mkdir -p "$root/usr/bin"
for program in "${programs[@]}"; do
    strip --strip-unneeded --remove-section=.comment -o "$root/usr/bin/$program" "$bin/$program"
    chmod 755 "$root/usr/bin/$program"
done

# Manual pages and completions, from what the programs say of themselves.
Scripts/make_man_pages.py "$bin" "$work/man" >/dev/null
for program in "${programs[@]}"; do
    packed "$work/man/man1/$program.1" "usr/share/man/man1/$program.1.gz"
    packed "$work/man/zh_CN/man1/$program.1" "usr/share/man/zh_CN/man1/$program.1.gz"
    for shell in bash zsh fish; do
        "$bin/$program" --generate-completion-script "$shell" >"$work/completion.$shell"
    done
    sed -i '1{/^#!/d}' "$work/completion.bash" # It is read, not run.
    put 644 "$work/completion.bash" "usr/share/bash-completion/completions/$program"
    put 644 "$work/completion.zsh" "usr/share/zsh/vendor-completions/_$program"
    put 644 "$work/completion.fish" "usr/share/fish/vendor_completions.d/$program.fish"
done

# Units, configuration, papers.
for unit in fieldsync-hub.service fieldsync-hub-backup.service fieldsync-hub-backup.timer; do
    put 644 "packaging/systemd/$unit" "usr/lib/systemd/system/$unit"
done
put 644 packaging/systemd/fieldsync.sysusers usr/lib/sysusers.d/fieldsync.conf
put 644 packaging/systemd/fieldsync.tmpfiles usr/lib/tmpfiles.d/fieldsync.conf
put 644 packaging/hub.env etc/fieldsync/hub.env
put 644 packaging/hub.yaml etc/fieldsync/hub.yaml
put 644 packaging/nginx.conf usr/share/doc/fieldsync/examples/nginx.conf
put 644 packaging/Caddyfile usr/share/doc/fieldsync/examples/Caddyfile
for file in alerts.yml dashboard.json; do
    put 644 "packaging/prometheus/$file" "usr/share/doc/fieldsync/examples/prometheus/$file"
done
Scripts/make_copyright.py "$bin" "$work/copyright" "$work/NOTICE"
put 644 "$work/copyright" usr/share/doc/fieldsync/copyright
packed "$work/NOTICE" usr/share/doc/fieldsync/NOTICE.gz
packed CHANGELOG.md usr/share/doc/fieldsync/CHANGELOG.md.gz
printf 'fieldsync (%s) stable; urgency=medium\n\n  * What changed is in CHANGELOG.md.gz.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" >"$work/changelog"
packed "$work/changelog" usr/share/doc/fieldsync/changelog.gz

# What it needs, by the symbols that the programs use.
mkdir "$work/debian"
printf 'Source: fieldsync\n\nPackage: fieldsync\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "${programs[@]/#/root/usr/bin/}" 2>"$work/shlibdeps.log") ||
    {
        cat "$work/shlibdeps.log" >&2
        exit 1
    }
depends=${depends#shlibs:Depends=}
# Loaded when the first workbook is written (Sources/CXlsxWriter): no symbol tells of it.
writer=$(printf '#include <xlsxwriter.h>\nLXW_SOVERSION\n' | gcc -E -P -x c - | tail -1 | tr -d '"')
writer=$(dpkg-query --search "*/libxlsxwriter.so.$writer" | head -1 | cut -d: -f1)
depends="$depends, $writer"

# The package's own files.
mkdir -m 755 "$root/DEBIAN"
size=$(du -k -s --apparent-size "$root" | cut -f 1)
sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@SIZE@|$size|" \
    -e "s|@MAINTAINER@|$maintainer|; s|@DEPENDS@|$depends|" \
    packaging/debian/control >"$root/DEBIAN/control"
printf '/etc/fieldsync/%s\n' hub.env hub.yaml >"$root/DEBIAN/conffiles"
for script in postinst prerm postrm; do put 755 "packaging/debian/$script" "DEBIAN/$script"; done
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

mkdir -p "$out"
package=$out/fieldsync_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
