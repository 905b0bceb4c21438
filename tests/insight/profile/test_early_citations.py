"""Whom people lift up: newcomers, credit, first citations; and the tags they come back to."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from generator.insight.profile.generosity import credit_given, undate_later_links
from generator.insight.profile.profiles import early_citations, favourite_tags
from generator.insight.terms.post_index import index_posts
from generator.records import CitationFunction

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, citation, corpus, graph, person, post


def test_a_link_into_the_future_was_put_in_later():
    """A citation older than the post it cites has no day; one a day older may be a matter of time zones."""
    cited = post("https://star.example/p", "star", on=date(2025, 3, 2))
    days = (date(2024, 1, 1), date(2025, 3, 1), date(2025, 4, 1))
    citing = [post(f"https://ada.example/{day}", "ada", on=day) for day in days]
    post_index = index_posts(corpus([person("ada"), person("star")], [cited, *citing]), as_of=AS_OF)

    told = undate_later_links(graph([citation(one, cited) for one in citing]), post_index)

    assert [one.published_on for one in told.citations] == [None, date(2025, 3, 1), date(2025, 4, 1)]


def test_newcomers_are_who_nobody_cited_before():
    """The first citer of somebody, within a year of their first post and alone on that day, lifted up a newcomer."""
    star = post("https://star.example/p", "star", on=date(2025, 1, 1))
    old = post("https://old.example/p", "old", on=date(2024, 1, 1))
    by = {
        who: post(f"https://{who}.example/p", who, on=date(2025, 3, day))
        for day, who in enumerate(("ada", "bo"), start=1)
    }
    post_index = index_posts(
        corpus([person(who) for who in ("ada", "bo", "star", "old")], [star, old, *by.values()]), as_of=AS_OF
    )
    made = graph([citation(p, cited) for p in by.values() for cited in (star, old)])

    found = credit_given(made, post_index, {})

    assert [(one.person, one.on) for one in found["ada"].newcomers] == [("star", date(2025, 3, 1))]
    assert found["bo"].newcomers == ()


def test_credit_is_a_share_of_what_they_cite():
    """Credit, thanks and praise are counted among all citations, beside the median of the circle's writers."""
    star = post("https://star.example/p", "star", on=date(2024, 1, 1))
    kinds = {"ada": [CitationFunction.CREDITS, CitationFunction.THANKS, *[CitationFunction.MENTIONS] * 3], "bo": [CitationFunction.LISTS] * 5,
             "cy": [CitationFunction.AGREES] * 5, "di": [CitationFunction.CREDITS]}  # fmt: skip
    post_index = index_posts(corpus([person(who) for who in ("star", *kinds)], [star]), as_of=AS_OF)
    made = graph([citation(post(f"https://{who}.example/{n}", who), star, function=kind)
                  for who, given in kinds.items() for n, kind in enumerate(given)])  # fmt: skip

    found = credit_given(made, post_index, dict.fromkeys(kinds, "circle-1"))

    assert {who: (g.credits, g.given, g.circle_share) for who, g in found.items()} == {
        "ada": (2, 5, 0.4), "bo": (0, 5, 0.4), "cy": (5, 5, 0.4), "di": (1, 1, 0.4),
    }  # fmt: skip


def test_tags_used_twice_are_favourites():
    """Tags they use at least twice, in the spelling they use most; what is nobody's business is left out."""
    posts = [post(f"https://ada.example/{n}", "ada", tags=tags) for n, tags in enumerate(
        [("Splitboard", "wax"), ("splitboard", "politics"), ("Splitboard", "politics")])]  # fmt: skip

    assert favourite_tags("ada", index_posts(corpus([person("ada")], posts), as_of=AS_OF)) == ("Splitboard",)


def test_lifting_up_is_citing_before_most_others():
    """Who cited somebody before at least two others and most of all citers lifted them up."""
    star = post("https://star.example/p", "star")
    by = {
        name: post(f"https://{name}.example/p", name, on=date(2025, month, 1))
        for month, name in enumerate(["ada", "bo", "cy", "di"], start=1)
    }

    assert early_citations(graph([citation(p, star) for p in by.values()])) == {"ada": ("star",), "bo": ("star",)}
