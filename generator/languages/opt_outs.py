"""Wishes not to be listed, recognised by a grammar in `languages/<code>/opt_outs.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from generator.languages.clause_grammar import grammar_of
from generator.languages.registry import language_codes, language_data
from generator.languages.sentences import sentences

SECTION = "wishes"
CLASSES = ("REGISTER", "OWN", "MARK")  # what one may be listed in, one's own site, words of ranking and profiling
MAX_SENTENCE_CHARS = 600  # a longer "sentence" is a torn page: it is read in pieces of this length


def wishes_to_be_left_out(text: str) -> Iterator[str]:
    """The sentences of a text that ask that its writer or site is not listed, in order.

    Args:
        text: of the writer's own pages; time grows with its length only.
    """
    if not _mentions().search(text.casefold()):
        return
    for sentence in sentences(text):
        for start in range(0, len(sentence), MAX_SENTENCE_CHARS):
            piece = sentence[start : start + MAX_SENTENCE_CHARS]
            if asks_to_be_left_out(piece):
                yield piece
                break


def asks_to_be_left_out(sentence: str, codes: Iterable[str] | None = None) -> bool:
    """Whether a sentence asks that its writer or site is not listed.

    Args:
        sentence: one sentence of the writer's own page.
        codes: languages to read it in; None for all, since a wish counts in whichever language it is written.
    """
    if sentence.rstrip().endswith(("?", "？")) or not _mentions().search(sentence.casefold()):
        return False
    for code in language_codes() if codes is None else codes:
        grammar = grammar_of(code, "opt_outs")
        if (
            grammar
            and grammar.may_match(grammar.tokens(sentence), (SECTION,))
            and any(next(grammar.matches(clause, (SECTION,)), None) for clause in grammar.clauses(sentence))
        ):
            return True
    return False


@cache
def _mentions() -> re.Pattern[str]:
    """Finds whether a text names a list, an own site or a ranking at all; all wishes do."""
    words = {
        str(word).casefold()
        for code in language_codes()
        for name in CLASSES
        for word in language_data(code, "opt_outs").get("classes", {}).get(name, ())
    }
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))
