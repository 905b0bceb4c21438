"""Index of the archive by address and payload; stored in the database, repaired from the WARC files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from generator.records import Purpose, Snapshot, Url
from generator.workspace import archive, tables
from generator.workspace.archive import RecordLocation
from generator.workspace.tables import Tables
from generator.workspace.warc import ArchivedAnswer

FEEDS = frozenset({Purpose.FEED, Purpose.SEED})  # a seed may be the address of a feed

_snapshots: msgspec.json.Decoder[Snapshot] = msgspec.json.Decoder(Snapshot)


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """The last answer of an address, without its body, and the run that received or confirmed it.

    `snapshot.not_modified`: a 304 in that run confirmed the archived answer.
    """

    run: int
    snapshot: Snapshot


class PageIndex:
    """Pages by address and payloads by digest."""

    def __init__(self, store: Tables) -> None:
        self._tables = store
        self._payloads = {row[0]: RecordLocation(*row[1:]) for row in store.rows(tables.PAYLOADS)}
        self._pages = {
            Url(url): IndexedPage(run, _snapshots.decode(text)) for url, run, text in store.rows(tables.PAGES)
        }
        self._versions: dict[Url, dict[str, Snapshot]] = {}
        for _, url, text in store.rows(tables.VERSIONS):
            version = _snapshots.decode(text)
            self._versions.setdefault(Url(url), {})[version.digest] = version

    def page(self, url: Url) -> IndexedPage | None:
        """The last answer of an address."""
        return self._pages.get(url)

    def payload(self, digest: str) -> RecordLocation | None:
        """Location of the record with a payload."""
        return self._payloads.get(digest)

    def pages(self) -> tuple[tuple[Url, IndexedPage], ...]:
        """Every address with its last answer, in order of address."""
        return tuple(sorted(self._pages.items()))

    def versions(self, url: Url) -> tuple[Snapshot, ...]:
        """Earlier answers of a feed with other content, oldest first, without bodies."""
        return tuple(sorted(self._versions.get(url, {}).values(), key=lambda s: (s.fetched_at, s.digest)))

    def all_versions(self) -> tuple[Snapshot, ...]:
        """Earlier answers of all feeds."""
        return tuple(version for url in sorted(self._versions) for version in self.versions(url))

    def remove_version(self, url: Url, digest: str) -> None:
        """Remove an earlier answer of a feed."""
        if self._versions.get(url, {}).pop(digest, None) is not None:
            self._tables.remove(tables.VERSIONS, [_version_key(url, digest)])

    def remove_page(self, url: Url) -> None:
        """Remove an address."""
        if self._pages.pop(url, None) is not None:
            self._tables.remove(tables.PAGES, [url])

    def move(self, digest: str, location: RecordLocation | None) -> None:
        """Set the new location of a payload; None removes it."""
        self._payloads.pop(digest, None)
        if location is None:
            self._tables.remove(tables.PAYLOADS, [digest])
        else:
            self._payloads[digest] = location
            self._tables.put(tables.PAYLOADS, (digest, location.file, location.offset, location.length))

    def digests(self) -> frozenset[str]:
        """Digests of all archived payloads."""
        return frozenset(self._payloads)

    def payloads_in(self, files: frozenset[str]) -> tuple[str, ...]:
        """Digests of the payloads in the given files, sorted."""
        return tuple(sorted(digest for digest, location in self._payloads.items() if location.file in files))

    def add(self, answer: ArchivedAnswer, location: RecordLocation, run: int) -> None:
        """Add one archived answer; if its address has a later one, it becomes an earlier version."""
        snapshot = answer.snapshot
        before = self._pages.get(snapshot.url)
        if snapshot.not_modified:
            if before is None:
                return
            # The X-Robots-Tag of a 304 applies to the page from now on.
            robots_tag = snapshot.robots_tag or before.snapshot.robots_tag
            snapshot = replace(before.snapshot, not_modified=True, robots_tag=robots_tag)
        elif answer.holds_payload:
            self._payloads[snapshot.digest] = location
            self._tables.put(tables.PAYLOADS, (snapshot.digest, location.file, location.offset, location.length))
        if before is not None and before.run > run:
            self._keep_version(snapshot, instead_of=before.snapshot)
            return
        if before is not None:
            self._keep_version(before.snapshot, instead_of=snapshot)
        self._pages[snapshot.url] = IndexedPage(run, snapshot)
        self._tables.put(tables.PAGES, (snapshot.url, run, msgspec.json.encode(snapshot).decode("utf-8")))

    def _keep_version(self, version: Snapshot, *, instead_of: Snapshot) -> None:
        """Keep an answer of a feed that differs from its successor: feeds hold only their latest posts."""
        if version.purpose not in FEEDS or version.digest == instead_of.digest:
            return
        version = replace(version, not_modified=False)
        self._versions.setdefault(version.url, {})[version.digest] = version
        key = _version_key(version.url, version.digest)
        self._tables.put(tables.VERSIONS, (key, version.url, msgspec.json.encode(version).decode("utf-8")))

    def repair(self, folder: Path) -> int:
        """Update the index to the archive files on disk; return the number of lost files."""
        known = dict(self._tables.rows(tables.FILES))
        sizes = {name: archive.size_of(folder / name) for name in archive.files(folder)}
        # A file shorter than indexed was truncated or replaced: its locations are invalid.
        lost = {name for name in known if sizes.get(name, -1) < known[name]}
        self._remove_files(lost)
        for name, size in sizes.items():
            start = 0 if name in lost else known.get(name, 0)
            if size > start:
                run, _ = archive.run_of(name)
                for answer, location in archive.scan(folder, name, start):
                    self.add(answer, location, run if answer.run is None else answer.run)
                self._tables.put(tables.FILES, (name, archive.size_of(folder / name)))
        return len(lost)

    def _remove_files(self, files: set[str]) -> None:
        payloads = {digest for digest, location in self._payloads.items() if location.file in files}
        pages = {url for url, page in self._pages.items() if page.snapshot.digest in payloads}
        for url, versions in list(self._versions.items()):
            for digest in payloads & set(versions):
                self.remove_version(url, digest)
        for digest in payloads:
            del self._payloads[digest]
        for url in pages:
            del self._pages[url]
        self._tables.remove(tables.PAYLOADS, payloads)
        self._tables.remove(tables.PAGES, pages)
        self._tables.remove(tables.FILES, files)


def _version_key(url: Url, digest: str) -> str:
    return f"{digest} {url}"
