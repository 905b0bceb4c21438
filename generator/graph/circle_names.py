"""Names for circles, from their own vocabulary: what they say that the others do not.

Knows on-topic posts and who wrote them. Never names a circle by stop words, everyday words, verbs, code or
people's names, nor two circles by the same words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.languages.language import Language
from generator.languages.parts_of_speech import PartsOfSpeech
from generator.languages.post_languages import PostLanguages
from generator.languages.word_lists import code_words, stop_words
from generator.languages.word_usage import WordUsage, word_usage_of_lines
from generator.page_names import page_name
from generator.records import CircleId, Corpus, PersonId, Post
from generator.text import slug, tokens

TERMS = 12  # kept for each circle
IN_NAME = 2  # of which its name is made; three words where none of them is a phrase
POSTS_EACH = 40  # most relevant posts read of each person, so that no one writer names a circle
CHARACTERS = 4_000  # read of each post
PRIOR_WORDS = 500.0  # pseudo-counts of the background: the strength of the prior
TITLE_COUNTS = 2  # a word in a title counts as often again
GRAMMAR_POSTS, GRAMMAR_CHARACTERS = 12, 1_500  # of each writer, read for how words are used; more changes nothing
LONG_BONUS = 1.15  # on z for two words: they say what one only hints at
HELD_SHARE, HELD_POSTS = 0.1, 3  # of a part's posts that hold the pair, from which the two belong together
WHOLE_SHARE = 0.35  # of a word's uses that stand in one phrase, from which the phrase is named
FEWEST_NOUN_USES = 2
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
    """A name for each circle 0…n−1: two or three terms of its own, or its central people where it has no words.

    Slugs are unique; `others` is never one of them.
    """
    counts, writers, usage, languages = _count(circle_of, len(central), corpus)
    telling = _telling(counts, usage, languages)
    names = {person.id: person.name for person in corpus.people}
    taken = {"others"}
    result = []
    spent: set[str] = set()  # words in names of circles before
    for number, people in enumerate(central):
        terms = _distinct_terms(counts, writers, number, telling)
        chosen = _name_of(terms, spent)
        spent.update(_stems(" ".join(chosen)))
        label = " · ".join(chosen)
        if not label:
            label = "Around " + ", ".join(names.get(person, person) for person in people)
        label = label[0].upper() + label[1:]
        ident = page_name((slug(label, 50),), taken, otherwise=f"circle-{number + 1}")
        taken.add(ident)
        result.append(CircleName(CircleId(ident), label, tuple(terms)))
    return tuple(result)


def _name_of(terms: Sequence[str], spent: set[str]) -> list[str]:
    """The terms a name is made of: the strongest that no earlier circle's name has spent."""
    free = [term for term in terms if not _stems(term) & spent][: IN_NAME + 1]
    return free[:IN_NAME] if any(" " in term for term in free[:IN_NAME]) else free


def _whole(term: str, others: Iterable[str], times: Mapping[str, int]) -> str:
    """The phrase most uses of a word stand in, or the word itself: "weak layer" for "layer"."""
    pairs = [other for other in others if " " in other and term in other.split()] if " " not in term else []
    best = max(pairs, key=lambda pair: (times[pair], pair), default=term)
    return best if times[best] >= WHOLE_SHARE * times[term] else term


def _stems(term: str) -> set[str]:
    """Beginnings of a term's words, by which forms of one word are taken for one."""
    return {word[:5] for word in term.split()}


def _count(
    circle_of: Mapping[PersonId, int], count: int, corpus: Corpus
) -> tuple[list[Counter[str]], list[dict[str, set[PersonId]]], WordUsage, dict[str, Language]]:
    """On-topic posts of each circle that hold a term and their authors (last entry: all other posts).

    Also how words are used, and the language of each term. Posts in a language without data files are not read.
    """
    barred = _names(corpus)
    counts: list[Counter[str]] = [Counter() for _ in range(count + 1)]
    writers: list[dict[str, set[PersonId]]] = [defaultdict(set) for _ in range(count + 1)]
    lines: list[tuple[str, PartsOfSpeech]] = []
    languages: dict[str, Language] = {}
    post_languages = PostLanguages(corpus)
    for author, posts in sorted(_read(corpus.posts).items()):
        for place, post in enumerate(posts):
            if (language := post_languages.of(post)) is None:
                continue
            if place < GRAMMAR_POSTS:
                read = post.text[:GRAMMAR_CHARACTERS].split("\n")
                lines += [(line, language.parts_of_speech) for line in read if not CODE_LINE.match(line)]
            number = circle_of.get(author, count) if post.on_topic else count
            in_title = post_terms(post.title, barred, language.code)
            for term in post_terms(post.text[:CHARACTERS], barred, language.code) | in_title:
                counts[number][term] += 1 + (TITLE_COUNTS - 1) * (term in in_title)
                writers[number][term].add(author)
                languages.setdefault(term, language)
    return counts, writers, word_usage_of_lines(lines), languages


