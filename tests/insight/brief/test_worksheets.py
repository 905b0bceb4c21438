"""What a human needs before writing: whys, worksheets, warm paths, changes; and all of insight together."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.insight import build_insight, label_citation_functions, read_contact_policies
from generator.insight.brief.introductions import find_people, introduction_path, introduction_paths
from generator.insight.brief.worksheets import best_quote, facts_to_verify
from generator.insight.history.runs import compare_with_history, run_record
from generator.insight.terms.post_index import index_posts
from generator.records import (
    CitationFunction,
    Confirmation,
    Contact,
    ContactKind,
    Door,
    DoorState,
    HistoryEntry,
    PastPerson,
    PastRun,
    PublisherKind,
)

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import (
    AS_OF,
    circles,
    citation,
    corpus,
    graph,
    judgement,
    link,
    page,
    person,
    post,
    standing,
    topic,
)

NAMES = {"ada": "Ada Holt", "bo": "Bo Lund", "cy": "Cy Moor", "di": "Di Nash", "ed": "Ed Orr"}


def network(*joins, kinds=()):
    """Citations (citing, cited, circumstance) among five people, each from a post of its own."""
    people = [person(slug, name, kind=dict(kinds).get(slug, PublisherKind.PERSON)) for slug, name in NAMES.items()]
    targets = {slug: post(f"https://{slug}.example/target", slug) for slug in NAMES}
    made = [
        citation(post(f"https://{a}.example/{b}", a), targets[b], f"{a} on {b}", function=kind) for a, b, kind in joins
    ]
    return index_posts(corpus(people, targets.values()), as_of=AS_OF), graph(made)


def path(known, target, *joins, barred=(), kinds=()):
    """The people of a warm path, first to last."""
    post_index, made = network(*joins, kinds=kinds)
    steps = introduction_path(known, target, introduction_paths(made, post_index, frozenset(barred)))
    return [(step.giver, step.receiver, step.evidence.by) for step in steps]


CREDITS, MENTIONS, LISTS = CitationFunction.CREDITS, CitationFunction.MENTIONS, CitationFunction.LISTS


def test_path_is_the_shortest_chain_of_warm_steps():
    """Credits lead from somebody known to somebody sought, whoever of the two gave them."""
    joins = [
        ("bo", "ada", CREDITS),
        ("bo", "cy", CREDITS),
        ("ada", "di", CREDITS),
        ("di", "ed", CREDITS),
        ("ed", "cy", CREDITS),
    ]

    assert path({"ada"}, "cy", *joins) == [("ada", "bo", "bo"), ("bo", "cy", "bo")]


def test_mutual_citation_is_a_step_and_a_bare_mention_is_none():
    """Two who cite each other know of each other; one who merely mentions does not introduce."""
    assert path({"ada"}, "bo", ("ada", "bo", MENTIONS)) == []
    assert path({"ada"}, "bo", ("ada", "bo", MENTIONS), ("bo", "ada", MENTIONS)) == [("ada", "bo", "bo")]
    assert path({"ada"}, "bo", ("ada", "bo", LISTS), ("bo", "ada", LISTS)) == []


def test_path_never_goes_through_never_contact_or_an_organisation():
    """Who must not be contacted, and who is no person, introduces nobody."""
    joins = [("ada", "bo", CREDITS), ("bo", "cy", CREDITS)]

    assert path({"ada"}, "cy", *joins, barred=("bo",)) == []
    assert path({"ada"}, "cy", *joins, kinds=[("bo", PublisherKind.ORGANISATION)]) == []


def test_nobody_needs_a_path_to_somebody_known():
    """Somebody known is at the end of no path, and four steps are the most there are."""
    joins = [("ada", "bo", CREDITS), ("bo", "cy", CREDITS), ("cy", "di", CREDITS), ("di", "ed", CREDITS)]

    assert path({"ada"}, "ada", *joins) == []
    assert len(path({"ada"}, "ed", *joins)) == 4


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("ada", {"ada"}),
        ("Ada Holt", {"ada"}),
        ("http://www.ada.example/some/page", {"ada"}),
        ("https://social.example/@ada", {"ada"}),
        ("https://nobody.example/", set()),
        ("Twin Name", set()),
    ],
)
def test_people_are_found_by_slug_name_site_or_account(written, found):
    """The analyst may write a slug, a name or an address; a name two people share means neither."""
    people = [
        person("ada", "Ada Holt", accounts=("https://social.example/@ada",)),
        person("t1", "Twin Name"),
        person("t2", "Twin Name"),
    ]

    assert find_people([written], index_posts(corpus(people), as_of=AS_OF)) == found


def test_unsure_names_and_old_contacts_are_to_be_verified():
    """A name of low confidence, the day a contact was seen and the last post heard are to be checked."""
    address = Contact(ContactKind.EMAIL, "ada@ada.example", "https://ada.example/contact", date(2026, 1, 9))
    ada = person(
        "ada", "Ada Holt", contacts=(address,), confirmations=(Confirmation("Ada Holt", "copyright line", 0.5),)
    )
    post_index = index_posts(
        corpus([ada], [post("https://ada.example/p", "ada", title="On hinges", on=date(2026, 1, 20))]), as_of=AS_OF
    )

    assert facts_to_verify("ada", standing("ada"), post_index, Door(DoorState.UNKNOWN, "", None, None)) == (
        "The last post heard is “On hinges” of 20 January 2026: see what they have written since.",
        "The name rests on one sign only (copyright line): check how they call themselves.",
        "Their contact was seen on https://ada.example/contact on 9 January 2026: check that it still stands there.",
    )


def test_a_closed_door_is_not_looked_behind_and_a_signed_post_is_heard():
    """Nobody is sent for the address of whoever asks not to be approached; the last post is where they signed it."""
    own = post("https://ada.example/p", "ada", title="On hinges", on=date(2025, 1, 20))
    signed = replace(post("https://org.example/p", "org", title="On ropes", on=date(2026, 1, 2)), signed_by=("ada",))
    post_index = index_posts(
        corpus([person("ada"), person("org", kind=PublisherKind.ORGANISATION)], [own, signed]), as_of=AS_OF
    )

    assert facts_to_verify("ada", standing("ada"), post_index, Door(DoorState.CLOSED, "", None, None)) == (
        "The last post heard is “On ropes” of 2 January 2026: see what they have written since.",
    )


STORY = "A thermos that keeps a drink warm on splitboard mornings."
ADA_TEXT = (
    "On tour {n} I carried tea, because a warm drink has ended more arguments than any map.\n\n"
    "My splitboard, after {n} tours, lives in the hall. The split hinge squeaks, and I oil the split hinge each time."
)

WISH = "I wish somebody made a thermos that survives a fall onto rock."


def small_world():
    """Ada is cited by three, one of whom credits her; Bo is known; everybody writes."""
    ada = [
        post(f"https://ada.example/{n}", "ada", title=f"Note {n}", text=ADA_TEXT.format(n=n), on=date(2025, n, 3))
        for n in range(1, 13)
    ]
    ada[-1] = replace(ada[-1], text=f"{ada[-1].text}\n\n{WISH}")
    fans = []
    for name, sentence in (
        ("bo", "I learned about oiling the split hinge from Ada Holt."),
        ("cy", "Ada Holt moved house."),
        ("di", "See the split hinge notes."),
    ):
        anchor = "Ada Holt" if "Ada" in sentence else "notes"
        fans.append(post(f"https://{name}.example/p", name, title=f"Letter of {name}", text=f"{sentence} The ridge was cold and the wind had turned.",
                         links=(link(ada[0].url, anchor, sentence),), on=date(2025, 9, 1)))  # fmt: skip
    fans += [
        post(f"https://{name}.example/{n}", name, text=f"On day {n} the wind moved snow over the ridge, and loose snow slid.", on=date(2025, 8, n))
        for name in ("bo", "cy", "di") for n in range(1, 9)
    ]  # fmt: skip
    people = [person(slug, name) for slug, name in NAMES.items()]
    pages = [page("ada", "I am Ada. No pitches, please.")]
    here = corpus(people, [*ada, *fans], pages)
    return here, graph([citation(fan, ada[0], fan.links[0].sentence) for fan in fans[:3]], NAMES)


def insight_of(here_topic, *, past=(), history=(), shuffle=0, shortlist=("ada",)):
    """All of insight over the small world."""
    here, made = small_world()
    if shuffle:
        order = np.random.default_rng(shuffle).permutation(len(here.posts))
        here = replace(here, posts=tuple(here.posts[at] for at in order))
    made = label_citation_functions(made, here)
    doors = read_contact_policies(here, made, as_of=AS_OF)
    standings = [standing(slug, rank, signals=[("reach", 1.0, 0.5)]) for rank, slug in enumerate(NAMES, start=1)]
    return build_insight(
        here,
        made,
        circles(["ada", "bo", "cy"], ["di", "ed"]),
        judgement(standings, shortlist),
        topic=here_topic,
        doors=doors,
        past=past,
        history=history,
        as_of=AS_OF,
    )


def test_why_says_who_how_many_and_what_for():
    """A why is made of counts, of their phrase in their citers' words, and of one named voice."""
    found = dict(insight_of(topic()).rationales)

    assert (
        found["ada"]
        == "Cited by three people, two of them in their own circle, most often for “split hinge”; Bo Lund credits them in “Letter of bo”."
    )
    assert found["ed"] == "Wrote three posts on the topic; no citation by others was heard in the window."


