"""Names of months and weekdays in several languages, from the Unicode locale data that Babel ships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from babel.dates import get_day_names, get_month_names

from generator.languages.registry import language_codes, language_data, merged_words

SPELLINGS = "month_spellings"  # key of dates.yaml; a language that has it, even empty, has its months read
WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
MIN_NAME_CHARS = 2  # a shorter name is a number or an initial
CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


@cache
def month_names_of(code: str) -> frozenset[str]:
    """Names of months in one language, casefolded, without the full stop of an abbreviation."""
    return frozenset(
        name.casefold().rstrip(".")
        for width in WIDTHS
        for context in CONTEXTS
        for name in get_month_names(width, context, code).values()
    )


@cache
def month_numbers() -> Mapping[str, int]:
    """Number of the month, 1 to 12, by name: casefolded, without the full stop of an abbreviation.

    Names of all languages whose `dates.yaml` has the key `month_spellings`, English first; the entries of that key
    are spellings that Babel does not have. Abbreviations under `not_months` are left out.
    """
    found: dict[str, int] = {}
    for code in language_codes():
        spellings = language_data(code, "dates").get(SPELLINGS)
        if spellings is None:
            continue
        for width in WIDTHS:
            for context in CONTEXTS:
                for number, name in get_month_names(width, context, code).items():
                    bare = name.casefold().rstrip(".")
                    # "5月" is a number with a unit, and read with the numeric forms.
                    if len(bare) >= MIN_NAME_CHARS and not any(c.isdigit() for c in bare):
                        found.setdefault(bare, number)
        for name, number in spellings.items():
            found.setdefault(name, number)
    common = set(merged_words("dates", "not_months"))
    return MappingProxyType({name: number for name, number in found.items() if name not in common})


@cache
def weekday_names() -> tuple[str, ...]:
    """Names of weekdays and their abbreviations without a full stop, casefolded, longest first.

    Of the languages whose months are read.
    """
    found = {
        name.casefold().rstrip(".")
        for code in language_codes()
        if language_data(code, "dates").get(SPELLINGS) is not None
        for width in WIDTHS
        for context in CONTEXTS
        for name in get_day_names(width, context, code).values()
    }
    return tuple(sorted((name for name in found if len(name) >= MIN_NAME_CHARS), key=lambda name: (-len(name), name)))
