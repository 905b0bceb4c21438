"""The whole job on one screen: load, call a stage, save, report. Stages do not know each other; this file knows all."""

from __future__ import annotations

import resource
from collections.abc import Callable, Sequence
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
    Corpus,
    Counts,
    HistoryEntry,
    Limits,
    PastRun,
    PersonId,
    PublisherKind,
    Report,
    SiteState,
    SourceOutcome,
)
from generator.render import render_report
from generator.score import explanation_lines, judge
from generator.text import slug
from generator.urls import SiteIndex, canonical_url
from generator.workspace import Workspace

FEWEST_ON_TOPIC_POSTS = 20  # below this no ranking is worth reading
FEWEST_PEOPLE = 5
MOST_FAILED_SEEDS = 0.5


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build left: where it is, what it counted, who came first."""

    site: Path
    zip: Path
    counts: Counts
    floors_missed: tuple[str, ...]
    people: tuple[tuple[int, str, str], ...]  # rank, name, why
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything known after listening: the report's records, and what history must keep."""

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
        out: folder that gets `site/` and the zip; what stood there stays until the new report is complete.
        state: folder of the archive, tables and history.
        replay: WARC files that stand in for the web; none means the live web.
        as_of: today, as far as the report is concerned.
        workers: parsing processes.
        log_event: told every event once.
        history: the analyst's own record of past contacts.
        offline: read only what the state already holds; nothing is asked of anybody.
        limits: what the crawl may cost; None: what the topic says.

    Raises:
        GeneratorError: nothing could be built; the previous report stands.
    """
    with Workspace(state, as_of=as_of) as workspace:
        assessment = analyse(
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
        report = assessment.report
        shown = redact_topic(topic, workspace)
        site = log_timing("rendered", log_event, lambda: render_report(report, shown))
        published = log_timing(
            "published",
            log_event,
            lambda: publish_site(site, out, settings=topic.site, topic_slug=topic.slug, as_of=as_of),
        )
        workspace.save_slugs(assessment.slugs)
        workspace.finish(assessment.run)
        if topic.crawl.keep_days is not None and not offline:
            workspace.prune(topic.crawl.keep_days)
        warnings = (*workspace.warnings, *assessment.warnings, *report.judgement.warnings)
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
    """Why somebody stands where they do, in lines for a terminal, from what the state holds; nothing is crawled.

    Raises:
        GeneratorError: the state holds no such person; the message names the nearest.
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
    """Everything between the web and the page: listen, then graph, score and insight."""
    built, session = log_timing(
        "listened",
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
    corpus = built.corpus
    half_life = topic.scoring.half_life_days or max(91.0, (corpus.window[1] - corpus.window[0]).days / 4)
    graph = log_timing(
        "linked",
        log_event,
        lambda: label_citation_functions(build_graph(corpus, half_life_days=half_life, as_of=as_of), corpus),
    )
    circles = log_timing("circled", log_event, lambda: find_circles(graph, corpus))
    doors = log_timing("knocked", log_event, lambda: read_contact_policies(corpus, graph, as_of=as_of))
    corpus, graph, doors = redact_closed_contacts(corpus, graph, doors)
    judgement = log_timing(
        "judged",
        log_event,
        lambda: judge(
            corpus,
            graph,
            circles,
            scoring=topic.scoring,
            shortlist=topic.shortlist,
            trusted_seeds=_seed_people(corpus),
            excluded=_excluded(topic, corpus),
            closed=frozenset(person for person, door in doors if door.state == "closed"),
            as_of=as_of,
        ),
    )
    insight = log_timing(
        "understood",
        log_event,
        lambda: build_insight(
            corpus,
            graph,
            circles,
            judgement,
            topic=topic,
            doors=doors,
            past=workspace.past_runs(),
            history=history,
            known_as=dict(workspace.slugs_by_former_name()),
            as_of=as_of,
        ),
    )
    counts, warnings = counts_of(corpus, len(graph.citations), session), session.warnings
    sources, stale_hosts = session.sources, session.fetcher.stale_hosts()
    report = Report(
        as_of,
        corpus,
        graph,
        circles,
        judgement,
        insight,
        counts,
        _floors(corpus, counts, sources),
        history,
        sources,
        stale_hosts,
    )
    return Analysis(report, built.slugs, insight.verdict, warnings)


T = TypeVar("T")


def log_timing(event: str, log_event: EventLogger, work: Callable[[], T]) -> T:
    """Do a stage's work and say how long it took and how much memory the run has needed so far."""
    start = perf_counter()
    result = work()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    log_event(event, seconds=round(perf_counter() - start, 2), peak_mb=round(peak_mb))
    return result


def _seed_people(corpus: Corpus) -> tuple[PersonId, ...]:
    """Who owns the seeds that turned out to be on topic: trust starts from them."""
    seeds = {site.id for site in corpus.sites if site.hop == 0 and site.state == SiteState.IN}
    return tuple(
        person.id for person in corpus.people if seeds & set(person.sites) and person.kind != PublisherKind.AGGREGATOR
    )


def _excluded(topic: Topic, corpus: Corpus) -> frozenset[PersonId]:
    """Friends and people never to be contacted: shown, never short-listed."""
    index = SiteIndex((site.id, site.aliases) for site in corpus.sites)
    addresses: list[str] = [*topic.brief.never_contact]
    addresses += [u for o in topic.people if o.friend for u in (*o.same, *([o.site] if o.site else []))]
    urls = [url for raw in addresses if (url := canonical_url(raw))]
    sites = {index.site_of(url) for url in urls} - {None}
    return frozenset(person.id for person in corpus.people if sites & set(person.sites))


def _floors(corpus: Corpus, counts: Counts, sources: Sequence[SourceOutcome]) -> tuple[str, ...]:
    """What this run fell short of, in sentences for the first page.

    A source is one seed, silent where it named nobody; that of the sites it named many are long gone is its nature.
    """
    missed = []
    pasted = [site for site in corpus.sites if site.hop == 0 and not site.found_by.startswith("seed ")]
    failed = sum(site.state == SiteState.UNREACHED for site in pasted) + sum(not told.sites for told in sources)
    seeds = len(pasted) + len(sources)
    if failed > MOST_FAILED_SEEDS * seeds:
        missed.append(f"{failed} of {seeds} seeds gave no answer.")
    if counts.on_topic_posts < FEWEST_ON_TOPIC_POSTS:
        missed.append(
            f"Only {counts.on_topic_posts} posts about the topic were found; "
            f"{FEWEST_ON_TOPIC_POSTS} are the least that a ranking can rest on."
        )
    if counts.people < FEWEST_PEOPLE:
        missed.append(f"Only {counts.people} people were found; {FEWEST_PEOPLE} are the least that make a circle.")
    return tuple(missed)