def test_worksheet_rests_on_quotations():
    """Why, common ground, door and path each carry the words they rest on."""
    sheet = insight_of(topic(story=STORY, known=("https://bo.example/",)),
                       history=(HistoryEntry("Ada Holt", date(2025, 1, 1), "mail", "out", "Said hello."),
                                HistoryEntry("Cy Moor", date(2025, 1, 1), "mail", "out", "Other."))).worksheets[0]  # fmt: skip

    assert sheet.why_quote.quote == "I learned about oiling the split hinge from Ada Holt."
    assert [(g.ours, g.theirs.text) for g in sheet.common_ground] == [(STORY[:-1], WISH)]
    assert [(s.giver, s.receiver, s.evidence.kind.value) for s in sheet.path] == [("bo", "ada", "credits")]
    assert sheet.path_note == ""
    assert sheet.avoid == ("Do not pitch them. They say: “No pitches, please.”",)
    assert [entry.said for entry in sheet.history] == ["Said hello."]


def test_best_quote_says_more_than_that_they_exist():
    """Of bare mentions by name one that is long enough to say something comes before a later scrap."""
    ada = post("https://ada.example/p", "ada")
    said = {
        date(2025, 1, 1): "Ada Holt found out why the split hinge freezes before the frame does.",
        date(2025, 9, 1): "None other than the illustrious Ada Holt.",
        date(2025, 10, 1): "The split hinge is told of in a post that is worth the time.",
    }
    made = [citation(post(f"https://bo.example/{on}", "bo", on=on), ada, words) for on, words in said.items()]

    assert best_quote(standing("ada"), "Ada Holt", graph(made)).quote == said[date(2025, 1, 1)]


