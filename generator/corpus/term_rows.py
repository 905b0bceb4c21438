"""Words counted once: every text becomes a sparse row of term counts, a length and a sketch.

A lexicon is a cache that only grows. Term numbers depend on the order of arrival, so nothing that
leaves this module may depend on them: sums over terms are rounded where they are compared, sketches
are made of hashes of the words themselves.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from generator import text
from generator.languages.word_lists import all_stop_words

SHINGLE = 6  # words; long enough that two people never share many by chance
SKETCH_SIZE = 48  # smallest hashes kept; the standard error of the overlap is about 0.07
MIN_SKETCH_WORDS = 60  # shorter texts are too easily alike
MAX_WORDS = 30_000  # a longer text is cut: it is a book or a trap


@dataclass(frozen=True, slots=True)
class TermRow:
    """One text: term numbers with counts, number of words, and the bottom sketch of its shingles."""

    terms: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    words: int
    sketch: npt.NDArray[np.uint32]
    keyword_hits: tuple[int, ...]  # a count per keyword of the topic
    exclude_hits: int


def stem(word: str) -> str:
    """The word without a plural ending (Harman's S-stemmer, 1991): enough to join `board` and `boards`."""
    if len(word) > 4 and word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeo" and word[-4:-2] not in ("ss", "ch", "sh"):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


class TermVectoriser:
    """Counts words of texts, and phrases of the topic as terms of their own."""

    def __init__(self, keywords: tuple[str, ...], exclude: tuple[str, ...] = ()) -> None:
        """Prepare for the keywords of one topic; phrases are counted as phrases."""
        self.keywords = keywords
        self._numbers: dict[str, int] = {}
        self._by_token: dict[str, int] = {}  # number by unstemmed word: stemming each of a million words once
        self._hashes: list[int] = []
        self._rows: dict[tuple[str, int], TermRow] = {}
        self._naming: dict[str, bool] = {}  # whether words name the topic: titles are weighed again in every wave
        self._short = {i: _as_written(word) for i, word in enumerate(keywords) if len(word.strip()) <= 2}
        self._phrases = {i: self._phrase(word) for i, word in enumerate(keywords)}
        self._exclude = tuple(self._phrase(word) for word in exclude)
        self.keyword_numbers = tuple(self._number("§" + word.casefold()) for word in keywords)

    @property
    def size(self) -> int:
        """Number of distinct terms met so far."""
        return len(self._numbers)

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._numbers)
            self._hashes.append(zlib.crc32(word.encode("utf-8", "surrogatepass")))
        return number

    def _token(self, token: str) -> int:
        number = self._by_token.get(token)
        if number is None:
            number = self._by_token[token] = self._number(stem(token))
        return number

    def _phrase(self, words: str) -> tuple[int, ...]:
        return tuple(self._token(token) for token in text.tokens(words))

    def keyword_terms(self) -> list[int]:
        """Numbers of the keywords and of every word in them."""
        return sorted({*self.keyword_numbers, *(number for phrase in self._phrases.values() for number in phrase)})

    def query_terms(self, words: str) -> list[int]:
        """Numbers of the words of a text that say what it is about, each once, in order of first occurrence."""
        telling = (token for token in text.tokens(words) if token not in all_stop_words())
        return list(dict.fromkeys(self._token(token) for token in telling))

    def names_topic(self, words: str) -> bool:
        """Whether a title, or the words of a link, name a keyword and no excluded phrase."""
        found = self._naming.get(words)
        if found is None:
            row = self.row("title", words, "")
            found = self._naming[words] = any(row.keyword_hits) and not row.exclude_hits
        return found

    def row(self, key: str, title: str, body: str, tags: tuple[str, ...] = ()) -> TermRow:
        """The counts of a text; computed once for a key and text."""
        cache_key = (key, zlib.crc32(f"{title}\n{body}\n{' '.join(tags)}".encode("utf-8", "surrogatepass")))
        found = self._rows.get(cache_key)
        if found is None:
            found = self._rows[cache_key] = self._count(title, body, tags)
        return found

    def _count(self, title: str, body: str, tags: tuple[str, ...]) -> TermRow:
        words = text.tokens(body)[:MAX_WORDS]
        tokens = text.tokens(title) + words + [token for tag in tags for token in text.tokens(tag)]
        numbers = np.fromiter((self._token(token) for token in tokens), dtype=np.int32, count=len(tokens))
        terms, counts = np.unique(numbers, return_counts=True)
        hits = self._keyword_hits(numbers, f"{title}\n{body}", tags)
        found = [(number, hit) for number, hit in zip(self.keyword_numbers, hits, strict=True) if hit]
        terms = np.concatenate([terms, np.array([n for n, _ in found], dtype=np.int32)])
        counts = np.concatenate([counts, np.array([hit for _, hit in found], dtype=np.int64)])
        excluded = sum(_occurrences(numbers, phrase) for phrase in self._exclude)
        return TermRow(
            terms.astype(np.int32), counts.astype(np.int32), len(words), self._sketch(numbers), hits, excluded
        )

    def _keyword_hits(self, numbers: npt.NDArray[np.int32], content: str, tags: tuple[str, ...]) -> tuple[int, ...]:
        """How often each keyword occurs. Keywords of one or two letters count only as written, or as a tag."""
        lower_tags = {tag.casefold() for tag in tags}
        hits = []
        for i, word in enumerate(self.keywords):
            if pattern := self._short.get(i):
                hits.append(len(pattern.findall(content)) + 2 * (word.casefold() in lower_tags))
            else:
                hits.append(_occurrences(numbers, self._phrases[i]))
        return tuple(hits)

    def _sketch(self, numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
        """The smallest hashes of all runs of six words (Broder 1997); empty for a short text."""
        if len(numbers) < MIN_SKETCH_WORDS:
            return np.empty(0, dtype=np.uint32)
        hashes = np.array(self._hashes, dtype=np.uint64)[numbers]
        runs = np.zeros(len(hashes) - SHINGLE + 1, dtype=np.uint64)
        for i in range(SHINGLE):
            runs = runs * np.uint64(1_000_003) + hashes[i : len(hashes) - SHINGLE + 1 + i]
        runs ^= runs >> np.uint64(29)
        mixed = ((runs * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)
        return np.unique(mixed)[:SKETCH_SIZE]

    def matrix(self, rows: list[TermRow]) -> sparse.csr_matrix:
        """Raw term counts, one row a text, one column a term."""
        indptr = np.concatenate([[0], np.cumsum([len(row.terms) for row in rows])])
        indices = np.concatenate([row.terms for row in rows]) if rows else np.empty(0, dtype=np.int32)
        counts = np.concatenate([row.counts for row in rows]) if rows else np.empty(0, dtype=np.int32)
        return sparse.csr_matrix((counts.astype(np.float64), indices, indptr), shape=(len(rows), self.size))


def _as_written(word: str) -> re.Pattern[str]:
    """A one- or two-letter keyword as a word of its own, in the capitals it was given in."""
    return re.compile(rf"(?<![\w'’.&/-]){re.escape(word.strip())}(?![\w'’&-])")


def _occurrences(numbers: npt.NDArray[np.int32], phrase: tuple[int, ...]) -> int:
    """How often a run of words occurs."""
    if not phrase or len(numbers) < len(phrase):
        return 0
    starts = np.ones(len(numbers) - len(phrase) + 1, dtype=np.bool_)
    for i, number in enumerate(phrase):
        starts &= numbers[i : len(numbers) - len(phrase) + 1 + i] == number
    return int(starts.sum())
