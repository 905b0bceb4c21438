"""Refusals of being approached, recognised by a grammar: who, negation, verb of approach, what.

The grammar of a language stands in `languages/<code>/refusals.yaml`. Pages and people are not its concern.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from generator.languages.clause_grammar import Grammar, Word, grammar_of
from generator.languages.registry import language_codes

LEAD_WORDS = 4  # words that may stand before an order in its clause: "so PR people, please"
SUBJECT_REACH = 4  # words before a statement in which another subject makes it a report
SECTIONS = ("orders", "verdicts", "statements", "bans")
BROAD, COMMERCIAL, KIND = "GENERAL", "COMMERCIAL", "KIND"
WHAT = frozenset({BROAD, COMMERCIAL, KIND})


class RefusalScope(StrEnum):
    """How much a refusal covers."""

    APPROACH = "approach"  # being approached at all, or with anything commercial
    KIND = "kind"  # named kinds of request only


@dataclass(frozen=True, slots=True)
class Refusal:
    """What one sentence refuses.

    Attributes:
        what: the words that name the kinds, case-folded, in order.
        code: ISO 639-1 code of the language it was read in.
        rest: the clauses that refuse nothing, case-folded.
    """

    scope: RefusalScope
    what: tuple[str, ...]
    code: str = ""
    rest: tuple[str, ...] = ()


def refusal_in(sentence: str, code: str) -> Refusal | None:
    """What a sentence of an author's own page refuses.

    Args:
        sentence: one sentence as published.
        code: ISO 639-1 code of its language.

    Returns:
        None where nothing is refused, where the sentence asks, or where the language has no grammar.
    """
    grammar = grammar_of(code, "refusals")
    if grammar is None or sentence.rstrip().endswith(("?", "？")):
        return None
    if not grammar.may_match(grammar.tokens(sentence), SECTIONS):
        return None
    what: dict[str, None] = {}
    rest: list[str] = []
    broad = refused = False
    for clause in grammar.clauses(sentence):
        words = list(_without_means(clause))
        for start, order in _refusals(words, grammar):
            refused = True
            named = [
                word for word in words[start:] if word.classes & WHAT and not (order and "APPROACH" in word.classes)
            ]
            kinds = [word.text for word in named if not _is_broad(word, order=order)]
            broad = broad or not kinds or any(_is_broad(word, order=order) for word in named)
            what |= dict.fromkeys(kinds)
            break
        else:
            rest.append(" ".join(word.text for word in clause))
    if not refused:
        return None
    scope = RefusalScope.APPROACH if broad else RefusalScope.KIND
    return Refusal(scope, tuple(what), code, tuple(rest))


def has_refusal_grammar(code: str) -> bool:
    """Whether refusals in this language are recognised."""
    return grammar_of(code, "refusals") is not None


@cache
def refusal_languages() -> tuple[str, ...]:
    """Codes of the languages in which refusals are recognised, English first."""
    return tuple(code for code in language_codes() if has_refusal_grammar(code))


def refusal_in_any(sentence: str, first: str = "") -> Refusal | None:
    """What a sentence refuses in whichever language it is written; a refusal of any approach before one of kinds.

    Args:
        sentence: one sentence as published.
        first: code of the language that is tried first; "" where it is not known.
    """
    found: Refusal | None = None
    for code in dict.fromkeys((first, *refusal_languages())):
        refusal = refusal_in(sentence, code) if code else None
        if refusal and refusal.scope is RefusalScope.APPROACH:
            return refusal
        found = found or refusal
    return found


def _is_broad(word: Word, *, order: bool) -> bool:
    """Whether a word covers approaches as such: "don't contact me about advertising" does, "no ads" does not."""
    general = BROAD in word.classes and KIND not in word.classes
    return general or (order and COMMERCIAL in word.classes)


def _without_means(clause: Sequence[Word]) -> Iterator[Word]:
    """The words of a clause; those after "by" or "via" name a means and lose their classes."""
    means = False
    for word in clause:
        yield Word(word.text, word.classes - WHAT) if means else word
        means = "BY" in word.classes


def _refusals(clause: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, bool]]:
    """Word positions at which a refusal of the owner begins, and whether it is an order to the reader."""
    for section, start, _ in grammar.matches(clause, SECTIONS):
        before = clause[:start]
        if section == "orders" and not _addresses_reader(before):
            continue
        if section == "statements" and _is_report(before):
            continue
        if section == "bans" and not _opens_clause(before):
            continue
        yield start, section == "orders"


def _addresses_reader(before: Sequence[Word]) -> bool:
    """Whether an order follows: no subject stands before it, or only senders and words of courtesy."""
    if before and "PLEASE" in before[-1].classes and not before[-1].classes & {"I", "OTHERS"}:
        return True
    near = [word for word in before if "SENDER" not in word.classes]
    return len(before) <= 2 * LEAD_WORDS and not any(
        word.classes & {"I", "OTHERS"} and not word.classes & {"PLEASE"} for word in near[-LEAD_WORDS:]
    )


def _is_report(before: Sequence[Word]) -> bool:
    """Whether the nearest subject before a statement is not the owner."""
    for word in reversed(before[-SUBJECT_REACH:]):
        if "I" in word.classes:
            return False
        if word.classes & {"OTHERS"}:
            return True
    return bool(before) and "THIRD" in before[-1].classes


def _opens_clause(before: Sequence[Word]) -> bool:
    """Whether "no pitches" begins its clause, after words of courtesy only."""
    return all(word.classes & {"PLEASE", "SENDER", "NONE", *WHAT} for word in before)
