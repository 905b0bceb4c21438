"""Metadata of a page: title, date, subjects, and its site's name, description and home page.

Each fact comes from the most trusted place that states it. Other pages are not consulted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import text
from generator.extract.blocks import Block, DocumentBlocks, plain_text
from generator.extract.byline_lines import strip_title
from generator.extract.dates import (
    DATE_CONTEXT,
    UPDATE_LABEL,
    PostDate,
    is_update,
    read_date,
    read_date_line,
    url_date,
    without_update,
)
from generator.extract.dom import HEADINGS, Element, in_comments
from generator.extract.names import is_person_name, signed_name, split_names
from generator.extract.structured_data import Head, by_class, by_value, string_of
from generator.languages.alternation import alternation
from generator.languages.registry import merged_words
from generator.records import PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of, url_key

MAX_TITLE_CHARS = 300
MAX_DESCRIPTION_CHARS = 500
MIN_DESCRIPTION_CHARS = 60  # of a paragraph that can describe a site
MAX_TAGS = 30
MAX_TAG_CHARS = 60
MAX_BYLINE_CHARS = 100  # longer lines near the title are not bylines
MAX_BYLINE_DISTANCE = 6  # blocks between the title and a date or byline below it
MAX_BYLINE_LEAD = 3  # blocks before the main text in which they may be
SEPARATOR = re.compile(r"\s+(?:[|–—·•»«/-]|::|//|\\)\s+|\s*[|·»]\s*|:\s+")
NON_WORDS = re.compile(r"[\W_]+")
# Addresses below the root or within the page: the majority, recognised without resolving them.
BELOW_ROOT = re.compile(
    r"#.|(?:mailto|tel|javascript):|(?:https?:)?//[^/?#]+/(?!index\.(?:html|php))[^?#/.]|/(?!index\.)[^/?#.]",
    re.IGNORECASE,
)
FEED_SUFFIX = re.compile(
    rf"\s*(?:[|–—»«:-]\s*)*(?:{alternation('pages', 'feed_title_words')}\s*)*"
    r"\(?(?:rss|atom|json|feeds?)(?:\s*[\d.]+)?"
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
BANNER = re.compile(
    r"(?:^|\s)(?:(?:site|blog|page|main)[-_]?)?(?:header|masthead|banner|branding)(?=\s|$)", re.IGNORECASE
)
CREATED = ("published", "dt-published", "entry-date", "post-date", "pubdate", "created", "date-published")
CHANGED = re.compile(r"updat|modif|edited|changed", re.IGNORECASE)
TEXT_TAGS = ("p", "li", "blockquote", "dd", "td")
MAX_LETTERS_BESIDE = 60  # letters that the line of a time element holds besides the date
MIN_SENTENCE_WORDS = 3  # words beside a date that end with a full stop are a sentence
MAX_LABEL_CHARS = 40  # characters before a time element in which its label is looked for
TAG_PATH = re.compile(
    rf"(?:^|/)(?:{'|'.join(map(re.escape, merged_words('pages', 'tag_folders')))})/[^/]+/?$", re.IGNORECASE
)
WRITTEN_BY = re.compile(
    rf"(?:^|[\s,·|—–-]){alternation('names', 'line_prepositions')}[:\s]+(?P<name>[^\d,|·•()]{{2,60}}?)\s*(?:$|[,|·•])",
    re.IGNORECASE,
)
BYLINE_START = re.compile(rf"{alternation('names', 'leading_prepositions')} ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A parsed page with what was read of it so far."""

    snapshot: Snapshot
    url: Url
    base: str
    root: Element
    head: Head
    reading: DocumentBlocks
    article: Element | None  # the article element; None where the markup does not show exactly one

    @property
    def scope(self) -> Element:
        """The element in which metadata of the post is looked for: the article, else the whole page."""
        return self.article if self.article is not None else self.root


