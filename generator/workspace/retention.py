"""Taking old archive files off the disk without losing what is still read from them.

Order is everything: what is kept is written into a newer file and the index points there before anything is removed,
so that a run killed at any moment has lost nothing.
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
    """What is not kept: payloads, addresses, and earlier versions of feeds."""

    payloads: tuple[str, ...]
    pages: tuple[Url, ...]
    versions: tuple[tuple[Url, str], ...]


def files_before(folder: Path, day: date, *, but: int) -> tuple[str, ...]:
    """Archive files of runs before a day, the run `but` excepted."""
    runs = ((name, *archive.run_of(name)) for name in archive.files(folder))
    return tuple(name for name, number, as_of in runs if as_of < day and number != but)


def carry_over(index: PageIndex, into: Archive, old: tuple[str, ...], *, used: frozenset[Url]) -> RemovedRecords:
    """Write what is kept of old files anew; says what is not."""
    runs = {archive.run_of(name)[0] for name in old}
    payloads = index.payloads_in(frozenset(old))
    lying_there = frozenset(payloads)
    touched = [(url, page) for url, page in index.pages() if page.run in runs or page.snapshot.digest in lying_there]
    kept = {url: page for url, page in touched if url in used or page.run not in runs}
    lost = tuple(url for url, _ in touched if url not in kept)
    versions = [version for version in index.all_versions() if version.digest in lying_there]
    # Read anew from the archive alone, an earlier version is older than any answer: run 0.
    wanted = [(version, 0) for version in versions if version.url not in lost]
    wanted += [(page.snapshot, page.run) for page in kept.values()]
    moved: set[str] = set()
    damaged: set[str] = set()
    for snapshot, run in wanted:
        known = snapshot.digest in moved or snapshot.digest not in lying_there
        if not _carry(index, into, snapshot, run, known=known):
            damaged.add(snapshot.digest)
        moved.add(snapshot.digest)
    return RemovedRecords(
        tuple(digest for digest in payloads if digest not in moved or digest in damaged),
        (*lost, *(url for url, page in kept.items() if page.snapshot.digest in damaged)),
        tuple((v.url, v.digest) for v in versions if v.url in lost or v.digest in damaged),
    )


def _carry(index: PageIndex, into: Archive, snapshot: Snapshot, run: int, *, known: bool) -> bool:
    """Write one answer anew; False where its body is damaged and there is nothing to write."""
    body = b""
    if not known:
        place = index.payload(snapshot.digest)
        read = None if place is None else into.body(place, snapshot.digest)
        if read is None:
            return False
        body = read
    records = records_of(replace(snapshot, body=body, not_modified=False), payload_known=known, run=run)
    place = into.append(records.data, records.last_offset)
    if not known:
        index.move(snapshot.digest, place)
    return True


def forget(index: PageIndex, gone: RemovedRecords) -> None:
    """Take what is not kept out of the index."""
    for url, digest in gone.versions:
        index.forget_version(url, digest)
    for url in gone.pages:
        index.forget_page(url)
    for digest in gone.payloads:
        index.move(digest, None)


def remove(folder: Path, store: Tables, files: Iterable[str]) -> None:
    """Take the files off the disk.

    Raises:
        WorkspaceError: they cannot be removed.
    """
    store.remove(tables.FILES, files)
    for name in files:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(folder, error) from error
