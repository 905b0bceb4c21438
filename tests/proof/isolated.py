"""A server and a command in a network of their own, where nothing that goes astray can get anywhere.

Inside the namespace there is loopback alone; the addresses that must never be asked are put onto it, with somebody
listening who takes note. Where namespaces are not allowed, the same runs on this machine's loopback, without them.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CANARIES = ("169.254.169.254", "10.0.0.1", "192.168.7.7")
PUBLIC = tuple(f"93.184.216.{n}" for n in range(1, 9))  # numbers of the public internet; in there they are ours
PORT = 8080  # inside the namespace every port is free, and this one may be asked by name as well
SETUP = f'ip link set lo up; for a in {" ".join(CANARIES + PUBLIC)}; do ip addr add "$a/32" dev lo; done; exec "$@"'
# Every lookup of the system's own resolver ends at our name server, which only such a scene starts.
NAMES = 'for f in resolv.conf nsswitch.conf; do mount --bind "tests/proof/$f" "/etc/$f" || exit 1; done; '


@cache
def has_namespaces() -> bool:
    """Whether this user may have a network of their own here."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    tried = subprocess.run(["unshare", "-rn", "sh", "-c", SETUP, "sh", "true"], capture_output=True, check=False)
    return tried.returncode == 0


@cache
def has_names() -> bool:
    """Whether names can be ours as well in there."""
    tried = (
        subprocess.run(with_names(["true"]), capture_output=True, check=False, cwd=ROOT) if has_namespaces() else None
    )
    return tried is not None and tried.returncode == 0


def isolated(words: list[str]) -> list[str]:
    """A command inside such a network; as it is where there is none."""
    return ["unshare", "-rn", "sh", "-c", SETUP, "sh", *words] if has_namespaces() else words


def with_names(words: list[str]) -> list[str]:
    """A command inside such a network in which names are looked up at our own name server; only where `has_names`."""
    return ["unshare", "-rnm", "sh", "-c", NAMES + SETUP, "sh", *words]


# A function of a test, run in a network of its own; what it found is printed by it.
SCENE = """
import json, sys
from pathlib import Path
from {module} import {scene}
print(json.dumps({scene}(Path(sys.argv[1]))))
"""


def play(scene: Callable[[Path], dict], folder: Path, *, names: bool = False, timeout_s: float = 120) -> dict:
    """What a scene finds in a network of its own; `names`: with a name server of its own as well."""
    if names and not has_names():
        pytest.skip("a hostile name is looked up in a network and with files of its own alone (unshare -rnm)")
    words = [sys.executable, "-c", SCENE.format(module=scene.__module__, scene=scene.__name__), str(folder)]
    words = with_names(words) if names else isolated(words)
    ran = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=timeout_s, check=False)
    assert ran.returncode == 0, ran.stderr[-2_000:]
    return json.loads(ran.stdout)


@dataclass
class Ran:
    """How a command ended, and what it cost, its children included."""

    code: int
    out: str
    err: str
    seconds: float
    cpu_s: float
    peak_mb: float  # of all its processes together, shared pages counted once
    peak_each: list[int]  # the same, by process


class Stage:
    """Inside the namespace: a running server, and commands beside it."""

    def __init__(self, folder: Path, plan: dict) -> None:
        plan = dict(plan)
        if has_namespaces():
            plan |= {"port": PORT, "canaries": [*CANARIES, *plan.get("canaries", ())]}
        (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.server", str(folder / "plan.json")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        self.port = int(self._server.stdout.readline())

    def tell(self, line: str):
        """A line to the server, and its answer."""
        self._server.stdin.write(line + "\n")
        self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())

    def close(self) -> None:
        self._server.stdin.close()
        self._server.wait(timeout=20)
        self._server.stdout.close()

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The command, begun."""
        return subprocess.Popen(
            [sys.executable, "-m", "generator", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def run(self, *words: str, timeout_s: float = 1_200) -> Ran:
        """The command, to its end."""
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = self.start(*words)
        peak = _Peak(process.pid)
        try:
            out, err = process.communicate(timeout=timeout_s)
        finally:
            process.kill()
            peak.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Ran(process.returncode, out, err, time.monotonic() - began, cpu, peak.mb, peak.each)


class _Peak(threading.Thread):
    """Watches the memory of a process and all below it, four times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.mb, self.each, self._pid, self._over = 0.0, [], pid, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.25):
            each = [round(_pss_kb(pid) / 1024) for pid in _tree(self._pid)]
            if sum(each) > self.mb:
                self.mb, self.each = sum(each), each

    def stop(self) -> None:
        self._over.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def stage(folder: Path, plan: dict):
    """A server with this plan; call only inside `isolated`."""
    opened = Stage(folder, plan)
    try:
        yield opened
    finally:
        opened.close()


def topic(folder: Path, seeds: list[str], **crawl: object) -> Path:
    """A topic file with live seeds."""
    keys = {
        "contact": "https://agency.example/crawler",
        "hops": 1,
        "max_sites": 200,
        "max_pages_per_site": 40,
        "delay_s": 0,
    }
    path = folder / "topic.yaml"
    lines = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in (keys | crawl).items())
    path.write_text(
        "topic:\n  name: Splitboarding\n  description: Touring on a splitboard.\n"
        "  keywords: [splitboard, avalanche, weak layer, skins]\n  since: 2024-01-01\n"
        f"seeds: {json.dumps(seeds)}\ncrawl:\n{lines}", encoding="utf-8",
    )  # fmt: skip
    return path
