"""The personality weights against the self-reports of essay writers; skipped without the file (see essays.py)."""

from __future__ import annotations

import pytest

from generator.insight.profile.personality import trait_lists
from tests.quality.essays import VARIABLE, essays_path, read_essays, validity

MEAN_FLOOR = 0.11  # of the five correlations; weak, as the method page says
PATH = essays_path()
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(PATH is None, reason=f"ESSAYS NOT MEASURED: set {VARIABLE} to essays_even.csv"),
]


def test_weights_agree_with_self_reports():
    """The mean correlation is at its floor, every trait correlates positively, and the method page shows these figures."""
    from generator.render.personality import VALIDITY

    weights = {category.row: dict(category.r) for category in trait_lists("en").categories}
    found = validity(read_essays(PATH), weights)
    for trait, agreement in found.items():
        print(
            f"{trait}: r {agreement.r:.3f}; say so: upper third {agreement.upper:.0%}, lower third {agreement.lower:.0%}"
        )
    assert sum(a.r for a in found.values()) / 5 >= MEAN_FLOOR
    assert all(a.r > 0.05 and a.upper > a.lower for a in found.values())
    assert {trait: (a.r, a.upper, a.lower) for trait, a in found.items()} == VALIDITY
