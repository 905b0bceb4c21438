"""The conversation page: recent subjects, trends, bursts, first mentions and threads of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.formatting import counted, day, number, period
from generator.records import (
    Burst,
    Conversation,
    FirstMention,
    ItemKind,
    PeriodUnit,
    PersonId,
    RenderedPage,
    Trend,
    TrendingItem,
    Url,
)
from generator.render.charts import sparkline
from generator.render.links import shown_address, web_link
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.trees import TreeView, tree_view
from generator.render.trend_comparison import ComparisonChart, comparison_chart
from generator.render.view_models import PersonLink, Sparkline, TimeSpanView, WebLink

MAX_TREES_SHOWN = 12
MAX_STEADY_CHANGE = 0.25  # log2 of the ratio of rates; a smaller change is called steady
MIN_TREND_POSTS = 6
MIN_POSTS_FOR_RATIO = 5  # posts in each part; with fewer, a single post changes the ratio noticeably
UNIT_WORDS = {PeriodUnit.WEEK: "week", PeriodUnit.MONTH: "month", PeriodUnit.QUARTER: "quarter"}


@dataclass(frozen=True, slots=True)
class TrendView:
    """A term, link or person with its sparkline and its change in words."""

    label: str
    person: PersonLink | None
    web: str | None
    spark: Sparkline | None
    total: str
    change: str
    modifier: str
    people: tuple[PersonLink, ...]


@dataclass(frozen=True, slots=True)
class TrendGroup:
    """Trends of one kind."""

    id: str
    title: str
    said: str
    column: str
    rows: tuple[TrendView, ...]


@dataclass(frozen=True, slots=True)
class BurstView:
    """A burst of a term, link or person, and its position in the time window."""

    label: str
    person: PersonLink | None
    web: str | None
    what: str
    span: str
    place: TimeSpanView
    start_key: str
    posts: str
    people: str
    first: tuple[WebLink, ...]


@dataclass(frozen=True, slots=True)
class TrendingItemView:
    """A person, phrase or link that many people mentioned recently."""

    kind: str
    label: str
    person: PersonLink | None
    web: str | None
    note: str


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """The first post of one person with a link or phrase."""

    person: PersonLink
    on: str
    post: WebLink
    note: str


@dataclass(frozen=True, slots=True)
class FirstMentionView:
    """A link or phrase with its earliest post read and the people who used it later."""

    label: str
    web: str | None
    note: str
    quote: str
    dots: tuple[float, ...]
    span: str
    shares: tuple[AdoptionView, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """View of the conversation page."""

    lately_span: str
    people: tuple[TrendingItemView, ...]
    phrases: tuple[TrendingItemView, ...]
    links: tuple[TrendingItemView, ...]
    compare: ComparisonChart | None
    groups: tuple[TrendGroup, ...]
    unit: str
    span: str
    lately_from: str
    bursts: tuple[BurstView, ...]
    first_links: tuple[FirstMentionView, ...]
    first_phrases: tuple[FirstMentionView, ...]
    trees: tuple[TreeView, ...]
    more_trees: str


def conversation_page(index: ReportIndex) -> RenderedPage:
    """conversation/index.html."""
    talk = index.report.insight.conversation
    start, end = talk.recent_window
    lately = [_lately(index, item) for item in talk.lately]
    hidden = len(talk.trees) - MAX_TREES_SHOWN
    view = ConversationPage(
        lately_span=f"{day(start)} to {day(end)}",
        people=tuple(item for item in lately if item.kind is ItemKind.PERSON),
        phrases=tuple(item for item in lately if item.kind is ItemKind.PHRASE),
        links=tuple(item for item in lately if item.kind is ItemKind.LINK),
        compare=comparison_chart(talk),
        groups=_groups(index, talk),
        unit=UNIT_WORDS[talk.unit],
        span=f"{period(talk.periods[0], talk.unit)} to {period(talk.periods[-1], talk.unit)}" if talk.periods else "",
        lately_from=_lately_from(talk),
        bursts=tuple(_burst(index, burst) for burst in talk.bursts),
        first_links=tuple(_first(index, said) for said in talk.first_mentions if said.kind is ItemKind.LINK),
        first_phrases=tuple(_first(index, said) for said in talk.first_mentions if said.kind is ItemKind.PHRASE),
        trees=tuple(tree_view(index, tree) for tree in talk.trees[:MAX_TREES_SHOWN]),
        more_trees=counted(hidden, "smaller one") if hidden > 0 else "",
    )
    return RenderedPage(
        "conversation/index.html",
        "Conversation",
        render_template("conversation.html.j2", root="../", view=view),
        description="What the circle talks about now and over time.",
        search_text="What the circle talks about",
        in_navigation=True,
    )


def _groups(index: ReportIndex, talk: Conversation) -> tuple[TrendGroup, ...]:
    kinds = (
        ("term", "Terms", "Posts about the topic with each term or phrase", "Term"),
        ("link", "Links", "Posts about the topic that link to each page", "Page"),
        ("person", "People", "Posts about the topic that cite each person", "Person"),
    )
    groups = (
        TrendGroup(
            f"{kind}s", title, said, column, tuple(_trend(index, trend) for trend in talk.trends if trend.kind == kind)
        )
        for kind, title, said, column in kinds
    )
    return tuple(group for group in groups if group.rows)


def _lately_from(talk: Conversation) -> str:
    """First period of the last quarter of the window, with which the time before is compared."""
    if not talk.periods:
        return ""
    return period(talk.periods[len(talk.periods) - max(1, len(talk.periods) // 4)], talk.unit)


def _title(index: ReportIndex, url: str) -> str:
    post = index.posts.get(Url(url))
    return post.title if post and post.title else shown_address(url)


def _person(index: ReportIndex, kind: str, ref: str) -> PersonLink | None:
    person = PersonId(ref)
    return index.link(person) if kind == "person" and person in index.people else None


def _lately(index: ReportIndex, item: TrendingItem) -> TrendingItemView:
    return TrendingItemView(
        kind=item.kind,
        label=item.label or shown_address(item.ref),
        person=_person(index, item.kind, item.ref),
        web=web_link(item.ref) if item.kind == ItemKind.LINK else None,
        note=f"{counted(item.people, 'voice')}, {counted(item.posts, 'post')}",
    )


def _trend(index: ReportIndex, trend: Trend) -> TrendView:
    said, modifier = trend_words(trend.change, trend.counts)
    return TrendView(
        trend.term,
        _person(index, trend.kind, trend.ref),
        web_link(trend.ref) if trend.kind is ItemKind.LINK else None,
        sparkline(trend.counts, f"Posts with “{trend.term}”"),
        number(trend.total),
        said,
        modifier,
        tuple(index.link(person) for person in trend.people[:3]),
    )


def trend_words(change: float, counts: tuple[int, ...]) -> tuple[str, str]:
    """Return a log2 ratio of rates in words and the CSS modifier of its chip; few posts give no rate.

    Args:
        change: last quarter of the window against the rest.
        counts: posts by period, newest last; a ratio is given only if both parts have enough posts.
    """
    if sum(counts) < MIN_TREND_POSTS:
        return "too few to tell", "steady"
    if abs(change) < MAX_STEADY_CHANGE:
        return "→ steady", "steady"
    cut = len(counts) - max(1, len(counts) // 4)
    times = "more often" if change > 0 else "less often"
    if min(sum(counts[:cut]), sum(counts[cut:])) >= MIN_POSTS_FOR_RATIO:
        times = f"{2**change:.1f} times as often"
    return (f"↗ {times}", "rising") if change > 0 else (f"↘ {times}", "fading")


def _burst(index: ReportIndex, burst: Burst) -> BurstView:
    first, last = index.report.corpus.window
    days = max(1, (last - first).days)

    def place(on: date) -> float:
        return round(100 * min(1.0, max(0.0, (on - first).days / days)), 1)

    words = {"term": "word", "link": "link", "person": "person"}
    return BurstView(
        label=burst.term,
        person=_person(index, burst.kind, burst.ref),
        web=web_link(burst.ref) if burst.kind == ItemKind.LINK else None,
        what=words.get(burst.kind, burst.kind),
        span=f"{day(burst.start)} to {day(burst.end)}",
        place=TimeSpanView(
            place(burst.start),
            max(1.0, round(place(burst.end) - place(burst.start), 1)),
            f"From {day(burst.start)} to {day(burst.end)}, in a window from {day(first)} to {day(last)}",
        ),
        start_key=burst.start.isoformat(),
        posts=number(burst.count),
        people=number(burst.people),
        first=tuple(WebLink(_title(index, url), web_link(url)) for url in burst.posts[:2]),
    )


def _first(index: ReportIndex, said: FirstMention) -> FirstMentionView:
    start, end = said.shares[0].on, said.shares[-1].on
    days = max(1, (end - start).days)
    origin = index.name(said.shares[0].person)
    return FirstMentionView(
        label=said.label,
        web=web_link(said.ref) if said.kind == ItemKind.LINK else None,
        note=f"{counted(len(said.shares), 'voice')}, {day(start)} to {day(end)}",
        quote=said.quote,
        dots=tuple(round(4 + 192 * (share.on - start).days / days, 1) for share in said.shares),
        span=f"Dots from {day(start)} to {day(end)}, one a person; the table says the same",
        shares=tuple(
            AdoptionView(
                index.link(share.person),
                day(share.on),
                WebLink(_title(index, share.post), web_link(share.post)),
                "first read" if not at else f"links to {origin}" if share.credits_first else "",
            )
            for at, share in enumerate(said.shares)
        ),
    )
