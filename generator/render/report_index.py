"""Look up people, circles, standings and citations of a report by id, and build their links and labels.

All pages use this index. Iteration is always over sorted or ranked sequences, so that output is deterministic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generator.config import Topic
from generator.formatting import day
from generator.languages.quotability import is_quotable
from generator.records import (
    Circle,
    CircleId,
    CitationFunction,
    Direction,
    DoorState,
    Evidence,
    LabelledCitation,
    Person,
    PersonalityReading,
    PersonId,
    Post,
    ProfileInsight,
    PublisherKind,
    Quotation,
    Report,
    Standing,
    Tie,
    Url,
)
from generator.render.links import file_path, web_link
from generator.render.view_models import ChipView, CircleLink, PersonLink, QuoteView

HUES = 7  # colour-blind-safe colours (Okabe and Ito 2008, black and yellow left out for contrast)
SHAPES = ("dot", "square", "triangle", "diamond", "triangleDown", "star", "hexagon")
SHAPE_WORDS = {"dot": "disc", "triangleDown": "triangle pointing down"}
OTHERS = CircleId("others")
DOOR_WORDS = {
    DoorState.OPEN: "Door open",
    DoorState.AJAR: "Door ajar",
    DoorState.CLOSED: "Door closed",
    DoorState.UNKNOWN: "Door unknown",
}
CIRCUMSTANCE_WORDS = {
    CitationFunction.CREDITS: "credits",
    CitationFunction.AGREES: "agrees with",
    CitationFunction.DISAGREES: "disagrees with",
    CitationFunction.THANKS: "thanks",
    CitationFunction.REPLIES: "replies to",
    CitationFunction.LISTS: "lists",
    CitationFunction.QUOTES: "quotes",
    CitationFunction.MENTIONS: "mentions",
}
DIRECTION_WORDS = {  # of posts about the topic only
    Direction.RISING: "↗ writes more",
    Direction.STEADY: "→ steady",
    Direction.FADING: "↘ writes less",
    Direction.SILENT: "· quiet on topic",
    Direction.NEW: "✦ new voice",
}


@dataclass(frozen=True)
class ReportIndex:
    """One report and its topic, looked up by id."""

    report: Report
    topic: Topic

    @cached_property
    def people(self) -> dict[PersonId, Person]:
        """All people of the corpus."""
        return {person.id: person for person in self.report.corpus.people}

    @cached_property
    def standings(self) -> dict[PersonId, Standing]:
        """All scored people; exactly these have a profile."""
        return {standing.person: standing for standing in self.report.judgement.standings}

    @cached_property
    def profiles(self) -> dict[PersonId, ProfileInsight]:
        """Insight profile of each person."""
        return {profile.person: profile for profile in self.report.insight.profiles}

    @cached_property
    def personalities(self) -> dict[PersonId, PersonalityReading]:
        """Personality reading of each person with enough text, if the topic enables it."""
        return {reading.person: reading for reading in self.report.insight.personalities}

    @cached_property
    def rationales(self) -> dict[PersonId, str]:
        """Rationale of each person, one sentence."""
        return dict(self.report.insight.rationales)

    @cached_property
    def posts(self) -> dict[Url, Post]:
        """Posts by address."""
        return {post.url: post for post in self.report.corpus.posts}

    @cached_property
    def circle_of(self) -> dict[PersonId, Circle]:
        """The circle of each person."""
        return {member.person: circle for circle in self.report.circles.circles for member in circle.members}

    @cached_property
    def circle_order(self) -> dict[CircleId, int]:
        """Largest first, so that the plainest colours go to the largest circles; `others` has none."""
        named = [circle for circle in self.report.circles.circles if circle.id != OTHERS]
        named.sort(key=lambda circle: (-len(circle.members), circle.id))
        return {circle.id: place for place, circle in enumerate(named)}

    @cached_property
    def places(self) -> dict[PersonId, int]:
        """Place on the short list."""
        return {entry.person: entry.place for entry in self.report.judgement.shortlist.entries}

    @cached_property
    def cited_by(self) -> dict[PersonId, tuple[LabelledCitation, ...]]:
        """Citations each received, newest first."""
        return self._citations(received=True)

    @cached_property
    def cites(self) -> dict[PersonId, tuple[LabelledCitation, ...]]:
        """Citations each made, newest first."""
        return self._citations(received=False)

    @cached_property
    def ties(self) -> dict[PersonId, tuple[Tie, ...]]:
        """Ties each is part of, strongest first."""
        found: dict[PersonId, list[Tie]] = {}
        for tie in self.report.graph.ties:
            for end in {tie.citing, tie.cited}:
                found.setdefault(end, []).append(tie)
        return {
            person: tuple(sorted(mine, key=lambda tie: (-tie.weight, tie.citing, tie.cited)))
            for person, mine in found.items()
        }

    def said(self, person: PersonId, *, received: bool) -> tuple[LabelledCitation, ...]:
        """Return citations of or by a person, including secondary citations, newest first."""
        return (self._said_of if received else self._said_by).get(person, ())

    @cached_property
    def _said_of(self) -> dict[PersonId, tuple[LabelledCitation, ...]]:
        return self._citations(received=True, besides=self.report.graph.secondary_citations)

    @cached_property
    def _said_by(self) -> dict[PersonId, tuple[LabelledCitation, ...]]:
        return self._citations(received=False, besides=self.report.graph.secondary_citations)

    def _citations(
        self, *, received: bool, besides: tuple[LabelledCitation, ...] = ()
    ) -> dict[PersonId, tuple[LabelledCitation, ...]]:
        found: dict[PersonId, list[LabelledCitation]] = {}
        for citation in (*self.report.graph.citations, *besides):
            found.setdefault(citation.cited if received else citation.citing, []).append(citation)
        for mine in found.values():
            mine.sort(key=lambda c: (c.post, c.target))
            mine.sort(key=lambda c: (c.published_on is not None, c.published_on or self.report.as_of), reverse=True)
        return {person: tuple(mine) for person, mine in found.items()}

    def name(self, person: PersonId) -> str:
        """Return the name of a person; the id if the corpus does not hold the person."""
        known = self.people.get(person)
        return known.name if known else str(person)

    def link(self, person: PersonId, name: str = "") -> PersonLink:
        """A person as every page links them."""
        known = self.people.get(person)
        circle = self.circle_of.get(person)
        return PersonLink(
            id=person,
            name=(known.name if known else "") or name or str(person),
            href=file_path("people", person) if person in self.standings else "",
            kind=known.kind.value if known else PublisherKind.PERSON.value,
            circle=circle.name if circle else "",
            hue=self.hue(circle.id) if circle else "none",
        )

    def hue(self, circle: CircleId) -> str:
        """CSS modifier of a circle's colour."""
        place = self.circle_order.get(circle)
        return "none" if place is None else str(place % HUES)

    def shape(self, circle: CircleId) -> str:
        """Outline of a circle's dots: with the colour it stays unique for 49 circles."""
        place = self.circle_order.get(circle)
        return "dot" if place is None else SHAPES[(place + place // HUES) % len(SHAPES)]

    def circle_link(self, circle: Circle) -> CircleLink:
        """A circle as every page links it."""
        shape = self.shape(circle.id)
        return CircleLink(
            id=circle.id,
            name=circle.name,
            href=file_path("circles", circle.id),
            hue=self.hue(circle.id),
            shape=SHAPE_WORDS.get(shape, shape),
        )

    def circle_chip(self, person: PersonId) -> CircleLink | None:
        """Return the circle of a person; None if they are not in a circle."""
        circle = self.circle_of.get(person)
        return self.circle_link(circle) if circle else None

    def door(self, person: PersonId) -> ChipView:
        """The door as a chip."""
        profile = self.profiles.get(person)
        if profile is None:
            return ChipView(DOOR_WORDS[DoorState.UNKNOWN], DoorState.UNKNOWN.value)
        return ChipView(DOOR_WORDS[profile.door.state], profile.door.state.value, profile.door.because)

    def trend(self, person: PersonId) -> ChipView:
        """Return the direction as a chip; its sign carries the meaning without colour."""
        profile = self.profiles.get(person)
        way = profile.direction if profile else Direction.STEADY
        return ChipView(DIRECTION_WORDS[way], way.value, profile.direction_because if profile else "")

    def quote(self, said: Quotation) -> QuoteView:
        """Return the view of a quotation."""
        return QuoteView(said.text, web_link(said.url), said.title, day(said.published_on, ""))

    def proof(self, evidence: Evidence) -> QuoteView:
        """Return the view of evidence; the quotation is left out if it is a bare mention that is not quotable alone."""
        bare = evidence.kind in (CitationFunction.MENTIONS, CitationFunction.LISTS) and not is_quotable(evidence.quote)
        return QuoteView(
            text="" if bare else evidence.quote,
            web=web_link(evidence.post),
            title=evidence.title,
            on=day(evidence.on),
            by=self.link(evidence.by),
            kind=CIRCUMSTANCE_WORDS[evidence.kind],
        )

    def citation(self, citation: LabelledCitation, *, of: PersonId) -> QuoteView:
        """Return the view of a citation on the page of `of`, the citing or the cited person."""
        received = citation.cited == of
        return QuoteView(
            text=citation.quote,
            web=web_link(citation.post),
            title=citation.post_title,
            on=day(citation.published_on),
            by=self.link(citation.citing) if received else None,
            kind=CIRCUMSTANCE_WORDS[citation.function],
            about=None if received else self.link(citation.cited),
        )