def site_names(page: ParsedPage) -> tuple[str, ...]:
    """Names of the site: in its markup, in the titles of its feeds, and in the header that links to its root."""
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
    names += _mastheads(page)
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def _mastheads(page: ParsedPage) -> list[str]:
    """Headings of the page's banner that name the site: the document's title has them beside the post's title."""
    title = page.head.title.casefold()
    parts = [part.casefold() for part in SEPARATOR.split(title)]
    banners = {e: b for e in page.root.iter("h1", "h2") if (b := _banner_of(e)) is not None}
    others = {plain_text(e).casefold() for e in page.root.iter("h1", "h2") if e not in banners}
    found = []
    for heading, banner in banners.items():
        name = plain_text(heading)
        key = name.casefold()
        if len(parts) < 2 or key not in (parts[0], parts[-1]):
            continue
        beside = any(other and other != key and other in title for other in others)
        # Without another heading the end of the title is the site's, if the banner has its menu.
        if beside or (key == parts[-1] and next(banner.iter("nav"), None) is not None):
            found.append(name)
    return found


def _banner_of(heading: Element) -> Element | None:
    """The banner of the page that holds a heading; None for a heading of the text."""
    banner = None
    for element in heading.iterancestors():
        if element.tag in ("main", "article"):
            return None
        marks = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag == "header" or element.get("role") == "banner" or BANNER.search(marks):
            banner = element
    return banner


def _is_root(url: Url | None) -> bool:
    """Whether an address is the root of a host."""
    return url is not None and urlsplit(url).path in ("/", "/index.html", "/index.php")


def site_title(page: ParsedPage, names: tuple[str, ...]) -> str:
    """Title of a home page: the site name of its markup, else the document's title, else the first of `names`."""
    return (page.head.first("og:site_name") or text.fold(page.head.title) or next(iter(names), ""))[:MAX_TITLE_CHARS]


def page_title(page: ParsedPage, names: tuple[str, ...]) -> str:
    """Title of a post or another inner page, without the site's name.

    Args:
        page: the page.
        names: names of the site, from `site_names`.
    """
    head = page.head
    named = by_class(page.article, "p-name", "entry-title")[:1] if page.article is not None else []
    entry = " ".join(plain_text(e) for e in named)
    if entry and not _is_site_name(entry, names):
        return entry[:MAX_TITLE_CHARS]
    full = text.fold(head.title or head.first("og:title", "twitter:title"))
    bare = _without_site(full, names)
    own = list(page.article.iter("h1", "h2"))[:1] if page.article is not None else []
    tops = [t for e in (*own, *page.root.iter("h1")) if (t := plain_text(e)) and not _is_site_name(t, names)]
    parts = {part.casefold() for part in SEPARATOR.split(full)}
    posting = head.posting()
    shown = {_words(title) for title in (full, bare, *tops)}
    # An encyclopaedia gives the title as `name` and its description as `headline`.
    stated = next((t for k in ("headline", "name") if (t := string_of(posting.get(k))) and _words(t) in shown), "")
    stated = stated or string_of(posting.get("headline"))
    stated = "" if _is_site_name(stated, names) else stated
    if stated and _words(stated) in _words(full):
        return stated[:MAX_TITLE_CHARS]
    for heading in () if stated else tops:
        # A heading that the document's title repeats is the page's title.
        if heading.casefold() in parts or (heading.casefold() in full.casefold() and 2 * len(heading) >= len(bare)):
            return heading[:MAX_TITLE_CHARS]
    if stated:
        return stated[:MAX_TITLE_CHARS]
    if bare and not _is_site_name(bare, names):
        return bare[:MAX_TITLE_CHARS]
    return (tops[0] if tops else bare)[:MAX_TITLE_CHARS]


def _words(title: str) -> str:
    """The words of a title without their case and without punctuation."""
    return " ".join(NON_WORDS.sub(" ", title.casefold()).split())


def title_candidates(title: str) -> tuple[str, ...]:
    """Possible titles of a page: the document's title and the pieces between its separators, longest first."""
    pieces = {text.fold(piece) for piece in (title, *SEPARATOR.split(title))}
    return tuple(sorted((piece for piece in pieces if len(piece) > 1), key=lambda piece: (-len(piece), piece)))


def _is_site_name(title: str, names: tuple[str, ...]) -> bool:
    """Whether a title is one of the site's names."""
    return title.casefold() in {name.casefold() for name in names}


