"""Persistent state: kept between runs, and used to resume an interrupted one."""

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
    Purpose,
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

BEFORE_FIRST_RUN = 0  # runs are numbered from 1
FLUSH_ROWS = 1_000  # pending rows that trigger a flush


class Workspace:
    """A state folder: fetched pages, extractions, slugs of people, and results of earlier runs.

    Opening it with the `as_of` of an unfinished run resumes that run; another `as_of` begins a new run and keeps the
    archive.

    Attributes:
        warnings: sentences for the report, such as one about a database that was set aside.
    """

    def __init__(self, path: Path, *, as_of: date) -> None:
        """Open a state folder; create it if it is missing.

        Raises:
            WorkspaceError: it is not writable, or another run is active in it.
        """
        self.path = path
        self.warnings: tuple[str, ...] = ()
        self._as_of = as_of
        self._closed = False
        self._used: set[Url] = set()  # addresses whose archived answers this run read or wrote
        self._warc_folder, self._backup_folder = path / "archive", path / run_backups.FOLDER
        try:
            for folder in (path, self._warc_folder, self._backup_folder):
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
            if error is None:  # otherwise the first error is the one to report
                raise

    def close(self) -> None:
        """Write pending rows and release the folder; safe to call twice."""
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
        """Archive an answer and record that this run has it.

        Args:
            snapshot: the answer; a 304 (`not_modified`) confirms the archived one, and is ignored without one.
            earlier: whether it was captured by a third party before the first run, and not requested in this run.

        Returns:
            The answer as archived, with names and addresses of opted-out people redacted.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        if snapshot.not_modified and self._index.page(snapshot.url) is None:
            return snapshot
        if (redacted := self._ledger.redacted_bytes(snapshot.body)) != snapshot.body:
            snapshot = replace(snapshot, body=redacted, digest=payload_digest(redacted))
        snapshot = replace(snapshot, fetched_at=in_utc(snapshot.fetched_at))
        known = self._index.payload(snapshot.digest) is not None
        run = BEFORE_FIRST_RUN if earlier else None
        records = records_of(snapshot, payload_known=known, run=run)
        location = self._archive.append(records.data, records.last_offset)
        answer = ArchivedAnswer(replace(snapshot, body=b""), holds_payload=not (known or snapshot.not_modified))
        self._index.add(answer, location, self._run_log.number if run is None else run)
        self._used.add(snapshot.url)
        self._flush_if_due()
        return snapshot

    def latest(self, url: Url) -> Snapshot | None:
        """The last archived answer of an address with its body, or None."""
        page = self._index.page(url)
        self._used.add(url)
        return None if page is None else self.with_body(replace(page.snapshot, not_modified=False))

    def with_body(self, snapshot: Snapshot) -> Snapshot | None:
        """A snapshot with its archived body; None after its body was pruned."""
        location = self._index.payload(snapshot.digest)
        body = None if location is None else self._archive.body(location, snapshot.digest)
        return None if body is None else replace(snapshot, body=body)

    def earlier_versions(self, url: Url) -> tuple[Snapshot, ...]:
        """Earlier answers of a feed with other content than its last one, oldest first, without bodies."""
        return self._index.versions(url)

    def drop_earlier_versions(self, url: Url, digests: Iterable[str]) -> None:
        """Remove earlier answers of a feed by digest; pruning removes their bytes."""
        for digest in sorted(digests):
            self._index.remove_version(url, digest)

    def validators(self, url: Url) -> tuple[str | None, str | None] | None:
        """ETag and Last-Modified of the last archived answer; None where its body is not archived."""
        page = self._index.page(url)
        if page is None or self._index.payload(page.snapshot.digest) is None:
            return None
        return page.snapshot.etag, page.snapshot.last_modified

    def permanent_address(self, url: Url) -> Snapshot | None:
        """The last answer of an address that has moved for good, without its body; None where it has not."""
        page = self._index.page(url)
        moved = page is not None and page.snapshot.moved_permanently and page.snapshot.final_url != url
        return page.snapshot if page is not None and moved else None

    def known_feeds(self) -> tuple[Url, ...]:
        """Addresses that were requested as feeds and answered, in any run."""
        return tuple(url for url, page in self._index.pages() if page.snapshot.purpose is Purpose.FEED)

    # ── runs ──────────────────────────────────────────────────────────────────────────────────

    def answered_in_this_run(self, url: Url) -> Snapshot | Refusal | None:
        """The answer that this run, before it was interrupted, got for an address; None where it must be requested.

        A snapshot confirmed by a 304 in this run has its body and is marked `not_modified`.
        """
        if (refusal := self._run_log.refused(url)) is not None:
            return refusal
        page = self._index.page(url)
        if page is None or page.run != self._run_log.number:
            return None
        self._used.add(url)
        return self.with_body(page.snapshot)

    def refused_before(self, url: Url, *, days: int) -> Refusal | None:
        """The refusal of an address in a run of the given days before this one, or None."""
        return self._run_log.refused_before(url, days=days)

    def answered_within(self, url: Url, *, days: int) -> Snapshot | None:
        """The answer of an address that was fetched or confirmed in the given days before this run, else None."""
        page = self._index.page(url)
        return self.latest(url) if page is not None and self._run_log.is_recent(page.run, days) else None

    def note_refusal(self, refusal: Refusal) -> None:
        """Store a refusal of this run."""
        self._run_log.note_refusal(refusal)
        self._flush_if_due()

    def finish(self, run: PastRun) -> None:
        """Store the results of this run and end it; the next opening begins a new run.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        self._flush()
        run_backups.write(self._backup_folder, run_backups.RunBackup(self._run_log.number, run, self.slugs()))
        self._run_log.close(run)
        self._flush()

    def past_runs(self) -> tuple[PastRun, ...]:
        """Results of finished runs before the date of this run, oldest first."""
        return tuple(run for run in self._run_log.runs() if run.as_of < self._as_of)

    def prune(self, keep_days: int) -> int:
        """Delete archive files older than a number of days, after a finished run.

        Answers that this run used, answers received later, and earlier versions of feeds are first copied into the
        archive file of this run, so that the evidence of the report is kept.

        Returns:
            The number of deleted files.

        Raises:
            WorkspaceError: the disk is full or not writable; nothing was deleted.
        """
        old = retention.files_before(
            self._warc_folder, self._as_of - timedelta(days=keep_days), but=self._run_log.number
        )
        if not old:
            return 0
        removed = retention.copy_used_records(self._index, self._archive, old, used=frozenset(self._used))
        self._flush()  # copies must be on disk before originals are deleted
        retention.remove_from_index(self._index, removed)
        self._extractions.keep_only(self._index.digests())
        retention.delete_files(self._warc_folder, self._tables, old)
        return len(old)

    # ── failing hosts ─────────────────────────────────────────────────────────────────────────────────

    def failing_hosts(self) -> dict[str, FailingHost]:
        """Hosts that failed in the last nights with requests to them, by name."""
        return self._run_log.failing_hosts()

    def save_failing_hosts(self, hosts: Iterable[FailingHost]) -> None:
        """Replace the stored failing hosts by the given ones."""
        self._run_log.save_failing_hosts(hosts)
        self._flush()

    # ── extractions, slugs ───────────────────────────────────────────────────────────────────────

    def extraction(self, key: str) -> Extraction | None:
        """The stored extraction under a key, or None."""
        return self._extractions.get(key)

    def save_extraction(self, key: str, extraction: Extraction) -> None:
        """Store an extraction for this run and later ones."""
        self._extractions.put(key, extraction)
        self._flush_if_due()

    def slugs(self) -> tuple[tuple[str, PersonId], ...]:
        """Pairs of identity key and slug of all people of all runs, by key."""
        return tuple((key, PersonId(slug)) for key, slug in self._tables.rows(tables.SLUGS))

    def slugs_by_former_name(self) -> tuple[tuple[str, PersonId], ...]:
        """Present slugs by address keys, former slugs and casefolded names of earlier runs.

        Names that two people had are left out as ambiguous.
        """
        present = dict(self.slugs())
        now: dict[str, PersonId] = {slug: slug for slug in present.values()}
        for backup in run_backups.read_all(self._backup_folder):
            now |= {slug: present[key] for key, slug in backup.slugs if key in present}
        names: dict[str, set[PersonId]] = {}
        for run in self._run_log.runs():
            for person in run.people:
                names.setdefault(person.name.casefold(), set()).add(now.get(person.person, person.person))
        unique = {name: min(slugs) for name, slugs in names.items() if len(slugs) == 1}
        return tuple(sorted((unique | now | present).items()))

    def save_slugs(self, pairs: Iterable[tuple[str, PersonId]]) -> None:
        """Store slugs by identity key; a key that is stored already gets the new slug."""
        for pair in pairs:
            self._tables.put(tables.SLUGS, pair)
        self._flush()

    # ── opt-outs ─────────────────────────────────────────────────────────────────────────────────

    def is_opted_out(self, url: Url) -> bool:
        """Whether an address belongs to a person who opted out, or contains a redaction mark."""
        return self._ledger.covers(url) or REDACTION_MARK.strip("[]") + "%5D" in url or REDACTION_MARK in url

    def names_opted_out(self, text: str) -> bool:
        """Whether a slug, a name or an address identifies a person who opted out."""
        return self._ledger.names_person(text)

    def redacted(self, text: str) -> str:
        """A text with names and addresses of opted-out people redacted."""
        return self._ledger.redacted(text)

    def stored_about(self, key: UrlKey) -> tuple[OptedOutPerson, tuple[Extraction, ...]]:
        """The owner of a site as stored: all their sites and past names, and the extractions of those sites."""
        pairs = self.slugs()
        slugs = purge.slugs_of(lambda site: f"{site}/".startswith(f"{key}/"), pairs)
        keys = {key, *(k for k, slug in pairs if slug in slugs and "#" not in k)}
        names = {p.name for run in self._run_log.runs() for p in run.people if p.person in slugs}
        tops = tuple(f"{k}/" for k in sorted(keys))
        read = [
            found
            for stored in self._extractions.all_keys()
            if f"{url_key(stored.split('|')[1])}/".startswith(tops) and (found := self.extraction(stored))
        ]
        return OptedOutPerson(tuple(UrlKey(k) for k in sorted(keys)), tuple(sorted(names))), tuple(read)

    def purge_people(self, people: Iterable[OptedOutPerson]) -> bool:
        """Erase people from this folder and add them to the opt-out ledger.

        Returns:
            Whether any of them was new; extractions read before are then outdated.

        Raises:
            WorkspaceError: the disk is full or not writable; the next opening repeats the removal.
        """
        new = [person for person in people if not self._ledger.has_person(person)]
        if not new:
            return False
        self._ledger.add(new)
        self._purge()
        return True

    def _purge(self) -> None:
        """Rewrite archive, run backups and database without opted-out people, and reopen them."""
        self._flush()
        slugs = purge.slugs_of(lambda site: self._ledger.covers(f"https://{site}"), self.slugs())
        self._archive.close()
        self._tables.close()
        held = purge.purge_archive(self._warc_folder, self._ledger)
        purge.purge_run_backups(self._backup_folder, self._ledger, slugs)
        purge.purge_tables(self.path / DATABASE, self._ledger, purge.PurgeScope(slugs, held))
        self._open()
        self._ledger.save(unfinished=False)

    # ── implementation ───────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> None:
        memory = open_database(self.path / DATABASE, self._backup_folder)
        self._tables, self._index, self._extractions = memory.tables, memory.index, memory.extractions
        try:
            if memory.warning:
                self._warn(memory.warning)
            if lost := self._index.repair(self._warc_folder):
                self._warn(f"{lost} archive file(s) are gone or shorter than they were; their pages are fetched again.")
            archived = [archive.run_of(name) for name in archive.files(self._warc_folder)]
            self._run_log = RunLog(self._tables, memory.refusals, archived, as_of=self._as_of, warn=self._warn)
            self._archive = Archive(self._warc_folder, archive.file_name(self._run_log.number, self._as_of))
            self._flush()
        except BaseException:
            self._tables.close()
            raise

    def _flush_if_due(self) -> None:
        if self._tables.waiting >= FLUSH_ROWS:
            self._flush()

    def _flush(self) -> None:
        # Archive first: the index must never refer to records that are not on disk.
        self._archive.sync()
        if self._archive.size:
            self._tables.put(tables.FILES, (archive.file_name(self._run_log.number, self._as_of), self._archive.size))
        self._tables.flush()

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings = (*self.warnings, sentence)
