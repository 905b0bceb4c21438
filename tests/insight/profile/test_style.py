"""Style facts against a count by hand."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.insight.profile.style import style_facts

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import english, link, post

# 20 words in 3 sentences, one of them a question; I 2, we 1, you 2; "maybe" the one hedge; a heading of 2 words.
SAID = "I went up early. Would you dig here? Maybe we turn around, but I will tell you when snow falls."
TEXT = f"Snow diary\n\n{SAID}"


def test_facts_are_what_a_hand_counts():
    """Forty posts alike: rates per thousand words, words per sentence without headings, links by the thousand."""
    posts = [
        post(f"https://ada.example/{n}", "ada", text=TEXT, links=[link("https://x.example/", "x")] * 2)
        for n in range(40)
    ]
    facts = style_facts({"ada": posts}, {"ada": "c"}, {}, english)["ada"]

    assert facts.words == 40 * 22
    assert facts.words_per_sentence == 6.7  # 20 words, 3 sentences
    assert facts.questions == 0.333
    assert facts.i_per_1000 == 90.9  # 2 of 22
    assert facts.we_per_1000 == 45.5  # 1 of 22
    assert facts.you_per_1000 == 90.9
    assert facts.hedges_per_1000 == 45.5
    assert facts.links_per_1000 == 90.9


def test_too_few_words_have_no_facts():
    """Under six hundred words a rate is noise."""
    posts = [post(f"https://ada.example/{n}", "ada", text=TEXT) for n in range(27)]
    assert style_facts({"ada": posts}, {}, {}, english)["ada"] is None
