"""Terms, bursts, conversation trees, first mentions and tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.records.graph import CitationFunction
from generator.records.ids import PersonId, Url


class ItemKind(StrEnum):
    """What an item of the conversation is: a counted term, a phrase, a link or a person."""

    TERM = "term"
    PHRASE = "phrase"
    LINK = "link"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Trend:
    """A term, link or person over the window: on-topic posts that use, share or cite it, newest last."""

    term: str  # as shown: the term, the link's title, the person's name
    counts: tuple[int, ...]  # by `Conversation.periods`
    total: int
    change: float  # last quarter of the window against the rest, as log2 ratio of rates
    people: tuple[PersonId, ...]  # who use, share or cite it, most posts first
    kind: ItemKind = ItemKind.TERM  # not PHRASE
    ref: str = ""  # address or person id
    fine: tuple[int, ...] = ()  # the same by `Conversation.fine`


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch in which a term, link or person is used, shared or cited well beyond habit (Kleinberg's two states)."""

    term: str  # as shown
    start: date
    end: date
    weight: float
    posts: tuple[Url, ...]  # oldest first, at most a dozen
    kind: ItemKind = ItemKind.TERM  # not PHRASE
    ref: str = ""  # address or person id
    count: int = 0  # posts in all
    people: int = 0


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A post in a conversation: `parent` is None for the earliest known post."""

    post: Url
    author: PersonId
    title: str
    on: date | None
    parent: Url | None
    depth: int
    quote: str
    function: CitationFunction = CitationFunction.MENTIONS  # what it does with its parent
    continues: bool = False  # its replies are a conversation of their own


@dataclass(frozen=True, slots=True)
class ConversationTree:
    """Posts that took one another up, in order."""

    root: Url
    nodes: tuple[TreeNode, ...]
    people: int


@dataclass(frozen=True, slots=True)
class TrendingItem:
    """Something many spoke of lately: a person, a phrase or a link, with how many people did."""

    kind: ItemKind  # not TERM
    label: str
    ref: str  # person id, phrase or address
    people: int
    posts: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """A person's first post with a link or phrase; `credits_first` where it links to the first post."""

    person: PersonId
    post: Url
    on: date
    credits_first: bool = False


@dataclass(frozen=True, slots=True)
class FirstMention:
    """A link or rare phrase that several people used: the first known use and the later ones, by date."""

    kind: ItemKind  # LINK or PHRASE
    label: str
    ref: str  # address, or the phrase
    shares: tuple[Adoption, ...]  # one a person, oldest first
    quote: str = ""  # the first one's sentence


@dataclass(frozen=True, slots=True)
class TagPerson:
    """A person under a tag: posts filed under it, or (`filed` False) posts that use its words."""

    person: PersonId
    posts: int
    latest: Url
    latest_on: date | None
    filed: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """What the circle files posts under. `id` is a file name; `cited` are its most cited posts with their citers."""

    id: str
    name: str
    people: tuple[TagPerson, ...]  # those who file first, then by posts
    posts: int
    counts: tuple[int, ...]  # by `Conversation.periods`
    change: float
    cited: tuple[tuple[Url, tuple[PersonId, ...]], ...]
    from_phrases: bool  # not a tag: a key phrase of authors who do not tag


class PeriodUnit(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the circle talks about, now and over the window. `periods` are the first days of weeks, months or
    quarters that all trends are drawn by, `fine` those of the weeks or months they are counted by.
    """

    periods: tuple[date, ...]
    trends: tuple[Trend, ...]
    bursts: tuple[Burst, ...]
    trees: tuple[ConversationTree, ...]
    lately: tuple[TrendingItem, ...]
    recent_window: tuple[date, date]
    posts_per_period: tuple[int, ...] = ()
    unit: PeriodUnit = PeriodUnit.MONTH
    fine: tuple[date, ...] = ()
    first_mentions: tuple[FirstMention, ...] = ()
    tags: tuple[Tag, ...] = ()
