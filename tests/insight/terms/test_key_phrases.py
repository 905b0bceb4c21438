"""Phrases that set a person apart, and which words are none."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from generator.insight.terms.keyness import distinctive_phrases, usage_by_person
from generator.insight.terms.term_counts import count_terms, merge_contained_terms

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import FILLER, english, post


def test_a_common_word_is_a_phrase_only_where_it_is_written_of():
    """A single common word counts where their posts dwell on it or head with it; names and longer terms need no more."""
    text = "The hinge was old. I oiled the hinge, as a hinge breaks in the cold. We dug by the beacon."
    ada = [post(f"https://ada.example/{n}", "ada", title="Notes", text=text) for n in range(80)]
    bo = [post(f"https://bo.example/{n}", "bo", text=f"{FILLER} " * 3) for n in range(80)]
    table = count_terms([*ada, *bo], english, {})
    usage = usage_by_person(table, ["ada", "bo"])

    def found(**given):
        told = distinctive_phrases(table, usage, "ada", usage.counts[1], excluded_words=frozenset(), **given)
        return {phrase.text for phrase in told}

    assert found() == {"hinge"}
    assert found(title_counts={"beacon": 1}) == {"hinge"}
    assert found(title_counts={"beacon": 2}) == {"hinge", "beacon"}
    assert found(topic_z=np.full(len(table.terms), -9.0)) == set()


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
    table = count_terms([*ada, *bo], english, {})
    usage = usage_by_person(table, ["ada", "bo"])
    told = distinctive_phrases(table, usage, "ada", usage.counts[1], excluded_words=frozenset(), title_counts={"hinge": heads},
                               topic_z=np.full(len(table.terms), owned))  # fmt: skip

    assert ("hinge" in {phrase.text for phrase in told}) is shown


def test_a_phrase_said_once_a_post_is_a_turn_of_speech():
    """A phrase of common words counts where posts come back to it or head with it; one with a name in it needs no more."""
    once = "We oiled the hinge plate. The borrowed ladder was short. We carried the Nordkette beacon."
    ada = [
        post(f"https://ada.example/{n}", "ada", title="Notes", text=f"{once} The hinge plate is old.")
        for n in range(40)
    ]
    bo = [post(f"https://bo.example/{n}", "bo", text=f"{FILLER} " * 3) for n in range(40)]
    table = count_terms([*ada, *bo], english, {})
    usage = usage_by_person(table, ["ada", "bo"])

    def found(**given):
        told = distinctive_phrases(table, usage, "ada", usage.counts[1], excluded_words=frozenset(), **given)
        return {phrase.text for phrase in told}

    assert "hinge plate" in found()
    assert "borrowed ladder" not in found()
    assert "borrowed ladder" in found(title_counts={"borrowed ladder": 1})
    assert "Nordkette beacon" in found()


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
    table = count_terms(posts, english, {})
    usage = usage_by_person(table, ["ada", "bo"])

    found = distinctive_phrases(table, usage, "ada", usage.counts[1], excluded_words=frozenset())

    assert found[0].text == "split hinge"
    assert (found[0].posts, found[0].example) == (15, "https://ada.example/9")
    assert not {"the", "snow_pack", "snow", "pack"} & {phrase.text for phrase in found}


def test_terms_do_not_cross_punctuation():
    """A phrase never spans a comma or a full stop."""
    table = count_terms(
        [post(f"https://ada.example/{n}", "ada", title="x", text="Powder, crust. Corn snow") for n in range(3)],
        english,
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
    assert merge_contained_terms(ranked, 5, code="en")[: len(kept)] == kept or set(
        merge_contained_terms(ranked, 5, code="en")
    ) == set(kept)
