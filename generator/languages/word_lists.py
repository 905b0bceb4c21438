"""Word lists of languages: stop words, code words and private words.

The words stand in `<code>/stop_words.yaml`, `<code>/private_life.yaml` and `code_words.yaml`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from generator.languages.registry import language_codes, merged_words, words_of


@cache
def stop_words(code: str) -> frozenset[str]:
    """Function words of a language, and words of blogs and calendars; empty for a language without a list.

    Args:
        code: ISO 639-1 code of the text's language; "" where it is not known.
    """
    return frozenset((*words_of(code, "stop_words", "words"), *words_of(code, "stop_words", "furniture")))


@cache
def all_stop_words() -> frozenset[str]:
    """Stop words of all languages, for words whose language is not known, such as the topic's keywords."""
    return frozenset(word for code in language_codes() for word in stop_words(code))


@cache
def phrase_joiners(code: str) -> frozenset[str]:
    """Stop words that may stand inside a phrase, such as "of"; empty for a language without a list."""
    return frozenset(words_of(code, "stop_words", "joiners"))


@cache
def code_words() -> frozenset[str]:
    """Words of program text."""
    raw = yaml.safe_load(files(__package__).joinpath("code_words.yaml").read_text(encoding="utf-8"))
    return frozenset(raw["words"].split())


@cache
def sensitive_words() -> frozenset[str]:
    """Words of health, faith, politics, sex and origin in all languages: a tag or name may be in any of them."""
    return frozenset(merged_words("private_life", "sensitive"))


@cache
def _private_pattern(code: str) -> re.Pattern[str]:
    """Any private or sensitive word of a language; of all languages where it has no list."""
    known = words_of(code, "private_life", "private")
    codes = (code,) if known else language_codes()
    entries = {
        entry for one in codes for key in ("sensitive", "private") for entry in words_of(one, "private_life", key)
    }
    forms = (re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for entry in sorted(entries))
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def mentions_private_life(sentence: str, code: str) -> bool:
    """Whether a sentence touches on family, home, health, faith, politics, sex or origin.

    Args:
        sentence: text that may be shown.
        code: ISO 639-1 code of its language; for a language without a list the lists of all languages are used.
    """
    return bool(_private_pattern(code).search(sentence))
