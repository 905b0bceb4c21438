"""What is kept of earlier nights, and what goes when the archive is pruned."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import duckdb
import pytest

from generator.errors import WorkspaceError
from generator.records import FailingHost, PastRun, Purpose, Refusal, RefusalReason, Url
from generator.workspace import Workspace, archive, copy_for_dry_run

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 1, 20), date(2026, 2, 20)
FEED, PAGE, GONE, LATE = (Url(f"https://a.example/{name}") for name in ("feed", "page", "gone", "late"))


@pytest.fixture
def three_nights(reopen, shot):
    """A feed that said three things, a page confirmed each night, one nobody asked for again, one of the second night."""
    night = reopen(FIRST)
    night.store(shot(FEED, body=b"one", purpose=Purpose.FEED))
    night.store(shot(PAGE, body=os.urandom(3_000)))
    night.store(shot(GONE, body=os.urandom(3_000)))
    night.finish(PastRun(FIRST, (), ()))
    night = reopen(SECOND)
    night.store(shot(FEED, body=b"two", purpose=Purpose.FEED))
    night.store(shot(PAGE, body=b"", digest="", not_modified=True))
    night.store(shot(LATE, body=b"late"))
    night.finish(PastRun(SECOND, (), ()))
    night = reopen(THIRD)
    night.store(shot(FEED, body=b"three", purpose=Purpose.FEED))
    night.store(shot(PAGE, body=b"", digest="", not_modified=True))
    night.finish(PastRun(THIRD, (), ()))
    return night


def said(workspace):
    versions = tuple(workspace.with_body(version).body for version in workspace.earlier_versions(FEED))
    found = [workspace.latest(url) for url in (FEED, PAGE, GONE, LATE)]
    return versions, [None if snapshot is None else len(snapshot.body) for snapshot in found]


def test_a_feed_keeps_what_it_said_before(three_nights):
    """Earlier answers are there, oldest first, with their bytes."""
    assert said(three_nights) == ((b"one", b"two"), [5, 3_000, 3_000, 4])


def test_pruning_takes_old_files_and_loses_nothing_that_is_read(three_nights, tmp_path):
    """Gone is what nobody asked for in thirty-one days; the rest is written anew, and reads the same afterwards."""
    removed = three_nights.prune(31)
    left = archive.files(tmp_path / "state/archive")

    assert (removed, left) == (1, ("00002-2026-01-20.warc.gz", "00003-2026-02-20.warc.gz"))
    assert said(three_nights) == ((b"one", b"two"), [5, 3_000, None, 4])


def test_what_is_kept_is_in_the_archive_itself(three_nights, reopen, tmp_path):
    """Without the database, the pruned archive tells the same."""
    three_nights.prune(1)
    three_nights.close()
    (tmp_path / "state/memory.duckdb").unlink()

    assert said(reopen(THIRD)) == ((b"one", b"two"), [5, 3_000, None, None])


@pytest.mark.parametrize("step", ["copy_used_records", "remove_from_index", "delete_files"])
def test_pruning_that_is_killed_loses_nothing(three_nights, reopen, monkeypatch, step):
    """Whatever was done before the kill, all that is read is still there."""

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"generator.workspace.retention.{step}", killed)
    with pytest.raises(KeyboardInterrupt):
        three_nights.prune(1)
    three_nights._tables._connection.close()  # nothing more is written, as after kill -9
    three_nights._archive.close()
    three_nights._closed = True
    three_nights._lock.release()
    versions, sizes = said(reopen(date(2026, 2, 21)))

    assert versions == (b"one", b"two")
    assert sizes[:2] == [5, 3_000]


def test_versions_that_are_forgotten_stay_forgotten(three_nights, reopen, shot):
    """What adds nothing is not looked at again."""
    three_nights.drop_earlier_versions(FEED, [shot(body=b"one").digest])

    assert said(reopen(THIRD))[0] == (b"two",)


def test_a_memory_from_before_gets_what_is_new(reopen, shot, tmp_path):
    """A database without the newer tables is no reason to start cold."""
    reopen().store(shot())
    reopen().close()
    with duckdb.connect(str(tmp_path / "state/memory.duckdb")) as database:
        database.execute("DROP TABLE versions")
        database.execute("DROP TABLE troubles")
    again = reopen()

    assert (again.warnings, again.failing_hosts(), again.latest(shot().url)) == ((), {}, shot())


def test_troubles_are_kept_and_forgotten(reopen):
    """Hosts that fail are known the next night; those that are not named fail no longer."""
    trouble = FailingHost("a.example", 4, FIRST, SECOND)
    reopen().save_failing_hosts([trouble, FailingHost("b.example", 1, FIRST, FIRST)])
    again = reopen()
    again.save_failing_hosts([trouble])

    assert reopen().failing_hosts() == {"a.example": trouble}


def test_what_was_read_or_refused_lately_is_known_by_days(reopen, shot):
    """Days count, not runs; a night in the future, after the clock was set back, does not."""
    night = reopen(SECOND)
    night.store(shot(PAGE))
    night.note_refusal(Refusal(GONE, Purpose.FEED, RefusalReason.NOT_FOUND, "answered 404"))
    night.finish(PastRun(SECOND, (), ()))
    found = []
    for day in (date(2026, 1, 19), date(2026, 1, 24), date(2026, 1, 25)):
        night = reopen(day)
        found.append((night.answered_within(PAGE, days=4) is not None, night.refused_before(GONE, days=4) is not None))

    assert found == [(False, False), (True, True), (False, False)]


def test_a_glimpse_changes_nothing_and_refuses_beside_a_run(three_nights, tmp_path):
    """The copy reads the same; the state keeps its bytes; while a run is at work, no copy is made."""
    (tmp_path / "copy").mkdir()
    with pytest.raises(WorkspaceError, match="another run is at work"):
        copy_for_dry_run(tmp_path / "state", tmp_path / "copy")
    three_nights.close()
    before = {path: path.read_bytes() for path in sorted((tmp_path / "state").rglob("*.*"))}
    copy_for_dry_run(tmp_path / "state", tmp_path / "copy")
    with Workspace(tmp_path / "copy", as_of=THIRD) as copy:
        assert said(copy)[0] == (b"one", b"two")

    assert {path: path.read_bytes() for path in sorted((tmp_path / "state").rglob("*.*"))} == before


FULL = """
mount -t tmpfs -o size=3m none "$2" && exec "$1" - "$2" <<'END'
import os, sys
from datetime import UTC, date, datetime
from pathlib import Path
from generator.errors import WorkspaceError
from generator.records import Purpose, Snapshot, Url
from generator.workspace import Workspace
from generator.workspace.warc import payload_digest
state, stored = Path(sys.argv[1]) / "state", []
try:
    with Workspace(state, as_of=date(2026, 1, 31)) as workspace:
        for n in range(1_000):
            body, url = os.urandom(20_000), Url(f"https://a.example/{n}")
            workspace.store(Snapshot(url, url, Purpose.POST, 200, "text/html", body, payload_digest(body), datetime(2026, 1, 1, tzinfo=UTC)))
            stored.append((url, body))
except WorkspaceError as error:
    print(str(error).splitlines()[1].strip())
os.system(f"mount -o remount,size=40m {sys.argv[1]}")
with Workspace(state, as_of=date(2026, 1, 31)) as workspace:
    print(len(stored) > 50, all(workspace.answered_in_this_run(url).body == body for url, body in stored))
END
"""


def test_a_disk_that_is_really_full_is_said_and_loses_nothing(tmp_path):
    """On a file system of 3 MB: the words say what to do, and with room again the run goes on where it was."""
    import sys

    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL, "sh", sys.executable, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if ran.returncode != 0 and ("unshare" in ran.stderr or "mount" in ran.stderr):
        pytest.skip("no file system of our own here")

    assert ran.stdout.splitlines()[-1] == "True True", ran.stderr
    assert "Make room" in ran.stdout
