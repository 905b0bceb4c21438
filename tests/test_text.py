"""Words: tokens, sentences, quotations cut at word ends, slugs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.languages.quotability import is_quotable, strip_return_mark
from generator.text import MAX_QUOTE, clip, fold, is_latin, sentences, slug, tokens

PROSE = st.lists(
    st.sampled_from(["snow", "falls", "Ada", "e.g.", "it's", "C++", "é", "登山", "…", "—", "a" * 40]), max_size=80
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" a \n\t b ", "a b"),
        ("a\0b\x1b[31m", "ab[31m"),
        ("a\u00a0b\u2003c", "a b c"),
        ("", ""),
    ],
)
def test_white_space_folds_and_control_characters_go(text, folded):
    """What a page shows, on one line."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't use C++ or C#; try Node.js!", ["don't", "use", "c++", "or", "c#", "try", "node.js"]),
        ("Straße ÉTÉ", ["strasse", "été"]),
        ("back-country, 3.5 km", ["back-country", "3.5", "km"]),
        ("snake_case", ["snake", "case"]),
        ("!?", []),
    ],
)
def test_words_keep_what_makes_them_one(text, words):
    """Signs inside and the plus signs of names stay."""
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Use e.g. Rust. It works.", ["Use e.g. Rust.", "It works."]),
        ("By J. Smith. Read it.", ["By J. Smith.", "Read it."]),
        ("Version 1.2 is out. Yes.", ["Version 1.2 is out.", "Yes."]),
        ("A title\n\nA paragraph", ["A title", "A paragraph"]),
        ('He said "No." Then he left.', ['He said "No."', "Then he left."]),
        ("She said no. Then she left.", ["She said no.", "Then she left."]),
        ("See No. 5 and Fig. 2 there. Done.", ["See No. 5 and Fig. 2 there.", "Done."]),
        ("no capital. follows", ["no capital. follows"]),
        ("She said no.\n\n", ["She said no."]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_think_they_do(text, parts):
    """Abbreviations and numbers do not end one, blank lines do."""
    assert list(sentences(text)) == parts


@given(PROSE.map(" ".join), st.sampled_from([". ", "! ", "\n\n", " "]))
def test_sentences_lose_no_word(text, gap):
    """Joined again they are the text."""
    whole = gap.join([text, text])
    assert fold(" ".join(sentences(whole))) == fold(whole)


@given(st.text(max_size=400))
def test_sentences_of_any_text_are_that_text(text):
    """Whatever the script: nothing added, nothing lost but white space."""
    assert re.sub(r"\s", "", "".join(sentences(text))) == re.sub(r"\s", "", fold(text))


@given(PROSE.map(" ".join), st.integers(min_value=10, max_value=300))
def test_a_clipping_is_short_and_verbatim(text, limit):
    """At most `limit` characters, and but for the `…` at its ends a part of the text."""
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    assert clipped.removesuffix("…").removeprefix("…") in fold(text)


@given(PROSE.map(" ".join), PROSE.map(" ".join))
def test_a_clipping_keeps_what_it_is_about(before, after):
    """The anchor of a link stands in the sentence quoted for it."""
    clipped = clip(f"{before} the very words {after}", MAX_QUOTE, around="the very words")
    assert "the very words" in clipped
    assert len(clipped) <= MAX_QUOTE


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("short", 20, "short"),
        ("one two three four", 12, "one two…"),
        ("x" * 30, 10, "xxxxxxxxx…"),
    ],
)
def test_cuts_fall_between_words(text, limit, clipped):
    """Unless a single word is longer than the room."""
    assert clip(text, limit) == clipped


