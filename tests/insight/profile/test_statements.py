"""What people ask, wish for and speak up for: whose words count, and which are left out."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.insight.profile.statements import statements_of
from generator.insight.terms.post_index import index_posts

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, FILLER, corpus, person, post


def said(*sentences, place="end"):
    """What Ada asks and champions in one post whose last (or first) paragraph holds the sentences."""
    told = f"{FILLER} " + " ".join(sentences)
    body = [FILLER] * 5
    text = "\n\n".join([*body, told] if place == "end" else [told, *body])
    post_index = index_posts(corpus([person("ada")], [post("https://ada.example/p", "ada", text=text)]), as_of=AS_OF)
    return statements_of("ada", post_index)


@pytest.mark.parametrize(
    "sentence",
    [
        "Does anyone know a repair shop that still stocks the old hinge?",
        "Who else is riding the north side this early in the season?",
        "Which shovel would you carry on a trip of three days?",
        "What is your favourite way to teach rescue drills to beginners?",
        "How can we make avalanche courses cheaper for newcomers?",
        "Do you have a story to share about your first split?",
    ],
)
def test_questions_to_readers_are_quoted(sentence):
    """A question put to readers or the community is quoted verbatim."""
    assert [q.text for q in said(sentence).questions] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Did you know that snow has a memory of the wind?",
        "Who knows what the next storm will bring us?",
        "How do we construct the layers of the pit?",
        "What if the whole slope went at once?",
        "Anyone who has dug a pit knows, right?",
        "Do you have another use for it at home?",
        "What Do You Carry On A Trip Of Three Days?",
        "Does anyone use foo() or bar::baz in earnest?",
        "Why not?",
        "Do you think the gap is small enough for a whole season?",
    ],
)
def test_questions_for_effect_are_left_out(sentence):
    """Rhetorical questions, headlines, questions that lean on another sentence, and code are left out."""
    assert said(sentence).questions == ()


@pytest.mark.parametrize(
    "run",
    [
        ["How does a hut pay its way?", "How can we support each other on the long traverse?"],
        ["How can we support each other on the long traverse?", "Or is every hut on its own?"],
    ],
)
def test_questions_in_a_run_are_left_out(run):
    """Questions that follow one another think aloud, within a paragraph and from line to line of a list."""
    assert said(*run).questions == ()
    text = "\n\n".join([*[FILLER] * 5, *run])
    post_index = index_posts(corpus([person("ada")], [post("https://ada.example/p", "ada", text=text)]), as_of=AS_OF)
    assert statements_of("ada", post_index).questions == ()


def test_question_answered_at_once_is_left_out():
    """A question its writer answers in the next sentence asks nobody."""
    assert said("Which wax would you use on a cold day?", "The answer is none.").questions == ()


def test_question_to_the_reader_counts_at_the_end_only():
    """ "Do you ..." in a post's middle is a manner of telling; at its end it is put to readers."""
    sentence = "Would you want a longer course next winter?"

    assert [len(said(sentence, place=place).questions) for place in ("end", "start")] == [1, 0]


@pytest.mark.parametrize(
    "sentence",
    [
        "I think everyone should practise a rescue before the first storm.",
        "We need more women teaching avalanche courses in this valley.",
        "Please don't ski alone on the day after a storm.",
        "The industry needs a common standard for touring plates.",
        "I strongly believe that beginners deserve honest trip reports.",
    ],
)
def test_championing_is_quoted(sentence):
    """A sentence that begins by speaking up for something is quoted verbatim."""
    assert [q.text for q in said(sentence).champions] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "I wish more shops would stock spare parts for older bindings.",
        "I'd love to see a public map of every snow pit in the range.",
    ],
)
def test_wishes_are_told_apart(sentence):
    """A sentence that begins with a wish is no question and speaks up for nothing: it is a wish."""
    found = said(sentence)

    assert [q.text for q in found.wishes] == [sentence]
    assert (found.questions, found.champions) == ((), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "We need to loosen the four screws before the plate comes off.",
        "Let's start with a look at the base of the board.",
        "This is why I think we should turn round here.",
        "I wish I had brought the other gloves.",
        "He thinks everyone should practise a rescue before the first storm.",
        "Please let me know if the link is broken again.",
        "Please don't get upset about details such as the colour of a rope.",
        "Please do not take the figures below the map for a forecast.",
        "I really feel that much of the work of the past year is poised to pay off.",
        "I am hopeful that beacons can provide the next layer of safety.",
        "I think instead we should spin up groups for each valley.",
        "I think we should aim to finish this by the end of winter.",
        "I think everyone should vote in the next election this spring.",
    ],
)
def test_instructions_and_private_matters_are_not_championed(sentence):
    """Steps of a tutorial, sentences that lean on others, and what touches politics are left out."""
    assert (said(sentence).champions, said(sentence).wishes) == ((), ())


def test_sayings_skip_off_topic_old_and_unquotable_posts():
    """Only on-topic posts of the window that may be quoted are read."""
    ask = f"{FILLER} Does anyone know a repair shop that still stocks the old hinge?"
    posts = [
        post("https://ada.example/1", "ada", text=ask, relevance=0.4),
        post("https://ada.example/2", "ada", text=ask, on=date(2019, 1, 1)),
        post("https://ada.example/3", "ada", text=ask, quotable=False),
        post("https://ada.example/4", "ada", text=ask, on=AS_OF + timedelta(days=1)),
        post("https://ada.example/5", "ada", text=ask, language="de"),
    ]

    assert statements_of("ada", index_posts(corpus([person("ada")], posts), as_of=AS_OF)).questions == ()
