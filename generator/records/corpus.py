"""People, posts and pages after deduplication and identity resolution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.records.crawl import Site
from generator.records.extract import Contact, Link, PageKind, Quotation
from generator.records.ids import Dropped, PersonId, SiteId, Url

ON_TOPIC = 0.5  # topical relevance, in [0, 1], from which a post is about the topic


class PublisherKind(StrEnum):
    """Who or what publishes; only persons are short-listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Evidence that a site, an account or a name belongs to a person."""

    what: str  # the site, account or name
    how: str  # "reciprocal rel=me", "feed author on 40 of 40 posts", "said by the analyst", ...
    confidence: float  # 0–1
    page: Url | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A publisher resolved from mentions: a person, an organisation or an aggregator."""

    id: PersonId
    name: str
    kind: PublisherKind
    kind_reason: str
    sites: tuple[SiteId, ...]
    accounts: tuple[Url, ...]
    confirmations: tuple[Confirmation, ...]
    own_words: Quotation | None  # what they say about themselves; None: nothing found
    contacts: tuple[Contact, ...]
    languages: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    feeds: tuple[Url, ...] = ()
    comments_open: bool | None = None
    signed_sites: tuple[SiteId, ...] = ()  # those of `sites` on which they are one author of several


@dataclass(frozen=True, slots=True)
class Post:
    """One post after duplicates are merged: seen `sightings` times, written by `author`.

    `relevance` is topical relevance ρ in [0, 1]; on topic from 0.5. `quality` facts live in insight.
    """

    url: Url
    author: PersonId
    site: SiteId
    title: str
    text: str
    published_at: datetime | None
    time_known: bool
    language: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]  # body links that survived furniture detection, to other people's pages
    relevance: float
    in_window: bool
    words: int
    sightings: int = 1
    aliases: tuple[Url, ...] = ()
    quotable: bool = True
    in_reply_to: tuple[Url, ...] = ()
    signed_by: tuple[
        PersonId, ...
    ] = ()  # on an organisation's site: people with a site of their own whose full name is the byline

    @property
    def on_topic(self) -> bool:
        """Whether the post is about the topic."""
        return self.relevance >= ON_TOPIC

    @property
    def published_on(self) -> date | None:
        """Day of publication in the author's own time zone; None where unknown."""
        return self.published_at.date() if self.published_at else None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A site named outside posts: on a blogroll, or by a planet that passes on what others write."""

    by: str  # a person's slug, or the address of the planet
    target: Url
    relevance: float  # how much the recommender writes about the topic, or passes on, 0–1


@dataclass(frozen=True, slots=True)
class Corpus:
    """All people and posts; `window` bounds what is scored, both days included."""

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    sites: tuple[Site, ...]
    recommendations: tuple[Recommendation, ...]  # sites named outside posts, crawled or not
    pages: tuple[OwnPage, ...]  # about and policy pages, for contact policy and self-description
    window: tuple[date, date]
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()  # sentences for the first page

    def age_days(self, on: date | None, as_of: date) -> float:
        """Age in days on `as_of`, at least 0; without a date, the age of the middle of the window."""
        if on is None:
            first, last = self.window
            return max(0.0, (as_of - first).days / 2 + (as_of - last).days / 2)
        return float(max(0, (as_of - on).days))


@dataclass(frozen=True, slots=True)
class OwnPage:
    """An about, contact, policy or home page of a person: where doors and contacts are stated."""

    owner: PersonId
    url: Url
    kind: PageKind
    title: str
    text: str
