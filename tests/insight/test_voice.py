"""What people say and how: sayings, style, rhythm, phrases, first pieces."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from generator.insight.generosity import generosity, undate_later_links
from generator.insight.lexicon import lexicon
from generator.insight.phrases import distinctive_phrases, usage_by_person
from generator.insight.profiles import favourite_tags, lifts_up
from generator.insight.reading import citers_by_post, first_pieces
from generator.insight.rhythm import activity, cadence, direction, months_between
from generator.insight.sayings import sayings_of
from generator.insight.style import style_facts
from generator.insight.terms import count_terms, subsume
from generator.insight.texts import is_code, open_library, prose
from generator.records import Circumstance, Direction

sys.path.insert(0, str(Path(__file__).parent))
from build import AS_OF, WINDOW, circles, citation, corpus, graph, person, post

FILLER = "The snow had settled for a week and the light was flat all morning."


def said(*sentences, place="end"):
    """What Ada asks and champions in one post whose last (or first) paragraph holds the sentences."""
    told = f"{FILLER} " + " ".join(sentences)
    body = [FILLER] * 5
    text = "\n\n".join([*body, told] if place == "end" else [told, *body])
    library = open_library(corpus([person("ada")], [post("https://ada.example/p", "ada", text=text)]), as_of=AS_OF)
    return sayings_of("ada", library, lexicon())


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
    library = open_library(corpus([person("ada")], [post("https://ada.example/p", "ada", text=text)]), as_of=AS_OF)
    assert sayings_of("ada", library, lexicon()).questions == ()


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

    assert sayings_of("ada", open_library(corpus([person("ada")], posts), as_of=AS_OF), lexicon()).questions == ()


def test_repeated_paragraphs_are_no_prose():
    """A paragraph that stands in three posts of an author is a habit, and is not read."""
    footer = "I'd love to see a public map of every snow pit in the range."
    posts = [post(f"https://ada.example/{n}", "ada", text=f"{FILLER} Number {n}.\n\n{footer}") for n in range(3)]
    library = open_library(corpus([person("ada")], posts), as_of=AS_OF)

    assert library.habitual["ada"] == frozenset({footer})
    assert sayings_of("ada", library, lexicon()).champions == ()


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("for (int i = 0; i < n; i++) { total += weights[i]; }", True),
        ("$ waxer --iron 120", True),
        ("The iron was at 120 degrees, which (as I said) is too hot for this wax.", False),
        ("See https://example.org/a/b/c?d=e&f=g for the table.", False),
    ],
)
def test_code_is_told_from_prose(paragraph, code):
    """Code and output are no prose; brackets and addresses in a sentence are."""
    assert is_code(paragraph) is code
    assert prose(paragraph) == (() if code else (paragraph,))


def test_style_facts_are_counts():
    """Style facts are true by definition."""
    text = "\n\n".join(
        ["Do you wax your board? I think you should, and perhaps we all should more often than we do."] * 60
    )
    posts = {
        "ada": [post("https://ada.example/p", "ada", text=text)],
        "bo": [post("https://bo.example/p", "bo", text="Short.")],
    }

    facts = style_facts(posts, {"ada": "c", "bo": "c"}, {}, lexicon())

    assert facts["bo"] is None
    ada = facts["ada"]
    assert (ada.words, ada.median_words, ada.questions, ada.circle_median_words) == (1140, 1140, 0.5, 570)
    assert (ada.long_share, ada.circle_long_share, ada.circle_words_per_sentence) == (0.0, 0.0, 9.5)
    assert (ada.i_per_1000, ada.we_per_1000, ada.you_per_1000, ada.hedges_per_1000) == (52.6, 105.3, 157.9, 105.3)
    assert ada.tone == ("Medium-length posts in short sentences that speak to the reader directly, ask a question every 2 sentences "
                        "and weigh their claims with many a “maybe” and “probably”.")  # fmt: skip


def dated(*days, hour=None, on_topic=True):
    return [
        post(f"https://ada.example/{n}", "ada", on=day, hour=hour, relevance=0.9 if on_topic else 0.1)
        for n, day in enumerate(days)
    ]


def test_cadence_needs_enough_to_say():
    """Interval from two dates, weekday from five posts, hour only where times are known."""
    mondays = [date(2025, 6, 2) + timedelta(weeks=week) for week in range(6)]

    assert cadence(dated(date(2025, 6, 2)), AS_OF).median_days_between is None
    assert cadence(dated(*mondays), AS_OF).median_days_between == 7.0
    assert (cadence(dated(*mondays), AS_OF).weekday, cadence(dated(*mondays), AS_OF).hour) == ("Monday", None)
    assert cadence(dated(*mondays, hour=7), AS_OF).hour == 7
    assert cadence(dated(*mondays[:4], hour=7), AS_OF).weekday is None


def test_a_weekday_is_usual_where_a_third_of_posts_and_more_than_chance_fall_on_it():
    """Nine of twenty-nine posts on Wednesdays, with seven on Tuesdays, is no habit; thirteen is one."""
    wednesday = date(2025, 6, 4)
    others = [wednesday + timedelta(days=offset) for offset in (1, 2, 3, 4, 5, 6, 6)]
    spread = [day + timedelta(weeks=week) for day in others for week in (0, 1, 2)][:20]

    def usual(times):
        return cadence(dated(*(wednesday + timedelta(weeks=week) for week in range(times)), *spread), AS_OF).weekday

    assert (usual(9), usual(13)) == (None, "Wednesday")


def test_a_link_into_the_future_was_put_in_later():
    """A citation older than the post it cites has no day; one a day older may be a matter of time zones."""
    cited = post("https://star.example/p", "star", on=date(2025, 3, 2))
    days = (date(2024, 1, 1), date(2025, 3, 1), date(2025, 4, 1))
    citing = [post(f"https://ada.example/{day}", "ada", on=day) for day in days]
    library = open_library(corpus([person("ada"), person("star")], [cited, *citing]), as_of=AS_OF)

    told = undate_later_links(graph([citation(one, cited) for one in citing]), library)

    assert [one.published_on for one in told.citations] == [None, date(2025, 3, 1), date(2025, 4, 1)]


def test_utc_stamps_tell_no_zone():
    """Where every stamp is UTC the hour is UTC's, and says nothing of where somebody lives."""
    mondays = [date(2025, 6, 2) + timedelta(weeks=week) for week in range(6)]
    abroad = [replace(p, published_at=p.published_at.replace(tzinfo=timezone(timedelta(hours=2))))
              for p in dated(*mondays, hour=7)]  # fmt: skip

    assert (cadence(dated(*mondays, hour=7), AS_OF).zoned, cadence(abroad, AS_OF).zoned) == (False, True)


