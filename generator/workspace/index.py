"""What the archive holds, by address: kept in the database, mended from the WARC files where the two differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from generator.records import Snapshot, Url
from generator.workspace import archive, tables
from generator.workspace.archive import Place
from generator.workspace.tables import Tables
from generator.workspace.warc import Heard

_snapshots: msgspec.json.Decoder[Snapshot] = msgspec.json.Decoder(Snapshot)


@dataclass(frozen=True, slots=True)
class Page:
    """The last answer of an address, without its body, and the run that heard or confirmed it.

    `snapshot.not_modified`: that run was told by a 304 that the archived answer still holds.
    """

    run: int
    snapshot: Snapshot


class Index:
    """Pages by address and payloads by digest."""

    def __init__(self, store: Tables) -> None:
        self._tables = store
        self._payloads = {row[0]: Place(*row[1:]) for row in store.rows(tables.PAYLOADS)}
        self._pages = {Url(url): Page(run, _snapshots.decode(text)) for url, run, text in store.rows(tables.PAGES)}

    def page(self, url: Url) -> Page | None:
        """The last answer of an address."""
        return self._pages.get(url)

    def payload(self, digest: str) -> Place | None:
        """Where the record lies that holds a payload."""
        return self._payloads.get(digest)

    def note(self, heard: Heard, place: Place, run: int) -> None:
        """Take one archived record in."""
        snapshot = heard.snapshot
        if snapshot.not_modified:
            page = self._pages.get(snapshot.url)
            if page is None:
                return
            snapshot = replace(page.snapshot, not_modified=True)
        elif heard.holds_payload:
            self._payloads[snapshot.digest] = place
            self._tables.put(tables.PAYLOADS, (snapshot.digest, place.file, place.offset, place.length))
        self._pages[snapshot.url] = Page(run, snapshot)
        self._tables.put(tables.PAGES, (snapshot.url, run, msgspec.json.encode(snapshot).decode("utf-8")))

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
                    self.note(heard, place, run)
                self._tables.put(tables.FILES, (name, archive.size_of(folder / name)))
        return len(lost)

    def _forget(self, files: set[str]) -> None:
        payloads = {digest for digest, place in self._payloads.items() if place.file in files}
        pages = {url for url, page in self._pages.items() if page.snapshot.digest in payloads}
        for digest in payloads:
            del self._payloads[digest]
        for url in pages:
            del self._pages[url]
        self._tables.remove(tables.PAYLOADS, payloads)
        self._tables.remove(tables.PAGES, pages)
        self._tables.remove(tables.FILES, files)
