"""What one snapshot says: posts, links, mentions, contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.records.ids import Dropped, Url, UrlKey


class NameSource(StrEnum):
    """Where a name was found, most trusted first; the order is the order of trust."""

    H_CARD = "h-card"
    JSON_LD = "json-ld"
    FEED_AUTHOR = "feed author"
    BYLINE = "byline"  # in the page: rel=author, .byline, meta author
    ABOUT = "about page"  # "I'm Ada Example", "My name is ..."
    COPYRIGHT = "copyright line"
    SITE_TITLE = "site title"  # only where the title is a name already found elsewhere on the site


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a page gives it: not yet a person."""

    name: str
    found: NameSource
    page: Url
    url: Url | None = None  # the address the page gives for them, if any
    email: str | None = None
    organisation: bool = False  # marked up as an Organization


@dataclass(frozen=True, slots=True)
class Link:
    """A link with the sentence around it.

    `sentence` is verbatim text of the post around the anchor, white space folded, at most 280
    characters, cut at word or sentence ends (an ellipsis `…` marks a cut). `in_body` is False in
    navigation, sidebars, footers, comments and sharing furniture. `rel` is lower case.
    """

    target: Url
    text: str
    sentence: str
    in_body: bool
    rel: tuple[str, ...] = ()
    in_comment: bool = False


class ContactKind(StrEnum):
    """What a published contact point is."""

    EMAIL = "email"
    FORM = "form"
    ACCOUNT = "account"  # a public profile on a network, linked as theirs


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point somebody publishes for contact, with where and when it stood there."""

    kind: ContactKind
    value: str  # address, form address or profile address
    found_on: Url
    seen_on: date
    sentence: str = ""  # the words around it


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words somebody published, verbatim up to white space, at most 280 characters, with where and when.

    An ellipsis `…` marks a cut.
    """

    text: str
    url: Url
    published_on: date | None = None  # None: the page carries no date
    title: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedPost:
    """A post as one snapshot shows it: a feed entry or a page.

    `published_at` None: no believable date. `time_known` False: only the day is known.
    `full` False: a summary only, the page is worth fetching. `text` is the main text, paragraphs
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
    source: Url  # the snapshot it was read from
    quotable: bool = True
    in_reply_to: tuple[Url, ...] = ()
    code_share: float = 0.0  # share of the text's characters that stood in code blocks, 0–1


class PageKind(StrEnum):
    """What a page is for."""

    HOME = "home"
    POST = "post"
    LISTING = "listing"
    ABOUT = "about"
    FEED = "feed"
    OPML = "opml"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page declares or a feed itself, with the kind of feed it seems to be."""

    url: Url
    title: str = ""
    comments: bool = False  # a comments feed: read, but no posts of the owner


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one snapshot says; remembered by payload digest.

    `site_home` is the home page a feed or page declares for itself (channel link, rel=home, og:url of a
    home page), None where it declares none. `description` is the site's own words about itself (meta
    description, feed subtitle, h-card note, first paragraph of an about page), verbatim.
    `internal` are links of the same host that may lead to posts or listings, in page order, with
    anchor text; `me` are rel=me links; `noindex` pages are read for discovery but never shown,
    and those whose `shown_until` is past no longer.
    `adult_statement` False: the owner says they are under 18.
    """

    url: Url  # where the bytes came from (final address)
    kind: PageKind
    title: str
    description: str
    language: str
    posts: tuple[ExtractedPost, ...]
    mentions: tuple[Mention, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]  # all links of a non-post page; a post page's stand in its post
    feeds: tuple[FeedLink, ...]
    internal: tuple[Link, ...]
    me: tuple[Url, ...]
    blogroll: tuple[Link, ...]  # outgoing recommendations (blogroll pages and OPML outlines)
    text: str  # visible main text of about and home pages, at most 20,000 characters; "" otherwise
    canonical: Url | None = None
    site_home: Url | None = None
    generator: str = ""
    comments_open: bool | None = None  # None: the page does not tell
    noindex: bool = False
    shown_until: datetime | None = None  # unavailable_after
    says_minor: bool = False
    asks_left_out: str = ""  # the sentence by which the site asks not to be listed, if it does
    recommends: tuple[Url, ...] = ()  # lists of recommendations it names: rel=blogroll, source:blogroll
    dropped: tuple[Dropped, ...] = ()


REDACTION_MARK = "[left-out]"
"""What stands in an archived page of somebody else where it named a person who is left out."""


@dataclass(frozen=True, slots=True)
class OptedOutPerson:
    """Somebody who must appear nowhere, with all that would betray them; kept as salted hashes only."""

    keys: tuple[UrlKey, ...]  # their sites and their accounts
    names: tuple[str, ...]
    mails: tuple[str, ...] = ()
