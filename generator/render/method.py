"""The method page: what was tried and what failed, what was dropped, how standing comes about, and its limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from generator.config import is_local_list
from generator.records import Analysis, NotAnalysed, RefusalReason, RenderedPage, Site, SiteState, SourceOutcome
from generator.render.benchmarks import Ablation, BenchmarkFigures, benchmark_figures
from generator.render.charts import bar
from generator.render.format import counted, day, language, number, percent
from generator.render.links import mail_link, shown_address, web_link
from generator.render.personality import ValidityRow, validity_rows
from generator.render.profile import SIGNAL_WORDS
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import Bar, Fact, WebLink

SITES_SHOWN = 400  # of each kind; the rest stand in data/sites.csv
REASON_WORDS = {
    RefusalReason.ROBOTS: "robots.txt says no",
    RefusalReason.ROBOTS_UNREACHABLE: "robots.txt could not be read, so we stayed out",
    RefusalReason.NOT_FOUND: "not there (404 or 410)",
    RefusalReason.FORBIDDEN: "not for us (401, 403 or 451)",
    RefusalReason.RATE_LIMITED: "asked us to slow down",
    RefusalReason.SERVER_ERROR: "their server failed",
    RefusalReason.BAD_STATUS: "an unusual answer",
    RefusalReason.REDIRECT_LOOP: "redirects without end",
    RefusalReason.FORBIDDEN_ADDRESS: "an address no crawler should follow",
    RefusalReason.TIMEOUT: "no answer in time",
    RefusalReason.CONNECTION: "no connection",
    RefusalReason.TOO_LARGE: "too large",
    RefusalReason.BAD_TYPE: "nothing to read (an image, an archive)",
    RefusalReason.BROKEN: "could not be decoded",
    RefusalReason.BUDGET: "the budget of the site or the run was used up",
    RefusalReason.SITE_SAID_NO: "the site said no, or is to be left out",
    RefusalReason.RESTING: "failed for nights on end; asked again later",
}
FORMULAS = {
    "reach": (
        "How far a post of theirs travels: the trust of all people who took it up, and who took it up from them, per "
        "post, older posts counting less; few posts are drawn towards the mean."
    ),
    "resonance": (
        "Citations by others, each weighed by how much the circle trusts the one who cites; near-copies count once, "
        "exchanges of favours half, and many citations by one person level off."
    ),
    "devotion": (
        "Posts about the topic, older ones counting less; in full for the upper third of those whom the circle trusts, "
        "less for those below: without trust, writing much counts for nothing."
    ),
    "trust": (
        "PageRank over citations, beginning at the seeds and returning to them: a link farm that nobody near the seeds "
        "cites has none."
    ),
    "relevance": "How close their posts are to the topic's words, by TF-IDF cosine.",
    "originality": "Posts that cite nobody and are cited by others, as a share of their posts.",
}
SOURCES = {
    "reach": "Bakshy et al. (2011)",
    "resonance": "Kleinberg (1999); Burt (1992)",
    "devotion": "Watts and Dodds (2007)",
    "trust": "Brin and Page (1998); Gyöngyi et al. (2004)",
    "relevance": "Salton and Buckley (1988)",
    "originality": "Leskovec et al. (2009)",
}


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
    """A source of seeds: what it named, and what it refused."""

    seed: str
    named: str
    refused: str


@dataclass(frozen=True, slots=True)
class DegradedView:
    """A host shown from what it said before."""

    host: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A signal in words, with the weight in force and whom to read."""

    name: str
    said: str
    source: str
    weight: Bar


