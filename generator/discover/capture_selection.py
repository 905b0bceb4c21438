"""Which archived captures of a vanished site to fetch from a web archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from generator.records import FetchRequest, Url

MAX_CAPTURES_PER_HOST = 30  # per run


def captures_by_home(captures: Iterable[FetchRequest]) -> dict[Url, list[FetchRequest]]:
    """Captures by the home page of their site, in order of home page."""
    sites: dict[Url, list[FetchRequest]] = {}
    for page in captures:
        parts = urlsplit(page.url)
        sites.setdefault(Url(f"{parts.scheme}://{parts.netloc}/"), []).append(page)
    return dict(sorted(sites.items()))


def choose_captures(pages: Iterable[FetchRequest]) -> Sequence[FetchRequest]:
    """The captures of one site to fetch: the home page first, then the newest, at most `MAX_CAPTURES_PER_HOST`."""
    return sorted(pages, key=_home_then_newest)[:MAX_CAPTURES_PER_HOST]


def _home_then_newest(page: FetchRequest) -> tuple[bool, float, Url]:
    assert page.capture is not None  # only such requests are captures
    return urlsplit(page.url).path != "/", -page.capture.captured_at.timestamp(), page.url
