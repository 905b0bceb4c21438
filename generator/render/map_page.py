"""The map page: the large interactive map, and the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.records import PersonId, RenderedPage
from generator.render.format import counted, listed, number
from generator.render.maps import MOST_LINES, Positions, network_block, small_map
from generator.render.report_index import Facts
from generator.render.templates import fill
from generator.render.view_models import CircleLink, DrawnMap, PersonLink


@dataclass(frozen=True, slots=True)
class MapRow:
    """Somebody in the table beside the map."""

    person: PersonLink
    circle: CircleLink | None
    rank: str
    cites: str
    cited_by: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the map page shows; `network` was written by our own escaping template."""

    lead: str
    network: Markup
    still: DrawnMap | None
    circles: tuple[CircleLink, ...]
    people: tuple[PersonLink, ...]
    rows: tuple[MapRow, ...]


def map_page(facts: Facts, where: Positions) -> RenderedPage:
    """map/index.html."""
    order = sorted(facts.report.circles.circles, key=lambda c: (facts.circle_order.get(c.id, 10**6), c.id))
    ranked = [standing.person for standing in facts.report.judgement.standings]
    ties = len(facts.report.graph.ties)
    cut = f" The {number(MOST_LINES)} strongest are drawn." if ties > MOST_LINES else ""
    view = MapPage(
        lead=f"{counted(len(ranked), 'voice')} and {counted(ties, 'path')} of citation between them.{cut}",
        network=network_block(facts, where),
        still=small_map(facts, where, set(facts.standings), labels=30),
        circles=tuple(facts.circle_link(circle) for circle in order if circle.members),
        people=tuple(facts.link(person) for person in ranked),
        rows=tuple(
            MapRow(
                person=facts.link(person),
                circle=facts.circle_chip(person),
                rank=number(facts.standings[person].rank),
                cites=_names(facts, [c.cited for c in facts.cites.get(person, ())]),
                cited_by=_names(facts, [c.citing for c in facts.cited_by.get(person, ())]),
            )
            for person in ranked
        ),
    )
    return RenderedPage("map/index.html", "Map", fill("map.html.j2", root="../", view=view), description=view.lead,
                        search_text="Map of the whole network", in_navigation=True)  # fmt: skip


def _names(facts: Facts, people: list[PersonId]) -> str:
    return listed([facts.name(person) for person in dict.fromkeys(people)], 4)