def _without_site(title: str, names: tuple[str, ...]) -> str:
    """A document's title without the site's name at its start or end."""
    for name in sorted(names, key=len, reverse=True):
        for match in SEPARATOR.finditer(title):
            before, after = title[: match.start()], title[match.end() :]
            if after.casefold() == name.casefold() and before:
                return before
            if before.casefold() == name.casefold() and after:
                return after
    return title


def page_date(page: ParsedPage, title: str) -> PostDate | None:
    """The publication date: by markup, else by the address, else by a line near the title; None if absent."""
    head, at, scope = page.head, page.snapshot.fetched_at, page.scope
    posting = head.posting()
    stated = [string_of(posting.get("datePublished"))]
    stated += [_value_of(e) for e in by_class(scope, "dt-published")[:1]]
    stated.append(head.first(*DATE_META))
    stated += [_value_of(e) for e in by_value(scope, "itemprop", "datePublished")[:1]]
    stated.append(string_of(posting.get("dateCreated")))
    stated += [_value_of(e) for e in by_value(scope, "itemprop", "dateCreated")[:1]]
    times = [e for e in scope.iter("time") if _is_own(e)]
    marked = [e for e in times if e.get("pubdate") is not None or set(CREATED) & set((e.get("class") or "").split())]
    stated += [_value_of(e) for e in (*marked, *times)[:1]]
    for raw in stated:
        if raw and (when := read_date(raw, at)):
            return when
    return url_date(page.url, at) or _date_in_text(page, title)


def _value_of(element: Element) -> str:
    """The date of an element as written: its attribute, else its text."""
    return element.get("datetime") or element.get("content") or element.get("title") or plain_text(element)


def _is_own(time: Element) -> bool:
    """Whether a time element is the date of this post.

    Not one of a comment or of a navigation element, of the post's last change, or of an event in a sentence.
    """
    if in_comments(time) or any(e.tag == "nav" for e in time.iterancestors()):
        return False
    marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}"
    before = time.getprevious()
    label = (before.tail or plain_text(before)) if before is not None else getattr(time.getparent(), "text", "")
    if CHANGED.search(marks) or UPDATE_LABEL.search((label or "")[-MAX_LABEL_CHARS:]):
        return "published" in marks.split()
    return not _is_in_sentence(time)


def _is_in_sentence(time: Element) -> bool:
    """Whether the line of a time element is prose rather than a date with a byline."""
    line = next((e for e in time.iterancestors() if e.tag in TEXT_TAGS), None)
    if line is None:
        return False
    words = plain_text(line).replace(plain_text(time), " ", 1)
    rest = DATE_CONTEXT.sub(" ", words).strip()
    sentence = rest.endswith((".", "!", "?", "。")) and len(rest.split()) >= MIN_SENTENCE_WORDS
    return sentence or sum(c.isalpha() for c in rest) > MAX_LETTERS_BESIDE


def _date_in_text(page: ParsedPage, title: str) -> PostDate | None:
    """A date in an element with the class of a date, or in a line of its own near the title."""
    at = page.snapshot.fetched_at
    for element in by_class(page.scope, *DATE_CLASSES)[:3]:
        line = without_update(plain_text(element)[:MAX_BYLINE_CHARS])
        if not in_comments(element) and not is_update(line) and (when := read_date(line, at)):
            return when
    for line in lines_near_title(page.reading.blocks, title):
        if not is_update(line) and (when := read_date_line(line, at)):
            return when
    return None


def lines_near_title(blocks: tuple[Block, ...], title: str) -> tuple[str, ...]:
    """Lines after and before the title, without it; those around the start of the main text where it is not found."""
    wanted = title.casefold()
    start = next(
        (n for n, b in enumerate(blocks) if b.tag in HEADINGS and text.fold(b.text).casefold() == wanted), None
    )
    if start is None:
        # Metadata lines that became furniture are directly before the text.
        first = next((n for n, b in enumerate(blocks) if b.main and not b.furniture), 0)
        found = (*blocks[first : first + MAX_BYLINE_DISTANCE - 1], *blocks[max(first - MAX_BYLINE_LEAD, 0) : first])
    else:
        found = (*blocks[start + 1 : start + MAX_BYLINE_DISTANCE], *blocks[max(start - 2, 0) : max(start, 0)])
    return tuple(strip_title(block.text, (title,)) for block in found if not block.code)


