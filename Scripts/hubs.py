"""A hub of its own for a script, and devices at it. All on loopback, ended by pid."""
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time

# The folder of programs, a script's first argument.
BIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".")
HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.pop("SYNC_FIELD_REPLICA", None)


def documented():
    """Code → status, of errors.md."""
    with open(os.path.join(HERE, "../Protocol/errors.md"), encoding="utf-8") as file:
        return {
            code: int(status)
            for code, status in re.findall(r"^\| \d+ \| `(\w+)` \| (\d+) \|", file.read(), re.M)
        }


STATUS = documented()


def run(*arguments):
    """A command's standard output; an error ends everything."""
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def field(name, *arguments):
    return run(f"{BIN}/sync-field", *arguments, "--replica", f"{name}.sqlite", "--lang", "en")


class Hub:
    """A hub of its own, served while the script runs."""

    def __init__(self, name):
        self.name = name
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        run(f"{BIN}/sync-hub", "init", "--data", name, "--space", name,
            "--url", f"http://127.0.0.1:{self.port}")
        self.log = open(f"{name}.log", "wb")
        self.process = subprocess.Popen(
            [f"{BIN}/sync-hub", "serve", "--data", name, "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL, stderr=self.log)
        for _ in range(100):
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the hub does not answer")

    def ask(self, method, path, body=None, headers=None, token=None):
        """Status, headers, and the body as JSON or bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        fields = {"Sync-Protocol": "1"}
        if body is not None:
            fields["Content-Type"] = "application/json"
        if token:
            fields["Authorization"] = f"Bearer {token}"
        fields.update(headers or {})
        try:
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        try:
            return answer.status, answer.headers, json.loads(data)
        except ValueError:
            return answer.status, answer.headers, data

    def memory(self, name):
        """MiB: `VmHWM` is the most that it ever took, `VmRSS` what it takes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(rf"{name}:\s+(\d+)", file.read()).group(1)) // 1024

    def invite(self, name):
        line = run(f"{BIN}/sync-hub", "invite", "--data", self.name, "--name", name, "--json")
        return json.loads(line)["invite"]

    def join(self, name):
        field(name, "init", "--name", name)
        field(name, "join", self.invite(name))
        with open(f"{name}.key", encoding="utf-8") as file:
            return json.load(file)["token"]
