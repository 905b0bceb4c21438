"""Names of circles: the terms that a circle uses more than the others.

Stop words, common words, verbs, code and names of people are not terms. No two circles share a word of their names.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.languages.subject_words import can_name_subject
from generator.languages.word_lists import CODE_WORDS, STOP_WORDS
from generator.languages.word_usage import WordUsage
from generator.records import CircleId, Corpus, PersonId, Post
from generator.text import slug, tokens

MAX_TERMS = 12  # for each circle
NAME_TERMS = 2  # terms of a name; three where none of them is a phrase
MAX_POSTS = 40  # most relevant posts of each person, so that no single author names a circle
MAX_CHARACTERS = 4_000  # of each post
PRIOR_COUNT = 500.0  # pseudo-counts of the prior, spread over all terms
TITLE_FACTOR = 2  # count of a term in a title
USAGE_POSTS, USAGE_CHARACTERS = 12, 1_500  # of each author, read for word usage; more changes no name
PHRASE_FACTOR = 1.15  # on z for two words, which are more specific than one
MIN_PAIR_SHARE, MIN_PAIR_POSTS = 0.1, 3  # posts with both words, of the posts with the rarer one
MIN_PHRASE_SHARE = 0.35  # share of the uses of a word inside one phrase, from which the phrase replaces it
MIN_NOUN_USES = 2
MIN_TERM_POSTS = 2
MIN_POSTS_FOR_COMMON = 20  # with fewer posts, every term is in a large share of them
MAX_COMMON_SHARE = 0.35  # share of the posts with a term, above which it does not set a circle apart
STEM_LETTERS = 5

# Lines of code: they hold operators, or end or begin as a sentence does not.
CODE_LINE = re.compile(r".*(?:[{};]\s*$|::|->|=>|\(\)|==|!=|&&|\|\||</|/>|^\s*(?:#\[|//|\$ |>>> |@\w+\())")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class CircleName:
    """The slug of a circle, its readable name, and the terms that set it apart, strongest first."""

    id: CircleId
    name: str
    terms: tuple[str, ...]


def name_circles(
    circle_of: Mapping[PersonId, int], central: Sequence[tuple[PersonId, ...]], corpus: Corpus
) -> tuple[CircleName, ...]:
    """The names of circles 0…n−1: two or three of their terms, or their central people where they have no terms.

    Args:
        circle_of: number of the circle of each person; people without an entry are the background.
        central: central people of each circle.
        corpus: posts inside the window are read.

    Returns:
        n names with unique slugs; no slug is `others`.
    """
    counts, authors, usage = _count_terms(circle_of, len(central), corpus)
    allowed = _allowed_terms(counts, usage)
    names = {person.id: person.name for person in corpus.people}
    taken = {"others", ""}
    result = []
    used: set[str] = set()  # stems in the names of earlier circles
    for number, people in enumerate(central):
        terms = _distinct_terms(counts, authors, number, allowed)
        chosen = _name_of(terms, used)
        used.update(_stems(" ".join(chosen)))
        label = " · ".join(chosen)
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


def _name_of(terms: Sequence[str], used: set[str]) -> list[str]:
    """The strongest terms without a word of an earlier name: two, or three if none of the two is a phrase."""
    free = [term for term in terms if not _stems(term) & used][: NAME_TERMS + 1]
    return free[:NAME_TERMS] if any(" " in term for term in free[:NAME_TERMS]) else free


def _phrase_of(term: str, others: Iterable[str], times: Mapping[str, int]) -> str:
    """The phrase that holds 35 % of the uses of a word, such as "weak layer" for "layer"; else the word."""
    pairs = [other for other in others if " " in other and term in other.split()] if " " not in term else []
    best = max(pairs, key=lambda pair: (times[pair], pair), default=term)
    return best if times[best] >= MIN_PHRASE_SHARE * times[term] else term


def _stems(term: str) -> set[str]:
    """The first five letters of each word of a term: forms of one word count as equal."""
    return {word[:STEM_LETTERS] for word in term.split()}


def _count_terms(
    circle_of: Mapping[PersonId, int], count: int, corpus: Corpus
) -> tuple[list[Counter[str]], list[dict[str, set[PersonId]]], WordUsage]:
    """Posts with each term and their authors, by circle, and the usage of words.

    The last entry is the background: posts off topic and posts of people in no circle.
    """
    names = _name_words(corpus)
    counts: list[Counter[str]] = [Counter() for _ in range(count + 1)]
    authors: list[dict[str, set[PersonId]]] = [defaultdict(set) for _ in range(count + 1)]
    usage = WordUsage()
    for author, posts in sorted(_posts_read(corpus.posts).items()):
        for position, post in enumerate(posts):
            for line in post.text[:USAGE_CHARACTERS].split("\n") if position < USAGE_POSTS else ():
                if not CODE_LINE.match(line):
                    usage.read(line)
            number = circle_of.get(author, count) if post.on_topic else count
            in_title = post_terms(post.title, names)
            for term in post_terms(post.text[:MAX_CHARACTERS], names) | in_title:
                counts[number][term] += 1 + (TITLE_FACTOR - 1) * (term in in_title)
                authors[number][term].add(author)
    return counts, authors, usage


def _allowed_terms(counts: Sequence[Counter[str]], usage: WordUsage) -> frozenset[str]:
    """Terms that may be part of a name: nouns, and pairs that end in one, not of common words alone."""
    totals: Counter[str] = Counter()
    for circle_counts in counts:
        totals.update(circle_counts)
    found = set()
    for term, times in totals.items():
        first, _, last = term.partition(" ")
        if not last:
            good = usage.is_noun(first, fewest=MIN_NOUN_USES)
        else:
            frequent = times >= MIN_PAIR_POSTS and times >= MIN_PAIR_SHARE * min(totals[first], totals[last])
            # Two names side by side are a place or a person; a single name may be a product that many use.
            is_name = usage.is_name(first) and usage.is_name(last)
            good = frequent and not is_name and not usage.is_verb(first) and usage.is_noun(last, fewest=1)
        if good and can_name_subject(term):
            found.add(term)
    return frozenset(found)


def _posts_read(posts: Iterable[Post]) -> dict[PersonId, list[Post]]:
    """The posts read of each author: up to 40 on topic and 20 off topic inside the window, the most relevant first.

    Posts off topic belong to the background: words people use on every subject do not set a circle apart.
    """
    on: dict[PersonId, list[Post]] = defaultdict(list)
    off: dict[PersonId, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (-post.relevance, post.url)):
        if post.in_window:
            (on if post.on_topic else off)[post.author].append(post)
    return {author: on[author][:MAX_POSTS] + off[author][: MAX_POSTS // 2] for author in sorted({*on, *off})}


def _name_words(corpus: Corpus) -> frozenset[str]:
    """All words in the names of people and in the addresses of their sites."""
    words: set[str] = set()
    for person in corpus.people:
        for name in (person.name, *person.other_names, *person.sites):
            words.update(part for token in tokens(name) for part in re.split(r"[^\w]+", token) if len(part) > 2)
        words.update(person.id.split("-"))
    return frozenset(words)


def post_terms(text: str, excluded: frozenset[str] = frozenset()) -> set[str]:
    """Words and pairs of neighbouring words of a text, in lower case, without stop words and code.

    Args:
        text: lines of code are skipped.
        excluded: words that are not terms.
    """
    terms: set[str] = set()
    for line in text.split("\n"):
        if CODE_LINE.match(line):
            continue
        before = ""
        end = -1
        for match in WORD.finditer(line.casefold()):
            word = match[0].replace("’", "'").removesuffix("'s")
            good = len(word) > 2 and word not in STOP_WORDS and word not in CODE_WORDS and word not in excluded
            if good:
                terms.add(word)
                if before and line[end : match.start()] == " ":
                    terms.add(f"{before} {word}")
            before, end = (word if good else ""), match.end()
    return terms


def _distinct_terms(
    counts: Sequence[Counter[str]],
    authors: Sequence[Mapping[str, set[PersonId]]],
    number: int,
    allowed: frozenset[str],
) -> list[str]:
    """Up to twelve terms of one circle without a shared word, the one that sets the circle apart most first."""
    scores = _term_scores(counts, authors, number, allowed)
    order = sorted(scores, key=lambda term: (-round(scores[term], 9), term))
    chosen: list[str] = []
    for word in order:
        term = _phrase_of(word, order, counts[number])
        if not any(_stems(term) & _stems(other) for other in chosen):
            chosen.append(term)
        if len(chosen) == MAX_TERMS:
            break
    return chosen


def _term_scores(
    counts: Sequence[Counter[str]],
    authors: Sequence[Mapping[str, set[PersonId]]],
    number: int,
    allowed: frozenset[str],
) -> dict[str, float]:
    """z-scores of the log-odds of one circle's terms against all others.

    Each is multiplied by the root of the share of the circle's authors who use the term, so that a term of one
    member does not name the circle.

    Source: Monroe, Colaresi and Quinn (2008), equations 15 to 22, with all posts as the prior.
    """
    own_counts, own_authors = counts[number], authors[number]
    totals: Counter[str] = Counter()
    for circle_counts in counts:
        totals.update(circle_counts)
    total, own = sum(totals.values()), sum(own_counts.values())
    people = len({author for of_term in own_authors.values() for author in of_term})
    min_authors = 1 if people < 3 else max(2, math.ceil(people / 10))
    posts = max(totals.values(), default=0)
    scores = {}
    for term, times in own_counts.items():
        common = posts > MIN_POSTS_FOR_COMMON and totals[term] > MAX_COMMON_SHARE * 2 * posts
        if term not in allowed or times < MIN_TERM_POSTS or len(own_authors[term]) < min_authors or common:
            continue
        prior = PRIOR_COUNT * totals[term] / total
        rest = totals[term] - times
        here = math.log((times + prior) / max(own + PRIOR_COUNT - times - prior, prior))
        elsewhere = math.log((rest + prior) / max(total - own + PRIOR_COUNT - rest - prior, prior))
        spread = math.sqrt(len(own_authors[term]) / people)
        z = spread * (here - elsewhere) / math.sqrt(1 / (times + prior) + 1 / (rest + prior))
        scores[term] = z * (PHRASE_FACTOR if " " in term else 1.0)
    return scores
