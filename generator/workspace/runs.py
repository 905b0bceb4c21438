"""Which run this is, what it was refused, and what finished runs and nights before it said."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from generator.records import FailingHost, PastRun, Refusal, Url
from generator.workspace import tables
from generator.workspace.database import as_text
from generator.workspace.tables import Tables

_troubles: msgspec.json.Decoder[FailingHost] = msgspec.json.Decoder(FailingHost)
_runs: msgspec.json.Decoder[PastRun] = msgspec.json.Decoder(PastRun)


class RunLog:
    """Runs by number and day. Of this one: its number, and what it was refused.

    Attributes:
        number: of this run, from 1.
    """

    def __init__(
        self,
        held: Tables,
        refusals: Iterable[tuple[Refusal, int]],
        archived: Sequence[tuple[int, date]],
        *,
        as_of: date,
        warn: Callable[[str], None],
    ) -> None:
        """Go on with a run of the same day that was not finished, or begin a new one.

        Args:
            held: the open database.
            refusals: every refusal noted in it, with its run.
            archived: number and day of each run that has a file in the archive, in order.
            as_of: the day of this run.
            warn: takes a sentence for the report.
        """
        self._tables, self._as_of, self._warn = held, as_of, warn
        noted = held.rows(tables.RUNS)
        self.number = self._begin(archived, {(number, day) for day, number, _ in noted})
        self._days = dict(archived) | {number: date.fromisoformat(day) for day, number, _ in noted}
        known = tuple(refusals)
        self._refused = {refusal.url: refusal for refusal, run in known if run == self.number}
        self._before = {refusal.url: (refusal, run) for refusal, run in known if run < self.number}

    def _begin(self, archived: Sequence[tuple[int, date]], finished: set[tuple[int, str]]) -> int:
        """The number of the run that goes on, or of a new one."""
        noted = self._tables.row(tables.META, "open run")
        if noted is None and archived and (archived[-1][0], archived[-1][1].isoformat()) not in finished:
            noted = ("open run", f"{archived[-1][0]} {archived[-1][1].isoformat()}")  # the note was lost, no archive
        if noted is not None and noted[1].endswith(f" {self._as_of.isoformat()}"):
            return int(noted[1].split()[0])
        highest: int = max([0, *(number for number, _ in archived), *(number for number, _ in finished)])
        if noted is not None and noted[1]:
            highest = max(highest, int(noted[1].split()[0]))
        self._tables.put(tables.META, ("open run", f"{highest + 1} {self._as_of.isoformat()}"))
        return highest + 1

    # ── this run ─────────────────────────────────────────────────────────────────────────────────

    def refused(self, url: Url) -> Refusal | None:
        """How an address was refused in this run; None where it was not."""
        return self._refused.get(url)

    def note_refusal(self, refusal: Refusal) -> None:
        """Note that an address gave nothing in this run."""
        self._refused[refusal.url] = refusal
        self._tables.put(tables.REFUSALS, (refusal.url, self.number, as_text(refusal)))

    def close(self, run: PastRun) -> None:
        """Its verdict becomes history; the next opening begins a new run."""
        self._tables.put(tables.RUNS, (run.as_of.isoformat(), self.number, as_text(run)))
        self._tables.put(tables.META, ("open run", ""))

    # ── before it ────────────────────────────────────────────────────────────────────────────────

    def refused_before(self, url: Url, *, days: int) -> Refusal | None:
        """How an address was refused in a run of the last days before this one; None where it was not."""
        known = self._before.get(url)
        return known[0] if known is not None and self.was_lately(known[1], days) else None

    def was_lately(self, run: int, days: int) -> bool:
        """Whether an earlier run was so lately; one from the future (a clock that jumped) was not."""
        day = self._days.get(run)
        return day is not None and timedelta() < self._as_of - day <= timedelta(days=days)

    def runs(self) -> list[PastRun]:
        """Verdicts of finished runs, oldest first; one that cannot be read is warned of and left out."""
        found = []
        for as_of, _, body in self._tables.rows(tables.RUNS):
            try:
                found.append(_runs.decode(body))
            except msgspec.DecodeError:
                self._warn(f"The run of {as_of} was written by another version and is left out of the comparison.")
        return found

    def troubles(self) -> dict[str, FailingHost]:
        """Hosts that failed in the last nights they were asked in, by name."""
        found = {}
        for host, text in self._tables.rows(tables.TROUBLES):
            with contextlib.suppress(msgspec.DecodeError):  # written by another version: the host is asked as usual
                found[host] = _troubles.decode(text)
        return found

    def keep_troubles(self, troubles: Iterable[FailingHost]) -> None:
        """Keep which hosts are failing; those that are not named fail no longer."""
        after = {trouble.host: trouble for trouble in troubles}
        self._tables.remove(tables.TROUBLES, set(self.troubles()) - set(after))
        for host, trouble in after.items():
            self._tables.put(tables.TROUBLES, (host, as_text(trouble)))
