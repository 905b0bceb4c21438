"""Relevance follows the topic's words, not the length or number of posts."""

from __future__ import annotations

import numpy as np
import pytest

from generator.config import TopicSection
from generator.corpus.relevance import MIN_SEED_LEVEL, measure_relevance, site_verdict
from generator.corpus.term_rows import TermVectoriser

FILLER = "the long road went on past the mill and nobody asked about the weather in the town that day "


def measured(texts, sites, seeds, **section):
    return relevance_of(texts, sites, seeds, **section).posts


def relevance_of(texts, sites, seeds, **section):
    topic = TopicSection(name="x", **section)
    vectoriser = TermVectoriser(topic.keywords, topic.exclude)
    rows = [vectoriser.row(str(i), "", text) for i, text in enumerate(texts)]
    return measure_relevance(vectoriser, rows, sites, frozenset(seeds), topic)


def test_post_about_the_topic_is_on_topic_and_another_is_not():
    """With one seed, a post in the seed's words passes 0.5 and a post without any keyword has 0."""
    texts = ["splitboard skins " * 5 + FILLER, "splitboard bindings " * 4 + FILLER, FILLER * 2]
    rho = measured(texts, ["s", "s", "o"], ["s"], keywords=("splitboard",))
    assert rho[0] > 0.5
    assert rho[2] == 0.0


def test_one_letter_keyword_counts_only_as_a_word_in_capitals():
    """R the language is found in “in R, lists…”, not in “r” or “R&D”."""
    texts = ["We fit models in R, and R is slow. " + FILLER, "our r and R&D budget " + FILLER, FILLER]
    rho = measured(texts, ["s", "o", "o"], ["s"], keywords=("R",))
    assert rho[0] > 0.5
    assert (rho[1], rho[2]) == (0.0, 0.0)


def test_excluded_sense_lowers_relevance():
    """A post that speaks of the video game as often as of the topic falls below one that does not."""
    texts = ["rust compiler " * 4 + FILLER, "rust video game " * 4 + FILLER, FILLER]
    rho = measured(texts, ["s", "o", "o"], ["s"], keywords=("rust",), exclude=("video game",))
    assert rho[1] < 0.75 * rho[0]


def test_phrase_keyword_needs_the_phrase():
    """“weak layer” is not found in “the layer was not weak”."""
    texts = ["the weak layer failed " * 3 + FILLER, "the layer was not weak " * 3 + FILLER]
    rho = measured(texts, ["s", "o"], ["s"], keywords=("weak layer",))
    assert rho[0] > 0.5
    assert rho[1] == 0.0


def test_off_topic_seeds_do_not_lower_the_bar():
    """Saved sites about something else change nothing about who is on topic."""
    on = ["splitboard skins " * 5 + FILLER] * 4
    off = [FILLER + f"garden{i} tomatoes" for i in range(12)]
    with_off = measured(
        on + off,
        ["a", "a", "b", "b"] + [f"o{i}" for i in range(12)],
        {"a", "b", *(f"o{i}" for i in range(12))},
        keywords=("splitboard",),
    )
    assert np.all(with_off[:4] > 0.5)
    assert np.all(with_off[4:] == 0)


def test_occasional_writer_is_in_by_three_posts_like_the_seeds():
    """Three posts at the level of the median seed post let a site in whose mean is low; two do not."""
    assert site_verdict(np.array([0.9, 0.9, 0.9] + [0.0] * 20), 0.8)[0]
    assert not site_verdict(np.array([0.9, 0.9] + [0.0] * 20), 0.8)[0]


def hits(keyword, text, *, language, topic_language="en"):
    """How often a text in a language contains a keyword of a topic in another or the same language."""
    (count,) = TermVectoriser((keyword,), language=topic_language).row("a", "", text, language=language).keyword_hits
    return count


@pytest.mark.parametrize(
    ("keyword", "text", "language"),
    [
        pytest.param("splitboard", "two splitboards", "en", id="English plural"),
        pytest.param("Lawine", "drei Lawinen", "de", id="German plural"),
        pytest.param("glacier", "les glaciers", "fr", id="French plural"),
        pytest.param("avalanche", "the avalanches", "", id="unknown language: that of the topic"),
        pytest.param("雪崩", "雪崩 注意", "ja", id="no stemmer: as written"),
    ],
)
def test_a_keyword_is_found_in_its_forms_by_the_grammar_of_the_text(keyword, text, language):
    """Keywords are stemmed as the words of the text are, so that inflected forms match in every language."""
    assert hits(keyword, text, language=language) == 1


