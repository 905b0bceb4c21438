"""What each circle asks: its members' questions, one of each person before any second one."""

from __future__ import annotations

from collections.abc import Mapping

from generator.records import CircleId, Circles, PersonId, ProfileInsight, Quotation

QUESTIONS = 8


def circle_questions(
    circles: Circles, profiles: Mapping[PersonId, ProfileInsight]
) -> tuple[tuple[CircleId, tuple[Quotation, ...]], ...]:
    """The questions of each circle's members, latest first within each round."""
    return tuple(
        (circle.id, _questions([member.person for member in circle.members], profiles)) for circle in circles.circles
    )


def _questions(members: list[PersonId], profiles: Mapping[PersonId, ProfileInsight]) -> tuple[Quotation, ...]:
    """The first question of each person, then the second of each, up to eight."""
    asked = [profiles[person].questions for person in sorted(members) if person in profiles]
    chosen: list[Quotation] = []
    for turn in range(max(map(len, asked), default=0)):
        ordered = sorted(
            (questions[turn] for questions in asked if len(questions) > turn), key=lambda q: (q.url, q.text)
        )
        chosen += sorted(ordered, key=lambda question: str(question.published_on), reverse=True)
    return tuple(chosen[:QUESTIONS])
