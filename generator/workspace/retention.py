"""Removes old archive files and keeps the records in them that are still used.

Records to keep are first copied into a newer file and indexed there; only then are files removed. A run killed at any
moment loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.records import Snapshot, Url
from generator.workspace import archive, tables
from generator.workspace.archive import Archive, disk_error
from generator.workspace.index import PageIndex
from generator.workspace.tables import Tables
from generator.workspace.warc import records_of


@dataclass(frozen=True, slots=True)
class RemovedRecords:
    """Records that are not kept: payloads, addresses, and earlier versions of feeds."""

    payloads: tuple[str, ...]
    pages: tuple[Url, ...]
    versions: tuple[tuple[Url, str], ...]


def files_before(folder: Path, day: date, *, but: int) -> tuple[str, ...]:
    """Archive files of runs before a day, except those of run `but`."""
    runs = ((name, *archive.run_of(name)) for name in archive.files(folder))
    return tuple(name for name, number, as_of in runs if as_of < day and number != but)


def copy_used_records(index: PageIndex, into: Archive, old: tuple[str, ...], *, used: frozenset[Url]) -> RemovedRecords:
    """Copy the records to keep from old files into a new one; return those that are not kept."""
    runs = {archive.run_of(name)[0] for name in old}
    payloads = index.payloads_in(frozenset(old))
    in_old_files = frozenset(payloads)
    touched = [(url, page) for url, page in index.pages() if page.run in runs or page.snapshot.digest in in_old_files]
    kept = {url: page for url, page in touched if url in used or page.run not in runs}
    lost = tuple(url for url, _ in touched if url not in kept)
    versions = [version for version in index.all_versions() if version.digest in in_old_files]
    # If the index is rebuilt from the archive, earlier versions must precede all answers: run 0.
    wanted = [(version, 0) for version in versions if version.url not in lost]
    wanted += [(page.snapshot, page.run) for page in kept.values()]
    moved: set[str] = set()
    damaged: set[str] = set()
    for snapshot, run in wanted:
        known = snapshot.digest in moved or snapshot.digest not in in_old_files
        if not _copy(index, into, snapshot, run, known=known):
            damaged.add(snapshot.digest)
        moved.add(snapshot.digest)
    return RemovedRecords(
        tuple(digest for digest in payloads if digest not in moved or digest in damaged),
        (*lost, *(url for url, page in kept.items() if page.snapshot.digest in damaged)),
        tuple((v.url, v.digest) for v in versions if v.url in lost or v.digest in damaged),
    )


def _copy(index: PageIndex, into: Archive, snapshot: Snapshot, run: int, *, known: bool) -> bool:
    """Copy one answer; False where its body is damaged."""
    body = b""
    if not known:
        location = index.payload(snapshot.digest)
        read = None if location is None else into.body(location, snapshot.digest)
        if read is None:
            return False
        body = read
    records = records_of(replace(snapshot, body=body, not_modified=False), payload_known=known, run=run)
    location = into.append(records.data, records.last_offset)
    if not known:
        index.move(snapshot.digest, location)
    return True


def remove_from_index(index: PageIndex, removed: RemovedRecords) -> None:
    """Remove records from the index."""
    for url, digest in removed.versions:
        index.remove_version(url, digest)
    for url in removed.pages:
        index.remove_page(url)
    for digest in removed.payloads:
        index.move(digest, None)


def delete_files(folder: Path, store: Tables, files: Iterable[str]) -> None:
    """Delete archive files.

    Raises:
        WorkspaceError: they cannot be removed.
    """
    store.remove(tables.FILES, files)
    for name in files:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(folder, error) from error
