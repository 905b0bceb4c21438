"""The conversation page: what is spoken of lately, courses over time, bursts, who was first, who took up whose post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from generator.render.charts import spark
from generator.render.format import counted, day, number, period
from generator.render.links import shown_address, web_link
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.trees import TreeView, tree_view
from generator.render.trend_comparison import Compare, compare_view
from generator.render.view_models import PersonLink, Span, Spark, WebLink

TREES_SHOWN = 12
STEADY = 0.25  # log2 of rates: less is called steady
FEW_POSTS = 6
FEW_FOR_A_RATIO = 5  # posts on either side; of fewer one more or less would make another figure
UNIT_WORDS = {PeriodUnit.WEEK: "week", PeriodUnit.MONTH: "month", PeriodUnit.QUARTER: "quarter"}


@dataclass(frozen=True, slots=True)
class TrendView:
    """A term, link or person, its line, and how it moves in words."""

    label: str
    person: PersonLink | None
    web: str | None
    spark: Spark | None
    total: str
    change: str
    modifier: str
    people: tuple[PersonLink, ...]


@dataclass(frozen=True, slots=True)
class TrendGroup:
    """Courses of one kind."""

    id: str
    title: str
    said: str
    column: str
    rows: tuple[TrendView, ...]


@dataclass(frozen=True, slots=True)
class BurstView:
    """A stretch in which something ran hot, and where it lies in the window."""

    label: str
    person: PersonLink | None
    web: str | None
    what: str
    span: str
    place: Span
    start_key: str
    posts: str
    people: str
    first: tuple[WebLink, ...]


@dataclass(frozen=True, slots=True)
class Lately:
    """Something many spoke of lately."""

    kind: str
    label: str
    person: PersonLink | None
    web: str | None
    note: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """Somebody's first post with a link or phrase."""

    person: PersonLink
    on: str
    post: WebLink
    note: str


@dataclass(frozen=True, slots=True)
class FirstView:
    """A link or phrase, who was first as far as we heard, and who followed."""

    label: str
    web: str | None
    note: str
    quote: str
    dots: tuple[float, ...]
    span: str
    shares: tuple[ShareView, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """All that the conversation page shows."""

    lately_span: str
    people: tuple[Lately, ...]
    phrases: tuple[Lately, ...]
    links: tuple[Lately, ...]
    compare: Compare | None
    groups: tuple[TrendGroup, ...]
    unit: str
    span: str
    lately_from: str
    bursts: tuple[BurstView, ...]
    first_links: tuple[FirstView, ...]
    first_phrases: tuple[FirstView, ...]
    trees: tuple[TreeView, ...]
    more_trees: str


def conversation_page(index: ReportIndex) -> RenderedPage:
    """conversation/index.html."""
    talk = index.report.insight.conversation
    start, end = talk.recent_window
    lately = [_lately(index, item) for item in talk.lately]
    hidden = len(talk.trees) - TREES_SHOWN
    view = ConversationPage(
        lately_span=f"{day(start)} to {day(end)}",
        people=tuple(item for item in lately if item.kind == ItemKind.PERSON),
        phrases=tuple(item for item in lately if item.kind == ItemKind.PHRASE),
        links=tuple(item for item in lately if item.kind == ItemKind.LINK),
        compare=compare_view(talk),
        groups=_groups(index, talk),
        unit=UNIT_WORDS[talk.unit],
        span=f"{period(talk.periods[0], talk.unit)} to {period(talk.periods[-1], talk.unit)}" if talk.periods else "",
        lately_from=_lately_from(talk),
        bursts=tuple(_burst(index, burst) for burst in talk.bursts),
        first_links=tuple(_first(index, said) for said in talk.first_mentions if said.kind == ItemKind.LINK),
        first_phrases=tuple(_first(index, said) for said in talk.first_mentions if said.kind == ItemKind.PHRASE),
        trees=tuple(tree_view(index, tree) for tree in talk.trees[:TREES_SHOWN]),
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
    """From when on a change counts as late: the last quarter of the window, as the change is measured."""
    if not talk.periods:
        return ""
    return period(talk.periods[len(talk.periods) - max(1, len(talk.periods) // 4)], talk.unit)


def _title(index: ReportIndex, url: str) -> str:
    post = index.posts.get(Url(url))
    return post.title if post and post.title else shown_address(url)


def _person(index: ReportIndex, kind: str, ref: str) -> PersonLink | None:
    person = PersonId(ref)
    return index.link(person) if kind == "person" and person in index.people else None


def _lately(index: ReportIndex, item: TrendingItem) -> Lately:
    return Lately(
        kind=item.kind,
        label=item.label or shown_address(item.ref),
        person=_person(index, item.kind, item.ref),
        web=web_link(item.ref) if item.kind == ItemKind.LINK else None,
        note=f"{counted(item.people, 'voice')}, {counted(item.posts, 'post')}",
    )


def _trend(index: ReportIndex, trend: Trend) -> TrendView:
    said, modifier = course_words(trend.change, trend.counts)
    return TrendView(
        trend.term,
        _person(index, trend.kind, trend.ref),
        web_link(trend.ref) if trend.kind == ItemKind.LINK else None,
        spark(trend.counts, f"Posts with “{trend.term}”"),
        number(trend.total),
        said,
        modifier,
        tuple(index.link(person) for person in trend.people[:3]),
    )


def course_words(change: float, counts: tuple[int, ...]) -> tuple[str, str]:
    """A log2 ratio of rates in words, and the modifier of its chip; of few posts no rate is told.

    Args:
        change: last quarter of the window against the rest.
        counts: posts by period, newest last; a ratio is told only where enough stand on both of its sides.
    """
    if sum(counts) < FEW_POSTS:
        return "too few to tell", "steady"
    if abs(change) < STEADY:
        return "→ steady", "steady"
    cut = len(counts) - max(1, len(counts) // 4)
    times = "more often" if change > 0 else "less often"
    if min(sum(counts[:cut]), sum(counts[cut:])) >= FEW_FOR_A_RATIO:
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
        place=Span(
            place(burst.start),
            max(1.0, round(place(burst.end) - place(burst.start), 1)),
            f"From {day(burst.start)} to {day(burst.end)}, in a window from {day(first)} to {day(last)}",
        ),
        start_key=burst.start.isoformat(),
        posts=number(burst.count),
        people=number(burst.people),
        first=tuple(WebLink(_title(index, url), web_link(url)) for url in burst.posts[:2]),
    )


def _first(index: ReportIndex, said: FirstMention) -> FirstView:
    start, end = said.shares[0].on, said.shares[-1].on
    days = max(1, (end - start).days)
    origin = index.name(said.shares[0].person)
    return FirstView(
        label=said.label,
        web=web_link(said.ref) if said.kind == ItemKind.LINK else None,
        note=f"{counted(len(said.shares), 'voice')}, {day(start)} to {day(end)}",
        quote=said.quote,
        dots=tuple(round(4 + 192 * (share.on - start).days / days, 1) for share in said.shares),
        span=f"Dots from {day(start)} to {day(end)}, one a person; the table says the same",
        shares=tuple(
            ShareView(
                index.link(share.person),
                day(share.on),
                WebLink(_title(index, share.post), web_link(share.post)),
                "first we heard" if not at else f"links to {origin}" if share.credits_first else "",
            )
            for at, share in enumerate(said.shares)
        ),
    )
