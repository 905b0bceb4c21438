"""How well the method does where the truth is known: the figures that the project's own measurements left.

Reads `figures.json` beside the templates, as tests/quality/report.py wrote it; measures nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from generator.render.templates import template_folder

FIGURES = "figures.json"


@dataclass(frozen=True, slots=True)
class BenchmarkFigures:
    """One figure in words: what was measured, how it came out, and what it may be compared with."""

    what: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Ablation:
    """The order of the first ten with one thing done otherwise."""

    name: str
    ndcg10: str
    cheats: str


def benchmark_figures() -> tuple[tuple[BenchmarkFigures, ...], tuple[Ablation, ...]]:
    """All figures, and the table of ablations."""
    kept = json.loads((template_folder() / FIGURES).read_text(encoding="utf-8"))
    ablations = tuple(
        Ablation(row["name"], f"{row['ndcg10']:.2f}", str(row["cheats_in_10"])) for row in kept["ablations"]
    )
    return (*_simulated(kept["simulation"]), *_circles(kept["polblogs"]), *_pages(kept["extraction"])), ablations


def _simulated(found: dict[str, Any]) -> tuple[BenchmarkFigures, ...]:
    """Figures of simulated blogospheres, means over the worlds."""
    return (
        BenchmarkFigures(
            "Order of the first ten (NDCG@10; 1 is perfect)",
            f"{found['ndcg10']:.2f}",
            f"counting citing people over the whole web {found['in_degree']:.2f}, followers {found['followers']:.2f}",
        ),
        BenchmarkFigures(
            "Celebrities, link buyers, link farms and praise rings among the first ten",
            f"{found['cheats']:d} of {10 * found['worlds']:d} places",
        ),
        BenchmarkFigures(
            "Reach of the short list, relative to the best possible list of the same length",
            f"{found['shortlist']:.0%}",
        ),
        BenchmarkFigures(
            "Relevant people found",
            f"{found['site_recall']:.0%}",
            f"{found['wasted_pages']:.0%} of the pages read were irrelevant",
        ),
        BenchmarkFigures(
            "People shown under their real name", f"{found['names']:.0%}", f"{found['merged']:g} merged wrongly"
        ),
        BenchmarkFigures("Posts correctly classified as on or off topic", f"{found['topical_posts']:.0%}"),
        BenchmarkFigures(
            "Citations found",
            f"{found['citation_recall']:.0%}",
            f"{found['citation_precision']:.0%} of those found are correct",
        ),
    )


def _circles(found: dict[str, Any] | None) -> tuple[BenchmarkFigures, ...]:
    """Figures of the political blogs of 2004; none where they were not measured."""
    if found is None:
        return ()
    return (
        BenchmarkFigures(
            "Circles: blogs assigned to the right one of two parties (Adamic and Glance 2005)",
            f"{found['accuracy']:.1%}",
            "best published result: 95.3 %",
        ),
        BenchmarkFigures(
            "Best rank of a customer of a link farm of a hundred fake blogs, in the same network",
            f"{found['farm_target_best_rank']:d}th of {found['ranked']:d}",
        ),
    )


def _pages(found: dict[str, Any]) -> tuple[BenchmarkFigures, ...]:
    """Figures of reading pages of our own making, in the manner of eight blog engines."""
    return (
        BenchmarkFigures(
            f"Main text of {found['pages']:d} test pages modelled on eight blog engines (word F1)",
            f"{found['text_f1']:.2f}",
        ),
        BenchmarkFigures("Author’s name read correctly on these pages", f"{found['author_accuracy']:.0%}"),
    )
