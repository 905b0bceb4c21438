"""What is told of two runs, and why: any two kept runs, by what is known now."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.insight.history.runs import comparable, compare_with_history, run_record
from generator.insight.terms.post_index import index_posts
from generator.records import PastPerson, PastRun, RefusalReason, Site, SiteState

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, circles, citation, corpus, graph, judgement, person, post, standing

LAST = date(2025, 12, 31)
WEEKS = [date(2025, 1, 6) + timedelta(days=7 * n) for n in range(26)]  # until 30 June 2025


def run(*people, as_of=LAST, citations=()):
    return PastRun(as_of, tuple(people), tuple(citations))


def past(slug, rank=1, *, shortlist=None, levels=(), values=(), sites=None):
    return PastPerson(slug, slug.title(), rank, 0.9, "circle-1", shortlist, None, tuple(levels), tuple(values),
                      (f"https://{slug}.example/",) if sites is None else tuple(sites))  # fmt: skip


def library_of(posts, *slugs, sites=()):
    return index_posts(replace(corpus([person(slug) for slug in slugs], posts), sites=tuple(sites)), as_of=AS_OF)


def site(slug, state, reason):
    return Site(f"https://{slug}.example/", slug.title(), state, reason, "seed", 0)


def told(old, new, post_index):
    return [(c.kind, c.sentence) for c in compare_with_history((old,), new, post_index).last.changes]


def test_a_verdict_keeps_what_moves_somebody():
    """Weighted levels, raw values, penalties, sites and citations among the short list are kept of each run."""
    posts = [post("https://ada.example/p", "ada"), post("https://bo.example/p", "bo")]
    made = graph([citation(posts[1], posts[0])])
    quiet = replace(standing("ada", 1, signals=[("reach", 2.0, 0.25)]), silence_penalty=0.5)

    kept = run_record(judgement([quiet, standing("bo", 2)], ("ada", "bo")), circles(["ada", "bo"]), made,
                      library_of(posts, "ada", "bo"))  # fmt: skip

    assert kept.as_of == AS_OF
    assert kept.people[0].levels == (("reach", 0.5), ("silence", -0.5), ("distance", -0.0))
    assert (kept.people[0].sites, kept.people[0].shortlist) == (("https://ada.example/",), 1)
    assert kept.citations == (("bo", "ada", "https://bo.example/p"),)


def test_a_move_names_its_signal_with_its_figures():
    """The signal whose weighted level moved most is named, with what it was and what it is."""
    old = past("ada", 9, levels=[("reach", 0.1), ("devotion", 0.1)], values=[("reach", 0.02), ("devotion", 3.0)])
    new = past("ada", 4, levels=[("reach", 0.2), ("devotion", 0.7)], values=[("reach", 0.03), ("devotion", 8.25)])

    assert told(run(old), run(new, as_of=AS_OF), library_of([], "ada")) == [
        ("moved", "Ada rose from rank 9 to 4, most of all for how much they write on the topic (3, now 8.25).")
    ]


@pytest.mark.parametrize(
    ("before", "after", "ranks", "why"),
    [
        (-0.5, 0.0, (9, 4), "rose from rank 9 to 4, as they write on the topic again"),
        (0.0, -0.5, (4, 9), "fell from rank 4 to 9, as they have fallen silent on the topic"),
    ],
)
def test_a_silence_that_ends_or_begins_is_the_reason(before, after, ranks, why):
    """A penalty for silence that comes or goes moves more than signals do, and is named as what it is."""
    old = past("ada", ranks[0], levels=[("reach", 0.1), ("silence", before)])
    new = past("ada", ranks[1], levels=[("reach", 0.12 if after > before else 0.08), ("silence", after)])

    assert told(run(old), run(new, as_of=AS_OF), library_of([], "ada")) == [("moved", f"Ada {why}.")]


def test_a_move_without_a_signal_is_the_others_doing():
    """Who rises though nothing of theirs moved rose as others fell."""
    old, new = past("ada", 9, levels=[("reach", 0.1)]), past("ada", 4, levels=[("reach", 0.1)])

    assert told(run(old), run(new, as_of=AS_OF), library_of([], "ada")) == [
        ("moved", "Ada rose from rank 9 to 4, as others fell behind.")
    ]


def test_silence_and_return_are_told_by_their_own_cadence():
    """A weekly writer is silent after thirteen weeks, one of every two months only after eight; both may return."""
    rare = [date(2024, 1, 10) + timedelta(days=60 * n) for n in range(10)]  # until 3 July 2025
    back = [*WEEKS, date(2026, 1, 15)]
    posts = [post(f"https://{who}.example/{day}", who, on=day)
             for who, days in (("weekly", WEEKS), ("rare", rare), ("back", back)) for day in days]  # fmt: skip
    post_index = library_of(posts, "weekly", "rare", "back")
    people = [past(slug, rank) for rank, slug in enumerate(("weekly", "rare", "back"), start=1)]

    assert told(run(*people, as_of=date(2025, 9, 1)), run(*people, as_of=date(2025, 10, 15)), post_index) == [
        ("silent", ("Weekly has fallen silent on the topic: the last post on it is of 30 June 2025, 107 days before, and they "
                   "usually write on it every 7 days.")),
        ("silent", ("Back has fallen silent on the topic: the last post on it is of 30 June 2025, 107 days before, and they "
                   "usually write on it every 7 days.")),
    ]  # fmt: skip
    assert told(run(*people), run(*people, as_of=AS_OF), post_index) == [
        ("back", ("Back wrote on the topic again on 15 January 2026; the post before is of 30 June 2025, and they "
                 "usually write on it every 7 days.")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sites", "why"),
    [
        ([site("ed", SiteState.OUT, "mean relevance 0.21 over 9 posts.")],
         "their site is off topic now (mean relevance 0.21 over 9 posts)"),
        ([site("ed", SiteState.UNREACHED, "no answer in 20 s")], "their site gave nothing this time (no answer in 20 s)"),
    ],
)  # fmt: skip
def test_who_is_gone_is_told_with_the_reason(sites, why):
    """Of somebody no longer held the fate of their site says why they are gone."""
    old = run(past("ada", 1), past("ed", 2))

    assert told(old, run(past("ada", 1), as_of=AS_OF), library_of([], "ada", sites=sites)) == [
        ("gone", f"Ed, at rank 2 before, is no longer scored: {why}.")
    ]


def test_who_is_held_but_not_scored_wrote_nothing_on_topic():
    """Somebody still known is gone for want of posts on the topic."""
    old = run(past("ada", 1), past("ed", 2))

    assert told(old, run(past("ada", 1), as_of=AS_OF), library_of([], "ada", "ed")) == [
        (
            "gone",
            "Ed, at rank 2 before, is no longer scored: nothing they wrote inside the window is on topic any more.",
        )
    ]


@pytest.mark.parametrize(
    ("kept", "sites"),
    [
        (["https://ed.example/", "https://ed-notes.example/"], [site("ed-notes", SiteState.OUT, "off topic")]),
        (["https://ed.example/"], [replace(site("ed", SiteState.UNREACHED, ""), refusals=(RefusalReason.ROBOTS,))]),
        ([], [site("ed", SiteState.OUT, "off topic")]),
    ],
    ids=["one of two sites is no longer listed", "robots.txt keeps us out", "sites were not kept"],
)
def test_who_may_have_asked_to_go_is_not_named(kept, sites):
    """Where it is not certain that nobody asked for it, nothing is told of who is gone."""
    old = run(past("ada", 1), past("ed", 2, sites=kept))

    assert told(old, run(past("ada", 1), as_of=AS_OF), library_of([], "ada", sites=sites)) == []


def test_any_run_kept_can_be_compared_with():
    """Changes are told since each of the latest runs, and of those before them since the last of each month."""
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(100)]
    chosen = comparable([run(as_of=day) for day in days])

    assert [found.as_of for found in chosen] == [
        *(date(2025, 4, 10) - timedelta(days=n) for n in range(14)),
        date(2025, 3, 27), date(2025, 2, 28), date(2025, 1, 31),
    ]  # fmt: skip


def test_a_rise_over_months_is_told_since_then():
    """Small steps from run to run are one move since the first of them, and each step is told for the feed."""
    ranks = (12, 10, 8, 6)
    runs = [run(past("ada", rank), as_of=date(2025, 10 + n, 28)) for n, rank in enumerate(ranks[:3])]

    found = compare_with_history(runs, run(past("ada", 6), as_of=AS_OF), library_of([], "ada"))

    assert (found.last.since, found.last.changes) == (date(2025, 12, 28), ())
    assert [(c.since, c.until, [x.sentence for x in c.changes]) for c in found.earlier] == [
        (date(2025, 11, 28), AS_OF, ["Ada rose from rank 10 to 6, as others fell behind."]),
        (date(2025, 10, 28), AS_OF, ["Ada rose from rank 12 to 6, as others fell behind."]),
    ]
    assert [(c.since, c.until) for c in found.steps] == [(date(2025, 11, 28), date(2025, 12, 28))]


def test_who_was_left_out_since_leaves_earlier_steps_too():
    """Nobody the corpus no longer holds is named in what is told of runs that did know them."""
    runs = [run(past("ada", 1), as_of=date(2025, 11, 28)), run(past("ada", 1), past("ed", 2), as_of=LAST)]

    found = compare_with_history(runs, run(past("ada", 1), as_of=AS_OF), library_of([], "ada"))

    assert "Ed" not in repr(found)


def test_a_citation_heard_late_is_news_once():
    """A citation dated shortly before the earlier run, between people both listed then, but heard only since, is told."""
    posts = [post("https://bo.example/p", "bo", on=date(2025, 12, 20)), post("https://ada.example/p", "ada")]
    post_index = library_of(posts, "ada", "bo")
    people = (past("ada", 1, shortlist=1), past("bo", 2, shortlist=2))
    new = run(*people, as_of=AS_OF, citations=[("bo", "ada", "https://bo.example/p")])

    assert told(run(*people), new, post_index) == [("cited", "Bo cites Ada in “A post” (20 December 2025).")]
    assert told(run(past("ada", 1), past("bo", 2, shortlist=2)), new, post_index) == [
        ("listed", "Ada joined the short list at place 1, at rank 1 now.")
    ]
