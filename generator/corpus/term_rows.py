"""Vectoriser: every text becomes a sparse row of term counts, a length and a sketch, computed once.

A vectoriser is a cache that only grows. Term numbers depend on the order in which words were met, so no result may
depend on them: sums over terms are rounded where they are compared, and sketches are made of hashes of the words.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from generator import text
from generator.languages.keywords import KeywordMatcher, is_bare_sign
from generator.languages.scripts import stemming_language
from generator.languages.stemming import stem
from generator.languages.tokens import has_unspaced, word_count
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


class TermVectoriser:
    """Counts stemmed words of texts, and phrases of the topic as terms of their own."""

    def __init__(self, keywords: tuple[str, ...], exclude: tuple[str, ...] = (), *, language: str = "") -> None:
        """Prepare for one topic; phrases are counted as phrases.

        Args:
            keywords: the topic's keywords.
            exclude: phrases of another sense.
            language: ISO 639-1 code of the topic's words, and of texts whose language is not known; "" where the
                topic does not say.
        """
        self.keywords = keywords
        self._language = language
        self._numbers: dict[str, int] = {}
        self._by_token: dict[tuple[str, str], int] = {}  # number by language and unstemmed word
        self._hashes: list[int] = []
        self._rows: dict[tuple[str, int, str], TermRow] = {}
        self._naming: dict[tuple[str, str], bool] = {}  # titles are judged again in every round
        self._matcher = KeywordMatcher(keywords)
        self._excluded = KeywordMatcher(exclude)
        self._keyword_parts: set[int] = set()  # numbers of words that are a keyword or a part of one
        self._short = {i: _as_written(word) for i, word in enumerate(keywords) if is_bare_sign(word)}
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

    def _token(self, token: str, language: str) -> int:
        number = self._by_token.get((language, token))
        if number is None:
            number = self._number(stem(token, stemming_language(token, language)))
            self._by_token[language, token] = number
            if self._matcher.is_part(token, language):
                self._keyword_parts.add(number)
        return number

    def keyword_terms(self) -> list[int]:
        """Numbers of the keywords and of every word met so far that is a form of a word in them."""
        return sorted({*self.keyword_numbers, *self._keyword_parts})

    def query_terms(self, words: str) -> list[int]:
        """Numbers of the words of the topic that carry meaning, each once, in order of first occurrence."""
        telling = (token for token in text.tokens(words) if token not in all_stop_words())
        return list(dict.fromkeys(self._token(token, self._language) for token in telling))

    def mentions_topic(self, words: str, language: str = "") -> bool:
        """Whether a title, or the words of a link, contain a keyword and no excluded phrase."""
        found = self._naming.get((words, language))
        if found is None:
            row = self.row("title", words, "", language=language)
            found = self._naming[words, language] = any(row.keyword_hits) and not row.exclude_hits
        return found

    def row(self, key: str, title: str, body: str, tags: tuple[str, ...] = (), *, language: str = "") -> TermRow:
        """The counts of a text; computed once for a key and text.

        Args:
            key: what the text is cached under, such as its address.
            title: counted like the body, but not as words of it.
            body: cut after 30,000 words.
            tags: as the author gave them.
            language: ISO 639-1 code of the text; "" counts as the topic's language.
        """
        checksum = zlib.crc32(f"{title}\n{body}\n{' '.join(tags)}".encode("utf-8", "surrogatepass"))
        cache_key = (key, checksum, language)
        found = self._rows.get(cache_key)
        if found is None:
            found = self._rows[cache_key] = self._count(title, body, tags, language or self._language)
        return found

    def _count(self, title: str, body: str, tags: tuple[str, ...], language: str) -> TermRow:
        words = text.tokens(body)[:MAX_WORDS]
        tokens = text.tokens(title) + words + [token for tag in tags for token in text.tokens(tag)]
        numbers = np.fromiter((self._token(token, language) for token in tokens), dtype=np.int32, count=len(tokens))
        terms, counts = np.unique(numbers, return_counts=True)
        content = "\n".join((title, body, *tags))
        hits = self._keyword_hits(tokens, f"{title}\n{body}", content, tags, language)
        found = [(number, hit) for number, hit in zip(self.keyword_numbers, hits, strict=True) if hit]
        terms = np.concatenate([terms, np.array([n for n, _ in found], dtype=np.int32)])
        counts = np.concatenate([counts, np.array([hit for _, hit in found], dtype=np.int64)])
        return TermRow(
            terms.astype(np.int32),
            counts.astype(np.int32),
            min(word_count(body), MAX_WORDS) if has_unspaced(body) else len(words),
            self._sketch(numbers),
            hits,
            sum(self._excluded.counts(tokens, content, language)),
        )

    def _keyword_hits(
        self, tokens: list[str], prose: str, content: str, tags: tuple[str, ...], language: str
    ) -> tuple[int, ...]:
        """How often each keyword occurs. Keywords of one or two letters count only as written, or as a tag."""
        hits = list(self._matcher.counts(tokens, content, language))
        lower_tags = {tag.casefold() for tag in tags}
        for i, pattern in self._short.items():
            hits[i] = len(pattern.findall(prose)) + 2 * (self.keywords[i].casefold() in lower_tags)
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
