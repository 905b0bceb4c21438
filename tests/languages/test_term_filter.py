"""The sentences insight puts together: grammar for one and for many, and nothing said that is not known."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.insight.brief.worksheets import what_to_avoid
from generator.insight.conversation.circle_questions import circle_questions
from generator.insight.conversation.overview import off_topic_counts
from generator.insight.profile.activity import _rate, _span
from generator.insight.profile.rationale import rationales
from generator.insight.profile.style import _tone
from generator.insight.terms.post_index import index_posts
from generator.insight.terms.term_counts import count_terms
from generator.records import (
    Cadence,
    CitationFunction,
    Contact,
    ContactKind,
    Direction,
    Door,
    DoorRule,
    DoorState,
    Phrase,
    ProfileInsight,
    PublisherKind,
    Quotation,
    StyleFacts,
)

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, circles, citation, corpus, english, graph, judgement, person, post, standing

DOOR = Door(DoorState.UNKNOWN, "", None, None)


def profile(slug, *, direction=Direction.STEADY, phrases=(), questions=()):
    told = tuple(Phrase(text, 3.0, 3) for text in phrases)
    return ProfileInsight(
        slug, told, (), (), tuple(questions), (), (), direction, "", Cadence(None, None, None, 0), None, DOOR, ()
    )


def why(
    citing,
    *,
    direction=Direction.STEADY,
    phrases=(),
    kind=CitationFunction.MENTIONS,
    quote="A word on snow.",
    quotes=(),
    times=1,
    silent=False,
    title="Hinges",
):
    """Ada's sentence, cited by people named in groups, each group a circle, the first of them Ada's own."""
    names = [name for group in citing for name in group]
    ada = post("https://ada.example/p", "ada", title=title)
    made = [
        citation(post(f"https://{name}.example/{n}", name, title="A letter"), ada, said, function=kind)
        for name, said in zip(names, quotes or [quote] * len(names), strict=True)
        for n in range(times)
    ]
    groups = [["ada", *citing[0]], *citing[1:]] if citing else [["ada"]]
    library = index_posts(corpus([person("ada", "Ada Holt"), *(person(name) for name in names)], [ada]), as_of=AS_OF)
    found = rationales(
        library,
        graph(made),
        circles(*groups),
        judgement([standing("ada", silent=silent)]),
        {"ada": profile("ada", direction=direction, phrases=phrases)},
    )
    return dict(found)["ada"]


@pytest.mark.parametrize(
    ("said", "case"),
    [
        ("Cited by one person, Bo.", {"citing": [["bo"]]}),
        ("Cited by one person, Bo, for “hinge oil”.", {"citing": [["bo"]], "phrases": ("hinge oil",), "quote": "On hinge oil."}),
        ("Cited by one person, Bo; what sets their posts apart is hinge oil and rivet guns.", {"citing": [["bo"]], "phrases": ("hinge oil", "rivets", "rivet guns")}),
        ("Cited by two people, all of their own circle.", {"citing": [["bo", "cy"]]}),
        ("Cited by three people, two of them in their own circle.", {"citing": [["bo", "cy"], ["di"]]}),
        ("Cited by four people across three circles.", {"citing": [["bo"], ["cy", "di"], ["ed"]]}),
        ("A new voice, already cited by one person, Bo.", {"citing": [["bo"]], "direction": Direction.NEW}),
        ("Cited by one person, Bo; writes more of late than before.", {"citing": [["bo"]], "direction": Direction.RISING}),
        ("Cited by one person, Bo; nothing on the topic heard since June 2025.", {"citing": [["bo"]], "silent": True}),
        ("Cited by one person; Bo argues with them in “A letter”.", {"citing": [["bo"]], "kind": CitationFunction.DISAGREES}),
        ("Cited by two people, all of their own circle; Bo alone does so three times.", {"citing": [["bo", "cy"]], "times": 3}),
        ("Cited by two people, all of their own circle, most often for “Oil for old hinges”.", {"citing": [["bo", "cy"]], "title": "Oil for old hinges"}),
        ("Cited by four people, two of them in their own circle, among other things for “hinge oil”.", {"citing": [["bo", "cy"], ["di", "ed"]], "phrases": ("hinge oil",), "quotes": ("On hinge oil.", "On hinge oil.", "On snow.", "On snow.")}),
        ("Cited by 2 people, all of their own circle; Bo alone does so 13 times.", {"citing": [["bo", "cy"]], "times": 13}),
        ("Cited by 13 people, 12 of them in their own circle.", {"citing": [[f"p{n}" for n in range(12)], ["q"]]}),
        ("Cited by one person, Bo.", {"citing": [["bo"]], "phrases": ("slid", "phone", "ice")}),
        ("Wrote three posts on the topic, most distinctively on rivets; no citation by others was heard in the window.", {"citing": [], "phrases": ("rivets",)}),
    ],
)  # fmt: skip
def test_why_is_grammatical_and_rests_on_counts(said, case):
    """Each sentence fits one and many, and says what is strongest."""
    assert why(**case) == said


@pytest.mark.parametrize(
    ("said", "persons", "bodies"),
    [
        ("Cited by one person, Bo, and by one organisation.", ["bo"], [PublisherKind.ORGANISATION]),
        ("Cited by no person, but by two organisations and one round-up.", [], [PublisherKind.ORGANISATION, PublisherKind.ORGANISATION, PublisherKind.AGGREGATOR]),
        ("Cited by two people, all of their own circle, and by one round-up.", ["bo", "cy"], [PublisherKind.AGGREGATOR]),
    ],
)  # fmt: skip
def test_organisations_and_round_ups_are_not_counted_as_people(said, persons, bodies):
    """Who cites is people, and apart from them what else cites, whichever circle it is drawn in."""
    ada = post("https://ada.example/p", "ada")
    others = [f"body{n}" for n in range(len(bodies))]
    made = [citation(post(f"https://{name}.example/", name), ada, "A word.") for name in (*persons, *others)]
    people = [person(name) for name in ("ada", *persons)]
    people += [person(name, kind=kind) for name, kind in zip(others, bodies, strict=True)]
    library = index_posts(corpus(people, [ada]), as_of=AS_OF)

    found = rationales(library, graph(made), circles(["ada", *persons, *others]), judgement([standing("ada")]), {"ada": profile("ada")})  # fmt: skip

    assert found == (("ada", said),)


def test_who_speaks_for_somebody_is_whoever_ranks_highest():
    """Praise by the third of a circle is told before credit by a stranger who ranks nowhere; blame comes last."""
    ada = post("https://ada.example/p", "ada", title="Hinges")
    said = {"bo": CitationFunction.DISAGREES, "cy": CitationFunction.AGREES, "di": CitationFunction.CREDITS}
    made = [
        citation(post(f"https://{name}.example/", name, title="A letter"), ada, "A word.", function=kind)
        for name, kind in said.items()
    ]
    library = index_posts(corpus([person("ada"), *(person(name) for name in said)], [ada]), as_of=AS_OF)
    ranked = judgement([standing("ada", 1), standing("bo", 2), standing("cy", 3)])

    found = dict(rationales(library, graph(made), circles(), ranked, {"ada": profile("ada")}))

    assert "Cy praises their work in “A letter”" in found["ada"]


def avoid(door=DOOR, *, silent=False, **who):
    return what_to_avoid(
        "ada",
        door,
        standing("ada", silent=silent),
        index_posts(corpus([person("ada", "Ada Holt", **who)]), as_of=AS_OF),
    )


def test_what_to_avoid_comes_from_door_language_and_habit():
    """What not to do is said where a page, a language or a habit says so, and only there."""
    account = Contact(ContactKind.ACCOUNT, "https://social.example/@ada", "https://ada.example/", AS_OF)
    refusal = Quotation("No guest posts.", "https://ada.example/about")

    assert avoid(Door(DoorState.OPEN, "", None, None)) == ()
    assert avoid(
        Door(DoorState.AJAR, "Invites mail, but refuses one kind of request.", refusal, None, DoorRule.REFUSES_KIND)
    ) == ("Do not send what they refuse. They say: “No guest posts.”",)
    assert avoid(languages=("de",), contacts=(account,), silent=True) == (
        "Do not take silence for an invitation: nothing on their pages says that they welcome being approached.",
        "Do not assume English: they write in German.",
        "Do not look for a private address: they publish public accounts only.",
        "Do not hurry them: of late little of theirs on the topic was heard.",
    )


@pytest.mark.parametrize(
    ("tone", "facts"),
    [
        ("Long posts in long sentences that speak as “we” and hardly ever ask a question.", {"median_words": 1500, "words_per_sentence": 25.0, "we_per_1000": 20.0, "questions": 0.0}),
        ("Short posts that speak in the first person, ask a question every 30 sentences and put things plainly, with few hedges.", {"median_words": 200, "i_per_1000": 20.0, "questions": 0.033, "hedges_per_1000": 1.0}),
        ("Medium-length posts that ask a question every 10 sentences.", {"questions": 0.1}),
    ],
)  # fmt: skip
def test_tone_says_only_what_the_facts_say(tone, facts):
    """The sentence on tone is put together from the figures beside it."""
    plain = StyleFacts(9000, 600, 18.0, 0.05, 8.0, 5.0, 5.0, 5.0, 5.0, 600, "")

    assert _tone(replace(plain, **facts)) == tone


def test_circle_questions_give_everybody_a_first_turn():
    """One question a person before anybody's second, latest first in each turn."""

    def ask(text, year):
        return Quotation(text, "https://a.example/p", date(year, 1, 1))

    asked = {
        "ada": profile("ada", questions=(ask("A1?", 2025), ask("A2?", 2025))),
        "bo": profile("bo", questions=(ask("B1?", 2026),)),
    }

    assert [[q.text for q in questions] for _, questions in circle_questions(circles(["ada", "bo"]), asked)] == [
        ["B1?", "A1?", "A2?"]
    ]


