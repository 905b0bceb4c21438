"""What a site's author is called: which names count, and whose posts are whose."""

from __future__ import annotations

import pytest

from generator.corpus.deduplicate import MergedPost
from generator.corpus.names import is_collective, name_key, plausible_name, rank_author_names, strip_site_name
from generator.corpus.opt_out_identity import identifiers_of
from generator.corpus.self_description import self_description
from generator.corpus.suppression import make_suppression, remove_suppressed_links
from generator.records import Mention, NameSource, OptedOutPerson, PageKind, PublisherKind, Url
from tests.factories.corpus import blog, build, page, post, site, topic

A, B = "https://a.example/", "https://b.example/"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ada@mail.example (Ada Example)", "Ada Example"),
        ("Ada Example <ada@mail.example>", "Ada Example"),
        ("© 2019–2024 Ada Example. All rights reserved.", "Ada Example"),
        ("Copyright 2019 - present Ada Example", "Ada Example"),
        ("by Ada Example", "Ada Example"),
        ("author:Ada Example", "Ada Example"),
        ("Byron Example", "Byron Example"),
        ("Ada Example 2024", "Ada Example"),
        ("Admin", ""),
        ("Site Admin", ""),
        ("https://a.example", ""),
        ("Ada wrote this sentence about her very long day", ""),
        ("1984", ""),
    ],
)
def test_a_name_is_freed_of_what_stands_around_it(written, name):
    """Mail addresses, credits and years go; what is no name is nothing; a name that begins like a credit is whole."""
    assert strip_site_name(written) == name
    assert plausible_name(name) == bool(name)


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("Ridge GmbH", True),
        ("The Ridge", True),
        ("Alpenverein", False),
        ("Bergverein e.V.", False),
        ("Verein Grat", True),
    ],
)
def test_a_collective_name_holds_a_word_for_a_group(name, collective):
    """Whole words count."""
    assert is_collective(name) == collective


def test_a_short_title_is_not_a_name_by_itself():
    """ "Ada" as the title of a site and in its footer is no evidence of a name; on a byline it is."""
    footer = Mention("Ada", NameSource.COPYRIGHT, Url(A))
    byline = Mention("Ada", NameSource.BYLINE, Url(f"{A}p"))
    assert rank_author_names([footer], ["Ada"]) == ()
    assert [fact.name for fact in rank_author_names([footer, byline], ["Ada"])] == ["Ada"]
    assert [fact.name for fact in rank_author_names([footer], ["Ridge"])] == ["Ada"]


def named(*mentions, author=""):
    """What a person's site is called whose home page makes these mentions and whose posts an author signs."""
    found = tuple(Mention(name, source, Url(A)) for name, source in mentions)
    home = page(A, kind=PageKind.HOME, title="Ridge", mentions=found)
    said = "I took my splitboard to the avalanche course, and I saw a weak layer. "
    posts = [post(f"{A}p{i}", author=author, text=said * 4 + f"word{i} " * 20) for i in range(4)]
    (person,) = build(home, page(f"{A}feed", *posts, title="Ridge"), sites=(site(A),)).corpus.people
    return person.name


@pytest.mark.parametrize(
    ("mentions", "name"),
    [
        pytest.param([("Ada Example", NameSource.BYLINE)], "Ada Example", id="the name spelled out"),
        pytest.param([("Bo Example", NameSource.ABOUT)], "Bo Example", id="one full name on the about page"),
        pytest.param([("Bo Example", NameSource.ABOUT), ("Cy Other", NameSource.H_CARD)], "ada", id="two full names"),
        pytest.param([("Bo Example", NameSource.BYLINE)], "ada", id="a full name that is only signed"),
        pytest.param([], "ada", id="none"),
    ],
)
def test_a_handle_gives_way_to_a_full_name_that_is_certain(mentions, name):
    """A handle that signs the posts is replaced by a longer form of it, or by the one full name the site presents."""
    assert named(*mentions, author="ada") == name


