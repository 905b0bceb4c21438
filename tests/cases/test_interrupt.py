"""Ctrl-C in the midst of a write: the write is finished, the command ends with 130, and the next one goes on."""

from __future__ import annotations

import hashlib
import mmap
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.workspace import Workspace
from generator.workspace.warc import members, read_record
from tests.factories.small_web import circle, topic_file

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow

# The command, in whose own process Ctrl-C is pressed at one moment: `press` is called there and works once.
CHILD = """
import os, pathlib, signal, sys, threading
from io import FileIO
import duckdb
from generator.cli.entry_point import main
from generator.workspace import archive, tables

left = [1]
def press():
    if left:
        left.pop()
        os.kill(os.getpid(), signal.SIGINT)

class Halting(FileIO):
    writes = 0
    def write(self, data):
        Halting.writes += 1
        if Halting.writes != 9:
            return super().write(data)
        written = super().write(data[: len(data) // 2])
        press()
        return written

class Connection:
    def __init__(self, inner, when):
        self.inner, self.when = inner, when
    def execute(self, query, *values):
        if query.startswith(self.when):  # pressed while DuckDB is at work: it would end the query with an error
            threading.Timer(0.2, press).start()
            while left:
                self.inner.execute("SELECT count(*) FROM range(10000) a, range(10000) b WHERE a.range * b.range % 7 = 3")
        return self.inner.execute(query, *values)
    def __getattr__(self, name):
        return getattr(self.inner, name)

connect, rename = duckdb.connect, pathlib.Path.rename
def renamed(path, target):
    moved = rename(path, target)
    press()
    return moved

match sys.argv[1]:
    case "archive":
        archive.FileIO = Halting
    case "transaction":
        tables.duckdb.connect = lambda *words, **named: Connection(connect(*words, **named), "INSERT OR REPLACE INTO pages")
    case "opening":
        tables.duckdb.connect = lambda *words, **named: Connection(connect(*words, **named), "SELECT * FROM refusals")
    case "swap":
        pathlib.Path.rename = renamed
sys.exit(main(sys.argv[2:]))
"""


def run(where: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, where, *map(str, words)], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )  # fmt: skip


def tree(folder: Path) -> dict[str, str]:
    """Digest of every file of a report."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The arguments of a build without its folders, and the reports of two builds without an interrupt."""
    folder = tmp_path_factory.mktemp("undisturbed")
    topic, warc = topic_file(folder), circle().write(folder / "pages.warc.gz")
    words = ("build", topic, "--replay", warc, "--as-of", "2026-01-31", "--workers", "1")
    trees = []
    for _ in range(2):
        ended = run("never", *words, "--state", folder / "state", "--out", folder / "out")
        assert ended.returncode == 0, ended.stderr
        trees.append(tree(folder / "out"))
    return words, trees


@pytest.mark.parametrize("where", ["archive", "transaction", "opening", "swap"])
def test_a_write_is_finished_before_the_command_ends_with_130(where, undisturbed, tmp_path):
    """No record is torn, each is in the index, no memory is set aside, and the same command ends in the same report."""
    words, (expected, again) = undisturbed
    own = ("--state", tmp_path / "state", "--out", tmp_path / "out")
    if where == "swap":
        run("never", *words, *own)
        expected = again

    ended = run(where, *words, *own)

    assert ended.returncode == 130
    assert ended.stderr.endswith("stopped; what was fetched is kept, the next run goes on from there\n")
    assert "Traceback" not in ended.stderr
    assert unread_bytes(tmp_path / "state") == []
    if where == "swap":
        assert tree(tmp_path / "out") == expected
    with Workspace(tmp_path / "state", as_of=date(2026, 1, 31)) as workspace:
        assert workspace.warnings == ()
        assert [url for url in archived(tmp_path / "state") if workspace.latest(url) is None] == []
    assert run("never", *words, *own).returncode == 0
    assert tree(tmp_path / "out") == expected


def heard(state: Path):
    """Every archive file with what its records say, offset and length of each."""
    for path in sorted((state / "archive").glob("*.gz")):
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield path, [(offset, length, read_record(member)) for offset, length, member in members(data, 0)]


def archived(state: Path) -> list[str]:
    return [found[0].snapshot.url for _, records in heard(state) for *_, found in records if found is not None]


def unread_bytes(state: Path) -> list[str]:
    """Archive files that hold anything but whole records from their first to their last byte."""
    return [
        path.name
        for path, records in heard(state)
        if sum(length for _, length, _ in records) != path.stat().st_size
    ]  # fmt: skip
