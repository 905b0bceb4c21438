"""The personality reading: when nothing is said, what a band rests on, and that it is off by itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from generator.config import InsightSection, Topic, TopicSection
from generator.insight import build_insight
from generator.insight.profile.personality import read_personalities, trait_lists
from generator.insight.terms.post_index import index_posts
from generator.records import PublisherKind, Tercile

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, circles, corpus, graph, judgement, person, post, standing

PLAIN = "The slope was steep in the north and the layer of snow lay on a crust from the storm of the week. "
CROSS = (
    "They hate this stupid plan and I am angry, because the idiot attacked us and nobody would stop the damn fight. "
)
KIND = (
    "We love our good friends and our family at home, and we happily share warm coffee with them every day together. "
)


def circle(words=1_600, *, special=(), size=12, mixed=True):
    """`size` people who write alike, each a little kinder than the one before; `special` writers beside them."""
    people, posts = [], []
    texts = [(f"w{n:02}", (PLAIN * 4 + KIND * (n % 4 if mixed else 0))) for n in range(size)] + list(special)
    for slug, text in texts:
        people.append(person(slug))
        have = len(text.split())
        for k in range(4):
            whole = (text + "\n\n") * (words // (4 * have) + 1)
            told = " ".join(f"{piece}{k}." if i % 2 else piece for i, piece in enumerate(whole.split("\n\n")))
            posts.append(post(f"https://{slug}.example/{k}", slug, text=told))
    return people, posts


def read(people, posts):
    return {r.person: r for r in read_personalities(index_posts(corpus(people, posts), as_of=AS_OF), "en")}


def trait(reading, name):
    return next(t for t in reading.traits if t.name == name)


def test_angry_writing_stands_in_the_lower_third_of_agreeableness_and_names_its_words():
    """The words of the list that moved the band are the writer's own."""
    found = read(*circle(special=[("cross", CROSS * 6)]))
    agreeable = trait(found["cross"], "A")
    assert agreeable.band is Tercile.LOWER
    anger = next(words for words in agreeable.behind if words.category == "anger")
    assert anger.more
    assert not anger.raises
    assert set(anger.words) <= {"angry", "hate", "stupid", "idiot", "attacked", "fight"}
    assert trait(found["cross"], "N").band is Tercile.UPPER


def test_warm_writing_stands_in_the_upper_third_of_agreeableness():
    """And the range of re-counts lies around the place."""
    agreeable = trait(read(*circle(special=[("warm", KIND * 6)]))["warm"], "A")
    assert agreeable.band is Tercile.UPPER
    assert agreeable.range[0] <= agreeable.place <= agreeable.range[1]


def test_under_1200_words_nothing_is_said():
    """Somebody with 1,100 words has no reading, and is nobody's yardstick."""
    people, posts = circle()
    short = post("https://short.example/0", "short", text=PLAIN * 54)
    found = read([*people, person("short")], [*posts, short])
    assert "short" not in found
    assert {reading.compared_with for reading in found.values()} == {11}


@pytest.mark.parametrize(("words", "tentative"), [(1_600, True), (4_200, False)])
def test_under_3500_words_a_reading_is_tentative(words, tentative):
    """From 3,500 words on the word is dropped."""
    assert {reading.tentative for reading in read(*circle(words)).values()} == {tentative}


def test_too_few_writers_are_no_yardstick():
    """With eight writers there are no thirds."""
    assert read(*circle(size=8)) == {}


def test_organisations_and_other_languages_are_not_read():
    """Only persons, only posts in the language of the lists."""
    people, posts = circle(size=14)
    people[0] = replace(people[0], kind=PublisherKind.ORGANISATION)
    posts = [replace(p, language="de") if p.author == "w01" else p for p in posts]
    assert {"w00", "w01"} & set(read(people, posts)) == set()


def test_order_of_people_and_posts_is_irrelevant():
    """The same texts give the same readings."""
    people, posts = circle(special=[("cross", CROSS * 6)])
    assert read(people, posts) == read(people[::-1], posts[::-1])


def test_more_angry_words_never_raise_agreeableness():
    """A law: with ever more of them the score falls or stays."""
    scores = [
        trait(read(*circle(special=[("cross", PLAIN * 10 + CROSS * n)]))["cross"], "A").score for n in (0, 1, 3, 9)
    ]
    assert all(later <= earlier for earlier, later in pairwise(scores))


def test_nothing_is_read_unless_the_topic_asks():
    """The default is off."""
    people, posts = circle()
    slugs = [p.id for p in people]
    made = corpus(people, posts)

    def insight(*, on):
        topic = Topic(topic=TopicSection(name="Snow", keywords=("snow",)), seeds=("https://a.example/",),
                      insight=InsightSection(personality=on) if on else InsightSection())  # fmt: skip
        from generator.insight import read_contact_policies

        drawn = graph((), slugs)
        return build_insight(
            made, drawn, circles(slugs), judgement([standing(s, n) for n, s in enumerate(slugs, 1)]), topic=topic,
            doors=read_contact_policies(made, drawn, as_of=AS_OF), past=(), history=(), as_of=AS_OF,
        ).personalities  # fmt: skip

    assert insight(on=False) == ()
    assert len(insight(on=True)) == 12


def test_lists_keep_away_from_what_is_not_to_be_inferred():
    """No list holds words of faith, health, sex or origin, whole or by its beginning."""
    touchy = (
        "god",
        "church",
        "prayer",
        "cancer",
        "illness",
        "gay",
        "sexual",
        "muslim",
        "jewish",
        "republican",
        "pregnant",
    )
    for category in trait_lists("en").all:
        held = [word for word in touchy if word in category.whole or word.startswith(category.beginnings or ("\0",))]
        assert not held, category.name


def test_every_weight_names_its_row_and_stays_within_what_was_published():
    """About forty lists, each with a row and figures between a twelfth and a quarter."""
    lists = trait_lists("en")
    assert len(lists.categories) == 43
    assert len({category.row for category in lists.categories}) == 43
    assert all(0.08 <= abs(r) <= 0.25 for category in lists.categories for r in category.r.values())
    assert [len(lists.needs), len(lists.values)] == [12, 5]


def test_words_of_home_and_shame_are_counted_and_not_shown():
    """The list is named, the words of it are not."""
    cross = trait(read(*circle(special=[("rude", PLAIN * 4 + "The damn hell of shit and crap. " * 12)]))["rude"], "A")
    swearing = next(words for words in cross.behind if words.category == "swearing")
    assert swearing.more
    assert swearing.words == ()