def test_a_site_that_marks_its_owner_as_an_organisation_is_one():
    """Structured data that calls the author an organisation decides; the reason says so."""
    mention = Mention("Ridge Example", NameSource.JSON_LD, Url(A), organisation=True)
    home = page(A, kind=PageKind.HOME, mentions=(mention,))
    (person,) = build(home, blog(A, "Ridge Example"), sites=(site(A),)).corpus.people
    assert person.kind is PublisherKind.ORGANISATION
    assert person.kind_reason == "its pages mark “Ridge Example” as an organisation"


@pytest.mark.parametrize(("guests", "own"), [(1, 9), (2, 10)])
def test_a_few_posts_under_another_full_name_are_guests(guests, own):
    """At most 15 % of the posts, or one, may be by guests; more of them leave no rule to tell them by."""
    names = ["Ada Example"] * (10 - guests) + [f"Guest{i} Writer{i}" for i in range(guests)]
    posts = [post(f"{A}p{i}", author=name) for i, name in enumerate(names)]
    corpus = build(page(f"{A}feed", *posts), sites=(site(A),)).corpus
    assert len(corpus.posts) == own
    assert len([d for d in corpus.dropped if d.reason.startswith("signed by a guest, Guest")]) == 10 - own


def test_what_a_group_site_signs_as_a_team_belongs_to_the_site():
    """On a site of several authors, posts signed by a team or by no one are the group's own."""
    names = ["Ada Example", "Bo Example"] * 3 + ["Ridge Team", ""]
    posts = [post(f"{A}p{i}", author=name) for i, name in enumerate(names)]
    corpus = build(page(f"{A}feed", *posts, title="The Ridge"), sites=(site(A),)).corpus
    (group,) = [p.id for p in corpus.people if p.kind is PublisherKind.ORGANISATION]
    assert [p.url for p in corpus.posts if p.author == group] == [f"{A}p6", f"{A}p7"]


def test_names_of_other_scripts_are_compared_letter_by_letter():
    """Two Chinese names can be written alike in Latin letters; spellings of a Latin name share a key."""
    assert name_key("王小明") != name_key("汪晓明")
    assert name_key("Łukasz Żółć") == name_key("LUKASZ  ZOLC")
    assert name_key("Иван Петров") == name_key("иван  петров") != name_key("Иван Сидоров")
    assert name_key("😀") == "😀"


def test_identifiers_of_an_opted_out_person_are_not_words_of_the_topic():
    """A single word identifies only if the address holds it; a word of the topic never does."""
    known = OptedOutPerson(("ada.example",), ("Ada", "Bo", "Splitboard", "Cy Example", "…"))
    found = identifiers_of(known, [], topic().topic)
    assert found.names == ("Ada", "Cy Example")
    one_word = OptedOutPerson(("ada.example",), ("王小明", "王晓"))
    assert identifiers_of(one_word, [], topic().topic).names == ("王小明", "王晓")


def test_sentences_about_a_suppressed_person_are_cut_and_others_stay():
    """Of a paragraph that names them, the other sentences stay; other paragraphs are untouched."""
    hidden = make_suppression(frozenset(), [], ["Bo Hidden"])
    merged = build_post("I met Bo Hidden. It snowed.\n\nThe hut was warm.")
    remove_suppressed_links(merged, hidden)
    assert merged.best.text == "It snowed.\n\nThe hut was warm."


def build_post(text):
    """A merged post with a text."""
    return MergedPost(Url(f"{A}p"), site(A).id, post(f"{A}p", text=text))


def test_other_own_pages_say_nothing_of_their_owner():
    """Pages of other kinds are not read for a self-description, whatever their address."""
    said = "I teach avalanche courses in a small valley."
    assert self_description([page(f"{A}about", kind=PageKind.OTHER, text=said)], "Ada", {}) is None
    assert self_description([page(f"{A}about", kind=PageKind.ABOUT, text=said)], "Ada", {}).text == said


def test_a_self_description_ends_where_it_would_be_too_long():
    """At most four sentences are quoted."""
    said = " ".join(f"I teach course number {n}." for n in range(9))
    found = self_description([page(f"{A}about", kind=PageKind.ABOUT, text=said)], "Ada", {})
    assert found.text == " ".join(f"I teach course number {n}." for n in range(4))
