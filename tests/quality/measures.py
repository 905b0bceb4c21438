"""Measures of a result against a known truth. Pure arithmetic on plain values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

T = TypeVar("T", bound=Hashable)
K = TypeVar("K", int, str)
WORD = re.compile(r"\w+")


def dcg(gains: Sequence[float]) -> float:
    """Discounted cumulative gain: gains over log2(place + 1), places from 1."""
    return float(sum(gain / np.log2(place + 1) for place, gain in enumerate(gains, start=1)))


def ndcg(ranked: Sequence[T], gain: Mapping[T, float], k: int) -> float:
    """NDCG@k in [0, 1] of a ranking; items missing from `gain` have gain 0; 0 where all gains are 0.

    Source: Järvelin and Kekäläinen (2002).
    """
    ideal = dcg(sorted(gain.values(), reverse=True)[:k])
    return dcg([gain.get(item, 0.0) for item in ranked[:k]]) / ideal if ideal else 0.0


def precision_at(ranked: Sequence[T], relevant: Iterable[T], k: int) -> float:
    """Share of the first k that are relevant; missing places count as irrelevant."""
    wanted = set(relevant)
    return sum(item in wanted for item in ranked[:k]) / k


def in_degree(edges: Iterable[tuple[T, T]]) -> dict[T, int]:
    """Number of distinct others who cite each person, from (citing, cited) pairs."""
    return dict(Counter(cited for citing, cited in set(edges) if citing != cited))


def by_value(values: Mapping[K, float]) -> list[K]:
    """Keys by falling value; ties in key order, so that insertion order does not matter."""
    return sorted(values, key=lambda key: (-values[key], key))


def contingency(found: Sequence[Hashable], truth: Sequence[Hashable]) -> np.ndarray:
    """Counts of items by found label (rows) and true label (columns)."""
    rows, columns = ({label: i for i, label in enumerate(dict.fromkeys(side))} for side in (found, truth))
    table = np.zeros((len(rows), len(columns)))
    for mine, theirs in zip(found, truth, strict=True):
        table[rows[mine], columns[theirs]] += 1
    return table


def nmi(found: Sequence[Hashable], truth: Sequence[Hashable]) -> float:
    """Normalised mutual information of two labellings, by the arithmetic mean of their entropies; 1 if both are one."""
    share = contingency(found, truth) / max(1, len(found))
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    seen = share > 0
    mutual = float((share[seen] * np.log(share[seen] / np.outer(rows, columns)[seen])).sum())
    entropy = float(-(rows * np.log(rows)).sum() - (columns * np.log(columns)).sum()) / 2
    return mutual / entropy if entropy > 0 else 1.0


def accuracy(found: Sequence[Hashable], truth: Sequence[Hashable]) -> float:
    """Share of items labelled right under the best one-to-one naming of the found groups."""
    table = contingency(found, truth)
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum()) / max(1, len(found))


def coverage(chosen: Sequence[int], chance: np.ndarray, weight: np.ndarray) -> float:
    """Weight reached by a set: Σ_u w_u (1 − Π_{v in set} (1 − chance[v, u]))."""
    missed = np.prod(1 - chance[list(chosen)], axis=0) if len(chosen) else np.ones(chance.shape[1])
    return float((weight * (1 - missed)).sum())


def best_set(candidates: Sequence[int], chance: np.ndarray, weight: np.ndarray, k: int) -> list[int]:
    """The k candidates of a greedy choice by known chances (at least 63 % of the optimum).

    Source: Nemhauser, Wolsey and Fisher (1978).
    """
    chosen: list[int] = []
    missed = np.ones(chance.shape[1])
    for _ in range(min(k, len(candidates))):
        left = [c for c in candidates if c not in chosen]
        best = max(left, key=lambda c: (float((weight * missed * chance[c]).sum()), -c))
        chosen.append(best)
        missed = missed * (1 - chance[best])
    return chosen


@dataclass(frozen=True)
class F1:
    """Precision, recall and their harmonic mean, all in [0, 1]."""

    precision: float
    recall: float
    f1: float


def overlap(found: Iterable[T], expected: Iterable[T]) -> F1:
    """Agreement of two multisets; both empty is full agreement."""
    mine, theirs = Counter(found), Counter(expected)
    common = sum((mine & theirs).values())
    if not mine and not theirs:
        return F1(1.0, 1.0, 1.0)
    precision, recall = common / max(1, sum(mine.values())), common / max(1, sum(theirs.values()))
    return F1(precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0)


def token_f1(found: str, expected: str) -> F1:
    """Agreement of two texts as multisets of lower-case words."""
    return overlap(WORD.findall(found.lower()), WORD.findall(expected.lower()))


def same_name(found: str, expected: str) -> bool:
    """Whether two names are equal apart from letter case and white space; an empty name equals only another empty one."""
    return " ".join(found.split()).casefold() == " ".join(expected.split()).casefold()
