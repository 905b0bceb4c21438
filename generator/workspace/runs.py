"""The log of runs: number of the present run, its refusals, results of finished runs, failing hosts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from generator.records import FailingHost, PastRun, Refusal, Url
from generator.workspace import tables
from generator.workspace.database import as_text
from generator.workspace.tables import Tables

_failing_hosts: msgspec.json.Decoder[FailingHost] = msgspec.json.Decoder(FailingHost)
_runs: msgspec.json.Decoder[PastRun] = msgspec.json.Decoder(PastRun)


class RunLog:
    """Runs by number and date, and the refusals of the present one.

    Attributes:
        number: number of the present run, from 1.
    """

    def __init__(
        self,
        store: Tables,
        refusals: Iterable[tuple[Refusal, int]],
        archived: Sequence[tuple[int, date]],
        *,
        as_of: date,
        warn: Callable[[str], None],
    ) -> None:
        """Resume an unfinished run of the same date, or begin a new one.

        Args:
            store: the open database.
            refusals: every stored refusal with the number of its run.
            archived: number and date of each run with a file in the archive, in order.
            as_of: the date of this run.
            warn: receives sentences for the report.
        """
        self._tables, self._as_of, self._warn = store, as_of, warn
        noted = store.rows(tables.RUNS)
        self.number = self._begin(archived, {(number, day) for day, number, _ in noted})
        self._days = dict(archived) | {number: date.fromisoformat(day) for day, number, _ in noted}
        known = tuple(refusals)
        self._refused = {refusal.url: refusal for refusal, run in known if run == self.number}
        self._before = {refusal.url: (refusal, run) for refusal, run in known if run < self.number}

    def _begin(self, archived: Sequence[tuple[int, date]], finished: set[tuple[int, str]]) -> int:
        """The number of the resumed or the new run."""
        noted = self._tables.row(tables.META, "open run")
        if noted is None and archived and (archived[-1][0], archived[-1][1].isoformat()) not in finished:
            noted = (
                "open run",
                f"{archived[-1][0]} {archived[-1][1].isoformat()}",
            )  # the note was lost, the archive was not
        if noted is not None and noted[1].endswith(f" {self._as_of.isoformat()}"):
            return int(noted[1].split()[0])
        highest: int = max([0, *(number for number, _ in archived), *(number for number, _ in finished)])
        if noted is not None and noted[1]:
            highest = max(highest, int(noted[1].split()[0]))
        self._tables.put(tables.META, ("open run", f"{highest + 1} {self._as_of.isoformat()}"))
        return highest + 1

    # ── this run ─────────────────────────────────────────────────────────────────────────────────

    def refused(self, url: Url) -> Refusal | None:
        """The refusal of an address in this run, or None."""
        return self._refused.get(url)

    def note_refusal(self, refusal: Refusal) -> None:
        """Store a refusal of this run."""
        self._refused[refusal.url] = refusal
        self._tables.put(tables.REFUSALS, (refusal.url, self.number, as_text(refusal)))

    def close(self, run: PastRun) -> None:
        """Store the results of this run; the next opening begins a new one."""
        self._tables.put(tables.RUNS, (run.as_of.isoformat(), self.number, as_text(run)))
        self._tables.put(tables.META, ("open run", ""))

    # ── before it ────────────────────────────────────────────────────────────────────────────────

    def refused_before(self, url: Url, *, days: int) -> Refusal | None:
        """The refusal of an address in a run of the given days before this one, or None."""
        known = self._before.get(url)
        return known[0] if known is not None and self.is_recent(known[1], days) else None

    def is_recent(self, run: int, days: int) -> bool:
        """Whether a run took place in the given days before this one; False for a run in the future (wrong clock)."""
        day = self._days.get(run)
        return day is not None and timedelta() < self._as_of - day <= timedelta(days=days)

    def runs(self) -> list[PastRun]:
        """Results of finished runs, oldest first; unreadable ones cause a warning and are left out."""
        found = []
        for as_of, _, body in self._tables.rows(tables.RUNS):
            try:
                found.append(_runs.decode(body))
            except msgspec.DecodeError:
                self._warn(f"The run of {as_of} was written by another version and is left out of the comparison.")
        return found

    def failing_hosts(self) -> dict[str, FailingHost]:
        """Hosts that failed in the last nights with requests to them, by name."""
        found = {}
        for host, text in self._tables.rows(tables.FAILING_HOSTS):
            with contextlib.suppress(msgspec.DecodeError):  # written by another version: the host is requested as usual
                found[host] = _failing_hosts.decode(text)
        return found

    def save_failing_hosts(self, hosts: Iterable[FailingHost]) -> None:
        """Replace the stored failing hosts by the given ones."""
        after = {failing.host: failing for failing in hosts}
        self._tables.remove(tables.FAILING_HOSTS, set(self.failing_hosts()) - set(after))
        for host, failing in after.items():
            self._tables.put(tables.FAILING_HOSTS, (host, as_text(failing)))
