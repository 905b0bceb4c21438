"""The `seeds` command: query sources about a topic and propose the sites they name as seeds.

Passes records between the crawl, the extractor and the choice of proposals; writes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import __version__
from generator.crawl import Crawler, first_requests, is_source, query_source
from generator.discover import default_source_queries, propose_seed_sites, query_words
from generator.errors import GeneratorError, UsageError
from generator.extract import Extractor
from generator.pipeline.crawl_rounds import EventLogger
from generator.records import AGENT, FetchRequest, Purpose, Refusal, SeedMention, SeedProposal, SourceOutcome
from generator.sources import SourceAnswer, SourceRequest


@dataclass(frozen=True, slots=True)
class SeedSearchResult:
    """Proposed seeds, best first; how each source answered; and warnings for the reader."""

    proposals: tuple[SeedProposal, ...]
    sources: tuple[SourceOutcome, ...]
    warnings: tuple[str, ...]


def propose_seeds(
    words: str,
    *,
    questions: Sequence[str] = (),
    contact: str = "",
    replay: tuple[Path, ...] = (),
    as_of: date,
    workers: int,
    most: int,
    log_event: EventLogger,
) -> SeedSearchResult:
    """Query sources about a topic and propose sites as seeds.

    Args:
        words: the topic in a few words.
        questions: queries to send instead of the default ones, as `source:query`.
        contact: address for site owners, part of the User-Agent; needed for the live web.
        replay: WARC files that replace the web.
        as_of: the day of the search.
        workers: parsing processes.
        most: maximum number of proposals.
        log_event: receives one event per source.

    Raises:
        UsageError: `words` holds no word, or a query names an unknown source; no request was sent.
        GeneratorError: no source named a site; the message lists the refusals.
    """
    if not query_words(words):
        raise UsageError(f"“{words}” holds no word to ask for; write the topic as a person would say it.")
    queries = tuple(questions) or default_source_queries(words)
    for question in queries:
        if not is_source(question):
            raise UsageError(f"“{question}” names no source to ask; write source:query, such as hn:splitboarding.")
        first_requests(question, as_of=as_of)
    mentions: list[SeedMention] = []
    outcomes = []
    agent = f"{AGENT}/{__version__} (+{contact or 'replay'})"
    with (
        Crawler(user_agent=agent, delay_s=1.0, replay=replay) as crawler,
        Extractor(workers=workers) as extractor,
    ):
        for question in queries:
            result = query_source(question, as_of=as_of, fetch=_fetch(crawler, extractor), wait=crawler.pause)
            source = question.partition(":")[0]
            mentions += [SeedMention(lead.url, lead.words, lead.by, source) for lead in result.candidates]
            outcomes.append(result.outcome)
            log_event(
                "source_queried",
                source=question,
                requests=result.outcome.requests,
                sites=result.outcome.sites,
                refused=len(result.outcome.refusals),
            )
        warnings = crawler.warnings
    proposals = propose_seed_sites(words, mentions, most=most)
    if not proposals:
        raise GeneratorError(_no_proposals_message(words, outcomes))
    return SeedSearchResult(proposals, tuple(outcomes), warnings)


def _fetch(
    crawler: Crawler, extractor: Extractor
) -> Callable[[Sequence[SourceRequest]], Iterable[SourceAnswer | Refusal]]:
    """A function that fetches the addresses of a source and parses those that are pages or feeds."""

    def fetch(requests: Sequence[SourceRequest]) -> Iterable[SourceAnswer | Refusal]:
        by_url = {request.url: request for request in requests}
        pages = []
        for answer in crawler.fetch([FetchRequest(url, Purpose.SEED) for url in by_url]):
            if isinstance(answer, Refusal):
                yield answer
            elif by_url[answer.url].page:
                pages.append(answer)
            else:
                yield SourceAnswer(by_url[answer.url], answer)
        for snapshot, read in extractor.extract(pages):
            yield read if isinstance(read, Refusal) else SourceAnswer(by_url[snapshot.url], snapshot, read)

    return fetch


def _no_proposals_message(words: str, outcomes: Sequence[SourceOutcome]) -> str:
    """The error message for a search without proposals."""
    answers = "; ".join(
        f"{o.seed}: " + (f"refused ({o.refusals[0].reason})" if o.refusals else f"{o.sites} sites, none in these words")
        for o in outcomes
    )
    return (
        f"no source named a site in the words of “{words}”.\n  {answers}.\n"
        "  Try other words, or name sources with --ask."
    )
