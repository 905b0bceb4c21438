"""All quality figures and ablations in one table; the method page of every report shows them.

python -m tests.quality.report [--out site_templates/figures.json]     takes minutes
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from typing import Any

from tests.quality.ablations import Result, measure_all
from tests.quality.extraction import complaints, readings, summarise
from tests.quality.measures import accuracy, nmi
from tests.quality.polblogs import VARIABLE, polblogs_path
from tests.quality.validation_trials import Figures, figures

SHIPPED = Path(__file__).parents[2] / "site_templates" / "figures.json"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Plain text columns; the first is left-aligned."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in [head, *rows]
    ]  # fmt: skip
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


NUMBERS = (
    ("ndcg10", "NDCG@10"), ("ndcg20", "NDCG@20"), ("in_degree", "in-degree, whole web"),
    ("in_degree_both", "… among the topical"),
    ("in_degree_crawled", "in-degree, as crawled"), ("followers", "follower count"),
    ("perfect10", "same score, faultless corpus"), ("reached10", "… without whom the crawl missed"),
    ("shortlist", "short list / oracle"), ("site_recall", "sites found"), ("wasted_sites", "reached sites rejected"), ("wasted_pages", "pages of rejected sites"),
    ("names", "real names"), ("merged", "people joined wrongly"), ("split", "people split"),
    ("topical_posts", "posts judged right"), ("citation_recall", "citing pairs found"),
    ("citation_precision", "citing pairs true"),
)  # fmt: skip


def simulation_table(rows: Sequence[Figures]) -> str:
    """One line per figure, one column per seed, the mean last."""
    lines = [
        [label, *(f"{getattr(f, key):.3f}" for f in rows), f"{mean(getattr(f, key) for f in rows):.3f}"]
        for key, label in NUMBERS
    ]
    lines.append(
        [
            "cheats among the first ten",
            *(str(len(f.cheats_in_10)) for f in rows),
            str(sum(len(f.cheats_in_10) for f in rows)),
        ]
    )
    return table(["simulation, by seed", *(str(f.seed) for f in rows), "mean"], lines)


def simulation_figures(rows: Sequence[Figures]) -> dict[str, float]:
    """Means over the worlds; cheats are summed over them."""
    means = {key: mean(getattr(f, key) for f in rows) for key, _ in NUMBERS}
    return means | {"worlds": len(rows), "cheats": sum(len(f.cheats_in_10) for f in rows)}


def rounded(value: Any) -> Any:
    """The same with fractions rounded to three decimals, so that unchanged figures leave the file unchanged."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value


def ablation_table(rows: Sequence[Result]) -> str:
    """One line per variant."""
    return table(
        ["ablation, mean over seeds", "NDCG@10", "NDCG@20", "cheats in tens"],
        [[r.name, f"{r.ndcg10:.3f}", f"{r.ndcg20:.3f}", str(r.cheats_in_10)] for r in rows],
    )


def polblogs_figures() -> dict[str, float] | None:
    """Figures of circles and farm on the political blogs; None where the file is missing."""
    if polblogs_path() is None:
        return None
    from tests.quality.test_polblogs import farm_rank, found, network

    return {
        "accuracy": accuracy(found(), network().side),
        "nmi": nmi(found(), network().side),
        "farm_target_best_rank": min(farm_rank(seed) for seed in (1, 2, 3)),
        "ranked": network().size + 100,
    }


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    out: Path = parser.parse_args().out
    pages = summarise(readings())
    print(
        table(["extraction, own pages", "value"], [[k.replace("_", " "), f"{v:.3f}"] for k, v in asdict(pages).items()])
    )
    print("\n".join(complaints(readings())), end="\n\n")
    blogs = polblogs_figures()
    if blogs is None:
        print(f"*** POLBLOGS NOT MEASURED: set {VARIABLE} to polblogs.gml ***\n")
    else:
        print(
            table(["political blogs of 2004", "value"], [[k.replace("_", " "), f"{v:.3f}"] for k, v in blogs.items()]),
            end="\n\n",
        )
    simulated = figures()
    print(simulation_table(simulated), end="\n\n")
    print("\n".join(f"seed {f.seed}: {line}" for f in simulated for line in f.missed), end="\n\n")
    ablated = measure_all()
    print(ablation_table(ablated))
    kept = {
        "extraction": asdict(pages),
        "polblogs": blogs,
        "simulation": simulation_figures(simulated),
        "ablations": [asdict(result) for result in ablated],
    }
    out.write_text(json.dumps(rounded(kept), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
