#!/usr/bin/env bash
# Tests the package in a clean Debian that it makes in a temporary folder: install, upgrade over a
# running hub, remove, purge. The first part runs without systemd, the second boots it in a container
# that has no network but loopback, so that the units are started for real.
#
# Usage: check_deb.sh [DEB]
#
# DEB: default the newest .build/fieldsync_*.deb (`make deb`). Needs root; installs mmdebstrap,
# systemd-container, curl and openssl with apt if they are missing. The clean system is of this
# machine's release (the programs were built here), from the sources that this machine's apt names.
# Takes about a minute and 1 GB under TMPDIR. Ends by itself, and leaves nothing running or mounted.
set -euo pipefail
cd "$(dirname "$0")/.."
unset SYNC_FIELD_REPLICA
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

[ "$(id -u)" -eq 0 ] || { echo "check_deb.sh makes a system of its own: run it as root" >&2; exit 1; }
deb=${1:-$(ls -t .build/fieldsync_*.deb 2>/dev/null | head -n 1)}
[ -n "$deb" ] && [ -f "$deb" ] || { echo "There is no package. Make it first: make deb" >&2; exit 1; }

missing=()
for tool in mmdebstrap:mmdebstrap systemd-nspawn:systemd-container curl:curl openssl:openssl; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq >&2
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-check-deb.XXXXXX")
root=$work/root
nspawn="" leader="" groups=()

