"""The personality reading: five traits from how a person writes, as terciles among others, each with its words.

A weak inference, and written so: nothing from few words, the middle third where nothing stands out, the range that
re-counting their posts gives, and the words it rests on. Off unless the topic asks for it; no rank knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.insight.terms.post_index import PostIndex, prose_paragraphs
from generator.languages.registry import language_data
from generator.records import (
    PersonalityReading,
    PersonId,
    Post,
    PublisherKind,
    Tercile,
    Trait,
    TraitEvidence,
    ValueScore,
)
from generator.text import tokens

ENOUGH_WORDS = 1_200  # below it nothing is said
SURE_WORDS = 3_500  # below it the reading is tentative
MOST_WORDS = 60_000  # of a person, latest posts first
FEWEST_WRITERS = 9  # three in each third
DRAWS, SEED = 100, 20100401
WIDEST = 3.0  # typical deviations a single category may count
EIGHT_OF_TEN = (10.0, 90.0)  # percentiles
WORDS_SHOWN, CATEGORIES_SHOWN = 4, 3
TRAITS = ("O", "C", "E", "A", "N")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Category:
    """A word list with what is known of it."""

    name: str
    row: str  # of the published table; "" where nothing is published
    r: Mapping[str, float]
    named: bool  # whether a page may give their words for it: not where that would tell of their home or shame them
    whole: frozenset[str]
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """One language's lists: categories that stand for traits, and those under the names of needs and values."""

    categories: tuple[Category, ...]
    needs: tuple[Category, ...]
    values: tuple[Category, ...]

    @property
    def all(self) -> tuple[Category, ...]:
        """Every list, in the order in which they are counted."""
        return (*self.categories, *self.needs, *self.values)


@cache
def trait_lists(code: str) -> Lists | None:
    """The lists of a language; None where it ships none."""
    if not (raw := language_data(code, "personality")):
        return None
    return Lists(*(tuple(_category(entry) for entry in raw[part]) for part in ("categories", "needs", "values")))


