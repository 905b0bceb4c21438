"""The keys of a topic file as frozen models: names, defaults, ranges and descriptions.

The JSON Schema and the table in config/README.md are generated from these descriptions. Checks of single values are in
`values`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from generator.config.values import (
    ACCENTS,
    Accent,
    Address,
    ContactPoint,
    Language,
    Seed,
    Text,
)
from generator.records import HistoryEntry
from generator.signals import SIGNALS
from generator.text import is_latin, slug

__all__ = ["ACCENTS"]


class Section(BaseModel):
    """Base class of all sections: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)


class TopicSection(Section):
    """What the report is about."""

    name: Text = Field(description="The topic's name, as it heads the report.")
    keywords: tuple[Text, ...] = Field(
        min_length=1,
        description="Words and phrases people in this topic use; phrases are matched as phrases. "
        "Ten well-chosen ones are enough.",
    )
    description: str = Field("", description="One or two sentences about the topic; counts a quarter of a keyword.")
    exclude: tuple[Text, ...] = Field(
        (), description="Words that show that a post is about another topic of the same name."
    )
    languages: tuple[Language, ...] = Field(
        (), description="Two-letter codes of the languages to include; empty includes all."
    )
    since: dt.date | None = Field(
        None, description="First day of the analysed period; default: the last 24 months of the posts found."
    )


class Crawl(Section):
    """Extent of the crawl, delays and limits."""

    contact: ContactPoint | None = Field(
        None,
        description="A page or an e-mail address where site owners reach you; goes into the User-Agent. "
        "Required for live crawls, not needed with --replay.",
    )
    hops: int = Field(2, ge=0, le=5, description="Follow citations this many steps from the seeds.")
    max_sites: int = Field(300, ge=1, le=20_000, description="Maximum number of sites to crawl.")
    max_pages_per_site: int = Field(
        150, ge=1, le=5_000, description="Maximum number of pages and feeds per site and run."
    )
    delay_s: float = Field(
        1.0,
        ge=0,
        le=60,
        description="Seconds between two requests to one host; a longer delay in robots.txt takes precedence.",
    )
    max_requests: int | None = Field(
        None, ge=1, le=10_000_000, description="Maximum number of requests per run; the rest waits for the next run."
    )
    max_minutes: float = Field(
        180.0,
        gt=0,
        le=10_080,
        description="Maximum crawl time in minutes; the report is then built from what was fetched.",
    )
    keep_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        description="Minimum days to keep archived pages; older ones are deleted unless the report cites them. "
        "Default: kept indefinitely.",
    )


class Override(Section):
    """One correction by the analyst under `people:`; keys can be combined."""

    same: tuple[Address, ...] = Field((), description="Addresses of sites that belong to one person.")
    site: Address | None = Field(
        None,
        description="Address of the site whose owner the other keys describe, if `same` is not used.",
    )
    name: Text | None = Field(None, description="The name to show.")
    kind: Literal["person", "organisation", "aggregator"] | None = Field(
        None, description="What the owner of the site is."
    )
    leave_out: Address | None = Field(
        None,
        description="A site that is never crawled and never shown; takes precedence over all other keys. Its owner is "
        "also removed from the state folder. A salted hash in `left-out.json` there keeps the owner out after this "
        "line is deleted; deleting that file undoes it, for all people left out. `name:` in the same entry adds a name "
        "or spelling that only other people use.",
    )
    keep: Address | None = Field(None, description="Crawl this site fully even if it would be rejected.")
    friend: bool = Field(
        default=False, description="A person you already know: never short-listed; introductions may start from them."
    )
    reason: str = Field("", description="The reason, for the next reader of this file; not shown in the report.")

    @model_validator(mode="after")
    def _has_subject_and_statement(self) -> Override:
        """Reject an entry without an address, or without a statement about it."""
        if self.leave_out or self.keep:
            return self
        if not (self.same or self.site):
            raise PydanticCustomError("of_whom", "does not say of whom: add `site:` or `same:` with their address")
        if self.same and len(self.same) < 2 and not (self.name or self.kind or self.friend):
            raise PydanticCustomError("one_alone", "joins one address with nothing: list at least two under `same:`")
        if self.site and not (self.name or self.kind or self.friend):
            raise PydanticCustomError("no_word", "says nothing about them: add `name:`, `kind:` or `friend: true`")
        return self


class SignalWeights(Section):
    """Shares of the score, each 0 to 1; they are divided by their sum. The method page explains each signal."""

    @model_validator(mode="after")
    def _has_positive_weight(self) -> SignalWeights:
        """Reject weights that are all 0, because they are divided by their sum."""
        if not any(self.model_dump().values()):
            raise PydanticCustomError("all_zero", "are all 0: raise at least one, or drop `weights:` for the defaults")
        return self


if TYPE_CHECKING:
    Weights = SignalWeights
