"""The client's story as this circle would weigh it: clauses, what the client makes, how rare each word is here.

Of the posts it uses only in how many of them a word stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from generator.config import Topic
from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import MAX_CHARACTERS, PostIndex
from generator.languages.language import Language
from generator.languages.parts_of_speech import WordClass
from generator.languages.stemming import stem
from generator.records import Post
from generator.text import sentences, tokens

COMMON = 0.7  # nats; a word in half of the posts is too common to join two people
FEWEST = 2  # posts that a word is counted as standing in at least, and that a phrase must stand in
SHORTEST = 4  # letters of a word that says what something is about
FEWEST_TELLING = 2  # words of a clause; a shorter one belongs to the one before
HEAD_WORDS = 2  # that name what the client makes: "text editor"
CLAUSE_END = re.compile(r"[:;()–—]|,(?=\s)")
EDGES = re.compile(r"^[\s,:;()–—]+(?:and\s+|or\s+|but\s+)?|[\s,:;.–—]+$")


def is_informative(word: str, language: Language) -> bool:
    """Whether a word says what something is about."""
    if len(word) < SHORTEST or not word[0].isalpha():
        return False
    return not {word, stem(word, language.code)} & (language.phrase_stop_words | language.trade_words)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the story, verbatim, with the stems of its telling words in order."""

    text: str
    stems: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]  # of neighbours: "async tasks"


@dataclass(frozen=True, slots=True)
class Story:
    """The client's story, weighed by this circle. `head` is what the client makes: the words it opens with."""

    language: Language
    clauses: tuple[Clause, ...]
    head: tuple[str, ...]
    head_weight: float
    weights: Mapping[str, float]  # stem → how rare it is here, in nats
    pairs: Mapping[tuple[str, str], float]  # neighbours in a clause → how rare they are as a phrase
    pattern: re.Pattern[str] | None  # a cheap look for any of the stems; None: the story says nothing telling


def read_story(topic: Topic, post_index: PostIndex, language: Language) -> Story:
    """The story in clauses, its words and phrases weighed by in how few posts on the topic they stand."""
    code = language.code
    own = {stem(name.casefold(), code) for name in (*topic.topic.keywords, topic.topic.name)}
    clauses = _clauses(topic.brief.story, own, language)
    stems = tuple(dict.fromkeys(one for clause in clauses for one in clause.stems))
    pairs = tuple(dict.fromkeys(pair for clause in clauses for pair in clause.pairs))
    posts = [post for person in sorted(post_index.on_topic) for post in post_index.on_topic[person]] if stems else []
    found = _posts_of([*((one,) for one in stems), *pairs], posts, code)
    weights = {one: _weight(found[(one,)], len(posts)) for one in stems}
    head = _opening(topic.brief.story, language)
    head_weight = sum(weights.get(stem(word, code), 0.0) for word in head)
    phrases = {pair: _weight(found[pair], len(posts)) for pair in pairs if found[pair] >= FEWEST}
    # Without its last letter a stem is a prefix of its word's forms: "memori" of "memory".
    prefixes = sorted({re.escape(one[: max(3, len(one) - 1)]) for one in stems})
    pattern = re.compile(r"\b(?:" + "|".join(prefixes) + ")", re.IGNORECASE) if stems else None
    return Story(language, clauses, head if head_weight else (), head_weight, weights, phrases, pattern)


def _weight(found: int, posts: int) -> float:
    """How rare it is to stand in so many of the posts, in nats; 0.0 for common words."""
    rare = log(max(posts, 1) / max(found, FEWEST))
    return rare if rare >= COMMON else 0.0


def _opening(text: str, language: Language) -> tuple[str, ...]:
    """What the story is of: the words it opens with, without article or "we make", up to the first that joins."""
    said = [word.casefold() for word in word_tokens(text)]
    classes = language.parts_of_speech.word_classes
    if said and classes.get(said[0]) is WordClass.SUBJECT:
        said = said[2:]
    while said and classes.get(said[0]) is WordClass.DETERMINER:
        said = said[1:]
    until = next((at for at, word in enumerate(said) if word in classes or not word[0].isalpha()), len(said))
    return tuple(said[max(0, until - HEAD_WORDS) : until])


def named_in(said: Sequence[str], head: Sequence[str], language: Language) -> frozenset[str]:
    """The stems of the head if a sentence names it, in any form of its words; empty otherwise."""
    if not head:
        return frozenset()
    stems = [stem(word, language.code) for word in head]
    spoken = [stem(word, language.code) for word in said]
    for at, word in enumerate(said):
        if _is_form(word, head[-1], language) and set(stems[:-1]) <= set(spoken[max(0, at - HEAD_WORDS) : at + 1]):
            return frozenset(stems)
    return frozenset()


def _is_form(word: str, noun: str, language: Language) -> bool:
    """Whether a word is a noun in either number, or its activity; "profile" is not a form of "profiler"."""
    plural, root = language.plural_ending, stem(word, language.code)
    return word.removesuffix(plural) == noun.removesuffix(plural) or any(
        noun.endswith(agent) and word.endswith(activity) and noun.startswith(root)
        for agent, activity in language.activity_endings.items()
    )


def _clauses(text: str, own: set[str], language: Language) -> tuple[Clause, ...]:
    """Clauses between marks; one that says too little belongs to the one before."""
    made: list[Clause] = []
    for sentence in sentences(text.replace("’", "'")):
        start = 0
        for end in [*(match.start() for match in CLAUSE_END.finditer(sentence)), len(sentence)]:
            piece = sentence[start:end]
            said = [
                (stem(word, language.code), is_informative(word, language) and stem(word, language.code) not in own)
                for word in tokens(piece)
            ]
            stems = tuple(word for word, tells in said if tells)
            pairs = tuple(
                (a, b)
                for (a, one), (b, other) in pairwise(said)
                if (one or other)
                and min(len(a), len(b)) >= SHORTEST
                and not {a, b} & language.parts_of_speech.word_classes.keys()
            )
            if start and len(set(stems)) < FEWEST_TELLING:
                last = made.pop()
                made.append(Clause(last.text + piece, (*last.stems, *stems), (*last.pairs, *pairs)))
            else:
                made.append(Clause(piece, stems, pairs))
            start = end
    return tuple(replace(clause, text=EDGES.sub("", clause.text)) for clause in made)


def _posts_of(terms: Sequence[tuple[str, ...]], posts: Sequence[Post], code: str) -> Counter[tuple[str, ...]]:
    """In how many posts each of these stems, or runs of stems, stands."""
    found: Counter[tuple[str, ...]] = Counter()
    longest = max(map(len, terms), default=0)
    wanted = frozenset(terms)
    for post in posts:
        spoken = [stem(word, code) for word in tokens(f"{post.title}\n{post.text[:MAX_CHARACTERS]}")]
        runs = {tuple(spoken[at : at + n]) for n in range(1, longest + 1) for at in range(len(spoken) - n + 1)}
        found.update(wanted & runs)
    return found
