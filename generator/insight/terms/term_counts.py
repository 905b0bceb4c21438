"""Words and phrases of all topical posts, counted once: unigrams to trigrams by post.

Each text is tokenised one time. Phrases neither begin nor end with a stop word and never cross punctuation.
Which of them may be shown as a subject is told by `wording`; nothing is known of what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generator.insight.terms.post_index import is_code_paragraph
from generator.languages.patterns import Language
from generator.languages.term_filter import TermUsageCounts, count_term_usage, subject_terms
from generator.records import Person, PersonId, Post
from generator.text import tokens

MOST_CHARACTERS = 8_000  # of a post that are read for terms; what it is about is said by then
FEWEST_CHARACTERS = 1_500
BUDGET_CHARACTERS = 60_000_000  # of all posts together: beyond it each is read less far, so that time stays bounded
MIN_POSTS = 3  # posts a term must occur in to be counted at all; rarer ones cannot be told from chance
PER_POST = 3  # occurrences in one post that count; one long post must not own a word
WORD = re.compile(r"[^\W_]+(?:['+#-][^\W_]+)*[+#]{0,2}|[^\w\s]")
# A run of signs that is an identifier, a call, a path, an address or a tag rather than words.
CODE_TOKEN = re.compile(r"::|\(\)|_|->|=>|\w\(\w|\w\[|[<>{}=$\\|]|\w\.\w|[-/~.@#]\w.*[-/]|^[-~.@#/]\w|\b[a-z]+[A-Z]|//")
JOINERS = frozenset({"of", "and", "to", "de", "la", "des", "von", "der"})  # stop words that may stand inside a phrase
NAME_SHARE = 0.4  # of writers: a part of a name that more of them use is a common word
BREAK = -1

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TermTable:
    """Counts of terms by post, as parallel arrays sorted by term, then post.

    `terms[t]` is the text of term t; entries `start[t]:start[t+1]` of `post_of` and `count` are the posts
    it stands in and how often (at most `PER_POST`). `telling[t]` says whether it may be shown as a subject,
    `shown[t]` how it is spelled then: names of things and places keep their capitals.
    """

    terms: tuple[str, ...]
    posts: tuple[Post, ...]
    start: Ids
    post_of: Ids
    count: Ids
    telling: NDArray[np.bool_]
    shown: tuple[str, ...]

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
    words: Language,
    habitual: Mapping[PersonId, frozenset[str]],
    *,
    min_posts: int = MIN_POSTS,
    judged: bool = True,
) -> TermTable:
    """All terms of the posts that occur in at least `min_posts` of them, repeated paragraphs left out.

    Unless `judged`, no term is looked at for whether it may be shown, and none counts as such.
    """
    stream, post_index, wording = _encode(posts, habitual)
    spelled = wording.words
    size = len(spelled)
    content = np.array([_is_content(word, words) for word in spelled] or [False], dtype=np.bool_)
    joiners = np.array([word in JOINERS for word in spelled] or [False], dtype=np.bool_)
    follow = stream[1:], stream[2:]
    real, content_at = stream >= 0, (stream >= 0) & content[stream]
    keep = [np.flatnonzero(content_at)]
    keep.append(np.flatnonzero(content_at[:-1] & content_at[1:]))
    joining = real[1:-1] & (content[stream[1:-1]] | joiners[stream[1:-1]])
    keep.append(np.flatnonzero(content_at[:-2] & joining & content_at[2:]))
    texts: list[str] = []
    uses: list[int] = []
    ended: list[float] = []
    terms: list[Ids] = []
    at_posts: list[Ids] = []
    for length, places in enumerate(keep, start=1):
        codes = stream[places].astype(np.int64)
        for step in range(length - 1):
            codes = codes * size + follow[step][places]
        known, inverse = np.unique(codes, return_inverse=True)
        owners = post_index[places]
        pair = np.unique(inverse.astype(np.int64) * max(len(posts), 1) + owners)
        frequent = np.bincount(pair // max(len(posts), 1), minlength=len(known)) >= min_posts
        number = np.cumsum(frequent) - 1 + len(texts)
        chosen = frequent[inverse]
        terms.append(number[inverse[chosen]])
        at_posts.append(owners[chosen])
        texts += [_spell(int(code), length, size, spelled) for code in known[frequent]]
        times = np.bincount(inverse, minlength=len(known))
        uses += times[frequent].tolist()
        at_end = wording.ends[stream[places + length]].astype(np.float64)
        ended += (np.bincount(inverse, weights=at_end, minlength=len(known)) / np.maximum(times, 1))[frequent].tolist()
    tagged = frozenset(tag.casefold().lstrip("#") for post in posts for tag in post.tags)
    seen = dict(zip(texts, zip(uses, ended, strict=True), strict=True))
    telling = subject_terms(seen, wording, tagged) if judged else frozenset()
    return _table(tuple(texts), tuple(posts), np.concatenate(terms), np.concatenate(at_posts), telling, wording)


def _encode(posts: Sequence[Post], habitual: Mapping[PersonId, frozenset[str]]) -> tuple[Ids, Ids, TermUsageCounts]:
    """All posts as one stream of word numbers with breaks, the post of each place, and how the words are used."""
    surfaces: dict[str, int] = {}
    read: dict[str, tuple[int, ...]] = {}  # a run of signs is read once, however often it is written
    streams: list[Ids] = []
    titles: list[int] = []  # places of each title: their capitals tell nothing
    reach = max(FEWEST_CHARACTERS, min(MOST_CHARACTERS, BUDGET_CHARACTERS // max(len(posts), 1)))
    for post in posts:
        numbers = [BREAK]
        repeated = habitual.get(post.author, frozenset())
        titles.append(0)
        for order, paragraph in enumerate((post.title, *post.text[:reach].split("\n\n"))):
            if paragraph in repeated or is_code_paragraph(paragraph):
                continue
            for run in paragraph.split():
                known = read.get(run)
                if known is None:
                    known = read[run] = _numbers(run, surfaces)
                numbers += known
            numbers.append(BREAK)
            if not order:
                titles[-1] = len(numbers)
        streams.append(np.array(numbers, dtype=np.int64))
    stream = np.concatenate([*streams, np.full(3, BREAK, dtype=np.int64)])
    owner = np.repeat(np.arange(len(posts) + 1), [*map(len, streams), 3])
    starts = np.concatenate([[0], np.cumsum([*map(len, streams)])]).astype(np.int64)
    running = np.arange(len(stream)) - starts[owner] >= np.array([*titles, 0], dtype=np.int64)[owner]
    folded, wording = count_term_usage(stream, running, tuple(surfaces))
    return folded, np.minimum(owner, max(len(posts) - 1, 0)), wording


def _numbers(run: str, vocabulary: dict[str, int]) -> tuple[int, ...]:
    """The words of one run of signs as numbers, a break for code and for punctuation."""
    if CODE_TOKEN.search(run.strip(".,;:!?()\"'“”")):
        return (BREAK,)
    found: list[int] = []
    for sign in WORD.findall(run.replace("’", "'")):
        if sign[0].isalnum():
            found.append(vocabulary.setdefault(sign.removesuffix("'s"), len(vocabulary)))
        elif sign not in "'-":
            found.append(BREAK)
    return tuple(found)


def _is_content(word: str, words: Language) -> bool:
    """Whether a word may begin or end a phrase."""
    return 2 <= len(word) <= 30 and word not in words.stop_words and not word[0].isdigit()


def _spell(code: int, length: int, size: int, spelled: Sequence[str]) -> str:
    """The words of an n-gram's code."""
    parts: list[str] = []
    for _ in range(length):
        code, last = divmod(code, size)
        parts.append(spelled[last])
    return " ".join(reversed(parts))


