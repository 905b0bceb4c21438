"""The home page: the short list, its coverage, the latest changes and the figures of the crawl."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formatting import counted, day, number, percent
from generator.records import RenderedPage, ShortlistEntry
from generator.render.changes import change_views
from generator.render.charts import bar, sparkline
from generator.render.maps import Positions, small_map
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import (
    BarView,
    ChangeView,
    ChipView,
    CircleLink,
    FactView,
    PersonLink,
    QuoteView,
    Sparkline,
    StaticMap,
)

MAX_CHANGES_SHOWN = 6
MAX_EQUAL_DIFFERENCE = 0.01  # coverages closer than one percentage point are called the same


@dataclass(frozen=True, slots=True)
class ShortlistCard:
    """Card of one person on the short list."""

    place: int
    person: PersonLink
    why: str
    quote: QuoteView | None
    circle: CircleLink | None
    door: ChipView
    trend: ChipView
    spark: Sparkline | None
    adds: str
    last: str


@dataclass(frozen=True, slots=True)
class CoverageComparison:
    """Coverage of the short list compared with as many of the most-linked people."""

    headline: str
    bars: tuple[BarView, ...]
    note: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """View of the home page."""

    title: str
    lead: str
    floors: tuple[str, ...]
    warnings: tuple[str, ...]
    cards: tuple[ShortlistCard, ...]
    empty: str
    case: CoverageComparison | None
    since: str
    changes: tuple[ChangeView, ...]
    more_changes: str
    first_run: bool
    map: StaticMap | None
    crawl: tuple[FactView, ...]
    crawl_note: str


def home_page(index: ReportIndex, where: Positions) -> RenderedPage:
    """index.html."""
    report, entries = index.report, index.report.judgement.shortlist.entries
    changes = report.insight.changes
    title = index.topic.site.title or f"Who matters in {index.topic.topic.name}"
    view = HomePage(
        title=title,
        lead=_lead(index),
        floors=report.floors_missed,
        warnings=(*report.corpus.warnings, *report.judgement.warnings),
        cards=tuple(_card(index, entry) for entry in entries),
        empty=""
        if entries
        else "The short list is empty: too few people could be read, or every door is closed. "
        "The people page shows all people who were scored.",
        case=_coverage_comparison(index),
        since=day(changes.since, ""),
        changes=change_views(index)[:MAX_CHANGES_SHOWN],
        more_changes=f"All {counted(len(changes.changes), 'change')}"
        if len(changes.changes) > MAX_CHANGES_SHOWN
        else "",
        first_run=changes.since is None,
        map=small_map(index, where, set(index.standings)),
        crawl=_crawl_figures(index),
        crawl_note=_crawl_note(index),
    )
    names = " ".join(card.person.name for card in view.cards)
    return RenderedPage(
        "index.html",
        title,
        render_template("home.html.j2", root="", view=view),
        description=_lead(index),
        search_text=names,
        in_navigation=True,
    )


def _lead(index: ReportIndex) -> str:
    start, end = index.report.corpus.window
    posts = [post for post in index.report.corpus.posts if post.on_topic and post.in_window]
    voices = {post.author for post in posts if post.author in index.standings}
    return (
        f"{counted(len(voices), 'voice')} on {counted(len({post.site for post in posts}), 'site')} wrote "
        f"{counted(len(posts), 'post')} about {index.topic.topic.name} between {day(start)} and {day(end)}. "
        "These are the people the others listen to, and the words that say so."
    )


def _card(index: ReportIndex, entry: ShortlistEntry) -> ShortlistCard:
    standing, profile = index.standings[entry.person], index.profiles.get(entry.person)
    sheet = next((sheet for sheet in index.report.insight.worksheets if sheet.person == entry.person), None)
    best = sheet.why_quote if sheet and sheet.why_quote else next(iter(standing.evidence), None)
    months = profile.activity[-24:] if profile else ()
    return ShortlistCard(
        place=entry.place,
        person=index.link(entry.person),
        why=index.rationales.get(entry.person, ""),
        quote=index.proof(best) if best else None,
        circle=index.circle_chip(entry.person),
        door=index.door(entry.person),
        trend=index.trend(entry.person),
        spark=sparkline([period.on_topic for period in months], "On-topic posts a month"),
        adds=f"adds {percent(entry.adds)} of the circle",
        last=f"last wrote {day(standing.last_on)}" if standing.last_on else "",
    )


def _coverage_comparison(index: ReportIndex) -> CoverageComparison | None:
    chosen = index.report.judgement.shortlist
    size = len(chosen.entries)
    if not size:
        return None
    ours, theirs = chosen.coverage, chosen.most_linked_coverage
    these = (
        f"One post from each of these {number(size)} people reaches" if size > 1 else "A post by this person reaches"
    )
    many = len(chosen.most_linked)
    linked = f"one from each of the {number(many)} most-linked" if many > 1 else "one by the most-linked"
    if ours > theirs + MAX_EQUAL_DIFFERENCE:
        headline = f"{these} {percent(ours)} of the circle; {linked}, {percent(theirs)}."
        note = "Chosen as a set, fewer people overlap in who listens to them."
    elif ours < theirs - MAX_EQUAL_DIFFERENCE:
        headline = f"{these} {percent(ours)} of the circle; {linked}, {percent(theirs)}."
        note = (
            "Here the most-linked reach more. Some of them cannot be approached (organisations, closed doors, people "
            "you asked to leave out) or are not trusted by this circle; the method page shows which sites were "
            "left out and why."
        )
    else:
        same = percent(ours) == percent(theirs)
        headline = f"{these} {percent(ours)} of the circle; {linked}, {'as much' if same else percent(theirs)}."
        note = "In this circle, being linked and being listened to come to much the same."
    beside = f"As many of the most-linked ({number(len(chosen.most_linked))})"
    return CoverageComparison(headline, (bar("The short list", ours), bar(beside, theirs)), note)


def _crawl_figures(index: ReportIndex) -> tuple[FactView, ...]:
    counts = index.report.counts
    return (
        FactView("Sites tried", number(counts.sites_tried)),
        FactView("Sites reached", number(counts.sites_reached)),
        FactView("Sites on topic", number(counts.sites_on_topic)),
        FactView("Posts read", number(counts.posts)),
        FactView("Posts on topic", number(counts.on_topic_posts)),
        FactView("Citations", number(counts.citations)),
    )


def _crawl_note(index: ReportIndex) -> str:
    counts = index.report.counts
    refused = sum(count for _, count in counts.refusals)
    share = counts.sites_reached / counts.sites_tried if counts.sites_tried else 0.0
    return f"{percent(share)} of the sites tried answered; {counted(refused, 'request')} were refused or failed."
