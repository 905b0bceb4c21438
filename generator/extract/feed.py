"""Feeds to posts: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0 through feedparser, JSON Feed by hand.

feedparser neither sanitises nor resolves here: entries are read as pages are, and every string is treated
as hostile further down the street. Entries without an address are dropped and counted.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import feedparser

from generator import text
from generator.errors import ExtractionError
from generator.extract import authors, blogrolls
from generator.extract.charset import decode
from generator.extract.feed_entries import FULL_FEED, FeedFacts, RawEntry, entry_author_names, plain_to_html, read_entry
from generator.extract.names import non_name_titles
from generator.extract.page_kind import kind_by_address, segments_of
from generator.extract.page_metadata import title_candidates
from generator.extract.robots_meta import robots_directives
from generator.records import Dropped, ExtractedPost, Extraction, FeedLink, Link, Mention, PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of

MAX_FEED = 6_000_000  # characters read; feeds are newest first, so what is cut off is the oldest
MAX_ENTRIES = 2_000
MAX_DEPTH = 5_000  # open elements; feedparser takes time in proportion to their square
MAX_SAMPLE = 20_000  # characters of an entry looked at for the words of the feed's title
SHARED_BY = 3  # entries that share one `updated` make it a rebuild
# An element's start or end; CDATA sections and comments are passed over as one.
TAG = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<([/?!]?)[^<>]*?(/?)>", re.DOTALL)
ENDINGS = (("</item>", "</channel></rss>"), ("</entry>", "</feed>"))
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
COMMENTS = re.compile(r"/comments?(?:/|$|\.)|[?&]feed=comments")
OWN_KIND = "http://schemas.google.com/g/2005#kind"  # Blogger's mark for "this is a post", no subject


def extract_feed(snapshot: Snapshot) -> Extraction:
    """Read an RSS, RDF or Atom feed.

    Raises:
        ExtractionError: it holds neither entries nor a feed's title.
    """
    markup, cut = _shortened(decode(snapshot.body, snapshot.content_type))
    if _too_deep(markup):
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
    url, title = snapshot.final_url, _words(feed.get("title", ""))
    home = _home(feed, url)
    titles = non_name_titles(title_candidates(title), (_sample(raw) for raw in parsed.entries[:MAX_ENTRIES]))
    owners = _authors(feed, url, titles)
    entries, dropped = [], ([Dropped("entries", "beyond the first 6,000,000 characters of the feed")] if cut else [])
    for raw in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(raw, feed, url, home, titles, owners)
        if entry is None:
            dropped.append(Dropped(_words(raw.get("title", ""))[:80] or "entry", "feed entry without an address"))
        else:
            entries.append(entry)
    posts, more, minor = _posts(entries, snapshot)
    return _extraction(
        snapshot,
        title,
        _words(feed.get("subtitle", "")),
        home,
        owners,
        posts,
        (*dropped, *more),
        language=str(feed.get("language", "")),
        generator=_words(feed.get("generator", "")),
        minor=minor,
        older=_older(feed.get("links", ()), url),
        blogroll=blogrolls.podroll(markup, url),
        recommends=blogrolls.feed_lists(markup, url),
    )


def extract_json_feed(snapshot: Snapshot) -> Extraction:
    """Read a JSON Feed, versions 1 and 1.1.

    Raises:
        ExtractionError: it is no JSON Feed.
    """
    try:
        feed = json.loads(decode(snapshot.body, snapshot.content_type), strict=False)
    except (ValueError, RecursionError) as error:
        raise ExtractionError(f"{snapshot.final_url}: broken JSON") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ExtractionError(f"{snapshot.final_url}: JSON, but no feed")
    url, title = snapshot.final_url, _string(feed, "title")
    home = canonical_url(_string(feed, "home_page_url"), url)
    titles = non_name_titles(
        title_candidates(title), (_string(item, "content_html")[:MAX_SAMPLE] for item in feed["items"])
    )
    owners = _json_authors(feed, url, titles)
    entries, dropped = [], []
    for item in feed["items"][:MAX_ENTRIES]:
        entry = _json_entry(item, url, titles, owners, _string(feed, "language")) if isinstance(item, dict) else None
        if entry is None:
            dropped.append(Dropped(_string(item, "title")[:80] or "entry", "feed entry without an address"))
        else:
            entries.append(entry)
    posts, more, minor = _posts(entries, snapshot)
    return _extraction(
        snapshot,
        text.fold(title),
        text.fold(_string(feed, "description")),
        home,
        owners,
        posts,
        (*dropped, *more),
        language=_string(feed, "language"),
        generator="",
        minor=minor,
        older=_older(({"rel": "next", "href": _string(feed, "next_url")},), url),
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
    """The record of a feed."""
    comments = bool(COMMENTS.search(snapshot.final_url)) or title.lower().startswith("comments on")
    if comments:
        dropped = (*dropped, *(Dropped(post.url, "a reader's comment, not the owner's post") for post in posts))
        posts = ()
    languages = Counter(post.language for post in posts if post.language)
    return Extraction(
        url=snapshot.final_url,
        kind=PageKind.FEED,
        title=title[:300],
        description=text.clip(description, limit=500),
        language=max(sorted(languages), key=lambda code: languages[code]) if languages else language[:2].lower(),
        posts=posts,
        mentions=authors.unique((*owners, *authors.title_mentions((title,), snapshot.final_url, owners))),
        contacts=(),
        links=(),
        feeds=(FeedLink(snapshot.final_url, title[:200], comments),),
        internal=older,
        me=(),
        blogroll=blogroll,
        text="",
        site_home=home,
        generator=generator[:80],
        noindex=robots_directives(snapshot).noindex,
        says_minor=minor,
        recommends=recommends,
        dropped=dropped,
    )


def _posts(entries: list[RawEntry], snapshot: Snapshot) -> tuple[tuple[ExtractedPost, ...], tuple[Dropped, ...], bool]:
    """Every entry read, each address once, with what was left out and whether the owner is a minor."""
    updates = Counter(entry.updated for entry in entries if entry.updated)
    facts = FeedFacts(
        snapshot.final_url,
        snapshot.fetched_at,
        frozenset(raw for raw, count in updates.items() if count >= SHARED_BY),
        any(not e.content and e.summary.count("<p") > 1 and len(_words(e.summary)) > FULL_FEED for e in entries),
    )
    posts: dict[Url, ExtractedPost] = {}
    dropped, minor = [], False
    for entry in entries:
        if entry.link in posts:
            dropped.append(Dropped(entry.link, "address given twice in one feed"))
            continue
        post, left_out, young = read_entry(entry, facts)
        if is_placeholder_url(post):
            dropped.append(Dropped(entry.link, "feed entry leads to a list or an own page"))
            continue
        posts[entry.link] = post
        minor = minor or young
        if left_out:
            dropped.append(Dropped(entry.link, f"{left_out} links beyond the first 2,000 of a post"))
    return tuple(posts.values()), tuple(dropped), minor


def is_placeholder_url(post: ExtractedPost) -> bool:
    """Whether an undated entry stands for a list or a page about the owner: some generators feed all they make."""
    segments = segments_of(post.url)
    # A number may be a note's as well as a page's.
    kind = kind_by_address(post.url, segments) if segments and not segments[-1].isdigit() else None
    return kind is not None and (post.published_at is None or (kind is PageKind.LISTING and not post.text))


def _shortened(markup: str) -> tuple[str, bool]:
    """A feed too large to read in time, cut after its last whole entry and closed again."""
    if len(markup) <= MAX_FEED:
        return markup, False
    for ending, closing in ENDINGS:
        at = markup.rfind(ending, 0, MAX_FEED)
        if at > 0:
            end = "</rdf:RDF>" if "<rdf:RDF" in markup[:2_000] else closing
            return markup[: at + len(ending)] + end, True
    return markup[:MAX_FEED], True


def _too_deep(markup: str) -> bool:
    """Whether elements are nested, or left open, beyond all reason."""
    depth = 0
    for match in TAG.finditer(markup):
        if match[1] == "/":
            depth -= 1
        elif match[1] == "" and match[2] != "/":
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def _words(value: object) -> str:
    """Text of a feed's field that may hold markup."""
    raw = value if isinstance(value, str) else ""
    return text.fold(re.sub(r"<[^<>]{1,500}>", " ", raw))


