"""Converts a web page to an Extraction: its kind, its post or its owner's text, its links.

Combines what the other modules read. Sites and people are resolved in later stages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from generator.extract.page_kind import CROWDED_WORDS, PageFacts, kind_by_address, page_kind, segments_of
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
from generator.extract.page_versions import with_versions
from generator.extract.robots_meta import robots_directives
from generator.extract.running_text import code_share, join_blocks, own_text
from generator.extract.stand_ins import MAX_STAND_IN_CHARS, is_placeholder, refusal_of_page
from generator.extract.structured_data import by_class, read_head, translations_of
from generator.languages.registry import merged_words
from generator.records import Dropped, ExtractedPost, Extraction, Link, Mention, NameSource, PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of, url_key

MAX_TEXT_CHARS = 20_000  # characters kept of about and home pages
MAX_POST_CHARS = 400_000  # characters kept of a post
MAX_GENERATOR_CHARS = 80
MAX_OWNER_HOME_CHARS = 2_500  # characters of prose; a home page with more shows whole posts
MAX_STUB_CHARS = 300  # characters of prose; a page with fewer and a meta refresh has moved
MIN_ITEM_CHARS = 4  # characters of a linked title
MIN_PARAGRAPH_CHARS = 40  # characters outside links that make a block with links a paragraph
COPYRIGHT_TAIL_CHARS = 600  # characters at the end of a page's text in which a copyright line may be
BLOGROLL_PAGE = frozenset(merged_words("pages", "blogroll_pages"))


def extract_page(snapshot: Snapshot) -> Extraction:
    """Read one HTML page.

    Raises:
        ExtractionError: it holds no element.
    """
    root = parse_html(decode(snapshot.body, snapshot.content_type))
    if root is None:
        raise ExtractionError(f"{snapshot.final_url}: no HTML in the answer ({len(snapshot.body)} bytes)")
    url = snapshot.final_url
    # The first base with an address counts, also where it is not the first element of its kind, or in the body.
    stated = (canonical_url(e.get("href") or "", url) for e in root.iter("base") if (e.get("href") or "").strip())
    base = next((found for found in stated if found), url)
    found = maintext.articles(root)
    containers, head = maintext.named_containers(root), read_head(root, url)
    reading = strip_byline_lines(
        maintext.read_main(root, found, containers), title_candidates(head.title), snapshot.fetched_at
    )
    page = ParsedPage(snapshot, url, base, root, head, reading, found[0] if len(found) == 1 else None)
    names = site_names(page)
    title = page_title(page, names)
    when = page_date(page, title)
    facts = _page_facts(page, title, when, article_count=len(found), container_count=len(containers))
    body = join_blocks(reading.body, MAX_STAND_IN_CHARS)
    refusal = refusal_of_page(root, title_candidates(head.title), body, facts.prose_chars)
    facts = replace(facts, empty=refusal is not None or is_placeholder(body))
    kind = page_kind(facts)
    if kind is PageKind.POST:
        return with_versions(_post_page(page, title, when, names), page)
    shown = site_title(page, names) if kind is PageKind.HOME else title
    scope = _ContactScope(_is_about_owner(facts, kind), kind is PageKind.HOME and not facts.article_count)
    return with_versions(replace(_other_page(page, shown, kind, names, scope), refusal=refusal), page)


@dataclass(frozen=True, slots=True)
class _ContactScope:
    """Where on a page e-mail addresses are the owner's."""

    own_page: bool  # all addresses outside comments
    sentence_offers: bool  # addresses linked in a sentence such as "write me"


def _is_about_owner(facts: PageFacts, kind: PageKind) -> bool:
    """Whether addresses in the page's text are its owner's: it has no posts, colleagues or recommendations."""
    if kind is PageKind.HOME:
        return facts.article_count == 0 and facts.container_count == 0 and facts.prose_chars < MAX_OWNER_HOME_CHARS
    return kind is PageKind.ABOUT and segments_of(facts.url)[-1] not in CROWDED_WORDS


