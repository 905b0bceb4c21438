"""The citation network and its circles.

Takes the corpus. Returns the citations with dates and quotations, the ties between pairs of people, the centrality of
each person, and the circles. Self-citations, comments, paid links and links to unknown or shared owners are left out.
Every person of the corpus is in the graph and in exactly one circle.
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
    """The citation graph of the people of the corpus; the order of the input does not matter.

    Args:
        corpus: people, posts and sites; posts of unknown authors are ignored.
        half_life_days: age at which a citation has half its weight, above 0; None: `default_half_life_days`.
        as_of: the day ages are counted from.

    Returns:
        All citations with their weights and without functions, ties, centrality, and secondary citations.
    """
    if half_life_days is None:
        half_life_days = default_half_life_days(corpus)
    people = tuple(sorted(person.id for person in corpus.people))
    found, secondary_citations = find_citations(corpus)
    citations = weight_citations(found, corpus, half_life_days=half_life_days, as_of=as_of)
    ties = sum_ties(citations)
    return CitationGraph(people, citations, ties, half_life_days, measure_centrality(people, ties), secondary_citations)
