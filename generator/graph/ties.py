"""Ties: weighted citations summed for each pair of people, discounted for reciprocity, and saturated."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.records import Citation, Corpus, PersonId, PublisherKind, Tie

AGGREGATOR_FACTOR = 0.1  # a link round-up recommends no one in particular
MAX_FULL_VOTES = 8.0  # people one post can cite at full weight; a post that cites more divides this among them
RECIPROCITY_DISCOUNT = 0.5  # share of a fully mutual tie that is taken off
MAX_TIE_WEIGHT = 3.0  # limit of the saturation
UNDATED_WEEK = -1


def weight_citations(
    citations: Sequence[Citation], corpus: Corpus, *, half_life_days: float, as_of: date
) -> tuple[Citation, ...]:
    """The citations with their weights: what each adds to the strength of its tie.

    weight = ρ_citing · ρ_cited · 2^(−age / half-life), for the largest of each pair and week, and 0 for the others.
    It is 0 for citing posts off topic or outside the window. A citation by an aggregator has a tenth of the weight.
    A post that cites more than eight people divides eight votes among them. An undated post has the age of the middle
    of the window, and all undated citations of a pair share one week.

    Args:
        citations: as `find_citations` returns them.
        corpus: gives the kinds of people and the window.
        half_life_days: above 0.
        as_of: the day ages are counted from.

    Source: the method page, "citations"; decay and saturation chosen on simulated and archived blogs.
    """
    kinds = {person.id: person.kind for person in corpus.people}
    cited_by_post: dict[str, int] = defaultdict(int)
    for citation in citations:
        cited_by_post[citation.post] += 1
    best: dict[tuple[PersonId, PersonId, int], tuple[float, str]] = {}
    values = []
    for citation in citations:
        value = 0.0
        if citation.in_window and citation.citing_on_topic:
            age = corpus.age_days(citation.published_on, as_of)
            value = citation.citing_relevance * citation.cited_relevance * 2.0 ** (-age / half_life_days)
            value *= min(1.0, MAX_FULL_VOTES / cited_by_post[citation.post])
            value *= AGGREGATOR_FACTOR if kinds.get(citation.citing) is PublisherKind.AGGREGATOR else 1.0
        values.append(value)
        key, claim = _pair_and_week(citation), (-value, citation.post)
        best[key] = min(best.get(key, claim), claim)
    return tuple(
        replace(citation, weight=value if best[_pair_and_week(citation)][1] == citation.post else 0.0)
        for citation, value in zip(citations, values, strict=True)
    )


def _pair_and_week(citation: Citation) -> tuple[PersonId, PersonId, int]:
    """Citing person, cited person and number of the week."""
    week = citation.published_on.toordinal() // 7 if citation.published_on else UNDATED_WEEK
    return citation.citing, citation.cited, week


def sum_ties(citations: Sequence[Citation]) -> tuple[Tie, ...]:
    """Ties of positive strength from weighted citations, in order of citing and cited person.

    weight = 3 · (1 − e^(−S′ / 3)) with S′ = S · (1 − 0.5 · min(S_uv, S_vu) / max(S_uv, S_vu)). A fully mutual tie
    has half its strength, and the weight of one person's attention stays below 3.

    Source: the method page, "citations"; decay and saturation chosen on simulated and archived blogs.
    """
    strengths: dict[tuple[PersonId, PersonId], float] = defaultdict(float)
    counts: dict[tuple[PersonId, PersonId], int] = defaultdict(int)
    for citation in sorted(citations, key=lambda one: (one.citing, one.cited, one.post)):
        pair = citation.citing, citation.cited
        strengths[pair] += citation.weight
        counts[pair] += citation.in_window and citation.citing_on_topic
    ties = []
    for (citing, cited), strength in sorted(strengths.items()):
        if strength <= 0:
            continue
        back = strengths.get((cited, citing), 0.0)
        discounted = strength * (1 - RECIPROCITY_DISCOUNT * min(strength, back) / max(strength, back))
        weight = MAX_TIE_WEIGHT * -math.expm1(-discounted / MAX_TIE_WEIGHT)
        ties.append(Tie(citing, cited, strength, weight, counts[citing, cited]))
    return tuple(ties)
