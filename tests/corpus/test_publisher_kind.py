"""Which signs make a site an organisation's or an aggregator's, and which do not."""

from __future__ import annotations

import pytest

from generator.corpus.deduplicate import MergedPost
from generator.corpus.publisher_kind import aggregator_reason, organisation_reason, pronoun_rates, publisher_kind
from generator.corpus.term_rows import TermVectoriser
from generator.records import Link, Mention, NameSource, PublisherKind, SiteId, Url
from tests.factories.corpus import post

A = SiteId("https://a.example/")
NEUTRAL = "The hut was warm and the tea was hot. "
I_TEXT = "I went up and I came down. " + NEUTRAL
WE_TEXT = "We went up and our dog came down. " + NEUTRAL


def merged(n=0, *, text=NEUTRAL, author="", hosts=0, words=0):
    """A merged post of so many words with links to so many hosts."""
    url = f"{A}p{n}"
    found = post(url, text=text)
    links = tuple(Link(Url(f"https://h{i}.example/x"), "", "", in_body=True) for i in range(hosts))
    row = TermVectoriser(("x",)).row(url, "", "word " * words) if words else None
    authors = [Mention(author, NameSource.BYLINE, Url(url))] if author else []
    return MergedPost(Url(url), A, found, authors, links, row=row)


def posts(n, **more):
    """Posts of one shape."""
    return [merged(i, **more) for i in range(n)]


def organisation(name="Ada Example", found=(), *, marked=False, title="", about=""):
    """Why a site of these signs speaks for an organisation; no sign by default."""
    return organisation_reason(name, marked=marked, title=title, about=about, posts=found)


# Aggregators.


@pytest.mark.parametrize(
    ("own", "elsewhere", "reason"),
    [
        pytest.param(5, 5, "5 of 10 entries of its feed stand on other sites", id="half"),
        pytest.param(0, 7, "7 of 7 entries of its feed stand on other sites", id="all"),
        pytest.param(6, 5, None, id="less than half"),
        pytest.param(0, 4, None, id="fewer than five"),
        pytest.param(4, 0, None, id="none"),
    ],
)
def test_a_feed_that_mostly_leads_elsewhere_is_an_aggregators(own, elsewhere, reason):
    """Half of the entries, and at least five, must stand on other sites."""
    assert aggregator_reason(posts(own), elsewhere) == reason


@pytest.mark.parametrize(
    ("lists", "others", "reason"),
    [
        pytest.param(3, 2, "3 of 5 posts are lists of links to others", id="three of five"),
        pytest.param(2, 2, None, id="half"),
        pytest.param(3, 0, None, id="fewer than four posts"),
    ],
)
def test_posts_that_are_mostly_lists_of_links_are_an_aggregators(lists, others, reason):
    """Three posts in five, of at least four, must be lists of links."""
    found = [*posts(lists, hosts=12, words=100), *posts(others)]
    assert aggregator_reason(found, 0) == reason


@pytest.mark.parametrize(
    ("hosts", "words", "is_list"),
    [
        pytest.param(12, 539, True, id="short texts between the links"),
        pytest.param(12, 540, False, id="45 words a link: an essay with sources"),
        pytest.param(11, 100, False, id="fewer than twelve hosts"),
        pytest.param(12, 0, True, id="uncounted words"),
    ],
)
def test_a_list_of_links_has_twelve_hosts_and_few_words_between_them(hosts, words, is_list):
    """A well-sourced essay is not a list of links."""
    assert (aggregator_reason(posts(4, hosts=hosts, words=words), 0) is not None) == is_list


def test_many_links_to_one_host_are_not_a_list():
    """Hosts count, not links: a tour of one site's pages passes nothing on."""
    one = [link for i in range(12) for link in [Link(Url(f"https://h.example/{i}"), "", "", in_body=True)]]
    found = posts(4, words=10)
    for each in found:
        each.links = tuple(one)
    assert aggregator_reason(found, 0) is None


# Organisations: each sign is a cue, and two cues are needed.

CUES = {
    "its pages mark the publisher as an organisation": {"marked": True},
    "it signs as “Ridge Foundation”": {"name": "Ridge Foundation"},
    "its title is “The official blog”": {"title": "The official blog"},
    "it says “our team”": {"about": "Meet our team."},
    "many posts are signed by a team": {"found": posts(2, author="Ridge Staff", text=I_TEXT)},
    "it writes as “we” and hardly ever as “I”": {"found": posts(4, text=WE_TEXT)},
}


@pytest.mark.parametrize("cue", [cue for cue in CUES if "signs as" not in cue])
def test_one_cue_alone_does_not_make_a_person_an_organisation(cue):
    """A person may have a team, a title that sounds official, or write as "we"."""
    assert organisation(**CUES[cue]) is None


def test_no_cue_is_no_organisation():
    """A full name and nothing else is a person's."""
    assert organisation() is None
    assert organisation("", posts(9)) is None


@pytest.mark.parametrize(
    ("first", "second"), [(a, b) for a in CUES for b in CUES if list(CUES).index(a) < list(CUES).index(b)]
)
def test_two_cues_make_an_organisation(first, second):
    """Any two signs are enough, and both are the reason."""
    if {"found"} & {*CUES[first]} and {"found"} & {*CUES[second]}:
        found = {"found": posts(4, author="Ridge Staff", text=WE_TEXT)}
    else:
        found = {}
    reason = organisation(**{**CUES[first], **CUES[second], **found})
    assert reason is not None
    assert {first, second} <= set(reason.split("; "))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We are a small local company.", "We are a small local company"),
        ("We are the club of the valley.", "We are the club"),
        ("Our mission is snow.", "Our mission"),
        ("Founded in 1987.", "Founded in 1987"),
        ("Thanks to the contributors to this project.", "contributors to this project"),
        ("We are a family of four.", None),
        ("Our house is cold.", None),
        ("I founded nothing in 1987.", None),
        ("I work for a company.", None),
    ],
)
def test_what_an_organisation_says_of_itself(text, found):
    """An about page that says "we are a company" is a cue, quoted; talk of companies is not."""
    reason = organisation(marked=True, about=text)
    assert (reason or "").partition("; ")[2] == (f"it says “{found}”" if found else "")


