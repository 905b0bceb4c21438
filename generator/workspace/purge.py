"""Removing the traces of people who are left out: archive files, keepsakes and database written anew without them.

Called with the database closed; whatever is interrupted is done again, because the ledger says `unfinished`.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from warcio.exceptions import ArchiveLoadFailed

from generator.records import PastRun, PersonId
from generator.workspace import archive, run_backups, tables
from generator.workspace.opt_out_ledger import OptOutLedger
from generator.workspace.tables import Tables
from generator.workspace.warc import archived_answer, members, payload_digest, read_record

_runs: msgspec.json.Decoder[PastRun] = msgspec.json.Decoder(PastRun)


@dataclass(frozen=True, slots=True)
class TracesToPurge:
    """What betrays them in tables: the slugs they had, and whatever was read from a page that is no longer held."""

    slugs: frozenset[str]
    held: frozenset[str]  # digests of payloads that are still in the archive


def purge_archive(folder: Path, ledger: OptOutLedger) -> frozenset[str]:
    """Every archive file without their pages, and with their names blanked in the pages of others.

    Returns:
        Digests of the payloads that are held now.

    Raises:
        WorkspaceError: the disk is full or not writable.
    """
    changed: dict[str, str] = {}
    held: set[str] = set()
    for name in archive.files(folder):
        path, draft = folder / name, folder / f"{name}.part"
        if not path.stat().st_size:
            continue
        try:
            with path.open("rb") as old, draft.open("wb") as new:
                with mmap.mmap(old.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    for offset, length, member in members(data, 0):
                        kept = _without(member, ledger, changed, held)
                        new.write(data[offset : offset + length] if kept is member else kept)
                new.flush()
                os.fsync(new.fileno())
            draft.replace(path)
            if not path.stat().st_size:
                path.unlink()
        except OSError as error:
            raise archive.disk_error(folder, error) from error
    return frozenset(held)


def _without(member: bytes, ledger: OptOutLedger, changed: dict[str, str], held: set[str]) -> bytes:
    """The member itself where nothing betrays them, nothing where it is theirs, else a packed member blanked."""
    try:
        found = read_record(member)
    except (ValueError, KeyError, TypeError, AttributeError, ArchiveLoadFailed):
        found = None
    if found is None:  # a redirect, or a record of somebody else's making
        return member if ledger.blanked_bytes(member) == member else b""
    snapshot, body, run = found[0].snapshot, found[1], found[0].run
    if any(ledger.covers(url) for url in (snapshot.url, snapshot.final_url, *snapshot.redirects)):
        return b""
    if not found[0].holds_payload:
        new = changed.get(snapshot.digest)
        return archived_answer(replace(snapshot, digest=new), payload_known=True, run=run) if new else member
    if (blank := ledger.blanked_bytes(body)) == body:
        held.add(snapshot.digest)
        return member
    digest = changed[snapshot.digest] = payload_digest(blank)
    held.add(digest)
    return archived_answer(replace(snapshot, body=blank, digest=digest), payload_known=False, run=run)


def purge_run_backups(folder: Path, ledger: OptOutLedger, slugs: frozenset[str]) -> None:
    """Every keepsake without them; one that cannot be read cannot be searched either, and goes."""
    readable = {f"{k.number:05d}-{k.run.as_of.isoformat()}.json": k for k in run_backups.read_all(folder)}
    for path in sorted(folder.iterdir()):
        backup = readable.get(path.name)
        if backup is None:
            path.unlink()
            continue
        kept = tuple(pair for pair in backup.slugs if pair[1] not in slugs and not ledger.covers(f"https://{pair[0]}"))
        run_backups.write(folder, run_backups.RunBackup(backup.number, purged_run(backup.run, ledger, slugs), kept))


def purged_run(run: PastRun, ledger: OptOutLedger, slugs: frozenset[str]) -> PastRun:
    """An earlier verdict as if they had never been heard."""
    gone = slugs | {person.person for person in run.people if ledger.blanked(person.name) != person.name}
    return replace(
        run,
        people=tuple(
            replace(person, sites=tuple(site for site in person.sites if not ledger.covers(site)))
            for person in run.people
            if person.person not in gone
        ),
        citations=tuple(
            (citing, cited, post)
            for citing, cited, post in run.citations
            if citing not in gone and cited not in gone and ledger.blanked(post) == post
        ),
    )


def purge_tables(path: Path, ledger: OptOutLedger, traces: TracesToPurge) -> None:
    """The database written anew: deleted rows would stay readable in the file.

    Index tables are left empty; they are filled from the archive when it is opened.

    Raises:
        WorkspaceError: the disk is full or not writable.
    """
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    old, new = Tables(path), Tables(draft)
    try:
        for table in (tables.META, tables.REFUSALS, tables.EXTRACTIONS, tables.SLUGS, tables.RUNS, tables.TROUBLES):
            for row in _kept_rows(table, old, ledger, traces):
                new.put(table, row)
                if new.waiting >= 1_000:
                    new.flush()
        new.flush()
    finally:
        old.close()
        new.close()
    draft.replace(path)
    for rest in path.parent.glob(f"{path.name}*"):
        if rest != path:  # databases set aside because they could not be read: nor can they be searched
            rest.unlink()


def _kept_rows(
    table: tables.Table, old: Tables, ledger: OptOutLedger, traces: TracesToPurge
) -> Iterator[tuple[object, ...]]:
    for row in old.rows(table):
        if table is tables.REFUSALS and (
            ledger.covers(row[0]) or ledger.blanked(f"{row[0]} {row[2]}") != f"{row[0]} {row[2]}"
        ):
            continue
        if table is tables.EXTRACTIONS:
            _, url, *_, digest = row[0].split("|")
            if ledger.blanked(url) != url or digest not in traces.held:
                continue
        if table is tables.TROUBLES and ledger.covers(f"https://{row[0]}"):
            continue
        if table is tables.SLUGS and (row[1] in traces.slugs or ledger.covers(f"https://{row[0]}")):
            continue
        if table is tables.RUNS:
            run = purged_run(_runs.decode(row[2]), ledger, traces.slugs)
            yield row[0], row[1], msgspec.json.encode(run).decode("utf-8")
            continue
        yield row


def slugs_of(covers: Callable[[str], bool], pairs: Iterable[tuple[str, PersonId]]) -> frozenset[str]:
    """The slugs of whoever owns a covered site, or signs on such sites only; who also writes elsewhere stays."""
    owned: set[str] = set()
    signed: set[str] = set()
    elsewhere: set[str] = set()
    for key, slug in pairs:
        site, mark, _ = key.partition("#")
        (elsewhere if not covers(site) else signed if mark else owned).add(slug)
    return frozenset(owned | (signed - elsewhere))
