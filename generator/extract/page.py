"""A web page to an Extraction: what kind of page it is, its post or its owner's words, its links.

Puts together what the other modules read; knows no addresses beyond its own snapshot and decides nothing
about sites or people.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator import text
from generator.errors import ExtractionError
from generator.extract import authors, blogrolls, contacts, hfeed, links, maintext, self_statements
from generator.extract.blocks import Block
from generator.extract.byline_lines import strip_byline_lines
from generator.extract.charset import decode
from generator.extract.dates import PostDate
from generator.extract.dom import HEADINGS, parse_html
from generator.extract.language import detect_language
from generator.extract.names import non_name_titles, split_names
from generator.extract.page_kind import CROWDED_WORDS, PageFacts, page_kind, segments_of
from generator.extract.page_metadata import (
    ParsedPage,
    byline_names,
    declared_home,
    moved_to_url,
    page_date,
    page_tags,
    page_title,
    site_description,
    site_names,
    site_title,
    title_candidates,
)
from generator.extract.robots_meta import robots_directives
from generator.extract.running_text import code_share, join_blocks, own_text
from generator.extract.structured_data import by_class, read_head
from generator.records import Dropped, ExtractedPost, Extraction, Link, Mention, NameSource, PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of, url_key

MAX_TEXT = 20_000  # characters kept of about and home pages
MAX_POST = 400_000  # characters kept of a post
LONG_HOME = 2_500  # characters of prose; a home page with more shows whole posts
LONG_STUB = 300  # characters of prose; a page with less that sends its readers elsewhere is no page
FOOTER = 600  # characters at the end of a page where a copyright line may stand
BLOGROLL_PAGE = frozenset({"blogroll", "links", "friends", "bookmarks", "follow"})
MISSING = re.compile(
    r"^(?:404\b|page not found|not found|error 404|file not found)|\b404\b.*\bnot found\b", re.IGNORECASE
)


def extract_page(snapshot: Snapshot) -> Extraction:
    """Read one HTML page.

    Raises:
        ExtractionError: there is no element in it.
    """
    root = parse_html(decode(snapshot.body, snapshot.content_type))
    if root is None:
        raise ExtractionError(f"{snapshot.final_url}: no HTML in the answer ({len(snapshot.body)} bytes)")
    url = snapshot.final_url
    base = next((canonical_url(e.get("href") or "", url) for e in root.iter("base")), None) or url
    found = maintext.articles(root)
    containers, head = maintext.named_containers(root), read_head(root)
    reading = strip_byline_lines(
        maintext.read_main(root, found, containers), title_candidates(head.title), snapshot.fetched_at
    )
    page = ParsedPage(snapshot, url, base, root, head, reading, found[0] if len(found) == 1 else None)
    names = site_names(page)
    title = page_title(page, names)
    when = page_date(page, title)
    facts = _facts(page, title, when, articles=len(found), containers=len(containers))
    kind = page_kind(facts)
    if kind is PageKind.POST:
        return _post_page(page, title, when, names)
    shown = site_title(page, names) if kind is PageKind.HOME else title
    offers = kind is PageKind.HOME and not facts.articles
    return _other_page(page, shown, kind, names, alone=_speaks_alone(facts, kind), offers=offers)


def _speaks_alone(facts: PageFacts, kind: PageKind) -> bool:
    """Whether an address in the page's text is its owner's: not among posts, colleagues or recommendations."""
    if kind is PageKind.HOME:
        return facts.articles == 0 and facts.containers == 0 and facts.prose < LONG_HOME
    return kind is PageKind.ABOUT and segments_of(facts.url)[-1] not in CROWDED_WORDS


def _facts(page: ParsedPage, title: str, when: PostDate | None, *, articles: int, containers: int) -> PageFacts:
    """Count what page_kind decides from."""
    host, here, length, targets = host_of(page.url), url_key(page.url), 0, set()
    for block in page.reading.body:
        in_links = sum(a.end - a.start for a in block.anchors)
        rest = len(block.text) - in_links
        if not block.anchors or rest > max(40, in_links // 2):
            length += rest - block.code if block.tag not in HEADINGS else 0
            continue
        for anchor in block.anchors:
            target = canonical_url(anchor.href, page.base) if anchor.end - anchor.start >= 4 else None
            if target and host_of(target) == host and url_key(target) != here:
                targets.add(url_key(target))
    head = page.head
    posting = head.first("og:type").lower() == "article" or bool(head.first("article:published_time") or head.posting())
    return PageFacts(
        url=page.url,
        purpose=page.snapshot.purpose,
        title=title,
        articles=articles,
        containers=containers,
        items=len(targets),
        prose=max(length, 0),
        dated=when is not None,
        posting=posting or len(by_class(page.root, "e-content")) == 1,
        moved=moved_to_url(page) is not None and length < LONG_STUB,
        missing=bool(MISSING.search(head.title)),
    )


def _titles(page: ParsedPage, title: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Strings that are no byline: what the site and the page are called, and the pieces of it."""
    pieces = title_candidates(page.head.title)
    return non_name_titles((*names, title, *pieces), (block.text for block in page.reading.blocks))


