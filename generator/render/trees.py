"""A thread of posts as a drawing (a dot per post at its day, a line to the post it replies to) and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.formatting import counted, day, iso, number
from generator.records import ConversationTree, TreeNode, Url
from generator.render.links import shown_address, web_link
from generator.render.report_index import CIRCUMSTANCE_WORDS, ReportIndex
from generator.render.view_models import PersonLink, TickView

WIDTH, ROW, LEFT, RIGHT, HEAD = 640.0, 24.0, 14.0, 170.0, 10.0
NAME_LENGTH = 24
MAX_TICKS = 6


@dataclass(frozen=True, slots=True)
class TreeDot:
    """A post of the drawing, the path from the post it takes up, and its label."""

    x: float
    y: float
    path: str
    label: str
    label_x: float
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A post of the table."""

    place: str
    author: PersonLink
    does: str
    to: str
    title: str
    web: str | None
    on: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class TreeView:
    """A thread of posts, as a drawing and as a table."""

    title: str
    note: str
    width: float
    height: float
    dots: tuple[TreeDot, ...]
    ticks: tuple[TickView, ...]
    summary: str
    rows: tuple[TreeRow, ...]


def tree_view(index: ReportIndex, tree: ConversationTree) -> TreeView:
    """One conversation, its posts numbered in reading order."""
    place = {node.post: at for at, node in enumerate(tree.nodes)}
    days = [node.on for node in tree.nodes if node.on]
    first, last = min(days, default=index.report.as_of), max(days, default=index.report.as_of)
    dots = tuple(_dot(index, node, tree.nodes, place, first, last) for node in tree.nodes)
    root = tree.nodes[0]
    note = f"{counted(tree.people, 'voice')}, {counted(len(tree.nodes), 'post')}, {_span(first, last)}"
    return TreeView(
        title=root.title or shown_address(tree.root),
        note=note,
        width=WIDTH,
        height=HEAD + ROW * len(tree.nodes) + 22,
        dots=dots,
        ticks=_ticks(first, last),
        summary=f"{note}: who took up whose post, by day; the table below says the same.",
        rows=tuple(_row(index, node, place) for node in tree.nodes),
    )


def _row(index: ReportIndex, node: TreeNode, place: dict[Url, int]) -> TreeRow:
    return TreeRow(
        place=number(place[node.post] + 1),
        author=index.link(node.author),
        does=CIRCUMSTANCE_WORDS[node.function] if node.parent else "first read",
        to=_parent_reference(index, node, place),
        title=node.title or shown_address(node.post),
        web=web_link(node.post),
        on=day(node.on),
        quote=node.quote if node.parent else "",
        note="goes on as a conversation of its own" if node.continues else "",
    )


def _parent_reference(index: ReportIndex, node: TreeNode, place: dict[Url, int]) -> str:
    """The post that is taken up, by its number, or by its title where it stands in another conversation."""
    if node.parent is None:
        return ""
    if node.parent in place:
        return f"no.\u00a0{number(place[node.parent] + 1)}"
    parent = index.posts.get(node.parent)
    return f"“{parent.title}”" if parent and parent.title else shown_address(node.parent)


def _dot(
    index: ReportIndex, node: TreeNode, nodes: Sequence[TreeNode], place: dict[Url, int], first: date, last: date
) -> TreeDot:
    x, y = _x(node.on or first, first, last), _y(place[node.post])
    path = ""
    if node.parent in place:
        parent = nodes[place[node.parent]]
        path = f"M{_x(parent.on or first, first, last)} {_y(place[parent.post])}V{y}H{x}"
    name = index.name(node.author)
    short = name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
    return TreeDot(
        x, y, path, f"{place[node.post] + 1} {short}", round(x + 9, 1), "start", f"{name}, {day(node.on)}: {node.title}"
    )


def _x(on: date, first: date, last: date) -> float:
    span = (last - first).days
    return round(LEFT + (WIDTH - LEFT - RIGHT) * ((on - first).days / span if span else 0.0), 1)


def _y(row: int) -> float:
    return round(HEAD + ROW * (row + 0.5), 1)


def _ticks(first: date, last: date) -> tuple[TickView, ...]:
    """Years under a drawing that spans several, else its first and last day."""
    years = range(first.year + 1, last.year + 1)
    if len(years) < 2:
        ends = (first, last) if first != last else (first,)
        return tuple(TickView(_x(on, first, last), iso(on)) for on in ends)
    every = -(-len(years) // MAX_TICKS)
    return tuple(TickView(_x(date(year, 1, 1), first, last), str(year)) for year in years[::every])


def _span(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"
