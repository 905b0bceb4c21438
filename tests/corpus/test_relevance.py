"""Relevance follows the topic's words, not the length or number of posts."""

from __future__ import annotations

import numpy as np
import pytest

from generator.config import TopicSection
from generator.corpus.relevance import measure_relevance, site_verdict
from generator.corpus.term_rows import TermVectoriser

FILLER = "the long road went on past the mill and nobody asked about the weather in the town that day "


def measured(texts, sites, seeds, **section):
    topic = TopicSection(name="x", **section)
    vectoriser = TermVectoriser(topic.keywords, topic.exclude)
    rows = [vectoriser.row(str(i), "", text) for i, text in enumerate(texts)]
    return measure_relevance(vectoriser, rows, sites, frozenset(seeds), topic).posts


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