def _page_facts(
    page: ParsedPage, title: str, when: PostDate | None, *, article_count: int, container_count: int
) -> PageFacts:
    """The facts by which the page is classified."""
    host, here, prose_chars, targets = host_of(page.url), url_key(page.url), 0, set()
    for block in page.reading.body:
        in_links = sum(a.end - a.start for a in block.anchors)
        rest = len(block.text) - in_links
        if not block.anchors or rest > max(MIN_PARAGRAPH_CHARS, in_links // 2):
            prose_chars += rest - block.code if block.tag not in HEADINGS else 0
            continue
        for anchor in block.anchors:
            target = canonical_url(anchor.href, page.base) if anchor.end - anchor.start >= MIN_ITEM_CHARS else None
            if target and host_of(target) == host and url_key(target) != here:
                targets.add(url_key(target))
    head = page.head
    marked = head.first("og:type").lower() == "article" or bool(head.first("article:published_time") or head.posting())
    return PageFacts(
        url=page.url,
        purpose=page.snapshot.purpose,
        title=title,
        article_count=article_count,
        container_count=container_count,
        item_count=len(targets),
        prose_chars=max(prose_chars, 0),
        dated=when is not None,
        marked_as_post=marked or len(by_class(page.root, "e-content")) == 1,
        moved=moved_to_url(page) is not None and prose_chars < MAX_STUB_CHARS,
        empty=False,
        leads_on=_leads_on(page),
    )


def _leads_on(page: ParsedPage) -> bool:
    """Whether the first heading of the page's only article links to another page of the host, as in a list."""
    if page.article is None:
        return False
    heading = next((e for e in page.article.iter("h1", "h2", "h3")), None)
    if heading is None:
        return False
    around = [e for e in heading.iterancestors("a") if e.get("href")]
    for anchor in (*heading.iter("a"), *around):
        target = canonical_url(anchor.get("href") or "", page.base) if anchor.get("href") else None
        if target is not None and host_of(target) == host_of(page.url) and url_key(target) != url_key(page.url):
            # A page may link its title to its canonical address.
            return target != _canonical(page)
    return False


def _non_name_titles(page: ParsedPage, title: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Titles of the site and the page, and their pieces, that are not names."""
    pieces = title_candidates(page.head.title)
    return non_name_titles((*names, title, *pieces), (block.text for block in page.reading.blocks))


def _canonical(page: ParsedPage) -> Url | None:
    """The canonical address that the page declares; None where it declares none."""
    href = page.head.link("canonical")
    return canonical_url(href, page.base) if href else None


def _frame(page: ParsedPage) -> tuple[Block, ...]:
    """The blocks around the main text: header, sidebars, footer; without comments."""
    return tuple(b for b in page.reading.blocks if not b.comment and (b.furniture or not b.main))


def _dropped(page: ParsedPage) -> tuple[Dropped, ...]:
    """A record of the links beyond the limit, if there are any."""
    count = page.reading.dropped_links
    return (Dropped(f"{count} links", "beyond the first 2,000 of a page"),) if count else ()


def _post_page(page: ParsedPage, title: str, when: PostDate | None, names: tuple[str, ...]) -> Extraction:
    """The extraction of a page that holds one post."""
    snapshot, rules = page.snapshot, robots_directives(page.snapshot, page.head)
    body = tuple(b for b in page.reading.body if not _is_title(b, title))
    collected = (*links.collect_links(page.reading.blocks, page.base), *_redirect_link(page))
    frame, prose, titles = _frame(page), own_text(body), _non_name_titles(page, title, names)
    rel_me = links.rel_me_links(page.root, page.base)
    frame_text = "\n".join(b.text for b in frame)
    language = detect_language(prose, page.head.language)
    minor = when is not None and self_statements.states_minor(prose, when.at, snapshot.fetched_at)
    post = ExtractedPost(
        url=_permalink(page),
        title=title,
        text=join_blocks(body, MAX_POST_CHARS),
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
        in_reply_to=_reply_targets(page),
        code_share=code_share(body),
        translations=translations_of(page.root, page.base, page.url),
    )
    return Extraction(
        url=page.url,
        kind=PageKind.POST,
        title=title,
        description="",
        language=language,
        posts=(post,),
        mentions=authors.unique_mentions(authors.copyright_mentions(frame_text, page.url, titles)),
        contacts=contacts.find_contacts(
            page.root, page.reading.blocks, page.url, rel_me, own_page=False, seen_on=snapshot.fetched_at.date()
        ),
        links=(),
        feeds=links.declared_feeds(page.root, page.base),
        internal=links.internal_links(collected, page.url),
        rel_me=rel_me,
        blogroll=links.blogroll_links(frame, page.base, whole_page=False),
        text="",
        canonical=_canonical(page),
        site_home=declared_home(page, PageKind.POST),
        generator=page.head.first("generator")[:MAX_GENERATOR_CHARS],
        comments_open=self_statements.comments_open(page.root, frame_text),
        noindex=rules.noindex,
        shown_until=rules.until,
        states_minor=minor,
        opt_out_request=self_statements.opt_out_request(join_blocks(frame, MAX_TEXT_CHARS)),
        recommends=blogrolls.page_blogroll_urls(page.root, page.base),
        dropped=_dropped(page),
    )


def _other_page(
    page: ParsedPage, title: str, kind: PageKind, names: tuple[str, ...], scope: _ContactScope
) -> Extraction:
    """The extraction of a page that is not a post."""
    snapshot, rules, body = page.snapshot, robots_directives(page.snapshot, page.head), page.reading.body
    collected = (*links.collect_links(page.reading.blocks, page.base), *_redirect_link(page))
    own_page, prose = kind in (PageKind.ABOUT, PageKind.HOME), own_text(body)
    titles, frame_text = _non_name_titles(page, title, names), "\n".join(b.text for b in _frame(page))
    rel_me = links.rel_me_links(page.root, page.base)
    owners: tuple[Mention, ...] = ()
    if own_page:
        owners = authors.owner_mentions(page.root, page.head, page.url, prose, titles)
    copyright_lines = f"{frame_text}\n{prose[-COPYRIGHT_TAIL_CHARS:]}"
    mentions = authors.unique_mentions((*owners, *authors.copyright_mentions(copyright_lines, page.url, titles)))
    posts, minor = hfeed.hfeed_posts(
        page.root,
        page.base,
        page.url,
        fetched_at=snapshot.fetched_at,
        language=page.head.language,
        owners=owners,
        titles=titles,
    )
    fetched_at, description = snapshot.fetched_at, page.head.first("description")
    minor = minor or (
        own_page
        and (
            self_statements.states_minor(description, None, fetched_at)
            or self_statements.states_minor(prose, None, fetched_at, introduction=kind is PageKind.ABOUT)
        )
    )
    own_titles = (title, *names) if own_page else ()
    own_blocks = tuple(b for b in page.reading.blocks if not b.comment and not b.quoted) if own_page else _frame(page)
    return Extraction(
        url=page.url,
        kind=kind,
        title=title,
        description=site_description(page, kind, body),
        language=detect_language(prose, page.head.language),
        posts=posts,
        mentions=authors.unique_mentions((*mentions, *authors.title_mentions(own_titles, page.url, mentions))),
        contacts=contacts.find_contacts(
            page.root,
            page.reading.blocks,
            page.url,
            rel_me,
            own_page=scope.own_page,
            seen_on=snapshot.fetched_at.date(),
            sentence_offers=scope.sentence_offers,
        ),
        links=collected,
        feeds=links.declared_feeds(page.root, page.base),
        internal=links.internal_links(collected, page.url),
        rel_me=rel_me,
        blogroll=links.blogroll_links(page.reading.blocks, page.base, whole_page=_is_blogroll(page, kind)),
        text=join_blocks(body, MAX_TEXT_CHARS) if own_page else "",
        canonical=_canonical(page),
        site_home=declared_home(page, kind),
        generator=page.head.first("generator")[:MAX_GENERATOR_CHARS],
        comments_open=None,
        noindex=rules.noindex,
        shown_until=rules.until,
        states_minor=minor,
        opt_out_request=self_statements.opt_out_request(join_blocks(own_blocks, MAX_TEXT_CHARS)),
        recommends=blogrolls.page_blogroll_urls(page.root, page.base),
        dropped=_dropped(page),
    )


def _redirect_link(page: ParsedPage) -> tuple[Link, ...]:
    """The target of the page's meta refresh, as a link outside its text; empty if absent."""
    target = moved_to_url(page)
    return (Link(target, "", "", in_body=False),) if target is not None else ()


def _is_title(block: Block, title: str) -> bool:
    """Whether a block is a heading that repeats the title."""
    return block.tag in ("h1", "h2") and text.fold(block.text).casefold() == title.casefold()


def _is_blogroll(page: ParsedPage, kind: PageKind) -> bool:
    """Whether a whole page is a list of recommended sites."""
    segments = segments_of(page.url)
    return kind is PageKind.ABOUT and bool(segments) and segments[-1] in BLOGROLL_PAGE


def _permalink(page: ParsedPage) -> Url:
    """The post's address: the canonical one where it is on the same host and that of a post, else the page's."""
    canonical = _canonical(page)
    if canonical is None or host_of(canonical) != host_of(page.url) or not (segments := segments_of(canonical)):
        return page.url
    # A canonical address of a list or an own page is a mistake of the template.
    listed = kind_by_address(canonical, segments) is not None and url_key(canonical) != url_key(page.url)
    return page.url if listed else canonical


def _authors(page: ParsedPage, title: str, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """The authors of a post: by markup, else by a line near the title, else by an address element."""
    found = authors.author_mentions(page.root, page.head, page.url, page.article, titles)
    if found:
        return found
    if not (name := byline_names(page, title)):
        return authors.unique_mentions(authors.address_mentions(page.root, page.url, titles))
    return tuple(
        m
        for part in split_names(name, titles)
        if (m := authors.make_mention(part, NameSource.BYLINE, page.url, site_titles=titles))
    )


def _post_links(collected: tuple[Link, ...], url: Url) -> tuple[Link, ...]:
    """The links of a post, without links of the frame within the site, which are in `internal`."""
    host = host_of(url)
    return tuple(link for link in collected if link.in_body or host_of(link.target) != host)


def _reply_targets(page: ParsedPage) -> tuple[Url, ...]:
    """Posts that this one replies to, by its markup."""
    found = (canonical_url(e.get("href") or "", page.base) for e in by_class(page.scope, "u-in-reply-to"))
    return tuple(dict.fromkeys(url for url in found if url))
