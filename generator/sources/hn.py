"""`hn:words`: sites whose pages were submitted to Hacker News, through Algolia's public search.

The answer is JSON: `{"hits": [{"url": "https://...", "title": "...", "author": "...", ...}], "nbHits": 812,
"page": 0, "nbPages": 9}`. A search with more than one page is repeated per quarter, because Algolia returns at most
a thousand results. Points and comments are not read.

Source: https://hn.algolia.com/api
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import decode_json, seed_candidate, source_request, unique_by_url

API = "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query={query}&tags=story"
SLICE = "&numericFilters=created_at_i>={start},created_at_i<{end}"
PAGE_SIZE = 100
QUARTERS = 8
MAX_PAGES = 3  # of one quarter


class _Hit(msgspec.Struct):
    url: str | None = None
    title: str | None = None
    author: str | None = None


class _Answer(msgspec.Struct, rename="camel"):
    hits: list[_Hit]
    nb_hits: int = 0
    page: int = 0
    nb_pages: int = 0


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """One search without a time limit."""
    return source_request(API.format(query=quote(query.words, safe="")))


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The addresses of the stories; then further pages, or the same search per quarter."""
    found = decode_json(answer.snapshot, _Answer)
    if found is None:
        return SourceReading(broken="no answer of Algolia's search")
    candidates = unique_by_url(
        one for hit in found.hits for one in seed_candidate(hit.url, hit.title or "", hit.author or "")
    )
    asked = parse_qs(urlsplit(answer.request.url).query)
    if "numericFilters" not in asked:
        more = found.nb_hits > PAGE_SIZE
        return SourceReading(candidates, tuple(_quarters(query.words, query.as_of)) if more else ())
    page = found.page + 1
    if page >= min(found.nb_pages, MAX_PAGES) or str(found.page) != asked.get("page", ["0"])[0]:
        return SourceReading(candidates)
    return SourceReading(candidates, source_request(f"{answer.request.url.partition('&page=')[0]}&page={page}"))


def _quarters(query: str, as_of: date) -> Iterator[SourceRequest]:
    """Yield the search for each of the last quarters, newest first.

    Calendar quarters, so that the requested address is the same on every day of a quarter.
    """
    number = as_of.year * 4 + (as_of.month - 1) // 3
    for quarter in range(number, number - QUARTERS, -1):
        start, end = (int(datetime(q // 4, q % 4 * 3 + 1, 1, tzinfo=UTC).timestamp()) for q in (quarter, quarter + 1))
        yield from source_request(API.format(query=quote(query, safe="")) + SLICE.format(start=start, end=end))


SOURCE = SourceDescriptor(
    name="hn",
    grammar=r".+",
    form="words",
    mismatch="holds no words",
    example="hn:splitboarding",
    finds="sites whose pages were submitted to Hacker News, searched by quarter over the last two years",
    limits="at most 100 stories of all time and 300 a quarter; 10,000 requests an hour are allowed",
    terms="https://hn.algolia.com/api",
    empty_answer=("application/json", b'{"hits": [], "nbHits": 0, "page": 0, "nbPages": 0}'),
    start=start,
    parse=parse,
)
