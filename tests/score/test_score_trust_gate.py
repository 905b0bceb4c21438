"""The trust gate: 1 for the upper third of trusted people, 0 for untrusted ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from generator.score.trust import measure_trust


def test_gate_is_one_for_the_upper_third_of_trusted_people():
    """Seed 0 cites 1 five times as much as 2 and 4, who cite no one; no path leads to 3.

    The 2/3 quantile of the four positive shares is the second largest, so 0 and 1 have a gate of 1.
    """
    ties = np.zeros((5, 5))
    ties[0, [1, 2, 4]] = 5, 1, 1
    ties[3, 1] = 9
    trust = measure_trust(sparse.csr_array(ties), np.array([0]))
    assert trust.share[3] == trust.gate[3] == 0
    assert trust.gate[[0, 1]].tolist() == pytest.approx([1, 1])
    assert trust.gate[[2, 4]].tolist() == pytest.approx([0.2, 0.2])