def byline_names(page: ParsedPage, title: str) -> str:
    """The name in a line such as `February 9, 2018 by Ada Example` near the title; "" if absent."""
    for line in lines_near_title(page.reading.blocks, title):
        if len(line) > MAX_BYLINE_CHARS:
            continue
        if (signed := signed_name(line)) and (is_person_name(signed) or split_names(signed) != (signed,)):
            return signed
        match = WRITTEN_BY.search(line)
        if match is None:
            continue
        # "By most metrics, …" is a sentence: text may follow the name only beside a date.
        whole = match.end() == len(line) and BYLINE_START.match(line) is not None
        if whole or read_date_line(line, page.snapshot.fetched_at):
            return match["name"]
    return ""


def page_tags(page: ParsedPage) -> tuple[str, ...]:
    """Subjects that the page states, without repetitions."""
    head = page.head
    found = list(head.repeated.get("article:tag", ()))
    keywords = head.posting().get("keywords")
    if isinstance(keywords, list):
        found += [k for k in keywords if isinstance(k, str)]
    else:
        found += [part for raw in (string_of(keywords), *head.repeated.get("keywords", ())) for part in raw.split(",")]
    found += [
        plain_text(e)
        for e in (*by_value(page.scope, "rel", "tag"), *by_class(page.scope, "p-category", "md-tag"), *_tag_links(page))
    ]
    clean = (text.fold(tag).lstrip("#") for tag in found)
    return tuple(dict.fromkeys(tag for tag in clean if 0 < len(tag) <= MAX_TAG_CHARS))[:MAX_TAGS]


def _tag_links(page: ParsedPage) -> list[Element]:
    """Links of the post to lists of a tag on its host: `/tags/crust/`; none of them where the page lists all its tags.

    Only in an element that is not a menu, because menus of a site link the same tags on every page.
    """
    scope = page.article if page.article is not None else next(iter(page.root.iter("main")), None)
    if scope is None:
        return []
    found = []
    for anchor in scope.iter("a"):
        href = anchor.get("href") or ""
        if not TAG_PATH.search(urlsplit(href.strip()).path) or any(e.tag == "aside" for e in anchor.iterancestors()):
            continue
        target = canonical_url(href, page.base)
        if target is not None and host_of(target) == host_of(page.url) and not in_comments(anchor):
            found.append(anchor)
    return found if len(found) <= MAX_TAGS else []


def site_description(page: ParsedPage, kind: PageKind, body: tuple[Block, ...]) -> str:
    """The site's description of itself, verbatim; "" on pages other than home and about pages."""
    if kind not in (PageKind.HOME, PageKind.ABOUT):
        return ""
    stated = page.head.first("description", "og:description")
    notes = [plain_text(e) for e in by_class(page.root, "p-note", "site-description", "site-tagline")]
    first = (
        [b.text for b in body if b.tag == "p" and len(b.text) >= MIN_DESCRIPTION_CHARS]
        if kind is PageKind.ABOUT
        else []
    )
    return text.clip(next((w for w in (stated, *notes, *first) if w), ""), limit=MAX_DESCRIPTION_CHARS)


def moved_to_url(page: ParsedPage) -> Url | None:
    """Target of a meta refresh, or the canonical address where the refresh has no target; None for the page itself."""
    if page.head.refresh is None:
        return None
    href = page.head.refresh or page.head.link("canonical")
    target = canonical_url(href, page.base) if href else None
    return target if target is not None and url_key(target) != url_key(page.url) else None


def declared_home(page: ParsedPage, kind: PageKind) -> Url | None:
    """The home page that a page declares; None where it declares none.

    Taken from a meta refresh within the host, from rel=home, or from the canonical address of a home page.
    """
    if (target := moved_to_url(page)) is not None and host_of(target) == host_of(page.url):
        return target
    anchors = [e.get("href") or "" for e in by_value(page.root, "rel", "home") if e.tag == "a"]
    declared = page.head.link("home") or next(iter(anchors), "")
    if not declared and kind is PageKind.HOME:
        declared = page.head.link("canonical") or page.head.first("og:url")
    return canonical_url(declared, page.base) if declared else None
