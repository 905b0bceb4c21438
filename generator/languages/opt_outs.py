"""Wishes not to be listed, recognised by a grammar in `languages/<code>/opt_outs.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from generator.languages.clause_grammar import grammar_of
from generator.languages.registry import language_codes, language_data

REGISTER = "REGISTER"  # class of what one may be listed in
OWN = "OWN"  # class of what one may call one's own site


def asks_to_be_left_out(sentence: str, codes: Iterable[str] | None = None) -> bool:
    """Whether a sentence asks that its writer or site is not listed.

    Args:
        sentence: one sentence of the writer's own page.
        codes: languages to read it in; None for all, since a wish counts in whichever language it is written.
    """
    if not _mentions().search(sentence.casefold()):
        return False
    for code in language_codes() if codes is None else codes:
        grammar = grammar_of(code, "opt_outs")
        if grammar and any(
            next(grammar.matches(clause, ("wishes",)), None) is not None for clause in grammar.clauses(sentence)
        ):
            return True
    return False


@cache
def _mentions() -> re.Pattern[str]:
    """Finds whether a text names a list or an own site at all; all wishes do."""
    words = {
        str(word)
        for code in language_codes()
        for name in (REGISTER, OWN)
        for word in language_data(code, "opt_outs").get("classes", {}).get(name, ())
    }
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))
