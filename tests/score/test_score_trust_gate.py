"""The gate of trust: open for the middle of the trusted, closed for whom no path reaches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from generator.score.trust import measure_trust


def test_gate_is_open_from_the_median_of_the_trusted_on():
    """Seed 0 cites 1 five times as much as 2, both cite nobody; 3 cites 1 and is cited by nobody: its gate is shut."""
    ties = sparse.csr_array(np.array([[0, 5, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 9, 0, 0]], dtype=float))
    trust = measure_trust(ties, np.array([0]))
    assert trust.share[3] == 0
    assert trust.gate.tolist() == pytest.approx([1, 1, trust.share[2] / trust.share[1], 0])
    assert trust.share[2] / trust.share[1] == pytest.approx(0.2)