def _home(feed: Any, url: Url) -> Url | None:
    """The page the feed says it belongs to; never the feed itself."""
    for link in feed.get("links", ()):
        page = link.get("rel") == "alternate" and "html" in str(link.get("type", "html"))
        if page and (home := canonical_url(str(link.get("href", "")), url)) and home != url:
            return home
    home = canonical_url(str(feed.get("link", "")), url) if feed.get("link") else None
    return home if home != url else None


def _older(listed: Iterable[Any], url: Url) -> tuple[Link, ...]:
    """Further pages a feed names: rel=next and prev-archive (RFC 5005), next_url of a JSON Feed; on its host alone."""
    named = (str(link.get("href") or "") for link in listed if link.get("rel") in ("next", "prev-archive"))
    found = dict.fromkeys(target for href in named if href and (target := canonical_url(href, url)) and target != url)
    return tuple(Link(t, "older", "", in_body=False) for t in found if host_of(t) == host_of(url))


def _authors(node: Any, page: Url, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """The authors of a feed or an entry."""
    found: list[Mention] = []
    listed: list[Any] = list(node.get("authors") or ())
    raw = str(node.get("author") or "")
    if len(listed) == 1 and "@" in raw:
        # feedparser takes addresses apart and cuts off what follows the fourth letter of their ending.
        return authors.unique(entry_author_names(raw, "", str(listed[0].get("href") or ""), page, titles))
    for one in listed:
        if one:
            found += entry_author_names(
                str(one.get("name") or ""), str(one.get("email") or ""), str(one.get("href") or ""), page, titles
            )
    if not found and raw:
        found += entry_author_names(raw, "", "", page, titles)
    return authors.unique(found)


def _content(raw: Any) -> tuple[str, str]:
    """The entry's full content as HTML and the base address it gives, the longest where there are several."""
    best, base = "", ""
    for part in raw.get("content") or ():
        value = str(part.get("value") or "")
        if part.get("type") == "text/plain":
            value = plain_to_html(value)
        if len(value) > len(best):
            best, base = value, str(part.get("base") or "")
    return best, base


def _sample(raw: Any) -> str:
    """The beginning of an entry's text, to see which words are common in it."""
    return _words((str(raw.get("summary") or "") or _content(raw)[0])[:MAX_SAMPLE])


def _entry(
    raw: Any, feed: Any, url: Url, home: Url | None, titles: tuple[str, ...], owners: tuple[Mention, ...]
) -> RawEntry | None:
    """One feedparser entry; None where it has no address."""
    link = _permalink(raw, url, home)
    if link is None:
        return None
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
        title=str(raw.get("title") or ""),
        content=content,
        summary=summary,
        published=str(raw.get("published") or raw.get("created") or ""),
        updated=str(raw["updated"] or "") if "updated" in raw else "",
        base=link if not base or base == url else (canonical_url(base, url) or link),
        tags=tuple(
            str(t.get("label") or t.get("term") or "") for t in raw.get("tags") or () if t.get("scheme") != OWN_KIND
        ),
        authors=_authors(raw, url, titles) or owners,
        language=str(detail.get("language") or feed.get("language") or ""),
        in_reply_to=tuple(r for r in replies if r),
    )


