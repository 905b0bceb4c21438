"""The address of each feed entry, and the pages of other hosts that it is about.

A link blog links its entries to the page discussed; the address of the post is then another link or the id. Entries
without a page of their own, such as podcast episodes and the days of one long page, get the address of the page with
a fragment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag

from generator.extract.feed_entries import RawEntry
from generator.records import Url
from generator.urls import canonical_url, host_of, url_key, with_fragment

MAX_CITED = 10  # pages of other hosts that one entry names outside its text
MAX_COMPARED_CHARS = 300  # characters of an entry's text that tell it from another without a title


@dataclass(frozen=True, slots=True)
class EntryAddress:
    """The address of an entry.

    `anchor` tells it from other entries with the same address: the fragment of its link, else its id. `cited` are
    pages of other hosts that it discusses.
    """

    link: Url
    anchor: str = ""
    cited: tuple[Url, ...] = ()


def feed_entry_address(raw: Any, url: Url, home: Url | None) -> EntryAddress | None:
    """The address of an entry that feedparser read; None without an address and an id.

    Args:
        raw: the entry.
        url: the address of the feed.
        home: the home page that the feed declares.
    """
    base = home or url
    stated = str(raw.get("feedburner_origlink") or raw.get("link") or "")
    identity = str(raw.get("id") or "") or _enclosure(raw)
    link = canonical_url(stated, base) if stated else None
    own = canonical_url(identity) if identity.startswith("http") and raw.get("id") else None
    named = [
        found
        for each in raw.get("links") or ()
        if each.get("rel") in ("related", "via") and (found := canonical_url(str(each.get("href") or ""), base))
    ]
    chosen = link or own
    if link is not None and not _is_of(link, base):
        chosen = next((found for found in (own, *named) if found is not None and _is_of(found, base)), link)
    elif link is not None and own is not None and home is not None and url_key(link) == url_key(home):
        chosen = own if _is_of(own, base) else link
    if chosen is None:
        return EntryAddress(with_fragment(base, identity)) if identity else None
    foreign = [found for found in (link, *named) if found is not None and found != chosen and not _is_of(found, base)]
    anchor = urldefrag(stated).fragment if stated and chosen == link else ""
    return EntryAddress(chosen, anchor or identity, tuple(dict.fromkeys(foreign))[:MAX_CITED])


def json_entry_address(item: dict[str, Any], url: Url, home: Url | None) -> EntryAddress | None:
    """The address of a JSON Feed item; `external_url` is the page discussed. None where it has no address and no id."""
    stated, identity, external = (
        value if isinstance(value := item.get(key), str) else "" for key in ("url", "id", "external_url")
    )
    if not stated and identity.startswith("http"):
        stated = identity
    link = canonical_url(stated, url) if stated else None
    outside = canonical_url(external, url) if external else None
    if link is None:
        if not identity:
            return None
        link = with_fragment(home or url, identity)
    cited = (outside,) if outside is not None and not _is_of(outside, link) else ()
    return EntryAddress(link, urldefrag(stated).fragment or identity, cited)


def distinct_addresses(entries: Sequence[RawEntry]) -> list[RawEntry]:
    """The entries, each of several with one address and different anchors at a fragment of that address.

    Entries with one address that differ in nothing but their ids are versions of one post and stay at the address.
    """
    by_link: dict[Url, list[RawEntry]] = defaultdict(list)
    for entry in entries:
        by_link[entry.link].append(entry)
    parts = {link for link, shared in by_link.items() if _are_parts(shared)}
    return [
        replace(entry, link=with_fragment(entry.link, entry.anchor)) if entry.link in parts and entry.anchor else entry
        for entry in entries
    ]


def _are_parts(shared: Sequence[RawEntry]) -> bool:
    """Whether entries with one address are different posts."""
    if len(shared) < 2 or len({entry.anchor for entry in shared}) < 2:
        return False
    return len({entry.title or (entry.content or entry.summary)[:MAX_COMPARED_CHARS] for entry in shared}) > 1


def _is_of(url: Url, base: Url) -> bool:
    """Whether an address is on the host of the feed's home page."""
    return host_of(url) == host_of(base)


def _enclosure(raw: Any) -> str:
    """The address of an entry's first sound or video; "" if it has none."""
    return next((str(each.get("href") or "") for each in raw.get("enclosures") or () if each.get("href")), "")
