"""Refusals of being approached and wishes not to be listed, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.languages.opt_outs import asks_to_be_left_out
from generator.languages.refusals import RefusalScope, has_refusal_grammar, refusal_in

LABELLED = yaml.safe_load((Path(__file__).parent / "labelled_statements.yaml").read_text("utf-8"))
ENGLISH = [(scope, sentence) for scope, sentences in LABELLED["refusals"]["en"].items() for sentence in sentences]
OTHER = [
    (code, label == "refused", sentence)
    for code, labels in LABELLED["other_languages"].items()
    for label, sentences in labels.items()
    for sentence in sentences
]
WISHES = [(label == "wishes", sentence) for label, sentences in LABELLED["opt_outs"].items() for sentence in sentences]


@pytest.mark.parametrize(("scope", "sentence"), ENGLISH)
def test_english_refusals_have_a_scope(scope, sentence):
    """A sentence refuses any approach, named kinds only, or nothing."""
    refusal = refusal_in(sentence, "en")

    assert (refusal.scope.value if refusal else "none") == scope


def test_at_least_150_sentences_a_third_of_them_no_refusal():
    """The labelled set is large enough, and invitations and remarks weigh as much as refusals."""
    none = sum(scope == "none" for scope, _ in ENGLISH)

    assert len(ENGLISH) >= 150
    assert none >= len(ENGLISH) / 3 - 5


@pytest.mark.parametrize(("code", "refused", "sentence"), OTHER)
def test_refusals_in_other_languages(code, refused, sentence):
    """The grammar of each language finds its refusals and passes over invitations."""
    assert (refusal_in(sentence, code) is not None) is refused


def test_kinds_are_named():
    """The words that name what is refused are given, so that the report can say it."""
    refusal = refusal_in("No guest posts or sponsored content, but happy to answer mail.", "en")

    assert refusal.scope is RefusalScope.KIND
    assert refusal.what == ("guest posts", "sponsored content")


def test_a_language_without_a_grammar_refuses_nothing():
    """Nothing is read into a language that has no rules."""
    assert not has_refusal_grammar("xx")
    assert refusal_in("No pitches.", "xx") is None


@pytest.mark.parametrize(("wish", "sentence"), WISHES)
def test_wishes_not_to_be_listed(wish, sentence):
    """A wish counts in whichever language it is written; a remark about lists is not one."""
    assert asks_to_be_left_out(sentence) is wish
