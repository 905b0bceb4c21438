"""The corpus and the graph as arrays, built once, so that signals can be computed many times."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import Corpus, LabelledGraph, PersonId, Post, PublisherKind, Url
from generator.score.cascades import trace_cascades
from generator.signals import ScoringArrays

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PRIOR_POSTS = 2.0  # posts of average relevance that are added to everyone's own


def build_arrays(
    corpus: Corpus, graph: LabelledGraph, *, trusted_seeds: tuple[PersonId, ...], as_of: date
) -> tuple[ScoringArrays, tuple[PersonId, ...]]:
    """The arrays of all people with an on-topic post inside the window, and the people without one.

    Args:
        corpus: people and posts; posts of unknown authors are ignored.
        graph: citations and ties among them.
        trusted_seeds: people that trust starts from; those who are not scored are ignored.
        as_of: the day ages are counted from.
    """
    kinds = {person.id: person.kind for person in corpus.people}
    in_window = [post for post in corpus.posts if post.in_window and post.author in kinds]
    on_topic = sorted((post for post in in_window if post.on_topic), key=lambda post: post.url)
    people = tuple(sorted({post.author for post in on_topic}))
    index = {person: i for i, person in enumerate(people)}
    at = {post.url: i for i, post in enumerate(on_topic)}
    author = np.array([index[post.author] for post in on_topic], dtype=np.int64)
    ages = np.array([corpus.age_days(post.published_on, as_of) for post in on_topic])
    day = np.array([post.published_on.toordinal() if post.published_on else np.nan for post in on_topic], dtype=float)
    between = {one.person: one.betweenness for one in graph.centrality}
    arrays = ScoringArrays(
        people=people,
        is_person=np.array([kinds[person] is PublisherKind.PERSON for person in people], dtype=bool),
        seeds=np.array(sorted({index[seed] for seed in trusted_seeds if seed in index}), dtype=np.int64),
        posts=tuple(on_topic),
        author=author,
        relevance=np.array([post.relevance for post in on_topic]),
        decay=2.0 ** (-ages / graph.half_life_days),
        day=day,
        activity_days=_activity_days(on_topic, index),
        first_mover=_first_movers(graph, at),
        topical_share=_topical_share(in_window, index, corpus, graph.half_life_days, as_of),
        ties=_matrix(graph, index, "weight"),
        strength=_matrix(graph, index, "strength"),
        citations=_weighted_citations(graph, index, at),
        cascades=trace_cascades(graph, index, at, author, day),
        betweenness=np.array([between.get(person, 0.0) for person in people]),
        window_days=max(1, (corpus.window[1] - corpus.window[0]).days),
    )
    return arrays, tuple(sorted(set(kinds) - set(people)))


def _activity_days(posts: list[Post], index: dict[PersonId, int]) -> tuple[Floats, Ints]:
    """Ordinals of the days of dated posts, each with its author and with every person who signed it."""
    rows = [
        (float(post.published_on.toordinal()), index[person])
        for post in posts
        if post.published_on
        for person in (post.author, *post.signed_by)
        if person in index
    ]
    days, people = zip(*rows, strict=True) if rows else ((), ())
    return np.array(days, dtype=float), np.array(people, dtype=np.int64)


def _matrix(graph: LabelledGraph, index: dict[PersonId, int], attribute: str) -> sparse.csr_array:
    """Weights or strengths of the ties among scored people, n × n, row citing, column cited."""
    rows, columns, values = [], [], []
    for tie in graph.ties:
        if tie.citing in index and tie.cited in index:
            rows.append(index[tie.citing])
            columns.append(index[tie.cited])
            values.append(tie.weight if attribute == "weight" else tie.strength)
    return sparse.csr_array((np.array(values, dtype=float), (rows, columns)), shape=(len(index), len(index)))


def _topical_share(
    posts: list[Post], index: dict[PersonId, int], corpus: Corpus, half_life_days: float, as_of: date
) -> Floats:
    """Decayed mean relevance of all posts inside the window, shrunk by two posts towards the mean of all; n."""
    total, share = np.zeros(len(index)), np.zeros(len(index))
    for post in sorted(posts, key=lambda post: post.url):
        i = index.get(post.author)
        if i is None:
            continue
        decay = 2.0 ** (-corpus.age_days(post.published_on, as_of) / half_life_days)
        total[i] += decay
        share[i] += decay * post.relevance
    average = share.sum() / total.sum() if total.sum() > 0 else 0.0
    return np.asarray((share + PRIOR_POSTS * average) / (total + PRIOR_POSTS))


def _first_movers(graph: LabelledGraph, at: dict[Url, int]) -> Bools:
    """Whether each post cites no one and is cited; m."""
    cites, cited = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    for citation in graph.citations:
        if citation.post in at:
            cites[at[citation.post]] = True
            if citation.target_post in at:
                cited[at[citation.target_post]] = True
    return cited & ~cites


def _weighted_citations(
    graph: LabelledGraph, index: dict[PersonId, int], at: dict[Url, int]
) -> tuple[Ints, Ints, Ints, Floats]:
    """Citations of positive weight as columns: citing person, cited person, citing post, weight."""
    rows = [
        (index[one.citing], index[one.cited], at[one.post], one.weight)
        for one in graph.citations
        if one.weight > 0 and one.cited in index and one.post in at
    ]
    rows.sort()
    citing, cited, post, value = zip(*rows, strict=True) if rows else ((), (), (), ())
    return (
        np.array(citing, dtype=np.int64),
        np.array(cited, dtype=np.int64),
        np.array(post, dtype=np.int64),
        np.array(value, dtype=float),
    )
