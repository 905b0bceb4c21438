"""h-feed: posts marked up in a page itself, where a site keeps no feed beside it.

An entry counts with an address on the same host, a date and words; classes of microformats 2 alone, because themes
say `hentry` of anything. What is read of it is what a feed's entry would say.

Source: https://microformats.org/wiki/h-feed, https://microformats.org/wiki/h-entry
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from generator.extract.dom import Element, in_frame
from generator.extract.feed_entries import FeedFacts, RawEntry, read_entry
from generator.extract.structured_data import by_class, outermost
from generator.records import ExtractedPost, Mention, Url
from generator.urls import canonical_url, host_of

MAX_ENTRIES = 200
FEWEST = 2  # entries; one alone is the page's own post


def hfeed_posts(
    root: Element, base: str, page: Url, *, fetched_at: datetime, language: str, owners: tuple[Mention, ...]
) -> tuple[tuple[ExtractedPost, ...], bool]:
    """Posts of a page's h-entries, each address once, and whether one says that its writer is a minor.

    Args:
        root: the page.
        base: what its addresses are relative to.
        page: its own address.
        fetched_at: when it was fetched; later dates are not believed.
        language: the page's.
        owners: who stands for entries without an author.
    """
    facts = FeedFacts(page, fetched_at, frozenset(), full_descriptions=False)
    entries: dict[Url, RawEntry] = {}
    for element in outermost(by_class(root, "h-entry"))[:MAX_ENTRIES]:
        entry = None if in_frame(element) else _entry(element, base, page, language, owners)
        if entry is not None:
            entries.setdefault(entry.link, entry)
    read = [read_entry(entry, facts) for entry in entries.values()]
    posts = tuple(post for post, _, _ in read if post.published_at is not None and post.text)
    if len(posts) < FEWEST:
        return (), False
    return posts, any(minor for _, _, minor in read)


def _entry(element: Element, base: str, page: Url, language: str, owners: tuple[Mention, ...]) -> RawEntry | None:
    """What an h-entry says; None where it has no address of its own on this host, or no date."""
    link = next((u for e in _own(element, "u-url") if (u := canonical_url(e.get("href") or "", base))), None)
    published = _when(element, "dt-published")
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
        updated=_when(element, "dt-updated"),
        base=base,
        tags=tuple(_text(e) for e in _own(element, "p-category")),
        authors=owners,
        language=language,
        in_reply_to=tuple(reply for reply in replies if reply),
    )


def _own(element: Element, name: str) -> Iterator[Element]:
    """Elements of a class that belong to this entry, not to one it quotes."""
    nested = set(by_class(element, "h-entry", "h-cite", "h-card")) - {element}
    for found in by_class(element, name):
        if found not in nested and not any(parent in nested for parent in found.iterancestors()):
            yield found


def _when(element: Element, name: str) -> str:
    """A date as written: the attribute for machines, else the words."""
    found = next(_own(element, name), None)
    return "" if found is None else (found.get("datetime") or found.get("title") or _text(found))


def _text(element: Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _markup(element: Element | None) -> str:
    return "" if element is None else etree.tostring(element, encoding="unicode", method="html", with_tail=False)
