"""Patterns built from data files: alternatives of all languages, references between keys, names of months."""

import re

import pytest

from generator.languages import alternation as alternation_module
from generator.languages.alternation import alternation, fragments
from generator.languages.contact_words import ANY_AT, ANY_DOT, WRITTEN_AT, WRITTEN_DOT
from generator.languages.month_names import month_numbers
from generator.languages.name_words import ORGANISATION_WORDS, PLACEHOLDER_NAMES, SITE_WORDS


def test_alternatives_come_from_all_languages():
    """Entries of one key are joined over the languages, English first."""
    assert alternation("names", "byline_prepositions").startswith("(?:by|")
    assert re.fullmatch(alternation("names", "byline_prepositions"), "von")


def test_a_key_without_entries_never_matches():
    """A key that is in no data file gives a pattern without a match."""
    assert not re.search(alternation("names", "unknown_key"), "anything")


def test_references_are_filled_in_and_counts_are_kept(monkeypatch):
    """`{key}` becomes the entries of that key; the counts of a regular expression stay."""
    known = {"outer": ("a {inner}{0,60}",), "inner": ("b", "c")}
    monkeypatch.setattr(
        alternation_module, "words_of", lambda code, _name, key: known.get(key, ()) if code == "en" else ()
    )
    fragments.cache_clear()
    pattern = alternation("statements", "outer")
    fragments.cache_clear()

    assert re.fullmatch(pattern, "a bcb")
    assert "{0,60}" in pattern


def test_a_reference_to_an_unknown_key_is_an_error(monkeypatch):
    """An entry that refers to a missing key names the file and the key."""
    monkeypatch.setattr(
        alternation_module, "words_of", lambda _code, _name, key: ("a {missing}",) if key == "known" else ()
    )
    fragments.cache_clear()

    with pytest.raises(KeyError, match=r"en/names\.yaml: missing has no entries"):
        fragments("en", "names", "known")
    fragments.cache_clear()


@pytest.mark.parametrize(
    ("name", "number"),
    [("january", 1), ("märz", 3), ("maerz", 3), ("août", 8), ("aout", 8), ("mei", 5), ("maj", 5), ("settembre", 9)],
)
def test_months_have_names_in_eight_languages(name, number):
    """Names of months come from the locale data, further spellings from the data files."""
    assert month_numbers()[name] == number


@pytest.mark.parametrize("word", ["out", "set", "monday"])
def test_common_words_are_not_months(word):
    """Abbreviations of months that are English words are left out."""
    assert word not in month_numbers()


@pytest.mark.parametrize(
    ("raw", "strict", "loose"),
    [
        ("ada [at] a [dot] org", True, True),
        ("ada at a dot org", True, True),
        ("ada(a)a(.)org", True, True),
        ("ada@a.org", False, True),
        ("ada a org", False, False),
    ],
)
def test_written_out_addresses(raw, strict, loose):
    """Strict words find disguised addresses only; loose ones also match the plain address."""
    assert bool(re.fullmatch(f"ada{WRITTEN_AT}a{WRITTEN_DOT}org", raw)) is strict
    assert bool(re.fullmatch(f"ada{ANY_AT}a{ANY_DOT}org", raw)) is loose


def test_words_of_names():
    """Placeholders, words of organisations and words of sites do not match a person's name."""
    assert "admin" in PLACEHOLDER_NAMES
    assert "ada" not in PLACEHOLDER_NAMES
    assert re.fullmatch(ORGANISATION_WORDS, "gmbh")
    assert re.fullmatch(SITE_WORDS, "weblog")
    assert not re.fullmatch(SITE_WORDS, "ada")
