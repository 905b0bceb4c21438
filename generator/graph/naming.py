"""Names for circles, from their own vocabulary: what they say that the others do not.

Knows on-topic posts and who wrote them. Never names a circle by stop words, code or people's names.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.graph.words import CODE_WORDS, STOP_WORDS
from generator.records import CircleId, Corpus, PersonId, Post
from generator.text import slug, tokens

TERMS = 12  # kept for each circle
IN_NAME = 3  # of which its name is made
POSTS_EACH = 40  # most relevant posts read of each person, so that no one writer names a circle
CHARACTERS = 4_000  # read of each post
PRIOR_WORDS = 500.0  # pseudo-counts of the background: the strength of the prior
TITLE_COUNTS = 2  # a word in a title counts as often again
COMMON = 0.35  # share of all posts a term may stand in before it tells nothing

# Lines that are code rather than words: they end or begin as no sentence does.
CODE_LINE = re.compile(r".*(?:[{};]\s*$|::|->|=>|\(\)|==|!=|&&|\|\||</|/>|^\s*(?:#\[|//|\$ |>>> |@\w+\())")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class CircleName:
    """A circle's slug, its readable name and the terms that set it apart, strongest first."""

    id: CircleId
    name: str
    terms: tuple[str, ...]


def name_circles(
    circle_of: Mapping[PersonId, int], central: Sequence[tuple[PersonId, ...]], corpus: Corpus
) -> tuple[CircleName, ...]:
    """A name for each circle 0…n−1: three terms of its own, or its central people where it has no words.

    Slugs are unique; `others` is never one of them.
    """
    counts, writers = _count(circle_of, len(central), corpus)
    names = {person.id: person.name for person in corpus.people}
    taken = {"others", ""}
    result = []
    for number, people in enumerate(central):
        terms = _distinct_terms(counts, writers, number)
        label = " · ".join(terms[:IN_NAME])
        if not label:
            label = "Around " + ", ".join(names.get(person, person) for person in people)
        label = label[0].upper() + label[1:]
        base = slug(label, 50) or f"circle-{number + 1}"
        ident, copy = base, 2
        while ident in taken:
            ident, copy = f"{base}-{copy}", copy + 1
        taken.add(ident)
        result.append(CircleName(CircleId(ident), label, tuple(terms)))
    return tuple(result)


def _count(
    circle_of: Mapping[PersonId, int], count: int, corpus: Corpus
) -> tuple[list[Counter[str]], list[dict[str, set[PersonId]]]]:
    """Posts of each circle that hold a term, and who wrote them; the last entry is everybody else."""
    barred = _names(corpus)
    counts: list[Counter[str]] = [Counter() for _ in range(count + 1)]
    writers: list[dict[str, set[PersonId]]] = [defaultdict(set) for _ in range(count + 1)]
    for author, posts in sorted(_read(corpus.posts).items()):
        number = circle_of.get(author, count)
        for post in posts:
            in_title = post_terms(post.title, barred)
            for term in post_terms(post.text[:CHARACTERS], barred) | in_title:
                counts[number][term] += 1 + (TITLE_COUNTS - 1) * (term in in_title)
                writers[number][term].add(author)
    return counts, writers


def _read(posts: Iterable[Post]) -> dict[PersonId, list[Post]]:
    """The on-topic posts read of each author: the most relevant ones inside the window."""
    of_author: dict[PersonId, list[Post]] = defaultdict(list)
    for post in posts:
        if post.on_topic and post.in_window:
            of_author[post.author].append(post)
    return {
        author: sorted(mine, key=lambda post: (-post.relevance, post.url))[:POSTS_EACH]
        for author, mine in of_author.items()
    }


def _names(corpus: Corpus) -> frozenset[str]:
    """Every word of a person's or a site's name."""
    words: set[str] = set()
    for person in corpus.people:
        for name in (person.name, *person.other_names, *person.sites):
            words.update(part for token in tokens(name) for part in re.split(r"[^\w]+", token) if len(part) > 2)
        words.update(person.id.split("-"))
    return frozenset(words)


def post_terms(text: str, barred: frozenset[str] = frozenset()) -> set[str]:
    """Words and pairs of neighbouring words that may name something: letters only, no stop word, no code."""
    terms: set[str] = set()
    for line in text.split("\n"):
        if CODE_LINE.match(line):
            continue
        before = ""
        end = -1
        for match in WORD.finditer(line.casefold()):
            word = match[0].replace("’", "'").removesuffix("'s")
            good = len(word) > 2 and word not in STOP_WORDS and word not in CODE_WORDS and word not in barred
            if good:
                terms.add(word)
                if before and line[end : match.start()] == " ":
                    terms.add(f"{before} {word}")
            before, end = (word if good else ""), match.end()
    return terms


def _distinct_terms(
    counts: Sequence[Counter[str]], writers: Sequence[Mapping[str, set[PersonId]]], number: int
) -> list[str]:
    """Terms of one circle by z of the log-odds against all others, strongest first, none a part of another.

    Source: Monroe, Colaresi and Quinn (2008), equations 15 to 22, with all posts as the prior.
    """
    mine = counts[number]
    everybody: Counter[str] = Counter()
    for one in counts:
        everybody.update(one)
    total, own = sum(everybody.values()), sum(mine.values())
    people = len({writer for some in writers[number].values() for writer in some})
    least = 1 if people < 3 else max(2, math.ceil(people / 10))
    posts = max(everybody.values(), default=0)
    scored = []
    for term, times in mine.items():
        if times < 2 or len(writers[number][term]) < least or (posts > 20 and everybody[term] > COMMON * 2 * posts):
            continue
        prior = PRIOR_WORDS * everybody[term] / total
        rest = everybody[term] - times
        here = math.log((times + prior) / max(own + PRIOR_WORDS - times - prior, prior))
        there = math.log((rest + prior) / max(total - own + PRIOR_WORDS - rest - prior, prior))
        scored.append(((here - there) / math.sqrt(1 / (times + prior) + 1 / (rest + prior)), term))
    scored.sort(key=lambda pair: (-round(pair[0], 9), pair[1]))
    chosen: list[str] = []
    for _, term in scored:
        stems = {word[:5] for word in term.split()}
        if not any(stems & {word[:5] for word in other.split()} for other in chosen):
            chosen.append(term)
        if len(chosen) == TERMS:
            break
    return chosen