def _permalink(raw: Any, url: Url, home: Url | None) -> Url | None:
    """The post's own address: on link blogs the id, where the link leads to what is talked about."""
    base = home or url
    link = (
        canonical_url(str(raw.get("feedburner_origlink") or raw.get("link") or ""), base)
        if raw.get("feedburner_origlink") or raw.get("link")
        else None
    )
    own = canonical_url(str(raw.get("id") or "")) if str(raw.get("id") or "").startswith("http") else None
    if link is None or (own and home and host_of(link) != host_of(home) and host_of(own) == host_of(home)):
        return own
    return link


def _string(node: dict[str, Any], key: str) -> str:
    """A JSON value as text; "" where it is none."""
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def _json_authors(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """`authors` of version 1.1 or `entry_author_names` of version 1."""
    listed = node.get("authors")
    found: list[Mention] = []
    for one in listed if isinstance(listed, list) else [node.get("author")]:
        if isinstance(one, dict):
            found += entry_author_names(_string(one, "name"), "", _string(one, "url"), page, titles)
    return authors.unique(found)


def _json_entry(
    item: dict[str, Any], url: Url, titles: tuple[str, ...], owners: tuple[Mention, ...], language: str
) -> RawEntry | None:
    """One item; None where it has no address."""
    raw = _string(item, "url") or (_string(item, "id") if _string(item, "id").startswith("http") else "")
    link = canonical_url(raw, url) if raw else None
    if link is None:
        return None
    tags = item.get("tags")
    return RawEntry(
        link=link,
        title=_string(item, "title"),
        content=_string(item, "content_html") or plain_to_html(_string(item, "content_text")),
        summary=plain_to_html(_string(item, "summary")),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        base=link,
        tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
        authors=_json_authors(item, url, titles) or owners,
        language=_string(item, "language") or language,
    )
