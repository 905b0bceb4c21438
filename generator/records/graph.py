"""Citations, ties, centrality and circles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.records.ids import CircleId, PersonId, Url


class CitationFunction(StrEnum):
    """What a citation does; anything unsure is `MENTIONS`."""

    CREDITS = "credits"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    THANKS = "thanks"
    REPLIES = "replies"
    LISTS = "lists"
    QUOTES = "quotes"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Citation:
    """One body link from a person's post to another person: edges run citing → cited."""

    citing: PersonId
    cited: PersonId
    post: Url  # the citing post
    post_title: str
    target: Url
    target_post: Url | None  # the cited post, if the link names one we know
    published_on: date | None
    quote: str  # the sentence that contains the link, verbatim, at most 280 characters
    citing_relevance: float
    cited_relevance: float
    in_window: bool
    function: CitationFunction = CitationFunction.MENTIONS
    counts: float = 0.0  # what it adds to the tie's strength; 0: off topic, too old, or its week already counted


@dataclass(frozen=True, slots=True)
class Tie:
    """All citations of one pair, as trust: `strength` decayed and topical, `weight` after reciprocity
    and saturation (0–3).
    """

    citing: PersonId
    cited: PersonId
    strength: float
    weight: float
    citations: int


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where somebody stands between others, by the ties alone.

    `betweenness` is the share of shortest paths between others that run through them, 0–1;
    `constraint` Burt's constraint, low for those between circles; None: no tie, not defined.
    """

    person: PersonId
    betweenness: float
    constraint: float | None


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """The citation network among `people` (ids in sorted order).

    `half_life_days` is the one the ties were decayed by; `centrality` one record for each of `people`.
    `secondary_citations`: further citations of the same person in one post; shown, never counted.
    """

    people: tuple[PersonId, ...]
    citations: tuple[Citation, ...]
    ties: tuple[Tie, ...]
    half_life_days: float = 91.0
    centrality: tuple[Centrality, ...] = ()
    secondary_citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleMember:
    """Membership of a circle with its stability: the share of runs that keep them with its core."""

    person: PersonId
    stability: float
    core: bool  # among the members most cited inside the circle


@dataclass(frozen=True, slots=True)
class Circle:
    """A community, named by its own vocabulary; `others` gathers those in no circle of three or more."""

    id: CircleId
    name: str
    terms: tuple[str, ...]
    members: tuple[CircleMember, ...]
    bridges: tuple[tuple[CircleId, float], ...]  # other circles and the share of tie weight going there
    central: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Circles:
    """The partition: every person in exactly one circle."""

    circles: tuple[Circle, ...]
    resolution: float
    stability: float  # mean adjusted Rand index between seeds
    modularity: float

    def circle_of(self) -> Mapping[PersonId, CircleId]:
        """Which circle each person is in."""
        return {member.person: circle.id for circle in self.circles for member in circle.members}
