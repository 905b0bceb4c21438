"""A state folder to look into and throw away: the real one stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.workspace.database import DATABASE
from generator.workspace.lock import Lock
from generator.workspace.opt_out_ledger import FILE


def copy_for_dry_run(state: Path, into: Path) -> None:
    """Copy what a run would read of a state folder; archive files are only pointed to.

    Raises:
        WorkspaceError: another run is at work in it.
    """
    if not state.is_dir():
        return
    lock = Lock(state / "lock")
    try:
        for name in (DATABASE, f"{DATABASE}.wal", FILE):
            if (state / name).is_file():
                shutil.copy2(state / name, into / name)
        if (state / "keepsakes").is_dir():
            shutil.copytree(state / "keepsakes", into / "keepsakes")
        (into / "archive").mkdir()
        for warc in sorted((state / "archive").glob("*.warc.gz")):
            (into / "archive" / warc.name).symlink_to(warc.resolve())
    finally:
        lock.release()
