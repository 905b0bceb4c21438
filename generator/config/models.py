"""The keys of a topic file as frozen models: names, defaults, ranges and what each key means.

The descriptions here are the only ones: the JSON Schema and the table in config/README.md are made of
them. Reads no file and knows no positions; what a value may look like is decided in `values`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
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
from generator.text import slug

__all__ = ["ACCENTS"]


class Section(BaseModel):
    """Common manners of every section: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)


class TopicSection(Section):
    """What the report is about."""

    name: Text = Field(description="The topic's name, as it heads the report.")
    keywords: tuple[Text, ...] = Field(
        min_length=1,
        description="Words and phrases people in this topic use; phrases are matched as phrases. Ten good ones do.",
    )
    description: str = Field("", description="One or two sentences about the topic; counts half as much as a keyword.")
    exclude: tuple[Text, ...] = Field((), description="Words that show a post is about something else of this name.")
    languages: tuple[Language, ...] = Field(
        (), description="Two-letter codes of the languages to listen to; empty listens to all."
    )
    since: dt.date | None = Field(
        None, description="First day of the listening window; default: the last 24 months of what was found."
    )


class Crawl(Section):
    """How far and how politely to listen."""

    contact: ContactPoint | None = Field(
        None,
        description="A page or an e-mail address where site owners reach you; goes into the User-Agent. "
        "Required for live crawls, not needed with --replay.",
    )
    hops: int = Field(2, ge=0, le=5, description="Follow citations this many steps from the seeds.")
    max_sites: int = Field(300, ge=1, le=20_000, description="Sites to try at most.")
    max_pages_per_site: int = Field(150, ge=1, le=5_000, description="Pages and feeds to ask of one site at most.")
    delay_s: float = Field(
        1.0, ge=0, le=60, description="Seconds between two requests to one host; a longer robots.txt delay wins."
    )
    max_requests: int | None = Field(
        None, ge=1, le=10_000_000, description="Requests of one run at most; what is left waits for another night."
    )
    max_minutes: float = Field(
        180.0, gt=0, le=10_080, description="Minutes a run may listen; then it reports on what it has."
    )
    keep_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        description="Days that archived answers are kept at least; older ones go, but for what the report still rests "
        "on. Default: for ever.",
    )


class Override(Section):
    """One line of the analyst's hand under `people:`; keys combine freely."""

    same: tuple[Address, ...] = Field((), description="Addresses of sites that belong to one and the same person.")
    site: Address | None = Field(
        None,
        description="Address of the site whose owner the other keys speak of, where `same` is not used.",
    )
    name: Text | None = Field(None, description="The name to show for them.")
    kind: Literal["person", "organisation", "aggregator"] | None = Field(None, description="What they are.")
    leave_out: Address | None = Field(
        None,
        description="A site that is never heard and never shown; wins over everything else. Its owner is removed "
        "from the state folder too, and stays out by a salted hash when this line is gone. `name:` beside it adds "
        "a name or spelling that others use for them and their own pages do not.",
    )
    keep: Address | None = Field(None, description="A site to hear in full although the rules would leave it out.")
    friend: bool = Field(
        default=False, description="Somebody you already know: never short-listed, and a warm path may begin there."
    )
    reason: str = Field("", description="Why, for whoever reads this file next; shown nowhere else.")

    @model_validator(mode="after")
    def _says_something_of_somebody(self) -> Override:
        """A line without an object, or without a word about it, is a slip of the hand."""
        if self.leave_out or self.keep:
            return self
        if not (self.same or self.site):
            raise PydanticCustomError("of_whom", "does not say of whom: add `site:` or `same:` with their address")
        if self.same and len(self.same) < 2 and not (self.name or self.kind or self.friend):
            raise PydanticCustomError("one_alone", "joins one address with nothing: list at least two under `same:`")
        if self.site and not (self.name or self.kind or self.friend):
            raise PydanticCustomError("no_word", "says nothing about them: add `name:`, `kind:` or `friend: true`")
        return self


