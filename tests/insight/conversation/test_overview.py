"""What the circle talks about: trends, bursts, trees, lately."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.insight.conversation.bursts import burst_stretches, find_bursts
from generator.insight.conversation.circle_questions import circle_questions
from generator.insight.conversation.periods import calendar_of, index_of
from generator.insight.conversation.recent import circle_links, recent_window, shared_links, trending_items
from generator.insight.conversation.series import link_series, person_series, term_series
from generator.insight.conversation.trees import conversation_trees
from generator.insight.conversation.trends import rate_change, trend_candidates, trends_of
from generator.insight.terms.keyness import usage_by_person
from generator.insight.terms.post_index import index_posts
from generator.insight.terms.term_counts import count_terms
from generator.records import CitationFunction, PeriodUnit, PublisherKind

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from tests.factories.insight import AS_OF, WINDOW, circles, citation, corpus, english, graph, link, person, post

PEOPLE = ("ada", "bo", "cy", "di")


def month(number):
    """The fifth day of a month of the window, counted from January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 5)


def talk(mentions):
    """Library, table and usage of four writers, one post a month each; `mentions` says which months hold a term."""
    posts = [
        post(f"https://{who}.example/{n}", who, on=month(n), title="Notes",
             text="The ridge was cold. " + " ".join(f"We tried the {term}." for term, months in mentions.items() if n in months))
        for who in PEOPLE for n in range(25)
    ]  # fmt: skip
    post_index = index_posts(corpus([person(who) for who in PEOPLE], posts), as_of=AS_OF)
    ordered = [p for who in sorted(post_index.on_topic) for p in post_index.on_topic[who]]
    table = count_terms(ordered, english, {})
    return post_index, table, usage_by_person(table, PEOPLE)


def test_periods_are_weeks_months_and_quarters():
    """Half a year is counted by week, three years by month; longer windows are counted by month, drawn by quarter."""
    weeks = calendar_of((date(2026, 1, 7), date(2026, 1, 31)))
    months = calendar_of((date(2025, 3, 3), date(2026, 1, 31)))
    quarters = calendar_of((date(2020, 2, 1), date(2026, 1, 31)))

    assert (weeks.unit, weeks.drawn) == (
        PeriodUnit.WEEK, (date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 26)),
    )  # fmt: skip
    assert (months.unit, months.drawn[:2], len(months.drawn)) == (
        PeriodUnit.MONTH, (date(2025, 3, 1), date(2025, 4, 1)), 11,
    )  # fmt: skip
    assert (quarters.unit, quarters.drawn[:2], len(quarters.fine)) == (
        PeriodUnit.QUARTER, (date(2020, 1, 1), date(2020, 4, 1)), 72,
    )  # fmt: skip


def test_quarters_hold_their_months():
    """What is counted by month is drawn as sums of calendar quarters, also where the window begins inside one."""
    calendar = calendar_of((date(2020, 2, 1), date(2026, 1, 31)))

    assert calendar.drawn_counts([1] * 72)[:3] == (2, 3, 3)
    assert sum(calendar.drawn_counts([1] * 72)) == 72
    assert (calendar.end_of(0), calendar.end_of(71)) == (date(2020, 2, 29), date(2026, 1, 31))


def test_days_fall_into_their_period():
    """A day belongs to the last period that began by then; days before all and unknown days to none."""
    periods = (date(2025, 1, 1), date(2025, 2, 1))
    days = (date(2025, 1, 31), date(2025, 2, 1), date(2024, 12, 31), None)

    assert index_of(periods, days).tolist() == [0, 1, -1, -1]


def followed(mentions):
    """Trends and bursts of the terms of `talk`, by name."""
    _, table, usage = talk(mentions)
    calendar = calendar_of(WINDOW)
    at = index_of(calendar.fine, (p.published_on for p in table.posts))
    per_fine = np.bincount(at, minlength=len(calendar.fine)).astype(float)
    strands = term_series(table, trend_candidates(table, usage, None, frozenset()))
    return (
        {trend.term: trend for trend in trends_of(strands, calendar, per_fine)},
        {burst.term: burst for burst in find_bursts(strands, calendar, per_fine)},
    )