def _canonical(page: ParsedPage) -> Url | None:
    """The address the page gives as its own."""
    href = page.head.link("canonical")
    return canonical_url(href, page.base) if href else None


def _frame(page: ParsedPage) -> tuple[Block, ...]:
    """What stands around the main text: header, sidebars, footer; no comments."""
    return tuple(b for b in page.reading.blocks if not b.comment and (b.furniture or not b.main))


def _dropped(page: ParsedPage) -> tuple[Dropped, ...]:
    """Links that were too many."""
    count = page.reading.links_left_out
    return (Dropped(f"{count} links", "beyond the first 2,000 of a page"),) if count else ()


def _post_page(page: ParsedPage, title: str, when: PostDate | None, names: tuple[str, ...]) -> Extraction:
    """A page that holds one post."""
    snapshot, rules = page.snapshot, robots_directives(page.snapshot, page.head)
    body = tuple(b for b in page.reading.body if not _is_title(b, title))
    collected = (*links.collect_links(page.reading.blocks, page.base), *_onward(page))
    frame, words, titles = _frame(page), own_text(body), _titles(page, title, names)
    me = links.me_links(page.root, page.base)
    around = "\n".join(b.text for b in frame)
    language = detect_language(words, page.head.language)
    minor = when is not None and self_statements.says_minor(words, when.at, snapshot.fetched_at)
    post = ExtractedPost(
        url=_permalink(page),
        title=title,
        text=join_blocks(body, MAX_POST),
        published_at=when.at if when else None,
        time_known=bool(when and when.time_known),
        language=language,
        authors=_authors(page, title, titles),
        tags=page_tags(page),
        links=_post_links(collected, page.url),
        from_feed=False,
        full=True,
        source=page.url,
        quotable=rules.quotable,
        in_reply_to=_replies(page),
        code_share=code_share(body),
    )
    return Extraction(
        url=page.url,
        kind=PageKind.POST,
        title=title,
        description="",
        language=language,
        posts=(post,),
        mentions=authors.unique(authors.copyright_mentions(around, page.url, titles)),
        contacts=contacts.find_contacts(
            page.root, page.reading.blocks, page.url, me, own_page=False, seen_on=snapshot.fetched_at.date()
        ),
        links=(),
        feeds=links.declared_feeds(page.root, page.base),
        internal=links.internal_links(collected, page.url),
        me=me,
        blogroll=links.blogroll(frame, page.base, everything=False),
        text="",
        canonical=_canonical(page),
        site_home=declared_home(page, PageKind.POST),
        generator=page.head.first("generator")[:80],
        comments_open=self_statements.comments_open(page.root, around),
        noindex=rules.noindex,
        shown_until=rules.until,
        says_minor=minor,
        asks_left_out=self_statements.asks_left_out(join_blocks(frame, MAX_TEXT)),
        recommends=blogrolls.page_lists(page.root, page.base),
        dropped=_dropped(page),
    )


