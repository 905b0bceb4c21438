"""What the archive holds, by address: kept in the database, mended from the WARC files where the two differ."""

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
    """The last answer of an address, without its body, and the run that heard or confirmed it.

    `snapshot.not_modified`: that run was told by a 304 that the archived answer still holds.
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
        """Where the record lies that holds a payload."""
        return self._payloads.get(digest)

    def pages(self) -> tuple[tuple[Url, IndexedPage], ...]:
        """Every address with its last answer, in order of address."""
        return tuple(sorted(self._pages.items()))

    def versions(self, url: Url) -> tuple[Snapshot, ...]:
        """Earlier answers of a feed that said something else, oldest first, without their bodies."""
        return tuple(sorted(self._versions.get(url, {}).values(), key=lambda s: (s.fetched_at, s.digest)))

    def all_versions(self) -> tuple[Snapshot, ...]:
        """The same of every feed."""
        return tuple(version for url in sorted(self._versions) for version in self.versions(url))

    def forget_version(self, url: Url, digest: str) -> None:
        """An earlier answer holds nothing that another one does not hold as well."""
        if self._versions.get(url, {}).pop(digest, None) is not None:
            self._tables.remove(tables.VERSIONS, [_version_key(url, digest)])

    def forget_page(self, url: Url) -> None:
        """An address is not remembered any more."""
        if self._pages.pop(url, None) is not None:
            self._tables.remove(tables.PAGES, [url])

    def move(self, digest: str, place: RecordLocation | None) -> None:
        """A payload lies elsewhere now, or nowhere."""
        self._payloads.pop(digest, None)
        if place is None:
            self._tables.remove(tables.PAYLOADS, [digest])
        else:
            self._payloads[digest] = place
            self._tables.put(tables.PAYLOADS, (digest, place.file, place.offset, place.length))

    def digests(self) -> frozenset[str]:
        """All payloads that are archived."""
        return frozenset(self._payloads)

    def payloads_in(self, files: frozenset[str]) -> tuple[str, ...]:
        """Digests of the payloads that lie in these files."""
        return tuple(sorted(digest for digest, place in self._payloads.items() if place.file in files))

    def note(self, heard: ArchivedAnswer, place: RecordLocation, run: int) -> None:
        """Take one archived record in; one that is older than what is known of its address is an earlier version."""
        snapshot = heard.snapshot
        before = self._pages.get(snapshot.url)
        if snapshot.not_modified:
            if before is None:
                return
            # What a 304 asks of robots is asked of the page from now on.
            asks = snapshot.robots_tag or before.snapshot.robots_tag
            snapshot = replace(before.snapshot, not_modified=True, robots_tag=asks)
        elif heard.holds_payload:
            self._payloads[snapshot.digest] = place
            self._tables.put(tables.PAYLOADS, (snapshot.digest, place.file, place.offset, place.length))
        if before is not None and before.run > run:
            self._keep_version(snapshot, instead_of=before.snapshot)
            return
        if before is not None:
            self._keep_version(before.snapshot, instead_of=snapshot)
        self._pages[snapshot.url] = IndexedPage(run, snapshot)
        self._tables.put(tables.PAGES, (snapshot.url, run, msgspec.json.encode(snapshot).decode("utf-8")))

    def _keep_version(self, version: Snapshot, *, instead_of: Snapshot) -> None:
        """Feeds hold the last ten posts: what one said before is not lost when it says something else."""
        if version.purpose not in FEEDS or version.digest == instead_of.digest:
            return
        version = replace(version, not_modified=False)
        self._versions.setdefault(version.url, {})[version.digest] = version
        key = _version_key(version.url, version.digest)
        self._tables.put(tables.VERSIONS, (key, version.url, msgspec.json.encode(version).decode("utf-8")))

    def mend(self, folder: Path) -> int:
        """Bring the index in line with the archive files as they are; returns how many files were lost."""
        known = dict(self._tables.rows(tables.FILES))
        sizes = {name: archive.size_of(folder / name) for name in archive.files(folder)}
        # A file that shrank below what the index knows was cut or replaced: its places mean nothing any more.
        lost = {name for name in known if sizes.get(name, -1) < known[name]}
        self._forget(lost)
        for name, size in sizes.items():
            start = 0 if name in lost else known.get(name, 0)
            if size > start:
                run, _ = archive.run_of(name)
                for heard, place in archive.scan(folder, name, start):
                    self.note(heard, place, run if heard.run is None else heard.run)
                self._tables.put(tables.FILES, (name, archive.size_of(folder / name)))
        return len(lost)

    def _forget(self, files: set[str]) -> None:
        payloads = {digest for digest, place in self._payloads.items() if place.file in files}
        pages = {url for url, page in self._pages.items() if page.snapshot.digest in payloads}
        for url, versions in list(self._versions.items()):
            for digest in payloads & set(versions):
                self.forget_version(url, digest)
        for digest in payloads:
            del self._payloads[digest]
        for url in pages:
            del self._pages[url]
        self._tables.remove(tables.PAYLOADS, payloads)
        self._tables.remove(tables.PAGES, pages)
        self._tables.remove(tables.FILES, files)


def _version_key(url: Url, digest: str) -> str:
    return f"{digest} {url}"