else:  # one key for each signal
    Weights = create_model(
        "Weights",
        __base__=SignalWeights,
        __doc__=SignalWeights.__doc__,
        **{
            signal.name: (
                float,
                Field(signal.default_weight, ge=0, le=1, description=f"{signal.summary} {signal.limits}"),
            )
            for signal in SIGNALS
        },
    )


class Scoring(Section):
    """Weights of the signals, and the half-life of citations."""

    weights: Weights = Field(Weights(), description="Shares of the score.")
    half_life_days: float | None = Field(
        None,
        gt=0,
        le=36_500,
        description="Days after which a citation counts half; default: 91 days or a quarter of the window, "
        "whichever is longer.",
    )


class ShortlistSection(Section):
    """The set of people worth approaching first."""

    size: int = Field(12, ge=1, le=50, description="Maximum number of people on the short list.")
    skip_closed_doors: bool = Field(
        default=True, description="Leave people off the short list who say they do not want to be contacted."
    )


class InsightSection(Section):
    """Optional analyses of what people write."""

    personality: bool = Field(
        default=False,
        description="Read the Big Five from people's writing, for those with 1,200 words or more: a weak inference, "
        "shown as such on profiles, never part of a rank or of the brief. The method page says how weak.",
    )


class Brief(Section):
    """The campaign in the client's own words; the outreach brief is written for it."""

    client: str = Field("", description="The client who wants to make contact.")
    story: str = Field("", description="The client's message, in a sentence or two.")
    offer: tuple[Text, ...] = Field((), description="What the client can give: samples, access, help, money.")
    region: str = Field(
        "",
        description="Where the people live or the client does business, such as uk, eu or us; "
        "determines the legal duties listed.",
    )
    known: tuple[Address, ...] = Field(
        (), description="Sites of people you already know; introductions start from them."
    )
    never_contact: tuple[Address, ...] = Field(
        (), description="Sites of people not to contact: shown in the report, never on the short list."
    )


class SiteSection(Section):
    """Appearance and address of the report."""

    title: Text | None = Field(None, description="Title of the report; default: “Who matters in” and the topic's name.")
    url: Address | None = Field(None, description="Address the report will be published at; used in its Atom feed.")
    logo: Path | None = Field(None, description="An image file to show in the header, relative to this file.")
    accent: Accent = Field("indigo", description="Colour of links and buttons: a Material colour name.")
    show_relationships: bool = Field(
        default=False, description="Show the relationship log in the hosted report too, not only in the zip."
    )


class Topic(Section):
    """A topic file of whomatters: the topic, where the crawl starts, and the purpose of the report."""

    topic: TopicSection = Field(description="What the report is about.")
    seeds: tuple[Seed, ...] = Field(
        min_length=1,
        description="Where the crawl starts: addresses of blogs, feeds or OPML files, an OPML file beside this one, "
        "or source:query such as hn:rust.",
    )
    crawl: Crawl = Field(Crawl(), description="Extent of the crawl, delays and limits.")
    people: tuple[Override, ...] = Field(
        (), description="Manual corrections: which sites belong to one person, which are not a person, who is left out."
    )
    scoring: Scoring = Field(Scoring(), description="Weights of the signals, and the half-life of citations.")
    shortlist: ShortlistSection = Field(ShortlistSection(), description="The set of people worth approaching first.")
    insight: InsightSection = Field(InsightSection(), description="Optional analyses of what people write.")
    brief: Brief = Field(Brief(), description="The campaign that the outreach brief is written for.")
    relationships: Path | None = Field(
        None, description="A YAML file with your log of contacts, relative to this file; see config/README.md."
    )
    site: SiteSection = Field(SiteSection(), description="Appearance and address of the report.")

    @property
    def slug(self) -> str:
        """Folder and file name of the topic, `[a-z0-9-]+`: from its name, or a digest without Latin letters."""
        # Names without a Latin letter keep a digest: two of them can be written alike, and each has its own folder.
        latin = any(char.isalnum() and is_latin(char) for char in self.topic.name)
        plain = slug(self.topic.name) if latin else ""
        return plain or "topic-" + hashlib.sha256(self.topic.name.encode()).hexdigest()[:8]


class HistoryLine(Section):
    """One entry of a relationships file: a contact with a person, its date and what was said."""

    person: Text = Field(description="Their address, name, or the name of their profile's file.")
    date: dt.date = Field(description="The day it happened.")
    channel: Text = Field(description="How: email, call, meeting, comment, event.")
    direction: Literal["in", "out", "both"] = Field(description="Who spoke: they to us (in), we to them (out), both.")
    said: Text = Field(description="What was said, in a sentence.")
    promised: str = Field("", description="What we promised.")
    next: str = Field("", description="What comes next.")
    due: dt.date | None = Field(None, description="By when.")

    def entry(self) -> HistoryEntry:
        """The entry as a record."""
        return HistoryEntry(
            person=self.person,
            on=self.date,
            channel=self.channel,
            direction=self.direction,
            said=self.said,
            promised=self.promised,
            next_step=self.next,
            due_on=self.due,
        )
