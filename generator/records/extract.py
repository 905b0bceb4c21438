"""Records of extraction: posts, links, mentions and contacts of one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.records.crawl import RefusalReason
from generator.records.ids import Dropped, Url, UrlKey


class NameSource(StrEnum):
    """Where a name was found, in order of trust, most trusted first."""

    H_CARD = "h-card"
    JSON_LD = "json-ld"
    FEED_AUTHOR = "feed author"
    BYLINE = "byline"  # in the page: rel=author, .byline, meta author
    ABOUT = "about page"  # "I'm Ada Example", "My name is ..."
    COPYRIGHT = "copyright line"
    SITE_TITLE = "site title"  # only where the title is a name already found elsewhere on the site


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a page gives it, not yet resolved to a person."""

    name: str
    found: NameSource
    page: Url
    url: Url | None = None  # the address that the page gives for the name
    email: str | None = None
    organisation: bool = False  # marked up as an Organization


@dataclass(frozen=True, slots=True)
class Link:
    """A link with the sentence around it.

    `sentence` is verbatim text of the post around the anchor, white space folded, at most 280 characters, cut at word
    or sentence ends (an ellipsis `…` marks a cut). `in_body` is False in navigation, sidebars, footers, comments and
    sharing buttons. `rel` is lower case.
    """

    target: Url
    text: str
    sentence: str
    in_body: bool
    rel: tuple[str, ...] = ()
    in_comment: bool = False


class ContactKind(StrEnum):
    """Kind of a published contact point."""

    EMAIL = "email"
    FORM = "form"
    ACCOUNT = "account"  # a public profile on a network that the owner links with rel=me


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point that a site publishes, with the page and the day it was seen.

    `of_blog`: it belongs to a blog of several authors, and the person is one of them.
    """

    kind: ContactKind
    value: str  # address, form address or profile address
    found_on: Url
    seen_on: date
    sentence: str = ""  # the sentence around it
    of_blog: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Published text, verbatim up to white space, at most 280 characters, with its address and day.

    An ellipsis `…` marks a cut.
    """

    text: str
    url: Url
    published_on: date | None = None  # None: the page has no date
    title: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedPost:
    """A post as one snapshot shows it: a feed entry or a page.

    `published_at` None: no plausible date. `time_known` False: only the day is known.
    `full` False: only a summary, the page should be fetched. `text` is the main text, paragraphs
    separated by a blank line. `quotable` False: nosnippet or noarchive was asked for.
    """

    url: Url
    title: str
    text: str
    published_at: datetime | None
    time_known: bool
    language: str  # ISO 639-1, or "" where unsure
    authors: tuple[Mention, ...]
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    from_feed: bool
    full: bool
    source: Url  # the address of the snapshot it was read from
    quotable: bool = True
    in_reply_to: tuple[Url, ...] = ()
    code_share: float = 0.0  # share of the text's characters that stood in code blocks, 0–1
    translations: tuple[Url, ...] = ()  # its versions in other languages (hreflang), itself excluded


class PageKind(StrEnum):
    """Kind of a page."""

    HOME = "home"
    POST = "post"
    LISTING = "listing"
    ABOUT = "about"
    FEED = "feed"
    OPML = "opml"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page declares, or a feed itself."""

    url: Url
    title: str = ""
    comments: bool = False  # a comments feed, which has no posts of the owner


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was extracted from one snapshot; cached by payload digest.

    `site_home` is the home page that a feed or page declares (channel link, rel=home, og:url of a home page); None
    where it declares none. `description` is the site's description of itself, verbatim (meta description, feed
    subtitle, h-card note, first paragraph of an about page). `internal` are links within the host that may lead to
    posts or listings, in page order, with anchor text. `noindex` pages are used for discovery but not shown; pages are
    not shown after `shown_until`. `states_minor`: the owner states an age under 18.
    """

    url: Url  # where the bytes came from (final address)
    kind: PageKind
    title: str
    description: str
    language: str
    posts: tuple[ExtractedPost, ...]
    mentions: tuple[Mention, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]  # all links of a page that is not a post; those of a post are in `posts`
    feeds: tuple[FeedLink, ...]
    internal: tuple[Link, ...]
    rel_me: tuple[Url, ...]  # rel=me links
    blogroll: tuple[Link, ...]  # outgoing recommendations (blogroll pages and OPML outlines)
    text: str  # visible main text of about and home pages, at most 20,000 characters; "" otherwise
    canonical: Url | None = None
    site_home: Url | None = None
    generator: str = ""
    comments_open: bool | None = None  # None: the page does not say
    noindex: bool = False
    shown_until: datetime | None = None  # unavailable_after
    states_minor: bool = False
    opt_out_request: str = ""  # the sentence by which the site asks not to be listed; "" if absent
    moved_to: Url | None = None  # target of a meta refresh, where the page holds little else
    alternates: tuple[Url, ...] = ()  # translations of the page, as it declares them
    amp: Url | None = None  # its AMP version on the same host
    recommends: tuple[Url, ...] = ()  # addresses of blogrolls that it links: rel=blogroll, source:blogroll
    dropped: tuple[Dropped, ...] = ()
    refusal: RefusalReason | None = None  # an error page, a challenge or a parked domain in place of content


REDACTION_MARK = "[left-out]"
"""Replaces the name of an opted-out person in archived pages of other people."""


@dataclass(frozen=True, slots=True)
class OptedOutPerson:
    """Identifiers of a person who must not appear anywhere; stored as salted hashes only."""

    keys: tuple[UrlKey, ...]  # their sites and their accounts
    names: tuple[str, ...]
    mails: tuple[str, ...] = ()
