"""The `crawl` command: crawl without building a report, or list the requests a crawl would make.

Imports none of the stages that rank and render.
"""

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
    """Crawl and archive without a report; the next build reads the pages from the state folder."""
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
    """The requests a live crawl would make, from what the state folder holds; sends none and changes nothing.

    The list is a lower bound: pages not fetched yet may link to more. For a new topic it holds the seeds alone.
    """
    with TemporaryDirectory(prefix="whomatters-") as copy:
        copy_for_dry_run(state, Path(copy))
        with (
            Workspace(Path(copy), as_of=as_of) as workspace,
            CrawlSession(topic, workspace, as_of=as_of, workers=workers, log_event=log_event, offline=True) as session,
        ):
            session.fetcher.live = True  # apply the revisit and back-off rules of a live crawl
            with suppress(GeneratorError):  # no seed was ever read: then the seeds are the list
                session.run_rounds()
            return tuple(session.fetcher.planned_requests)


def counts_of(corpus: Corpus, citations: int, session: CrawlSession) -> Counts:
    """Figures of the run: sites, posts, people, requests and refusals."""
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
