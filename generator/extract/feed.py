"""Converts feeds to posts: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0 through feedparser, JSON Feed without it.

feedparser's sanitising and its resolving of addresses are switched off, because entries are read like pages and later
stages escape all text. Entries without an address and an id are dropped and recorded.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

import feedparser

from generator import text
from generator.errors import ExtractionError
from generator.extract import authors, blogrolls
from generator.extract.charset import decode, json_value
from generator.extract.entry_addresses import distinct_addresses, feed_entry_address, json_entry_address
from generator.extract.feed_entries import (
    MIN_FULL_FEED_CHARS,
    FeedFacts,
    RawEntry,
    entry_author_names,
    plain_to_html,
    read_entry,
)
from generator.extract.names import non_name_titles
from generator.extract.page_kind import is_list_address, is_own_page_address, kind_by_address, segments_of
from generator.extract.page_metadata import title_candidates
from generator.extract.robots_meta import robots_directives
from generator.extract.stand_ins import is_placeholder
from generator.languages.registry import merged_words
from generator.records import Dropped, ExtractedPost, Extraction, FeedLink, Link, Mention, PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of

MAX_FEED_CHARS = 6_000_000  # characters read; feeds are newest first, so the oldest entries are cut off
MAX_ENTRIES = 2_000
MAX_DEPTH = 5_000  # open elements; the time of feedparser grows with their square
MAX_SAMPLE_CHARS = 20_000  # characters of an entry in which words of the feed's title are counted
MAX_TITLE_CHARS = 300
MAX_LINK_TITLE_CHARS = 200
MAX_DESCRIPTION_CHARS = 500
MAX_LABEL_CHARS = 80  # characters of a title in the record of a dropped entry, and of a generator
MIN_SHARED_UPDATES = 3  # entries with the same `updated` show that it is the date of a rebuild
# The start or end of an element; a CDATA section or comment matches as a whole.
TAG = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<([/?!]?)[^<>]*?(/?)>", re.DOTALL)
# A sign before a word that is not an element of text, such as the type in "Vec<T>".
NOT_MARKUP = re.compile(
    r"<(?!/?(?:a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|samp|"
    r"small|span|strike|strong|sub|sup|tt|u|var|wbr)\b[^<>]{0,500}>)",
    re.IGNORECASE,
)
ENDINGS = (("</item>", "</channel></rss>"), ("</entry>", "</feed>"))
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
COMMENT_FEED_URL = re.compile(r"/comments?(?:/|$|\.)|[?&]feed=comments")
COMMENT_FEED_TITLES = merged_words("pages", "comment_feed_titles")
BLOGGER_KIND = "http://schemas.google.com/g/2005#kind"  # Blogger's mark of a post, not a subject


def extract_feed(snapshot: Snapshot) -> Extraction:
    """Read an RSS, RDF or Atom feed.

    Raises:
        ExtractionError: it holds neither entries nor a feed's title.
    """
    markup, cut = _truncate(decode(snapshot.body, snapshot.content_type))
    if _is_too_deep(markup):
        raise ExtractionError(f"{snapshot.final_url}: elements more than {MAX_DEPTH:,} deep")
    parsed = feedparser.parse(
        io.BytesIO(markup.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": snapshot.final_url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed.feed
    if not parsed.entries and not parsed.version:
        raise ExtractionError(f"{snapshot.final_url}: no feed in the answer")
    url, title = snapshot.final_url, _plain(feed.get("title", ""))
    home = _home_page(feed, url)
    titles = non_name_titles(title_candidates(title), (_sample(raw) for raw in parsed.entries[:MAX_ENTRIES]))
    owners = _authors(feed, url, titles)
    entries, dropped = [], ([Dropped("entries", "beyond the first 6,000,000 characters of the feed")] if cut else [])
    for raw in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(raw, feed, url, home, titles, owners, is_atom=parsed.version.startswith("atom"))
        if entry is None:
            dropped.append(
                Dropped(_plain(raw.get("title", ""))[:MAX_LABEL_CHARS] or "entry", "feed entry without an address")
            )
        else:
            entries.append(entry)
    posts, own_pages, dropped_posts, minor = _posts(entries, snapshot)
    return _extraction(
        snapshot,
        title,
        _plain(feed.get("subtitle", "")),
        home,
        owners,
        posts,
        (*dropped, *dropped_posts),
        language=str(feed.get("language", "")),
        generator=_plain(feed.get("generator", "")),
        minor=minor,
        older=(*_older_pages(feed.get("links", ()), url), *own_pages),
        blogroll=blogrolls.podroll_links(markup, url),
        recommends=blogrolls.feed_blogroll_urls(markup, url),
    )


def extract_json_feed(snapshot: Snapshot) -> Extraction:
    """Read a JSON Feed, versions 1 and 1.1.

    Raises:
        ExtractionError: it is not a JSON Feed.
    """
    try:
        feed = json_value(decode(snapshot.body, snapshot.content_type))
    except (ValueError, RecursionError) as error:
        raise ExtractionError(f"{snapshot.final_url}: broken JSON") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ExtractionError(f"{snapshot.final_url}: JSON, but no feed")
    url, title = snapshot.final_url, _string(feed, "title")
    home = canonical_url(_string(feed, "home_page_url"), url)
    titles = non_name_titles(
        title_candidates(title), (_string(item, "content_html")[:MAX_SAMPLE_CHARS] for item in feed["items"])
    )
    owners = _json_authors(feed, url, titles)
    entries, dropped = [], []
    for item in feed["items"][:MAX_ENTRIES]:
        language = _string(feed, "language")
        entry = _json_entry(item, url, home, titles, owners, language) if isinstance(item, dict) else None
        if entry is None:
            dropped.append(
                Dropped(_string(item, "title")[:MAX_LABEL_CHARS] or "entry", "feed entry without an address")
            )
        else:
            entries.append(entry)
    posts, own_pages, dropped_posts, minor = _posts(entries, snapshot)
    return _extraction(
        snapshot,
        text.fold(title),
        text.fold(_string(feed, "description")),
        home,
        owners,
        posts,
        (*dropped, *dropped_posts),
        language=_string(feed, "language"),
        generator="",
        minor=minor,
        older=(*_older_pages(({"rel": "next", "href": _string(feed, "next_url")},), url), *own_pages),
    )


def _extraction(
    snapshot: Snapshot,
    title: str,
    description: str,
    home: Url | None,
    owners: tuple[Mention, ...],
    posts: tuple[ExtractedPost, ...],
    dropped: tuple[Dropped, ...],
    *,
    language: str,
    generator: str,
    minor: bool,
    older: tuple[Link, ...],
    blogroll: tuple[Link, ...] = (),
    recommends: tuple[Url, ...] = (),
) -> Extraction:
    """The extraction of a feed; posts of a comments feed are dropped."""
    comments = bool(COMMENT_FEED_URL.search(snapshot.final_url)) or title.lower().startswith(COMMENT_FEED_TITLES)
    if comments:
        dropped = (*dropped, *(Dropped(post.url, "a reader's comment, not the owner's post") for post in posts))
        posts = ()
    languages = Counter(post.language for post in posts if post.language)
    return Extraction(
        url=snapshot.final_url,
        kind=PageKind.FEED,
        title=title[:MAX_TITLE_CHARS],
        description=text.clip(description, limit=MAX_DESCRIPTION_CHARS),
        language=max(sorted(languages), key=lambda code: languages[code]) if languages else language[:2].lower(),
        posts=posts,
        mentions=authors.unique_mentions((*owners, *authors.title_mentions((title,), snapshot.final_url, owners))),
        contacts=(),
        links=(),
        feeds=(FeedLink(snapshot.final_url, title[:MAX_LINK_TITLE_CHARS], comments),),
        internal=older,
        rel_me=(),
        blogroll=blogroll,
        text="",
        site_home=home,
        generator=generator[:MAX_LABEL_CHARS],
        noindex=robots_directives(snapshot).noindex,
        states_minor=minor,
        recommends=recommends,
        dropped=dropped,
    )


def _posts(
    entries: list[RawEntry], snapshot: Snapshot
) -> tuple[tuple[ExtractedPost, ...], tuple[Link, ...], tuple[Dropped, ...], bool]:
    """The posts of a feed's entries, each address once.

    Returns:
        The posts, links to its other pages, records of dropped entries and links, and whether a
        writer states an age under 18.
    """
    updates = Counter(entry.updated for entry in entries if entry.updated)
    facts = FeedFacts(
        snapshot.final_url,
        snapshot.fetched_at,
        frozenset(raw for raw, count in updates.items() if count >= MIN_SHARED_UPDATES),
        any(
            not e.content and e.summary.count("<p") > 1 and len(_plain(e.summary)) > MIN_FULL_FEED_CHARS
            for e in entries
        ),
    )
    posts: dict[Url, ExtractedPost] = {}
    dropped, minor = [], False
    own_pages: list[Link] = []
    for entry in distinct_addresses(entries):
        if entry.link in posts:
            dropped.append(Dropped(entry.link, "address given twice in one feed"))
            continue
        post, dropped_links, states_minor = read_entry(entry, facts)
        if is_list_or_own_page(post):
            dropped.append(Dropped(entry.link, "feed entry leads to a list or an own page"))
            own_pages.append(Link(entry.link, post.title, "", in_body=False))
            continue
        if is_placeholder(post.text):
            dropped.append(Dropped(entry.link, "an example of the publishing system"))
            continue
        posts[entry.link] = post
        minor = minor or states_minor
        if dropped_links:
            dropped.append(Dropped(entry.link, f"{dropped_links} links beyond the first 2,000 of a post"))
    return tuple(posts.values()), tuple(own_pages), tuple(dropped), minor


def is_list_or_own_page(post: ExtractedPost) -> bool:
    """Whether an entry is a list or a page about the owner: some generators put all their pages in the feed."""
    if "#" in post.url:
        return False  # a part of a page, which may be a list
    segments = segments_of(post.url)
    if segments and (is_list_address(post.url, segments) or is_own_page_address(post.url, segments)):
        return True
    # A number at the end may be that of a post as well as that of a page of a list.
    kind = kind_by_address(post.url, segments) if segments and not segments[-1].isdigit() else None
    return kind is not None and (post.published_at is None or (kind is PageKind.LISTING and not post.text))


def _truncate(markup: str) -> tuple[str, bool]:
    """A feed cut to the size limit after a whole entry, with its root closed, and whether it was cut."""
    if len(markup) <= MAX_FEED_CHARS:
        return markup, False
    for ending, closing in ENDINGS:
        at = markup.rfind(ending, 0, MAX_FEED_CHARS)
        if at > 0:
            end = "</rdf:RDF>" if "<rdf:RDF" in markup[:2_000] else closing
            return markup[: at + len(ending)] + end, True
    return markup[:MAX_FEED_CHARS], True


def _is_too_deep(markup: str) -> bool:
    """Whether elements are nested, or left open, beyond the depth limit."""
    depth = 0
    for match in TAG.finditer(markup):
        if match[1] == "/":
            depth -= 1
        elif match[1] == "" and match[2] != "/":
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def _plain(value: object) -> str:
    """The text of a feed's field without its markup."""
    raw = value if isinstance(value, str) else ""
    return text.fold(re.sub(r"<[^<>]{1,500}>", " ", raw))


