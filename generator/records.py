"""The vocabulary: what stages hand to one another, in pipeline order. Read me first.

Frozen dataclasses only: tuples not lists, enums not strings where the set is closed, ids as NewTypes.
A record knows nothing of how it was made and does nothing but hold; where a derived fact is needed by
several readers it is a property here, never a second field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

AGENT = "whomatters"  # how we name ourselves to servers; their rules may name us

Url = NewType("Url", str)
"""A canonical absolute http(s) address, as `urls.canonical_url` returns it."""
UrlKey = NewType("UrlKey", str)
"""`urls.url_key` of a Url: what two spellings of one address share (no scheme, no www, no trailing slash)."""
SiteId = NewType("SiteId", str)
"""Root address of a site, ending in a slash: `https://a.example/` or `https://shared.example/~ada/`."""
PersonId = NewType("PersonId", str)
"""A person's permanent slug, `[a-z0-9-]+`, at most 60 characters; file names are made of it."""
CircleId = NewType("CircleId", str)
"""A circle's slug, `[a-z0-9-]+`."""


# ── crawl ────────────────────────────────────────────────────────────────────────────────────────


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
class Capture:
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
    capture: Capture | None = None


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
class Trouble:
    """A host none of whose addresses answered in the last `nights` nights it was asked in."""

    host: str
    nights: int
    since: date
    last: date


@dataclass(frozen=True, slots=True)
class Degraded:
    """A host that failed in this run and is shown from what it said before."""

    host: str
    reason: RefusalReason
    since: date


# ── extract ──────────────────────────────────────────────────────────────────────────────────────


class Found(StrEnum):
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
    found: Found
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


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something a stage received and left out, with the reason: kept + dropped = received."""

    what: str
    reason: str


LEFT_OUT_MARK = "[left-out]"
"""What stands in an archived page of somebody else where it named a person who is left out."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who must appear nowhere, with all that would betray them; kept as salted hashes only."""

    keys: tuple[UrlKey, ...]  # their sites and their accounts
    names: tuple[str, ...]
    mails: tuple[str, ...] = ()


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


# ── discover ─────────────────────────────────────────────────────────────────────────────────────


class SiteState(StrEnum):
    """What became of a site that was tried."""

    IN = "in"  # on topic, heard in full
    OUT = "out"  # heard, and left out
    UNREACHED = "unreached"  # gave nothing


@dataclass(frozen=True, slots=True)
class Site:
    """One site that was tried: how it was found, what it gave, in or out and why."""

    id: SiteId
    title: str
    state: SiteState
    reason: str  # a sentence: "mean relevance 0.71 over 34 posts", "robots.txt says no", ...
    found_by: str  # "seed", or "cited by <site> and 3 others"
    hop: int  # 0 for seeds
    feeds: tuple[Url, ...] = ()
    aliases: tuple[str, ...] = ()  # other hosts or roots that redirect here
    pages_fetched: int = 0
    posts: int = 0
    on_topic_posts: int = 0
    relevance: float = 0.0  # mean relevance of its posts, 0–1
    generator: str = ""


# ── corpus ───────────────────────────────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """Who or what publishes; only persons are short-listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Why an address or a name is believed to be theirs."""

    what: str  # the site, account or name
    how: str  # "reciprocal rel=me", "feed author on 40 of 40 posts", "said by the analyst", ...
    confidence: float  # 0–1
    page: Url | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody resolved from mentions: a person, an organisation or an aggregator."""

    id: PersonId
    name: str
    kind: Kind
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
    signed_by: tuple[PersonId, ...] = ()  # on a body's site: people known from elsewhere whose full name stands over it

    @property
    def on_topic(self) -> bool:
        """Whether the post is about the topic."""
        return self.relevance >= 0.5

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
    """Everybody and everything they wrote; `window` bounds what is scored, inclusive."""

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    sites: tuple[Site, ...]
    recommendations: tuple[Recommendation, ...]  # sites named outside posts, heard or not
    pages: tuple[OwnPage, ...]  # about and policy pages, for the door and own words
    window: tuple[date, date]
    dropped: tuple[Dropped, ...] = ()

    def age_days(self, on: date | None, as_of: date) -> float:
        """How old something is on `as_of`; what carries no date counts as from the middle of the window."""
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


# ── graph ────────────────────────────────────────────────────────────────────────────────────────


class Circumstance(StrEnum):
    """What a citation does; anything unsure is `MENTIONS`."""

    CREDITS = "credits"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    THANKS = "thanks"
    REPLIES = "replies"
    LISTS = "lists"
    QUOTES = "quotes"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Citation:
    """One body link from a person's post to another person: edges run citing → cited."""

    citing: PersonId
    cited: PersonId
    post: Url  # the citing post
    post_title: str
    target: Url
    target_post: Url | None  # the cited post, if the link names one we know
    published_on: date | None
    quote: str  # the sentence that contains the link, verbatim, at most 280 characters
    citing_relevance: float
    cited_relevance: float
    in_window: bool
    circumstance: Circumstance = Circumstance.MENTIONS
    counts: float = 0.0  # what it adds to the tie's strength; 0: off topic, too old, or its week already counted


