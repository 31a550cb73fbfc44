#!/usr/bin/env bash
# Checks the monitoring files in packaging/prometheus: rules and their tests with promtool, the
# dashboard's form and its queries, and that no metric is named that the hub does not have. With BIN
# it serves a new hub on loopback, asks for its /metrics, and compares that with the files and with
# the list below. Prints one line a check; ends with 1 if one fails.
#
# Usage: check-metrics.sh [BIN]
#
# BIN: folder with sync-hub, such as .build/debug. Takes some 10 s. Needs promtool (Debian: the
# package prometheus), python3, and with BIN curl.
set -euo pipefail
bin=${1:+$(cd "$1" && pwd)}
scripts=$(cd "$(dirname "$0")" && pwd)
cd "$scripts/../packaging/prometheus"
export LC_ALL=C.UTF-8

for tool in promtool python3 ${bin:+curl}; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: apt-get install --no-install-recommends prometheus python3 curl" >&2
        exit 1
    }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/fieldsync-metrics.XXXXXX")
hub=
finish() { # asks the hub to end, waits 10 s, insists
    if [ -n "$hub" ]; then
        kill "$hub" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$hub" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$hub" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# The hub's metrics: name, kind, labels. The one list; a metric that is added goes here first.
cat >"$work/metrics" <<'LIST'
fieldsync_batches_since_backup gauge
fieldsync_build_info gauge version
fieldsync_certificate_expiry_timestamp_seconds gauge
fieldsync_claims_open gauge
fieldsync_clock_behind_seconds gauge
fieldsync_config_last_reload_successful gauge
fieldsync_conflicts_open gauge
fieldsync_data_bytes gauge
fieldsync_devices gauge state
fieldsync_devices_stale gauge
fieldsync_disk_free_bytes gauge
fieldsync_epochs gauge
fieldsync_journal_bytes gauge
fieldsync_lag_batches gauge rank role
fieldsync_lag_seconds gauge rank role
fieldsync_last_backup_timestamp_seconds gauge
fieldsync_last_receipt_timestamp_seconds gauge
fieldsync_position gauge
fieldsync_ready gauge
fieldsync_refused_total counter code
fieldsync_request_duration_seconds histogram call
fieldsync_requests_total counter call status
fieldsync_split gauge
fieldsync_wal_bytes gauge
fieldsync_watchers gauge
LIST

failed=0
# checked WHAT COMMAND…: its words are shown only if it fails
checked() {
    local what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok    $what"
    else
        echo "FAILED: $what" >&2
        cat "$work/log" >&2
        failed=1
    fi
}

look() { python3 "$scripts/check_metrics.py" "$1" "$work"; }

checked "alerts.yml: promtool takes the rules" promtool check rules alerts.yml
checked "alerts.yml: what promtool tests of them" timeout 120 \
    promtool test rules alerts.test.yml alerts-days.test.yml
checked "alerts.yml: each alert has its words and its tests" look alerts
checked "dashboard.json: its form" look dashboard
look queries >/dev/null
checked "dashboard.json: promtool takes the queries" promtool check rules "$work/queries.yml"
checked "rules, tests and dashboard name only what is in the list" look names

# One call of each kind, so that no counter is missing for want of an event: an answer, a pull and a
# push that are refused, and no address of the hub's.
call_hub() {
    curl -sS --max-time 5 -o /dev/null "$url/v1" &&
        curl -sS --max-time 5 -o /dev/null -H "Sync-Protocol: 1" "$url/v1/changes" &&
        curl -sS --max-time 5 -o /dev/null -H "Sync-Protocol: 1" \
            -H "Content-Type: application/json" -d '{}' "$url/v1/batches" &&
        curl -sS --max-time 5 -o /dev/null "$url/nothing"
}
scrape() { curl -sSf --max-time 5 -o "$work/scrape" "$url/metrics"; }
lint_scrape() { promtool check metrics <"$work/scrape"; }

if [ -n "$bin" ]; then
    "$bin/sync-hub" init --data "$work/hub" --space "南大街" >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
    # Under TLS, since a hub without it has no certificate to tell of.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
        -keyout "$work/tls.key" -out "$work/tls.pem" 2>"$work/log" ||
        { cat "$work/log" >&2; exit 1; }
    export CURL_CA_BUNDLE=$work/tls.pem
    # The hub ends by itself after a minute, whatever becomes of this script.
    timeout 60 "$bin/sync-hub" serve --data "$work/hub" --listen 127.0.0.1:0 --json \
        --tls-cert "$work/tls.pem" --tls-key "$work/tls.key" >"$work/served.json" 2>"$work/hub.log" &
    hub=$!
    for _ in $(seq 100); do
        [ ! -s "$work/served.json" ] || break
        kill -0 "$hub" 2>/dev/null || break
        sleep 0.1
    done
    url=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["url"])' \
        "$work/served.json" 2>/dev/null) ||
        { echo "FAILED: the hub does not serve" >&2; tail -n 5 "$work/hub.log" >&2; exit 1; }
    checked "the hub answers" call_hub
    checked "the hub's /metrics answers" scrape
    checked "the hub's /metrics: promtool takes the text" lint_scrape
    checked "the hub's /metrics has what the files use, and what is in the list" look scrape
fi
exit "$failed"
