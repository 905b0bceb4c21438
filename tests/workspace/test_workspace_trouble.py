"""Kill, damage, a second run, a full disk: nothing before it is lost, and the words say what to do."""

from __future__ import annotations

import errno
import gzip
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from warcio.archiveiterator import ArchiveIterator

from generator.crawl import Crawler
from generator.errors import WorkspaceError
from generator.records import FetchRequest, PastRun, PersonId, Purpose, Refusal, RefusalReason, Url
from generator.workspace import Workspace

DAY = date(2026, 1, 31)
A, B = Url("https://a.example/"), Url("https://b.example/")

WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from datetime import UTC, date, datetime
from pathlib import Path
from generator.records import Purpose, Snapshot
from generator.workspace import Workspace
from generator.workspace.warc import payload_digest
workspace = Workspace(Path(sys.argv[1]), as_of=date(2026, 1, 31))
for n in range(100_000):
    url, body = f"https://a.example/{n}", b"%d " % n * 200
    workspace.store(Snapshot(url, url, Purpose.POST, 200, "text/html", body, payload_digest(body), datetime(2026, 1, 1, tzinfo=UTC)))
    print(n, flush=True)
"""


def archive_file(state: Path) -> Path:
    (only,) = (state / "archive").iterdir()
    return only


def test_a_run_killed_in_the_middle_goes_on_where_it_was(tmp_path):
    """After kill -9, every snapshot that was stored is there, and the archive is whole."""
    state = tmp_path / "state"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(state), str(Path.cwd())], stdout=subprocess.PIPE, text=True
    ) as writer:
        for line in writer.stdout:
            if int(line) >= 1_234:  # past the first flush of the tables, in the middle of the second
                writer.send_signal(signal.SIGKILL)
                break
    with Workspace(state, as_of=DAY) as workspace:
        bodies = [workspace.answered_in_this_run(Url(f"https://a.example/{n}")).body for n in range(1_235)]

    assert bodies == [b"%d " % n * 200 for n in range(1_235)]
    with archive_file(state).open("rb") as stream:
        assert sum(1 for _ in ArchiveIterator(stream)) >= 1_235


@pytest.mark.parametrize("cut", [1, 8, 40, 400], ids=["last byte", "trailer", "body", "headers"])
def test_a_torn_tail_is_cut_and_nothing_before_it_lost(reopen, shot, tmp_path, cut):
    """A record torn by a crash is removed; the run goes on behind the last whole one."""
    reopen().store(shot())
    whole = archive_file(tmp_path / "state").stat().st_size
    workspace = reopen()
    workspace.store(shot(B, body=os.urandom(900)))
    workspace.close()
    path = archive_file(tmp_path / "state")
    path.write_bytes(path.read_bytes()[:-cut])
    again = reopen()

    assert path.stat().st_size == whole
    assert (again.answered_in_this_run(A), again.answered_in_this_run(B)) == (shot(), None)
    again.store(shot(B, body=b"again"))
    assert reopen().latest(B) == shot(B, body=b"again")


def test_damage_in_the_middle_costs_what_it_hit(reopen, shot, tmp_path):
    """A damaged record is asked for again; those behind it stay, also when the index is written anew."""
    workspace = reopen()
    workspace.store(shot(A, body=os.urandom(500)))
    start = archive_file(tmp_path / "state").stat().st_size
    workspace.store(shot(B, body=os.urandom(500)))
    workspace.store(shot("https://c.example/", body=b"c"))
    workspace.close()
    path = archive_file(tmp_path / "state")
    data = bytearray(path.read_bytes())
    data[start + 500 : start + 520] = b"\0" * 20
    path.write_bytes(data)
    (tmp_path / "state/memory.duckdb").unlink()
    again = reopen()

    assert again.latest(A) is not None
    assert again.latest(B) is None
    assert again.latest(Url("https://c.example/")) == shot("https://c.example/", body=b"c")
    assert path.stat().st_size == len(data)


def test_bytes_that_changed_are_not_an_answer(reopen, shot, tmp_path):
    """What is read back is checked against its digest."""
    workspace = reopen()
    workspace.store(shot(body=b"true words"))
    path = archive_file(tmp_path / "state")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"true words", b"lies, lies")))

    assert workspace.latest(A) is None


def test_an_archive_file_that_vanished_is_fetched_again(reopen, shot, tmp_path):
    """Its pages are forgotten with a warning, so that no validator asks for a 304 nobody could serve."""
    reopen().store(shot())
    reopen().finish(PastRun(DAY, (), ()))
    reopen().close()
    archive_file(tmp_path / "state").unlink()
    again = reopen()

    assert (again.latest(A), again.validators(A)) == (None, None)
    assert again.warnings == ("1 archive file(s) are gone or shorter than they were; their pages are fetched again.",)


def test_a_second_run_is_refused(reopen, tmp_path):
    """Two runs in one state folder would spoil each other; the message says which process and what to do."""
    reopen()

    with pytest.raises(WorkspaceError, match=rf"another run is at work here \(process {os.getpid()}\)(.|\n)*--state"):
        Workspace(tmp_path / "state", as_of=DAY)


def test_the_lock_of_a_dead_process_is_no_lock(reopen, shot, tmp_path):
    """A lock file left behind by a killed run does not lock anybody out."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state/lock").write_text("999999\n")
    workspace = reopen()
    workspace.store(shot())

    assert (tmp_path / "state/lock").read_text() == f"{os.getpid()}\n"


