"""Signals, standings, evidence and the short list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.records.graph import CitationFunction
from generator.records.ids import Dropped, PersonId, Url


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a standing.

    `value` is raw, in `unit`; `level` its robust z, unclipped; `weight` its share of the score (0 for
    those shown but not counted); `rank_without` where the person would stand were it left out.
    """

    name: str
    value: float
    level: float
    weight: float
    rank_without: int | None  # None: weight 0, nothing would change
    explanation: str  # a sentence with the raw figure in words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation as shown for a person: who said what of them, where and when."""

    kind: CitationFunction
    by: PersonId
    post: Url
    title: str
    on: date | None
    quote: str
    target: Url


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: `standing` in [0, 1] is a monotone map of `score`, `interval` its 80 % range."""

    person: PersonId
    rank: int
    tier: int  # 1 is the top; people of one tier cannot be told apart
    score: float
    standing: float
    interval: tuple[float, float]
    rank_interval: tuple[int, int]
    signals: tuple[Signal, ...]
    trusted: bool  # False: no path of citations from the seeds reaches them; listed below those it does
    silent: bool
    citers: tuple[PersonId, ...]  # distinct persons citing them in the window
    citers_180d: tuple[PersonId, ...]
    evidence: tuple[Evidence, ...]
    posts_total: int
    posts_on_topic: int
    first_on: date | None
    last_on: date | None
    silence_penalty: float = 0.0  # taken off the score for silence; part of `score`
    distance_penalty: float = 0.0  # taken off so that the untrusted stand below the trusted; part of `score`


@dataclass(frozen=True, slots=True)
class ShortlistEntry:
    """A place on the short list: `adds` is the share of the circle's trust they reach and those above
    do not, `people` whom they reach first.
    """

    person: PersonId
    place: int
    adds: float
    covered: float  # share reached by the list up to and including this place
    reaches: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Ranked high, not chosen, and why."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The set chosen together. `coverage` beside `most_linked_coverage`: as many of the most-linked."""

    entries: tuple[ShortlistEntry, ...]
    near_misses: tuple[NearMiss, ...]
    coverage: float
    most_linked_coverage: float
    most_linked: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that scoring says. `standings` in rank order, persons, organisations and aggregators alike."""

    standings: tuple[Standing, ...]
    shortlist: Shortlist
    weights: tuple[tuple[str, float], ...]
    half_life_days: float
    trusted_share: float  # share of on-topic people with any trust
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
