"""Word stems by the Snowball algorithms, and Korean nouns without particles; the only stemmer."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from generator.languages.registry import words_of

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Tried one after another on words of a text whose language is not known.
LATIN = ("en", "da", "de", "es", "fr", "it", "nl", "no", "pt", "ro", "sv")
SHORTEST_NOUN = 2  # syllables left of a Korean word without its particle


@cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)


@lru_cache(maxsize=200_000)
def stem(word: str, code: str) -> str:
    """The stem of a word; the word itself where Snowball has no algorithm for the language.

    Args:
        word: one token, casefolded.
        code: ISO 639-1 code of the text's language; "" where it is not known.

    Source: Porter (2001), Snowball: a language for stemming algorithms.
    """
    if code == "ko":
        return _without_particle(word)
    algorithm = ALGORITHMS.get(code)
    return _stemmer(algorithm).stemWord(word) if algorithm else word


def particles(code: str) -> frozenset[str]:
    """Endings of case and topic that a language writes together with the noun before them."""
    return frozenset(words_of(code, "tokens", "particles"))


def _without_particle(word: str) -> str:
    """A Korean word without the longest particle at its end."""
    endings = particles("ko")
    for length in range(4, 0, -1):
        if len(word) - length >= SHORTEST_NOUN and word[-length:] in endings:
            return word[:-length]
    return word