def _home_page(feed: Any, url: Url) -> Url | None:
    """The page to which the feed belongs; None where it declares none or itself."""
    for link in feed.get("links", ()):
        page = link.get("rel") == "alternate" and "html" in str(link.get("type", "html"))
        if page and (home := canonical_url(str(link.get("href", "")), url)) and home != url:
            return home
    home = canonical_url(str(feed.get("link", "")), url) if feed.get("link") else None
    return home if home != url else None


def _older_pages(feed_links: Iterable[Any], url: Url) -> tuple[Link, ...]:
    """Further pages of a feed on its host: rel=next and prev-archive (RFC 5005), next_url of a JSON Feed."""
    named = (str(link.get("href") or "") for link in feed_links if link.get("rel") in ("next", "prev-archive"))
    found = dict.fromkeys(target for href in named if href and (target := canonical_url(href, url)) and target != url)
    return tuple(Link(t, "older", "", in_body=False) for t in found if host_of(t) == host_of(url))


def _authors(node: Any, page: Url, titles: tuple[str, ...], *, rss: bool = False) -> tuple[Mention, ...]:
    """The authors of a feed or an entry; `rss` for an entry of a format other than Atom."""
    found: list[Mention] = []
    listed: list[Any] = list(node.get("authors") or ())
    raw = str(node.get("author") or "")
    if len(listed) == 1 and "@" in raw:
        # feedparser cuts e-mail addresses after the fourth letter of their top-level domain.
        return authors.unique_mentions(entry_author_names(raw, "", str(listed[0].get("href") or ""), page, titles))
    unaddressed = [author for author in listed if author and not author.get("email")]
    if rss and unaddressed:
        listed = unaddressed  # dc:creator names the writer; the mailbox beside it may be the editor's
    for author in listed:
        if author:
            name, email, url = (str(author.get(key) or "") for key in ("name", "email", "href"))
            found += entry_author_names(name, email, url, page, titles)
    if not found and raw:
        found += entry_author_names(raw, "", "", page, titles)
    return authors.unique_mentions(found)


