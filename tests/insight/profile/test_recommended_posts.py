"""Which three pieces to read first, and why."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from generator.insight.profile.recommended_posts import citers_by_post, recommended_posts
from generator.insight.terms.post_index import index_posts
from generator.records import CitationFunction

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, circles, citation, corpus, graph, person, post


def test_first_pieces_are_three_and_distinct():
    """The most cited, the most central and the latest substantial piece, each once and with its reason."""
    cited = post("https://ada.example/cited", "ada", title="Cited", words=460, relevance=0.7)
    central = post("https://ada.example/central", "ada", title="Central", words=920, relevance=0.99)
    latest = post("https://ada.example/latest", "ada", title="Latest", words=690, relevance=0.6, on=date(2026, 1, 20))
    note = post("https://ada.example/note", "ada", title="Note", words=40, on=date(2026, 1, 25))
    by = [post(f"https://{name}.example/p", name) for name in ("bo", "cy")]
    here = corpus([person(name) for name in ("ada", "bo", "cy")], [cited, central, latest, note, *by])
    post_index = index_posts(here, as_of=AS_OF)
    citers = citers_by_post(graph([citation(p, cited) for p in by]), post_index, circles(["ada", "bo"], ["cy"]))

    pieces = recommended_posts("ada", post_index, citers)

    assert [(p.title, p.why, p.minutes) for p in pieces] == [
        ("Cited", "Cited by 2 people, one of them in their circle.", 2),
        ("Central", "The most central to the topic of the 4 pieces they wrote about it.", 4),
        ("Latest", "Their latest substantial piece.", 3),
    ]


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (CitationFunction.CREDITS, "Bo credits it in “A post”."),
        (CitationFunction.DISAGREES, "Bo disagrees with it in “A post”."),
        (CitationFunction.MENTIONS, "Bo links to it in “A post”."),
    ],
)
def test_a_piece_cited_once_says_by_whom_and_how(function, why):
    """One citation is no count: who made it and what it does is the reason."""
    cited, by = post("https://ada.example/p", "ada"), post("https://bo.example/p", "bo")
    here = index_posts(corpus([person("ada"), person("bo")], [cited, by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(by, cited, function=function)]), here, circles(["ada", "bo"]))

    assert [piece.why for piece in recommended_posts("ada", here, citers)] == [why]


def test_a_tie_is_no_superlative():
    """Of two posts cited by as many, none is cited more than any other."""
    cited = [post(f"https://ada.example/{n}", "ada") for n in (1, 2)]
    by = [post(f"https://{name}.example/p", name) for name in ("bo", "cy")]
    here = index_posts(corpus([person(name) for name in ("ada", "bo", "cy")], [*cited, *by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(p, c) for p in by for c in cited]), here, circles(["ada", "bo", "cy"]))

    assert recommended_posts("ada", here, citers)[0].why == "Cited by 2 people in their circle."


def test_the_latest_piece_says_whether_a_later_one_stands_above_it():
    """Where the most cited piece is later than the latest that is left, the sentence says so."""
    words = "Snow and hinges. " * 300
    cited = post("https://ada.example/new", "ada", title="New", text=words, on=date(2025, 12, 1), relevance=0.6)
    older = [post(f"https://ada.example/{n}", "ada", title=f"Old {n}", text=words, on=date(2025, n, 1)) for n in (1, 2)]
    by = post("https://bo.example/p", "bo")
    post_index = index_posts(corpus([person("ada"), person("bo")], [cited, *older, by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(by, cited)]), post_index, circles(["ada", "bo"]))

    assert [piece.why for piece in recommended_posts("ada", post_index, citers)][2:] == [
        "Their latest substantial piece besides these."
    ]


def test_first_pieces_of_somebody_with_one_post():
    """One post is one piece, never the same one three times."""
    here = corpus([person("ada")], [post("https://ada.example/p", "ada")])

    post_index = index_posts(here, as_of=AS_OF)

    assert len(recommended_posts("ada", post_index, citers_by_post(graph(), post_index, circles(["ada"])))) == 1
