"""Who said it first and who followed, and what posts are filed under."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.insight.conversation.first_mentions import first_link_mentions, first_phrase_mentions, rare_phrases
from generator.insight.conversation.periods import calendar_of
from generator.insight.conversation.series import link_uses, term_series
from generator.insight.conversation.tags import tag_id, tag_index, tag_key
from generator.insight.terms.post_index import index_posts
from generator.insight.terms.term_counts import count_terms
from generator.records import Phrase

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, WINDOW, citation, corpus, english, graph, link, person, post

NAMES = ("ada", "bo", "cy", "di")
PAPER = "https://x.example/2025/slabs"


def shared(days, target=PAPER, **changes):
    """A post of each of ada, bo, cy ... on its day, linking the paper; None: no post."""
    return [
        post(f"https://{who}.example/p", who, on=on, links=(link(target, "the paper", f"{who} read the long paper on slabs today."),),
             **changes)
        for who, on in zip(NAMES, days, strict=False) if on
    ]  # fmt: skip


def first_of(posts, made=None):
    post_index = index_posts(corpus([person(who) for who in NAMES], posts), as_of=AS_OF)
    return first_link_mentions(link_uses(posts, post_index), post_index, made or graph())


def test_a_page_is_called_what_several_call_it_or_by_its_address():
    """Words that one sentence alone puts on a link are a part of that sentence; the address says more."""
    page = "https://docs.example/snow/layers"

    def label(*anchors):
        posts = [post(f"https://p{n}.example/x", f"p{n}", links=[link(page, text)]) for n, text in enumerate(anchors)]
        post_index = index_posts(corpus([person(f"p{n}") for n in range(len(anchors))], posts), as_of=AS_OF)
        (use,) = link_uses(posts, post_index).values()
        return use.label

    assert label("which snow also safely provides", "some odd layers") == "docs.example/snow/layers"
    assert label("the layer handbook", "the layer handbook", "some odd layers") == "the layer handbook"


def test_the_earliest_dated_post_is_first():
    """Everybody's first post with a link, oldest first, with the words of the first; undated ones are not placed."""
    days = (date(2025, 5, 9), date(2025, 3, 1), date(2025, 4, 2))
    again = post("https://bo.example/again", "bo", on=date(2025, 6, 1), links=(link(PAPER, "it"),))
    undated = post("https://di.example/p", "di", on=None, links=(link(PAPER, "it"),))

    (said,) = first_of([*shared(days), again, undated])

    assert [(s.person, s.on) for s in said.shares] == [
        ("bo", date(2025, 3, 1)), ("cy", date(2025, 4, 2)), ("ada", date(2025, 5, 9)),
    ]  # fmt: skip
    assert (said.kind, said.ref, said.quote) == ("link", PAPER, "bo read the long paper on slabs today.")


def test_a_follower_who_links_to_the_first_is_marked():
    """Whoever cites the first one's person in the post that shares the link has it from there, as far as is seen."""
    posts = shared((date(2025, 3, 1), date(2025, 4, 2), date(2025, 5, 9)))

    (said,) = first_of(posts, graph([citation(posts[2], posts[0])]))

    assert [(s.person, s.credits_first) for s in said.shares] == [("ada", False), ("bo", False), ("cy", True)]


@pytest.mark.parametrize(
    ("days", "target"),
    [
        ((date(2025, 3, 1), date(2025, 3, 1), date(2025, 5, 9)), PAPER),
        ((date(2025, 3, 1), date(2025, 4, 1)), PAPER),
        ((date(2024, 1, 9), date(2025, 3, 1), date(2025, 5, 9)), PAPER),
        ((date(2025, 3, 1), date(2025, 4, 2), date(2025, 5, 9)), "https://docs.x.example/slabs/api"),
        ((date(2025, 3, 1), date(2025, 4, 2), date(2025, 5, 9)), "https://di.example/"),
    ],
    ids=["two on one day", "two people only", "years apart", "a work of reference", "a home page"],
)
def test_what_says_nothing_of_who_was_first_is_left_out(days, target):
    """A tie, a pair, a link met by chance, documentation and home pages are nobody's discovery."""
    assert first_of(shared(days, target)) == ()


def phrases_of(uses, made=lambda _: graph()):
    """First phrases of posts by (who, on, text)."""
    posts = [post(f"https://{who}.example/{on}", who, on=on, title="Notes", text=text) for who, on, text in uses]
    post_index = index_posts(corpus([person(who) for who in NAMES], posts), as_of=AS_OF)
    ordered = [p for who in NAMES for p in post_index.on_topic[who]]
    table = count_terms(ordered, english, {})
    return first_phrase_mentions(term_series(table, rare_phrases(table, frozenset())), post_index, made(posts))


USES = [
    ("ada", date(2024, 9, 1), "We call it a ghost layer. The ghost layer is what a probe does not find."),
    ("bo", date(2024, 11, 1), "The ghost layer under the crust was there again, as the probe told."),
    ("cy", date(2025, 2, 1), "In the north we met a ghost layer and turned round in time."),
]


def test_a_rare_phrase_goes_from_one_to_others():
    """A phrase of three people, one of them with a link to the first, is told with the first one's sentence."""
    (said,) = phrases_of(USES, lambda posts: graph([citation(posts[1], posts[0])]))

    assert (said.kind, said.ref, said.quote) == ("phrase", "ghost layer", "We call it a ghost layer.")
    assert [(s.person, s.credits_first) for s in said.shares] == [("ada", False), ("bo", True), ("cy", False)]


