"""What of a post is running text, and the facts of style that rest on it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.insight.profile.statements import statements_of
from generator.insight.profile.style import style_facts
from generator.insight.terms.post_index import index_posts, is_code_paragraph, prose_paragraphs

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, FILLER, corpus, english, person, post


def test_repeated_paragraphs_are_no_prose():
    """A paragraph that stands in three posts of an author is a habit, and is not read."""
    footer = "I'd love to see a public map of every snow pit in the range."
    posts = [post(f"https://ada.example/{n}", "ada", text=f"{FILLER} Number {n}.\n\n{footer}") for n in range(3)]
    post_index = index_posts(corpus([person("ada")], posts), as_of=AS_OF)

    assert post_index.boilerplate["ada"] == frozenset({footer})
    assert statements_of("ada", post_index).champions == ()


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("for (int i = 0; i < n; i++) { total += weights[i]; }", True),
        ("$ waxer --iron 120", True),
        ("The iron was at 120 degrees, which (as I said) is too hot for this wax.", False),
        ("See https://example.org/a/b/c?d=e&f=g for the table.", False),
    ],
)
def test_code_is_told_from_prose(paragraph, code):
    """Code and output are no prose; brackets and addresses in a sentence are."""
    assert is_code_paragraph(paragraph) is code
    assert prose_paragraphs(paragraph) == (() if code else (paragraph,))


def test_style_facts_are_counts():
    """Style facts are true by definition."""
    text = "\n\n".join(
        ["Do you wax your board? I think you should, and perhaps we all should more often than we do."] * 60
    )
    posts = {
        "ada": [post("https://ada.example/p", "ada", text=text)],
        "bo": [post("https://bo.example/p", "bo", text="Short.")],
    }

    facts = style_facts(posts, {"ada": "c", "bo": "c"}, {}, english)

    assert facts["bo"] is None
    ada = facts["ada"]
    assert (ada.words, ada.median_words, ada.questions, ada.circle_median_words) == (1140, 1140, 0.5, 570)
    assert (ada.long_share, ada.circle_long_share, ada.circle_words_per_sentence) == (0.0, 0.0, 9.5)
    assert (ada.i_per_1000, ada.we_per_1000, ada.you_per_1000, ada.hedges_per_1000) == (52.6, 105.3, 157.9, 105.3)
    assert ada.tone == ("Medium-length posts in short sentences that speak to the reader directly, ask a question every 2 sentences "
                        "and weigh their claims with many a “maybe” and “probably”.")  # fmt: skip
