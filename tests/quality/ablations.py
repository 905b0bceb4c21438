"""What each part of the method contributes: the same corpora scored again with one setting changed.

Reads the records of a finished report; crawls and parses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import mean

from generator.config import Scoring, ShortlistSection
from generator.graph import build_graph
from generator.insight import label_citation_functions
from generator.records import Corpus, Report
from generator.score import judge, seed_owners
from tests.quality.known_truth import outsiders
from tests.quality.measures import ndcg
from tests.quality.simulator import Blogosphere
from tests.quality.validation_trials import Owners, figures, ranked_numbers, reports, world_of

FIRST_MIX = {"reach": 0.45, "resonance": 0.25, "trust": 0.15, "originality": 0.15, "devotion": 0.0, "relevance": 0.0}
SIGNALS = ("reach", "resonance", "devotion", "trust", "relevance")


@dataclass(frozen=True)
class Variant:
    """One setting changed."""

    name: str
    weights: Mapping[str, float] | None = None
    half_life_days: float | None = None
    every_post_on_topic: bool = False
    trust_from_everybody: bool = False


@dataclass(frozen=True)
class Result:
    """Figures of a variant over all seeds."""

    name: str
    ndcg10: float
    ndcg20: float
    cheats_in_10: int


VARIANTS = (
    Variant("as built"),
    *(Variant(f"without {name}", weights={name: 0.0}) for name in SIGNALS),
    *(Variant(f"{name} alone", weights={other: float(other == name) for other in SIGNALS}) for name in SIGNALS[:4]),
    Variant("the mix best in an earlier simulation", weights=FIRST_MIX),
    Variant("half-life 91 days", half_life_days=91.0),
    Variant("no decay", half_life_days=100_000.0),
    Variant("every post on topic", every_post_on_topic=True),
    Variant("trust from everybody", trust_from_everybody=True),
)


def judge_again(report: Report, variant: Variant) -> Report:
    """The report with its judgement replaced by that of the variant."""
    corpus = _all_on_topic(report.corpus) if variant.every_post_on_topic else report.corpus
    half_life = variant.half_life_days or report.judgement.half_life_days
    graph = label_citation_functions(build_graph(corpus, half_life_days=half_life, as_of=report.as_of), corpus)
    weights = dict(report.judgement.weights) | dict(variant.weights or {})
    judgement = judge(
        corpus, graph, report.circles, (), scoring=Scoring.model_validate({"weights": weights}),
        shortlist=ShortlistSection(), trusted_seeds=() if variant.trust_from_everybody else seed_owners(corpus),
        excluded=frozenset(), as_of=report.as_of,
    )  # fmt: skip
    return replace(report, corpus=corpus, graph=graph, judgement=judgement)


def _all_on_topic(corpus: Corpus) -> Corpus:
    return replace(corpus, posts=tuple(replace(post, relevance=1.0) for post in corpus.posts))


def measure_variant(variant: Variant) -> Result:
    """Means over the seeds; cheats are summed over them."""
    tens, twenties, cheats = [], [], 0
    for world, report in _all():
        order = ranked_numbers(judge_again(report, variant), Owners(world))
        truth = dict(enumerate(world.truth()))
        tens.append(ndcg(order, truth, 10))
        twenties.append(ndcg(order, truth, 20))
        cheats += len(set(order[:10]) & outsiders(world))
    return Result(variant.name, mean(tens), mean(twenties), cheats)


def _all() -> list[tuple[Blogosphere, Report]]:
    return [(world_of(f.seed), report) for f, report in zip(figures(), reports(), strict=True)]


def measure_all() -> list[Result]:
    """Results of every variant."""
    return [measure_variant(variant) for variant in VARIANTS]
