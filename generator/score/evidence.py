"""The citations a standing rests on, as rows a reader can check: who, where, when, in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from generator.languages.code_detection import is_code
from generator.languages.quotability import is_quotable
from generator.records import Citation, CitationFunction, Evidence, PersonId

ROWS = 20  # for each person
ON_TOPIC = 0.5
TELLING = {CitationFunction.MENTIONS: 1.0, CitationFunction.LISTS: 1 / 3}
SPOKEN = 3.0  # every other circumstance says what somebody makes of them: worth one and a half half-lives


def counted_citations(citations: Iterable[Citation]) -> dict[PersonId, tuple[Citation, ...]]:
    """Citations of everybody from on-topic posts inside the window, newest first."""
    received: dict[PersonId, list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.in_window and citation.citing_relevance >= ON_TOPIC:
            received[citation.cited].append(citation)
    return {
        person: tuple(sorted(mine, key=lambda one: (one.published_on is None, _days_back(one), one.post)))
        for person, mine in received.items()
    }


def _days_back(citation: Citation) -> int:
    return -citation.published_on.toordinal() if citation.published_on else 0


def choose_evidence(
    citations: tuple[Citation, ...],
    trust: Mapping[PersonId, float],
    *,
    persons: frozenset[PersonId],
    half_life_days: float,
    as_of: date,
) -> tuple[Evidence, ...]:
    """Up to twenty rows with words in them: everybody who cites once, then again; first the trusted, the recent and
    those who say what they make of them, last the lists.

    The words are those of persons; where there are none to be had, posts of organisations and round-ups are named
    without a quotation. Code and bare addresses are no words.

    Args:
        citations: of one person, newest first, behind them what the same posts say besides.
        trust: level in [0, 1] of those who cite; absent counts as 0.
        persons: everybody who is a person.
        half_life_days: after how many days a citation is worth half.
        as_of: the day ages are counted from.
    """

    def worth(one: Citation) -> tuple[bool, float, str]:
        age = max(0, (as_of - one.published_on).days) if one.published_on else 4 * half_life_days
        return (
            not is_quotable(one.quote),
            -round(
                TELLING.get(one.function, SPOKEN) * (0.1 + trust.get(one.citing, 0.0)) * 2.0 ** (-age / half_life_days),
                12,
            ),
            one.post,
        )

    quoted = [one for one in citations if one.citing in persons and one.quote.strip() and not is_code(one.quote)]
    ordered = sorted(quoted or [replace(one, quote="") for one in citations if one.citing not in persons], key=worth)
    first: list[Citation] = []
    again: list[Citation] = []
    seen: set[PersonId] = set()
    for one in ordered:
        (again if one.citing in seen else first).append(one)
        seen.add(one.citing)
    return tuple(
        Evidence(one.function, one.citing, one.post, one.post_title, one.published_on, one.quote, one.target)
        for one in (*first, *again)[:ROWS]
    )
