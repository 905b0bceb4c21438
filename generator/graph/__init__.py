"""The citation network and its circles.

Takes the corpus; returns who cites whom with dates and quotations, the ties these add up to, and the
circles they form. Leaves out self-citations, links that lead to nobody known or to no single one of
several owners, paid links, comments. Nobody is dropped: everybody is in the graph and in one circle.
"""

from __future__ import annotations

from datetime import date

from generator.graph.centrality import measure_centrality
from generator.graph.citations import find_citations
from generator.graph.communities import find_circles
from generator.graph.half_life import default_half_life_days
from generator.graph.ties import sum_ties, weight_citations
from generator.records import CitationGraph, Corpus

__all__ = ["build_graph", "find_circles"]


def build_graph(corpus: Corpus, *, half_life_days: float | None = None, as_of: date) -> CitationGraph:
    """Who cites whom among the people of the corpus, whatever order they come in.

    Args:
        corpus: people, posts and sites; posts of unknown authors are passed over.
        half_life_days: after how many days a citation counts half, above 0; None: `default_half_life_days`.
        as_of: the day ages are counted from.

    Returns:
        All citations with what each `counts`, the ties between pairs, who stands between others, and the asides.
    """
    if half_life_days is None:
        half_life_days = default_half_life_days(corpus)
    people = tuple(sorted(person.id for person in corpus.people))
    found, secondary_citations = find_citations(corpus)
    citations = weight_citations(found, corpus, half_life_days=half_life_days, as_of=as_of)
    ties = sum_ties(citations)
    return CitationGraph(people, citations, ties, half_life_days, measure_centrality(people, ties), secondary_citations)