def test_topic_words_are_compared_with_what_is_off_topic():
    """A hundred off-topic posts are enough to learn which words the topic does not own; fewer are not."""
    topical = [
        post(f"https://ada.example/{n}", "ada", title="x", text="Ridge snow and market bread.") for n in range(3)
    ]
    other = [post(f"https://bo.example/{n}", "bo", title="y", text="Market bread.", relevance=0.1) for n in range(100)]
    table = count_terms(topical, english, {})

    counts = off_topic_counts(
        index_posts(corpus([person("ada"), person("bo")], [*topical, *other]), as_of=AS_OF), table
    )

    assert dict(zip(table.terms, counts.tolist(), strict=True)) == {
        "bread": 100, "market": 100, "market bread": 100, "ridge": 0, "ridge snow": 0, "snow": 0, "snow and market": 0,
    }  # fmt: skip
    assert off_topic_counts(index_posts(corpus([person("bo")], other[1:]), as_of=AS_OF), table) is None


def test_spans_and_rates_are_said_as_people_say_them():
    """Days, months or years as fits; rates as whole numbers where they are large enough."""
    assert [_span(days) for days in (20, 100, 800)] == ["20 days", "3 months", "2 years"]
    assert [_rate(habit) for habit in (0.0, 0.4, 3.2)] == ["none", "about 0.4 each", "about 3 each"]
