"""Circles: an overview, and a page for each with members, core, bridges, questions, shared links and its map."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formatting import counted, listed, number, percent
from generator.records import Circle, CircleMember, PersonId, RenderedPage
from generator.render.charts import bar, standing_bar
from generator.render.links import file_path, shown_address, web_link
from generator.render.maps import Positions, small_map
from generator.render.report_index import OTHERS, ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import BarView, ChipView, CircleLink, PersonLink, QuoteView, StaticMap, WebLink

MIN_SURE_STABILITY = 0.8  # from this stability on, a member is not called between circles


@dataclass(frozen=True, slots=True)
class CircleCard:
    """A circle on the overview."""

    link: CircleLink
    size: str
    terms: tuple[str, ...]
    central: tuple[PersonLink, ...]
    bridges: str
    listed: str


@dataclass(frozen=True, slots=True)
class CirclesIndex:
    """View of the overview of circles."""

    lead: str
    cards: tuple[CircleCard, ...]
    others: CircleCard | None
    map: StaticMap | None
    stability: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """Row of one member of a circle."""

    person: PersonLink
    rank: str
    standing: BarView | None
    core: bool
    sure: str
    door: ChipView
    listed: int | None


@dataclass(frozen=True, slots=True)
class BridgeView:
    """Another circle, the share of ties to it, and the members with most of these ties."""

    circle: CircleLink
    share: BarView
    by: tuple[PersonLink, ...]


@dataclass(frozen=True, slots=True)
class CirclePage:
    """View of a circle's page."""

    link: CircleLink
    lead: str
    terms: tuple[str, ...]
    members: tuple[MemberView, ...]
    bridges: tuple[BridgeView, ...]
    questions: tuple[QuoteView, ...]
    links: tuple[WebLink, ...]
    map: StaticMap | None


def circles_index(index: ReportIndex, where: Positions) -> RenderedPage:
    """circles/index.html."""
    circles = index.report.circles
    order = sorted(circles.circles, key=lambda circle: (index.circle_order.get(circle.id, 10**6), circle.id))
    named = [circle for circle in order if circle.id != OTHERS]
    rest = next((circle for circle in order if circle.id == OTHERS and circle.members), None)
    view = CirclesIndex(
        lead=f"{counted(len(named), 'circle')} of people who cite one another more than the rest, "
        "each named by the words that set it apart.",
        cards=tuple(_card(index, circle) for circle in named),
        others=_card(index, rest) if rest else None,
        map=small_map(index, where, set(index.standings)),
        stability=_stability(circles.stability),
    )
    return RenderedPage(
        "circles/index.html",
        "Circles",
        render_template("circles.html.j2", root="../", view=view),
        description=view.lead,
        search_text="Circles of people who cite one another",
        in_navigation=True,
    )


def circle_page(index: ReportIndex, circle: Circle, where: Positions) -> RenderedPage:
    """circles/<slug>.html."""
    members = sorted(circle.members, key=lambda m: (_rank(index, m), m.person))
    here = {member.person for member in members}
    link = index.circle_link(circle)
    core = [index.name(member.person) for member in members if member.core]
    lead = f"{counted(len(members), 'member')}" + (f"; at its core {listed(core, 4)}." if core else ".")
    view = CirclePage(
        link=link,
        lead=lead,
        terms=circle.terms,
        members=tuple(_member(index, member) for member in members),
        bridges=_bridges(index, circle),
        questions=tuple(index.quote(q) for q in dict(index.report.insight.circle_questions).get(circle.id, ())),
        links=tuple(
            WebLink(
                item.label or shown_address(item.ref),
                web_link(item.ref),
                f"{counted(item.people, 'voice')}, {counted(item.posts, 'post')}",
            )
            for item in dict(index.report.insight.circle_links).get(circle.id, ())
        ),
        map=small_map(index, where, here, labels=20),
    )
    return RenderedPage(
        file_path("circles", circle.id),
        circle.name,
        render_template("circle.html.j2", root="../", view=view),
        description=lead,
        search_text=f"Circle {circle.name}",
    )


def _rank(index: ReportIndex, member: CircleMember) -> int:
    standing = index.standings.get(member.person)
    return standing.rank if standing else 10**9


def _card(index: ReportIndex, circle: Circle) -> CircleCard:
    names = {other.id: other.name for other in index.report.circles.circles}
    bridges = [f"{names[cid]} ({percent(share)})" for cid, share in circle.bridges if cid in names and cid != OTHERS]
    chosen = sum(member.person in index.places for member in circle.members)
    return CircleCard(
        link=index.circle_link(circle),
        size=counted(len(circle.members), "member"),
        terms=circle.terms[:8],
        central=tuple(index.link(person) for person in circle.central[:3]),
        bridges=f"Most ties outwards go to {listed(bridges)}." if bridges else "",
        listed=f"{number(chosen)} on the short list" if chosen else "",
    )


def _member(index: ReportIndex, member: CircleMember) -> MemberView:
    standing = index.standings.get(member.person)
    sure = (
        "always with this core"
        if member.stability >= 0.995
        else f"with this core in {percent(member.stability)} of runs"
    )
    return MemberView(
        person=index.link(member.person),
        rank=number(standing.rank) if standing else "",
        standing=standing_bar(index.name(member.person), standing.standing, standing.interval) if standing else None,
        core=member.core,
        sure=sure if member.stability >= MIN_SURE_STABILITY else f"{sure}: between circles",
        door=index.door(member.person),
        listed=index.places.get(member.person),
    )


def _bridges(index: ReportIndex, circle: Circle) -> tuple[BridgeView, ...]:
    here = {member.person for member in circle.members}
    found = {other.id: other for other in index.report.circles.circles}
    bridges = []
    for cid, share in circle.bridges:
        if cid not in found:
            continue
        there = {member.person for member in found[cid].members}
        strength: dict[PersonId, float] = {}
        for tie in index.report.graph.ties:
            mine, theirs = (tie.citing, tie.cited) if tie.citing in here else (tie.cited, tie.citing)
            if mine in here and theirs in there:
                strength[mine] = strength.get(mine, 0.0) + tie.weight
        best = sorted(strength, key=lambda person: (-strength[person], person))[:3]
        bridges.append(
            BridgeView(
                index.circle_link(found[cid]), bar(found[cid].name, share), tuple(index.link(person) for person in best)
            )
        )
    return tuple(bridges)


def _stability(stability: float) -> str:
    how = "nearly the same" if stability >= 0.9 else "mostly the same" if stability >= 0.7 else "rather different"
    return (
        f"Found ten times over with different starts, the circles came out {how} "
        f"(agreement {stability:.2f} of 1, adjusted Rand index)."
    )
