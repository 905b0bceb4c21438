"""Seeds by example: ask the sources about a few words, and propose what they name for a person to accept.

Carries records between the crawl, the parsers and the choice; keeps nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import __version__
from generator.crawl import Crawler, first_requests, is_source, query_source
from generator.discover import propose_seed_sites, query_words
from generator.errors import GeneratorError, UsageError
from generator.extract import Extractor
from generator.pipeline.crawl_rounds import EventLogger
from generator.records import AGENT, FetchRequest, Purpose, Refusal, SeedMention, SeedProposal, SourceOutcome
from generator.sources import SourceAnswer, SourceRequest

LONG_WORD = 5  # letters; a shorter word alone is no hashtag worth asking for
HASHTAGS = 3


@dataclass(frozen=True, slots=True)
class SeedSearchResult:
    """What `seeds` found: proposals best first, how each source went, and what a reader should know."""

    proposals: tuple[SeedProposal, ...]
    sources: tuple[SourceOutcome, ...]
    warnings: tuple[str, ...]


def default_queries(words: str) -> tuple[str, ...]:
    """What the sources that can be asked in words are asked, as seeds are written."""
    parts = query_words(words)
    long = sorted((part for part in parts if len(part) >= LONG_WORD), key=lambda part: (-len(part), part))
    tags = dict.fromkeys(["".join(parts), *long])
    return (
        f"hn:{' '.join(parts)}",
        f"lemmy:{' '.join(parts)}",
        *(f"mastodon:#{tag}" for tag in list(tags)[:HASHTAGS]),
        f"stackexchange:{'-'.join(parts)}",
        f"wikipedia:{' '.join(parts)}",
    )


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
    """Ask sources about a topic and propose sites to begin with.

    Args:
        words: the topic, as a person would say it.
        questions: sources to ask instead of the usual ones, as `source:query`.
        contact: whom a place turns to; needed where the live web is asked.
        replay: WARC files that stand in for the web.
        as_of: today.
        workers: parsing processes.
        most: proposals at most.
        log_event: told every source once.

    Raises:
        UsageError: there is no word, or a question is none that a source knows; nothing was asked yet.
        GeneratorError: no source named anything; the message says what each refused.
    """
    if not query_words(words):
        raise UsageError(f"“{words}” holds no word to ask for; write the topic as a person would say it.")
    asked = tuple(questions) or default_queries(words)
    for question in asked:
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
        for question in asked:
            consulted = query_source(question, as_of=as_of, fetch=_fetch(crawler, extractor), wait=crawler.pause)
            source = question.partition(":")[0]
            mentions += [SeedMention(lead.url, lead.words, lead.by, source) for lead in consulted.candidates]
            outcomes.append(consulted.outcome)
            log_event(
                "asked",
                source=question,
                requests=consulted.outcome.requests,
                sites=consulted.outcome.sites,
                refused=len(consulted.outcome.refusals),
            )
        warnings = crawler.warnings
    proposals = propose_seed_sites(words, mentions, most=most)
    if not proposals:
        raise GeneratorError(_nothing(words, outcomes))
    return SeedSearchResult(proposals, tuple(outcomes), warnings)


def _fetch(
    crawler: Crawler, extractor: Extractor
) -> Callable[[Sequence[SourceRequest]], Iterable[SourceAnswer | Refusal]]:
    """Answers for a source's addresses, pages and feeds read by the parsers."""

    def fetch(asks: Sequence[SourceRequest]) -> Iterable[SourceAnswer | Refusal]:
        by_url = {ask.url: ask for ask in asks}
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


def _nothing(words: str, outcomes: Sequence[SourceOutcome]) -> str:
    """Why there is nothing to propose."""
    told = "; ".join(
        f"{o.seed}: " + (f"refused ({o.refusals[0].reason})" if o.refusals else f"{o.sites} sites, none in these words")
        for o in outcomes
    )
    return (
        f"no source named a site in the words of “{words}”.\n  {told}.\n  Try other words, or name sources with --ask."
    )