def test_trend_counts_posts_per_period():
    """A trend's counts are posts, newest period last, and its people are those who use the term."""
    vest = followed({"airbag vest": range(20, 25)})[0]["airbag vest"]

    assert vest.counts == (0,) * 20 + (4,) * 5
    assert (vest.total, vest.people) == (20, PEOPLE)
    assert vest.change > 1.5


def test_links_and_people_are_followed_like_terms():
    """Pages three people share and persons three people cite are strands; home pages and organisations are not."""
    paper = link("https://x.example/paper", "the long paper on slabs")
    posts = [
        post(f"https://{who}.example/{n}", who, on=month(n), links=(paper, link("https://x.example/", "X")))
        for who in ("bo", "cy", "di") for n in (3, 9)
    ]  # fmt: skip
    star, board = post("https://ada.example/1", "ada"), post("https://board.example/1", "board")
    people = [*(person(who) for who in PEOPLE), person("board", kind=PublisherKind.ORGANISATION)]
    post_index = index_posts(corpus(people, [star, board, *posts]), as_of=AS_OF)
    made = graph([citation(p, cited) for p in posts for cited in (star, board)])

    assert [(s.kind, s.label, len(s.posts), s.people) for s in link_series(post_index)] == [
        ("link", "the long paper on slabs", 6, ("bo", "cy", "di"))
    ]
    assert [(s.kind, s.label, len(s.posts)) for s in person_series(post_index, made)] == [("person", "Ada", 6)]


def test_change_is_a_log_ratio_of_rates():
    """Half the posts late and a quarter before is one doubling."""
    counts, per_period = np.array([25.0, 25.0, 25.0, 50.0]), np.full(4, 100.0)

    assert round(rate_change(counts, per_period), 2) == 1.0


def test_change_is_measured_against_what_was_heard():
    """A term in four times as many posts is steady where four times as many posts were heard."""
    assert abs(rate_change(np.array([10.0, 10.0, 10.0, 40.0]), np.array([100.0, 100.0, 100.0, 400.0]))) < 0.1


def test_names_and_the_commonplace_are_no_trend():
    """What stands in most posts is the topic itself; names are nobody's subject."""
    _, table, usage = talk({"airbag vest": range(20, 25), "niko": range(10, 20)})

    found = [table.terms[t] for t in trend_candidates(table, usage, None, frozenset({"niko"}))]

    assert "airbag vest" in found
    assert not {"ridge", "cold", "niko"} & set(found)


def test_burst_is_where_a_term_outruns_its_habit():
    """A term used in one quarter far beyond its habit bursts there and nowhere else."""
    counts = np.array([1, 1, 0, 1, 1, 0, 9, 9, 9, 1, 0, 1], dtype=float)

    found = burst_stretches(counts, np.full(12, 20.0))

    assert [(start, end) for start, end, _ in found] == [(6, 8)]
    assert found[0][2] > 10


def test_steady_use_never_bursts():
    """A term used alike in all months has no burst, nor has one that stands in every post."""
    assert burst_stretches(np.full(12, 3.0), np.full(12, 20.0)) == []
    assert burst_stretches(np.full(12, 20.0), np.full(12, 20.0)) == []
    assert burst_stretches(np.zeros(12), np.full(12, 20.0)) == []


@given(st.lists(st.integers(0, 20), min_size=2, max_size=40))
def test_burst_weights_are_positive_and_stretches_disjoint(counts):
    """Whatever the counts, bursts are disjoint, in order, and save cost."""
    found = burst_stretches(np.array(counts, dtype=float), np.full(len(counts), 21.0))

    assert all(weight > 0 for _, _, weight in found)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))


def test_burst_names_its_posts():
    """A burst holds its first and last day, how many posts and people carry it, and its posts, oldest first."""
    vest = followed({"airbag vest": (10, 11, 12), "hinge": (3, 14)})[1]["airbag vest"]

    assert (vest.start, vest.end) == (date(2024, 11, 1), date(2025, 1, 31))
    assert (vest.posts[0], len(vest.posts), vest.count, vest.people) == ("https://ada.example/10", 12, 12, 4)


