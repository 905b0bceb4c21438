"""What a profile says of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.records.contact import Door
from generator.records.extract import Quotation
from generator.records.ids import PersonId, Url


class Direction(StrEnum):
    """Which way an activity goes: the last half-year against their own habit."""

    RISING = "rising"
    STEADY = "steady"
    FADING = "fading"
    SILENT = "silent"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Period:
    """A month (first day) with counts."""

    start: date
    posts: int
    on_topic: int
    citations: int = 0  # received


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term that sets a person apart: `weight` is the z of log-odds with an informative prior."""

    text: str
    weight: float
    posts: int
    example: Url | None = None


@dataclass(frozen=True, slots=True)
class RecommendedPost:
    """A post to read first, and why."""

    post: Url
    title: str
    on: date | None
    why: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """Rhythm; None where fewer than five dated posts (weekday, hour) or two (interval)."""

    median_days_between: float | None
    weekday: str | None
    hour: int | None  # 0–23 in the time zone their posts are stamped in
    posts_last_year: int
    zoned: bool = True  # False: all stamps are UTC, which tells nothing of where they live


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """True by definition, over their on-topic posts in the window; shares are per sentence or word, 0–1."""

    words: int  # of the latest posts, code left out: what the rates rest on; the median is over all posts
    median_words: int
    words_per_sentence: float
    questions: float  # share of sentences that ask
    hedges_per_1000: float
    i_per_1000: float
    we_per_1000: float
    you_per_1000: float
    links_per_1000: float
    circle_median_words: int
    tone: str  # one sentence put together from the facts
    long_share: float = 0.0  # of their posts, those of 1,200 words and more
    circle_long_share: float = 0.0  # the same of all posts of the circle
    circle_words_per_sentence: float = 0.0  # median of the circle's writers
    circle_links_per_1000: float = 0.0  # likewise


@dataclass(frozen=True, slots=True)
class FirstCitation:
    """The first known citation of a newcomer."""

    person: PersonId
    post: Url
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Generosity:
    """How a person cites others: `credits` of their `given` citations credit, thank or praise.

    `circle_share` is the median share of the circle's writers; None where too few cite enough.
    """

    newcomers: tuple[FirstCitation, ...]  # latest first
    credits: int
    given: int
    circle_share: float | None


class Tercile(StrEnum):
    """The third of the other authors that a person's value falls into."""

    LOWER = "lower"
    MIDDLE = "middle"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class TraitEvidence:
    """A word list behind a trait: whether they use it `more` than the others, and whether that `raises` the trait."""

    category: str
    words: tuple[str, ...]  # theirs, most used first
    more: bool
    raises: bool


@dataclass(frozen=True, slots=True)
class Trait:
    """One of the Big Five as the writing suggests it. `name` is O, C, E, A or N (emotional tone)."""

    name: str
    band: Tercile
    place: float  # share of the other writers whose score is lower, 0–1
    range: tuple[float, float]  # of eight in ten re-counts
    score: float
    behind: tuple[TraitEvidence, ...]


@dataclass(frozen=True, slots=True)
class ValueScore:
    """How much a person writes of a subject: the share of the other authors who write less of it, in [0, 1]."""

    name: str
    place: float


@dataclass(frozen=True, slots=True)
class PersonalityReading:
    """A weak inference from writing style, over the posts on the topic in the window; never part of a rank."""

    person: PersonId
    language: str
    words: int
    posts: int
    tentative: bool
    compared_with: int  # other writers
    traits: tuple[Trait, ...]
    needs: tuple[ValueScore, ...]
    values: tuple[ValueScore, ...]


@dataclass(frozen=True, slots=True)
class ProfileInsight:
    """What a profile says beyond standing."""

    person: PersonId
    phrases: tuple[Phrase, ...]
    tags: tuple[str, ...]
    read_first: tuple[RecommendedPost, ...]
    questions: tuple[Quotation, ...]  # what they ask
    champions: tuple[Quotation, ...]  # what they speak up for
    activity: tuple[Period, ...]
    direction: Direction
    direction_because: str
    cadence: Cadence
    style: StyleFacts | None  # None: too few words
    door: Door
    early_citations: tuple[PersonId, ...]  # people they cited before most others did
    wishes: tuple[Quotation, ...] = ()  # what they wish for, in their words
    generosity: Generosity | None = None  # None: the person cites no one