finish() {
    [ -z "$nspawn" ] || end_system
    for place in sys proc; do
        ! mountpoint -q "$root/$place" || umount -R "$root/$place" || umount -l "$root/$place"
    done
    rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

say() { printf '%s\n' "ok    $*"; }
fail() {
    echo "FAILED: $*" >&2
    for log in "$work/log" "$work/console"; do [ ! -s "$log" ] || tail -n 20 "$log" >&2; done
    [ -z "$leader" ] || within journalctl --no-pager -n 20 -u 'fieldsync*' >&2 || true
    exit 1
}
# quietly COMMAND…: its words are kept, and shown if something fails
quietly() { "$@" >"$work/log" 2>&1 || fail "$*"; }
inside() { timeout 300 chroot "$root" "$@"; }
# within COMMAND…: in the container that runs
within() {
    timeout 120 nsenter --target "$leader" --mount --uts --ipc --net --pid --root --wd \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
asked() { timeout 30 nsenter --target "$leader" --net curl -fsS --max-time 5 "$@"; }
waits_for() { # WHAT COMMAND…: at most 20 s
    local what=$1
    shift
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    fail "$what"
}

# Asks systemd to power off, waits 30 s, insists: with its first process everything in it ends.
end_system() {
    if [ -n "$leader" ]; then
        kill -RTMIN+4 "$leader" 2>/dev/null || true
        for _ in $(seq 300); do
            kill -0 "$leader" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$leader" 2>/dev/null || true
    fi
    kill "$nspawn" 2>/dev/null || true
    wait "$nspawn" 2>/dev/null || true
    nspawn="" leader=""
    for group in "${groups[@]}"; do
        for _ in $(seq 20); do
            find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
            [ -d "$group" ] || break
            sleep 0.1
        done
    done
    groups=()
}

# The same package, one version on.
newer_package() {
    dpkg-deb --raw-extract "$deb" "$work/newer"
    version=$(dpkg-deb --field "$deb" Version)
    newer_version=$version+1
    sed -i "s/^Version: .*/Version: $newer_version/" "$work/newer/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/newer" "$root/newer.deb" >/dev/null
    rm -rf "$work/newer"
}

make_system() {
    local suite sources=() fetching=$work/fetching
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
        ! grep -qsE "^[^#]*[[:space:]]$suite([[:space:]]|\$)" "$file" || sources+=("$file")
    done
    [ ${#sources[@]} -gt 0 ] || fail "this machine's apt has no sources for $suite"
    apt-config dump Acquire | grep -vE '::Languages|IndexTargets|^Acquire "' >"$fetching" || true
    quietly timeout 300 mmdebstrap --mode=root --variant=minbase --skip=cleanup/apt --aptopt="$fetching" \
        "$suite" "$root" "${sources[@]}"
    rm -f "$root/etc/resolv.conf"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    # Nothing is to start while there is no init in it.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    mount -t proc proc "$root/proc"
    cp "$deb" "$root/fieldsync.deb"
}

has_user() {
    [ "$(inside getent passwd fieldsync | cut -d : -f 6,7)" = /var/lib/fieldsync:/usr/sbin/nologin ] ||
        fail "the user fieldsync is not as it should be"
    for folder in fieldsync fieldsync-backups; do
        [ "$(inside stat -c '%U:%G %a' "/var/lib/$folder")" = "fieldsync:fieldsync 700" ] ||
            fail "/var/lib/$folder is not as it should be"
    done
}

# What anybody who installs it finds.
check_contents() {
    local program shown
    for program in sync-field sync-hub sync-audit; do
        shown=$(inside "$program" --version)
        [ -n "$shown" ] || fail "$program says no version"
        for page in man1 zh_CN/man1; do
            gzip -t "$root/usr/share/man/$page/$program.1.gz" || fail "no manual page of $program"
        done
        inside bash -c ". /usr/share/bash-completion/completions/$program &&
            complete -p $program" >"$work/log" 2>&1 || fail "bash completes nothing for $program"
        [ -s "$root/usr/share/zsh/vendor-completions/_$program" ] &&
            [ -s "$root/usr/share/fish/vendor_completions.d/$program.fish" ] ||
            fail "completions of $program are missing"
    done
    grep -q '^License: Apache-2.0$' "$root/usr/share/doc/fieldsync/copyright" ||
        fail "there is no licence list"
    inside dpkg --verify fieldsync >"$work/log" 2>&1 && [ ! -s "$work/log" ] ||
        fail "files differ from the package's list"
}

without_systemd() {
    quietly inside apt-get install -y -qq --no-install-recommends /fieldsync.deb
    [ ! -e "$root/usr/bin/systemctl" ] || fail "this system was to have no systemd"
    has_user
    check_contents
    say "installs without systemd: $(inside sync-hub --version), user, folders, manual pages, completions"
    quietly inside apt-get purge -y -qq fieldsync
    for place in etc/fieldsync var/lib/fieldsync var/lib/fieldsync-backups usr/bin/sync-hub; do
        [ ! -e "$root/$place" ] || fail "purge left /$place, where there was no hub"
    done
    say "purge without a hub leaves nothing"
}

with_systemd() {
    inside deluser --quiet --system fieldsync >/dev/null 2>&1 || true
    quietly inside apt-get install -y -qq --no-install-recommends systemd systemd-sysv
    quietly inside apt-get install -y -qq --no-install-recommends /fieldsync.deb
    has_user
    grep -q FieldSync "$root/usr/lib/sysusers.d/fieldsync.conf"
    [ ! -L "$root/etc/systemd/system/multi-user.target.wants/fieldsync-hub.service" ] ||
        fail "the hub is switched on before there is one"
    [ -L "$root/etc/systemd/system/timers.target.wants/fieldsync-hub-backup.timer" ] ||
        fail "the timer is not switched on"
    quietly inside systemd-analyze verify --man=no fieldsync-hub.service fieldsync-hub-backup.service \
        fieldsync-hub-backup.timer
    [ ! -s "$work/log" ] || fail "systemd-analyze verify has something to say"
    for unit in fieldsync-hub fieldsync-hub-backup; do
        quietly inside systemd-analyze security --offline=true --threshold=20 --no-pager \
            "$unit.service"
        say "$unit.service: $(grep -o 'Overall exposure.*' "$work/log")"
    done
}

boot() {
    rm -f "$root/usr/sbin/policy-rc.d"
    umount "$root/proc"
    local keep=()
    # Without systemd on this machine nobody makes control groups for the container.
    if [ ! -d /run/systemd/system ]; then
        keep=(--keep-unit)
        for place in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
            [ -w "$place/cgroup.procs" ] || continue
            groups+=("$place/${work##*/}")
            mkdir "$place/${work##*/}"
        done
    fi
    (
        for group in "${groups[@]}"; do echo "$BASHPID" >"$group/cgroup.procs"; done
        exec timeout --kill-after=10 900 systemd-nspawn --quiet --boot --directory="$root" \
            --private-network --register=no "${keep[@]}" --console=read-only --link-journal=no \
            --resolv-conf=off
    ) >"$work/console" 2>&1 </dev/null &
    nspawn=$!
    waits_for "the container did not start" find_leader
    waits_for "systemd did not come up" is_up
}
# The process that is number 1 in there.
find_leader() {
    local pid
    for pid in $(pgrep -P "$(pgrep -P "$nspawn")"); do
        if grep -qE '^NSpid:[[:space:]]+[0-9]+[[:space:]]+1$' "/proc/$pid/status"; then
            leader=$pid
            return
        fi
    done
    return 1
}
is_up() { [[ "$(within systemctl is-system-running)" =~ running|degraded ]]; }

hub_pid() { within systemctl show --value -p MainPID fieldsync-hub; }
status() { within runuser -u fieldsync -- sync-hub status --data /var/lib/fieldsync/hub --json; }
field() { python3 -c "import json, sys; print(json.load(sys.stdin)['$1'])"; }

make_hub() {
    quietly within systemctl start fieldsync-hub
    [ "$(within systemctl is-active fieldsync-hub || true)" = inactive ] ||
        fail "the hub started before there was one"
    quietly within systemctl start fieldsync-hub-backup
    say "without a hub neither the service nor the backup does anything"
    quietly within runuser -u fieldsync -- sync-hub init --data /var/lib/fieldsync/hub --space 南大街
    quietly within systemctl enable --now fieldsync-hub
    waits_for "the hub does not answer" asked http://127.0.0.1:8600/readyz
    # A device of somebody else on the same machine.
    within runuser -u fieldsync -- sync-hub invite --data /var/lib/fieldsync/hub \
        --name "red armbands 1" >"$work/invite" 2>/dev/null
    within install -d -o nobody /tmp/device
    lead init --name "red armbands 1"
    lead join "$(cat "$work/invite")"
    lead stop add --point NDJ-001 --mode foot --people-helped 2 --new-place
    lead sync
    [ "$(status | field position)" -ge 2 ] || fail "the stop did not reach the hub"
    say "a hub made and served by its unit takes a device's stop"
}
lead() {
    quietly within env HOME=/tmp/device runuser -u nobody -- sync-field "$@" \
        --replica /tmp/device/a.sqlite
}

check_backup() {
    if ! within sync-hub backup --help | grep -q -e --into; then
        echo "skip  the backup: this sync-hub has no 'backup --into'"
        return
    fi
    quietly within systemctl start fieldsync-hub-backup
    local files
    files=$(within find /var/lib/fieldsync-backups -name '*.fsbackup' -printf '%u %m\n')
    [ "$files" = "fieldsync 600" ] || fail "the backup is not as it should be: '$files'"
    quietly within sh -c 'runuser -u fieldsync -- sync-hub restore \
        /var/lib/fieldsync-backups/*.fsbackup --data /var/lib/fieldsync/restored &&
        rm -r /var/lib/fieldsync/restored'
    say "the backup's unit writes one that can be restored"
}

# TLS of the hub's own, by what an operator wrote into hub.env before there was hub.yaml (a variable,
# and two options in one), and a certificate that is renewed while the hub serves.
own_tls() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=localhost -keyout "$root/etc/fieldsync/tls.key" -out "$root/etc/fieldsync/tls.pem" \
        2>/dev/null
    within chown root:fieldsync /etc/fieldsync/tls.key
    within chmod 640 /etc/fieldsync/tls.key
    cp "$root/etc/fieldsync/hub.env" "$work/hub.env"
    local files=/etc/fieldsync/tls
    printf '%s\n' FIELDSYNC_LISTEN=0.0.0.0:8600 FIELDSYNC_KEEP=7d,4w,12m \
        "FIELDSYNC_OPTIONS=\"--tls-cert $files.pem --tls-key $files.key\"" \
        >"$root/etc/fieldsync/hub.env"
    quietly within systemctl restart fieldsync-hub
    waits_for "the hub does not answer over TLS" asked --insecure https://127.0.0.1:8600/readyz
    openssl req -x509 -key "$root/etc/fieldsync/tls.key" -days 2 -subj /CN=renewed \
        -out "$root/etc/fieldsync/tls.pem" 2>/dev/null
    local pid
    pid=$(hub_pid)
    quietly within systemctl reload fieldsync-hub
    waits_for "the hub does not serve the renewed certificate" served_subject renewed
    [ "$(hub_pid)" = "$pid" ] || fail "a reload restarted the hub"
    cp "$work/hub.env" "$root/etc/fieldsync/hub.env"
    quietly within systemctl restart fieldsync-hub
    waits_for "the hub does not answer" asked http://127.0.0.1:8600/readyz
    [[ "$(within journalctl --quiet --output=cat --unit=fieldsync-hub)" == *'"path":"/v1/batches"'* ]] ||
        fail "the journal lacks the hub's log"
    say "TLS of its own by hub.env, renewed by a reload; the log is in the journal"
}

# served_subject NAME: whether the hub's certificate is NAME's
served_subject() {
    local shown
    shown=$(within sh -c 'openssl s_client -connect 127.0.0.1:8600 </dev/null 2>/dev/null') || true
    [[ "$shown" == *"subject=CN = $1"* ]]
}

upgrade() {
    local before after digest
    before=$(hub_pid)
    digest=$(status | field digest)
    within systemctl disable --quiet fieldsync-hub-backup.timer 2>/dev/null
    echo '# by the operator' >>"$root/etc/fieldsync/hub.env"
    quietly within dpkg --install /newer.deb
    after=$(hub_pid)
    [ "$(within dpkg-query -W -f '${Version}' fieldsync)" = "$newer_version" ] || fail "not upgraded"
    [ "$after" != 0 ] && [ "$after" != "$before" ] || fail "the hub was not restarted"
    waits_for "the hub does not answer after the upgrade" asked http://127.0.0.1:8600/readyz
    [ "$(status | field digest)" = "$digest" ] || fail "the hub's records changed"
    lead stop add --point NDJ-002 --mode foot --new-place
    lead sync
    grep -q 'by the operator' "$root/etc/fieldsync/hub.env" || fail "the operator's settings are gone"
    [ "$(within systemctl is-enabled fieldsync-hub-backup.timer || true)" = disabled ] ||
        fail "the upgrade switched the timer on again"
    [ "$(within systemctl is-enabled fieldsync-hub)" = enabled ] || fail "the hub is switched off"
    say "upgraded to $newer_version over the running hub: restarted, same digest, settings kept"

    # Who stopped a hub (it moved elsewhere, say) does not find it running after an upgrade.
    quietly within systemctl stop fieldsync-hub
    quietly within dpkg --install /newer.deb
    [ "$(within systemctl is-active fieldsync-hub || true)" = inactive ] ||
        fail "the upgrade started a hub that was stopped"
    quietly within systemctl start fieldsync-hub
    say "a hub that was stopped stays stopped"
}

purge() {
    quietly within dpkg --remove fieldsync
    ! asked http://127.0.0.1:8600/livez >/dev/null 2>&1 || fail "the hub runs on without its package"
    quietly within dpkg --purge fieldsync
    grep 'kept' "$work/log" || fail "purge does not say where the data are"
    [ ! -e "$root/etc/fieldsync/hub.env" ] || fail "purge left the configuration"
    [ -s "$root/etc/fieldsync/tls.key" ] || fail "purge took the operator's TLS key"
    [ -s "$root/var/lib/fieldsync/hub/hub.sqlite" ] && [ -s "$root/var/lib/fieldsync/hub/hub.key" ] ||
        fail "purge took the hub"
    [ -z "$(within systemctl list-unit-files --no-legend 'fieldsync*')" ] || fail "units are left"
    say "purge: configuration and units gone, the hub kept"
    quietly within dpkg --install /fieldsync.deb
    quietly within systemctl enable --now fieldsync-hub
    waits_for "the hub does not answer" asked http://127.0.0.1:8600/readyz
    lead sync
    say "installed again, the kept hub serves its device"
}

make_system
newer_package
size=$(stat -c %s "$deb" | awk '{printf "%.1f MiB", $1 / 1048576}')
say "clean $(. "$root/etc/os-release" && echo "$PRETTY_NAME"); $(basename "$deb"), $size"
without_systemd
with_systemd
boot
make_hub
check_backup
own_tls
upgrade
purge
end_system
