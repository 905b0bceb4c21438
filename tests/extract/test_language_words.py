"""Words of several languages in names, dates, headings and statements: each rule with a match and a near miss."""

from datetime import UTC, datetime

import pytest

from generator.extract.authors import COPYRIGHT, make_mention
from generator.extract.contacts import OBFUSCATED_EMAIL
from generator.extract.dates import read_date, read_date_line
from generator.extract.dom import COMMENTS, FURNITURE
from generator.extract.feed_entries import SIGNATURE, TEASER_ENDING
from generator.extract.links import BLOGROLL_HEADING
from generator.extract.names import clean_person_name, is_person_name, non_name_titles, split_names
from generator.extract.page_kind import LISTING_TITLE, kind_by_address, segments_of
from generator.extract.page_metadata import FEED_SUFFIX
from generator.extract.self_statements import opt_out_request, stated_age, states_minor
from generator.extract.stand_ins import MISSING
from generator.records import NameSource, PageKind, Url

FETCHED_AT = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
PAGE = Url("https://a.example/")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Posted by Ada Example", "Ada Example"),
        ("von Ada Example", "Ada Example"),
        ("par Ada Example", "Ada Example"),
        ("Autor: Ada Example", "Ada Example"),
        ("Ada Example on May 17", "Ada Example"),
        ("My name is Ada Example", "Ada Example"),
        ("Proudly powered by WordPress", ""),
        ("The Editors", ""),
        ("Vonda Example", "Vonda Example"),
    ],
)
def test_byline_words_are_not_part_of_a_name(raw, name):
    """Prepositions, labels and dates around a name are removed; credits and roles are not names."""
    assert clean_person_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("Ada Example and Bo Example", ("Ada Example", "Bo Example")),
        ("Ada Example und Bo Example", ("Ada Example", "Bo Example")),
        ("Ada Example, Jr.", ("Ada Example, Jr.",)),
        ("Rust and WebAssembly", ("Rust and WebAssembly",)),
    ],
)
def test_only_full_names_are_split(raw, parts):
    """A byline is split at a conjunction where every part is a full name."""
    assert split_names(raw) == parts


@pytest.mark.parametrize(
    ("name", "is_name"),
    [("Ada van der Example", True), ("Ada", False), ("Powder Lines", False), ("Not Ada", False), ("Ada Media", False)],
)
def test_a_full_name_has_no_words_of_titles(name, is_name):
    """Two to four capitalised words are a name without words of titles, organisations or sentences."""
    assert is_person_name(name) is is_name


@pytest.mark.parametrize(
    ("title", "texts", "titles"),
    [
        ("Crested Butte", ("a crested bird", "crested", "the butte", "a butte"), ("Crested Butte",)),
        ("Crested Butte", ("a crested bird", "the butte"), ()),
        ("Robin Ward", ("a robin", "robin", "a ward", "ward"), ()),
    ],
)
def test_a_title_of_common_words_is_not_a_name(title, texts, titles):
    """A title whose words the site also writes in lower case, twice each, is not a name; given names are."""
    assert non_name_titles((title,), texts) == titles