class Weights(Section):
    """Shares of the score, each 0 to 1; they are divided by their sum. The method page explains each signal."""

    reach: float = Field(0.25, ge=0, le=1, description="How far their posts travel through the circle.")
    resonance: float = Field(0.30, ge=0, le=1, description="How many trusted people take them up, and how often.")
    devotion: float = Field(0.25, ge=0, le=1, description="How much they write about the topic, once trusted.")
    trust: float = Field(0.10, ge=0, le=1, description="Standing in the citation network, seen from the seeds.")
    relevance: float = Field(0.10, ge=0, le=1, description="How much of what they write is about the topic.")
    originality: float = Field(0.0, ge=0, le=1, description="How often they say it first and others follow.")

    @model_validator(mode="after")
    def _something_counts(self) -> Weights:
        """Shares of nothing cannot be divided by their sum."""
        if not any(self.model_dump().values()):
            raise PydanticCustomError("all_zero", "are all 0: raise at least one, or drop `weights:` for the defaults")
        return self


class Scoring(Section):
    """What counts, and how fast it fades."""

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

    size: int = Field(12, ge=1, le=50, description="How many people the short list holds at most.")
    skip_closed_doors: bool = Field(
        default=True, description="Leave people who say they do not want to be approached off the short list."
    )


class InsightSection(Section):
    """What is read out of people's writing."""

    personality: bool = Field(
        default=False,
        description="Read the Big Five from people's writing, for those with 1,200 words or more: a weak inference, "
        "shown as such on profiles, never part of a rank or of the brief. The method page says how weak.",
    )


class Brief(Section):
    """What the outreach brief is written for: the campaign in the client's own words."""

    client: str = Field("", description="Who wants to get in touch.")
    story: str = Field("", description="What the client has to tell, in a sentence or two.")
    offer: tuple[Text, ...] = Field((), description="What the client can give: samples, access, help, money.")
    region: str = Field(
        "", description="Where the people live or the client does business, such as uk, eu or us: which duties apply."
    )
    known: tuple[Address, ...] = Field((), description="Sites of people you already know: warm paths start here.")
    never_contact: tuple[Address, ...] = Field(
        (), description="Sites of people to leave alone: shown in the report, never on the short list."
    )


class SiteSection(Section):
    """How the report looks and where it lives."""

    title: Text | None = Field(None, description="Title of the report; default: Who matters in, and the topic's name.")
    url: Address | None = Field(None, description="Address the report will be published at; used in its Atom feed.")
    logo: Path | None = Field(None, description="An image file to show in the header, relative to this file.")
    accent: Accent = Field("indigo", description="Colour of links and buttons, by its Material name.")
    show_relationships: bool = Field(
        default=False, description="Show your history with people in the hosted report too, not only in the zip."
    )


class Topic(Section):
    """A topic file of whomatters: what to listen to, from where, and what the report is for."""

    topic: TopicSection = Field(description="What the report is about.")
    seeds: tuple[Seed, ...] = Field(
        min_length=1,
        description="Where listening begins: addresses of blogs, feeds or OPML files, an OPML file beside this one, "
        "or source:query such as hn:rust.",
    )
    crawl: Crawl = Field(Crawl(), description="How far and how politely to listen.")
    people: tuple[Override, ...] = Field(
        (), description="Corrections by hand: who is the same person, who is none, who is left out. Kept for ever."
    )
    scoring: Scoring = Field(Scoring(), description="What counts, and how fast it fades.")
    shortlist: ShortlistSection = Field(ShortlistSection(), description="The set of people worth approaching first.")
    insight: InsightSection = Field(InsightSection(), description="What is read out of people's writing.")
    brief: Brief = Field(Brief(), description="What the outreach brief is written for.")
    relationships: Path | None = Field(
        None, description="A YAML file of who spoke with whom, relative to this file; see config/README.md."
    )
    site: SiteSection = Field(SiteSection(), description="How the report looks and where it lives.")

    @property
    def slug(self) -> str:
        """Folder and file name of the topic, `[a-z0-9-]+`: its name, or a digest where no Latin letter is left."""
        return slug(self.topic.name) or "topic-" + hashlib.sha256(self.topic.name.encode()).hexdigest()[:8]


class HistoryLine(Section):
    """One line of a relationships file: who spoke with whom, when, and what was heard."""

    person: Text = Field(description="Their address, name, or the name of their profile's file.")
    date: dt.date = Field(description="The day it happened.")
    channel: Text = Field(description="How: email, call, meeting, comment, event.")
    direction: Literal["in", "out", "both"] = Field(description="Who spoke: they to us (in), we to them (out), both.")
    said: Text = Field(description="What was said, in a sentence.")
    promised: str = Field("", description="What we promised.")
    next: str = Field("", description="What comes next.")
    due: dt.date | None = Field(None, description="By when.")

    def entry(self) -> HistoryEntry:
        """The line as a record."""
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
