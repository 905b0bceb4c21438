"""What a page says of itself: title, date, subjects, rules for robots, its site's name and own words.

Each fact is taken from the most trusted place that states it; nothing is guessed from other pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import text
from generator.extract.blocks import Block, DocumentBlocks, plain_text
from generator.extract.byline_lines import strip_title_line
from generator.extract.dates import PostDate, bare_date, read_date, url_date
from generator.extract.dom import HEADINGS, Element, in_comments
from generator.extract.structured_data import Head, by_class, by_value, string_of
from generator.records import PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of, url_key

MAX_TITLE = 300  # characters
MAX_DESCRIPTION = 500  # characters
MAX_TAGS = 30
MAX_TAG = 60  # characters
BYLINE_LENGTH = 100  # characters; a longer line near the title is no byline
NEAR_TITLE = 6  # blocks after the title in which a date or byline may stand
SEPARATOR = re.compile(r"\s+(?:[|–—·•»«/-]|::|//|\\)\s+|\s*[|·»]\s*|:\s+")
# Addresses that plainly lead below a root, or to a part of the page: most links, told without resolving them.
BELOW_ROOT = re.compile(
    r"#.|(?:mailto|tel|javascript):|(?:https?:)?//[^/?#]+/(?!index\.(?:html|php))[^?#/.]|/(?!index\.)[^/?#.]",
    re.IGNORECASE,
)
FEED_SUFFIX = re.compile(
    r"\s*(?:[|–—»«:-]\s*)*(?:(?:posts?|blog|articles|all|recent|latest)\s*)*\(?(?:rss|atom|json|feeds?)(?:\s*[\d.]+)?"
    r"(?:\s*feeds?)?\)?\s*$",
    re.IGNORECASE,
)
DATE_CLASSES = (
    "date",
    "post-date",
    "entry-date",
    "published",
    "post-meta",
    "post__date",
    "pubdate",
    "date-header",
    "timestamp",
    "posted-on",
    "meta",
    "dateline",
    "entry-meta",
    "article-date",
    "publish-date",
    "post-time",
)
DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "publish-date",
    "pubdate",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
)
WRITTEN_BY = re.compile(
    r"(?:^|[\s,·|—–-])(?:by|von|par|por|door)[:\s]+(?P<name>[^\d,|·•()]{2,60}?)\s*(?:$|[,|·•])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A parsed page on its way to a record."""

    snapshot: Snapshot
    url: Url
    base: str
    root: Element
    head: Head
    reading: DocumentBlocks
    article: Element | None  # the one article; None where the markup shows none or several

    @property
    def scope(self) -> Element:
        """Where statements about the post are looked for: the article, or all of the page."""
        return self.article if self.article is not None else self.root


def site_names(page: ParsedPage) -> tuple[str, ...]:
    """What the site calls itself: in its markup, its feeds' titles and the masthead that links to its root."""
    names = [page.head.first("og:site_name", "application-name", "apple-mobile-web-app-title")]
    names += [
        FEED_SUFFIX.sub("", text.fold(element.get("title") or ""))
        for element in page.root.iter("link")
        if "alternate" in (element.get("rel") or "").lower() and "xml" in (element.get("type") or "")
    ]
    ends = {part.casefold() for part in SEPARATOR.split(page.head.title)}
    for anchor in page.root.iter("a"):
        href = anchor.get("href") or ""
        if BELOW_ROOT.match(href) or not _is_root(canonical_url(href, page.base)):
            continue
        words = plain_text(anchor)
        inside = any(e.tag in HEADINGS for e in anchor.iter())
        around = any(e.tag in HEADINGS and plain_text(e) == words for e in anchor.iterancestors())
        if inside or around or (len(ends) > 1 and words.casefold() in ends):
            names.append(words)
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def _is_root(url: Url | None) -> bool:
    """Whether an address is the top of a host."""
    return url is not None and urlsplit(url).path in ("/", "/index.html", "/index.php")


