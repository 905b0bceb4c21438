"""The method page: crawled sites, omissions, the computation of standing, accuracy and limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from generator.config import is_local_list
from generator.formatting import counted, day, language_name, number, percent
from generator.records import AnalysisKind, NotAnalysed, RefusalReason, RenderedPage, Site, SiteState, SourceOutcome
from generator.render.benchmarks import Ablation, BenchmarkFigures, benchmark_figures
from generator.render.charts import bar
from generator.render.links import mail_link, shown_address, web_link
from generator.render.personality import ValidityRow, validity_rows
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import BarView, FactView, WebLink
from generator.signals import SIGNALS

MAX_SITES_SHOWN = 400  # of each kind; the rest stand in data/sites.csv
REASON_WORDS = {
    RefusalReason.ROBOTS: "disallowed by robots.txt",
    RefusalReason.ROBOTS_UNREACHABLE: "robots.txt could not be read, so the site was not crawled",
    RefusalReason.NOT_FOUND: "not found (404 or 410)",
    RefusalReason.FORBIDDEN: "access refused (401, 403 or 451)",
    RefusalReason.RATE_LIMITED: "too many requests (rate limit)",
    RefusalReason.SERVER_ERROR: "server error",
    RefusalReason.BAD_STATUS: "unexpected status code",
    RefusalReason.REDIRECT_LOOP: "redirect loop",
    RefusalReason.FORBIDDEN_ADDRESS: "address that a crawler must not follow",
    RefusalReason.TIMEOUT: "timeout",
    RefusalReason.CONNECTION: "no connection",
    RefusalReason.TOO_LARGE: "too large",
    RefusalReason.BAD_TYPE: "not text (such as an image or an archive)",
    RefusalReason.BROKEN: "content could not be decoded",
    RefusalReason.BUDGET: "request budget of the site or the run used up",
    RefusalReason.SITE_SAID_NO: "the site asked not to be listed, or is excluded",
    RefusalReason.CHALLENGE: "a page that asks for proof of a human",
    RefusalReason.PARKED: "a parked domain, or one for sale",
    RefusalReason.RESTING: "failed in many runs; next request later",
}
DESCRIPTORS = {signal.name: signal for signal in SIGNALS}


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site that was tried."""

    link: WebLink
    title: str
    reason: str
    found_by: str
    posts: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of seeds: the sites it named and the requests it refused."""

    seed: str
    named: str
    refused: str


@dataclass(frozen=True, slots=True)
class StaleHostView:
    """A host that did not answer and is shown from the archive."""

    host: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class SignalFormula:
    """A signal with its description, weight and reference."""

    name: str
    said: str
    source: str
    weight: BarView


@dataclass(frozen=True, slots=True)
class MethodPage:
    """View of the method page."""

    topic: str
    as_of: str
    window: str
    keywords: str
    excluded: str
    seeds: tuple[WebLink, ...]
    sources: tuple[SourceView, ...]
    counts: tuple[FactView, ...]
    refusals: tuple[tuple[str, str], ...]
    sites_in: tuple[SiteView, ...]
    sites_out: tuple[SiteView, ...]
    sites_unreached: tuple[SiteView, ...]
    sites_more: str
    stale_hosts: tuple[StaleHostView, ...]
    dropped: tuple[tuple[str, str], ...]
    formulas: tuple[SignalFormula, ...]
    half_life: str
    trusted: str
    circles: str
    validity: tuple[ValidityRow, ...]  # empty where the topic asks for no personality reading
    warnings: tuple[str, ...]
    floors: tuple[str, ...]
    measured: tuple[BenchmarkFigures, ...]
    ablations: tuple[Ablation, ...]
    contact: WebLink | None
    not_analysed: tuple[tuple[str, str], ...]  # language; what was left out


def method_page(index: ReportIndex) -> RenderedPage:
    """method/index.html."""
    report, judged = index.report, index.report.judgement
    sites = {state: _sites(report.corpus.sites, state) for state in SiteState}
    drops = Counter(_drop_category(item.reason) for item in (*report.corpus.dropped, *judged.dropped))
    start, end = report.corpus.window
    weights = sorted(judged.weights, key=lambda pair: (-pair[1], pair[0]))
    measured, ablations = benchmark_figures()
    view = MethodPage(
        topic=index.topic.topic.name,
        as_of=day(report.as_of),
        window=f"{day(start)} to {day(end)}",
        keywords=", ".join(index.topic.topic.keywords),
        excluded=", ".join(index.topic.topic.exclude),
        seeds=tuple(_seed(seed) for seed in index.topic.seeds),
        sources=tuple(_source(outcome) for outcome in report.sources),
        counts=_counts(index),
        refusals=tuple(
            (_reason(reason), number(count))
            for reason, count in sorted(report.counts.refusals, key=lambda pair: (-pair[1], pair[0]))
        ),
        sites_in=sites[SiteState.IN][:MAX_SITES_SHOWN],
        sites_out=sites[SiteState.OUT][:MAX_SITES_SHOWN],
        sites_unreached=sites[SiteState.UNREACHED][:MAX_SITES_SHOWN],
        sites_more="Long lists are shortened here; the data page has every site."
        if any(len(found) > MAX_SITES_SHOWN for found in sites.values())
        else "",
        stale_hosts=tuple(
            StaleHostView(item.host, _reason(item.reason), day(item.since)) for item in report.stale_hosts
        ),
        dropped=tuple((reason, number(count)) for reason, count in sorted(drops.items(), key=lambda p: (-p[1], p[0]))),
        formulas=tuple(_formula(name, weight) for name, weight in weights if weight > 0),
        half_life=counted(round(judged.half_life_days), "day"),
        trusted=percent(judged.trusted_share),
        circles=f"resolution {report.circles.resolution:g}, modularity {report.circles.modularity:.2f}, agreement "
        f"between ten starts {report.circles.stability:.2f}",
        validity=validity_rows() if index.topic.insight.personality else (),
        warnings=judged.warnings,
        floors=report.floors_missed,
        measured=measured,
        ablations=ablations,
        contact=_contact(index.topic.crawl.contact),
        not_analysed=_not_analysed(report.insight.not_analysed),
    )
    return RenderedPage(
        "method/index.html",
        "Method",
        render_template("method.html.j2", root="../", view=view),
        description="What was crawled, what was left out, and how standing is computed.",
        search_text="Method: sources, formulas, limits, how to opt out",
        in_navigation=True,
    )


def _seed(seed: str) -> WebLink:
    """Return a seed as shown: a local file by its name only, so that the report does not reveal folders."""
    return WebLink(PurePath(seed).name, None) if is_local_list(seed) else WebLink(shown_address(seed), web_link(seed))


def _counts(index: ReportIndex) -> tuple[FactView, ...]:
    counts = index.report.counts
    return (
        FactView("Sites tried", number(counts.sites_tried), "seeds and sites cited by posts about the topic"),
        FactView("Sites reached", number(counts.sites_reached), "answered with readable content"),
        FactView("Sites on topic", number(counts.sites_on_topic), "read in full"),
        FactView("Requests", number(counts.requests), f"{number(counts.not_modified)} answered “not modified”"),
        FactView("Posts", number(counts.posts), "after merging duplicates"),
        FactView("Posts on topic", number(counts.on_topic_posts)),
        FactView("Citations", number(counts.citations), "links in the body of a post from one person to another"),
        FactView("Scored", number(counts.people), "people, organisations and round-ups"),
    )


def _source(outcome: SourceOutcome) -> SourceView:
    """Summarise the answers and refusals of one source, such as `12 sites in 3 answers` and `1 × timeout`."""
    answers = outcome.requests - len({refusal.url for refusal in outcome.refusals})
    kinds = Counter((_reason(refusal.reason), refusal.detail) for refusal in outcome.refusals)
    refused = "; ".join(
        f"{number(count)} × {reason}" + (f" ({detail})" if detail else "")
        for (reason, detail), count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    named = f"{counted(outcome.sites, 'site')} in {counted(max(answers, 0), 'answer')}"
    return SourceView(outcome.seed, named, refused or "nothing")


def _reason(reason: str) -> str:
    try:
        return REASON_WORDS[RefusalReason(reason)]
    except ValueError:
        return reason


def _drop_category(reason: str) -> str:
    """Return the reason without details of one post, such as the original of a copy or the name of a guest."""
    return "signed by a guest" if reason.startswith("signed by a guest") else re.sub(r"https?://\S+", "another", reason)


def _sites(sites: tuple[Site, ...], state: SiteState) -> tuple[SiteView, ...]:
    found = sorted((site for site in sites if site.state is state), key=lambda site: (-site.on_topic_posts, site.id))
    return tuple(
        SiteView(
            WebLink(shown_address(site.id), web_link(site.id)),
            site.title,
            site.reason,
            site.found_by,
            f"{number(site.on_topic_posts)} of {number(site.posts)}",
        )
        for site in found
    )


def _formula(name: str, weight: float) -> SignalFormula:
    signal = DESCRIPTORS[name]
    return SignalFormula(name.capitalize(), signal.formula, signal.reference, bar(f"Weight of {name}", weight))


def _not_analysed(items: Sequence[NotAnalysed]) -> tuple[tuple[str, str], ...]:
    """A row for each language: its name, and what was not analysed in how many posts or pages."""
    by_language: dict[str, list[str]] = {}
    for item in items:
        unit = "page" if item.what is AnalysisKind.CONTACT_POLICIES else "post"
        count = f" ({counted(item.posts, unit)})" if item.posts else ""
        by_language.setdefault(item.language, []).append(f"{item.what}{count}")
    return tuple(
        (language_name(code) if code else "not detected", "; ".join(by_language[code])) for code in sorted(by_language)
    )


def _contact(contact: str | None) -> WebLink | None:
    if not contact:
        return None
    return WebLink(shown_address(contact), web_link(contact) or mail_link(contact))