def damaged_inside(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(12_288 * 2, len(data) - 4_096, 8_192):  # the headers stay, the blocks behind them do not
        data[start : start + 4_096] = b"\xaa" * 4_096
    path.write_bytes(data)


def reshaped(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute("ALTER TABLE pages ADD COLUMN extra INTEGER")


def newer(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute("UPDATE meta SET value = '99' WHERE name = 'version'")


def foreign(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE recipes (name VARCHAR)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(lambda path: path.write_bytes(os.urandom(20_000)), "not a valid DuckDB", id="corrupt"),
        pytest.param(lambda path: path.write_bytes(b""), "", id="empty"),
        pytest.param(damaged_inside, "", id="damaged inside"),
        pytest.param(reshaped, "another shape", id="reshaped"),
        pytest.param(newer, r"another version \(format 99\)", id="newer"),
        pytest.param(foreign, "some other database", id="foreign"),
    ],
)
def test_a_memory_that_cannot_be_read_is_set_aside(reopen, shot, tmp_path, spoil, reason):
    """The run starts cold, says so, and has lost neither archive nor slugs nor history."""
    workspace = reopen()
    workspace.store(shot())
    for n in range(1_500):
        workspace.note_refusal(Refusal(Url(f"https://{n}.example/"), Purpose.POST, RefusalReason.TIMEOUT, "x" * 100))
    workspace.save_slugs([("site https://a.example/", PersonId("ada"))])
    workspace.finish(PastRun(DAY, (), ()))
    workspace.close()
    spoil(tmp_path / "state/memory.duckdb")
    again = reopen(date(2026, 2, 28))

    assert again.latest(A) == shot()
    assert again.slugs() == (("site https://a.example/", "ada"),)
    assert again.past_runs() == (PastRun(DAY, (), ()),)
    assert again.answered_in_this_run(A) is None
    assert (tmp_path / "state/memory.duckdb.aside-1").exists()
    (warning,) = again.warnings
    assert "set aside as memory.duckdb.aside-1" in warning
    assert re.search(reason, warning)


def test_a_lost_memory_does_not_lose_an_unfinished_run(reopen, shot, tmp_path):
    """The archive says what the unfinished run had; only its refusals are asked for again."""
    reopen().store(shot())
    reopen().close()
    (tmp_path / "state/memory.duckdb").unlink()
    again = reopen()

    assert again.answered_in_this_run(A) == shot()
    assert again.warnings == ()


def test_a_full_disk_is_said_and_leaves_the_archive_whole(reopen, shot, tmp_path, monkeypatch):
    """ENOSPC is a WorkspaceError with what to do; half a record does not stay behind."""
    workspace = reopen()
    workspace.store(shot())
    path = archive_file(tmp_path / "state")
    whole = path.stat().st_size

    class Full:
        def __init__(self, out):
            self.out = out

        def __getattr__(self, name):
            return getattr(self.out, name)

        def write(self, data):
            if len(data) < 2_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.out.write(data[: len(data) // 2])

    out = workspace._archive._out
    workspace._archive._out = Full(out)
    with pytest.raises(WorkspaceError, match=r"No space left on device(.|\n)*Make room(.|\n)*kept"):
        workspace.store(shot(B, body=os.urandom(5_000)))

    assert path.stat().st_size == whole
    workspace._archive._out = out
    workspace.store(shot(B, body=b"room again"))
    assert reopen().latest(B) == shot(B, body=b"room again")


@pytest.mark.parametrize("inside", ["a file", "a file/below"])
def test_a_place_that_cannot_be_a_folder_is_said(tmp_path, inside):
    """A path that cannot hold a folder is a WorkspaceError with the path."""
    (tmp_path / "a file").write_text("x")

    with pytest.raises(WorkspaceError, match=r"a file.*cannot be used as a state folder(.|\n)*--state"):
        Workspace(tmp_path / inside, as_of=DAY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said(tmp_path):
    """A state folder that may not be written to is a WorkspaceError."""
    (tmp_path / "state").mkdir(mode=0o500)

    with pytest.raises(WorkspaceError, match="--state"):
        Workspace(tmp_path / "state", as_of=DAY)


def test_the_archive_is_an_ordinary_warc_that_a_crawl_can_replay(reopen, shot, tmp_path):
    """Redirects, repeated payloads and all: what a run archived answers a later crawl as the web did."""
    moved = shot("http://old.example/", final_url=A, redirects=(Url("https://old.example/"),), body=b"<p>moved</p>")
    twin = shot("https://twin.example/", body=b"<p>moved</p>")
    workspace = reopen()
    workspace.store(moved)
    workspace.store(twin)
    workspace.close()

    with Crawler(user_agent="x/1", delay_s=0, replay=(archive_file(tmp_path / "state"),)) as web:
        wave = [FetchRequest(url, Purpose.POST) for url in (moved.url, twin.url)]
        answers = sorted(web.fetch(wave), key=lambda answer: answer.url)

    assert [(answer.url, answer.final_url, answer.body, answer.digest) for answer in answers] == [
        ("http://old.example/", "https://a.example/", b"<p>moved</p>", moved.digest),
        ("https://twin.example/", "https://twin.example/", b"<p>moved</p>", moved.digest),
    ]
