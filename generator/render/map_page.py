"""The map page: the interactive map and a table with the same content."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.formatting import counted, listed, number
from generator.records import PersonId, RenderedPage
from generator.render.maps import MAX_LARGE_MAP_LINES, Positions, network_block, small_map
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import CircleLink, PersonLink, StaticMap


@dataclass(frozen=True, slots=True)
class MapRow:
    """Row of one person in the table below the map."""

    person: PersonLink
    circle: CircleLink | None
    rank: str
    cites: str
    cited_by: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """View of the map page; `network` comes from an escaping template."""

    lead: str
    network: Markup
    still: StaticMap | None
    circles: tuple[CircleLink, ...]
    people: tuple[PersonLink, ...]
    rows: tuple[MapRow, ...]


def map_page(index: ReportIndex, where: Positions) -> RenderedPage:
    """map/index.html."""
    order = sorted(index.report.circles.circles, key=lambda c: (index.circle_order.get(c.id, 10**6), c.id))
    ranked = [standing.person for standing in index.report.judgement.standings]
    ties = len(index.report.graph.ties)
    cut = f" The {number(MAX_LARGE_MAP_LINES)} strongest are drawn." if ties > MAX_LARGE_MAP_LINES else ""
    view = MapPage(
        lead=f"{counted(len(ranked), 'voice')} and {counted(ties, 'path')} of citation between them.{cut}",
        network=network_block(index, where),
        still=small_map(index, where, set(index.standings), labels=30),
        circles=tuple(index.circle_link(circle) for circle in order if circle.members),
        people=tuple(index.link(person) for person in ranked),
        rows=tuple(
            MapRow(
                person=index.link(person),
                circle=index.circle_chip(person),
                rank=number(index.standings[person].rank),
                cites=_names(index, [c.cited for c in index.cites.get(person, ())]),
                cited_by=_names(index, [c.citing for c in index.cited_by.get(person, ())]),
            )
            for person in ranked
        ),
    )
    return RenderedPage(
        "map/index.html",
        "Map",
        render_template("map.html.j2", root="../", view=view),
        description=view.lead,
        search_text="Map of the whole network",
        in_navigation=True,
    )


def _names(index: ReportIndex, people: list[PersonId]) -> str:
    return listed([index.name(person) for person in dict.fromkeys(people)], 4)
