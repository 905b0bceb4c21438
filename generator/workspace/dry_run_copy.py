"""Temporary copy of a state folder for a dry run, which leaves the original unchanged."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.workspace.database import DATABASE
from generator.workspace.lock import Lock
from generator.workspace.opt_out_ledger import FILE
from generator.workspace.run_backups import FOLDER


def copy_for_dry_run(state: Path, into: Path) -> None:
    """Copy the parts of a state folder that a run reads; archive files become symbolic links.

    Raises:
        WorkspaceError: another run is active in it.
    """
    if not state.is_dir():
        return
    lock = Lock(state / "lock")
    try:
        for name in (DATABASE, f"{DATABASE}.wal", FILE):
            if (state / name).is_file():
                shutil.copy2(state / name, into / name)
        if (state / FOLDER).is_dir():
            shutil.copytree(state / FOLDER, into / FOLDER)
        (into / "archive").mkdir()
        for warc in sorted((state / "archive").glob("*.warc.gz")):
            (into / "archive" / warc.name).symlink_to(warc.resolve())
    finally:
        lock.release()
