"""Courses in words: a figure only where enough posts stand behind it."""

from __future__ import annotations

import pytest

from generator.render.conversation import trend_words


@pytest.mark.parametrize(
    ("change", "counts", "said"),
    [
        (6.2, (0, 0, 1, 9), "↗ more often"),
        (-3.0, (9, 9, 9, 2), "↘ less often"),
        (1.0, (5, 5, 5, 10), "↗ 2.0 times as often"),
        (-1.0, (20, 20, 20, 5), "↘ 0.5 times as often"),
        (0.1, (9, 9, 9, 9), "→ steady"),
        (4.0, (0, 0, 1, 3), "too few to tell"),
    ],
)
def test_a_ratio_is_told_of_enough_posts_on_both_sides(change, counts, said):
    """Where one or two posts would make another figure, only the direction is given."""
    assert trend_words(change, counts)[0] == said
