"""The personality reading on pages and as files: on only where asked for, worded as a weak inference, in Watson's shape."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from generator.config import InsightSection
from generator.records import PersonalityReading, RenderedSite, Tercile, Trait, TraitEvidence, ValueScore
from generator.render import render_report
from tests.factories import report as fixture_report

PLACES = {
    "O": (Tercile.UPPER, 0.91),
    "C": (Tercile.MIDDLE, 0.5),
    "E": (Tercile.LOWER, 0.1),
    "A": (Tercile.UPPER, 0.7),
    "N": (Tercile.MIDDLE, 0.4),
}


def reading() -> PersonalityReading:
    words = (TraitEvidence("anger", ("hate", "<b>mad</b>"), more=True, raises=False),)
    traits = tuple(
        Trait(name, band, place, (place - 0.1, place + 0.08), 0.3, words) for name, (band, place) in PLACES.items()
    )
    return PersonalityReading(
        "ada-example", "en", 2_400, 12, tentative=True, compared_with=28, traits=traits,
        needs=(ValueScore("Curiosity", 0.95), ValueScore("Self-expression", 0.2)), values=(ValueScore("Open to change", 0.8),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def read_out() -> RenderedSite:
    report = fixture_report.make_report()
    report = replace(report, insight=replace(report.insight, personalities=(reading(),)))
    return render_report(
        report, fixture_report.topic().model_copy(update={"insight": InsightSection(personality=True)})
    )


def test_off_leaves_no_page_and_no_file(rendered):
    """Where the topic does not ask for it, nothing of it is in the report."""
    everything = "".join(page.body for page in rendered.pages) + "".join(file.path for file in rendered.files)
    assert "personality" not in everything
    assert "weak inference" not in everything


def test_a_profile_says_that_it_is_a_weak_inference_and_what_it_rests_on(read_out):
    """Suggests, never is; tentative; thirds; the words behind; emotional tone instead of a diagnosis."""
    body = next(page.body for page in read_out.pages if page.path == "people/ada-example.html")
    for words in ("This is a weak inference from writing style.", "Tentative: fewer than 3,500 words.", "upper third",
                  "Emotional tone", "the writing suggests", "more “anger” than the others (hate, &lt;b&gt;mad&lt;/b&gt;)"):  # fmt: skip
        assert words in body
    assert "neurotic" not in body.casefold()


def test_brief_first_page_people_and_tables_know_nothing_of_it(read_out):
    """Only profiles, the data page and the method page speak of it."""
    speaking = {page.path for page in read_out.pages if "weak" in page.body and "personality" in page.body}
    assert speaking == {"people/ada-example.html", "method/index.html", "data/index.html"}
    tables = [file.content for file in read_out.files if not file.path.startswith("data/personality/")]
    assert not any(b"big5" in content or b"penness" in content for content in tables)


def test_the_file_has_the_shape_that_users_of_watson_know(read_out):
    """word_count, processed_language, personality[], needs[], values[], warnings[]."""
    file = next(file for file in read_out.files if file.path == "data/personality/ada-example.json")
    document = json.loads(file.content)
    assert list(document) == ["word_count", "processed_language", "personality", "needs", "values", "warnings"]
    assert document["word_count"] == 2_400
    assert [trait["trait_id"] for trait in document["personality"]] == [
        "big5_openness", "big5_conscientiousness", "big5_extraversion", "big5_agreeableness", "big5_neuroticism",
    ]  # fmt: skip
    assert document["personality"][0]["percentile"] == 0.91
    assert document["needs"][1]["trait_id"] == "need_self_expression"
    assert document["values"][0] == {"trait_id": "value_open_to_change", "name": "Open to change", "category": "values",
                                     "percentile": 0.8, "significant": False}  # fmt: skip
    assert [w["warning_id"] for w in document["warnings"]] == [
        "WEAK_INFERENCE",
        "WORD_COUNT_MESSAGE",
        "NEEDS_AND_VALUES",
    ]


def test_the_method_page_gives_its_measured_validity(read_out):
    """A correlation for each trait stands there, with what a coin would give."""
    body = next(page.body for page in read_out.pages if page.path == "method/index.html")
    assert "0.13" in body
    assert "Chance would give a correlation of 0 and shares of one half." in body