def chain(*spans, function=CitationFunction.MENTIONS, **changes):
    """Posts of ada, bo, cy ... each a month apart, and citations (citing, cited) by place."""
    names = ("ada", "bo", "cy", "di", "ed")
    posts = [post(f"https://{who}.example/p", who, title=who.title(), on=month(n)) for n, who in enumerate(names)]
    post_index = index_posts(corpus([person(who) for who in names], posts), as_of=AS_OF)
    made = [citation(posts[a], posts[b], f"{a} on {b}", function=function, **changes) for a, b in spans]
    return [
        [(n.author, n.depth, n.parent and n.parent[8:10]) for n in tree.nodes]
        for tree in conversation_trees(graph(made), post_index)
    ]


def test_tree_shows_who_took_up_whose_post_in_order():
    """Posts stand under the post they take up, oldest first, with their depth."""
    assert chain((1, 0), (2, 1), (3, 0)) == [[("ada", 0, None), ("bo", 1, "ad"), ("cy", 2, "bo"), ("di", 1, "ad")]]


def test_earliest_of_cited_posts_is_the_parent():
    """A post that cites two posts hangs under the earlier, once."""
    assert chain((1, 0), (2, 0), (2, 1)) == [[("ada", 0, None), ("bo", 1, "ad"), ("cy", 1, "ad")]]


def test_words_that_speak_of_a_post_beat_an_earlier_mention():
    """A post hangs under the post it praises, though it also mentions an older one."""
    names = ("ada", "bo", "cy")
    posts = [post(f"https://{who}.example/p", who, on=month(n)) for n, who in enumerate(names)]
    post_index = index_posts(corpus([person(who) for who in names], posts), as_of=AS_OF)
    made = [
        citation(posts[1], posts[0]), citation(posts[2], posts[0]),
        citation(posts[2], posts[1], function=CitationFunction.AGREES),
    ]  # fmt: skip

    (tree,) = conversation_trees(graph(made), post_index)

    assert [(n.author, n.depth, n.function) for n in tree.nodes] == [
        ("ada", 0, "mentions"), ("bo", 1, "mentions"), ("cy", 2, "agrees"),
    ]  # fmt: skip


def test_a_second_post_of_one_person_is_taken_up_too():
    """Of a post that links to two posts of one person a citation stands for one; the tree knows both."""
    first, second = (post(f"https://ada.example/{n}", "ada", on=month(n)) for n in (0, 1))
    links = (link(first.url, "one", "One of hers."), link(second.url, "two", "And another of hers."))
    by = [
        post(f"https://{who}.example/p", who, on=month(n), links=links) for n, who in enumerate(("bo", "cy"), start=4)
    ]
    post_index = index_posts(corpus([person(who) for who in ("ada", "bo", "cy")], [first, second, *by]), as_of=AS_OF)

    (tree,) = conversation_trees(graph([citation(p, second) for p in by]), post_index)

    assert [(n.post, n.quote) for n in tree.nodes] == [
        ("https://ada.example/0", ""), ("https://bo.example/p", "One of hers."), ("https://cy.example/p", "One of hers."),
    ]  # fmt: skip


def test_a_conversation_too_large_to_read_is_told_as_several():
    """Beyond thirty posts the largest branches become trees of their own, and the post they hang under says so."""
    names = [f"p{n}" for n in range(41)]
    posts = [post(f"https://{who}.example/p", who, on=AS_OF - timedelta(days=300 - n)) for n, who in enumerate(names)]
    post_index = index_posts(corpus([person(who) for who in names], posts), as_of=AS_OF)
    # p1 and p21 answer p0; p2 to p20 take up p1, p22 to p40 take up p21.
    made = [citation(posts[n], posts[0 if n in (1, 21) else 1 if n < 21 else 21]) for n in range(1, 41)]

    trees = conversation_trees(graph(made), post_index)

    assert sorted((tree.root, len(tree.nodes)) for tree in trees) == [
        ("https://p0.example/p", 22), ("https://p1.example/p", 20),
    ]  # fmt: skip
    whole, branch = sorted(trees, key=lambda tree: tree.root)
    assert [node.post for node in whole.nodes if node.continues] == ["https://p1.example/p"]
    assert (branch.nodes[0].parent, branch.nodes[0].continues) == ("https://p0.example/p", False)


