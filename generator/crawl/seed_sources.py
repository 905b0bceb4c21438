"""Runs a source of seeds: sends its requests, passes the answers to its parser, applies the limits of one run.

The sources themselves, in `generator.sources`, fetch nothing. A failing source does not stop the run: what it was
refused is part of its `SourceOutcome`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.errors import UsageError
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, SourceOutcome, Url
from generator.sources import (
    SOURCES,
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
    unique_by_url,
)
from generator.urls import canonical_url, default_site, url_key

PREFIX = re.compile(r"^([a-z][a-z0-9]*):(?!//)(.*)$", re.DOTALL)
MAX_REQUESTS = 40  # addresses requested from one source in one run
MAX_WAIT_S = 60.0  # a server that wants a longer pause is not asked again in this run

Fetch = Callable[[Sequence[SourceRequest]], Iterable[SourceAnswer | Refusal]]


@dataclass(frozen=True, slots=True)
class SourceResult:
    """Sites that a source named, in its order, and how the queries went.

    `captures` holds archived pages to fetch where the site itself is gone: the newest capture of each page.
    """

    candidates: tuple[SeedCandidate, ...]
    outcome: SourceOutcome
    captures: tuple[FetchRequest, ...] = ()


def is_source(seed: str) -> bool:
    """Whether a seed is `source:query` rather than an address.

    Raises:
        UsageError: the source is unknown or its query is empty; the message shows a correct seed.
    """
    return _split_seed(seed) is not None


def seed_request(seed: str) -> FetchRequest:
    """The request for a seed that is an address, as the analyst wrote it.

    Raises:
        UsageError: the seed is not a web address; the message lists what else a seed may be.
    """
    text = seed.strip()
    url = canonical_url(text if "://" in text else f"https://{text}")
    if url is None:
        raise UsageError(
            f"Seed {seed!r} is not a web address.\n"
            f"  Write an address such as https://powderlines.example/ or {_examples()}."
        )
    return FetchRequest(url, Purpose.SEED)


def first_requests(seed: str, *, as_of: date) -> tuple[SourceRequest, ...]:
    """The first requests of a `source:query` seed; empty for a seed that is an address.

    Raises:
        UsageError: the source does not accept the query.
    """
    found = _split_seed(seed)
    if found is None:
        return ()
    source, words = found
    return source.first_requests(source.query(words, as_of=as_of))


def query_source(seed: str, *, as_of: date, fetch: Fetch, wait: Callable[[float], None]) -> SourceResult:
    """Query a source until it has no further requests or reaches the limits of one run.

    Args:
        seed: `source:query`.
        as_of: today; some sources search by date.
        fetch: returns one answer or refusal for each request, in any order.
        wait: called with a number of seconds where the server wants a pause before the next request.

    Raises:
        UsageError: the seed does not name a source, or the source does not accept the query.
    """
    found = _split_seed(seed)
    if found is None:
        raise UsageError(f"Seed {seed!r} names no source.\n  Known: {_examples()}.")
    source, words = found
    query = source.query(words, as_of=as_of)
    run = _SourceRun()
    wave = source.first_requests(query)
    while wave:
        run.requested |= {request.url for request in wave}
        readings = tuple(_readings(source, query, fetch(wave), run.refusals))
        wave = run.next_wave(readings)
        pause_s = max((reading.wait_s for reading in readings), default=0.0)
        if wave and pause_s > MAX_WAIT_S:
            detail = f"asked for {pause_s:.0f} s of peace"
            run.refusals.append(Refusal(wave[0].url, Purpose.SEED, RefusalReason.RATE_LIMITED, detail))
            break
        if wave and pause_s > 0:
            wait(pause_s)
    return run.result(seed)


@dataclass(slots=True)
class _SourceRun:
    """What one source was asked and what it named so far."""

    requested: set[Url] = field(default_factory=set)
    candidates: list[SeedCandidate] = field(default_factory=list)
    captures: dict[Url, FetchRequest] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def next_wave(self, readings: Sequence[SourceReading]) -> tuple[SourceRequest, ...]:
        """Collect the readings of a wave; return the new requests they call for, within the budget."""
        for reading in readings:
            self.candidates += reading.candidates
            for page in reading.captures:
                known = self.captures.get(page.url)
                if known is None or _captured_at(known) < _captured_at(page):
                    self.captures[page.url] = page
        then = {request.url: request for reading in readings for request in reading.then}
        fresh = tuple(request for url, request in then.items() if url not in self.requested)
        return fresh[: MAX_REQUESTS - len(self.requested)]

    def result(self, seed: str) -> SourceResult:
        candidates = unique_by_url(self.candidates)
        sites = len({url_key(default_site(candidate.url)) for candidate in candidates})
        outcome = SourceOutcome(seed, len(self.requested), sites, tuple(self.refusals))
        return SourceResult(candidates, outcome, tuple(self.captures[url] for url in sorted(self.captures)))


def _readings(
    source: SourceDescriptor,
    query: SourceQuery,
    answers: Iterable[SourceAnswer | Refusal],
    refusals: list[Refusal],
) -> Iterator[SourceReading]:
    """Parse the answers of a wave in order of address; add refused and malformed ones to `refusals`."""
    for answer in sorted(answers, key=lambda a: a.url if isinstance(a, Refusal) else a.request.url):
        if isinstance(answer, Refusal):
            refusals.append(answer)
            continue
        reading = source.parse(query, answer)
        if reading.broken:
            refusals.append(Refusal(answer.request.url, Purpose.SEED, RefusalReason.BROKEN, reading.broken))
        yield reading


def _captured_at(page: FetchRequest) -> datetime:
    assert page.capture is not None  # only such requests are captures
    return page.capture.captured_at


def _split_seed(seed: str) -> tuple[SourceDescriptor, str] | None:
    """The source and the query of a seed; None for an address."""
    match = PREFIX.match(seed.strip())
    if match is None or match[2].partition("/")[0].isdigit():  # the digits of example.org:8080 are a port
        return None
    prefix, words = match[1], match[2].strip()
    if prefix not in SOURCES:
        raise UsageError(
            f"Seed {seed!r}: there is no source called {prefix!r}.\n  Known: an address, or {_examples()}."
        )
    if not words:
        raise UsageError(f"Seed {seed!r} asks {prefix} for nothing.\n  Write {SOURCES[prefix].example}, for example.")
    return SOURCES[prefix], words


def _examples() -> str:
    return ", ".join(source.example for _, source in sorted(SOURCES.items()))
