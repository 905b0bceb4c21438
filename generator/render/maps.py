"""Draw the network: static maps as SVG, the interactive map by pyvis with a template of this project.

Chooses colours, shapes, sizes and the labels that fit; positions come from `map_layout`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from markupsafe import Markup
from pyvis.network import Network

from generator.formatting import counted, number
from generator.records import PersonId, Tie
from generator.render.map_layout import place_people
from generator.render.report_index import OTHERS, ReportIndex
from generator.render.templates import environment
from generator.render.view_models import CircleLink, MapDot, MapLine, StaticMap

MIN_RADIUS, MAX_RADIUS = 6.0, 26.0  # radius of a dot, in map units; its area grows with standing
MAX_LARGE_MAP_LINES = 2_500  # strongest ties drawn on the large map; more lines are unreadable
MAX_SMALL_MAP_LINES = 160
MAX_SMALL_MAP_LABELS = 14
SHAPE_DEPTH = {
    "triangleDown": 1.4,
    "diamond": 1.25,
    "star": 1.1,
}  # how far a shape extends below its centre, in radii; labels start below it
MIN_BOX = (900.0, 300.0)  # so that a map of three people is not magnified
MAX_EGO_NEIGHBOURS = 16  # people around the person of an ego map

Positions = dict[PersonId, tuple[float, float]]


def radius(standing: float) -> float:
    """Return the radius for a standing in [0, 1]; the area of the dot grows with standing."""
    return round(MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * math.sqrt(max(0.0, min(1.0, standing))), 1)


def positions(index: ReportIndex) -> Positions:
    """Return the position of each scored person on the map."""
    circles = [
        (circle.id, sorted(m.person for m in circle.members if m.person in index.standings))
        for circle in index.report.circles.circles
    ]
    homeless = sorted(set(index.standings) - {person for _, people in circles for person in people})
    ties = [(tie.citing, tie.cited, tie.weight) for tie in index.report.graph.ties]
    sizes: dict[str, float] = {person: radius(standing.standing) for person, standing in index.standings.items()}
    placed = place_people([*circles, (OTHERS, homeless)], ties, sizes)
    return {PersonId(person): spot for person, spot in placed.items()}


def outline(shape: str, x: float, y: float, r: float) -> str:
    """Return the SVG path of a shape around (x, y); all shapes have roughly equal areas."""
    if shape == "dot":
        return f"M{x - r:.1f},{y:.1f}a{r:.1f},{r:.1f} 0 1,0 {2 * r:.1f},0a{r:.1f},{r:.1f} 0 1,0 {-2 * r:.1f},0z"
    corners, turn, grow = {
        "square": (4, math.pi / 4, 1.25),
        "triangle": (3, -math.pi / 2, 1.4),
        "diamond": (4, 0.0, 1.25),
        "triangleDown": (3, math.pi / 2, 1.4),
        "hexagon": (6, 0.0, 1.1),
        "star": (10, -math.pi / 2, 1.35),
    }[shape]
    spots = []
    for corner in range(corners):
        angle = turn + 2 * math.pi * corner / corners
        reach = r * grow * (0.5 if shape == "star" and corner % 2 else 1.0)
        spots.append(f"{x + reach * math.cos(angle):.1f},{y + reach * math.sin(angle):.1f}")
    return "M" + "L".join(spots) + "z"


def small_map(
    index: ReportIndex,
    where: Positions,
    people: Collection[PersonId],
    *,
    labels: int = MAX_SMALL_MAP_LABELS,
    summary: str = "",
) -> StaticMap | None:
    """Return a static map of the given people; None if none of them is on the map."""
    shown = [s for s in index.report.judgement.standings if s.person in people and s.person in where]
    if not shown:
        return None
    wanted = [s.person for s in shown if s.person in index.places] + [s.person for s in shown]
    spread = max(1.0, _span(where, [s.person for s in shown]) / 900)
    named = _fitting_labels(index, where, list(dict.fromkeys(wanted))[: labels * 2], labels, spread)
    dots = tuple(
        _dot(index, s.person, where[s.person], labelled=s.person in named, spread=spread) for s in reversed(shown)
    )
    inside = {s.person for s in shown}
    ties = sorted(
        (tie for tie in index.report.graph.ties if tie.citing in inside and tie.cited in inside),
        key=lambda tie: (-tie.weight, tie.citing, tie.cited),
    )[:MAX_SMALL_MAP_LINES]
    return StaticMap(
        box=_box(where, [s.person for s in shown], spread),
        lines=tuple(_line(index, where, tie) for tie in ties),
        dots=dots,
        summary=summary or f"Map of {counted(len(shown), 'voice')} and {number(len(ties))} paths of citation.",
        circles=_circles(index, [s.person for s in shown]),
        font=round(13 * spread, 1),
    )


def ego_map(index: ReportIndex, person: PersonId) -> StaticMap | None:
    """Return a map of a person and the people they exchange citations with; None if there are none."""
    around: list[PersonId] = []
    for tie in index.ties.get(person, ()):
        other = tie.cited if tie.citing == person else tie.citing
        if other != person and other not in around and other in index.standings:
            around.append(other)
    if not around:
        return None
    around = around[:MAX_EGO_NEIGHBOURS]
    around.sort(key=lambda other: (index.link(other).hue, index.standings[other].rank))
    where: Positions = {person: (0.0, 0.0)}
    tall = 90.0 if len(around) <= 6 else 160.0
    for place, other in enumerate(around):
        # Half a step of turn keeps labels of left and right neighbours off one line.
        angle = 2 * math.pi * (place + 0.5) / len(around)
        where[other] = (round(230 * math.cos(angle), 1), round(tall * math.sin(angle), 1))
    near = {
        (tie.citing, tie.cited): tie
        for end in where
        for tie in index.ties.get(end, ())
        if tie.citing in where and tie.cited in where and tie.citing != tie.cited
    }
    lines = tuple(
        _line(index, where, near[pair], main=person in pair)
        for pair in sorted(near, key=lambda pair: (person in pair, pair))
    )
    names = [index.name(other) for other in around]
    return StaticMap(
        box=f"-400 {-tall - 50:.0f} 800 {2 * tall + 100:.0f}",
        lines=lines,
        dots=tuple(
            _dot(index, other, where[other], labelled=True, main=other == person, aside=True)
            for other in [*around, person]
        ),
        summary=f"{index.name(person)} and the {counted(len(around), 'voice')} they exchange most "
        f"citations with: {', '.join(names)}.",
        circles=_circles(index, [person, *around]),
        font=13.0,
    )


def network_block(index: ReportIndex, where: Positions) -> Markup:
    """Return the interactive map as HTML, written by pyvis with the template components/network.html.j2."""
    network = Network(directed=True, cdn_resources="local")
    for standing in index.report.judgement.standings:
        x, y = where[standing.person]
        circle = index.circle_of.get(standing.person)
        link = index.link(standing.person)
        network.add_node(
            standing.person,
            label=_map_label(link.name),
            shape=index.shape(circle.id) if circle else "dot",
            color="#777",
            x=x,
            y=y,
            size=radius(standing.standing),
            full=link.name,
            href=link.href,
            hue=link.hue,
            circle=circle.id if circle else "",
            circleName=link.circle,
            rank=standing.rank,
            kind=link.kind,
            why=index.rationales.get(standing.person, ""),
            listed=standing.person in index.places,
        )
    for tie in sorted(index.report.graph.ties, key=lambda tie: (-tie.weight, tie.citing, tie.cited))[
        :MAX_LARGE_MAP_LINES
    ]:
        if tie.citing in index.standings and tie.cited in index.standings and tie.citing != tie.cited:
            network.add_edge(tie.citing, tie.cited, width=round(0.5 + tie.weight, 2), count=tie.citations)
    # pyvis reads its template through an environment without escaping; ours escapes and refuses unknown names.
    network.templateEnv = environment()
    network.path = "components/network.html.j2"
    return Markup(network.generate_html(notebook=False))  # noqa: S704 - written by our own escaping template


def _dot(
    index: ReportIndex,
    person: PersonId,
    at: tuple[float, float],
    *,
    labelled: bool,
    main: bool = False,
    aside: bool = False,
    spread: float = 1.0,
) -> MapDot:
    standing, link, circle = index.standings[person], index.link(person), index.circle_of.get(person)
    size = (
        (18.0 if main else 6 + 9 * math.sqrt(standing.standing))
        if aside
        else radius(standing.standing) * min(spread, 1.6)
    )
    shape = index.shape(circle.id) if circle else "dot"
    below = size * SHAPE_DEPTH.get(shape, 1.0)
    left, right = aside and at[0] < -1, aside and at[0] > 1
    return MapDot(
        person=link,
        x=at[0],
        y=at[1],
        label_x=round(at[0] + (size + 6) * (right - left), 1),
        label_y=round(at[1] + 4, 1) if left or right else round(at[1] + below + 13 * spread, 1),
        anchor="end" if left else "start" if right else "middle",
        path=outline(shape, at[0], at[1], size),
        hue=link.hue,
        labelled=labelled,
        main=main,
        title=f"{link.name}, rank {standing.rank}" + (f", {link.circle}" if link.circle else ""),
        short=_map_label(link.name),
    )


def _line(index: ReportIndex, where: Positions, tie: Tie, *, main: bool = False) -> MapLine:
    same = index.link(tie.citing).hue == index.link(tie.cited).hue
    (x1, y1), (x2, y2) = where[tie.citing], where[tie.cited]
    return MapLine(x1, y1, x2, y2, "main" if main else "inside" if same else "across")


def _fitting_labels(
    index: ReportIndex, where: Positions, wanted: Sequence[PersonId], most: int, spread: float
) -> set[PersonId]:
    """Return up to `most` people, in order, whose labels do not overlap labels chosen before."""
    taken: list[tuple[float, float, float, float]] = []
    chosen: set[PersonId] = set()
    for person in wanted:
        x, y = where[person]
        half, tall = 4.2 * len(_map_label(index.name(person))) * spread, 17 * spread
        box = (x - half, y, x + half, y + tall)
        if len(chosen) < most and not any(
            box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
        ):
            taken.append(box)
            chosen.add(person)
    return chosen


def _map_label(name: str) -> str:
    """Cut a label to 22 characters."""
    return name if len(name) <= 22 else name[:21].rstrip() + "…"


def _span(where: Positions, people: Sequence[PersonId]) -> float:
    xs = [where[person][0] for person in people]
    return max(xs) - min(xs)


def _box(where: Positions, people: Sequence[PersonId], spread: float) -> str:
    xs, ys = [where[p][0] for p in people], [where[p][1] for p in people]
    width = max(MIN_BOX[0], max(xs) - min(xs) + 200 * spread)
    height = max(MIN_BOX[1], max(ys) - min(ys) + 120 * spread)
    left, top = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    return f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"


def _circles(index: ReportIndex, people: Sequence[PersonId]) -> tuple[CircleLink, ...]:
    here = {circle.id: circle for person in people if (circle := index.circle_of.get(person))}
    order = sorted(here.values(), key=lambda circle: (index.circle_order.get(circle.id, 10**6), circle.id))
    return tuple(index.circle_link(circle) for circle in order)
