"""Citations, ties, centrality and circles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.records.corpus import ON_TOPIC
from generator.records.ids import CircleId, PersonId, Url


class CitationFunction(StrEnum):
    """What a citation does with the cited person; `MENTIONS` where no rule decides."""

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
    """One body link from a person's post to another person: edges run citing → cited.

    `citing_relevance` and `cited_relevance` are topical relevances in [0, 1].
    `weight` is what the citation adds to the strength of its tie, at most 1. It is 0 for posts that are off topic
    or outside the window, and for all but the strongest citation of a pair in one week.
    """

    citing: PersonId
    cited: PersonId
    post: Url  # the citing post
    post_title: str
    target: Url
    target_post: Url | None  # the cited post; None: the link names no post of the corpus
    published_on: date | None
    quote: str  # the sentence that contains the link, verbatim, at most 280 characters
    citing_relevance: float
    cited_relevance: float
    in_window: bool
    weight: float = 0.0

    @property
    def citing_on_topic(self) -> bool:
        """Whether the citing post is about the topic."""
        return self.citing_relevance >= ON_TOPIC


@dataclass(frozen=True, slots=True)
class LabelledCitation(Citation):
    """A citation with its function, read from the sentence around the link."""

    function: CitationFunction = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Tie:
    """All citations of one ordered pair of people.

    `strength` is the sum of the citation weights. `weight`, in [0, 3], is the strength after the discount for
    reciprocity and after saturation. `citations` is the number of on-topic citations inside the window.
    """

    citing: PersonId
    cited: PersonId
    strength: float
    weight: float
    citations: int


@dataclass(frozen=True, slots=True)
class Centrality:
    """Position of a person between others, computed from the ties alone.

    `betweenness` is the share of shortest paths between two others that pass through the person, in [0, 1].
    `constraint` is Burt's constraint: low for a person between circles, None for a person without ties.
    """

    person: PersonId
    betweenness: float
    constraint: float | None


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """The citation network among `people` (ids in sorted order), as `build_graph` returns it.

    Its citations have no function yet. Scoring takes a `LabelledGraph`.

    `half_life_days` is the half-life of the ties. `centrality` has one record for each of `people`.
    `secondary_citations` are further citations of the same person in one post. They are shown and have no weight.
    """

    people: tuple[PersonId, ...]
    citations: tuple[Citation, ...]
    ties: tuple[Tie, ...]
    half_life_days: float = 91.0
    centrality: tuple[Centrality, ...] = ()
    secondary_citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledGraph(CitationGraph):
    """The citation network with the function of every citation, as `label_citation_functions` returns it."""

    citations: tuple[LabelledCitation, ...]
    secondary_citations: tuple[LabelledCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleMember:
    """Membership of a circle; `stability` is the share of runs that keep the person with the circle's core."""

    person: PersonId
    stability: float
    core: bool  # one of the members most cited inside the circle


@dataclass(frozen=True, slots=True)
class Circle:
    """A community, named by its own vocabulary; `others` collects the people in no circle of three or more."""

    id: CircleId
    name: str
    terms: tuple[str, ...]
    members: tuple[CircleMember, ...]
    bridges: tuple[tuple[CircleId, float], ...]  # other circles and the share of tie weight that leads there
    central: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Circles:
    """The partition: every person in exactly one circle."""

    circles: tuple[Circle, ...]
    resolution: float
    stability: float  # mean adjusted Rand index between runs with different seeds
    modularity: float

    def circle_of(self) -> Mapping[PersonId, CircleId]:
        """The circle of each person."""
        return {member.person: circle.id for circle in self.circles for member in circle.members}