def site_title(page: ParsedPage, names: tuple[str, ...]) -> str:
    """What a home page is called: the site's own name for itself, else the document's title."""
    return (page.head.first("og:site_name") or text.fold(page.head.title) or next(iter(names), ""))[:MAX_TITLE]


def page_title(page: ParsedPage, names: tuple[str, ...]) -> str:
    """What a post or another inner page is called, without the site's name.

    Args:
        page: the page.
        names: what `site_names` found.
    """
    head = page.head
    stated = [string_of(head.posting().get("headline"))]
    if page.article is not None:
        stated.insert(0, " ".join(plain_text(e) for e in by_class(page.article, "p-name", "entry-title")[:1]))
    if found := next((t for t in stated if t and not _same(t, names)), ""):
        return found[:MAX_TITLE]
    full = text.fold(head.title or head.first("og:title", "twitter:title"))
    bare = _without_site(full, names)
    own = list(page.article.iter("h1", "h2"))[:1] if page.article is not None else []
    tops = [t for e in (*own, *page.root.iter("h1")) if (t := plain_text(e)) and not _same(t, names)]
    parts = {part.casefold() for part in SEPARATOR.split(full)}
    for heading in tops:
        # A heading that the document's title repeats is the page's own, whatever else stands in either.
        if heading.casefold() in parts or (heading.casefold() in full.casefold() and 2 * len(heading) >= len(bare)):
            return heading[:MAX_TITLE]
    if bare and not _same(bare, names):
        return bare[:MAX_TITLE]
    return (tops[0] if tops else bare)[:MAX_TITLE]


def title_candidates(title: str) -> tuple[str, ...]:
    """What a document's title may call the page: all of it, and the pieces between its separators, longest first."""
    pieces = {text.fold(piece) for piece in (title, *SEPARATOR.split(title))}
    return tuple(sorted((piece for piece in pieces if len(piece) > 1), key=lambda piece: (-len(piece), piece)))


def _same(title: str, names: tuple[str, ...]) -> bool:
    """Whether a title is only the site's name."""
    return title.casefold() in {name.casefold() for name in names}


def _without_site(title: str, names: tuple[str, ...]) -> str:
    """A document title without the site's name at either end of it."""
    for name in sorted(names, key=len, reverse=True):
        for match in SEPARATOR.finditer(title):
            before, after = title[: match.start()], title[match.end() :]
            if after.casefold() == name.casefold() and before:
                return before
            if before.casefold() == name.casefold() and after:
                return after
    return title


def page_date(page: ParsedPage, title: str) -> PostDate | None:
    """When the page says it was published: markup first, then the address, then words near the title."""
    head, at, scope = page.head, page.snapshot.fetched_at, page.scope
    stated = [string_of(head.posting().get("datePublished"))]
    stated += [e.get("datetime") or e.get("title") or plain_text(e) for e in by_class(scope, "dt-published")[:1]]
    stated.append(head.first(*DATE_META))
    marked = by_value(scope, "itemprop", "datePublished")[:1]
    stated += [e.get("datetime") or e.get("content") or plain_text(e) for e in marked]
    stated += [e.get("datetime") or plain_text(e) for e in scope.iter("time") if _is_own(e)][:1]
    for raw in stated:
        if raw and (when := read_date(raw, at)):
            return when
    return url_date(page.url, at) or _date_in_words(page, title)


def _is_own(time: Element) -> bool:
    """Whether a date is this post's: not a comment's, nor that of another post which is linked with it."""
    return not in_comments(time) and not any(e.tag == "nav" for e in time.iterancestors())


def _date_in_words(page: ParsedPage, title: str) -> PostDate | None:
    """A date that stands by itself near the title, or in an element classed as a date."""
    at = page.snapshot.fetched_at
    for element in by_class(page.scope, *DATE_CLASSES)[:3]:
        if not in_comments(element) and (when := read_date(plain_text(element)[:BYLINE_LENGTH], at)):
            return when
    for line in near_title(page.reading.blocks, title):
        if when := bare_date(line, at):
            return when
    return None


