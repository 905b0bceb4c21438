"""Citation functions of German sentences."""

from __future__ import annotations

import pytest

from generator.insight.citations.citation_context import name_forms
from generator.insight.citations.citation_function import classify
from generator.languages.language import citation_language_of, language_of
from generator.records import CitationFunction
from tests.factories.insight import person


@pytest.mark.parametrize(
    ("sentence", "function"),
    [
        ("Vielen Dank an @ für den Hinweis.", CitationFunction.THANKS),
        ("Diese Methode stammt von @.", CitationFunction.CREDITS),
        ("Inspiriert von @ habe ich neu gebrannt.", CitationFunction.CREDITS),
        ("Ich sehe das anders als @.", CitationFunction.DISAGREES),
        ("Hier muss ich @ widersprechen.", CitationFunction.DISAGREES),
        ("Da hat @ recht: der Ofen entscheidet.", CitationFunction.MENTIONS),
        ("@ hat völlig recht.", CitationFunction.AGREES),
        ("Ich kann @ sehr empfehlen.", CitationFunction.AGREES),
        ("Ich kann @ nicht empfehlen.", CitationFunction.MENTIONS),
        ("Gestern habe ich @ gelesen.", CitationFunction.MENTIONS),
    ],
)
def test_german_words_around_a_link_say_what_it_does(sentence, function):
    """Patterns count near the link and not behind a negator; all else is a mention."""
    anchor = "Ada Lovelace"
    german = citation_language_of("de")
    assert german is not None
    who = name_forms(person("ada"))
    assert classify(sentence.replace("@", anchor), anchor, who, german) is function


def test_german_is_read_for_citations_alone():
    """A language that says which analyses it has patterns for is not used in the others."""
    assert citation_language_of("de-AT") is citation_language_of("de")
    assert language_of("de") is None
