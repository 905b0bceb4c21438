"""Sentences of a text in any language and script; the only place that ends one.

Abbreviations stand in `<code>/sentences.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.languages.month_names import month_names_of
from generator.languages.registry import language_codes, language_data, merged_words, words_of
from generator.languages.scripts import HAN, HIRAGANA, KATAKANA, UNSPACED
from generator.languages.tokens import fold

FULL_STOPS = "。！？｡؟۔।॥։።፧။។"  # end a sentence even without a space after them
CLOSERS = "\"'”’“‘»«›)\\]」』）】》〉〕］"
OPENERS = "\"'“‘„‚«‹»›(\\[¿¡「『（"
_SPACED = rf"(?<=[.!?…‼⁇⁈⁉])[{CLOSERS}]*(?:[ \u00a0\u202f][»›])?\s+(?=[{OPENERS}]?[^\sa-z])|\n{{2,}}"
SPACED_END = re.compile(_SPACED)
# Behind a full stop without a space “ and ‘ open; behind ! and ? a sentence ends where an ideograph or kana follows.
_CLOSERS_UNSPACED = CLOSERS.replace("“‘", "").replace("«", "")
ANY_END = re.compile(
    rf"{_SPACED}|(?<=[{FULL_STOPS}])(?![{FULL_STOPS}!?.…])[{_CLOSERS_UNSPACED}]*\s*"
    rf"|(?<=[!?])[{_CLOSERS_UNSPACED}]*(?=[{HAN}{HIRAGANA}{KATAKANA}])"
)
HAS_FULL_STOP = re.compile(rf"[{FULL_STOPS}{HAN}{HIRAGANA}{KATAKANA}]")
LAST_WORD = re.compile(rf"[^\s{OPENERS}/–—]+\.$")
WORD_END = re.compile(r"\w+$")
BEFORE_ORDINAL = re.compile(r"(?:^|\s)(\w+)\s+\d{1,2}\.$")
ORDINAL = re.compile(r"(?:^|[\s(/–-])\d{1,2}\.$")
NEXT_WORD = re.compile(r"\w+")
LOOKED_BACK = 32  # characters before an end in which the last words stand
LOOKED_AHEAD = 16


def sentences(text: str, language: str = "") -> Iterator[str]:
    """Yield the sentences of a text in order, with white space folded; a blank line ends a sentence.

    Args:
        text: prose in any script.
        language: ISO 639-1 code; "" where it is not known: then abbreviations that are words elsewhere are not used.
    """
    start = 0
    pattern = ANY_END if not text.isascii() and HAS_FULL_STOP.search(text) else SPACED_END
    for match in pattern.finditer(text):
        if "\n\n" not in match[0] and _runs_on(text, start, match, language):
            continue
        if folded := fold(text[start : match.end()]):
            yield folded
        start = match.end()
    if folded := fold(text[start:]):
        yield folded


def _runs_on(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    at = match.start()
    if not at:
        return False
    ahead = text[match.end() : match.end() + LOOKED_AHEAD]
    if text[at - 1] in FULL_STOPS or not match[0][-1:].isspace():  # no space is needed in these scripts
        return bool(match[0].strip()) and ahead.startswith(_after_quote())
    first = ahead.lstrip(OPENERS.replace("\\", ""))[:1]
    if first.islower() and not first.isascii() and not "ა" <= first <= "ჿ":
        return True
    return text[at - 1] == "." and _is_abbreviated(text[max(start, at - LOOKED_BACK) : at], ahead, language)


def _is_abbreviated(before: str, ahead: str, language: str) -> bool:
    """Whether the full stop behind these words belongs to an abbreviation or an ordinal number."""
    found = LAST_WORD.search(before)
    if not found:
        return False
    word = found[0][:-1].casefold()
    if word.isdigit():
        return _is_ordinal(before, ahead, language)
    tail = WORD_END.search(word)
    last = tail[0] if tail else word
    if (len(last) == 1 and last.isalpha() and not UNSPACED.match(last)) or word in _abbreviations(language):
        return True
    return ahead[:1].isdigit() and word in _before_figures()


def _is_ordinal(before: str, ahead: str, language: str) -> bool:
    """Whether a number with a full stop is an ordinal: before a month, or behind an article or preposition."""
    following = NEXT_WORD.match(ahead)
    if not following or not ORDINAL.search(before):
        return False
    if following[0].casefold() in _ordinal_months(language):
        return True
    previous = BEFORE_ORDINAL.search(before)
    return previous is not None and previous[1].casefold() in _words("before_ordinals", language)


@cache
def _words(key: str, language: str) -> frozenset[str]:
    """Entries of one language; of all languages where it is not known."""
    return frozenset(words_of(language, "sentences", key) if language else merged_words("sentences", key))


@cache
def _abbreviations(language: str) -> frozenset[str]:
    """Abbreviations before a word with a capital: those of all languages, and a language's that are words elsewhere."""
    return frozenset((*merged_words("sentences", "abbreviations"), *words_of(language, "sentences", "own")))


@cache
def _before_figures() -> frozenset[str]:
    """Words that are abbreviations only before a figure, such as "no." and "fig."."""
    return frozenset(merged_words("sentences", "before_figures"))


@cache
def _after_quote() -> tuple[str, ...]:
    """With what a sentence goes on behind a quotation that ends with a full stop, in script without spaces."""
    return merged_words("sentences", "after_quote")


@cache
def _ordinal_months(language: str) -> frozenset[str]:
    """Names of months in languages that write ordinal numbers with a full stop."""
    codes = (language,) if language else language_codes()
    return frozenset(
        name for code in codes if language_data(code, "sentences").get("ordinals") for name in month_names_of(code)
    )