def near_title(blocks: tuple[Block, ...], title: str) -> tuple[str, ...]:
    """The lines just after and before the title, without it; the start of the main text where it is not found."""
    wanted = title.casefold()
    start = next(
        (n for n, b in enumerate(blocks) if b.tag in HEADINGS and text.fold(b.text).casefold() == wanted), None
    )
    if start is None:
        # Lines that were set aside stand right before the text.
        first = next((n for n, b in enumerate(blocks) if b.main and not b.furniture), 0)
        found = (*blocks[first : first + NEAR_TITLE - 1], *blocks[max(first - 3, 0) : first])
    else:
        found = (*blocks[start + 1 : start + NEAR_TITLE], *blocks[max(start - 2, 0) : max(start, 0)])
    return tuple(strip_title_line(block.text, (title,)) for block in found if not block.code)


def byline_names(page: ParsedPage, title: str) -> str:
    """The name in a line such as `February 9, 2018 by Ada Example` near the title; "" where there is none."""
    for line in near_title(page.reading.blocks, title):
        match = WRITTEN_BY.search(line) if len(line) <= BYLINE_LENGTH else None
        if match is None:
            continue
        # "By most metrics, …" begins a sentence; only beside a date may something follow the name.
        whole = match.end() == len(line) and line.lower().startswith("by ")
        if whole or bare_date(line, page.snapshot.fetched_at):
            return match["name"]
    return ""


def page_tags(page: ParsedPage) -> tuple[str, ...]:
    """Subjects the page names for itself."""
    head = page.head
    found = list(head.repeated.get("article:tag", ()))
    keywords = head.posting().get("keywords")
    if isinstance(keywords, list):
        found += [k for k in keywords if isinstance(k, str)]
    else:
        found += [part for raw in (string_of(keywords), *head.repeated.get("keywords", ())) for part in raw.split(",")]
    found += [plain_text(e) for e in (*by_value(page.scope, "rel", "tag"), *by_class(page.scope, "p-category"))]
    clean = (text.fold(tag).lstrip("#") for tag in found)
    return tuple(dict.fromkeys(tag for tag in clean if 0 < len(tag) <= MAX_TAG))[:MAX_TAGS]


def site_description(page: ParsedPage, kind: PageKind, body: tuple[Block, ...]) -> str:
    """The site's description of itself, verbatim; "" on pages that speak of something else."""
    if kind not in (PageKind.HOME, PageKind.ABOUT):
        return ""
    said = page.head.first("description", "og:description")
    notes = [plain_text(e) for e in by_class(page.root, "p-note", "site-description", "site-tagline")]
    first = [b.text for b in body if b.tag == "p" and len(b.text) >= 60] if kind is PageKind.ABOUT else []
    return text.clip(next((w for w in (said, *notes, *first) if w), ""), limit=MAX_DESCRIPTION)


def moved_to_url(page: ParsedPage) -> Url | None:
    """Where a meta refresh leads, or the canonical address beside one that names none; never the page itself."""
    if page.head.refresh is None:
        return None
    href = page.head.refresh or page.head.link("canonical")
    target = canonical_url(href, page.base) if href else None
    return target if target is not None and url_key(target) != url_key(page.url) else None


def declared_home(page: ParsedPage, kind: PageKind) -> Url | None:
    """The home page that a page declares: where it sends every reader on the same host, rel=home, or the
    address a home page gives itself.
    """
    if (target := moved_to_url(page)) is not None and host_of(target) == host_of(page.url):
        return target
    anchors = [e.get("href") or "" for e in by_value(page.root, "rel", "home") if e.tag == "a"]
    declared = page.head.link("home") or next(iter(anchors), "")
    if not declared and kind is PageKind.HOME:
        declared = page.head.link("canonical") or page.head.first("og:url")
    return canonical_url(declared, page.base) if declared else None
