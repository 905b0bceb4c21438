"""Citations added up to ties: topical at both ends, decayed, one count a pair and week, calmed twice.

Knows arithmetic only; who is trusted is score's business.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.records import Citation, Corpus, PersonId, PublisherKind, Tie

ON_TOPIC = 0.5  # relevance from which a citing post speaks for the topic
AGGREGATOR_SHARE = 0.1  # of a citation by an aggregator: a roundup vouches for nobody in particular
VOUCHERS = 8  # people one post can vouch for in full; a post citing more divides this among them
RECIPROCITY = 0.5  # share of a fully mutual tie that is discounted
SATURATION = 3.0  # the most one person's attention can weigh


def weight_citations(
    citations: Sequence[Citation], corpus: Corpus, *, half_life_days: float, as_of: date
) -> tuple[Citation, ...]:
    """The citations with `counts` filled in: what each adds to the strength of its tie.

    counts = ρ_citing · ρ_cited · 2^(−age / half-life), the greatest of each pair and week and 0 for the
    others; 0 as well for citing posts off topic or outside the window. An aggregator's counts a tenth, and
    a post that cites more than eight people divides eight votes among them. Undated posts are as old as
    the middle of the window, and all undated citations of a pair share one week.

    Source: the method page, "citations"; decay and saturation chosen on simulated and archived blogs.
    """
    kinds = {person.id: person.kind for person in corpus.people}
    crowd: dict[str, int] = defaultdict(int)
    for citation in citations:
        crowd[citation.post] += 1
    best: dict[tuple[PersonId, PersonId, int], tuple[float, str]] = {}
    values = []
    for citation in citations:
        value = 0.0
        if citation.in_window and citation.citing_relevance >= ON_TOPIC:
            age = corpus.age_days(citation.published_on, as_of)
            value = citation.citing_relevance * citation.cited_relevance * 2.0 ** (-age / half_life_days)
            value *= min(1.0, VOUCHERS / crowd[citation.post])
            value *= AGGREGATOR_SHARE if kinds.get(citation.citing) is PublisherKind.AGGREGATOR else 1.0
        values.append(value)
        key, claim = _week(citation), (-value, citation.post)
        best[key] = min(best.get(key, claim), claim)
    return tuple(
        replace(citation, weight=value if best[_week(citation)][1] == citation.post else 0.0)
        for citation, value in zip(citations, values, strict=True)
    )


def _week(citation: Citation) -> tuple[PersonId, PersonId, int]:
    """The pair and the week a citation falls in; −1 for all undated."""
    week = citation.published_on.toordinal() // 7 if citation.published_on else -1
    return citation.citing, citation.cited, week


def sum_ties(citations: Sequence[Citation]) -> tuple[Tie, ...]:
    """Ties from weighed citations, by citing and cited person; pairs of no strength have none.

    `weight` = 3·(1 − e^(−S′/3)) with S′ = S·(1 − 0.5·min(S_uv, S_vu)/max(S_uv, S_vu)): mutual praise is
    worth half, and no one's attention more than 3.

    Source: the method page, "citations"; decay and saturation chosen on simulated and archived blogs.
    """
    strength: dict[tuple[PersonId, PersonId], float] = defaultdict(float)
    number: dict[tuple[PersonId, PersonId], int] = defaultdict(int)
    for citation in sorted(citations, key=lambda one: (one.citing, one.cited, one.post)):
        pair = citation.citing, citation.cited
        strength[pair] += citation.weight
        number[pair] += citation.in_window and citation.citing_relevance >= ON_TOPIC
    ties = []
    for (citing, cited), there in sorted(strength.items()):
        if there <= 0:
            continue
        back = strength.get((cited, citing), 0.0)
        calmed = there * (1 - RECIPROCITY * min(there, back) / max(there, back))
        weight = SATURATION * -math.expm1(-calmed / SATURATION)
        ties.append(Tie(citing, cited, there, weight, number[citing, cited]))
    return tuple(ties)
