"""Statements of the writer's own age under 18, by the patterns of `languages/<code>/ages.yaml`.

Looks for plain first-person statements; silence means nothing.
"""

from __future__ import annotations

import re
from functools import cache

from generator.languages.registry import language_codes, language_data
from generator.languages.sentences import sentences

ADULT = 18  # years
FIGURES = r"(?<!\d)(?:1[0-7]|[89])(?!\d)"
ORDINAL_FIGURES = r"(?<!\d)(?:1[0-7]|[89])(?=th\b)"

Pattern = tuple[re.Pattern[str], dict[str, int]]


def stated_age(words: str, *, own_page: bool = True) -> int | None:
    """The age under 18 that the writer gives as their own, in any language with patterns.

    Args:
        words: text in the writer's own voice, without quotations.
        own_page: the text introduces its writer, so that a bare "15, Leeds" is an age.

    Returns:
        Years; None where no age under 18 is stated.
    """
    if not _mentions().search(words):
        return None
    for sentence in sentences(words):
        if not _mentions().search(sentence):
            continue
        for pattern, numbers in _patterns(own_page=own_page):
            if found := pattern.search(sentence):
                return _years(found, numbers)
    return None


def _years(found: re.Match[str], numbers: dict[str, int]) -> int:
    """The age that a match states; 17 where it says "under 18" only."""
    groups = found.groupdict()
    if groups.get("next"):
        return int(groups["next"]) - 1
    if groups.get("minor"):
        return ADULT - 1
    age = groups["age"].casefold()
    return numbers.get(age) or int(age)


@cache
def _mentions() -> re.Pattern[str]:
    """Finds whether a text holds a number of years at all; all statements but "I am a minor" do."""
    words = {word for code in language_codes() for word in (*_numbers(code), *_minor_words(code))}
    longest = sorted(words, key=lambda word: (-len(word), word))
    figures = r"(?<!\d)(?:1[0-8]|[89])(?!\d)"
    return re.compile("|".join((figures, *map(re.escape, longest))), re.IGNORECASE)


def _numbers(code: str) -> dict[str, int]:
    """Number words of a language, cardinal and ordinal, with their values."""
    data = language_data(code, "ages")
    return {str(w): int(n) for key in ("numbers", "ordinals") for w, n in data.get(key, {}).items()}


def _minor_words(code: str) -> tuple[str, ...]:
    """Words that state an age under 18 without a number."""
    return tuple(str(word) for word in language_data(code, "ages").get("minor_words", ()))


@cache
def _patterns(*, own_page: bool) -> tuple[Pattern, ...]:
    """All patterns with the number words of their language."""
    found: list[Pattern] = []
    for code in language_codes():
        data, numbers = language_data(code, "ages"), _numbers(code)
        age = _group(FIGURES, data.get("numbers", {}))
        ordinal = _group(ORDINAL_FIGURES, data.get("ordinals", {}), after="(?:th)?")
        lines = (*data.get("patterns", ()), *(data.get("profile_patterns", ()) if own_page else ()))
        found += [
            (re.compile(line.replace("{age}", age).replace("{ordinal}", ordinal), re.IGNORECASE), numbers)
            for line in lines
        ]
    return tuple(found)


def _group(figures: str, words: dict[str, int], after: str = "") -> str:
    """The group `age`: figures or words, the longest first."""
    longest = sorted(map(str, words), key=lambda word: (-len(word), word))
    return f"(?P<age>{'|'.join((figures, *map(re.escape, longest)))}){after}"
