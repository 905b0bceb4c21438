"""Opens the database of a state folder; one that cannot be read is set aside and rebuilt from run backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec

from generator.errors import WorkspaceError
from generator.records import FailingHost, PastRun, Refusal
from generator.workspace import run_backups, tables
from generator.workspace.extractions import Extractions
from generator.workspace.index import PageIndex
from generator.workspace.tables import Tables

DATABASE = "memory.duckdb"

_refusals: msgspec.json.Decoder[Refusal] = msgspec.json.Decoder(Refusal)


@dataclass(frozen=True, slots=True)
class OpenDatabase:
    """An open database and the views of it that a run uses.

    Attributes:
        tables: the database.
        index: locations of pages and payloads in the archive.
        extractions: stored extractions.
        refusals: every stored refusal with the number of its run.
        warning: a sentence for the report where an unreadable database was set aside, else "".
    """

    tables: Tables
    index: PageIndex
    extractions: Extractions
    refusals: tuple[tuple[Refusal, int], ...]
    warning: str = ""


def open_database(path: Path, backups: Path) -> OpenDatabase:
    """Open the database in a file; rebuild one that is missing or cannot be read.

    Args:
        path: the database file.
        backups: folder of the backups of finished runs.

    Raises:
        WorkspaceError: the database cannot be read, and cannot be set aside.
    """
    fresh, warning = not path.exists(), ""
    try:
        memory = _load(path)
    except (duckdb.Error, LookupError, msgspec.DecodeError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        aside = _set_aside(path)
        fresh, warning = (
            True,
            (
                f"The memory of earlier runs could not be read ({reason}); it was set aside as {aside} and begun anew "
                "from the archive. Pages are parsed again, which takes longer this once."
            ),
        )
        memory = _load(path)
    if fresh:
        _restore(memory.tables, backups)
    return OpenDatabase(memory.tables, memory.index, memory.extractions, memory.refusals, warning)


def _load(path: Path) -> OpenDatabase:
    """Read everything a run needs at once, so that damage is found before the run starts.

    Raises:
        duckdb.Error, LookupError, msgspec.DecodeError: the database cannot be read.
    """
    held = Tables(path)
    try:
        refusals = tuple((_refusals.decode(text), run) for _, run, text in held.rows(tables.REFUSALS))
        for table in (tables.RUNS, tables.SLUGS, tables.FAILING_HOSTS):
            held.rows(table)
        return OpenDatabase(held, PageIndex(held), Extractions(held), refusals)
    except BaseException:
        held.close()
        raise


def _set_aside(path: Path) -> str:
    """Rename a database that cannot be read; return its new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"{path}: cannot be read, nor set aside ({error}).\n  Give --state a folder you may write to."
        ) from error
    return aside.name


def _restore(fresh: Tables, backups: Path) -> None:
    """Fill a new database from the backups of finished runs."""
    for backup in run_backups.read_all(backups):
        fresh.put(tables.RUNS, (backup.run.as_of.isoformat(), backup.number, as_text(backup.run)))
        for pair in backup.slugs:
            fresh.put(tables.SLUGS, pair)


def as_text(record: Refusal | PastRun | FailingHost) -> str:
    """A record as JSON text, the form in which tables hold it."""
    return msgspec.json.encode(record).decode("utf-8")