def _content(raw: Any) -> tuple[str, str]:
    """The longest content of an entry as HTML, and its base address; "" for each that is absent."""
    best, base = "", ""
    for part in raw.get("content") or ():
        value = str(part.get("value") or "")
        if part.get("type") == "text/plain":
            value = plain_to_html(value)
        if len(value) > len(best):
            best, base = value, str(part.get("base") or "")
    return best, base


def _sample(raw: Any) -> str:
    """The beginning of an entry's text, in which common words are counted."""
    return _plain((str(raw.get("summary") or "") or _content(raw)[0])[:MAX_SAMPLE_CHARS])


def _entry(
    raw: Any,
    feed: Any,
    url: Url,
    home: Url | None,
    titles: tuple[str, ...],
    owners: tuple[Mention, ...],
    *,
    is_atom: bool,
) -> RawEntry | None:
    """The fields of one feedparser entry; None where it has no address and no id."""
    address = feed_entry_address(raw, url, home)
    if address is None:
        return None
    link = address.link
    content, base = _content(raw)
    detail = raw.get("summary_detail") or {}
    summary = str(raw.get("summary") or "")
    if detail.get("type") == "text/plain" and "<" not in summary:
        summary = plain_to_html(summary)
    if summary == content:
        summary = ""
    base = base or str(detail.get("base") or "")
    replies = [str(r.get("href") or r.get("ref") or "") for r in (raw.get("thr_in-reply-to"),) if isinstance(r, dict)]
    return RawEntry(
        link=link,
        title=_entry_title(raw, atom=is_atom),
        content=content,
        summary=summary,
        published=str(raw.get("published") or raw.get("created") or ""),
        updated=str(raw["updated"] or "") if "updated" in raw else "",
        base=link if not base or base == url else (canonical_url(base, url) or link),
        tags=tuple(
            str(t.get("label") or t.get("term") or "") for t in raw.get("tags") or () if t.get("scheme") != BLOGGER_KIND
        ),
        authors=_authors(raw, url, titles, rss=not is_atom) or owners,
        language=str(detail.get("language") or feed.get("language") or ""),
        in_reply_to=tuple(r for r in replies if r),
        anchor=address.anchor,
        cited=address.cited,
    )


