"""Evidence: the citations a standing rests on, as rows with person, post, day and quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from generator.languages.code_detection import is_code
from generator.languages.quotability import is_quotable
from generator.records import CitationFunction, Evidence, LabelledCitation, PersonId

MAX_ROWS = 20  # for each person
# A citation with a stance is worth three mentions, as much as a mention 1.6 half-lives younger.
FUNCTION_WORTH = {CitationFunction.MENTIONS: 1.0, CitationFunction.LISTS: 1 / 3}
STANCE_WORTH = 3.0
MIN_TRUST_WORTH = 0.1  # worth of a citation by a person without trust
UNDATED_HALF_LIVES = 4  # age of an undated citation


def counted_citations(citations: Iterable[LabelledCitation]) -> dict[PersonId, tuple[LabelledCitation, ...]]:
    """Citations from on-topic posts inside the window by cited person, newest first, undated last."""
    received: dict[PersonId, list[LabelledCitation]] = defaultdict(list)
    for citation in citations:
        if citation.in_window and citation.citing_on_topic:
            received[citation.cited].append(citation)
    return {person: tuple(sorted(own, key=_newest_first)) for person, own in received.items()}


def _newest_first(citation: LabelledCitation) -> tuple[bool, int, str]:
    """Sort key: dated before undated, then newest first, then by address."""
    on = citation.published_on
    return on is None, -on.toordinal() if on else 0, citation.post


def choose_evidence(
    citations: tuple[LabelledCitation, ...],
    trust: Mapping[PersonId, float],
    *,
    persons: frozenset[PersonId],
    half_life_days: float,
    as_of: date,
) -> tuple[Evidence, ...]:
    """Up to twenty rows of evidence for one person, the best first.

    One citation of each citing person comes before a second one of any. Among these, quotable sentences come
    first, then the higher worth: function × (0.1 + trust) × 2^(−age / half-life). Code and bare addresses are
    not quoted. Where no person can be quoted, posts of organisations and aggregators are listed without a quotation.

    Args:
        citations: of one person, newest first, followed by the secondary citations.
        trust: level in [0, 1] of citing people; a missing level is 0.
        persons: the people who are persons, not organisations or aggregators.
        half_life_days: age at which a citation is worth half.
        as_of: the day ages are counted from.
    """

    def merit(one: LabelledCitation) -> tuple[bool, float, str]:
        age = max(0, (as_of - one.published_on).days) if one.published_on else UNDATED_HALF_LIVES * half_life_days
        worth = FUNCTION_WORTH.get(one.function, STANCE_WORTH) * (MIN_TRUST_WORTH + trust.get(one.citing, 0.0))
        return not is_quotable(one.quote), -round(worth * 2.0 ** (-age / half_life_days), 12), one.post

    quoted = [one for one in citations if one.citing in persons and one.quote.strip() and not is_code(one.quote)]
    unquoted = [replace(one, quote="") for one in citations if one.citing not in persons]
    first: list[LabelledCitation] = []
    further: list[LabelledCitation] = []
    seen: set[PersonId] = set()
    for one in sorted(quoted or unquoted, key=merit):
        (further if one.citing in seen else first).append(one)
        seen.add(one.citing)
    return tuple(
        Evidence(one.function, one.citing, one.post, one.post_title, one.published_on, one.quote, one.target)
        for one in (*first, *further)[:MAX_ROWS]
    )
