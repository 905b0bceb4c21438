"""Common ground between a story and somebody's sentences, one rule a test."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from generator.insight.brief.client_story import read_story
from generator.insight.brief.common_ground import common_ground
from generator.insight.terms.post_index import index_posts
from generator.languages.language import load_language
from generator.records import Stance

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, corpus, person, post, topic

STORY = (
    "A thermos that survives a tomahawk tumble: it keeps soup warm through frost nights, and opens with thick gloves."
)
OTHERS = tuple(
    post(f"https://bo.example/{n}", "bo", text=f"On day {n} the wind moved snow over the ridge.", on=date(2025, 5, n))
    for n in range(1, 31)
)


def found(*texts, story=STORY, keywords=("splitboard",), others=OTHERS, title="A note", language="en", quotable=True):
    """What Ada, who wrote the texts, and the story share, in a circle of thirty posts about wind."""
    posts = [
        post(f"https://ada.example/{n}", "ada", title=title, text=text, on=date(2025, 6, n), language=language,
             quotable=quotable)
        for n, text in enumerate(texts, start=1)
    ]  # fmt: skip
    post_index = index_posts(corpus([person("ada"), person("bo")], [*posts, *others]), as_of=AS_OF)
    return common_ground(
        "ada", read_story(topic(story=story, keywords=keywords), post_index, load_language("en")), post_index
    )


def said(*texts, **other):
    """The same as clause, stand and sentence."""
    return [(ground.ours, ground.stance.value, ground.theirs.text) for ground in found(*texts, **other)]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("I wish there was a thermos for people like us.", "wishes"),
        ("It would be nice to own a thermos for once.", "wishes"),
        ("Cleaning a thermos in a hut is tedious work for everybody.", "difficulties"),
        ("I love my old thermos more than any rope.", "interests"),
    ],
    ids=lambda value: value.split()[0],
)
def test_a_stand_on_what_the_client_makes_is_common_ground(sentence, stance):
    """A wish, a difficulty or an interest that names the thing itself is enough; both are quoted."""
    assert said(sentence) == [("A thermos that survives a tomahawk tumble", stance, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The thermos stands on the shelf beside two old bottles.",
        "I think the thermos stands on the shelf beside two bottles.",
        "I do not love my old thermos any more than the rope.",
        "I wish it was mine, the thermos there on the shelf.",
        "This is a thermos that I love more than my rope.",
        "Do I love my old thermos more than any rope?",
    ],
    ids=["no-stand", "a-view-of-one-word", "negated", "leans", "points", "asked"],
)
def test_what_takes_no_stand_or_leans_on_another_sentence_is_none(sentence):
    """Naming a thing says nothing of it, of everything somebody thinks something, and a quotation stands alone."""
    assert said(sentence) == []


def test_two_rare_words_of_a_clause_meet_it():
    """Where the thing is not named, two words of one clause are needed, however each is spelled."""
    warm = "I struggle to keep my soups warm when the frost comes early."

    assert said(warm) == [("it keeps soup warm through frost nights", "difficulties", warm)]
    assert said("I struggle to keep my soups from boiling over on the stove.") == []


def test_the_thing_and_another_clause_are_quoted_together():
    """What the client makes, spoken of with what another clause says of it, shows both clauses."""
    sentence = "I struggle to open a thermos while I wear thick gloves."

    assert said(sentence) == [
        ("A thermos that survives a tomahawk tumble … opens with thick gloves", "difficulties", sentence)
    ]


def test_words_of_the_topic_and_of_half_the_posts_weigh_nothing():
    """The topic's keywords are everybody's; so is what stands in every other post of the circle."""
    sentence = "I wish there was a thermos for people like us."
    common = [post(f"https://bo.example/t{n}", "bo", text="A thermos stood in the snow.") for n in range(30)]

    assert said(sentence, keywords=("thermos",)) == []
    assert said(sentence, others=(*OTHERS, *common)) == []


def test_a_thing_of_two_words_is_named_by_both():
    """“A soup kitchen” is no kitchen: one word of its name is not the thing."""
    story = "A soup kitchen for huts."

    assert said("I wish there was a kitchen for people like us.", story=story) == []
    assert [row[1] for row in said("I wish there was a soup kitchen for people like us.", story=story)] == ["wishes"]


def test_who_makes_a_tool_meets_those_who_do_what_it_does():
    """A debugger is for debugging; what merely looks alike is something else."""
    story = "A profiler for huts."

    assert [row[1] for row in said("I love profiling the stoves of a hut in winter.", story=story)] == ["interests"]
    assert said("I love the profile of a mountain seen in winter.", story=story) == []


def test_each_clause_is_met_once_by_its_best_sentence():
    """Weightier words first, then wishes before difficulties before interests, then the latest; each clause once."""
    texts = (
        "I love my old thermos more than any rope.",
        "I wish there was a thermos for people like us.",
        "I hope we find a thermos for people like us.",
    )

    assert [ground.theirs.text for ground in found(*texts)] == [texts[2]]
    assert [ground.theirs.text for ground in found(*reversed(texts))] == [texts[1]]


def test_a_post_named_by_the_thing_needs_no_stand():
    """A title that names what the client makes is common ground, with a sentence that names it too where there is one."""
    clause = "A thermos that survives a tomahawk tumble"
    plain = "The thermos stands on the shelf beside two old bottles."

    assert said(plain, title="Choosing a thermos") == [(clause, "subjects", plain)]
    assert said("It was cold.", title="Choosing a thermos") == [(clause, "subjects", "Choosing a thermos")]
    assert said(plain, title="Choosing a tumble") == []
    wish = "I wish there was a thermos for people like us."
    assert said(f"{plain} {wish}", title="Choosing a thermos") == [(clause, "wishes", wish)]


def test_what_may_not_be_quoted_or_read_is_none():
    """A post that asks not to be quoted is not, and a language without a data file is not read as English."""
    sentence = "I wish there was a thermos for people like us."

    assert said(sentence, quotable=False) == []
    assert said(sentence, language="de") == []
    assert [row[1] for row in said(sentence, language="")] == ["wishes"]


def test_nothing_told_is_nothing_shared():
    """Without a story, or with one of empty words, there is no common ground."""
    assert said("I wish there was a thermos for people like us.", story="") == []
    assert said("I wish there was a thermos for people like us.", story="We have been there.") == []


def test_weight_is_the_rarity_of_what_both_say():
    """One post of thirty-one holds the word, counted as two; the thing itself counts twice: 2 · ln(31 / 2) = 5.48."""
    (ground,) = found("I wish there was a thermos for people like us.")

    assert (ground.weight, ground.shared, ground.stance) == (5.48, ("thermo",), Stance.WISHES)