def _entry_title(raw: Any, *, atom: bool) -> str:
    """The title of an entry as HTML: plain text of Atom as it stands, elsewhere only names of elements are markup."""
    title = str(raw.get("title") or "")
    if atom and (raw.get("title_detail") or {}).get("type") == "text/plain":
        return escape(unescape(title), quote=False)
    return NOT_MARKUP.sub("&lt;", title)


def _string(node: dict[str, Any], key: str) -> str:
    """A JSON value that is a string; "" for other values."""
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def _json_authors(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """Authors of a JSON feed or item: `authors` of version 1.1, `author` of version 1."""
    listed = node.get("authors")
    found: list[Mention] = []
    for author in listed if isinstance(listed, list) else [node.get("author")]:
        if isinstance(author, dict):
            found += entry_author_names(_string(author, "name"), "", _string(author, "url"), page, titles)
    return authors.unique_mentions(found)


def _json_entry(
    item: dict[str, Any],
    url: Url,
    home: Url | None,
    titles: tuple[str, ...],
    owners: tuple[Mention, ...],
    language: str,
) -> RawEntry | None:
    """The fields of one JSON Feed item; None where it has no address and no id."""
    address = json_entry_address(item, url, home)
    if address is None:
        return None
    link = address.link
    tags = item.get("tags")
    return RawEntry(
        link=link,
        title=NOT_MARKUP.sub("&lt;", _string(item, "title")),
        content=_string(item, "content_html") or plain_to_html(_string(item, "content_text")),
        summary=plain_to_html(_string(item, "summary")),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        base=link,
        tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
        authors=_json_authors(item, url, titles) or owners,
        language=_string(item, "language") or language,
        anchor=address.anchor,
        cited=address.cited,
    )
