"""Kinds of seed: an address as pasted, or `source:query` for places that list addresses.

One file a kind, each a `Source` (see `protocol`). To add one: its module, and its line in `SOURCES`.
A source that fails costs itself: what it was refused is told in its `SourceOutcome`, and the run goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from generator.crawl.sources import (
    blogroll,
    commoncrawl,
    discourse,
    hn,
    lemmy,
    mastodon,
    reddit,
    stackexchange,
    webmention,
    wikipedia,
    youtube,
)
from generator.crawl.sources.protocol import (
    SeedCandidate,
    Source,
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    unique_by_url,
)
from generator.errors import UsageError
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, SourceOutcome, Url
from generator.urls import canonical_url, default_site, url_key

__all__ = [
    "SOURCES",
    "SeedCandidate",
    "Source",
    "SourceAnswer",
    "SourceReading",
    "SourceRequest",
    "SourceResult",
    "is_source",
    "query_source",
    "seed_request",
]

PREFIX = re.compile(r"^([a-z][a-z0-9]*):(?!//)(.*)$", re.DOTALL)
MAX_REQUESTS = 40  # addresses a source may ask in one run, whatever its answers call for
LONGEST_WAIT_S = 60.0  # a place that wants a longer pause is left alone for this run

SOURCES: dict[str, Source] = {
    "blogroll": blogroll,
    "commoncrawl": commoncrawl,
    "discourse": discourse,
    "hn": hn,
    "lemmy": lemmy,
    "mastodon": mastodon,
    "reddit": reddit,
    "stackexchange": stackexchange,
    "webmention": webmention,
    "wikipedia": wikipedia,
    "youtube": youtube,
}

Fetch = Callable[[Sequence[SourceRequest]], Iterable[SourceAnswer | Refusal]]


@dataclass(frozen=True, slots=True)
class SourceResult:
    """All that a source named, in its order, and how it went; `captures` hold one a page, the newest."""

    leads: tuple[SeedCandidate, ...]
    outcome: SourceOutcome
    captures: tuple[FetchRequest, ...] = ()


def is_source(seed: str) -> bool:
    """Whether a seed is `source:query` rather than an address.

    Raises:
        UsageError: it names a source nobody knows, or asks one for nothing; the message says what would be right.
    """
    return _source(seed) is not None


def seed_request(seed: str) -> FetchRequest:
    """What to ask for first, for a seed that is an address as the analyst wrote it.

    Raises:
        UsageError: it is no web address; the message names what else a seed may be.
    """
    text = seed.strip()
    url = canonical_url(text if "://" in text else f"https://{text}")
    if url is None:
        raise UsageError(
            f"Seed {seed!r} is no web address.\n  Write an address such as https://powderlines.example/ or {_known()}."
        )
    return FetchRequest(url, Purpose.SEED)


def first_requests(seed: str, *, as_of: date) -> tuple[SourceRequest, ...]:
    """What a source is asked first.

    Raises:
        UsageError: the query is none for this source.
    """
    found = _source(seed)
    if found is None:
        return ()
    source, words = found
    return source.first(SourceQuery(words, as_of))


def query_source(seed: str, *, as_of: date, fetch: Fetch, wait: Callable[[float], None]) -> SourceResult:
    """Ask a source, step by step, until it has no more to say or was asked enough.

    Args:
        seed: `source:query`.
        as_of: today; some sources search by date.
        fetch: gives one answer or refusal for each ask, in any order.
        wait: called where a place wants a pause before it is asked again.

    Raises:
        UsageError: the seed names no source, or asks it for nothing it knows.
    """
    found = _source(seed)
    if found is None:
        raise UsageError(f"Seed {seed!r} names no source.\n  Known: {_known()}.")
    source, question = found[0], SourceQuery(found[1], as_of)
    leads: list[SeedCandidate] = []
    refusals: list[Refusal] = []
    asked: set[Url] = set()
    captures: dict[Url, FetchRequest] = {}
    wave = source.first(question)
    while wave:
        asked |= {one.url for one in wave}
        readings = []
        for answer in sorted(fetch(wave), key=lambda a: a.url if isinstance(a, Refusal) else a.request.url):
            if isinstance(answer, Refusal):
                refusals.append(answer)
                continue
            reading = source.read(question, answer)
            readings.append(reading)
            if reading.broken:
                refusals.append(Refusal(answer.request.url, Purpose.SEED, RefusalReason.BROKEN, reading.broken))
        leads += [lead for reading in readings for lead in reading.leads]
        for page in (page for reading in readings for page in reading.captures):
            known = captures.get(page.url)
            if known is None or _captured_at(known) < _captured_at(page):
                captures[page.url] = page
        then = {one.url: one for reading in readings for one in reading.then if one.url not in asked}
        wave = tuple(then.values())[: MAX_REQUESTS - len(asked)]
        pause_s = max((reading.wait_s for reading in readings), default=0.0)
        if wave and pause_s > LONGEST_WAIT_S:
            wants = f"asked for {pause_s:.0f} s of peace"
            refusals.append(Refusal(wave[0].url, Purpose.SEED, RefusalReason.RATE_LIMITED, wants))
            break
        if wave and pause_s > 0:
            wait(pause_s)
    named = unique_by_url(leads)
    sites = len({url_key(default_site(lead.url)) for lead in named})
    pages = tuple(captures[url] for url in sorted(captures))
    return SourceResult(named, SourceOutcome(seed, len(asked), sites, tuple(refusals)), pages)


def _captured_at(page: FetchRequest) -> datetime:
    assert page.capture is not None  # only such requests are captures
    return page.capture.captured_at


def _source(seed: str) -> tuple[Source, str] | None:
    match = PREFIX.match(seed.strip())
    if match is None or match[2].partition("/")[0].isdigit():  # example.org:8080 has a port, no query
        return None
    prefix, query = match[1], match[2].strip()
    if prefix not in SOURCES:
        raise UsageError(f"Seed {seed!r}: there is no source called {prefix!r}.\n  Known: an address, or {_known()}.")
    if not query:
        raise UsageError(f"Seed {seed!r} asks {prefix} for nothing.\n  Write {SOURCES[prefix].EXAMPLE}, for example.")
    return SOURCES[prefix], query


def _known() -> str:
    return ", ".join(source.EXAMPLE for _, source in sorted(SOURCES.items()))
