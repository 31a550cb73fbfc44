#!/usr/bin/env bash
# Installs the Debian packages that building, testing and the demo need and that are missing.
# Needs apt and, for a user who is not root, sudo. With everything there it asks nobody anything.
set -euo pipefail

# libsqlite3-dev, zlib1g-dev: headers to build with. sqlite3: the demo and the tests look into the
# files with it. faketime: tests with wrong clocks. procps: tests end programs by their pid.
# libxlsxwriter-dev, libminizip-dev, libexpat1-dev: spreadsheets. bsdutils: a terminal for tests.
# python3: the check that pages of both languages have the same commands.
# python3-cryptography: the client in Python of Examples. tzdata: time zones.
# libyaml-dev: the hub's configuration.
# libqrencode-dev: invites on the operator's page.
# libpq-dev, postgresql: the hub's other store; tests start a server of their own.
# openssl: tests make certificates and connect with it. gcc: the library that makes writes fail.
packages=(make gcc libsqlite3-dev zlib1g-dev sqlite3 faketime procps libxlsxwriter-dev libminizip-dev
    libexpat1-dev libqrencode-dev libyaml-dev bsdutils python3 libpq-dev postgresql openssl tzdata
    python3-cryptography)

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift is missing. Install Swift 6.3 or later: https://www.swift.org/install/linux/" >&2
    exit 1
fi
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This system has no apt. Install what these packages hold, then go on: ${packages[*]}" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing: ${missing[*]}" >&2
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq >&2
# Debian's PostgreSQL starts a server at once: none is wanted.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" |
        "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >&2
