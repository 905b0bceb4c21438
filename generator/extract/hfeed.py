"""h-feed: posts marked up in a page, for sites without a feed.

An entry needs an address on the same host, a date and text. Only classes of microformats 2 count, because themes use
the older class `hentry` for other elements too. An entry is read like an entry of a feed.

Source: https://microformats.org/wiki/h-feed, https://microformats.org/wiki/h-entry
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from generator.extract.authors import entry_mentions
from generator.extract.dom import Element, in_frame
from generator.extract.feed_entries import FeedFacts, RawEntry, read_entry
from generator.extract.structured_data import by_class, outermost
from generator.records import ExtractedPost, Mention, Url
from generator.urls import canonical_url, host_of

MAX_ENTRIES = 200
MIN_ENTRIES = 2  # a single entry is the page's own post


def hfeed_posts(
    root: Element,
    base: str,
    page: Url,
    *,
    fetched_at: datetime,
    language: str,
    owners: tuple[Mention, ...],
    titles: tuple[str, ...] = (),
) -> tuple[tuple[ExtractedPost, ...], bool]:
    """Posts of a page's h-entries, each address once.

    Args:
        root: the page.
        base: address to which relative addresses are resolved.
        page: address of the page.
        fetched_at: moment of the fetch; later dates are not plausible.
        language: declared language of the page.
        owners: authors of the entries that name none themselves.
        titles: titles that are not names on this site.

    Returns:
        The posts, and whether one states that its writer is under 18.
    """
    facts = FeedFacts(page, fetched_at, frozenset(), full_descriptions=False)
    entries: dict[Url, RawEntry] = {}
    for element in outermost(by_class(root, "h-entry"))[:MAX_ENTRIES]:
        entry = None if in_frame(element) else _to_entry(element, base, page, language, owners, titles)
        if entry is not None:
            entries.setdefault(entry.link, entry)
    results = [read_entry(entry, facts) for entry in entries.values()]
    posts = tuple(post for post, _, _ in results if post.published_at is not None and post.text)
    if len(posts) < MIN_ENTRIES:
        return (), False
    return posts, any(minor for _, _, minor in results)


def _to_entry(
    element: Element, base: str, page: Url, language: str, owners: tuple[Mention, ...], titles: tuple[str, ...]
) -> RawEntry | None:
    """The fields of an h-entry; None where it has no date or no address of its own on this host."""
    link = next((u for e in _own(element, "u-url") if (u := canonical_url(e.get("href") or "", base))), None)
    published = _date_of(element, "dt-published")
    if link is None or host_of(link) != host_of(page) or link == page or not published:
        return None
    name = next(_own(element, "p-name"), None)
    replies = tuple(e.get("href") or "" for e in _own(element, "u-in-reply-to"))
    return RawEntry(
        link=link,
        title="" if name is None or "e-content" in (name.get("class") or "") else _text(name),
        content=_markup(next(_own(element, "e-content"), None)),
        summary=_markup(next(_own(element, "p-summary"), None)),
        published=published,
        updated=_date_of(element, "dt-updated"),
        base=base,
        tags=tuple(_text(e) for e in _own(element, "p-category")),
        authors=entry_mentions(element, page, titles) or owners,
        language=language,
        in_reply_to=tuple(reply for reply in replies if reply),
    )


def _own(element: Element, name: str) -> Iterator[Element]:
    """Elements of a class that belong to this entry and not to a nested entry, citation or card."""
    nested = set(by_class(element, "h-entry", "h-cite", "h-card")) - {element}
    for found in by_class(element, name):
        if found not in nested and not any(parent in nested for parent in found.iterancestors()):
            yield found


def _date_of(element: Element, name: str) -> str:
    """A date as written: the datetime or title attribute, else the text; "" if absent."""
    found = next(_own(element, name), None)
    return "" if found is None else (found.get("datetime") or found.get("title") or _text(found))


def _text(element: Element) -> str:
    """All text below an element, white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _markup(element: Element | None) -> str:
    """An element as HTML; "" for None."""
    return "" if element is None else etree.tostring(element, encoding="unicode", method="html", with_tail=False)
