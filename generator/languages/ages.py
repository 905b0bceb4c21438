"""Statements of the writer's own age under 18, by the patterns of `languages/<code>/ages.yaml`.

Looks for plain first-person statements; silence means nothing.
"""

from __future__ import annotations

import re
from functools import cache

from generator.languages.registry import language_codes, language_data

ADULT = 18  # years
FIGURES = r"(?<!\d)(?:1[0-7]|[89])(?!\d)"


def stated_age(words: str) -> int | None:
    """The age under 18 that the writer gives as their own, in any language with patterns.

    Args:
        words: text in the writer's own voice, without quotations.

    Returns:
        Years; None where no age under 18 is stated.
    """
    for pattern, numbers in _patterns():
        if found := pattern.search(words):
            groups = found.groupdict()
            if groups.get("next"):
                return int(groups["next"]) - 1
            age = groups["age"].casefold()
            return numbers.get(age) or int(age)
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, int]], ...]:
    """All patterns with the number words of their language."""
    found = []
    for code in language_codes():
        data = language_data(code, "ages")
        numbers = {str(word): int(value) for word, value in data.get("numbers", {}).items()}
        words = "|".join(re.escape(word) for word in sorted(numbers, key=lambda word: (-len(word), word)))
        age = f"(?P<age>{FIGURES}{'|' + words if words else ''})"
        found += [
            (re.compile(pattern.replace("{age}", age), re.IGNORECASE), numbers) for pattern in data.get("patterns", ())
        ]
    return tuple(found)
