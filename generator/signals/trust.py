"""Trust: the share of attention that reaches a person from the seeds along citations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def trust(view: WeightedView) -> NDArray[np.float64]:
    """Share of all trust that came to each person through citations; the teleport to seeds is not counted.

    Source: Brin and Page (1998), section 2.1; Gyöngyi et al. (2004) for the teleport to the seeds alone.
    """
    return view.trust.earned


SIGNAL = SignalDescriptor(
    name="trust",
    unit="share of all trust",
    default_weight=0.10,
    measure=trust,
    summary="Standing in the citation network, seen from the seeds.",
    label="standing in the citation network, from the seeds",
    cause="the trust that reaches them",
    sentence="{value:.2%} of the circle's trust comes to them through citations",
    formula=(
        "PageRank over citations with restarts at the seeds. A link farm that is not cited from the seeds’ "
        "neighbourhood gets no trust."
    ),
    reference="Brin and Page (1998); Gyöngyi et al. (2004)",
    limits="Depends on the choice of seeds.",
)
