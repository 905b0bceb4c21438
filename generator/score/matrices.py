"""The corpus and graph as arrays: everything scoring counts, laid out once, so that it can be counted often.

Knows who wrote what and who cited it; refuses to judge. A count under other post weights (`weights` of the
signals) asks nothing but this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import CitationGraph, Corpus, PersonId, Post, PublisherKind, Url
from generator.score.cascades import Cascades, trace_cascades

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoringArrays:
    """n scored people and m on-topic posts inside the window, by position.

    Post arrays run over the m posts in order of address; `cites` are the rows (citing, cited, post) that
    ties were added up from.
    """

    people: tuple[PersonId, ...]
    is_person: Bools  # n
    seeds: Ints
    posts: tuple[Post, ...]
    author: Ints  # m
    relevance: Floats  # m
    decay: Floats  # m: 2^(−age / half-life)
    day: Floats  # m: ordinal, NaN where undated
    heard: tuple[Floats, Ints]  # days, and who was heard on them: dated posts, those a body published for them too
    first_mover: Bools  # m: cites nobody and is cited
    topical: Floats  # n: share of what they wrote lately that is on topic
    written: Floats  # n: posts inside the window, on topic or not
    ties: sparse.csr_array  # n × n, W, row citing
    strength: sparse.csr_array  # n × n, S
    cites: tuple[Ints, Ints, Ints, Floats]
    taken_up: Cascades
    window_days: int

    @property
    def size(self) -> int:
        """How many people are scored."""
        return len(self.people)


def build_arrays(
    corpus: Corpus, graph: CitationGraph, *, trusted_seeds: tuple[PersonId, ...], as_of: date
) -> tuple[ScoringArrays, tuple[PersonId, ...]]:
    """The ledger of everybody with an on-topic post inside the window, and who has none."""
    kinds = {person.id: person.kind for person in corpus.people}
    mine = [post for post in corpus.posts if post.in_window and post.author in kinds]
    on_topic = sorted((post for post in mine if post.on_topic), key=lambda post: post.url)
    people = tuple(sorted({post.author for post in on_topic}))
    silent = tuple(sorted(set(kinds) - set(people)))
    index = {person: i for i, person in enumerate(people)}
    at = {post.url: i for i, post in enumerate(on_topic)}
    author = np.array([index[post.author] for post in on_topic], dtype=np.int64)
    ages = np.array([corpus.age_days(post.published_on, as_of) for post in on_topic])
    day = np.array([post.published_on.toordinal() if post.published_on else np.nan for post in on_topic], dtype=float)
    matrices = [_matrix(graph, index, attribute) for attribute in ("weight", "strength")]
    topical, written = _topical_share(mine, index, corpus, graph.half_life_days, as_of)
    arrays = ScoringArrays(
        people=people,
        is_person=np.array([kinds[person] is PublisherKind.PERSON for person in people], dtype=bool),
        seeds=np.array(sorted({index[seed] for seed in trusted_seeds if seed in index}), dtype=np.int64),
        posts=tuple(on_topic),
        author=author,
        relevance=np.array([post.relevance for post in on_topic]),
        decay=2.0 ** (-ages / graph.half_life_days),
        day=day,
        heard=_heard(on_topic, index),
        first_mover=_first_movers(graph, at),
        topical=topical,
        written=written,
        ties=matrices[0],
        strength=matrices[1],
        cites=_counted(graph, index, at),
        taken_up=trace_cascades(graph, index, at, author, day),
        window_days=max(1, (corpus.window[1] - corpus.window[0]).days),
    )
    return arrays, silent


def _heard(posts: list[Post], index: dict[PersonId, int]) -> tuple[Floats, Ints]:
    """Days of dated posts on topic, each beside its author and beside everybody who signed it."""
    rows = [
        (float(post.published_on.toordinal()), index[who])
        for post in posts
        if post.published_on
        for who in (post.author, *post.signed_by)
        if who in index
    ]
    days, who = zip(*rows, strict=True) if rows else ((), ())
    return np.array(days, dtype=float), np.array(who, dtype=np.int64)


def _matrix(graph: CitationGraph, index: dict[PersonId, int], attribute: str) -> sparse.csr_array:
    """Ties among the scored, row citing, column cited."""
    rows, columns, values = [], [], []
    for tie in graph.ties:
        if tie.citing in index and tie.cited in index:
            rows.append(index[tie.citing])
            columns.append(index[tie.cited])
            values.append(tie.weight if attribute == "weight" else tie.strength)
    return sparse.csr_array((np.array(values, dtype=float), (rows, columns)), shape=(len(index), len(index)))


def _topical_share(
    posts: list[Post], index: dict[PersonId, int], corpus: Corpus, half_life_days: float, as_of: date
) -> tuple[Floats, Floats]:
    """Decayed mean relevance of all they wrote inside the window, shrunk by two posts; and how many posts."""
    n = len(index)
    total, share, written = np.zeros(n), np.zeros(n), np.zeros(n)
    for post in sorted(posts, key=lambda post: post.url):
        i = index.get(post.author)
        if i is None:
            continue
        decay = 2.0 ** (-corpus.age_days(post.published_on, as_of) / half_life_days)
        total[i] += decay
        share[i] += decay * post.relevance
        written[i] += 1
    average = share.sum() / total.sum() if total.sum() > 0 else 0.0
    return (share + 2 * average) / (total + 2), written


def _first_movers(graph: CitationGraph, at: dict[Url, int]) -> Bools:
    """Which posts cite nobody and are cited by somebody."""
    cites, cited = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    for citation in graph.citations:
        if citation.post in at:
            cites[at[citation.post]] = True
            if citation.target_post in at:
                cited[at[citation.target_post]] = True
    return cited & ~cites


def _counted(graph: CitationGraph, index: dict[PersonId, int], at: dict[Url, int]) -> tuple[Ints, Ints, Ints, Floats]:
    """The citations that count, as rows citing, cited, citing post, what it adds."""
    rows = [
        (index[one.citing], index[one.cited], at[one.post], one.counts)
        for one in graph.citations
        if one.counts > 0 and one.cited in index and one.post in at
    ]
    rows.sort()
    citing, cited, post, value = zip(*rows, strict=True) if rows else ((), (), (), ())
    return (
        np.array(citing, dtype=np.int64),
        np.array(cited, dtype=np.int64),
        np.array(post, dtype=np.int64),
        np.array(value, dtype=float),
    )
