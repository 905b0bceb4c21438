"""Slugs and verdicts of finished runs as plain JSON beside the database, so that losing it breaks no address."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.records import PastRun
from generator.workspace.archive import disk_error


class RunBackup(msgspec.Struct, frozen=True):
    """What is kept of a finished run. `slugs`: identity key, slug."""

    number: int
    run: PastRun
    slugs: tuple[tuple[str, str], ...]


def write(folder: Path, backup: RunBackup) -> None:
    """Keep one; it is whole or not there at all.

    Raises:
        WorkspaceError: the disk is full or not writable.
    """
    path = folder / f"{backup.number:05d}-{backup.run.as_of.isoformat()}.json"
    draft = path.with_suffix(".part")
    try:
        with draft.open("wb") as out:
            out.write(msgspec.json.encode(backup))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError as error:
        raise disk_error(folder, error) from error


def read_all(folder: Path) -> tuple[RunBackup, ...]:
    """All that can be read, oldest first; a damaged one costs itself."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=RunBackup))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            continue
    return tuple(found)
