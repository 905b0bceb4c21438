"""Tokens: the words of a text in any script, folded white space, and lengths in words; the only tokeniser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from generator.languages.registry import merged_words
from generator.languages.scripts import HAN, HANGUL, HIRAGANA, KATAKANA, PHRASAL, UNSPACED

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for tab and line feed
TOKEN = re.compile(r"[^\W_]+(?:[’'+#./-][^\W_]+)*[+#]{0,2}")
# Soft hyphens, zero-width characters, marks of direction, Arabic vowel signs and the stretching stroke.
INVISIBLE = re.compile("[\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
WIDE = re.compile("[\uff01-\uff5e\uff65-\uff9f]+")  # full-width Latin, half-width katakana
HYPHENS = re.compile("[\u2010\u2011]")
RUN = re.compile(
    f"(?P<han>[{HAN}]+)|(?P<katakana>[{KATAKANA}]+)|(?P<hiragana>[{HIRAGANA}]+)|(?P<phrasal>[{PHRASAL}]+)"
    f"|[^{HAN}{KATAKANA}{HIRAGANA}{PHRASAL}]+"
)
PHRASAL_RUN = re.compile(f"[{PHRASAL}]+")
IDEOGRAPHS_A_WORD = 1.7  # Chinese and Japanese characters for one English word of a translation
PHRASAL_A_WORD = 5.0  # the same of Thai and its neighbours, vowel signs included
GRAMS = 3  # characters of a Thai run that make one token


def fold(text: str) -> str:
    """Fold white space to single spaces and remove control characters."""
    return " ".join(CONTROL.sub("", text).split())


def unify(text: str) -> str:
    """A text in one spelling of its characters: NFC, usual widths, straight apostrophes, nothing invisible."""
    if text.isascii():
        return text
    text = INVISIBLE.sub("", text).replace("’", "'").replace("ʼ", "'")
    text = HYPHENS.sub("-", WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[str]:
    """The lower-case words of a text in order; c++, c#, node.js and don't stay one word each.

    Articles before an apostrophe are words of their own (l'eau). Of scripts without spaces: Han in overlapping pairs,
    katakana in whole runs, no hiragana, Thai and its neighbours in overlapping triples.
    """
    text = unify(text).casefold()
    if "'" in text:
        text = _elided().sub(" ", text)
    found: list[str] = TOKEN.findall(text)
    if text.isascii() or not UNSPACED.search(text):
        return found
    return [part for token in found for part in (_parts(token) if UNSPACED.search(token) else (token,))]


def word_count(text: str) -> int:
    """How many words long a text is, comparable between scripts: 1.7 Chinese or Japanese characters count as a word."""
    if text.isascii():
        return len(TOKEN.findall(text))
    text = unify(text)
    characters = len(UNSPACED.findall(text))
    if not characters:
        return len(TOKEN.findall(text))
    phrasal = sum(map(len, PHRASAL_RUN.findall(text)))
    spaced = len(TOKEN.findall(UNSPACED.sub(" ", text)))
    return spaced + round((characters - phrasal) / IDEOGRAPHS_A_WORD + phrasal / PHRASAL_A_WORD)


def has_hangul(text: str) -> bool:
    """Whether a text holds Korean letters."""
    return not text.isascii() and bool(_HANGUL.search(text))


_HANGUL = re.compile(f"[{HANGUL}]")


@cache
def _elided() -> re.Pattern[str]:
    """The apostrophe behind an article or particle that lost its vowel: l'eau, dell'acqua, qu'elle."""
    before = "|".join(rf"(?<=\b{re.escape(word)}')" for word in merged_words("tokens", "elisions"))
    return re.compile(rf"'(?:{before})(?=[^\W\d_]{{2}})")


def _parts(token: str) -> Iterator[str]:
    """The words of a token that holds script without spaces."""
    for run in RUN.finditer(token):
        kind, piece = run.lastgroup, run[0]
        if kind == "han":
            yield from _grams(piece, 2)
        elif kind == "phrasal":
            yield from _grams(piece, GRAMS)
        elif kind is None:
            yield from TOKEN.findall(piece)
        elif kind == "katakana":
            yield piece


def _grams(run: str, size: int) -> Iterator[str]:
    """All pieces of a length in a run; the run itself where it is shorter."""
    return (run[at : at + size] for at in range(max(1, len(run) - size + 1)))
