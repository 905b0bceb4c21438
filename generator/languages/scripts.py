"""Scripts of writing: which characters are written without spaces, and the language a script is stemmed in."""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
PHRASAL = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
# Vowel signs and other marks that Indic scripts, Thai and their neighbours write as characters of a word.
MARKS = "".join(f"{chr(code)}" for code in range(0x0300, 0x1E00) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
UNSPACED = re.compile(f"[{HAN}{HIRAGANA}{KATAKANA}{PHRASAL}]")

# The last character of a block, the language whose stemmer serves its words, and the other languages written in it.
_BLOCKS: tuple[tuple[int, str, frozenset[str]], ...] = (
    (0x036F, "en", frozenset()),
    (0x03FF, "el", frozenset({"el"})),
    (0x052F, "ru", frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"})),
    (0x058F, "hy", frozenset({"hy"})),
    (0x05FF, "he", frozenset({"he", "yi"})),
    (0x06FF, "ar", frozenset({"ar", "fa", "ur"})),
    (0x08FF, "", frozenset()),
    (0x097F, "hi", frozenset({"hi", "ne", "mr"})),
    (0x0B7F, "", frozenset()),
    (0x0BFF, "ta", frozenset({"ta"})),
    (0x10FFFF, "", frozenset()),
)
_NOT_LATIN = frozenset[str]().union(
    *(codes for _, _, codes in _BLOCKS), {"zh", "ja", "ko", "th", "lo", "km", "my", "ka"}
)


def stemming_language(word: str, language: str) -> str:
    """The language whose stemmer serves a word of a text: that of its script where the text's has another script.

    Args:
        word: one token.
        language: ISO 639-1 code of the text; "" where it is not known.

    Returns:
        "ko" for Hangul; "" for other scripts without a stemmer.
    """
    if word.isascii():
        return language if language and language not in _NOT_LATIN else "en"
    first = ord(word[0])
    if 0xAC00 <= first <= 0xD7AF:
        return "ko"
    for last, default, codes in _BLOCKS:
        if first <= last:
            if last == _BLOCKS[0][0]:
                return language if language and language not in _NOT_LATIN else default
            return language if language in codes else default
    return ""