@dataclass(frozen=True, slots=True)
class Tie:
    """All citations of one pair, as trust: `strength` decayed and topical, `weight` after reciprocity
    and saturation (0–3).
    """

    citing: PersonId
    cited: PersonId
    strength: float
    weight: float
    citations: int


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Where somebody stands between others, by the ties alone.

    `betweenness` is the share of shortest paths between others that run through them, 0–1;
    `constraint` Burt's constraint, low for those between circles; None: no tie, not defined.
    """

    person: PersonId
    betweenness: float
    constraint: float | None


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """The citation network among `people` (ids in sorted order).

    `half_life_days` is the one the ties were decayed by; `brokerage` one record for each of `people`.
    `asides` are what a post says of somebody besides the citation that stands for it: shown, never counted.
    """

    people: tuple[PersonId, ...]
    citations: tuple[Citation, ...]
    ties: tuple[Tie, ...]
    half_life_days: float = 91.0
    brokerage: tuple[Brokerage, ...] = ()
    asides: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleMember:
    """Membership of a circle with its stability: the share of runs that keep them with its core."""

    person: PersonId
    stability: float
    core: bool  # among the members most cited inside the circle


@dataclass(frozen=True, slots=True)
class Circle:
    """A community, named by its own vocabulary; `others` gathers those in no circle of three or more."""

    id: CircleId
    name: str
    terms: tuple[str, ...]
    members: tuple[CircleMember, ...]
    bridges: tuple[tuple[CircleId, float], ...]  # other circles and the share of tie weight going there
    central: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Circles:
    """The partition: every person in exactly one circle."""

    circles: tuple[Circle, ...]
    resolution: float
    stability: float  # mean adjusted Rand index between seeds
    modularity: float

    def circle_of(self) -> Mapping[PersonId, CircleId]:
        """Which circle each person is in."""
        return {member.person: circle.id for circle in self.circles for member in circle.members}


# ── score ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a standing.

    `value` is raw, in `unit`; `level` its robust z, unclipped; `weight` its share of the score (0 for
    those shown but not counted); `rank_without` where the person would stand were it left out.
    """

    name: str
    value: float
    level: float
    weight: float
    rank_without: int | None  # None: weight 0, nothing would change
    explanation: str  # a sentence with the raw figure in words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation as shown for a person: who said what of them, where and when."""

    kind: Circumstance
    by: PersonId
    post: Url
    title: str
    on: date | None
    quote: str
    target: Url


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: `standing` in [0, 1] is a monotone map of `score`, `interval` its 80 % range."""

    person: PersonId
    rank: int
    tier: int  # 1 is the top; people of one tier cannot be told apart
    score: float
    standing: float
    interval: tuple[float, float]
    rank_interval: tuple[int, int]
    signals: tuple[Signal, ...]
    trusted: bool  # False: no path of citations from the seeds reaches them; listed below those it does
    silent: bool
    citers: tuple[PersonId, ...]  # distinct persons citing them in the window
    citers_180d: tuple[PersonId, ...]
    evidence: tuple[Evidence, ...]
    posts_total: int
    posts_on_topic: int
    first_on: date | None
    last_on: date | None
    silence_penalty: float = 0.0  # taken off the score for silence; part of `score`
    distance_penalty: float = 0.0  # taken off so that the untrusted stand below the trusted; part of `score`


@dataclass(frozen=True, slots=True)
class ShortlistEntry:
    """A place on the short list: `adds` is the share of the circle's trust they reach and those above
    do not, `people` whom they reach first.
    """

    person: PersonId
    place: int
    adds: float
    covered: float  # share reached by the list up to and including this place
    reaches: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Ranked high, not chosen, and why."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The set chosen together. `coverage` beside `most_linked_coverage`: as many of the most-linked."""

    entries: tuple[ShortlistEntry, ...]
    near_misses: tuple[NearMiss, ...]
    coverage: float
    most_linked_coverage: float
    most_linked: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that scoring says. `standings` in rank order, persons, organisations and aggregators alike."""

    standings: tuple[Standing, ...]
    shortlist: Shortlist
    weights: tuple[tuple[str, float], ...]
    half_life_days: float
    trusted_share: float  # share of on-topic people with any trust
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


# ── insight ──────────────────────────────────────────────────────────────────────────────────────


class DoorState(StrEnum):
    """Whether somebody invites being approached, by their own words."""

    OPEN = "open"
    AJAR = "ajar"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Door:
    """`because` says which rule; `quote` the sentence it rests on (None: it rests on facts, not words)."""

    state: DoorState
    because: str
    quote: Quotation | None
    url: Url | None


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
    """A term that sets somebody apart: `weight` is the z of log-odds with an informative prior."""

    text: str
    weight: float
    posts: int
    example: Url | None = None


@dataclass(frozen=True, slots=True)
class Reading:
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
    """Somebody's citation of a newcomer whom nobody had cited before, as far as was heard."""

    person: PersonId
    post: Url
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Generosity:
    """What somebody gives others: `credits` of their `given` citations credit, thank or praise.

    `circle_share` is the median share of the circle's writers; None where too few cite enough.
    """

    newcomers: tuple[FirstCitation, ...]  # latest first
    credits: int
    given: int
    circle_share: float | None


