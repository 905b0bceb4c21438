"""The corpus and graph as arrays: everything scoring counts, laid out once, so that it can be counted often.

Knows who wrote what and who cited it; refuses to judge. A count under other post weights (`weights` of the
signals) asks nothing but this.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import CitationGraph, Corpus, Kind, PersonId, Post, Url

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DEPTH = 2  # hands a post is followed through: who took it up, and who took it up from them


@dataclass(frozen=True, slots=True)
class Ledger:
    """n scored people and m on-topic posts inside the window, by position.

    Post arrays run over the m posts in order of address; `cites` are the rows (citing, cited, post) that
    ties were added up from, `taken_up` the rows (post, person it reached, post by which it reached them).
    """

    people: tuple[PersonId, ...]
    is_person: Bools  # n
    seeds: Ints
    posts: tuple[Post, ...]
    author: Ints  # m
    relevance: Floats  # m
    decay: Floats  # m: 2^(−age / half-life)
    day: Floats  # m: ordinal, NaN where undated
    first_mover: Bools  # m: cites nobody and is cited
    topical: Floats  # n: share of what they wrote lately that is on topic
    written: Floats  # n: posts inside the window, on topic or not
    ties: sparse.csr_array  # n × n, W, row citing
    strength: sparse.csr_array  # n × n, S
    cites: tuple[Ints, Ints, Ints, Floats]
    taken_up: tuple[Ints, Ints, Ints]
    window_days: int

    @property
    def size(self) -> int:
        """How many people are scored."""
        return len(self.people)


def keep_ledger(
    corpus: Corpus, graph: CitationGraph, *, trusted_seeds: tuple[PersonId, ...], as_of: date
) -> tuple[Ledger, tuple[PersonId, ...]]:
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
    ledger = Ledger(
        people=people,
        is_person=np.array([kinds[person] is Kind.PERSON for person in people], dtype=bool),
        seeds=np.array(sorted({index[seed] for seed in trusted_seeds if seed in index}), dtype=np.int64),
        posts=tuple(on_topic),
        author=author,
        relevance=np.array([post.relevance for post in on_topic]),
        decay=2.0 ** (-ages / graph.half_life_days),
        day=day,
        first_mover=_first_movers(graph, at),
        topical=topical,
        written=written,
        ties=matrices[0],
        strength=matrices[1],
        cites=_counted(graph, index, at),
        taken_up=_taken_up(_takers(graph, index, at, author, day), author),
        window_days=max(1, (corpus.window[1] - corpus.window[0]).days),
    )
    return ledger, silent


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


def _takers(
    graph: CitationGraph, index: dict[PersonId, int], at: dict[Url, int], author: Ints, day: Floats
) -> dict[int, list[int]]:
    """Which posts took up each post.

    A link that names no post we know (the site itself, or a post never crawled) takes up the latest post
    of theirs at the time: without this, reach would say nothing of circles that link to front pages.
    """
    mine: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i in np.flatnonzero(~np.isnan(day)).tolist():
        mine[int(author[i])].append((float(day[i]), i))
    for dated in mine.values():
        dated.sort()
    takers: dict[int, list[int]] = defaultdict(list)
    for citation in graph.citations:
        if citation.post not in at or citation.citing not in index or citation.cited not in index:
            continue
        if citation.target_post in at:
            takers[at[citation.target_post]].append(at[citation.post])
        elif citation.target_post is None and citation.published_on is not None:
            theirs = mine[index[citation.cited]]
            before = bisect_right(theirs, (float(citation.published_on.toordinal()), len(day)))
            if before:
                takers[theirs[before - 1][1]].append(at[citation.post])
    return {post: sorted(takers[post]) for post in sorted(takers)}


def _taken_up(takers: Mapping[int, Sequence[int]], author: Ints) -> tuple[Ints, Ints, Ints]:
    """Whom each post reached hand to hand, each person once a post, by the post that came first on the way."""
    rows = []
    for post in sorted(takers):
        reached, edge = {int(author[post])}, [post]
        for _ in range(DEPTH):
            following = []
            for one in edge:
                for taker in takers.get(one, ()):
                    who = int(author[taker])
                    if who not in reached:
                        reached.add(who)
                        rows.append((post, who, taker))
                        following.append(taker)
            edge = following
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
