"""Listening without a report: the crawl of a night, and what it would ask. Loads none of the stages behind it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config import Topic
from generator.errors import GeneratorError
from generator.pipeline.crawl_rounds import Listener, Say
from generator.pipeline.opt_out import listen_without
from generator.records import Corpus, Counts, FetchRequest, Limits, SiteState
from generator.workspace import Workspace, glimpse


def crawl_only(
    topic: Topic,
    *,
    state: Path,
    replay: tuple[Path, ...] = (),
    as_of: date,
    workers: int = 2,
    say: Say,
    limits: Limits | None = None,
) -> Counts:
    """Listen and archive, without a report; the next build finds everything in the state."""
    with Workspace(state, as_of=as_of) as workspace:
        built, listener = listen_without(topic, workspace, lambda: Listener(
            topic, workspace, replay=replay, as_of=as_of, workers=workers, say=say, limits=limits))  # fmt: skip
        return counts_of(built.corpus, 0, listener)


def would_ask(topic: Topic, *, state: Path, as_of: date, workers: int = 2, say: Say) -> tuple[FetchRequest, ...]:
    """What a live crawl would ask for as far as the state tells; nothing is asked, nothing in the state changes.

    Behind addresses that were never asked for there may be others: of a new topic, the seeds alone are known.
    """
    with TemporaryDirectory(prefix="whomatters-") as copy:
        glimpse(state, Path(copy))
        with (
            Workspace(Path(copy), as_of=as_of) as workspace,
            Listener(topic, workspace, as_of=as_of, workers=workers, say=say, offline=True) as listener,
        ):
            listener.asker.live = True  # nobody is asked, by the rules of a night in which they would be
            with suppress(GeneratorError):  # no seed was ever read: then the seeds are the answer
                listener.listen()
            return tuple(listener.asker.would_ask)


def counts_of(corpus: Corpus, citations: int, listener: Listener) -> Counts:
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
        requests=listener.requests,
        not_modified=listener.not_modified,
        refusals=tuple(sorted(listener.refusals.items())),
    )
