"""Requests, snapshots, refusals, sites and seeds: what the crawl exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.records.ids import SiteId, Url


class Purpose(StrEnum):
    """Why an address is asked for; refusals and budgets are counted by it."""

    SEED = "seed"  # pasted by the analyst; what it is shows when it answers
    HOME = "home"
    FEED = "feed"
    LISTING = "listing"  # archive, category or sitemap: a way to older posts
    POST = "post"
    ABOUT = "about"  # tells who someone is: about, contact, blogroll, now, policy


class RefusalReason(StrEnum):
    """Why an address gave nothing; every refusal has exactly one."""

    ROBOTS = "robots"  # robots.txt says no
    ROBOTS_UNREACHABLE = "robots-unreachable"  # robots.txt 5xx, 429 or time-out: stay out (RFC 9309)
    NOT_FOUND = "not-found"  # 404, 410
    FORBIDDEN = "forbidden"  # 401, 403, 451
    RATE_LIMITED = "rate-limited"  # 429, or 503 with Retry-After
    SERVER_ERROR = "server-error"  # other 5xx
    BAD_STATUS = "bad-status"  # any other status
    REDIRECT_LOOP = "redirect-loop"  # more than the allowed number of hops, or in a circle
    FORBIDDEN_ADDRESS = "forbidden-address"  # private, loopback, bad scheme or port
    TIMEOUT = "timeout"
    CONNECTION = "connection"  # DNS, refused, reset, TLS
    TOO_LARGE = "too-large"
    BAD_TYPE = "bad-type"  # an image, an archive: nothing to read
    BROKEN = "broken"  # answered, but the bytes could not be decoded or parsed
    BUDGET = "budget"  # the run or the site had no requests left
    SITE_SAID_NO = "site-said-no"  # it answered no so often in a row that it is asked nothing more in this run
    RESTING = "resting"  # failed for several nights; asked again later


@dataclass(frozen=True, slots=True)
class ArchiveRecordRef:
    """Where somebody else keeps what an address answered: one record of a WARC file, and what an index says of it.

    `digest` is the payload's, base32 without a prefix. `captured_at` is to the second.
    """

    file: Url
    offset: int
    length: int
    digest: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One address to ask for in this wave, with the validators of its last snapshot if there is one.

    With `capture` the address itself is not asked: its answer is taken from there.
    """

    url: Url
    purpose: Purpose
    etag: str | None = None
    last_modified: str | None = None
    capture: ArchiveRecordRef | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One archived answer: the bytes that everything later is traced back to.

    `url` was asked for; `final_url` answered after `redirects` (the addresses in between, in order).
    `digest` is `sha1:` and base32 of the decoded body, as WARC-Payload-Digest. `robots_tag` holds the
    X-Robots-Tag headers, one a line, lower case. `not_modified` marks a snapshot served from the archive after a 304.
    """

    url: Url
    final_url: Url
    purpose: Purpose
    status: int
    content_type: str
    body: bytes
    digest: str
    fetched_at: datetime
    redirects: tuple[Url, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    robots_tag: str = ""
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address that gave nothing, and why, in words a person can act on."""

    url: Url
    purpose: Purpose
    reason: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """How asking a source of seeds went: `seed` as written, addresses asked, distinct sites named, what was refused."""

    seed: str
    requests: int
    sites: int
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may cost. `requests`, `minutes` None: no end."""

    requests: int | None = None
    minutes: float | None = None
    loopback_port: int | None = None  # a port of this machine that may be asked, for tests


@dataclass(frozen=True, slots=True)
class FailingHost:
    """A host none of whose addresses answered in the last `nights` nights it was asked in."""

    host: str
    nights: int
    since: date
    last: date


@dataclass(frozen=True, slots=True)
class StaleHost:
    """A host that failed in this run and is shown from what it said before."""

    host: str
    reason: RefusalReason
    since: date


@dataclass(frozen=True, slots=True)
class SeedMention:
    """An address that a source named, in which words; `by` tells hands of one source apart and is never shown."""

    url: Url
    words: str
    by: str
    source: str  # its name, such as hn


@dataclass(frozen=True, slots=True)
class SeedProposal:
    """A site to begin with, for a person to accept: which sources named it, how many hands, in which of the words."""

    url: SiteId
    sources: tuple[str, ...]
    mentions: int  # hands that do not depend on one another
    words: tuple[str, ...]  # of the topic
    quotes: tuple[str, ...]  # what it was named with, most telling first


class SiteState(StrEnum):
    """What became of a site that was tried."""

    IN = "in"  # on topic, heard in full
    OUT = "out"  # heard, and left out
    UNREACHED = "unreached"  # gave nothing


class SiteOrigin(StrEnum):
    """How a site came to be crawled; `Site.found_by` says the same in words."""

    SEED = "seed"  # the address is a seed of the topic file
    SOURCE = "source"  # a source of seeds named it
    LIST = "list"  # an OPML list among the seeds holds it
    CITATION = "citation"  # posts cite it
    RECOMMENDATION = "recommendation"  # blogrolls recommend it, and no post cites it


@dataclass(frozen=True, slots=True)
class Site:
    """One site that was tried: how it was found, what it gave, in or out and why.

    Attributes:
        reason: a sentence for readers, such as "mean relevance 0.71 over 34 posts"; decisions use the fields.
        found_by: "seed", or "cited by <site> and 3 others"; decisions use `origin`.
        hop: distance from the seeds; 0 for seeds.
        aliases: other hosts or roots that redirect here.
        relevance: mean relevance of its posts, 0 to 1.
        refusals: why requests to it gave nothing, each reason once; empty where it was reached.
    """

    id: SiteId
    title: str
    state: SiteState
    reason: str
    found_by: str
    hop: int
    feeds: tuple[Url, ...] = ()
    aliases: tuple[str, ...] = ()
    pages_fetched: int = 0
    posts: int = 0
    on_topic_posts: int = 0
    relevance: float = 0.0
    generator: str = ""
    origin: SiteOrigin = SiteOrigin.SEED
    refusals: tuple[RefusalReason, ...] = ()
