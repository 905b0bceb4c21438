"""The people page: all scored people in one sortable table with filters and explained columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.formatting import counted, iso, language_name
from generator.records import Direction, DoorState, PersonId, PublisherKind, RenderedPage, Standing
from generator.render.charts import standing_bar
from generator.render.report_index import DIRECTION_WORDS, DOOR_WORDS, ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import BarView, ChipView, CircleLink, FactView, PersonLink, TagLink

COLUMNS = (
    FactView(
        "Rank",
        "Place by standing. People of one tier cannot be distinguished: treat places 4 and 6 of a tier as equal.",
    ),
    FactView(
        "Standing", "How much the circle listens to them, 0 to 100, with the range eight of ten re-counts fall in."
    ),
    FactView("Circle", "The community with which they exchange most citations."),
    FactView("Door", "Whether they invite being approached, by their own words; open the profile for the sentence."),
    FactView(
        "Trend", "What they write on the topic: the last half-year against their own habit. Not what else they do."
    ),
    FactView("Cited by", "Distinct people of the circle who cited them in the window. Not links, not followers."),
    FactView("Posts", "Posts about the topic in the window."),
    FactView("Last post", "Day of the latest post read."),
)


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """Row of one person."""

    rank: int
    person: PersonLink
    kind: str
    listed: int | None
    standing: BarView
    tier: int
    circle: CircleLink | None
    door: ChipView
    trend: ChipView
    cited_by: int
    posts: int
    last: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    find: str
    trusted: bool


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One value of a filter: what it matches and what it is called."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """View of the people page."""

    lead: str
    rows: tuple[PeopleRow, ...]
    columns: tuple[FactView, ...]
    circles: tuple[FilterOption, ...]
    doors: tuple[FilterOption, ...]
    trends: tuple[FilterOption, ...]
    languages: tuple[FilterOption, ...]
    kinds: tuple[FilterOption, ...]
    tags: tuple[FilterOption, ...]


def people_page(index: ReportIndex, filed: Mapping[PersonId, tuple[TagLink, ...]]) -> RenderedPage:
    """people/index.html; `filed` are the tags each person stands under."""
    rows = tuple(_row(index, standing, filed.get(standing.person, ())) for standing in index.report.judgement.standings)
    persons = sum(row.kind == PublisherKind.PERSON.value for row in rows)
    spoken = sorted({code for row in rows for code in row.languages if code})
    view = PeoplePage(
        lead=f"All people who were scored: {counted(persons, 'person', 'people')} and "
        f"{counted(len(rows) - persons, 'organisation or round-up', 'organisations and round-ups')}. "
        "Only persons can be short-listed.",
        rows=rows,
        columns=COLUMNS,
        circles=tuple(FilterOption(circle.id, circle.name) for circle in index.report.circles.circles),
        doors=tuple(FilterOption(state.value, DOOR_WORDS[state]) for state in DoorState if _any(rows, door=state)),
        trends=tuple(FilterOption(way.value, DIRECTION_WORDS[way]) for way in Direction if _any(rows, trend=way)),
        languages=tuple(FilterOption(code, language_name(code)) for code in spoken),
        tags=tuple(
            sorted(
                {FilterOption(tag.id, tag.name) for tags in filed.values() for tag in tags},
                key=lambda choice: (choice.text.casefold(), choice.value),
            )
        ),
        kinds=tuple(
            FilterOption(kind.value, kind.value)
            for kind in PublisherKind
            if any(row.kind == kind.value for row in rows)
        ),
    )
    return RenderedPage(
        "people/index.html",
        "People",
        render_template("people.html.j2", root="../", view=view),
        description="All people who were scored, in one table.",
        search_text="All people who were scored",
        in_navigation=True,
    )


def _any(rows: tuple[PeopleRow, ...], *, door: DoorState | None = None, trend: Direction | None = None) -> bool:
    return any(row.door.modifier == door or row.trend.modifier == trend for row in rows)


def _row(index: ReportIndex, standing: Standing, tags: tuple[TagLink, ...]) -> PeopleRow:
    person = index.people[standing.person]
    link = index.link(person.id)
    return PeopleRow(
        rank=standing.rank,
        person=link,
        kind=person.kind.value,
        listed=index.places.get(person.id),
        standing=standing_bar(person.name, standing.standing, standing.interval),
        tier=standing.tier,
        circle=index.circle_chip(person.id),
        door=index.door(person.id),
        trend=index.trend(person.id),
        cited_by=len(standing.citers),
        posts=standing.posts_on_topic,
        last=iso(standing.last_on),
        languages=person.languages,
        tags=tuple(tag.id for tag in tags),
        find=" ".join([person.name, *person.other_names, *person.sites, *(tag.name for tag in tags)]).casefold(),
        trusted=standing.trusted,
    )
