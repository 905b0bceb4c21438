"""The `build` and `explain` commands: call the stages in order and pass their records on."""

from __future__ import annotations

import resource
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from generator.config import Topic
from generator.errors import GeneratorError
from generator.graph import build_graph, find_circles
from generator.insight import build_insight, label_citation_functions, read_contact_policies, redact_closed_contacts
from generator.pipeline.crawl_command import counts_of
from generator.pipeline.crawl_rounds import CrawlSession, EventLogger
from generator.pipeline.opt_out import redact_contact_log, redact_topic, run_without_opted_out
from generator.publish import publish_site
from generator.records import (
    Circles,
    Corpus,
    Counts,
    Door,
    HistoryEntry,
    Judgement,
    LabelledGraph,
    Limits,
    PastRun,
    PersonId,
    Report,
)
from generator.render import render_report
from generator.score import excluded_people, explanation_lines, judge, missed_floors, seed_owners
from generator.text import slug
from generator.urls import SiteIndex, canonical_url
from generator.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Where a build wrote the report, its figures, and the ranking."""

    site: Path
    zip: Path
    counts: Counts
    floors_missed: tuple[str, ...]
    people: tuple[tuple[int, str, str], ...]  # rank, name, why
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The report's records, and what the state folder keeps for the next run."""

    report: Report
    slugs: tuple[tuple[str, PersonId], ...]
    run: PastRun
    warnings: tuple[str, ...]


def build_report(
    topic: Topic,
    *,
    out: Path,
    state: Path,
    replay: tuple[Path, ...] = (),
    as_of: date,
    workers: int = 2,
    log_event: EventLogger,
    history: tuple[HistoryEntry, ...] = (),
    offline: bool = False,
    limits: Limits | None = None,
) -> BuildResult:
    """Crawl, score, render and publish one topic.

    Args:
        topic: the validated topic file.
        out: folder that gets `site/` and the zip; an earlier report there is replaced once the new one is complete.
        state: folder of the archive, tables and history.
        replay: WARC files that replace the web; empty: crawl the live web.
        as_of: the day of the report.
        workers: parsing processes.
        log_event: receives each event once.
        history: the analyst's own log of contacts.
        offline: build from what the state folder holds; no request is sent.
        limits: requests and minutes the crawl may take; None: as the topic file says.

    Raises:
        GeneratorError: the build failed; the previous report is unchanged.
    """
    with Workspace(state, as_of=as_of) as workspace:
        analysis = analyse(
            topic,
            workspace,
            replay=replay,
            as_of=as_of,
            workers=workers,
            log_event=log_event,
            history=history,
            offline=offline,
            limits=limits,
        )
        report = analysis.report
        shown = redact_topic(topic, workspace)
        site = log_timing("rendered", log_event, lambda: render_report(report, shown))
        published = log_timing(
            "published",
            log_event,
            lambda: publish_site(site, out, settings=topic.site, topic_slug=topic.slug, as_of=as_of),
        )
        workspace.save_slugs(analysis.slugs)
        workspace.finish(analysis.run)
        if topic.crawl.keep_days is not None and not offline:
            workspace.prune(topic.crawl.keep_days)
        warnings = (*workspace.warnings, *analysis.warnings, *report.corpus.warnings, *report.judgement.warnings)
    names = {person.id: person.name for person in report.corpus.people}
    rationales = dict(report.insight.rationales)
    first = [(s.rank, names[s.person], rationales.get(s.person, "")) for s in report.judgement.standings]
    return BuildResult(published.site, published.zip, report.counts, report.floors_missed, tuple(first), warnings)


def explain_rank(
    topic: Topic,
    person: str,
    against: str | None,
    *,
    state: Path,
    replay: tuple[Path, ...] = (),
    as_of: date,
    log_event: EventLogger,
) -> tuple[str, ...]:
    """Explain a person's rank from what the state folder holds, without crawling.

    Args:
        topic: the validated topic file.
        person: a name, an address or the file name of a profile.
        against: a second person to compare with; None: no comparison.
        state: the state folder of an earlier run.
        replay: WARC files that replace the web.
        as_of: the day of the report.
        log_event: receives each event once.

    Returns:
        Lines for a terminal.

    Raises:
        GeneratorError: the state folder holds no such person; the message suggests similar names.
    """
    with Workspace(state, as_of=as_of) as workspace:
        report = analyse(
            topic, workspace, replay=replay, as_of=as_of, workers=2, log_event=log_event, history=(), offline=True
        ).report
    chosen = _find(report.corpus, person)
    other = _find(report.corpus, against) if against else None
    return explanation_lines(report.judgement, report.corpus, chosen, other)