def _category(entry: Mapping[str, Any]) -> Category:
    words = tuple(str(word) for word in entry["words"])
    return Category(
        entry["name"],
        entry.get("row", ""),
        dict(entry.get("r", {})),
        not entry.get("quiet", False),
        frozenset(word for word in words if not word.endswith("*")),
        tuple(sorted(word[:-1] for word in words if word.endswith("*"))),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """What one person's posts hold: words and counts of each list, a row a post; and how often each word stands."""

    person: PersonId
    words: Floats
    counts: Floats
    used: Counter[str]


def read_personalities(post_index: PostIndex, code: str) -> tuple[PersonalityReading, ...]:
    """A reading of every person with enough words in one language; empty where too few people can be compared.

    Args:
        post_index: people and posts.
        code: ISO 639-1 code of the language; empty where no lists for it ship.
    """
    if (lists := trait_lists(code)) is None:
        return ()
    index = _Index(lists.all)
    writers = [
        writer
        for person in sorted(post_index.on_topic)
        if post_index.people[person].kind is PublisherKind.PERSON
        and (writer := _writer(person, post_index, index, code)).words.sum() >= ENOUGH_WORDS
    ]
    if len(writers) < FEWEST_WRITERS:
        return ()
    scale = _Scale.of(np.array([_rates(w.words.sum(), w.counts.sum(axis=0)) for w in writers]))
    weights = np.array([[category.r.get(trait, 0.0) for category in lists.categories] for trait in TRAITS])
    everybody = scale.levels[:, : len(lists.categories)] @ weights.T
    return tuple(
        _reading(writer, row, lists, index, scale, weights, everybody, code) for row, writer in enumerate(writers)
    )


class _Index:
    """Which lists a word stands in, looked up once a word."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self.size = len(categories)
        self._categories = categories
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """Places of the lists that hold a word."""
        if word not in self._known:
            self._known[word] = tuple(
                place
                for place, category in enumerate(self._categories)
                if word in category.whole or word.startswith(category.beginnings)
            )
        return self._known[word]


def _writer(person: PersonId, post_index: PostIndex, index: _Index, code: str) -> _Writer:
    """Counts over their posts on the topic, latest first; code and what they repeat in every post left out."""
    rows: list[tuple[int, list[int]]] = []
    used: Counter[str] = Counter()
    for post in reversed(post_index.on_topic[person]):
        if post_index.languages.code_of(post) != code:
            continue
        said = _words_of(post, post_index.boilerplate.get(person, frozenset()))
        counts = [0] * index.size
        for word, times in said.items():
            for place in index.of(word):
                counts[place] += times
        rows.append((said.total(), counts))
        used.update(said)
        if used.total() >= MOST_WORDS:
            break
    words = np.array([row[0] for row in rows], dtype=np.float64)
    return _Writer(
        person, words, np.array([row[1] for row in rows], dtype=np.float64).reshape(len(rows), index.size), used
    )


def _words_of(post: Post, repeated: frozenset[str]) -> Counter[str]:
    said: Counter[str] = Counter()
    for paragraph in prose_paragraphs(post.text, repeated):
        said.update(tokens(paragraph.replace("’", "'")))
    return said


def _rates(words: float, counts: Floats) -> Floats:
    """Per 1,000 words, as a root: rare words vary with their rate, and the root levels that."""
    rates: Floats = np.sqrt(1000 * counts / max(words, 1.0))
    return rates


@dataclass(frozen=True, slots=True)
class _Scale:
    """How the writers differ in each list, and where each stands in it."""

    mean: Floats
    spread: Floats
    levels: Floats

    @classmethod
    def of(cls, rates: Floats) -> _Scale:
        """Mean and spread over the writers; a list without any use has level 0."""
        mean, spread = rates.mean(axis=0), rates.std(axis=0)
        return cls(mean, spread, _levels(rates, mean, spread))

    def level(self, rates: Floats) -> Floats:
        """Typical deviations from the mean."""
        return _levels(rates, self.mean, self.spread)


def _levels(rates: Floats, mean: Floats, spread: Floats) -> Floats:
    levels = np.divide(rates - mean, spread, out=np.zeros_like(rates), where=spread > 1e-9)
    return np.clip(levels, -WIDEST, WIDEST)


def _reading(
    writer: _Writer,
    row: int,
    lists: Lists,
    index: _Index,
    scale: _Scale,
    weights: Floats,
    everybody: Floats,
    code: str,
) -> PersonalityReading:
    """One person's reading; the range is that of re-counts with their posts drawn at random."""
    generator = np.random.default_rng([SEED, row])
    posts = len(writer.words)
    drawn = generator.multinomial(posts, np.full(posts, 1 / posts), size=DRAWS).astype(np.float64)
    counts, words = drawn @ writer.counts, drawn @ writer.words
    again = np.array([scale.level(_rates(n, c)) for n, c in zip(words, counts, strict=True)])
    scores = again[:, : weights.shape[1]] @ weights.T
    level = scale.levels[row]
    traits = tuple(
        _trait(
            name,
            everybody[row, place],
            np.delete(everybody[:, place], row),
            scores[:, place],
            _words_behind(level[: weights.shape[1]] * weights[place], level, lists.categories, writer, index),
        )
        for place, name in enumerate(TRAITS)
    )
    first = len(lists.categories)
    speaking = tuple(
        ValueScore(category.name, _share_below(scale.levels[:, first + at], row))
        for at, category in enumerate((*lists.needs, *lists.values))
    )
    total = int(writer.words.sum())
    return PersonalityReading(
        person=writer.person,
        language=code,
        words=total,
        posts=posts,
        tentative=total < SURE_WORDS,
        compared_with=len(everybody) - 1,
        traits=traits,
        needs=speaking[: len(lists.needs)],
        values=speaking[len(lists.needs) :],
    )


def _trait(name: str, score: float, others: Floats, again: Floats, behind: tuple[TraitEvidence, ...]) -> Trait:
    """Where the score stands among the others, its third, and where eight of ten re-counts stand."""
    place = _place(score, others)
    low, high = np.percentile([_place(value, others) for value in again], EIGHT_OF_TEN)
    band = Tercile.LOWER if place < 1 / 3 else Tercile.UPPER if place > 2 / 3 else Tercile.MIDDLE
    return Trait(
        name, band, round(place, 3), (round(float(low), 3), round(float(high), 3)), round(float(score), 4), behind
    )


def _place(score: float, others: Floats) -> float:
    """Share of the others who are below, ties halved."""
    below, level = np.sum(others < score - 1e-9), np.sum(np.abs(others - score) <= 1e-9)
    return float((below + level / 2) / len(others))


def _share_below(levels: Floats, row: int) -> float:
    return round(_place(levels[row], np.delete(levels, row)), 3)


def _words_behind(
    parts: Floats, levels: Floats, categories: Sequence[Category], writer: _Writer, index: _Index
) -> tuple[TraitEvidence, ...]:
    """The lists that move a score most, either way, with the person's words that they hold."""
    order = sorted(range(len(parts)), key=lambda at: (-abs(round(float(parts[at]), 6)), at))
    found = []
    for at in order[:CATEGORIES_SHOWN]:
        if abs(parts[at]) < 1e-6:
            break
        mine = [(n, word) for word, n in writer.used.items() if categories[at].named and at in index.of(word)]
        top = tuple(word for _, word in sorted(mine, key=lambda pair: (-pair[0], pair[1]))[:WORDS_SHOWN])
        found.append(TraitEvidence(categories[at].name, top, more=bool(levels[at] > 0), raises=bool(parts[at] > 0)))
    return tuple(found)