def _table(
    texts: tuple[str, ...],
    posts: tuple[Post, ...],
    terms: Ids,
    owners: Ids,
    telling: frozenset[str],
    wording: TermUsageCounts,
) -> TermTable:
    """Occurrences as counts by term and post; terms in alphabetical order, whatever order they were met in."""
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = np.empty(len(texts), dtype=np.int64)
    place[np.array(order, dtype=np.int64)] = np.arange(len(texts))
    posts_count = max(len(posts), 1)
    pairs, counts = np.unique(place[terms] * posts_count + owners, return_counts=True)
    start = np.searchsorted(pairs // posts_count, np.arange(len(texts) + 1))
    return TermTable(
        terms=tuple(texts[index] for index in order),
        posts=posts,
        start=start.astype(np.int64),
        post_of=pairs % posts_count,
        count=np.minimum(counts, PER_POST).astype(np.int64),
        telling=np.array([texts[index] in telling for index in order], dtype=np.bool_),
        shown=tuple(wording.shown(texts[index]) for index in order),
    )


def naming_words(people: Iterable[Person]) -> frozenset[str]:
    """Full names and handles of people, as terms would be spelled: somebody is no subject."""
    found: set[str] = set()
    for person in people:
        for name in (person.name, *person.other_names):
            found |= {" ".join(tokens(name)), name.casefold()}
        found |= {account.rstrip("/").rsplit("/", 1)[-1].removeprefix("@").casefold() for account in person.accounts}
    return frozenset(found - {""})


def rare_name_parts(people: Iterable[Person], users: Mapping[str, float]) -> frozenset[str]:
    """Parts of people's names that few others use as words: "niko" is a name, "snow" is a surname and a subject.

    Args:
        people: everybody.
        users: share of all writers who use a term.
    """
    parts = {part for person in people for name in (person.name, *person.other_names) for part in tokens(name)}
    return frozenset(part for part in parts if users.get(part, 0.0) < NAME_SHARE)


def merge_contained_terms(ranked: Sequence[tuple[str, int]], limit: int, *, share: float = 0.6) -> tuple[str, ...]:
    """The best terms of a ranking, none inside another that is used nearly as often.

    Args:
        ranked: terms with the number of posts they stand in, best first.
        limit: how many to keep.
        share: posts of the longer term by posts of the shorter above which the longer stands for both.
    """
    kept: list[tuple[str, int]] = []
    for term, posts in ranked:
        clashes = [k for k, (other, _) in enumerate(kept) if _inside(term, other) or _inside(other, term)]
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


def _inside(short: str, long: str) -> bool:
    """Whether one term is a run of another's words, plurals alike."""
    return f" {_stem(short)} " in f" {_stem(long)} "


@lru_cache(maxsize=50_000)
def _stem(term: str) -> str:
    """Words without their plural s, for comparison only."""
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in term.split()
    )
