#!/usr/bin/env python3
"""Holds a live hub against Protocol/openapi.yaml with generated requests, good and bad.

Every answer must have the form that the document gives it; an error's code and status must be a row
of Protocol/errors.md; nothing is a server's error. The requests are made by schemathesis, in a
virtual environment of its own in .build. /v1/live, which does not end, is asked by itself.

    Scripts/contract/contract.py .build/release [examples for each call]
"""
import json
import os
import subprocess
import sys
import tempfile
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../.."))
sys.path.insert(0, os.path.join(ROOT, "Scripts"))
from hubs import Hub  # noqa: E402

PLACE = os.path.join(ROOT, ".build/contract")
VERSION = "schemathesis>=4.30,<5"
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_headers_conformance", "response_schema_conformance", "documented_error"]
EXAMPLES = sys.argv[2] if len(sys.argv) > 2 else "300"


def tool():
    """The path of schemathesis; it is installed where it is missing."""
    program = os.path.join(PLACE, "bin/schemathesis")
    if not os.path.exists(program):
        venv.create(PLACE, with_pip=True)
        subprocess.run([os.path.join(PLACE, "bin/pip"), "install", "-q", VERSION], check=True)
    return program


def main():
    schemathesis = tool()
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        hub = Hub("hub")
        try:
            token = hub.join("device")
            done = subprocess.run(
                [schemathesis, "run", os.path.join(ROOT, "Protocol/openapi.yaml"),
                 "--url", f"http://127.0.0.1:{hub.port}", "--header", f"Authorization: Bearer {token}",
                 "--checks", ",".join(CHECKS), "--exclude-operation-id", "watchLog",
                 "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES,
                 "--rate-limit", "auto", "--request-timeout", "30", "--seed", "1", "--continue-on-failure",
                 "--suppress-health-check", "all", "--warnings", "off"],
                env={**os.environ, "SCHEMATHESIS_HOOKS": "documented", "PYTHONPATH": os.pathsep.join([HERE, os.path.join(ROOT, "Scripts")]),
                     "COLUMNS": "100"},
                check=False)
            print(f"the hub took at most {hub.memory('VmHWM')} MiB")
            # The hub goes on as if nothing had been.
            status, _, body = hub.ask("GET", "/v1")
            if status != 200 or hub.process.poll() is not None:
                raise SystemExit(f"the hub ended: {status} {json.dumps(body)}")
        finally:
            hub.process.terminate()
            hub.process.wait()
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
