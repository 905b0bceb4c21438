"""Earlier runs and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.records.ids import CircleId, PersonId, SiteId, Url


@dataclass(frozen=True, slots=True)
class PastPerson:
    """The result of one run for one person, as the history stores it."""

    person: PersonId
    name: str
    rank: int
    standing: float
    circle: CircleId
    shortlist: int | None
    last_on: date | None
    levels: tuple[tuple[str, float], ...]  # signal name → level × weight
    values: tuple[tuple[str, float], ...] = ()  # signal name → raw value; empty in runs kept by older versions
    sites: tuple[SiteId, ...] = ()  # likewise


@dataclass(frozen=True, slots=True)
class PastRun:
    """The verdict of one run."""

    as_of: date
    people: tuple[PastPerson, ...]
    citations: tuple[tuple[PersonId, PersonId, Url], ...]  # among the short list, citing, cited, post


class ChangeKind(StrEnum):
    """What changed about a person between two runs."""

    NEW = "new"
    LISTED = "listed"
    UNLISTED = "unlisted"
    GONE = "gone"
    SILENT = "silent"
    BACK = "back"
    MOVED = "moved"
    CITED = "cited"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, as a sentence with what it rests on."""

    kind: ChangeKind
    person: PersonId
    name: str
    sentence: str
    url: Url | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Between the run of `since` (None: there was none) and that of `until`."""

    since: date | None
    changes: tuple[Change, ...]
    until: date | None = None
