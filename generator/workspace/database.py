"""Opening the database of a state folder: read whole, or set aside and begun anew from what lies beside it."""

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
    """An open database, and what it was opened with.

    Attributes:
        tables: the database.
        index: where in the archive what lies.
        extractions: what was read from it.
        refusals: every refusal that is noted, with its run.
        warning: a sentence for the report where a former database was set aside; "" where it was not.
    """

    tables: Tables
    index: PageIndex
    extractions: Extractions
    refusals: tuple[tuple[Refusal, int], ...]
    warning: str = ""


def open_database(path: Path, kept: Path) -> OpenDatabase:
    """The memory in a file; of one that cannot be read, or is not there, a new one made of the keepsakes in `kept`.

    Raises:
        WorkspaceError: it can neither be read nor set aside.
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
        _recall(memory.tables, kept)
    return OpenDatabase(memory.tables, memory.index, memory.extractions, memory.refusals, warning)


def _load(path: Path) -> OpenDatabase:
    """All that a run needs, read now, so that a damaged database does not show in the middle.

    Raises:
        duckdb.Error, LookupError, msgspec.DecodeError: the database cannot be read.
    """
    held = Tables(path)
    try:
        refusals = tuple((_refusals.decode(text), run) for _, run, text in held.rows(tables.REFUSALS))
        for table in (tables.RUNS, tables.SLUGS, tables.TROUBLES):
            held.rows(table)
        return OpenDatabase(held, PageIndex(held), Extractions(held), refusals)
    except BaseException:
        held.close()
        raise


def _set_aside(path: Path) -> str:
    """The name under which a database that cannot be read is kept from now on."""
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


def _recall(fresh: Tables, kept: Path) -> None:
    """Fill a new database with what finished runs left beside it."""
    for backup in run_backups.read_all(kept):
        fresh.put(tables.RUNS, (backup.run.as_of.isoformat(), backup.number, as_text(backup.run)))
        for pair in backup.slugs:
            fresh.put(tables.SLUGS, pair)


def as_text(record: Refusal | PastRun | FailingHost) -> str:
    """A record as it stands in a table."""
    return msgspec.json.encode(record).decode("utf-8")