class Band(StrEnum):
    """Which third of the other writers somebody writes like."""

    LOWER = "lower"
    MIDDLE = "middle"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class TraitWords:
    """A word list behind a trait: whether they use it `more` than the others, and whether that `raises` the trait."""

    category: str
    words: tuple[str, ...]  # theirs, most used first
    more: bool
    raises: bool


@dataclass(frozen=True, slots=True)
class Trait:
    """One of the Big Five as the writing suggests it. `name` is O, C, E, A or N (emotional tone)."""

    name: str
    band: Band
    place: float  # share of the other writers whose score is lower, 0–1
    range: tuple[float, float]  # of eight in ten re-counts
    score: float
    behind: tuple[TraitWords, ...]


@dataclass(frozen=True, slots=True)
class Speaking:
    """How much somebody speaks of something: the share of the other writers who speak of it less, 0–1."""

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
    needs: tuple[Speaking, ...]
    values: tuple[Speaking, ...]


@dataclass(frozen=True, slots=True)
class ProfileInsight:
    """What a profile says beyond standing."""

    person: PersonId
    phrases: tuple[Phrase, ...]
    tags: tuple[str, ...]
    read_first: tuple[Reading, ...]
    questions: tuple[Quotation, ...]  # what they ask
    champions: tuple[Quotation, ...]  # what they speak up for
    activity: tuple[Period, ...]
    direction: Direction
    direction_because: str
    cadence: Cadence
    style: StyleFacts | None  # None: too few words
    door: Door
    lifts_up: tuple[PersonId, ...]  # people they cited before most others did
    wishes: tuple[Quotation, ...] = ()  # what they wish for, in their words
    generosity: Generosity | None = None  # None: they cite nobody


@dataclass(frozen=True, slots=True)
class Trend:
    """A term, link or person over the window: on-topic posts that use, share or cite it, newest last."""

    term: str  # as shown: the term, the link's title, the person's name
    counts: tuple[int, ...]  # by `Conversation.periods`
    total: int
    change: float  # last quarter of the window against the rest, as log2 ratio of rates
    people: tuple[PersonId, ...]  # who use, share or cite it, most posts first
    kind: str = "term"  # "term", "link", "person"
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
    kind: str = "term"  # "term", "link", "person"
    ref: str = ""  # address or person id
    count: int = 0  # posts in all
    people: int = 0


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A post in a conversation: `parent` None for the one that began it, as far as was heard."""

    post: Url
    author: PersonId
    title: str
    on: date | None
    parent: Url | None
    depth: int
    quote: str
    circumstance: Circumstance = Circumstance.MENTIONS  # what it does with its parent
    continues: bool = False  # what hangs under it is told as a conversation of its own


@dataclass(frozen=True, slots=True)
class ConversationTree:
    """Posts that took one another up, in order."""

    root: Url
    nodes: tuple[TreeNode, ...]
    people: int


@dataclass(frozen=True, slots=True)
class KeyItem:
    """Something many spoke of lately: a person, a phrase or a link, with how many people did."""

    kind: str  # "person", "phrase", "link"
    label: str
    ref: str  # person id, phrase or address
    people: int
    posts: int


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody's first post with a link or phrase; `credits_first` where it links to whoever was first."""

    person: PersonId
    post: Url
    on: date
    credits_first: bool = False


@dataclass(frozen=True, slots=True)
class FirstSaid:
    """A link or rare phrase that several took up: the first we heard, and who followed, by date."""

    kind: str  # "link", "phrase"
    label: str
    ref: str  # address, or the phrase
    shares: tuple[Share, ...]  # one a person, oldest first
    quote: str = ""  # the first one's sentence


