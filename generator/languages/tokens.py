"""Tokens: the words of a text in any script, folded white space, and lengths in words; the only tokeniser."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from operator import add

from generator.languages.registry import merged_words
from generator.languages.scripts import HAN, HANGUL, HIRAGANA, KATAKANA, MARKS, PHRASAL, UNSPACED

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for tab and line feed
TOKEN = re.compile(r"[^\W_]+(?:[’'+#./-][^\W_]+)*[+#]{0,2}")
MARKED_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['+#./-](?:[^\W_]|[{MARKS}])+)*[+#]{{0,2}}")
HAS_MARKS = re.compile(f"[{MARKS}]")
# Soft hyphens, zero-width characters, marks of direction, Hebrew and Arabic vowel signs and the stretching stroke.
INVISIBLE = re.compile(
    "[\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u061c\u0640\u064b-\u0652\u0670"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
WIDE = re.compile("[\uff01-\uff5e\uff65-\uff9f]+")  # full-width Latin, half-width katakana
HYPHENS = re.compile("[\u2010\u2011]")
RUN = re.compile(
    f"(?P<han>[{HAN}]+)|(?P<katakana>[{KATAKANA}]+)|(?P<hiragana>[{HIRAGANA}]+)|(?P<phrasal>[{PHRASAL}]+)"
    f"|[^{HAN}{KATAKANA}{HIRAGANA}{PHRASAL}]+"
)
UNSPACED_RUN = re.compile(f"[{HAN}{HIRAGANA}{KATAKANA}{PHRASAL}]+")
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
    return _unspaced_words(text) if has_unspaced(text) else _words(text)


def word_count(text: str) -> int:
    """How many words long a text is, comparable between scripts: 1.7 Chinese or Japanese characters count as a word."""
    if text.isascii():
        return len(TOKEN.findall(text))
    text = unify(text)
    runs = UNSPACED_RUN.findall(text)
    if not runs:
        return len(_words(text))
    phrasal = sum(map(len, PHRASAL_RUN.findall(text)))
    spaced = len(_words(UNSPACED_RUN.sub(" ", text)))
    return spaced + round((sum(map(len, runs)) - phrasal) / IDEOGRAPHS_A_WORD + phrasal / PHRASAL_A_WORD)


def _words(text: str) -> list[str]:
    """Runs of letters and figures, with what may stand inside a word."""
    found: list[str] = (TOKEN if text.isascii() or not HAS_MARKS.search(text) else MARKED_TOKEN).findall(text)
    return found


def has_unspaced(text: str) -> bool:
    """Whether a text holds script without spaces."""
    return not text.isascii() and UNSPACED.search(text) is not None


def has_hangul(text: str) -> bool:
    """Whether a text holds Korean letters."""
    return not text.isascii() and bool(_HANGUL.search(text))


_HANGUL = re.compile(f"[{HANGUL}]")


@cache
def _elided() -> re.Pattern[str]:
    """The apostrophe behind an article or particle that lost its vowel: l'eau, dell'acqua, qu'elle."""
    before = "|".join(rf"(?<=\b{re.escape(word)}')" for word in merged_words("tokens", "elisions"))
    return re.compile(rf"'(?:{before})(?=[^\W\d_]{{2}})")


def _unspaced_words(text: str) -> list[str]:
    """The words of a text that holds script without spaces."""
    found: list[str] = []
    for run in RUN.finditer(text):
        kind, piece = run.lastgroup, run[0]
        if kind == "han":
            found += map(add, piece, piece[1:]) if len(piece) > 1 else (piece,)
        elif kind == "phrasal":
            found += (piece[at : at + GRAMS] for at in range(max(1, len(piece) - GRAMS + 1)))
        elif kind == "katakana":
            found.append(piece)
        elif kind is None:
            found += _words(piece)
    return found
