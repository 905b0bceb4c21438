"""The gate of trust: open for the upper third of the trusted, closed for whom no path reaches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from generator.score.trust import measure_trust


def test_gate_is_open_for_the_upper_third_of_the_trusted():
    """Seed 0 cites 1 five times as much as 2 and 4, who cite nobody: a third of the trusted is open, 3 is shut out.

    Two thirds of the way from the smallest of four shares to the greatest lies the second greatest.
    """
    ties = np.zeros((5, 5))
    ties[0, [1, 2, 4]] = 5, 1, 1
    ties[3, 1] = 9
    trust = measure_trust(sparse.csr_array(ties), np.array([0]))
    assert trust.share[3] == trust.gate[3] == 0
    assert trust.gate[[0, 1]].tolist() == pytest.approx([1, 1])
    assert trust.gate[[2, 4]].tolist() == pytest.approx([0.2, 0.2])