@dataclass(frozen=True, slots=True)
class TagPerson:
    """Somebody under a tag: posts filed under it, or (`filed` False) posts that use its words."""

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
    from_phrases: bool  # nobody's tag: a key phrase of those who tag nothing


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
    lately: tuple[KeyItem, ...]
    lately_window: tuple[date, date]
    posts_per_period: tuple[int, ...] = ()
    unit: PeriodUnit = PeriodUnit.MONTH
    fine: tuple[date, ...] = ()
    firsts: tuple[FirstSaid, ...] = ()
    tags: tuple[Tag, ...] = ()


class Stance(StrEnum):
    """Where a writer stands on what a sentence of theirs speaks of."""

    WISHES = "wishes"
    DIFFICULTIES = "difficulties"
    INTERESTS = "interests"
    VIEWS = "views"
    SUBJECTS = "subjects"  # none is told: a piece of theirs is named by it


@dataclass(frozen=True, slots=True)
class CommonGround:
    """A clause of the client's story and a sentence of theirs that speak of one thing.

    `shared` are the stems both use, `weight` how rare they are in the circle, in nats.
    """

    ours: str
    theirs: Quotation
    stance: Stance
    shared: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class OfferMatch:
    """An offer of the client's, the rule by which it may be welcome (an inference), and what it rests on."""

    offer: str
    because: str
    said: Quotation


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a warm path, with the words it rests on."""

    giver: PersonId
    receiver: PersonId
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of `relationships.yaml`."""

    person: str  # slug, name or site as the analyst wrote it
    on: date
    channel: str
    direction: str
    said: str
    promised: str = ""
    next_step: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """All that was noted of one person, what is due first; `person` None: not in this report (any more)."""

    person: PersonId | None
    name: str
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One page of the brief: what a human needs before writing to somebody in their own words."""

    person: PersonId
    why: str
    why_quote: Evidence | None
    listen_first: tuple[Reading, ...]
    common_ground: tuple[CommonGround, ...]
    offers: tuple[OfferMatch, ...]  # those for which something of theirs speaks, in the client's order
    path: tuple[PathStep, ...]
    path_note: str  # said where there is no path
    verify: tuple[str, ...]
    avoid: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class PastPerson:
    """What one run said of somebody, as history keeps it."""

    person: PersonId
    name: str
    rank: int
    standing: float
    circle: CircleId
    shortlist: int | None
    last_on: date | None
    levels: tuple[tuple[str, float], ...]  # signal name → level × weight
    values: tuple[tuple[str, float], ...] = ()  # signal name → raw value; empty in runs kept by older versions
    sites: tuple[SiteId, ...] = ()  # likewise


@dataclass(frozen=True, slots=True)
class PastRun:
    """The verdict of one run."""

    as_of: date
    people: tuple[PastPerson, ...]
    citations: tuple[tuple[PersonId, PersonId, Url], ...]  # among the short list, citing, cited, post


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, as a sentence with what it rests on."""

    kind: str  # "new", "listed", "unlisted", "gone", "silent", "back", "moved", "cited"
    person: PersonId
    name: str
    sentence: str
    url: Url | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Between the run of `since` (None: there was none) and that of `until`."""

    since: date | None
    changes: tuple[Change, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Insight:
    """All that insight says."""

    profiles: tuple[ProfileInsight, ...]
    whys: tuple[tuple[PersonId, str], ...]  # one sentence a person
    conversation: Conversation
    worksheets: tuple[Worksheet, ...]
    changes: Changes  # since the run before
    verdict: PastRun  # what history keeps of this run
    earlier: tuple[Changes, ...] = ()  # from runs before that one to this one, latest first
    steps: tuple[Changes, ...] = ()  # from each run to the next, up to the run before, latest first
    circle_questions: tuple[tuple[CircleId, tuple[Quotation, ...]], ...] = ()
    circle_links: tuple[tuple[CircleId, tuple[KeyItem, ...]], ...] = ()
    relationships: tuple[Relationship, ...] = ()  # those with the nearest due date first
    personalities: tuple[PersonalityReading, ...] = ()  # only where the topic asks for it


# ── render, publish ──────────────────────────────────────────────────────────────────────────────


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
    graph: CitationGraph
    circles: Circles
    judgement: Judgement
    insight: Insight
    counts: Counts
    floors_missed: tuple[str, ...] = ()  # sentences; not empty means exit code 3
    history: tuple[HistoryEntry, ...] = field(default=())
    sources: tuple[SourceOutcome, ...] = ()  # in the order of the topic's seeds
    degraded: tuple[Degraded, ...] = ()  # hosts that failed and are shown from what they said before


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
