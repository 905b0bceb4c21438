"""What to offer somebody: each offer rests on words of theirs, or is not chosen."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.insight.brief.client_story import read_story
from generator.insight.brief.common_ground import common_ground
from generator.insight.brief.offers import matching_offers, read_offers
from generator.insight.terms.post_index import index_posts
from generator.languages.language import load_language
from generator.records import Direction, Door, DoorState, Phrase, ProfileInsight, Quotation

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, corpus, person, post, topic

STORY = "A thermos that survives a tomahawk tumble."
OTHERS = tuple(
    post(f"https://bo.example/{n}", "bo", text=f"On day {n} the wind moved snow over the ridge.", on=date(2025, 5, n))
    for n in range(1, 31)
)
SILENT = ProfileInsight("ada", (), (), (), (), (), (), Direction.STEADY, "", None, None,
                        Door(DoorState.UNKNOWN, "", None, None), ())  # fmt: skip


def chosen(*offers, texts=(), profile=SILENT, about=None, tags=()):
    """What of the offers is chosen for Ada, who wrote the texts: offer, rule and her words."""
    posts = [
        post(f"https://ada.example/{n}", "ada", text=text, on=date(2025, 6, n), tags=tags)
        for n, text in enumerate(texts, start=1)
    ]
    ada = replace(person("ada"), own_words=about)
    post_index = index_posts(corpus([ada, person("bo")], [*posts, *OTHERS]), as_of=AS_OF)
    story = read_story(topic(story=STORY), post_index, load_language("en"))
    grounds = common_ground("ada", story, post_index)
    found = matching_offers("ada", read_offers(offers, load_language("en")), profile, grounds, story, post_index)
    return [(match.offer, match.because, match.said.text) for match in found]


KINDS = [
    ("early access", "they try out and compare things of this kind",
     "We tested three devices on the same slope in one week."),
    ("an afternoon with the design team", "they talk with those who build things, and pass it on",
     "Last winter I interviewed the woman who shapes splitboards in Gap."),
    ("a sponsored licence", "they maintain something for others, or say what that costs",
     "I have helped maintain the map of huts for seven years."),
    ("two festival tickets", "they speak at or go to events",
     "In May 2024, I gave a talk on snowpack at the club in Chamonix."),
    ("our tumble data", "they count and measure",
     "Over two winters I recorded the times and figures of every tour."),
    ("an avalanche course", "they teach, or say what they want to learn",
     "Every January I teach a class for people new to touring."),
    ("a loan of equipment", "they review and compare things of this kind",
     "Since March I have worn this heavy jacket on nine tours."),
    ("a guest column", "they write for others", "Since spring I write a page for the club magazine."),
]  # fmt: skip


@pytest.mark.parametrize(("offer", "because", "sentence"), KINDS, ids=lambda value: value[:20])
def test_a_kind_of_offer_rests_on_a_sentence_about_themselves(offer, because, sentence):
    """What somebody says they do speaks for offers of one kind, with the rule and the sentence."""
    assert chosen(offer, texts=(sentence,)) == [(offer, because, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We never tested three airbags on the same slope in one week.",
        "They tested three airbags on the same slope in one week.",
        "This is why we tested three airbags on the same slope.",
        "The wind tested three airbags and one of the huts.",
    ],
    ids=["negated", "others", "leans", "nobody"],
)
def test_what_is_negated_said_of_others_or_leans_speaks_for_nothing(sentence):
    """An offer is not pressed on anybody by a sentence that does not carry it."""
    assert chosen("early access", texts=(sentence,)) == []


def test_the_thing_itself_is_for_whom_wishes_for_it():
    """An offer of what the client makes answers a wish for it; one that names something else does not."""
    wish = "I wish there was a thermos for people like us."

    assert chosen("an early sample", "early access to a stove", texts=(wish,)) == [
        ("an early sample", "they wish for what you make", wish)
    ]


def test_the_most_telling_sentence_comes_first_then_the_latest():
    """Who interviews says more than who talked with a team; of two alike the later is shown."""
    texts = (
        "In spring I interviewed the woman who shapes splitboards in Gap.",
        "Last winter I interviewed the man who tests ropes in Gap.",
        "Yesterday I talked with the team of the ski patrol in Gap.",
    )

    assert [row[2] for row in chosen("an interview", texts=texts)] == [texts[1]]


def test_their_words_about_themselves_come_after_their_posts():
    """What stands on the about page speaks where no post does."""
    about = Quotation("I am the author of a map of huts.", "https://ada.example/about")
    sentence = "I have helped maintain the map of huts for seven years."

    assert [row[2] for row in chosen("a sponsorship", about=about)] == [about.text]
    assert [row[2] for row in chosen("a sponsorship", about=about, texts=(sentence,))] == [sentence]


def test_an_offer_is_matched_by_telling_words_of_theirs():
    """A tag or phrase that the offer names whole, or two telling words in what they say; "team" matches nobody."""
    tagged = replace(SILENT, tags=("Splitboards", "team"))
    asks = Quotation("Who else rides a carbon splitboard with wide skins?", "https://ada.example/1")
    dwells = replace(SILENT, phrases=(Phrase("splitboard", 5.0, 3, OTHERS[0].url),))

    assert chosen("a free splitboard for the team", profile=tagged, texts=("Snow fell.",), tags=("Splitboards",)) == [
        ("a free splitboard for the team", "they file posts under it", "Splitboards")
    ]
    assert chosen("a carbon splitboard", profile=replace(SILENT, questions=(asks,))) == [
        ("a carbon splitboard", "they speak of this very thing", asks.text)
    ]
    assert [row[:2] for row in chosen("a splitboard", profile=dwells)] == [
        ("a splitboard", "it is among their own subjects")
    ]
    assert chosen("a carbon stove", profile=replace(SILENT, questions=(asks,))) == []


def test_where_nothing_fits_nothing_is_chosen():
    """An offer of no kind, and a person who said nothing of themselves, leave it to the reader."""
    assert chosen("world peace", "early access", texts=("The ridge was cold and the wind had turned.",)) == []
