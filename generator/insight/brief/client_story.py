"""The client's story as this circle would weigh it: clauses, what the client makes, how rare each word is here.

Knows nothing of anybody's posts but in how many of them a word stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log

from generator.config import Topic
from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import MAX_CHARACTERS, PostIndex
from generator.languages.language import Language
from generator.languages.parts_of_speech import WordClass
from generator.records import Post
from generator.text import sentences, tokens

COMMON = 0.7  # nats; a word in half of the posts joins nobody in particular
FEWEST = 2  # posts that a word is counted as standing in at least, and that a phrase must stand in
SHORTEST = 4  # letters of a word that says what something is about
FEWEST_TELLING = 2  # words of a clause; a shorter one belongs to the one before
HEAD_WORDS = 2  # that name what the client makes: "text editor"
CLAUSE_END = re.compile(r"[:;()–—]|,(?=\s)")
EDGES = re.compile(r"^[\s,:;()–—]+(?:and\s+|or\s+|but\s+)?|[\s,:;.–—]+$")
ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "es", "s", "ed", "y", "e")


@lru_cache(maxsize=200_000)
def story_stem(word: str) -> str:
    """A word without its commonest endings, for comparison only: boards and board, editing and edit."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def informative_stems(word: str, language: Language) -> bool:
    """Whether a word says what something is about."""
    if len(word) < SHORTEST or not word[0].isalpha():
        return False
    return not {word, story_stem(word), word.removesuffix("s")} & (language.phrase_stop_words | language.trade_words)


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
    own = {story_stem(keyword.casefold()) for keyword in topic.topic.keywords} | {
        story_stem(topic.topic.name.casefold())
    }
    clauses = _clauses(topic.brief.story, own, language)
    stems = tuple(dict.fromkeys(story_stem for clause in clauses for story_stem in clause.stems))
    pairs = tuple(dict.fromkeys(pair for clause in clauses for pair in clause.pairs))
    posts = [post for person in sorted(post_index.on_topic) for post in post_index.on_topic[person]] if stems else []
    found = _posts_of([*((one,) for one in stems), *pairs], posts)
    weights = {one: _weight(found[(one,)], len(posts)) for one in stems}
    head = _opening(topic.brief.story, language)
    head_weight = sum(weights.get(story_stem(word), 0.0) for word in head)
    phrases = {pair: _weight(found[pair], len(posts)) for pair in pairs if found[pair] >= FEWEST}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(stems))) + ")", re.IGNORECASE) if stems else None
    return Story(language, clauses, head if head_weight else (), head_weight, weights, phrases, pattern)


def _weight(found: int, posts: int) -> float:
    """How rare it is to stand in so many of the posts, in nats; nothing for what everybody says."""
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


def named_in(said: Sequence[str], head: Sequence[str]) -> frozenset[str]:
    """The stems of the head if a sentence names it: in number alike or not, or what it does ("debugging")."""
    if not head:
        return frozenset()
    last, stems = head[-1], frozenset(story_stem(word) for word in head)
    for at, word in enumerate(said):
        same = word.removesuffix("s") == last.removesuffix("s") or (last.endswith("er") and word.endswith("ing"))
        if (
            same
            and story_stem(word) == story_stem(last)
            and stems <= {story_stem(other) for other in said[max(0, at - HEAD_WORDS) : at + 1]}
        ):
            return stems
    return frozenset()


def _clauses(text: str, own: set[str], language: Language) -> tuple[Clause, ...]:
    """Clauses between marks; one that says too little belongs to the one before."""
    made: list[Clause] = []
    for sentence in sentences(text.replace("’", "'")):
        start = 0
        for end in [*(match.start() for match in CLAUSE_END.finditer(sentence)), len(sentence)]:
            piece = sentence[start:end]
            said = [
                (story_stem(word), informative_stems(word, language) and story_stem(word) not in own)
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


def _posts_of(terms: Sequence[tuple[str, ...]], posts: Sequence[Post]) -> Counter[tuple[str, ...]]:
    """In how many posts each of these stems, or phrases of them, begins words."""
    looks = [(term, re.compile(r"\b" + r"\w*[\s-]+".join(map(re.escape, term)))) for term in terms]
    found: Counter[tuple[str, ...]] = Counter()
    for post in posts:
        text = f"{post.title}\n{post.text[:MAX_CHARACTERS]}".casefold()
        found.update(term for term, look in looks if all(part in text for part in term) and look.search(text))
    return found