def _telling(counts: Sequence[Counter[str]], usage: WordUsage, languages: Mapping[str, Language]) -> frozenset[str]:
    """The terms that may stand in a name: nouns and what ends in one, at least one word of it no everyday word."""
    everybody: Counter[str] = Counter()
    for one in counts:
        everybody.update(one)
    found = set()
    for term, times in everybody.items():
        first, _, last = term.partition(" ")
        language = languages[term]
        cues = language.parts_of_speech
        if not last:
            good = usage.is_noun(first, cues, min_uses=FEWEST_NOUN_USES if usage.is_classified(first) else 0)
        else:
            held = times >= HELD_POSTS and times >= HELD_SHARE * min(everybody[first], everybody[last])
            # Two names side by side are a place or a person; a single name may be a product that many use.
            named = usage.is_name(first) and usage.is_name(last)
            noun = usage.is_noun(last, cues, min_uses=1 if usage.is_classified(last) else 0)
            good = held and not named and not usage.is_verb(first) and noun
        if good and language.subject_words.can_name_subject(term):
            found.add(term)
    return frozenset(found)


def _read(posts: Iterable[Post]) -> dict[PersonId, list[Post]]:
    """The posts read of each author inside the window: the most relevant ones, and half as many off topic.

    What people write on other subjects too is how they write, not what they write about; it belongs to the
    background.
    """
    on: dict[PersonId, list[Post]] = defaultdict(list)
    off: dict[PersonId, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (-post.relevance, post.url)):
        if post.in_window:
            (on if post.on_topic else off)[post.author].append(post)
    return {author: on[author][:POSTS_EACH] + off[author][: POSTS_EACH // 2] for author in sorted({*on, *off})}


def _names(corpus: Corpus) -> frozenset[str]:
    """Every word of a person's or a site's name."""
    words: set[str] = set()
    for person in corpus.people:
        for name in (person.name, *person.other_names, *person.sites):
            words.update(part for token in tokens(name) for part in re.split(r"[^\w]+", token) if len(part) > 2)
        words.update(person.id.split("-"))
    return frozenset(words)


def post_terms(text: str, barred: frozenset[str], code: str) -> set[str]:
    """Words and pairs of neighbouring words that may name something: letters only, no stop word, no code.

    `code` is that of the text's language; `barred` are words to leave out.
    """
    left_out = stop_words(code) | code_words() | barred
    terms: set[str] = set()
    for line in text.split("\n"):
        if CODE_LINE.match(line):
            continue
        before = ""
        end = -1
        for match in WORD.finditer(line.casefold()):
            word = match[0].replace("’", "'").removesuffix("'s")
            good = len(word) > 2 and word not in left_out
            if good:
                terms.add(word)
                if before and line[end : match.start()] == " ":
                    terms.add(f"{before} {word}")
            before, end = (word if good else ""), match.end()
    return terms


def _distinct_terms(
    counts: Sequence[Counter[str]],
    writers: Sequence[Mapping[str, set[PersonId]]],
    number: int,
    telling: frozenset[str],
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
        if (
            term not in telling
            or times < 2
            or len(writers[number][term]) < least
            or (posts > 20 and everybody[term] > COMMON * 2 * posts)
        ):
            continue
        prior = PRIOR_WORDS * everybody[term] / total
        rest = everybody[term] - times
        here = math.log((times + prior) / max(own + PRIOR_WORDS - times - prior, prior))
        there = math.log((rest + prior) / max(total - own + PRIOR_WORDS - rest - prior, prior))
        shared = math.sqrt(len(writers[number][term]) / people)  # a circle's word, not one member's
        z = shared * (here - there) / math.sqrt(1 / (times + prior) + 1 / (rest + prior))
        scored.append((z * (LONG_BONUS if " " in term else 1.0), term))
    scored.sort(key=lambda pair: (-round(pair[0], 9), pair[1]))
    chosen: list[str] = []
    order = [term for _, term in scored]
    for alone in order:
        term = _whole(alone, order, mine)
        if not any(_stems(term) & _stems(other) for other in chosen):
            chosen.append(term)
        if len(chosen) == TERMS:
            break
    return chosen
