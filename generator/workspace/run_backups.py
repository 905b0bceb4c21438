"""Backups of finished runs as JSON files: slugs and results, so that report addresses survive the database."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.records import PastRun
from generator.workspace.archive import disk_error

FOLDER = "runs"


class RunBackup(msgspec.Struct, frozen=True):
    """The backup of one finished run. `slugs`: pairs of identity key and slug."""

    number: int
    run: PastRun
    slugs: tuple[tuple[str, str], ...]


def write(folder: Path, backup: RunBackup) -> None:
    """Write a backup atomically.

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
    """All readable backups, oldest first; damaged ones are skipped."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=RunBackup))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            continue
    return tuple(found)
