"""Grammars over clauses: classes, productions, and the cheap look before a sentence is tagged."""

from __future__ import annotations

from time import perf_counter

import pytest

from generator.languages import clause_grammar
from generator.languages.clause_grammar import grammar_of
from generator.languages.opt_outs import wishes_to_be_left_out
from generator.languages.refusals import Refusal, RefusalScope, refusal_in_any, refusal_languages

RULES = {
    "classes": {"NEG": ["not", "do not"], "SEND": ["send", "mail"], "CONTRAST": ["but"]},
    "harmless": ["NEG ~1 hesitate"],
    "orders": ["NEG ~2 SEND", "^ stop SEND|$"],
}


@pytest.fixture
def grammar(monkeypatch):
    """A small grammar of its own."""
    monkeypatch.setattr(clause_grammar, "language_data", lambda _code, _name: RULES)
    grammar_of.cache_clear()
    yield grammar_of("xx", "small")
    grammar_of.cache_clear()


@pytest.mark.parametrize(
    ("sentence", "matches"),
    [
        ("Do not send it.", True),
        ("Please do not ever really send it.", True),
        ("Do not ask why we send it.", False),
        ("Do not hesitate to send it.", False),
        ("Not now, but send it.", False),
        ("Stop.", True),
        ("Stop sending.", False),
        ("Never stop.", False),
    ],
)
def test_productions_are_sequences_of_classes_in_one_clause(grammar, sentence, matches):
    """Gaps are bounded, contrast divides clauses, `harmless` sequences cancel, `^` and `$` are the ends of a clause."""
    found = [match for clause in grammar.clauses(sentence) for match in grammar.matches(clause, ("orders",))]

    assert bool(found) is matches
    assert grammar.may_match(grammar.tokens(sentence), ("orders",)) or not matches


def test_a_sentence_without_a_needed_word_is_not_tagged(grammar):
    """Each production needs a word of each of its classes; without any of the rarest ones no clause is read."""
    assert not grammar.may_match(grammar.tokens("A day on the lake."), ("orders",))


def test_a_refusal_of_any_approach_beats_one_of_kinds_in_another_language():
    """Every language with a grammar is tried; the clauses that refuse nothing are given."""
    assert {"en", "de", "ja", "zh"} <= set(refusal_languages())
    assert refusal_in_any("Keine Werbung, bitte.", "en").scope is RefusalScope.APPROACH
    assert refusal_in_any("No backlinks, but do write.") == Refusal(
        RefusalScope.KIND, ("backlinks",), "en", ("do write",)
    )
    assert refusal_in_any("I live by the lake.") is None


@pytest.mark.parametrize(
    "text", ["please do not list " * 3_000, "list" * 40_000, "不要收录" * 3_000, "\n\n".join(["list"] * 9_000)]
)
def test_hostile_texts_are_searched_in_linear_time(text):
    """Torn pages, one long word and thousands of short paragraphs cost no more than their length."""
    started = perf_counter()
    list(wishes_to_be_left_out(text))

    assert perf_counter() - started < 10