def _find(corpus: Corpus, wanted: str) -> PersonId:
    """The person with this slug, name or site."""
    url = canonical_url(wanted)
    site = SiteIndex((s.id, s.aliases) for s in corpus.sites).site_of(url) if url else None
    for person in corpus.people:
        if wanted in (person.id, person.name) or slug(wanted) == person.id or (site and site in person.sites):
            return person.id
    near = sorted(p.name for p in corpus.people if slug(wanted).split("-")[0] in p.id)[:5]
    raise GeneratorError(f"nobody here is called “{wanted}”." + (f" Did you mean {', '.join(near)}?" if near else ""))


def analyse(
    topic: Topic,
    workspace: Workspace,
    *,
    replay: tuple[Path, ...],
    as_of: date,
    workers: int,
    log_event: EventLogger,
    history: tuple[HistoryEntry, ...],
    offline: bool,
    limits: Limits | None = None,
) -> Analysis:
    """Run every stage between the web and the pages: crawl, graph, score and insight."""
    built, session = log_timing(
        "crawled",
        log_event,
        lambda: run_without_opted_out(
            topic,
            workspace,
            lambda: CrawlSession(
                topic,
                workspace,
                replay=replay,
                as_of=as_of,
                workers=workers,
                log_event=log_event,
                offline=offline,
                limits=limits,
            ),
        ),
    )
    history = redact_contact_log(history, workspace)
    network = _analyse_network(topic, built.corpus, as_of=as_of, log_event=log_event)
    judgement = log_timing("scored", log_event, lambda: _score(topic, network, as_of=as_of))
    insight = log_timing(
        "insights_built",
        log_event,
        lambda: build_insight(
            network.corpus,
            network.graph,
            network.circles,
            judgement,
            topic=topic,
            doors=network.doors,
            past=workspace.past_runs(),
            history=history,
            known_as=dict(workspace.slugs_by_former_name()),
            as_of=as_of,
        ),
    )
    counts = counts_of(network.corpus, len(network.graph.citations), session)
    report = Report(
        as_of,
        network.corpus,
        network.graph,
        network.circles,
        judgement,
        insight,
        counts,
        missed_floors(network.corpus, session.sources),
        history,
        session.sources,
        session.fetcher.stale_hosts(),
    )
    return Analysis(report, built.slugs, insight.verdict, session.warnings)


@dataclass(frozen=True, slots=True)
class _Network:
    """The corpus with its graph, after contacts of people who refuse contact were removed from both."""

    corpus: Corpus
    graph: LabelledGraph
    circles: Circles
    doors: tuple[tuple[PersonId, Door], ...]


def _analyse_network(topic: Topic, corpus: Corpus, *, as_of: date, log_event: EventLogger) -> _Network:
    """Build the graph, find its circles, and read each person's contact policy."""
    half_life = topic.scoring.half_life_days
    graph = log_timing(
        "graph_built",
        log_event,
        lambda: label_citation_functions(build_graph(corpus, half_life_days=half_life, as_of=as_of), corpus),
    )
    circles = log_timing("communities_found", log_event, lambda: find_circles(graph, corpus))
    doors = log_timing("contact_policies_read", log_event, lambda: read_contact_policies(corpus, graph, as_of=as_of))
    corpus, graph, doors = redact_closed_contacts(corpus, graph, doors)
    return _Network(corpus, graph, circles, doors)


def _score(topic: Topic, network: _Network, *, as_of: date) -> Judgement:
    """Rank the people of the network and choose the short list."""
    return judge(
        network.corpus,
        network.graph,
        network.circles,
        network.doors,
        scoring=topic.scoring,
        shortlist=topic.shortlist,
        trusted_seeds=seed_owners(network.corpus),
        excluded=excluded_people(topic, network.corpus),
        as_of=as_of,
    )


T = TypeVar("T")


def log_timing(event: str, log_event: EventLogger, work: Callable[[], T]) -> T:
    """Call `work` and log its time in seconds and the peak memory of the run so far."""
    start = perf_counter()
    result = work()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    log_event(event, seconds=round(perf_counter() - start, 2), peak_mb=round(peak_mb))
    return result
