"""Listening without a report: the crawl of a night, and what it would ask. Loads none of the stages behind it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config import Topic
from generator.errors import GeneratorError
from generator.pipeline.crawl_rounds import CrawlSession, EventLogger
from generator.pipeline.opt_out import run_without_opted_out
from generator.records import Corpus, Counts, FetchRequest, Limits, SiteState
from generator.workspace import Workspace, copy_for_dry_run


def crawl_only(
    topic: Topic,
    *,
    state: Path,
    replay: tuple[Path, ...] = (),
    as_of: date,
    workers: int = 2,
    log_event: EventLogger,
    limits: Limits | None = None,
) -> Counts:
    """Listen and archive, without a report; the next build finds everything in the state."""
    with Workspace(state, as_of=as_of) as workspace:
        built, session = run_without_opted_out(
            topic,
            workspace,
            lambda: CrawlSession(
                topic, workspace, replay=replay, as_of=as_of, workers=workers, log_event=log_event, limits=limits
            ),
        )
        return counts_of(built.corpus, 0, session)


def planned_requests(
    topic: Topic, *, state: Path, as_of: date, workers: int = 2, log_event: EventLogger
) -> tuple[FetchRequest, ...]:
    """What a live crawl would ask for as far as the state tells; nothing is asked, nothing in the state changes.

    Behind addresses that were never asked for there may be others: of a new topic, the seeds alone are known.
    """
    with TemporaryDirectory(prefix="whomatters-") as copy:
        copy_for_dry_run(state, Path(copy))
        with (
            Workspace(Path(copy), as_of=as_of) as workspace,
            CrawlSession(topic, workspace, as_of=as_of, workers=workers, log_event=log_event, offline=True) as session,
        ):
            session.fetcher.live = True  # nobody is asked, by the rules of a night in which they would be
            with suppress(GeneratorError):  # no seed was ever read: then the seeds are the answer
                session.listen()
            return tuple(session.fetcher.would_ask)


def counts_of(corpus: Corpus, citations: int, session: CrawlSession) -> Counts:
    """What was asked, heard and found, in figures."""
    states = Counter(site.state for site in corpus.sites)
    return Counts(
        sites_tried=len(corpus.sites),
        sites_reached=states[SiteState.IN] + states[SiteState.OUT],
        sites_on_topic=states[SiteState.IN],
        posts=len(corpus.posts),
        on_topic_posts=sum(post.on_topic for post in corpus.posts),
        citations=citations,
        people=len(corpus.people),
        requests=session.requests,
        not_modified=session.not_modified,
        refusals=tuple(sorted(session.refusals.items())),
    )