def _other_page(
    page: ParsedPage, title: str, kind: PageKind, names: tuple[str, ...], *, alone: bool, offers: bool
) -> Extraction:
    """A home page, a list, a page about the owner, or none of these."""
    snapshot, rules, body = page.snapshot, robots_directives(page.snapshot, page.head), page.reading.body
    collected = (*links.collect_links(page.reading.blocks, page.base), *_onward(page))
    own_page, words = kind in (PageKind.ABOUT, PageKind.HOME), own_text(body)
    titles, around = _titles(page, title, names), "\n".join(b.text for b in _frame(page))
    me = links.me_links(page.root, page.base)
    owners: tuple[Mention, ...] = ()
    if own_page:
        owners = authors.owner_mentions(page.root, page.head, page.url, words, titles)
    mentions = authors.unique((*owners, *authors.copyright_mentions(f"{around}\n{words[-FOOTER:]}", page.url, titles)))
    posts, minor = hfeed.hfeed_posts(
        page.root, page.base, page.url, fetched_at=snapshot.fetched_at, language=page.head.language, owners=owners
    )
    said = f"{page.head.first('description')}\n\n{words}"
    own_titles = (title, *names) if own_page else ()
    spoken = tuple(b for b in page.reading.blocks if not b.comment and not b.quoted) if own_page else _frame(page)
    return Extraction(
        url=page.url,
        kind=kind,
        title=title,
        description=site_description(page, kind, body),
        language=detect_language(words, page.head.language),
        posts=posts,
        mentions=authors.unique((*mentions, *authors.title_mentions(own_titles, page.url, mentions))),
        contacts=contacts.find_contacts(
            page.root,
            page.reading.blocks,
            page.url,
            me,
            own_page=alone,
            seen_on=snapshot.fetched_at.date(),
            offers=offers,
        ),
        links=collected,
        feeds=links.declared_feeds(page.root, page.base),
        internal=links.internal_links(collected, page.url),
        me=me,
        blogroll=links.blogroll(page.reading.blocks, page.base, everything=_is_blogroll(page, kind)),
        text=join_blocks(body, MAX_TEXT) if own_page else "",
        canonical=_canonical(page),
        site_home=declared_home(page, kind),
        generator=page.head.first("generator")[:80],
        comments_open=None,
        noindex=rules.noindex,
        shown_until=rules.until,
        says_minor=minor or (own_page and self_statements.says_minor(said, None, snapshot.fetched_at)),
        asks_left_out=self_statements.asks_left_out(join_blocks(spoken, MAX_TEXT)),
        recommends=blogrolls.page_lists(page.root, page.base),
        dropped=_dropped(page),
    )


def _onward(page: ParsedPage) -> tuple[Link, ...]:
    """Where the page sends its readers by itself, as a link of its frame."""
    target = moved_to_url(page)
    return (Link(target, "", "", in_body=False),) if target is not None else ()


def _is_title(block: Block, title: str) -> bool:
    """Whether a block only repeats the title."""
    return block.tag in ("h1", "h2") and text.fold(block.text).casefold() == title.casefold()


def _is_blogroll(page: ParsedPage, kind: PageKind) -> bool:
    """Whether a page recommends sites as a whole."""
    segments = segments_of(page.url)
    return kind is PageKind.ABOUT and bool(segments) and segments[-1] in BLOGROLL_PAGE


def _permalink(page: ParsedPage) -> Url:
    """The post's address: the canonical one where it is on the same host and no home page."""
    canonical = _canonical(page)
    same = canonical is not None and host_of(canonical) == host_of(page.url) and urlsplit(canonical).path.strip("/")
    return canonical if canonical is not None and same else page.url


def _authors(page: ParsedPage, title: str, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """Who wrote it, by markup, and where that is silent by the line near the title."""
    found = authors.author_mentions(page.root, page.head, page.url, page.article, titles)
    if found:
        return found
    if not (name := byline_names(page, title)):
        return authors.unique(authors.address_mentions(page.root, page.url, titles))
    return tuple(
        m
        for part in split_names(name, titles)
        if (m := authors.mention(part, NameSource.BYLINE, page.url, site_titles=titles))
    )


def _post_links(collected: tuple[Link, ...], url: Url) -> tuple[Link, ...]:
    """A post's links; those of the frame within the site are left to `internal`."""
    host = host_of(url)
    return tuple(link for link in collected if link.in_body or host_of(link.target) != host)


def _replies(page: ParsedPage) -> tuple[Url, ...]:
    """Which posts this one answers, by its markup."""
    found = (canonical_url(e.get("href") or "", page.base) for e in by_class(page.scope, "u-in-reply-to"))
    return tuple(dict.fromkeys(url for url in found if url))
