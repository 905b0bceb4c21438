"""Which terms may be shown as a subject: nouns and whole noun phrases, nobody's name, no habit word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.insight.conversation.overview import is_more_specific
from generator.insight.terms.term_counts import count_terms
from generator.languages.language import load_language
from generator.languages.parts_of_speech import Role, WordClass, parts_of_speech, role_between
from generator.languages.subject_words import subject_words

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import english, post


def subjects(*sentences, tags=()):
    """The terms of twelve alike posts that may be shown, as they are spelled then."""
    text = " ".join(sentences)
    posts = [post(f"https://ada.example/{n}", "ada", title="x", text=text, tags=tags) for n in range(12)]
    table = count_terms(posts, english, {})
    return {table.shown[t] for t in range(len(table.terms)) if table.subject[t]}


def test_nouns_are_told_from_verbs_and_adjectives_by_their_neighbours():
    """What stands after an article and before a full stop is a noun; what follows "we" or "was" is none."""
    found = subjects("We blorted the glacier.", "They blorted it. The glacier was zingy. It is zingy.")

    assert found == {"glacier"}


def test_a_piece_of_a_phrase_is_no_term():
    """A pair that stands inside one longer phrase alone is not shown beside it."""
    found = subjects("The persistent snow crust is old.", "We saw a persistent snow crust.")

    assert "persistent snow crust" in found
    assert not {"persistent snow", "snow crust"} & found


def test_names_keep_their_capitals_and_people_are_no_subject():
    """A place or a product stands after "in", "at" or an article; a name that never does is somebody's."""
    found = subjects("We met at Corbel Ridge. I asked Zafira and left with Zafira, and Zafira laughed.")

    assert found == {"Corbel Ridge"}
    assert "Kestrel" in subjects("We met Kestrel and left with Kestrel.", tags=("kestrel",))


def test_a_handle_is_no_subject_whatever_its_capitals():
    """Who says and thinks things, and goes out "and I", is somebody; what stands after articles says them in a figure."""
    said = ("We met with zafir. I asked zafir.", "Then zafir said no.", "So zafir and I left.", "Later zafir wrote.")
    told = (
        "The splitboard said no.",
        "The splitboard and I left.",
        "We wax the splitboard.",
        "Then the splitboard wrote.",
    )

    assert "zafir" not in subjects(*said)
    assert "zafir" in subjects("We met with zafir. We left with zafir.")
    assert "splitboard" in subjects(*told)


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("weak layer", True),
        ("avalanche", True),
        ("borrow checker", True),
        ("phone", False),
        ("eleven", False),
        ("percent", False),
        ("stuff", False),
        ("announcing", False),
        ("persistent", False),
        ("knocked", False),
        ("sled", True),
        ("complained of cold", False),
        ("upper car", False),
        ("nearly snow", False),
    ],
)
def test_everyday_words_name_no_subject(term, said):
    """Numbers, units, verbs, adjectives and vague nouns say nothing alone; an adjective may open a phrase."""
    assert subject_words("en").can_name_subject(term) is said


def test_vague_words_that_belong_together_name_a_subject():
    """Two vague words that go together by use name something, one alone never does."""
    assert subject_words("en").can_name_subject("type system", collocated=True)
    assert not subject_words("en").can_name_subject("type system")
    assert not subject_words("en").can_name_subject("system", collocated=True)


@pytest.mark.parametrize(
    ("before", "after", "role"),
    [
        (WordClass.DETERMINER, WordClass.BEING, Role.NOUN),
        (WordClass.DETERMINER, WordClass.CONTENT, Role.NONE),
        (WordClass.SUBJECT, WordClass.CONTENT, Role.VERB),
        (WordClass.CONTENT, WordClass.DETERMINER, Role.VERB),
        (WordClass.DEGREE, WordClass.BREAK, Role.ADJECTIVE),
        (WordClass.CONTENT, WordClass.CONTENT, Role.NONE),
    ],
)
def test_neighbours_show_the_role_of_a_word(before, after, role):
    """ "the … is" holds a noun, "we …" and "… the" a verb, "very ….", an adjective."""
    assert role_between(before, after) is role


def test_a_doubtful_ending_needs_clearer_evidence():
    """Seven noun uses of ten are enough for "layer" and too few for "frozenly"."""
    assert parts_of_speech("en").is_noun("layer", 7, 2, 1)
    assert not parts_of_speech("en").is_noun("frozenly", 7, 2, 1)
    assert parts_of_speech("en").is_noun("layer", 0, 0, 0, min_uses=0)
    assert not parts_of_speech("en").is_noun("layer", 0, 0, 0)


@pytest.mark.parametrize(
    ("term", "more"), [("rust", False), ("rust code", False), ("rust compiler", True), ("lint", True)]
)
def test_a_topic_word_and_a_vague_word_say_no_more_than_the_topic(term, more):
    """What is left of a term without the topic's own words must name a subject."""
    assert is_more_specific(term, frozenset({"rust"}), load_language("en")) is more