@pytest.mark.parametrize(
    ("raw", "email", "organisation"),
    [
        ("Ada Example <ada@a.example>", "ada@a.example", False),
        ("Ada Example <noreply@a.example>", None, False),
        ("Example Foundation", None, True),
        ("Beispiel GmbH", None, True),
    ],
)
def test_a_mention_has_an_address_that_is_read(raw, email, organisation):
    """Addresses that are not read are dropped; words of an organisation mark one."""
    mention = make_mention(raw, NameSource.BYLINE, PAGE)

    assert (mention.email, mention.organisation) == (email, organisation)


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 2019–present by Ada Example", "Ada Example"),
        ("Copyright 2020 to today Ada Example. All rights reserved", "Ada Example"),
        ("copyrighted material", None),
    ],
)
def test_a_copyright_line_names_its_holder(line, holder):
    """The holder is found after years; a word that only begins like copyright is not a line of rights."""
    match = COPYRIGHT.search(line)

    assert (match["name"].strip(" ,.") if match else None) == holder


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("17 May 2024", 17),
        ("17. Mai 2024", 17),
        ("17 mai 2024", 17),
        ("1er août 2024", 1),
        ("17 de mayo de 2024", 17),
        ("17 maggio 2024", 17),
        ("17 de maio de 2024", 17),
        ("17 mei 2024", 17),
        ("17 maj 2024", 17),
        ("17 févr. 2024", 17),
        ("17. Maerz 2024", 17),
        ("2024-05-17 at 08:30", 17),
        ("2024-05-17 um 08:30", 17),
        ("5 out of 2024", None),
        ("17 Foo 2024", None),
    ],
)
def test_dates_in_eight_languages(raw, day):
    """Names of months are read in eight languages, wide and abbreviated; an English word is not a month."""
    when = read_date(raw, FETCHED_AT)

    assert (when.at.day if when else None) == day


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("Posted on Friday, 17 May 2024 by Ada Example", True),
        ("17 mai 2024 par Ada Example", True),
        ("We rode the north face on 17 May 2024 and slept well", False),
    ],
)
def test_a_line_with_little_besides_a_date_is_a_date_line(line, is_date):
    """Weekday, verb and author may be beside the date; a sentence is not a date line."""
    assert (read_date_line(line, FETCHED_AT) is not None) is is_date


@pytest.mark.parametrize(
    ("pattern", "match", "near_miss"),
    [
        (TEASER_ENDING, "The slab held. Continue reading", "They continued reading."),
        (TEASER_ENDING, "Der Hang hielt. Weiterlesen", "Weiterlesen lohnt sich nicht."),
        (TEASER_ENDING, "La pente a tenu. Lire la suite", "Lire la suite en mai, dit-elle."),
        (SIGNATURE, "The post Slab first appeared on Powder Lines.", "The post office appeared closed."),
        (BLOGROLL_HEADING, "Blogs I read", "Blogs I wrote"),
        (BLOGROLL_HEADING, "Amis", "Tamis"),
        (MISSING, "Page not found", "How I found the page"),
        (LISTING_TITLE, "Posts tagged avalanche", "Posts of the fence"),
        (FURNITURE, "main site-footer", "site-footers-of-old"),
        (FURNITURE, "related-posts", "unrelated"),
        (COMMENTS, "comments-area", "commentary"),
        (OBFUSCATED_EMAIL, "ada [at] a [dot] org", "ada is at home"),
        (FEED_SUFFIX, "Powder Lines » Recent Posts RSS", "Powder Lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_of_pages(pattern, match, near_miss):
    """Each pattern of page words matches its phrase and not a similar one."""
    assert pattern.search(match)
    assert not pattern.search(near_miss)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("about", PageKind.ABOUT),
        ("über-mich", PageKind.ABOUT),
        ("a-propos", PageKind.ABOUT),
        ("om-mig", PageKind.ABOUT),
        ("archive", PageKind.LISTING),
        ("kategorie/schnee", PageKind.LISTING),
        ("slab", None),
        ("2024/05/17/about", None),
    ],
)
def test_kind_by_words_of_the_address(path, kind):
    """The last part of an address, or the folder before it, shows pages about the owner and listings."""
    url = f"https://a.example/{path}"

    assert kind_by_address(url, segments_of(url)) is kind


def test_age_and_opt_out_statements():
    """An age under 18 and a request not to be listed are read from plain sentences only."""
    assert stated_age("I'm fifteen years old.") == 15
    assert stated_age("I am 45 years old.") is None
    assert states_minor("I am 15.", datetime(2020, 1, 1, tzinfo=UTC), FETCHED_AT) is False
    assert states_minor("I am 15.", None, FETCHED_AT) is True
    assert opt_out_request("Hi. Do not list this blog in any directory.") == "Do not list this blog in any directory."
    assert opt_out_request("I keep my posts out of habit.") == ""
