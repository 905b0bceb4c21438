"""The whole report, and the site rendered from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.records.brief import HistoryEntry, Relationship, Worksheet
from generator.records.conversation import Conversation, TrendingItem
from generator.records.corpus import Corpus
from generator.records.crawl import SourceOutcome, StaleHost
from generator.records.extract import Quotation
from generator.records.graph import Circles, LabelledGraph
from generator.records.history import Changes, PastRun
from generator.records.ids import CircleId, PersonId
from generator.records.profile import PersonalityReading, ProfileInsight
from generator.records.score import Judgement


class AnalysisKind(StrEnum):
    """An analysis that needs the data files of a language; the value is how a page names it."""

    CITATION_FUNCTIONS = "what citations do"
    CONTACT_POLICIES = "contact policies"
    TERMS = "key phrases and trends"
    STATEMENTS = "questions, wishes and stances"
    STYLE = "writing style"
    BRIEF = "the client’s story and offers"
    PERSONALITY = "the personality reading"


@dataclass(frozen=True, slots=True)
class NotAnalysed:
    """Posts that one analysis left out, because no data files for their language ship.

    `posts` counts own pages for CONTACT_POLICIES and is 0 for BRIEF.
    """

    what: AnalysisKind
    language: str  # ISO 639-1; "" where it was not detected
    posts: int


@dataclass(frozen=True, slots=True)
class Insight:
    """All that insight says."""

    profiles: tuple[ProfileInsight, ...]
    rationales: tuple[tuple[PersonId, str], ...]  # one sentence a person
    conversation: Conversation
    worksheets: tuple[Worksheet, ...]
    changes: Changes  # since the run before
    verdict: PastRun  # what history keeps of this run
    earlier: tuple[Changes, ...] = ()  # from runs before that one to this one, latest first
    steps: tuple[Changes, ...] = ()  # from each run to the next, up to the run before, latest first
    circle_questions: tuple[tuple[CircleId, tuple[Quotation, ...]], ...] = ()
    circle_links: tuple[tuple[CircleId, tuple[TrendingItem, ...]], ...] = ()
    relationships: tuple[Relationship, ...] = ()  # those with the nearest due date first
    personalities: tuple[PersonalityReading, ...] = ()  # only where the topic asks for it
    not_analysed: tuple[NotAnalysed, ...] = ()  # by analysis, then language


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run did, as numbers that reconcile."""

    sites_tried: int
    sites_reached: int
    sites_on_topic: int
    posts: int
    on_topic_posts: int
    citations: int
    people: int
    requests: int = 0
    not_modified: int = 0
    refusals: tuple[tuple[str, int], ...] = ()  # reason → count


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report is rendered from."""

    as_of: date
    corpus: Corpus
    graph: LabelledGraph
    circles: Circles
    judgement: Judgement
    insight: Insight
    counts: Counts
    floors_missed: tuple[str, ...] = ()  # sentences; not empty means exit code 3
    history: tuple[HistoryEntry, ...] = field(default=())
    sources: tuple[SourceOutcome, ...] = ()  # in the order of the topic's seeds
    stale_hosts: tuple[StaleHost, ...] = ()  # hosts that failed and are shown from what they said before


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One HTML page body for the theme. `path` is relative, like `people/ada-example.html`."""

    path: str
    title: str
    body: str
    description: str = ""
    search_text: str = ""  # what site search may find; names, whys and titles only
    in_navigation: bool = False


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One file copied as it is."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The whole site before publishing. `handoff_pages` replace pages of the same path in the zip only."""

    title: str
    pages: tuple[RenderedPage, ...]
    files: tuple[RenderedFile, ...]
    handoff_pages: tuple[RenderedPage, ...] = ()