def test_no_post_hangs_under_a_later_one():
    """Circles and citations of later posts make no tree."""
    assert chain((0, 1), (0, 2)) == []
    assert chain((1, 0), (0, 2), (2, 1)) == [[("ada", 0, None), ("bo", 1, "ad"), ("cy", 2, "bo")]]


def test_two_posts_are_a_conversation_only_if_the_second_speaks():
    """A pair counts where the second replies; a bare mention is none, and a list never."""
    assert chain((1, 0)) == []
    assert chain((1, 0), function=CitationFunction.REPLIES) == [[("ada", 0, None), ("bo", 1, "ad")]]
    assert chain((1, 0), (2, 0), function=CitationFunction.LISTS) == []


def test_posts_unknown_or_off_topic_on_both_sides_make_no_tree():
    """A tree needs posts we hold, at least one of each pair on topic."""
    assert chain((1, 0), (2, 0), target_post=None) == []


def test_lately_widens_until_enough_is_heard():
    """Thirty days where much is said, ninety where little is."""
    busy = [post(f"https://p{n % 7}.example/{n}", f"p{n % 7}", on=AS_OF - timedelta(days=n)) for n in range(21)]
    people = [person(f"p{n}") for n in range(7)]

    assert recent_window(index_posts(corpus(people, busy), as_of=AS_OF), AS_OF) == (date(2026, 1, 2), AS_OF)
    assert recent_window(index_posts(corpus(people, busy[:3]), as_of=AS_OF), AS_OF) == (date(2025, 11, 3), AS_OF)


def test_key_items_count_people_before_posts():
    """People, phrases and links of the span, by distinct people; whom one person cites often comes after whom two cite."""
    post_index, table, usage = talk({"airbag vest": (12, 24)})
    star, fan = post("https://ada.example/24", "ada", on=month(24)), post("https://bo.example/24", "bo", on=month(24))
    made = [citation(fan, star, post=f"https://bo.example/{n}") for n in range(5)]
    made += [
        citation(who, fan)
        for who in (
            post("https://cy.example/24", "cy", on=month(24)),
            post("https://di.example/24", "di", on=month(24)),
        )
    ]

    found = trending_items(
        post_index, graph(made), table, trend_candidates(table, usage, None, frozenset()), (date(2025, 12, 1), AS_OF)
    )

    assert [(i.kind, i.ref, i.people, i.posts) for i in found] == [
        ("person", "bo", 2, 2), ("person", "ada", 1, 5), ("phrase", "airbag vest", 4, 4),
    ]  # fmt: skip


def test_shared_links_need_two_people_and_a_page():
    """A link counts if two people share it; home pages, of whomever, are left out."""
    both = (
        link("https://x.example/paper", "the long paper on slabs"),
        link("https://bo.example/", "Bo"),
        link("https://x.example/", "X"),
    )
    posts = [
        post("https://ada.example/1", "ada", links=(*both, link("https://x.example/own", "own"))),
        post("https://cy.example/1", "cy", links=both),
    ]
    post_index = index_posts(corpus([person(who) for who in PEOPLE], posts), as_of=AS_OF)

    assert [(i.label, i.ref, i.people, i.posts) for i in shared_links(posts, post_index, 5)] == [
        ("the long paper on slabs", "https://x.example/paper", 2, 2)
    ]
    assert [(c, len(items)) for c, items in circle_links(post_index, circles(["ada", "cy"], ["bo"]))] == [
        ("circle-1", 1),
        ("circle-2", 0),
    ]


def test_circle_without_questions_has_none():
    """Each circle is listed, also one whose members ask nothing."""
    assert circle_questions(circles(["ada"], ["bo"]), {}) == (("circle-1", ()), ("circle-2", ()))
