"""Word stems by the Snowball algorithms; the only stemmer."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import snowballstemmer

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


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
    algorithm = ALGORITHMS.get(code)
    return _stemmer(algorithm).stemWord(word) if algorithm else word
