"""The memory between runs, and within one that is killed and goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.errors import WorkspaceError
from generator.records import (
    REDACTION_MARK,
    Extraction,
    FailingHost,
    OptedOutPerson,
    PastRun,
    PersonId,
    Refusal,
    Snapshot,
    Url,
    UrlKey,
)
from generator.urls import url_key
from generator.workspace import archive, purge, retention, run_backups, tables
from generator.workspace.archive import Archive
from generator.workspace.database import DATABASE, open_database
from generator.workspace.lock import Lock
from generator.workspace.opt_out_ledger import OptOutLedger
from generator.workspace.runs import RunLog
from generator.workspace.warc import ArchivedAnswer, in_utc, payload_digest, records_of

BEFORE_ANY = 0  # runs are counted from 1
FLUSH_ROWS = 1_000  # rows gathered before they go to the database together


class Workspace:
    """STATE: what was fetched, what was read from it, who was who, and what earlier runs said.

    A run that was not finished goes on when the folder is opened with the same `as_of`; with another one it is
    left behind, its archive kept.

    Attributes:
        warnings: sentences the report should show, such as a memory that had to be set aside.
    """

    def __init__(self, path: Path, *, as_of: date) -> None:
        """Open a state folder, creating it where there is none.

        Raises:
            WorkspaceError: not writable, or another run is at work in it.
        """
        self.path = path
        self.warnings: tuple[str, ...] = ()
        self._as_of = as_of
        self._closed = False
        self._used: set[Url] = set()  # addresses whose archived answers this run has read or written
        self._warcs, self._kept = path / "archive", path / "keepsakes"
        try:
            for folder in (path, self._warcs, self._kept):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"{path}: cannot be used as a state folder ({error.strerror or error}).\n"
                "  Give --state a folder you may write to."
            ) from error
        self._lock = Lock(path / "lock")
        try:
            self._ledger = OptOutLedger(path)
            self._open()
            if self._ledger.unfinished:
                self._purge()
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except WorkspaceError:
            if error is None:  # else the first trouble is the one to tell
                raise

    def close(self) -> None:
        """Write what waits and let go of the folder; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self._flush()
        finally:
            self._archive.close()
            self._tables.close()
            self._lock.release()

    # ── archive ──────────────────────────────────────────────────────────────────────────────────

    def store(self, snapshot: Snapshot, *, earlier: bool = False) -> Snapshot:
        """Archive an answer and note in the journal that this run has it.

        `earlier`: it is from before any run, kept by somebody else; this run has not asked for it.

        A 304 (`not_modified`) confirms what is archived; without an archived answer it is not worth noting.

        Returns:
            The answer as archived: words that name somebody left out are blanked.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        if snapshot.not_modified and self._index.page(snapshot.url) is None:
            return snapshot
        if (blank := self._ledger.blanked_bytes(snapshot.body)) != snapshot.body:
            snapshot = replace(snapshot, body=blank, digest=payload_digest(blank))
        snapshot = replace(snapshot, fetched_at=in_utc(snapshot.fetched_at))
        known = self._index.payload(snapshot.digest) is not None
        run = BEFORE_ANY if earlier else None
        records = records_of(snapshot, payload_known=known, run=run)
        place = self._archive.append(records.data, records.last_offset)
        heard = ArchivedAnswer(replace(snapshot, body=b""), holds_payload=not (known or snapshot.not_modified))
        self._index.note(heard, place, self._journal.number if run is None else run)
        self._used.add(snapshot.url)
        self._flush_if_due()
        return snapshot

    def latest(self, url: Url) -> Snapshot | None:
        """The last archived answer for an address, body and all; None where there is none."""
        page = self._index.page(url)
        self._used.add(url)
        return None if page is None else self.whole(replace(page.snapshot, not_modified=False))

    def whole(self, snapshot: Snapshot) -> Snapshot | None:
        """A snapshot with the body that is archived for it; None where there is none any more."""
        place = self._index.payload(snapshot.digest)
        body = None if place is None else self._archive.body(place, snapshot.digest)
        return None if body is None else replace(snapshot, body=body)

    def earlier(self, url: Url) -> tuple[Snapshot, ...]:
        """What a feed said before its last answer, where that was something else; oldest first, without bodies."""
        return self._index.versions(url)

    def forget_earlier(self, url: Url, digests: Iterable[str]) -> None:
        """Earlier answers of a feed that hold nothing of their own; their bytes go when the archive is pruned."""
        for digest in sorted(digests):
            self._index.forget_version(url, digest)

    def validators(self, url: Url) -> tuple[str | None, str | None] | None:
        """ETag and Last-Modified of the last archived answer; None where there is nothing to compare with."""
        page = self._index.page(url)
        if page is None or self._index.payload(page.snapshot.digest) is None:
            return None
        return page.snapshot.etag, page.snapshot.last_modified

    # ── journal ──────────────────────────────────────────────────────────────────────────────────

    def answered(self, url: Url) -> Snapshot | Refusal | None:
        """What this run, begun earlier and not finished, already has for an address; None: it must be asked.

        A snapshot confirmed by a 304 in this run comes back whole, marked `not_modified`.
        """
        if (refusal := self._journal.refused(url)) is not None:
            return refusal
        page = self._index.page(url)
        if page is None or page.run != self._journal.number:
            return None
        self._used.add(url)
        return self.whole(page.snapshot)

    def refused_before(self, url: Url, *, days: int) -> Refusal | None:
        """How an address was refused in a run of the last days before this one; None where it was not."""
        return self._journal.refused_before(url, days=days)

    def read_lately(self, url: Url, *, days: int) -> Snapshot | None:
        """The archived answer of an address that was heard or confirmed in a run of the last days; None: it was not."""
        page = self._index.page(url)
        return self.latest(url) if page is not None and self._journal.was_lately(page.run, days) else None

    def note_refusal(self, refusal: Refusal) -> None:
        """Note in the journal that an address gave nothing in this run."""
        self._journal.note_refusal(refusal)
        self._flush_if_due()

    def finish(self, run: PastRun) -> None:
        """End this run: its verdict becomes history, its journal is closed, the next opening begins a new run.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        self._flush()
        run_backups.write(self._kept, run_backups.RunBackup(self._journal.number, run, self.slugs()))
        self._journal.close(run)
        self._flush()

    def past_runs(self) -> tuple[PastRun, ...]:
        """Verdicts of finished runs strictly before this run's date, oldest first."""
        return tuple(run for run in self._journal.runs() if run.as_of < self._as_of)

    def prune(self, keep_days: int) -> int:
        """Take archive files older than so many days off the disk, after a finished run; returns how many.

        What this run has read, what was heard since, and earlier versions of feeds that hold posts of their own are
        written anew into this run's file first, so that nothing the report rests on is lost.

        Raises:
            WorkspaceError: the disk is full or not writable; nothing was removed.
        """
        old = retention.files_before(self._warcs, self._as_of - timedelta(days=keep_days), but=self._journal.number)
        if not old:
            return 0
        gone = retention.carry_over(self._index, self._archive, old, used=frozenset(self._used))
        self._flush()  # only from here on may anything be missing
        retention.forget(self._index, gone)
        self._extractions.forget_all_but(self._index.digests())
        retention.remove(self._warcs, self._tables, old)
        return len(old)

    # ── troubles ─────────────────────────────────────────────────────────────────────────────────

    def troubles(self) -> dict[str, FailingHost]:
        """Hosts that failed in the last nights they were asked in, by name."""
        return self._journal.troubles()

    def keep_troubles(self, troubles: Iterable[FailingHost]) -> None:
        """Keep which hosts are failing; those that are not named fail no longer."""
        self._journal.keep_troubles(troubles)
        self._flush()

    # ── extractions, slugs ───────────────────────────────────────────────────────────────────────

    def remembered(self, key: str) -> Extraction | None:
        """What was extracted under a key in any earlier run; None where nothing is remembered."""
        return self._extractions.get(key)

    def remember(self, key: str, extraction: Extraction) -> None:
        """Remember an extraction for this run and later ones."""
        self._extractions.put(key, extraction)
        self._flush_if_due()

    def slugs(self) -> tuple[tuple[str, PersonId], ...]:
        """Identity key and slug of everybody who ever had one, by key."""
        return tuple((key, PersonId(slug)) for key, slug in self._tables.rows(tables.SLUGS))

    def known_as(self) -> tuple[tuple[str, PersonId], ...]:
        """Present slugs by what people were called in earlier runs: address keys, former slugs, names in lower case.

        A name that two people had is left out: it does not say which.
        """
        present = dict(self.slugs())
        now: dict[str, PersonId] = {slug: slug for slug in present.values()}
        for backup in run_backups.read_all(self._kept):
            now |= {slug: present[key] for key, slug in backup.slugs if key in present}
        names: dict[str, set[PersonId]] = {}
        for run in self._journal.runs():
            for person in run.people:
                names.setdefault(person.name.casefold(), set()).add(now.get(person.person, person.person))
        told = {name: min(slugs) for name, slugs in names.items() if len(slugs) == 1}
        return tuple(sorted((told | now | present).items()))

    def keep_slugs(self, pairs: Iterable[tuple[str, PersonId]]) -> None:
        """Keep who has which slug; a key that is already there takes the new one."""
        for pair in pairs:
            self._tables.put(tables.SLUGS, pair)
        self._flush()

    # ── left out ─────────────────────────────────────────────────────────────────────────────────

    def leaves_out(self, url: Url) -> bool:
        """Whether an address is of somebody left out, or was made of a blanked one."""
        return self._ledger.covers(url) or REDACTION_MARK.strip("[]") + "%5D" in url or REDACTION_MARK in url

    def means_left_out(self, text: str) -> bool:
        """Whether a slug, a name or an address is of somebody left out."""
        return self._ledger.means(text)

    def blanked(self, text: str) -> str:
        """A text without the names and addresses of people left out."""
        return self._ledger.blanked(text)

    def known_of(self, key: UrlKey) -> tuple[OptedOutPerson, tuple[Extraction, ...]]:
        """What this folder holds of the owner of a site: their other sites, past names, and what was read of them."""
        pairs = self.slugs()
        theirs = purge.slugs_of(lambda site: f"{site}/".startswith(f"{key}/"), pairs)
        keys = {key, *(k for k, slug in pairs if slug in theirs and "#" not in k)}
        names = {p.name for run in self._journal.runs() for p in run.people if p.person in theirs}
        tops = tuple(f"{k}/" for k in sorted(keys))
        read = [
            found
            for packed in self._extractions.held()
            if f"{url_key(packed.split('|')[1])}/".startswith(tops) and (found := self.remembered(packed))
        ]
        return OptedOutPerson(tuple(UrlKey(k) for k in sorted(keys)), tuple(sorted(names))), tuple(read)

    def forget(self, people: Iterable[OptedOutPerson]) -> bool:
        """Remove every trace of people from this folder, and remember them as salted hashes.

        Returns:
            Whether there was anybody new; what was read before must then be read again.

        Raises:
            WorkspaceError: the disk is full or not writable; the next opening goes on with the removal.
        """
        new = [person for person in people if not self._ledger.holds(person)]
        if not new:
            return False
        self._ledger.add(new)
        self._purge()
        return True

    def _purge(self) -> None:
        """Write archive, keepsakes and database anew without whoever is left out, and open them again."""
        self._flush()
        slugs = purge.slugs_of(lambda site: self._ledger.covers(f"https://{site}"), self.slugs())
        self._archive.close()
        self._tables.close()
        held = purge.purge_archive(self._warcs, self._ledger)
        purge.purge_run_backups(self._kept, self._ledger, slugs)
        purge.purge_tables(self.path / DATABASE, self._ledger, purge.TracesToPurge(slugs, held))
        self._open()
        self._ledger.save(unfinished=False)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> None:
        memory = open_database(self.path / DATABASE, self._kept)
        self._tables, self._index, self._extractions = memory.tables, memory.index, memory.extractions
        try:
            if memory.warning:
                self._warn(memory.warning)
            if lost := self._index.mend(self._warcs):
                self._warn(f"{lost} archive file(s) are gone or shorter than they were; their pages are fetched again.")
            archived = [archive.run_of(name) for name in archive.files(self._warcs)]
            self._journal = RunLog(self._tables, memory.refusals, archived, as_of=self._as_of, warn=self._warn)
            self._archive = Archive(self._warcs, archive.file_name(self._journal.number, self._as_of))
            self._flush()
        except BaseException:
            self._tables.close()
            raise

    def _flush_if_due(self) -> None:
        if self._tables.waiting >= FLUSH_ROWS:
            self._flush()

    def _flush(self) -> None:
        # The index may never claim more than the disk holds: archive first, then the tables that point into it.
        self._archive.sync()
        if self._archive.size:
            self._tables.put(tables.FILES, (archive.file_name(self._journal.number, self._as_of), self._archive.size))
        self._tables.flush()

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings = (*self.warnings, sentence)
