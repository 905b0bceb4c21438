"""Other addresses of the same page: where it has moved, its translations, its AMP version."""

from __future__ import annotations

from dataclasses import replace

from generator.extract.page_metadata import ParsedPage, moved_to_url
from generator.extract.structured_data import by_value
from generator.records import Extraction, PageKind, Url
from generator.urls import canonical_url, host_of, url_key

MAX_ALTERNATES = 60  # a page is translated into fewer languages


def with_versions(extraction: Extraction, page: ParsedPage) -> Extraction:
    """The extraction of a page with the other addresses that the page declares for itself."""
    moved = moved_to_url(page) if extraction.kind is PageKind.OTHER else None
    return replace(extraction, moved_to=moved, alternates=_alternates(page), amp=_amp(page))


def _alternates(page: ParsedPage) -> tuple[Url, ...]:
    """Translations by `<link rel=alternate hreflang>`, without the page itself."""
    links = [e for e in by_value(page.root, "rel", "alternate") if e.tag == "link" and e.get("hreflang")]
    found = (canonical_url(e.get("href") or "", page.base) for e in links[:MAX_ALTERNATES])
    return tuple(dict.fromkeys(url for url in found if url and url_key(url) != url_key(page.url)))


def _amp(page: ParsedPage) -> Url | None:
    """The AMP version on the same host; a claim on an address of another host proves nothing."""
    href = page.head.link("amphtml")
    url = canonical_url(href, page.base) if href else None
    return url if url is not None and host_of(url) == host_of(page.url) else None