def test_words_that_nobody_had_from_another_are_not_told():
    """Without one link to whoever was first the same words may have met by chance."""
    assert phrases_of(USES) == ()


def test_the_first_use_is_looked_for_in_whole_texts():
    """Who said it before, far down in a long post that is not counted so far, is the first all the same."""
    long = "The wind had turned and we waited at the hut. " * 400
    earlier = ("di", date(2024, 7, 1), f"{long}Then the ghost layer showed in the pit for the first time.")

    (said,) = phrases_of([*USES, earlier], lambda posts: graph([citation(posts[1], posts[n]) for n in (0, 3)]))

    assert [(s.person, s.on) for s in said.shares][:2] == [("di", date(2024, 7, 1)), ("ada", date(2024, 9, 1))]


def test_what_stands_at_the_edge_of_the_window_is_not_first():
    """Words first heard where listening begins may be older."""
    early = [("ada", date(2024, 1, 3), USES[0][2]), *USES[1:]]

    assert phrases_of(early, lambda posts: graph([citation(posts[1], posts[0])])) == ()


def test_spellings_of_a_tag_are_one():
    """Case, hashes, hyphens and word endings do not make another tag; other letters do."""
    assert {tag_key(tag, "en") for tag in ("Avalanche Airbags", "#avalanche-airbag", "avalanche_airbags")} == {
        "avalanchairbag"
    }
    assert tag_key("C", "en") != tag_key("C++", "en")


def test_a_tags_address_is_its_own():
    """Plain tags keep their letters; where some are lost a digest of the tag tells it apart, whatever else there is."""
    assert tag_id("avalancheairbag", "Avalanche airbags") == "avalanche-airbags"
    assert len({tag_id("c", "C"), tag_id("c++", "C++"), tag_id("c#", "C#"), tag_id("лавины", "лавины")}) == 4
    assert all(tag_id(name, name) for name in ("лавины", "++", "C++", "😀"))


@pytest.mark.parametrize("name", ["index", "INDEX", "Con", "nul", "lpt1"])
def test_a_tag_with_a_reserved_name_gets_a_digest(name):
    """The overview of tags is index.html, and Windows keeps some names for devices."""
    assert re.fullmatch(rf"{name.casefold()}-[0-9a-f]{{6}}", tag_id(name.casefold(), name))


def test_two_tags_never_have_one_address():
    """Two keys can give one name: word endings fall off differently in two languages."""
    first = tag_id("gear", "gears")
    second = tag_id("gears", "gears", {first})
    third = tag_id("gears", "gears", {first, second})
    assert (first, second[:6], third) == ("gears", "gears-", "gears-2")


def index_of_tags(posts, profiles=(), citers=()):
    post_index = index_posts(corpus([person(who) for who in NAMES], posts), as_of=AS_OF)
    table = count_terms([p for who in NAMES for p in post_index.on_topic[who]], english, {})
    calendar = calendar_of(WINDOW)
    return tag_index(post_index, table, profiles, dict(citers), calendar, np.full(len(calendar.drawn), 9.0),
                     generic_terms=frozenset({"snow"}))  # fmt: skip


def test_a_tag_holds_its_people_its_course_and_its_most_cited_posts():
    """Who files under it stands before who only uses the words; posts count by period, most cited first."""
    filed = [post(f"https://ada.example/{n}", "ada", on=date(2025, n, 1), tags=("Airbags", "snow", "uncategorized"))
             for n in (1, 2)]  # fmt: skip
    using = [post(f"https://bo.example/{n}", "bo", on=date(2025, n, 2), tags=("gear",), text="An airbag helps. The airbag is heavy.")
             for n in (3, 4, 5)]  # fmt: skip
    citers = {filed[0].url: frozenset({"bo"}), filed[1].url: frozenset({"bo", "cy"})}

    tags = {tag.id: tag for tag in index_of_tags([*filed, *using], citers=citers.items())}

    assert set(tags) == {"airbags", "gear"}
    airbags = tags["airbags"]
    assert [(p.person, p.posts, p.latest, p.filed) for p in airbags.people] == [
        ("ada", 2, "https://ada.example/2", True), ("bo", 3, "https://bo.example/5", False),
    ]  # fmt: skip
    assert (airbags.posts, airbags.counts[12:15], sum(airbags.counts)) == (2, (1, 1, 0), 2)
    assert airbags.cited == (("https://ada.example/2", ("bo", "cy")), ("https://ada.example/1", ("bo",)))


def test_who_tags_nothing_is_filed_by_key_phrases():
    """The key phrases of somebody without tags are tags; of somebody who tags they are not."""
    text = "The split hinge broke. A split hinge wants oil."
    posts = [post(f"https://{who}.example/{n}", who, on=date(2025, n, 1), text=text, tags=("gear",) if who == "bo" else ())
             for who in ("ada", "bo") for n in (1, 2, 3)]  # fmt: skip
    profiles = [_profile(who, Phrase("split hinge", 4.0, 3)) for who in ("ada", "bo")]

    tags = {tag.id: tag for tag in index_of_tags(posts, profiles)}

    assert [(p.person, p.filed) for p in tags["split-hinge"].people] == [("ada", True), ("bo", False)]
    assert (tags["split-hinge"].from_phrases, tags["gear"].from_phrases) == (True, False)


def _profile(who, *phrases):
    class Told:
        person = who

    Told.phrases = phrases
    return Told