def test_words_in_the_middle_are_marked_on_both_sides():
    """Readers see that more stood before and behind."""
    clipped = clip("a b c d e f g h i j k l m n o p q r s t u v w x y z", 20, around="m n")
    assert clipped.startswith("…")
    assert clipped.endswith("…")
    assert "m n" in clipped


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Ada Example", "ada-example"),
        ("Zoë Bjørk-Strauß", "zoe-bjork-strauss"),
        ("../../x", "x"),
        ("CON", "con"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Đặng Ánh", "dang-anh"),
        ("Þóra Ðórsdóttir", "thora-dorsdottir"),
        ("Işık Çağrı", "isik-cagri"),
        ("İstanbul", "istanbul"),
        ("Œuvre", "oeuvre"),
        ("Γιώργος Παπάς", "giorgos-papas"),
        ("Сергей Артемьев", "sergey-artemev"),
        ("王小明", "wangxiaoming"),
        ("김철수", "gimcheolsu"),
        ("Ａｄａ", "ada"),
        ("Zoe\u0308", "zoe"),
        ("عمر 😀", "mr"),
        ("😀 ★ ♥", ""),
        ("O’Brien", "o-brien"),
        ("a" * 80, "a" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_slugs_are_file_names_everywhere(name, made):
    """Letters a to z, digits, single hyphens; nothing that climbs out of a folder."""
    assert slug(name) == made


@pytest.mark.parametrize(
    ("text", "latin"),
    [("Łukasz Żółć 2", True), ("Đặng", True), ("", True), ("42 ★", True), ("王小明", False), ("Ada Ж", False)],
)
def test_a_text_is_latin_by_its_letters(text, latin):
    """Digits, marks and symbols belong to every script."""
    assert is_latin(text) is latin


@given(st.text(max_size=100))
def test_a_slug_of_any_name_is_safe(name):
    """`[a-z0-9-]`, at most 60 characters, no hyphen at an end, and its own slug."""
    made = slug(name)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert len(made) <= 60
    assert slug(made) == made


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    """And what is folded has no line break."""
    assert fold(fold(text)) == fold(text)
    assert "\n" not in fold(text)


@pytest.mark.parametrize(
    ("quote", "telling"),
    [
        ("Sorry) Ada Holt, Bo Lund, Cy Marsh and Di Orr.", False),
        ("a) the snow was wet, b) the rope was short.", True),
        ("The rope (a short one) held for the whole day.", True),
        ("And Ada's blog posts.", False),
        ("Read about it here.", False),
        ("See Ada's extended discussion of knots for the gory details.", False),
        ("For more details, see the long post about knots.", False),
        ("See also: Ada on wet ropes in winter.", False),
        ("You can read more about how this works in Ada's post.", False),
        ("Here is the canonical example, from Ada's post on knots.", False),
        ("See how Ada ties the knot twice so that a wet rope under load never slips through her hands.", True),
        ("https://ada.example/knots/on-wet-ropes/ is where it began for all of us", False),
        ("blog: Knots and other thoughts on wet ropes", False),
        ("The rope held (as Ada had said it would).", True),
        ("Seeing Ada tie it once was enough for me.", True),
    ],
)
def test_sentence_that_means_nothing_alone_is_not_telling(quote, telling):
    """Torn sentences, bare addresses and sentences that only send the reader elsewhere do not stand alone."""
    assert is_quotable(quote) is telling


@pytest.mark.parametrize("mark", ["↩", " ↩︎", " ↩ ↩︎", " ⤴️"])
def test_arrow_back_from_a_footnote_is_no_word(mark):
    """What is left is verbatim text; an arrow inside a sentence stays."""
    assert strip_return_mark(f"Ada said so first.{mark}") == "Ada said so first."
    assert strip_return_mark("Press ↩ to go on.") == "Press ↩ to go on."


def test_a_text_is_cut_at_the_start_where_what_is_kept_stands_late():
    """The words to keep stay inside; the cut before them is at the start of a word where there is one near."""
    assert clip("alpha beta gamma delta", 14, "gamma") == "…gamma delta"
    assert clip("x" * 40 + "KEEP" + "y" * 40, 20, "KEEP").count("KEEP") == 1