def test_a_keyword_keeps_to_the_grammar_of_the_text():
    """An ending of one language is not taken off words of another."""
    assert hits("Lawine", "drei Lawinen", language="en") == 0
    assert hits("glacier", "the glaciation", language="en") == 0


def test_words_of_the_topic_are_stemmed_in_its_own_language():
    """The description is compared with posts by stems of the topic's language."""
    german = TermVectoriser(("x",), language="de")
    row = german.row("a", "", "Lawinen", language="de")
    assert german.query_terms("die Lawine") == row.terms.tolist()


def test_sketch_does_not_depend_on_what_was_counted_before():
    """Two vectorisers that met other texts first give one sketch for one text."""
    text = " ".join(f"w{i}" for i in range(100))
    first, second = TermVectoriser(("x",)), TermVectoriser(("x",))
    second.row("other", "", "some other words came first " * 20)
    assert first.row("a", "", text).sketch.tolist() == second.row("a", "", text).sketch.tolist()


def test_site_that_means_something_else_by_the_keywords_is_half_as_relevant():
    """Docker swarms and Hive tables amid servers are no beekeeping, however often the words occur."""
    bees = [
        f"the hive and the swarm in the apiary had varroa, honey and brood on the frame in week w{i} " * 4
        for i in range(6)
    ]
    data = [
        f"the docker swarm and the hive table on our cluster node had latency, shards and replicas n{i} " * 4
        for i in range(6)
    ]
    other = [FILLER * 3 + f"x{i}" for i in range(12)]
    words = {"keywords": ("hive", "swarm", "apiary", "varroa", "honey")}
    rho = measured(bees + data + other, ["b"] * 6 + ["d"] * 6 + ["o"] * 12, ["b"], **words)
    assert rho[:6].min() > 0.6
    assert rho[6:12].max() < 0.5


ON = "splitboard skins " * 5 + FILLER
OFF = [FILLER + f"garden{i} tomatoes" for i in range(20)]


def test_a_seed_that_seldom_uses_the_keywords_does_not_let_everything_in():
    """Where most posts of the seeds name no keyword, a post without one is still not like the seeds'."""
    texts = [ON, ON, *OFF[:6], *OFF[6:12]]
    found = relevance_of(texts, ["s"] * 8 + ["travel"] * 6, ["s"], keywords=("splitboard",))
    assert found.seed_level == MIN_SEED_LEVEL
    assert site_verdict(found.posts[8:], found.seed_level)[0] is False


def test_a_word_in_passing_is_not_the_topic_where_the_seeds_hardly_use_it():
    """Two keywords in thousands of words of the seeds do not make one in a long post a subject."""
    long = " ".join(f"word{i} other{i}" for i in range(8000))
    texts = [f"splitboard {long} a{i}" for i in range(4)] + [f"splitboard {long} b{i} c{i}" for i in range(3)] + OFF
    found = relevance_of(texts, ["s"] * 4 + ["t"] * 3 + ["o"] * 20, ["s"], keywords=("splitboard", "skins", "glue"))
    assert found.warnings
    assert (found.posts[4:7] < 0.8).all()


@pytest.mark.parametrize(
    ("texts", "warns"),
    [
        pytest.param([ON] * 4 + OFF[:2], False, id="most posts use them"),
        pytest.param([ON, ON, *OFF[:6]], True, id="a quarter uses them"),
        pytest.param(OFF[:6], True, id="none uses them"),
    ],
)
def test_keywords_that_do_not_fit_the_seeds_are_reported(texts, warns):
    """The sentence counts the posts of the seeds alone and says what to do."""
    found = relevance_of([*texts, *OFF[8:]], ["s"] * len(texts) + ["o"] * 12, ["s"], keywords=("splitboard",))
    assert bool(found.warnings) is warns
    if warns:
        used = texts.count(ON)
        assert found.warnings[0].startswith(
            f"The keywords do not fit the seeds: {used} of {len(texts)} posts of the seeds contain a keyword"
        )
        assert "Add keywords that the seeds use" in found.warnings[0]


def test_seeds_without_a_post_are_no_misfit():
    """That they gave no answer is a sentence of its own."""
    assert relevance_of(OFF, ["o"] * 20, ["s"], keywords=("splitboard",)).warnings == ()