@dataclass(frozen=True, slots=True)
class MethodPage:
    """All that the method page shows."""

    topic: str
    as_of: str
    window: str
    keywords: str
    excluded: str
    seeds: tuple[WebLink, ...]
    sources: tuple[SourceView, ...]
    counts: tuple[Fact, ...]
    refusals: tuple[tuple[str, str], ...]
    sites_in: tuple[SiteView, ...]
    sites_out: tuple[SiteView, ...]
    sites_unreached: tuple[SiteView, ...]
    sites_more: str
    stale_hosts: tuple[DegradedView, ...]
    dropped: tuple[tuple[str, str], ...]
    formulas: tuple[Formula, ...]
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
    drops = Counter(_kind_of_drop(item.reason) for item in (*report.corpus.dropped, *judged.dropped))
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
        sources=tuple(_source(told) for told in report.sources),
        counts=_counts(index),
        refusals=tuple(
            (_reason(reason), number(count))
            for reason, count in sorted(report.counts.refusals, key=lambda pair: (-pair[1], pair[0]))
        ),
        sites_in=sites[SiteState.IN][:SITES_SHOWN],
        sites_out=sites[SiteState.OUT][:SITES_SHOWN],
        sites_unreached=sites[SiteState.UNREACHED][:SITES_SHOWN],
        sites_more="Longer lists are cut here; the data page has every site."
        if any(len(found) > SITES_SHOWN for found in sites.values())
        else "",
        stale_hosts=tuple(
            DegradedView(item.host, _reason(item.reason), day(item.since)) for item in report.stale_hosts
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
        description="What was tried, what was dropped, and how standing comes about.",
        search_text="Method: sources, formulas, limits, how to be left out",
        in_navigation=True,
    )


def _seed(seed: str) -> WebLink:
    """A seed as it is shown; of a file on the analyst's machine the name alone."""
    return WebLink(PurePath(seed).name, None) if is_local_list(seed) else WebLink(shown_address(seed), web_link(seed))


def _counts(index: ReportIndex) -> tuple[Fact, ...]:
    counts = index.report.counts
    return (
        Fact("Sites tried", number(counts.sites_tried), "seeds, and sites that posts about the topic cite"),
        Fact("Sites reached", number(counts.sites_reached), "answered with something to read"),
        Fact("Sites on topic", number(counts.sites_on_topic), "heard in full"),
        Fact("Requests", number(counts.requests), f"{number(counts.not_modified)} answered “not modified”"),
        Fact("Posts", number(counts.posts), "after duplicates were merged"),
        Fact("Posts on topic", number(counts.on_topic_posts)),
        Fact("Citations", number(counts.citations), "links in a post's body from one person to another"),
        Fact("Scored", number(counts.people), "people, organisations and round-ups"),
    )


def _source(told: SourceOutcome) -> SourceView:
    """How asking one source went: `12 sites in 3 answers`, `1 of 4 requests: asked us to slow down (answered 429)`."""
    answers = told.requests - len({refusal.url for refusal in told.refusals})
    kinds = Counter((_reason(refusal.reason), refusal.detail) for refusal in told.refusals)
    refused = "; ".join(
        f"{number(count)} × {reason}" + (f" ({detail})" if detail else "")
        for (reason, detail), count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    named = f"{counted(told.sites, 'site')} in {counted(max(answers, 0), 'answer')}"
    return SourceView(told.seed, named, refused or "nothing")


def _reason(reason: str) -> str:
    try:
        return REASON_WORDS[RefusalReason(reason)]
    except ValueError:
        return reason


def _kind_of_drop(reason: str) -> str:
    """The reason without what is particular to one post: of what it is a copy, who the guest was."""
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


def _formula(name: str, weight: float) -> Formula:
    said = FORMULAS.get(name, SIGNAL_WORDS.get(name, ""))
    return Formula(name.capitalize(), said, SOURCES.get(name, ""), bar(f"Weight of {name}", weight))


def _not_analysed(items: Sequence[NotAnalysed]) -> tuple[tuple[str, str], ...]:
    """A row for each language: its name, and what was not analysed in how many posts or pages."""
    by_language: dict[str, list[str]] = {}
    for item in items:
        unit = "page" if item.what is Analysis.CONTACT_POLICIES else "post"
        count = f" ({counted(item.posts, unit)})" if item.posts else ""
        by_language.setdefault(item.language, []).append(f"{item.what}{count}")
    return tuple(
        (language(code) if code else "not detected", "; ".join(by_language[code])) for code in sorted(by_language)
    )


def _contact(contact: str | None) -> WebLink | None:
    if not contact:
        return None
    return WebLink(shown_address(contact), web_link(contact) or mail_link(contact))
