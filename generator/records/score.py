"""Signals, standings, evidence and the short list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.records.graph import CitationFunction
from generator.records.ids import Dropped, PersonId, Url


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of a person.

    `value` is the raw value in the unit of the signal, `level` its robust z-score, not clipped. `weight` is the share
    of the score, 0 for signals that are shown and not counted. `rank_without` is the rank without this signal.
    """

    name: str
    value: float
    level: float
    weight: float
    rank_without: int | None  # None: weight 0, nothing would change
    explanation: str  # a sentence with the raw figure in words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation of a person as it is shown: function, citing person, post, day and quotation."""

    kind: CitationFunction
    by: PersonId
    post: Url
    title: str
    on: date | None
    quote: str
    target: Url


@dataclass(frozen=True, slots=True)
class Standing:
    """The result of one person: `standing` in [0, 1] is a monotone map of `score`, `interval` its 80 % range."""

    person: PersonId
    rank: int
    tier: int  # 1 is the top; the ranges of people of one tier overlap
    score: float
    standing: float
    interval: tuple[float, float]
    rank_interval: tuple[int, int]
    signals: tuple[Signal, ...]
    trusted: bool  # False: no path of citations leads from the seeds to the person, who ranks below those with one
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
    """A place on the short list.

    `adds` is the share of all trust that this person reaches and the entries above do not. `reaches` lists the people
    reached, the largest gain first.
    """

    person: PersonId
    place: int
    adds: float
    covered: float  # share reached by the list up to and including this place
    reaches: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A person of high rank who is not on the short list, with the reason."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The short list. `most_linked_coverage` is the coverage of as many of the most linked people, for comparison."""

    entries: tuple[ShortlistEntry, ...]
    near_misses: tuple[NearMiss, ...]
    coverage: float
    most_linked_coverage: float
    most_linked: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of scoring. `standings` are in rank order, persons before organisations and aggregators."""

    standings: tuple[Standing, ...]
    shortlist: Shortlist
    weights: tuple[tuple[str, float], ...]
    half_life_days: float
    trusted_share: float  # share of on-topic people with any trust
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
