"""A folder with real programs in it, and a disk that fails when it is told to."""

import json
import mmap
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
# What a program may take, in seconds, on a machine that does much else.
PATIENCE = 120


class Wrong(Exception):
    """What must hold does not."""


class Stop:
    """After so many minutes, or at Ctrl-C: then there is a table of what was done."""

    def __init__(self, minutes):
        self.end = time.monotonic() + minutes * 60
        signal.signal(signal.SIGINT, lambda *_: setattr(self, "end", 0))

    @property
    def is_set(self):
        return time.monotonic() > self.end


class Kind:
    def __init__(self, name, number, stays=False):
        self.name, self.number, self.stays = name, number, stays


KINDS = [
    Kind("I/O error", 1), Kind("I/O error for good", 1, True),
    Kind("short write", 2), Kind("short writes", 2, True),
    Kind("disk full", 3), Kind("disk full for good", 3, True),
    Kind("read-only", 4), Kind("read-only for good", 4, True),
]
KILL = Kind("kill -9", 5)


class Control:
    """The shared page of faultlib.c: `struct control`."""

    FORM = struct.Struct("<5q")

    def __init__(self, path):
        self.path = path
        with open(path, "wb") as file:
            file.write(bytes(256))
        with open(path, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), 256)

    def arm(self, kind, at):
        """The `at`-th call from now on fails; none if it is 0."""
        self.disarm()
        self.page[:] = self.FORM.pack(
            0, at, kind.number, int(kind.stays), 0) + bytes(256 - self.FORM.size)

    def disarm(self):
        self.page[8:16] = bytes(8)

    @property
    def counted(self):
        return self.FORM.unpack(self.page[:40])[0]

    @property
    def failed(self):
        return self.FORM.unpack(self.page[:40])[4]

    @property
    def what(self):
        return self.page[40:].split(b"\0")[0].decode(errors="replace")


class Run:
    """What a program gave. The status is negative where a signal ended it."""

    def __init__(self, line, status, out, err):
        self.line, self.status, self.out, self.err = line, status, out, err

    def __str__(self):
        return f"{self.line}: status {self.status}\n  {self.out[-600:]}\n  {self.err[-900:]}"

    @property
    def json(self):
        try:
            return json.loads(self.out.strip().splitlines()[-1])
        except (ValueError, IndexError):
            raise Wrong(f"no JSON: {self}") from None

    @property
    def code(self):
        """Of the error on standard error; None without one."""
        for line in reversed(self.err.strip().splitlines()):
            try:
                return json.loads(line)["error"]["code"]
            except (ValueError, KeyError, TypeError):
                continue
        return None

    def succeeded(self, *others):
        if self.status != 0 and self.status not in others:
            raise Wrong(f"failed: {self}")
        return self


def built_library(folder):
    """faultlib.c as a library that the loader takes."""
    path = os.path.join(folder, "libfault.so")
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        raise SystemExit("no C compiler: apt-get install gcc")
    subprocess.run(
        [compiler, "-O2", "-Wall", "-shared", "-fPIC", "-o", path,
         os.path.join(HERE, "faultlib.c"), "-ldl"], check=True)
    return path


class Ground:
    """`disk` is where faults strike; the rest of the folder is sound."""

    def __init__(self, folder, programs, library):
        self.folder, self.programs, self.library = folder, programs, library
        os.makedirs(folder)
        self.disk = os.path.join(folder, "disk")
        os.makedirs(self.disk)
        self.control = Control(os.path.join(folder, "control"))

    def at(self, *names):
        return os.path.join(self.disk, *names)

    def environment(self, faulty):
        env = {"PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "HOME": self.at(),
               "TMPDIR": self.folder, "SWIFT_BACKTRACE": "enable=no"}
        if faulty:
            env |= {"FAULT_UNDER": self.disk, "FAULT_CONTROL": self.control.path}
        return env

    def words(self, program, arguments, faulty, lasting):
        """The program, below `env` where the disk fails: only it gets the library. One that
        lasts ends with us."""
        head = ["/usr/bin/setpriv", "--pdeathsig", "KILL"] if lasting else []
        head += ["/usr/bin/env", "LD_PRELOAD=" + self.library] if faulty else []
        return head + [os.path.join(self.programs, program), *arguments]

    def start(self, program, *arguments, faulty=False, lasting=False, **streams):
        return subprocess.Popen(
            self.words(program, arguments, faulty, lasting), cwd=self.disk,
            env=self.environment(faulty), stdin=subprocess.DEVNULL, **streams)

    def run(self, program, *arguments, faulty=False, kill_after=None):
        """Runs a program to its end; with `--json`, so that its error can be read."""
        line = " ".join([program, *arguments])
        if "--json" not in arguments:
            arguments = (*arguments, "--json")
        child = self.start(
            program, *arguments, faulty=faulty, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = child.communicate(timeout=kill_after or PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            if kill_after is None:
                raise Wrong(f"no end within {PATIENCE} s: {line}") from None
        return Run(line, child.returncode, out.decode(errors="replace"),
                   err.decode(errors="replace"))

    def field(self, device, *arguments, **options):
        return self.run("sync-field", *arguments, "--replica",
                        self.at(device, "replica.sqlite"), **options)

    def hub(self, *arguments, data="hub", **options):
        return self.run("sync-hub", *arguments, "--data", self.at(data), **options)

    def keep(self, name):
        """Puts the disk aside as it is."""
        shutil.copytree(self.disk, os.path.join(self.folder, name))

    def put_back(self, name):
        shutil.rmtree(self.disk, ignore_errors=True)
        shutil.copytree(os.path.join(self.folder, name), self.disk)


class Ports:
    """Ports of the loopback address that no two stories share. Below those that the system gives
    to whoever connects: a hub that is away for a moment finds its own again."""

    FIRST, LAST = 20_000, 32_000
    taken = set()
    lock = threading.Lock()

    @classmethod
    def one(cls):
        with cls.lock:
            while True:
                port = random.randrange(cls.FIRST, cls.LAST)
                with socket.socket() as probe:
                    if port not in cls.taken and probe.connect_ex(("127.0.0.1", port)):
                        cls.taken.add(port)
                        return port


class Serving:
    """`sync-hub serve` as a process of its own."""

    START_LIMIT = 60

    def __init__(self, ground, data="hub", listen=None, faulty=False, place=None):
        listen = listen or f"127.0.0.1:{Ports.one()}"
        self.log = os.path.join(ground.folder, "hub.log")
        with open(self.log, "ab") as log:
            self.child = ground.start(
                "sync-hub", "serve", *(place or ["--data", ground.at(data)]), "--listen", listen,
                "--json", faulty=faulty, lasting=True, stdout=subprocess.PIPE, stderr=log)
        # Whatever becomes of us, it does not stay.
        watch = threading.Timer(self.START_LIMIT, self.child.kill)
        watch.start()
        line = self.child.stdout.readline()
        watch.cancel()
        if not line:
            self.child.wait()
            raise Wrong(f"the hub did not start ({self.child.returncode}): {self.tail()}")
        self.url = json.loads(line)["url"]
        self.listen = self.url.split("//")[1]

    def tail(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()[-1500:]

    @property
    def is_alive(self):
        return self.child.poll() is None

    def end(self, number=signal.SIGKILL):
        if self.is_alive:
            self.child.send_signal(number)
        try:
            self.child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.child.stdout.close()


def until(seconds, is_true):
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
