"""Fetch pages of vanished sites from a public web archive.

Only sites whose host no longer answers qualify: a page that is missing on a live host was withdrawn. A fetched capture
is stored in the archive, where the crawl finds it when the site does not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.discover import captures_by_home, choose_captures
from generator.pipeline.fetching import Fetcher
from generator.records import FetchRequest, Refusal, Url


def fetch_captures(
    captures: Sequence[FetchRequest], fetcher: Fetcher, *, forbidden: Callable[[Url], bool]
) -> tuple[int, tuple[Refusal, ...]]:
    """Fetch and store captures of sites that are gone.

    Args:
        captures: what an index of captures listed, one per page.
        fetcher: asks the sites themselves first; with `--replay` or offline nothing is fetched.
        forbidden: whether an address may not be requested.

    Returns:
        How many captures were requested, and the refusals among them.
    """
    if not fetcher.live or fetcher.crawler is None:
        return 0, ()
    missing = [page for page in captures if not forbidden(page.url) and fetcher.workspace.latest(page.url) is None]
    chosen = [
        page
        for home, pages in captures_by_home(missing).items()
        if not forbidden(home) and fetcher.is_gone(home)
        for page in choose_captures(pages)
    ]
    return len(chosen), tuple(answer for answer in fetcher.fetch_captures(chosen) if isinstance(answer, Refusal))
