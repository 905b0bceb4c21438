"""Pages of sites that are gone, from where somebody else keeps them.

Only what nobody can be asked for any more is taken: a page that is missing on a host that answers was withdrawn.
Taken once, a page lies in the archive like any other, and the frontier finds it there when the site does not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from generator.pipeline.fetching import Fetcher
from generator.records import FetchRequest, Refusal, Url

MOST_PAGES = 30  # of a host in a night


def fetch_captures(
    captures: Sequence[FetchRequest], fetcher: Fetcher, *, forbidden: Callable[[Url], bool]
) -> tuple[int, tuple[Refusal, ...]]:
    """Archive what is kept of sites that are gone; how many pages were asked for, and which gave nothing.

    Args:
        captures: what an index named, one a page.
        fetcher: asks the sites themselves first; where an archive stands in for the web, nobody is asked.
        forbidden: whether an address may not be asked on somebody's word.
    """
    if not fetcher.live or fetcher.crawler is None:
        return 0, ()
    sites: dict[Url, list[FetchRequest]] = {}
    for page in captures:
        if not forbidden(page.url) and fetcher.workspace.latest(page.url) is None:
            parts = urlsplit(page.url)
            sites.setdefault(Url(f"{parts.scheme}://{parts.netloc}/"), []).append(page)
    wanted = [
        page
        for home, pages in sorted(sites.items())
        if not forbidden(home) and fetcher.is_gone(home)
        for page in sorted(pages, key=_start_page_then_newest)[:MOST_PAGES]
    ]
    return len(wanted), tuple(answer for answer in fetcher.take(wanted) if isinstance(answer, Refusal))


def _start_page_then_newest(page: FetchRequest) -> tuple[bool, float, Url]:
    assert page.capture is not None  # only such requests are captures
    return urlsplit(page.url).path != "/", -page.capture.captured_at.timestamp(), page.url
