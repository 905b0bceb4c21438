"""Words and phrases of all topical posts, counted once: unigrams to trigrams by post.

Phrases neither begin nor end with a stop word and never cross punctuation. Posts in a language without data files
count as posts, but none of their words is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generator.languages.code_detection import is_code_paragraph
from generator.languages.language import Language
from generator.languages.parts_of_speech import WordClass
from generator.languages.stemming import stem
from generator.languages.term_filter import TermUses, subject_terms
from generator.languages.word_usage import BREAK, TokenStream, WordUsage, count_word_usage
from generator.records import Person, PersonId, Post
from generator.text import tokens

MAX_CHARACTERS = 8_000  # of a post that are read for terms; its subject is named by then
MIN_CHARACTERS = 1_500
BUDGET_CHARACTERS = 60_000_000  # of all posts together: above it less of each post is read, to bound the time
MIN_POSTS = 3  # posts a term must occur in to be counted at all; rarer ones may be chance
MAX_PER_POST = 3  # occurrences in one post that count; one long post must not own a word
WORD = re.compile(r"[^\W_]+(?:['+#-][^\W_]+)*[+#]{0,2}|[^\w\s]")
# A run of signs that is an identifier, a call, a path, an address or a tag rather than words.
CODE_TOKEN = re.compile(r"::|\(\)|_|->|=>|\w\(\w|\w\[|[<>{}=$\\|]|\w\.\w|[-/~.@#]\w.*[-/]|^[-~.@#/]\w|\b[a-z]+[A-Z]|//")
NAME_SHARE = 0.4  # of writers: a part of a name that more of them use is a common word

Ids = NDArray[np.int64]
LanguageOf = Callable[[Post], Language | None]


@dataclass(frozen=True, slots=True)
class TermTable:
    """Counts of terms by post, as parallel arrays sorted by term, then post.

    `terms[t]` is the text of term t; entries `start[t]:start[t+1]` of `post_of` and `count` are the posts it stands in
    and how often (at most `MAX_PER_POST`). `subject[t]` says whether it may be shown as a subject, `shown[t]` how it is
    spelled then: names of things and places keep their capitals. `languages[t]` is the language it is mostly used in.
    """

    terms: tuple[str, ...]
    posts: tuple[Post, ...]
    start: Ids
    post_of: Ids
    count: Ids
    subject: NDArray[np.bool_]
    shown: tuple[str, ...]
    languages: tuple[Language, ...]

    @property
    def code(self) -> str:
        """Code of the language most terms are used in; "" for an empty table."""
        counts = Counter(language.code for language in self.languages)
        return min(counts, key=lambda code: (-counts[code], code), default="")

    @property
    def posts_per_term(self) -> Ids:
        """In how many posts each term stands."""
        return np.diff(self.start)

    def posts_with(self, term: int) -> Ids:
        """Indices of the posts a term stands in, ascending."""
        return self.post_of[self.start[term] : self.start[term + 1]]

    def term_of_entry(self) -> Ids:
        """The term of each entry of `post_of`."""
        return np.repeat(np.arange(len(self.terms)), np.diff(self.start))


def count_terms(
    posts: Sequence[Post],
    language_of_post: LanguageOf,
    boilerplate: Mapping[PersonId, frozenset[str]],
    *,
    min_posts: int = MIN_POSTS,
    find_subjects: bool = True,
) -> TermTable:
    """All terms of the posts that occur in at least `min_posts` of them.

    Args:
        posts: the posts to count in.
        language_of_post: the language of a post; of posts where it is None no word is read.
        boilerplate: paragraphs to leave out, by author.
        min_posts: least number of posts a term must stand in.
        find_subjects: False: no term is examined, and `subject` is False for all.
    """
    stream, post_at, languages = _encode(posts, language_of_post, boilerplate)
    folded, classes, usage = count_word_usage(stream, [language.parts_of_speech for language in languages])
    grams = _Grams(usage, max(len(posts), 1), max(len(languages), 1), min_posts)
    for length, places in enumerate(_places_of_grams(folded, stream.language, usage.words, languages), start=1):
        ends = classes[places + length] != WordClass.CONTENT
        grams.add(length, places, folded, post_at[places], ends.astype(np.float64), stream.language[places])
    tagged = frozenset(tag.casefold().lstrip("#") for post in posts for tag in post.tags)
    uses = {
        text: TermUses(times, share, languages[language])
        for text, times, share, language in zip(grams.texts, grams.uses, grams.ended, grams.language, strict=True)
    }
    subjects = subject_terms(uses, usage, tagged) if find_subjects else frozenset()
    return _table(grams, tuple(posts), subjects, usage, languages)


def _places_of_grams(
    folded: Ids, language: Ids, words: Sequence[str], languages: Sequence[Language]
) -> tuple[Ids, Ids, Ids]:
    """The positions at which a single word, a pair and a triple begin that may be terms."""
    shape = (max(len(languages), 1), max(len(words), 1))
    content, joiner = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for index, one in enumerate(languages):
        content[index, : len(words)] = [_is_content(word, one) for word in words]
        joiner[index, : len(words)] = [word in one.joiners for word in words]
    real = folded >= 0
    content_at, joiner_at = real & content[language, folded], real & joiner[language, folded]
    inner = content_at[1:-1] | joiner_at[1:-1]
    return (
        np.flatnonzero(content_at),
        np.flatnonzero(content_at[:-1] & content_at[1:]),
        np.flatnonzero(content_at[:-2] & inner & content_at[2:]),
    )


class _Grams:
    """Terms of one to three words as they are collected, in the order they were met."""

    def __init__(self, usage: WordUsage, posts: int, languages: int, min_posts: int) -> None:
        self._words, self._posts, self._languages, self._min_posts = usage.words, posts, languages, min_posts
        self.texts: list[str] = []
        self.uses: list[int] = []
        self.ended: list[float] = []
        self.language: list[int] = []
        self.terms: list[Ids] = []  # index into `texts` of each occurrence
        self.posts: list[Ids] = []  # and the post it stands in

    def add(self, length: int, places: Ids, folded: Ids, posts: Ids, ends: NDArray[np.float64], language: Ids) -> None:
        """Add the terms of one length.

        Args:
            length: words of each term.
            places: positions at which they begin.
            folded: word numbers by position.
            posts: the post of each place.
            ends: 1.0 where a noun may end after the term, 0.0 elsewhere.
            language: the language index of each place.
        """
        size = max(len(self._words), 1)
        codes = folded[places].astype(np.int64)
        for step in range(1, length):
            codes = codes * size + folded[places + step]
        known, inverse = np.unique(codes, return_inverse=True)
        pair = np.unique(inverse.astype(np.int64) * self._posts + posts)
        frequent = np.bincount(pair // self._posts, minlength=len(known)) >= self._min_posts
        number = np.cumsum(frequent) - 1 + len(self.texts)
        chosen = frequent[inverse]
        self.terms.append(number[inverse[chosen]])
        self.posts.append(posts[chosen])
        self.texts += [_spell(int(code), length, size, self._words) for code in known[frequent]]
        times = np.bincount(inverse, minlength=len(known))
        ended = np.bincount(inverse, weights=ends, minlength=len(known)) / np.maximum(times, 1)
        spoken = np.stack([np.bincount(inverse[language == n], minlength=len(known)) for n in range(self._languages)])
        self.uses += times[frequent].tolist()
        self.ended += ended[frequent].tolist()
        self.language += spoken.argmax(axis=0)[frequent].tolist()


def _encode(
    posts: Sequence[Post], language_of_post: LanguageOf, boilerplate: Mapping[PersonId, frozenset[str]]
) -> tuple[TokenStream, Ids, tuple[Language, ...]]:
    """All posts as one stream, the post at each position, and the languages by index."""
    surfaces: dict[str, int] = {}
    numbers_of_run: dict[str, tuple[int, ...]] = {}  # each distinct run of signs is split once
    languages: dict[str, tuple[int, Language]] = {}
    streams: list[Ids] = []
    titles: list[int] = []  # length of each title, where capitals say nothing
    spoken: list[int] = []
    limit = max(MIN_CHARACTERS, min(MAX_CHARACTERS, BUDGET_CHARACTERS // max(len(posts), 1)))
    for post in posts:
        numbers = [BREAK]
        repeated = boilerplate.get(post.author, frozenset())
        titles.append(0)
        language = language_of_post(post)
        spoken.append(languages.setdefault(language.code, (len(languages), language))[0] if language else 0)
        paragraphs = (post.title, *post.text[:limit].split("\n\n")) if language else ()
        for order, paragraph in enumerate(paragraphs):
            if paragraph in repeated or is_code_paragraph(paragraph):
                continue
            for run in paragraph.split():
                known = numbers_of_run.get(run)
                if known is None:
                    known = numbers_of_run[run] = _numbers(run, surfaces)
                numbers += known
            numbers.append(BREAK)
            if not order:
                titles[-1] = len(numbers)
        streams.append(np.array(numbers, dtype=np.int64))
    stream = np.concatenate([*streams, np.full(3, BREAK, dtype=np.int64)])
    owner = np.repeat(np.arange(len(posts) + 1), [*map(len, streams), 3])
    starts = np.concatenate([[0], np.cumsum([*map(len, streams)])]).astype(np.int64)
    running = np.arange(len(stream)) - starts[owner] >= np.array([*titles, 0], dtype=np.int64)[owner]
    made = TokenStream(stream, tuple(surfaces), np.array([*spoken, 0], dtype=np.int64)[owner], running)
    return made, np.minimum(owner, max(len(posts) - 1, 0)), tuple(language for _, language in languages.values())


def _numbers(run: str, vocabulary: dict[str, int]) -> tuple[int, ...]:
    """The words of one run of signs as numbers; code and punctuation become breaks."""
    if CODE_TOKEN.search(run.strip(".,;:!?()\"'“”")):
        return (BREAK,)
    found: list[int] = []
    for sign in WORD.findall(run.replace("’", "'")):
        if sign[0].isalnum():
            found.append(vocabulary.setdefault(sign.removesuffix("'s"), len(vocabulary)))
        elif sign not in "'-":
            found.append(BREAK)
    return tuple(found)


def _is_content(word: str, language: Language) -> bool:
    """Whether a word may begin or end a phrase."""
    return 2 <= len(word) <= 30 and word not in language.phrase_stop_words and not word[0].isdigit()


def _spell(code: int, length: int, size: int, spelled: Sequence[str]) -> str:
    """The words of an n-gram from its code, a number in base `size`."""
    parts: list[str] = []
    for _ in range(length):
        code, last = divmod(code, size)
        parts.append(spelled[last])
    return " ".join(reversed(parts))


def _table(
    grams: _Grams, posts: tuple[Post, ...], subjects: frozenset[str], usage: WordUsage, languages: Sequence[Language]
) -> TermTable:
    """Occurrences as counts by term and post; terms in alphabetical order, whatever order they were met in."""
    texts = grams.texts
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = np.empty(len(texts), dtype=np.int64)
    place[np.array(order, dtype=np.int64)] = np.arange(len(texts))
    posts_count = max(len(posts), 1)
    pairs, counts = np.unique(
        place[np.concatenate(grams.terms)] * posts_count + np.concatenate(grams.posts), return_counts=True
    )
    start = np.searchsorted(pairs // posts_count, np.arange(len(texts) + 1))
    return TermTable(
        terms=tuple(texts[index] for index in order),
        posts=posts,
        start=start.astype(np.int64),
        post_of=pairs % posts_count,
        count=np.minimum(counts, MAX_PER_POST).astype(np.int64),
        subject=np.array([texts[index] in subjects for index in order], dtype=np.bool_),
        shown=tuple(usage.shown(texts[index]) for index in order),
        languages=tuple(languages[grams.language[index]] for index in order),
    )


def name_terms(people: Iterable[Person]) -> frozenset[str]:
    """Full names and handles of people, spelled as terms: a person is not a subject."""
    found: set[str] = set()
    for person in people:
        for name in (person.name, *person.other_names):
            found |= {" ".join(tokens(name)), name.casefold()}
        found |= {account.rstrip("/").rsplit("/", 1)[-1].removeprefix("@").casefold() for account in person.accounts}
    return frozenset(found - {""})


def rare_name_parts(people: Iterable[Person], users: Mapping[str, float]) -> frozenset[str]:
    """Parts of people's names that few writers use as words: "niko" is a name, "snow" is a surname and a subject.

    Args:
        people: all people of the corpus.
        users: share of all writers who use a term.
    """
    parts = {part for person in people for name in (person.name, *person.other_names) for part in tokens(name)}
    return frozenset(part for part in parts if users.get(part, 0.0) < NAME_SHARE)


def merge_contained_terms(
    ranked: Sequence[tuple[str, int]], limit: int, *, code: str, share: float = 0.6
) -> tuple[str, ...]:
    """The best terms of a ranking; of two where one contains the other, one is kept.

    Args:
        ranked: terms with the number of posts they stand in, best first.
        limit: how many to keep.
        code: language of the terms, for comparing word stems.
        share: posts of the longer term by posts of the shorter above which the longer stands for both.
    """
    kept: list[tuple[str, int]] = []
    for term, posts in ranked:
        clashes = [k for k, (other, _) in enumerate(kept) if _inside(term, other, code) or _inside(other, term, code)]
        if not clashes:
            if len(kept) < limit:
                kept.append((term, posts))
            continue
        other, their_posts = kept[clashes[0]]
        if term.count(" ") > other.count(" ") and posts >= share * their_posts:
            kept[clashes[0]] = (term, posts)
            kept = [one for k, one in enumerate(kept) if k not in clashes[1:]]
    unique: Mapping[str, None] = dict.fromkeys(term for term, _ in kept)
    return tuple(unique)


def _inside(short: str, long: str, code: str) -> bool:
    """Whether one term is a run of another's words, by their stems."""
    return f" {_stemmed(short, code)} " in f" {_stemmed(long, code)} "


@lru_cache(maxsize=50_000)
def _stemmed(term: str, code: str) -> str:
    """The stems of a term's words."""
    return " ".join(stem(word.casefold(), code) for word in term.split())
