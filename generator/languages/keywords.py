"""How often keywords occur in a text of any language: inflected, in compounds, or inside script without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from generator.languages.registry import words_of
from generator.languages.scripts import KATAKANA, UNSPACED, stemming_language
from generator.languages.stemming import LATIN, particles, stem
from generator.languages.tokens import has_hangul, tokens, unify

COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nb", "nl", "nn", "no", "sv"})  # languages that write compounds as one
SHORTEST_PART = 5  # letters of a keyword that counts inside a compound; shorter ones occur in other words by chance
SHORTEST_KOREAN_PART = 3  # the same in syllables
SHORTEST_REST = 3  # letters of the other part of a compound
SHORTEST_STEM = 3  # letters left of a word without its prefixes
PREFIXED = ("ar", "he")  # languages that write articles and prepositions together with the next word
KATAKANA_WORD = re.compile(f"[{KATAKANA}]+")
MAX_LETTERS = 60  # of a word that is looked into; a longer one is data
BREAK = frozenset[int]()  # stands between words that do not follow each other


class KeywordMatcher:
    """Finds phrases; what was learnt of a word is kept, so that one matcher serves all texts of a topic."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """Split each phrase into its words once."""
        self._count = len(phrases)
        self._atoms: dict[str, int] = {}
        self._by_first: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        self._inside: dict[int, re.Pattern[str]] = {}
        self._known: dict[str, dict[str, tuple[frozenset[int], ...]]] = {}  # by language and token
        for index, phrase in enumerate(phrases):
            if UNSPACED.search(unify(phrase)):
                self._inside[index] = _inside_pattern(phrase)
                continue
            words = [self._atoms.setdefault(part, len(self._atoms)) for part in words_apart(phrase)]
            if words:
                self._by_first.setdefault(words[0], []).append((index, tuple(words)))

    def counts(self, words: Iterable[str], content: str, language: str) -> tuple[int, ...]:
        """How often each phrase occurs.

        Args:
            words: tokens of the text.
            content: the text itself, for phrases in script without spaces.
            language: ISO 639-1 code of the text; "" where it is not known: then a form of any language counts.
        """
        found = [0] * self._count
        stream = self._stream(words, language)
        for at, here in enumerate(stream):
            for first in here:
                for index, phrase in self._by_first.get(first, ()):
                    run = stream[at : at + len(phrase)]
                    found[index] += len(run) == len(phrase) and all(map(frozenset.__contains__, run, phrase))
        if self._inside and UNSPACED.search(content):
            plain = unify(content).casefold()
            for index, pattern in self._inside.items():
                found[index] = sum(1 for _ in pattern.finditer(plain))
        return tuple(found)

    def is_part(self, token: str, language: str) -> bool:
        """Whether a token is, or contains, a word of a phrase."""
        return bool(self._matches(token, language))

    def _stream(self, words: Iterable[str], language: str) -> list[frozenset[int]]:
        """The words of phrases in a text, in order, with a break where other words stand between."""
        stream: list[frozenset[int]] = []
        if not self._by_first:
            return stream
        last, known = -1, self._known.setdefault(language, {})
        for at, token in enumerate(words):
            parts = known.get(token)
            if parts is None:
                parts = self._matches(token, language)
            if parts:
                if at != last + 1:
                    stream.append(BREAK)
                stream += parts
                last = at
        return stream

    def _matches(self, token: str, language: str) -> tuple[frozenset[int], ...]:
        """For each part of a token the words of phrases that it is a form of; empty if none."""
        known = self._known.setdefault(language, {})
        parts = known.get(token)
        if parts is None:
            found = tuple(
                frozenset(number for atom, number in self._atoms.items() if is_form_of(part, atom, language))
                for part in _split(token)
            )
            parts = known[token] = found if any(found) else ()
        return parts


def words_apart(phrase: str) -> list[str]:
    """The words of a phrase, those joined by hyphens apart."""
    return [part for token in tokens(phrase) for part in _split(token)]


def is_form_of(word: str, keyword: str, language: str) -> bool:
    """Whether a word of a text is a keyword, an inflected form of it, or a compound with it.

    Args:
        word: casefolded, without hyphens.
        keyword: one word of a keyword, spelled as the word is.
        language: ISO 639-1 code of the text; "" where it is not known.
    """
    if word == keyword:
        return True
    if len(word) > MAX_LETTERS or not keyword.isalpha():
        return False
    if has_hangul(keyword):
        return _is_with_particle(word, keyword)
    own = stemming_language(word, language)
    if own in PREFIXED:
        return _without_prefixes(word, own).intersection(_without_prefixes(keyword, own)) != frozenset()
    if own == "ru":
        word, keyword = word.replace("ё", "е"), keyword.replace("ё", "е")
    if word[:2] == keyword[:2]:
        codes = LATIN if not language and own == "en" else (own,)
        # The stemmers take "pared" for a verb, but make "pared" of "paredes": the written word counts as a stem too.
        if any(stem(word, code) in {keyword, stem(keyword, code)} for code in codes):
            return True
    return (not language or language in COMPOUNDING) and _is_compound(word, keyword, own if language else "")


def is_bare_sign(keyword: str) -> bool:
    """Whether a keyword is so short that it counts only as it is written, such as R or Go."""
    keyword = keyword.strip()
    return len(keyword) <= 2 and not (UNSPACED.search(keyword) or has_hangul(keyword))


def _split(token: str) -> list[str]:
    """The parts of a token that is joined by hyphens or strokes, without a possessive ending; addresses stay whole."""
    if "/" in token and "." in token:
        return [token]
    if "-" in token or "/" in token:
        return [part for piece in token.split("-") for part in piece.split("/") if part]
    return [token.removesuffix("'s")]


def _is_compound(word: str, keyword: str, language: str) -> bool:
    """Whether a word is a compound of a keyword and another word: Roggensauerteige."""
    if len(keyword) < SHORTEST_PART or not word.isalpha():
        return False
    root = stem(keyword, language)
    part = keyword if keyword in word else root
    at = word.find(part) if len(part) >= SHORTEST_PART else -1
    if at < 0:
        return False
    before, after = at, len(word) - at - len(part)
    if before == 0:
        return after >= SHORTEST_REST
    return before >= SHORTEST_REST  # what follows is an inflection or another part


def _is_with_particle(word: str, keyword: str) -> bool:
    """Whether a Korean word begins with a keyword, or is a compound with a long one; one syllable needs a particle."""
    if not word.startswith(keyword):
        return len(keyword) >= SHORTEST_KOREAN_PART and keyword in word
    return len(keyword) > 1 or word[len(keyword) :] in particles("ko")


@cache
def _prefixes(code: str) -> tuple[str, ...]:
    return words_of(code, "tokens", "prefixes")


def _without_prefixes(word: str, code: str) -> frozenset[str]:
    """The stems a word may have, with and without each prefix that is written together with it."""
    bare = (word[len(p) :] for p in _prefixes(code) if word.startswith(p) and len(word) - len(p) >= SHORTEST_STEM)
    return frozenset(stem(form, code) for form in (word, *bare))


def _inside_pattern(phrase: str) -> re.Pattern[str]:
    """A phrase in script without spaces, wherever it stands; Latin letters at its ends end words.

    A short katakana word must be the whole of its run: a part of a longer one is another word.
    """
    plain = unify(phrase).casefold().strip()
    pieces = re.findall(r"[a-z0-9]+|[^\sa-z0-9]+", plain)
    body = r"[\s・-]?".join(map(re.escape, pieces))
    before = after = ""
    if plain[0].isascii() and plain[0].isalnum():
        before = "(?<![a-z0-9])"
    if plain[-1].isascii() and plain[-1].isalnum():
        after = "(?![a-z0-9])"
    if KATAKANA_WORD.fullmatch(plain) and len(plain) < SHORTEST_PART:
        before, after = f"(?<![{KATAKANA}])", f"(?![{KATAKANA}])"
    return re.compile(before + body + after)