def test_worksheet_without_path_names_who_stands_nearest():
    """Where no chain is found the nearest person of their circle is named; with nobody known, that is said."""
    far = insight_of(topic(known=("https://ed.example/",))).worksheets[0]
    none = insight_of(topic()).worksheets[0]

    assert (
        far.path_note
        == "No chain of credits, thanks or replies leads from the people you know to them. Nearest to them in their circle is Cy Moor."
    )
    assert (
        none.path_note
        == "No path can be shown without people you know: the topic file names none under “known”. Nearest to them in their circle is Cy Moor."
    )


def test_never_contact_is_neither_nearest_nor_on_a_path():
    """Somebody never to be contacted is named nowhere in a path or its note."""
    sheet = insight_of(
        topic(known=("https://bo.example/",), never_contact=("https://bo.example/", "https://cy.example/"))
    ).worksheets[0]

    assert sheet.path == ()
    assert "Cy Moor" not in sheet.path_note
    assert "Bo Lund" not in sheet.path_note


def test_same_corpus_in_any_order_gives_the_same_insight():
    """Input order is irrelevant: posts shuffled, nothing changes."""
    first = insight_of(topic(story=STORY))

    assert all(insight_of(topic(story=STORY), shuffle=seed) == first for seed in (1, 2, 3))


def test_everybody_scored_has_a_profile_and_a_why():
    """One profile and one why for each standing, in rank order."""
    found = insight_of(topic())

    assert [profile.person for profile in found.profiles] == list(NAMES)
    assert [who for who, _ in found.rationales] == list(NAMES)


def past_run(*, ranks, as_of=date(2025, 12, 31), citations=(), levels=(("reach", 0.5),), shortlist=("ada",)):
    people = tuple(
        PastPerson(
            slug,
            NAMES[slug],
            rank,
            0.9,
            "circle-1",
            shortlist.index(slug) + 1 if slug in shortlist else None,
            None,
            levels,
        )
        for slug, rank in ranks.items()
    )
    return PastRun(as_of, people, tuple(citations))


def changes_since(past, now, made, post_index):
    """Changes from the last of `past` to a verdict of today."""
    return compare_with_history(past, run_record(now, circles(list(NAMES)), made, post_index), post_index).last


