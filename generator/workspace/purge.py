"""Erases people who opted out: archive files, run backups and database are rewritten without them.

Runs with the database closed. An interrupted purge is repeated, because the ledger says `unfinished`.
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
class PurgeScope:
    """Which table rows to remove: those of their slugs, and extractions of payloads no longer archived."""

    slugs: frozenset[str]
    held: frozenset[str]  # digests of payloads that remain in the archive


def purge_archive(folder: Path, ledger: OptOutLedger) -> frozenset[str]:
    """Rewrite every archive file without their pages, and with their names redacted in other people's pages.

    Returns:
        Digests of the payloads that remain.

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
                        kept = _purged_member(member, ledger, changed, held)
                        new.write(data[offset : offset + length] if kept is member else kept)
                new.flush()
                os.fsync(new.fileno())
            draft.replace(path)
            if not path.stat().st_size:
                path.unlink()
        except OSError as error:
            raise archive.disk_error(folder, error) from error
    return frozenset(held)


def _purged_member(member: bytes, ledger: OptOutLedger, changed: dict[str, str], held: set[str]) -> bytes:
    """The member unchanged where it does not mention them, empty where it is theirs, else a redacted member."""
    try:
        found = read_record(member)
    except (ValueError, KeyError, TypeError, AttributeError, ArchiveLoadFailed):
        found = None
    if found is None:  # a redirect, or a record of another program
        return member if ledger.redacted_bytes(member) == member else b""
    snapshot, body, run = found[0].snapshot, found[1], found[0].run
    if any(ledger.covers(url) for url in (snapshot.url, snapshot.final_url, *snapshot.redirects)):
        return b""
    if not found[0].holds_payload:
        new = changed.get(snapshot.digest)
        return archived_answer(replace(snapshot, digest=new), payload_known=True, run=run) if new else member
    if (redacted := ledger.redacted_bytes(body)) == body:
        held.add(snapshot.digest)
        return member
    digest = changed[snapshot.digest] = payload_digest(redacted)
    held.add(digest)
    return archived_answer(replace(snapshot, body=redacted, digest=digest), payload_known=False, run=run)


def purge_run_backups(folder: Path, ledger: OptOutLedger, slugs: frozenset[str]) -> None:
    """Rewrite every run backup without them; remove backups that cannot be read."""
    readable = {f"{k.number:05d}-{k.run.as_of.isoformat()}.json": k for k in run_backups.read_all(folder)}
    for path in sorted(folder.iterdir()):
        backup = readable.get(path.name)
        if backup is None:
            path.unlink()
            continue
        kept = tuple(pair for pair in backup.slugs if pair[1] not in slugs and not ledger.covers(f"https://{pair[0]}"))
        run_backups.write(folder, run_backups.RunBackup(backup.number, purged_run(backup.run, ledger, slugs), kept))


def purged_run(run: PastRun, ledger: OptOutLedger, slugs: frozenset[str]) -> PastRun:
    """The results of an earlier run without them."""
    gone = slugs | {person.person for person in run.people if ledger.redacted(person.name) != person.name}
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
            if citing not in gone and cited not in gone and ledger.redacted(post) == post
        ),
    )


def purge_tables(path: Path, ledger: OptOutLedger, scope: PurgeScope) -> None:
    """Rewrite the database, because deleted rows would stay readable in the file.

    Index tables are left empty; the next opening fills them from the archive.

    Raises:
        WorkspaceError: the disk is full or not writable.
    """
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    old, new = Tables(path), Tables(draft)
    try:
        for table in (
            tables.META,
            tables.REFUSALS,
            tables.EXTRACTIONS,
            tables.SLUGS,
            tables.RUNS,
            tables.FAILING_HOSTS,
        ):
            for row in _kept_rows(table, old, ledger, scope):
                new.put(table, row)
                if new.waiting >= 1_000:
                    new.flush()
        new.flush()
    finally:
        old.close()
        new.close()
    draft.replace(path)
    for rest in path.parent.glob(f"{path.name}*"):
        if rest != path:  # set-aside databases cannot be read, so they cannot be searched either
            rest.unlink()


def _kept_rows(
    table: tables.Table, old: Tables, ledger: OptOutLedger, scope: PurgeScope
) -> Iterator[tuple[object, ...]]:
    for row in old.rows(table):
        if table is tables.REFUSALS and (
            ledger.covers(row[0]) or ledger.redacted(f"{row[0]} {row[2]}") != f"{row[0]} {row[2]}"
        ):
            continue
        if table is tables.EXTRACTIONS:
            _, url, *_, digest = row[0].split("|")
            if ledger.redacted(url) != url or digest not in scope.held:
                continue
        if table is tables.FAILING_HOSTS and ledger.covers(f"https://{row[0]}"):
            continue
        if table is tables.SLUGS and (row[1] in scope.slugs or ledger.covers(f"https://{row[0]}")):
            continue
        if table is tables.RUNS:
            run = purged_run(_runs.decode(row[2]), ledger, scope.slugs)
            yield row[0], row[1], msgspec.json.encode(run).decode("utf-8")
            continue
        yield row


def slugs_of(covers: Callable[[str], bool], pairs: Iterable[tuple[str, PersonId]]) -> frozenset[str]:
    """Slugs of people who own a covered site, or are bylines on covered sites only."""
    owned: set[str] = set()
    signed: set[str] = set()
    elsewhere: set[str] = set()
    for key, slug in pairs:
        site, mark, _ = key.partition("#")
        (elsewhere if not covers(site) else signed if mark else owned).add(slug)
    return frozenset(owned | (signed - elsewhere))