@pytest.mark.parametrize(
    ("title", "is_cue"),
    [("Ridge Foundation", True), ("ridge engineering blog", True), ("Teamwork", False), ("Ada on snow", False)],
)
def test_a_title_with_a_word_for_an_organisation_is_a_cue(title, is_cue):
    """Whole words count: "Teamwork" is not a team."""
    assert (organisation(marked=True, title=title) is not None) == is_cue


def test_a_team_must_sign_three_in_ten_posts_and_two():
    """A few posts signed by a team are those of guests."""
    team, own = posts(3, author="Ridge Staff"), posts(7, author="Ada Example")
    assert organisation(marked=True, found=[*team, *own]) is not None
    assert organisation(marked=True, found=[*team, *own, *own[:1]]) is None
    assert organisation(marked=True, found=team[:1]) is None


@pytest.mark.parametrize(
    ("found", "is_cue"),
    [
        pytest.param(posts(4, text=WE_TEXT), True, id="we"),
        pytest.param(posts(3, text=WE_TEXT), False, id="fewer than four posts"),
        pytest.param(posts(4, text=I_TEXT), False, id="I"),
        pytest.param([*posts(5, text=WE_TEXT), *posts(1, text=WE_TEXT + I_TEXT)], False, id="I in every sixth post"),
        pytest.param([*posts(6, text=WE_TEXT), *posts(1, text=WE_TEXT + I_TEXT)], True, id="I in every seventh post"),
        pytest.param(posts(4, text=NEUTRAL * 25 + "We agree."), False, id="we in less than 5 of 1,000 words"),
    ],
)
def test_we_without_i_is_a_cue(found, is_cue):
    """More than 5 "we" in 1,000 words, "I" in less than 15 % of at least four posts."""
    assert (organisation(marked=True, found=found) is not None) == is_cue


@pytest.mark.parametrize(
    ("name", "is_organisation"),
    [("", True), ("ridge", True), ("Ridge Foundation", True), ("Ada Example", False)],
)
def test_we_alone_is_enough_where_no_person_signs(name, is_organisation):
    """A site that says "we" without a person's full name is an organisation's; with one it needs a second cue."""
    assert (organisation(name, posts(4, text=WE_TEXT)) is not None) == is_organisation


@pytest.mark.parametrize(("says_i", "is_organisation"), [(2, True), (3, False)])
def test_a_collective_name_alone_is_enough_where_few_posts_say_i(says_i, is_organisation):
    """ "Ridge Works" may be a person's pen name: from 30 % of posts that say "I", one more cue is needed."""
    found = [*posts(says_i, text=I_TEXT), *posts(10 - says_i)]
    assert (organisation("Ridge Foundation", found) is not None) == is_organisation


# Pronouns.


@pytest.mark.parametrize(
    ("text", "i_per_1000", "we_per_1000"),
    [
        ("I and my dog", 500.0, 0.0),
        ("We and our dog", 0.0, 500.0),
        ("Ich und mein Hund", 500.0, 0.0),
        ("Wir und unser Hund", 0.0, 500.0),
        ("Je vois mon chien", 500.0, 0.0),
        ("Nous voyons notre chien", 0.0, 500.0),
        ("Yo y mi perro", 500.0, 0.0),
        ("The winter in minor", 0.0, 0.0),
    ],
)
def test_pronouns_are_counted_per_thousand_words(text, i_per_1000, we_per_1000):
    """First person singular and plural, as whole words, in the languages that list them."""
    rates = pronoun_rates([merged(text=text)])
    assert (rates.i_per_1000, rates.we_per_1000) == (i_per_1000, we_per_1000)


def test_a_post_says_i_from_the_second_time():
    """A single "I" may stand in a quotation."""
    found = [merged(0, text="I went."), merged(1, text="I went and I came."), *posts(2)]
    assert pronoun_rates(found).says_i == 0.25
    assert pronoun_rates([]).says_i == 0


def test_only_the_beginning_of_a_text_is_read():
    """What stands after 4,000 characters, often a template, is not counted."""
    assert pronoun_rates([merged(text="x " * 2_000 + "I " * 9)]).i_per_1000 == 0


def test_at_most_sixty_posts_are_read():
    """Sixty posts, the first by address, show how a site is written."""
    quiet = [merged(n, text="The hut was warm.") for n in range(100, 160)]
    assert pronoun_rates([merged(999, text="I went."), *quiet]).i_per_1000 == 0
    assert pronoun_rates([merged(999, text="I went."), *quiet[1:]]).i_per_1000 > 0


# The verdict.


def test_an_aggregator_comes_before_an_organisation_before_a_person():
    """The strongest finding decides, with its reason; without any it is a person."""
    assert publisher_kind("a", "o") == (PublisherKind.AGGREGATOR, "a")
    assert publisher_kind(None, "o") == (PublisherKind.ORGANISATION, "o")
    assert publisher_kind(None, None) == (PublisherKind.PERSON, "one author, no sign of an organisation")