SAME = {slug: rank for rank, slug in enumerate(NAMES, start=1)}


def test_first_run_has_nothing_to_compare_with():
    """Without a past run `since` is None and nothing is told."""
    found = insight_of(topic()).changes

    assert (found.since, found.changes) == (None, ())


def test_unchanged_run_says_nothing_changed():
    """A run like the last tells nothing, and says since when."""
    found = insight_of(topic(), past=(past_run(ranks=SAME),)).changes

    assert (found.since, found.changes) == (date(2025, 12, 31), ())


def test_moves_name_the_signal_that_moved_most():
    """A rise of several ranks is told with the signal whose weighted level moved most."""
    here, made = small_world()
    now = judgement(
        [
            standing("di", 1, signals=[("reach", 3.0, 0.5), ("trust", 0.2, 0.5)]),
            standing("ada", 2, signals=[("reach", 1.0, 0.5)]),
        ],
        ("di",),
    )
    run = past_run(ranks={"ada": 1, "di": 9}, levels=(("reach", 0.5), ("trust", 0.0)), shortlist=("ada", "di"))

    found = changes_since((run,), now, made, index_posts(here, as_of=AS_OF))

    assert [(c.kind, c.sentence) for c in found.changes] == [
        ("unlisted", "Ada Holt left the short list, where they stood at place 1; rank 1 then, 2 now."),
        ("moved", "Di Nash rose from rank 9 to 1, most of all for their reach in the circle."),
    ]


def test_new_voices_and_joiners_are_told():
    """Somebody not heard before is new; somebody newly short-listed joined."""
    found = insight_of(
        topic(), past=(past_run(ranks={k: v for k, v in SAME.items() if k != "ed"}, shortlist=()),)
    ).changes

    assert [(c.kind, c.sentence) for c in found.changes] == [
        ("listed", "Ada Holt joined the short list at place 1, at rank 1 now."),
        ("new", "Ed Orr is new at rank 5: heard for the first time."),
    ]


def test_who_was_left_out_is_not_named():
    """Somebody of an earlier run whom the corpus no longer holds leaves no trace."""
    here, made = small_world()
    without = replace(here, people=tuple(p for p in here.people if p.id != "ed"))
    now = judgement([standing(slug, rank) for rank, slug in enumerate(NAMES, start=1) if slug != "ed"], ("ada",))

    found = changes_since((past_run(ranks=SAME, levels=()),), now, made, index_posts(without, as_of=AS_OF))

    assert "Ed Orr" not in repr(found)


def test_falling_silent_is_measured_by_their_own_cadence():
    """Who posts monthly and has not for longer than four intervals since the last run fell silent."""
    found = insight_of(topic(), past=(past_run(ranks=SAME, as_of=date(2025, 9, 1)),)).changes

    assert [(c.person, c.kind) for c in found.changes if c.kind == "silent"] == [
        ("bo", "silent"),
        ("cy", "silent"),
        ("di", "silent"),
    ]


def test_new_citations_among_the_short_list_are_told_once():
    """A citation between two short-listed people after the last run is told with title and day; one known is not."""
    here, made = small_world()
    now = judgement([standing(slug, rank) for rank, slug in enumerate(NAMES, start=1)], ("ada", "bo"))
    before = past_run(ranks=SAME, as_of=date(2025, 8, 1), levels=(), shortlist=("ada", "bo"))
    known = past_run(
        ranks=SAME,
        as_of=date(2025, 8, 1),
        levels=(),
        shortlist=("ada", "bo"),
        citations=[("bo", "ada", "https://bo.example/p")],
    )
    post_index = index_posts(here, as_of=date(2025, 9, 2))

    assert [c.sentence for c in changes_since((before,), now, made, post_index).changes] == [
        "Bo Lund cites Ada Holt in “Letter of bo” (1 September 2025)."
    ]
    assert changes_since((known,), now, made, post_index).changes == ()


def test_empty_corpus_gives_empty_insight():
    """Nothing in, nothing said, nothing raised."""
    found = build_insight(
        corpus([]), graph(), circles(), judgement([]), topic=topic(), doors=(), past=(), history=(), as_of=AS_OF
    )

    assert (found.profiles, found.rationales, found.worksheets, found.conversation.trends) == ((), (), (), ())


def test_known_people_whom_nobody_heard_are_told_from_none_named():
    """Naming somebody outside the report is not the same as naming nobody."""
    sheet = insight_of(topic(known=("https://outside.example/",))).worksheets[0]

    assert sheet.path_note.startswith("None of the people you know was heard in this report")
