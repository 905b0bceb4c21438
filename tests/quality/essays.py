"""Student essays as word counts of a published lexicon, with the writers' questionnaire results; no texts.

The environment variable WHOMATTERS_ESSAYS names the file, which does not ship with the project. Cite J. W. Pennebaker
and L. A. King, "Linguistic styles", JPSP 77(6), 1999; F. Mairesse et al., JAIR 30, 2007.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

VARIABLE = "WHOMATTERS_ESSAYS"
LABELS = {"O": "cOPN", "C": "cCON", "E": "cEXT", "A": "cAGR", "N": "cNEU"}


@dataclass(frozen=True)
class Validity:
    """Agreement of scores with the writers' answers, for one trait."""

    r: float
    upper: float  # share of the upper third by score who have the trait by their own answers
    lower: float  # the same share of the lower third


def essays_path() -> Path | None:
    """Path from the environment; None where the variable is unset or names no file."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named and Path(named).is_file() else None


def read_essays(path: Path) -> list[dict[str, str]]:
    """Read one row per essay: standardised counts and five labels."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def validity(essays: list[dict[str, str]], weights: dict[str, dict[str, float]]) -> dict[str, Validity]:
    """Agreement by trait.

    Args:
        essays: as `read_essays` returns them.
        weights: correlation by lexicon category and trait; categories missing from the file are skipped.
    """
    rows = sorted(row for row in weights if row in essays[0])
    levels = np.clip(np.array([[float(essay[row]) for row in rows] for essay in essays]), -3, 3)
    found = {}
    for trait, label in LABELS.items():
        scores = levels @ np.array([weights[row].get(trait, 0.0) for row in rows])
        said = np.array([float(essay[label]) for essay in essays])
        found[trait] = _agreement(scores, said)
    return found


def _agreement(scores: npt.NDArray[np.float64], said: npt.NDArray[np.float64]) -> Validity:
    low, high = np.quantile(scores, [1 / 3, 2 / 3])
    r = float(np.corrcoef(scores, said)[0, 1])
    return Validity(
        round(r, 3), round(float(said[scores > high].mean()), 3), round(float(said[scores < low].mean()), 3)
    )
