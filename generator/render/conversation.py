"""The conversation page: terms over time, bursts, what is spoken of lately, and who took up whose post."""

from __future__ import annotations

from dataclasses import dataclass

from generator.records import ConversationTree, KeyItem, PersonId, RenderedPage, Trend, Url
from generator.render.charts import spark
from generator.render.facts import Facts
from generator.render.links import shown_address, web_link
from generator.render.templates import fill
from generator.render.views import PersonLink, Spark, WebLink
from generator.render.words import counted, day, month, number, short_month

TREES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class TrendView:
    """A term, its line, and how it moves in words; `counts` feeds the comparison chart."""

    term: str
    spark: Spark | None
    total: str
    change: str
    modifier: str
    people: tuple[PersonLink, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BurstView:
    """A stretch of weeks in which a term ran hot."""

    term: str
    span: str
    posts: tuple[WebLink, ...]


@dataclass(frozen=True, slots=True)
class Lately:
    """Something many spoke of lately."""

    kind: str
    label: str
    person: PersonLink | None
    web: str | None
    note: str


@dataclass(frozen=True, slots=True)
class NodeView:
    """A post in a conversation."""

    depth: str
    author: PersonLink
    title: str
    web: str | None
    on: str
    quote: str
    first: bool


@dataclass(frozen=True, slots=True)
class TreeView:
    """Posts that took one another up."""

    title: str
    note: str
    nodes: tuple[NodeView, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """All that the conversation page shows."""

    lately_span: str
    people: tuple[Lately, ...]
    phrases: tuple[Lately, ...]
    links: tuple[Lately, ...]
    trends: tuple[TrendView, ...]
    periods: tuple[str, ...]
    span: str
    bursts: tuple[BurstView, ...]
    trees: tuple[TreeView, ...]


def conversation_page(facts: Facts) -> RenderedPage:
    """conversation/index.html."""
    talk = facts.report.insight.conversation
    start, end = talk.lately_window
    lately = [_lately(facts, item) for item in talk.lately]
    view = ConversationPage(
        lately_span=f"{day(start)} to {day(end)}",
        people=tuple(item for item in lately if item.kind == "person"),
        phrases=tuple(item for item in lately if item.kind == "phrase"),
        links=tuple(item for item in lately if item.kind == "link"),
        trends=tuple(_trend(facts, trend) for trend in talk.trends),
        periods=tuple(short_month(period) for period in talk.periods),
        span=f"{month(talk.periods[0])} to {month(talk.periods[-1])}" if talk.periods else "",
        bursts=tuple(
            BurstView(burst.term, f"{day(burst.start)} to {day(burst.end)}",
                      tuple(WebLink(_title(facts, url), web_link(url)) for url in burst.posts[:3]))
            for burst in talk.bursts
        ),
        trees=tuple(_tree(facts, tree) for tree in talk.trees[:TREES_SHOWN]),
    )  # fmt: skip
    return RenderedPage("conversation/index.html", "Conversation", fill("conversation.html.j2", root="../", view=view),
                        description="What the circle talks about now and over time.",
                        search_text="What the circle talks about", in_navigation=True)  # fmt: skip


def _title(facts: Facts, url: str) -> str:
    post = facts.posts.get(Url(url))
    return post.title if post and post.title else shown_address(url)


def _lately(facts: Facts, item: KeyItem) -> Lately:
    person = PersonId(item.ref)
    return Lately(
        kind=item.kind,
        label=item.label or shown_address(item.ref),
        person=facts.link(person) if item.kind == "person" and person in facts.people else None,
        web=web_link(item.ref) if item.kind == "link" else None,
        note=f"{counted(item.people, 'person', 'people')}, {counted(item.posts, 'post')}",
    )


def _trend(facts: Facts, trend: Trend) -> TrendView:
    times = 2 ** abs(trend.change)
    if abs(trend.change) < 0.25:
        said, modifier = "→ steady", "steady"
    elif trend.change > 0:
        said, modifier = f"↗ {times:.1f} times as often lately", "rising"
    else:
        said, modifier = f"↘ {times:.1f} times as rare lately", "fading"
    return TrendView(trend.term, spark(trend.counts, f"Posts with “{trend.term}”"), number(trend.total), said, modifier,
                     tuple(facts.link(person) for person in trend.people[:3]), trend.counts)  # fmt: skip


def _tree(facts: Facts, tree: ConversationTree) -> TreeView:
    nodes = tuple(
        NodeView(
            depth=str(min(node.depth, 5)),
            author=facts.link(node.author),
            title=node.title or shown_address(node.post),
            web=web_link(node.post),
            on=day(node.on),
            quote=node.quote if node.parent else "",
            first=node.parent is None,
        )
        for node in tree.nodes
    )
    note = f"{counted(tree.people, 'person', 'people')}, {counted(len(nodes), 'post')}"
    return TreeView(nodes[0].title if nodes else shown_address(tree.root), note, nodes)
