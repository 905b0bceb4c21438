"""Own words: who somebody says they are, and what is left unsaid."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.corpus.self_description import self_description
from generator.records import PageKind

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.corpus import page

A = "https://a.example/"


def said(text, *, address="about", kind=PageKind.ABOUT, written=None, **more):
    """What Ada's page lets her say."""
    found = self_description([page(f"{A}{address}", kind=kind, text=text, **more)], "Ada Example", written or {})
    return found and found.text


@pytest.mark.parametrize(
    "private",
    [
        "I live in a white house by the lake with my wife and two sons.",
        "We are raising three children.",
        "My partner teaches the piano.",
        "I was diagnosed with diabetes and live with a chronic illness.",
        "I sing in the church choir every week.",
        "My mother taught me to ski.",
        "I grew up on a farm near the border.",
        "A bout of flu left me weak for a season.",
    ],
)
def test_family_home_health_and_faith_are_never_shown(private):
    """A sentence about what is nobody's business is left unsaid, wherever it stands, and what follows is cut off."""
    assert (
        said(f"I guide winter tours. {private} I teach rescue courses.")
        == "I guide winter tours. … I teach rescue courses."
    )
    assert said(f"{private} I guide winter tours.") == "I guide winter tours."
    assert said(private) is None


def test_a_name_alone_says_nothing_and_also_leans_on_what_stands_before():
    """A sentence that gives the name only is shown with another or not at all; "also" is no beginning."""
    assert said("I'm Ada.") is None
    assert said("I'm Ada. I mend skis.") == "I'm Ada. I mend skis."
    text = "I am also a working composer of songs. I am a guide in a hill town."
    assert said(text) == "I am a guide in a hill town."


def test_what_follows_must_speak_of_its_writer():
    """A sentence about something else ends the stretch; what then speaks of the writer again stands behind a cut."""
    text = "I guide winter tours. The valley is short of snow. A long night follows it. I teach rescue courses."
    assert said(text) == "I guide winter tours. … I teach rescue courses."


def test_private_words_are_told_by_language():
    """German private words hide German sentences; "kind of" is an English phrase and hides nothing."""
    assert said("Ich bin Bergführerin. Mein Mann ist Koch.", language="de") == "Ich bin Bergführerin."
    assert said("I am a kind of guide for paths.") == "I am a kind of guide for paths."


def test_short_sentences_about_today_count_and_former_jobs_do_not():
    """What they do now begins, however short; former jobs and the way to a CV are left out, never begun with."""
    text = (
        "I work for Ridgeline. I have previously worked for three ski makers. I have worked remotely since 2009. "
        "My LinkedIn profile has all of it.\n\nI like maps. I am a member of the rescue team."
    )
    assert said(text) == "I work for Ridgeline. … I like maps. I am a member of the rescue team."


def test_who_they_are_goes_before_what_they_like():
    """A page that opens with a goal or a taste begins where it says who writes."""
    text = "My goal is to make winter safer. I read a lot.\n\nI am an engineer at a small works. I build beacons."
    assert said(text) == "I am an engineer at a small works. I build beacons."


def test_a_page_of_links_is_no_page_about_its_owner():
    """Titles on a page of links say nothing of whoever collects them, and a CV is no portrait."""
    text = ": What Is The Least Snow A Slope Needs\n\nhttps://b.example/ : Two Meanings Of Depth. I am a slope."
    assert said(text, address="links.html") is None
    assert said("I am a guide. I was a cook.", address="resume.html") is None


def test_headings_are_no_sentences_and_markup_is_no_word():
    """A heading after the last sentence is left out, and so is torn markup before the first."""
    text = "About\n\n{.portrait width=96} I'm Ada Example, a guide with a taste for maps.\n\nProfessional Overview"
    assert said(text) == "I'm Ada Example, a guide with a taste for maps."


def test_home_page_is_read_up_to_its_posts():
    """A home page's first words or those under "About me" count; posts shown on it do not."""
    post = {"I am a stranger here, said the fox.": "The fox"}
    home = {"address": "", "kind": PageKind.HOME}
    assert said("I am a baker in a hill town.\n\nSome post\n\nI am a fox.", **home) == "I am a baker in a hill town."
    assert said("Ada's odds and ends\n\nAbout me\n\nA climber. I mend skis.", **home) == "A climber. I mend skis."
    assert said("The fox\n\nI am a stranger here, said the fox.", written=post, **home) is None
    assert said("Jan 3, 2026\n\nI am a fox in a later post.", **home) is None
    assert said("I like this new binding.", **home) is None


def test_third_person_needs_the_name():
    """ "Ada Example is a …" is about her; "Snow is a …" is about snow."""
    assert said("Ada Example is a guide and map maker.") == "Ada Example is a guide and map maker."
    assert said("Snow is a porous material.") is None


def test_what_stands_under_personal_is_left_alone():
    """A heading such as "Personal" ends the reading."""
    assert said("I am a guide.\n\nPersonal stuff\n\nI enjoy most sports on television.") == "I am a guide."


def test_subtitle_that_repeats_the_title_says_nothing():
    """A feed's subtitle stands in where no page speaks, unless it only repeats the title or the name."""
    feeds = [
        page(f"{A}feed", kind=PageKind.FEED, title="Ridge notes", description=words)
        for words in ("Recent content on Ridge notes", "Ada Example's blog", "Notes on snow and maps")
    ]
    found = [self_description([feed], "Ada Example", {}) for feed in feeds]
    assert [one and one.text for one in found] == [None, None, "Notes on snow and maps"]
