"""Records of the crawl: requests, snapshots, refusals, sites and seeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.records.ids import SiteId, Url


class Purpose(StrEnum):
    """Why an address is requested; refusals and budgets are counted by it."""

    SEED = "seed"  # given by the analyst; its kind is known once it is read
    HOME = "home"
    FEED = "feed"
    LISTING = "listing"  # archive, category or sitemap, which lead to older posts
    POST = "post"
    ABOUT = "about"  # about the owner: about, contact, blogroll, now, policy


class RefusalReason(StrEnum):
    """Why an address gave no snapshot; every refusal has exactly one reason."""

    ROBOTS = "robots"  # disallowed by robots.txt
    ROBOTS_UNREACHABLE = (
        "robots-unreachable"  # robots.txt gave 5xx, 429 or a time-out: the origin is refused (RFC 9309)
    )
    NOT_FOUND = "not-found"  # 404, 410, or a page that says so
    FORBIDDEN = "forbidden"  # 401, 403, 451
    RATE_LIMITED = "rate-limited"  # 429, or 503 with Retry-After
    SERVER_ERROR = "server-error"  # other 5xx
    BAD_STATUS = "bad-status"  # any other status
    REDIRECT_LOOP = "redirect-loop"  # too many hops, or a circle
    FORBIDDEN_ADDRESS = "forbidden-address"  # private, loopback, bad scheme or port
    TIMEOUT = "timeout"
    CONNECTION = "connection"  # DNS, refused, reset, TLS
    TOO_LARGE = "too-large"
    BAD_TYPE = "bad-type"  # an image or an archive: no text to extract
    BROKEN = "broken"  # answered, but could not be decoded or parsed
    BUDGET = "budget"  # the run or the site had no requests left
    SITE_SAID_NO = "site-said-no"  # closed for this run after several refusals in a row
    CHALLENGE = "challenge"  # a page that asks for proof of a human
    PARKED = "parked"  # a domain for sale, or one that was registered only
    RESTING = "resting"  # in back-off after several failing nights


@dataclass(frozen=True, slots=True)
class ArchiveRecordRef:
    """A record in a WARC file of a third party that holds the response of an address, as an index describes it.

    `digest` is that of the payload, base32 without a prefix. `captured_at` has a resolution of one second.
    """

    file: Url
    offset: int
    length: int
    digest: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One address to request in a wave, with the validators of its last snapshot if there is one.

    With `capture` the archived record is fetched instead of the address itself.
    """

    url: Url
    purpose: Purpose
    etag: str | None = None
    last_modified: str | None = None
    capture: ArchiveRecordRef | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One archived response, the source of everything that is extracted later.

    `url` was requested; `final_url` answered after `redirects` (the addresses in between, in order). `digest` is
    `sha1:` and base32 of the decoded body, as in WARC-Payload-Digest. `robots_tag` holds the X-Robots-Tag headers in
    lower case, one per line. `sitemaps` are those that robots.txt names, for a home page. `moved_permanently`: every
    redirect was a 301 or 308. `not_modified` marks a snapshot that was served from the archive after a 304.
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
    sitemaps: tuple[Url, ...] = ()
    moved_permanently: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address that gave no snapshot; `detail` explains the reason to a person."""

    url: Url
    purpose: Purpose
    reason: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """Result of querying a source: the seed as written, requests made, distinct sites named, refusals."""

    seed: str
    requests: int
    sites: int
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a run; None for no limit."""

    requests: int | None = None
    minutes: float | None = None
    loopback_port: int | None = None  # a port of this machine that may be requested, for tests


@dataclass(frozen=True, slots=True)
class FailingHost:
    """A host that answered no request in the last `nights` nights with requests to it."""

    host: str
    nights: int
    since: date
    last: date


@dataclass(frozen=True, slots=True)
class StaleHost:
    """A host that failed in this run and is reported from earlier snapshots."""

    host: str
    reason: RefusalReason
    since: date


@dataclass(frozen=True, slots=True)
class SeedMention:
    """An address that a source named and the words it came with; `by` tells who named it and is never shown."""

    url: Url
    words: str
    by: str
    source: str  # its name, such as hn


@dataclass(frozen=True, slots=True)
class SeedProposal:
    """A proposed seed for a person to accept: the sources that named it, and how often on the topic."""

    url: SiteId
    sources: tuple[str, ...]
    mentions: int  # number of independent mentions
    words: tuple[str, ...]  # words of the topic in the mentions
    quotes: tuple[str, ...]  # texts of mentions, those with most topic words first


class SiteState(StrEnum):
    """The state of a site after the crawl."""

    IN = "in"  # on topic, crawled in full
    OUT = "out"  # read, and rejected
    UNREACHED = "unreached"  # no readable answer


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
