#!/bin/sh
# 1,000 devices watch one hub while another delivers: the hub's memory, and how long after the receipt
# each watcher is told.
#
#     Scripts/check-live.sh .build/release [WATCHERS]
#
# Ends with 1 if it takes the hub more than 256 MiB, or one in a hundred watchers more than 200 ms.
set -eu
bin=$(cd "$1" && pwd)
watchers=${2:-1000}
work=$(mktemp -d)
hub=
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
cd "$work"
unset SYNC_FIELD_REPLICA
ulimit -n 8192 2>/dev/null || true
"$bin/sync-hub" init --data hub >/dev/null 2>&1
"$bin/sync-hub" serve --data hub --listen 127.0.0.1:0 --json >served.json 2>hub.log &
hub=$!
for _ in $(seq 100); do [ -s served.json ] && break; sleep 0.1; done
url=$(python3 -c 'import json; print(json.load(open("served.json"))["url"])')
"$bin/sync-field" init --name a --replica a.sqlite >/dev/null 2>&1
"$bin/sync-field" join "$("$bin/sync-hub" invite --data hub --name a --url "$url" --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["invite"])')" --replica a.sqlite >/dev/null
timeout 120 python3 - "$bin" "$url" "$watchers" "$hub" <<'PY'
import asyncio, json, subprocess, sys, time
bin, url, count, hub = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
host, port = url.split("//")[1].split(":")
token = json.load(open("a.key"))["token"]
heard = {}

async def watch(ready):
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write((f"GET /v1/live HTTP/1.1\r\nHost: {host}\r\nSync-Protocol: 1\r\n"
                  f"Authorization: Bearer {token}\r\n\r\n").encode())
    first = True
    while True:
        line = await reader.readline()
        if not line: raise SystemExit("a stream ended")
        if line.startswith(b"data:"):
            position = int(line[5:])
            heard.setdefault(position, []).append(time.time())
            if first: ready.append(1)
            first = False

async def main():
    ready = []
    tasks = [asyncio.create_task(watch(ready)) for _ in range(count)]
    while len(ready) < count: await asyncio.sleep(0.05)
    delays = []
    for n in range(10):
        subprocess.run([f"{bin}/sync-field", "stop", "add", "14", f"note {n}", "--new-place", "--replica", "a.sqlite"],
                       check=True, capture_output=True)
        known = max(heard)
        sync = await asyncio.create_subprocess_exec(
            f"{bin}/sync-field", "sync", "--replica", "a.sqlite", stdout=subprocess.DEVNULL)
        while max(heard) == known or len(heard[max(heard)]) < count: await asyncio.sleep(0.01)
        await sync.wait()
        told = sorted(heard[max(heard)])
        delays += [t - told[0] for t in told]
    delays.sort()
    memory = [int(l.split()[1]) / 1024 for l in open(f"/proc/{hub}/status") if l.startswith("VmHWM")][0]
    p99 = delays[int(len(delays) * 0.99)] * 1000
    print(f"{count} watchers: hub's peak {memory:.0f} MiB; after the first was told, the others within "
          f"{delays[len(delays) // 2] * 1000:.0f} ms (p50), {p99:.0f} ms (p99)")
    for task in tasks: task.cancel()
    sys.exit(memory > 256 or p99 > 200)

asyncio.run(main())
PY