def test_months_of_the_window_are_all_there():
    """Activity holds every month of the window, empty ones too."""
    months = activity(dated(date(2024, 3, 5), date(2024, 3, 9)), (), (date(2024, 2, 10), date(2024, 4, 1)))

    assert [(m.start, m.posts, m.on_topic) for m in months] == [
        (date(2024, 2, 1), 0, 0), (date(2024, 3, 1), 2, 2), (date(2024, 4, 1), 0, 0),
    ]  # fmt: skip
    assert months_between(date(2024, 12, 31), date(2025, 1, 1)) == (date(2024, 12, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("expected", "days"),
    [
        (Direction.SILENT, [date(2024, 1, 5), date(2024, 2, 5), date(2024, 3, 5)]),
        (Direction.NEW, [date(2025, 12, 1), date(2026, 1, 10)]),
        (Direction.STEADY, [date(2024, 1, 5) + timedelta(days=30 * n) for n in range(25)]),
        (
            Direction.RISING,
            [date(2024, 1, 5), date(2024, 9, 1), *(date(2025, 9, 1) + timedelta(days=15 * n) for n in range(10))],
        ),
        (Direction.FADING, [*(date(2024, 1, 5) + timedelta(days=10 * n) for n in range(50)), date(2026, 1, 20)]),
    ],
    ids=lambda value: value.value if isinstance(value, Direction) else "days",
)
def test_direction_is_measured_against_their_own_habit(expected, days):
    """The last half-year against the half-years before, by their own cadence."""
    assert direction(dated(*days), WINDOW, AS_OF)[0] is expected


def test_direction_says_its_figures():
    """The sentence beside a direction holds what it rests on."""
    days = [date(2024, 1, 5) + timedelta(days=30 * n) for n in range(25)]

    assert (
        direction(dated(*days), WINDOW, AS_OF)[1]
        == "5 posts on the topic in the last half-year, against about 6 each in the half-years before."
    )


def test_nobody_is_steady_after_a_year_without_a_post():
    """However rarely somebody writes, a year without a post is told as such."""
    days = [date(2024, 1, 5), date(2024, 6, 5), date(2024, 12, 20)]

    assert direction(dated(*days), WINDOW, AS_OF) == (
        Direction.FADING, "No post on the topic for 13 months; they usually write on it every 6 months.",
    )  # fmt: skip


def test_a_common_word_is_a_phrase_only_where_it_is_written_of():
    """A single common word counts where their posts dwell on it or head with it; names and longer terms need no more."""
    text = "The hinge was old. I oiled the hinge, as a hinge breaks in the cold. We dug by the beacon."
    ada = [post(f"https://ada.example/{n}", "ada", title="Notes", text=text) for n in range(80)]
    bo = [post(f"https://bo.example/{n}", "bo", text=f"{FILLER} " * 3) for n in range(80)]
    table = count_terms([*ada, *bo], lexicon(), {})
    usage = usage_by_person(table, ["ada", "bo"])

    def found(**given):
        told = distinctive_phrases(table, usage, "ada", usage.counts[1], unwanted=frozenset(), **given)
        return {phrase.text for phrase in told}

    assert found() == {"hinge"}
    assert found(headed={"beacon": 1}) == {"hinge"}
    assert found(headed={"beacon": 2}) == {"hinge", "beacon"}
    assert found(owned=np.full(len(table.terms), -9.0)) == set()


@pytest.mark.parametrize(
    ("heads", "owned", "often", "shown"),
    [
        (0, 2.0, 3, True),  # dwelt on, and the topic's own
        (0, 0.5, 3, False),  # dwelt on as words of every subject are
        (0, 0.5, 5, True),  # dwelt on at length
        (1, 0.5, 3, True),  # dwelt on and headed once
        (1, 0.5, 0, False),  # one title is a turn of speech
        (2, 0.5, 0, True),  # two are a subject
        (0, -4.0, 5, False),  # of other subjects by far
    ],
)
def test_a_common_word_has_to_be_the_topics_or_to_head_posts(heads, owned, often, shown):
    """What a common word needs depends on how it stands against posts off the topic and on how often it heads.

    `often` of five posts say it twice, the others once.
    """
    once, again = "The hinge was old. We dug a pit.", "The hinge was old. I oiled a hinge by the fire. We dug a pit."
    ada = [
        post(f"https://ada.example/{n}", "ada", title="Notes", text=again if n % 5 < often else once) for n in range(60)
    ]
    bo = [post(f"https://bo.example/{n}", "bo", text=f"{FILLER} " * 3) for n in range(80)]
    table = count_terms([*ada, *bo], lexicon(), {})
    usage = usage_by_person(table, ["ada", "bo"])
    told = distinctive_phrases(table, usage, "ada", usage.counts[1], unwanted=frozenset(), headed={"hinge": heads},
                               owned=np.full(len(table.terms), owned))  # fmt: skip

    assert ("hinge" in {phrase.text for phrase in told}) is shown


def test_a_phrase_said_once_a_post_is_a_turn_of_speech():
    """A phrase of common words counts where posts come back to it or head with it; one with a name in it needs no more."""
    once = "We oiled the hinge plate. The borrowed ladder was short. We carried the Nordkette beacon."
    ada = [
        post(f"https://ada.example/{n}", "ada", title="Notes", text=f"{once} The hinge plate is old.")
        for n in range(40)
    ]
    bo = [post(f"https://bo.example/{n}", "bo", text=f"{FILLER} " * 3) for n in range(40)]
    table = count_terms([*ada, *bo], lexicon(), {})
    usage = usage_by_person(table, ["ada", "bo"])

    def found(**given):
        told = distinctive_phrases(table, usage, "ada", usage.counts[1], unwanted=frozenset(), **given)
        return {phrase.text for phrase in told}

    assert "hinge plate" in found()
    assert "borrowed ladder" not in found()
    assert "borrowed ladder" in found(headed={"borrowed ladder": 1})
    assert "Nordkette beacon" in found()


def test_newcomers_are_who_nobody_cited_before():
    """The first citer of somebody, within a year of their first post and alone on that day, lifted up a newcomer."""
    star = post("https://star.example/p", "star", on=date(2025, 1, 1))
    old = post("https://old.example/p", "old", on=date(2024, 1, 1))
    by = {
        who: post(f"https://{who}.example/p", who, on=date(2025, 3, day))
        for day, who in enumerate(("ada", "bo"), start=1)
    }
    library = open_library(
        corpus([person(who) for who in ("ada", "bo", "star", "old")], [star, old, *by.values()]), as_of=AS_OF
    )
    made = graph([citation(p, cited) for p in by.values() for cited in (star, old)])

    found = generosity(made, library, {})

    assert [(one.person, one.on) for one in found["ada"].newcomers] == [("star", date(2025, 3, 1))]
    assert found["bo"].newcomers == ()


def test_credit_is_a_share_of_what_they_cite():
    """Credit, thanks and praise are counted among all citations, beside the median of the circle's writers."""
    star = post("https://star.example/p", "star", on=date(2024, 1, 1))
    kinds = {"ada": [Circumstance.CREDITS, Circumstance.THANKS, *[Circumstance.MENTIONS] * 3], "bo": [Circumstance.LISTS] * 5,
             "cy": [Circumstance.AGREES] * 5, "di": [Circumstance.CREDITS]}  # fmt: skip
    library = open_library(corpus([person(who) for who in ("star", *kinds)], [star]), as_of=AS_OF)
    made = graph([citation(post(f"https://{who}.example/{n}", who), star, circumstance=kind)
                  for who, given in kinds.items() for n, kind in enumerate(given)])  # fmt: skip

    found = generosity(made, library, dict.fromkeys(kinds, "circle-1"))

    assert {who: (g.credits, g.given, g.circle_share) for who, g in found.items()} == {
        "ada": (2, 5, 0.4), "bo": (0, 5, 0.4), "cy": (5, 5, 0.4), "di": (1, 1, 0.4),
    }  # fmt: skip


def test_phrases_set_a_person_apart():
    """What one writes and others do not is theirs; what all write is nobody's, and stop words and code never are."""
    ada = [
        post(
            f"https://ada.example/{n}",
            "ada",
            text="The split hinge squeaks. I oil the split hinge, and snow_pack() wants none.",
        )
        for n in range(15)
    ]
    bo = [
        post(f"https://bo.example/{n}", "bo", text="The wind moved snow over the ridge, and the snow slid.")
        for n in range(15)
    ]
    posts = ada + bo
    table = count_terms(posts, lexicon(), {})
    usage = usage_by_person(table, ["ada", "bo"])

    found = distinctive_phrases(table, usage, "ada", usage.counts[1], unwanted=frozenset())

    assert found[0].text == "split hinge"
    assert (found[0].posts, found[0].example) == (15, "https://ada.example/9")
    assert not {"the", "snow_pack", "snow", "pack"} & {phrase.text for phrase in found}


def test_terms_do_not_cross_punctuation():
    """A phrase never spans a comma or a full stop."""
    table = count_terms(
        [post(f"https://ada.example/{n}", "ada", title="x", text="Powder, crust. Corn snow") for n in range(3)],
        lexicon(),
        {},
    )

    assert table.terms == ("corn", "corn snow", "crust", "powder", "snow")


@pytest.mark.parametrize(
    ("ranked", "kept"),
    [
        ([("hinge", 5), ("split hinge", 4)], ("split hinge",)),
        ([("hinge", 10), ("split hinge", 2)], ("hinge",)),
        ([("split hinge", 4), ("hinge", 5)], ("split hinge",)),
        ([("hinge", 5), ("hinges", 5), ("wax", 2)], ("hinge", "wax")),
    ],
)
def test_longer_phrases_stand_for_the_shorter(ranked, kept):
    """A phrase used nearly as often as a part of it stands for both; plurals are one."""
    assert subsume(ranked, 5)[: len(kept)] == kept or set(subsume(ranked, 5)) == set(kept)


def test_first_pieces_are_three_and_distinct():
    """The most cited, the most central and the latest substantial piece, each once and with its reason."""
    cited = post("https://ada.example/cited", "ada", title="Cited", words=460, relevance=0.7)
    central = post("https://ada.example/central", "ada", title="Central", words=920, relevance=0.99)
    latest = post("https://ada.example/latest", "ada", title="Latest", words=690, relevance=0.6, on=date(2026, 1, 20))
    note = post("https://ada.example/note", "ada", title="Note", words=40, on=date(2026, 1, 25))
    by = [post(f"https://{name}.example/p", name) for name in ("bo", "cy")]
    here = corpus([person(name) for name in ("ada", "bo", "cy")], [cited, central, latest, note, *by])
    library = open_library(here, as_of=AS_OF)
    citers = citers_by_post(graph([citation(p, cited) for p in by]), library, circles(["ada", "bo"], ["cy"]))

    pieces = first_pieces("ada", library, citers)

    assert [(p.title, p.why, p.minutes) for p in pieces] == [
        ("Cited", "Cited by 2 people, one of them in their circle.", 2),
        ("Central", "The most central to the topic of the 4 pieces they wrote about it.", 4),
        ("Latest", "Their latest substantial piece.", 3),
    ]


@pytest.mark.parametrize(
    ("circumstance", "why"),
    [
        (Circumstance.CREDITS, "Bo credits it in “A post”."),
        (Circumstance.DISAGREES, "Bo disagrees with it in “A post”."),
        (Circumstance.MENTIONS, "Bo links to it in “A post”."),
    ],
)
def test_a_piece_cited_once_says_by_whom_and_how(circumstance, why):
    """One citation is no count: who made it and what it does is the reason."""
    cited, by = post("https://ada.example/p", "ada"), post("https://bo.example/p", "bo")
    here = open_library(corpus([person("ada"), person("bo")], [cited, by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(by, cited, circumstance=circumstance)]), here, circles(["ada", "bo"]))

    assert [piece.why for piece in first_pieces("ada", here, citers)] == [why]


def test_a_tie_is_no_superlative():
    """Of two posts cited by as many, none is cited more than any other."""
    cited = [post(f"https://ada.example/{n}", "ada") for n in (1, 2)]
    by = [post(f"https://{name}.example/p", name) for name in ("bo", "cy")]
    here = open_library(corpus([person(name) for name in ("ada", "bo", "cy")], [*cited, *by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(p, c) for p in by for c in cited]), here, circles(["ada", "bo", "cy"]))

    assert first_pieces("ada", here, citers)[0].why == "Cited by 2 people in their circle."


def test_the_latest_piece_says_whether_a_later_one_stands_above_it():
    """Where the most cited piece is later than the latest that is left, the sentence says so."""
    words = "Snow and hinges. " * 300
    cited = post("https://ada.example/new", "ada", title="New", text=words, on=date(2025, 12, 1), relevance=0.6)
    older = [post(f"https://ada.example/{n}", "ada", title=f"Old {n}", text=words, on=date(2025, n, 1)) for n in (1, 2)]
    by = post("https://bo.example/p", "bo")
    library = open_library(corpus([person("ada"), person("bo")], [cited, *older, by]), as_of=AS_OF)
    citers = citers_by_post(graph([citation(by, cited)]), library, circles(["ada", "bo"]))

    assert [piece.why for piece in first_pieces("ada", library, citers)][2:] == [
        "Their latest substantial piece besides these."
    ]


def test_first_pieces_of_somebody_with_one_post():
    """One post is one piece, never the same one three times."""
    here = corpus([person("ada")], [post("https://ada.example/p", "ada")])

    library = open_library(here, as_of=AS_OF)

    assert len(first_pieces("ada", library, citers_by_post(graph(), library, circles(["ada"])))) == 1


def test_tags_used_twice_are_favourites():
    """Tags they use at least twice, in the spelling they use most; what is nobody's business is left out."""
    posts = [post(f"https://ada.example/{n}", "ada", tags=tags) for n, tags in enumerate(
        [("Splitboard", "wax"), ("splitboard", "politics"), ("Splitboard", "politics")])]  # fmt: skip

    assert favourite_tags("ada", open_library(corpus([person("ada")], posts), as_of=AS_OF), lexicon()) == (
        "Splitboard",
    )


def test_lifting_up_is_citing_before_most_others():
    """Who cited somebody before at least two others and most of all citers lifted them up."""
    star = post("https://star.example/p", "star")
    by = {
        name: post(f"https://{name}.example/p", name, on=date(2025, month, 1))
        for month, name in enumerate(["ada", "bo", "cy", "di"], start=1)
    }

    assert lifts_up(graph([citation(p, star) for p in by.values()])) == {"ada": ("star",), "bo": ("star",)}
