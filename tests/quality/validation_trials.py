"""Runs the whole pipeline on simulated blogospheres and measures the result and the loss of each stage.

Reads the truth of the simulation and the records of a report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np

from generator.config import load_topic
from generator.pipeline.report_build import analyse
from generator.records import PersonId, PublisherKind, Report, SiteState
from generator.urls import host_of, url_key
from generator.workspace import Workspace
from tests.quality.known_truth import judge_perfect, number_of, outsiders
from tests.quality.measures import best_set, by_value, coverage, in_degree, ndcg, overlap, same_name
from tests.quality.simulator import READERS, Blogosphere, LinkKind, Role, Settings, simulate
from tests.quality.webpages import addresses, citers, former_root, write_world

SEEDS = (0, 1, 2, 3, 4)
GENUINE = frozenset({Role.ORDINARY, Role.SILENT, Role.RISER})


@dataclass(frozen=True)
class Figures:
    """Figures of one simulated world: the result, plain baselines, and the loss of each stage."""

    seed: int
    ndcg10: float
    ndcg20: float
    in_degree: float  # NDCG@10 of distinct citers in on-topic posts, over the whole simulated web
    in_degree_both: float  # the same among people who write mostly on topic
    in_degree_crawled: float  # the same over what the product crawled and kept
    followers: float
    perfect10: float  # NDCG@10 of the same score on a faultless corpus; the difference to 1 is lost by scoring
    reached10: float  # the same without the people the crawl did not keep; the difference is lost by discovery
    shortlist: float  # coverage of the short list as a share of that of a greedy choice with known chances
    cheats_in_10: tuple[str, ...]  # roles
    site_recall: float  # genuine on-topic people's sites that were kept
    wasted_sites: float  # share of reached sites that were rejected
    wasted_pages: float  # share of the pages read that are on rejected sites
    foreign_people: tuple[str, ...]  # roles of off-topic people among those scored
    names: float  # share of scored persons under their real name
    merged: int  # persons who own sites of two people
    split: int  # further persons for one simulated person
    topical_posts: float  # share of posts whose on-topic verdict is right
    citation_recall: float  # pairs of people, among those kept
    citation_precision: float
    missed: tuple[str, ...]  # the ten of highest truth who are not among the first ten, with what is known


def run(world: Blogosphere, folder: Path) -> Report:
    """The report's records for a world, through crawl, extraction, corpus, graph, score and insight."""
    written = write_world(world, folder)
    topic = load_topic(written.topic)
    with Workspace(folder / "state", as_of=world.settings.as_of) as workspace:
        return analyse(topic, workspace, replay=(written.warc,), as_of=world.settings.as_of, workers=1,
                      log_event=lambda event, /, **fields: None, history=(), offline=False).report  # fmt: skip


class Owners:
    """Which simulated person an address or a resolved person belongs to."""

    def __init__(self, world: Blogosphere) -> None:
        self._of_host = {host_of(s.root): p.number for p in world.people for s in p.sites}
        former = [(former_root(p, s), p.number) for p in world.people for s in p.sites]
        self._of_host |= {host_of(root): number for root, number in former if root}

    def of_sites(self, sites: Iterable[str]) -> list[int]:
        """Simulated people who own any of the sites, in order, each once."""
        found = [self._of_host[host_of(site)] for site in sites if host_of(site) in self._of_host]
        return list(dict.fromkeys(found))


def ranked_numbers(report: Report, owners: Owners) -> list[int]:
    """Simulated people in the order of the report's persons; −1 − place for unknown people and second entries."""
    sites = {p.id: p.sites for p in report.corpus.people if p.kind is PublisherKind.PERSON}
    order: list[int] = []
    for standing in report.judgement.standings:
        if standing.person in sites:
            mine = [n for n in owners.of_sites(sites[standing.person]) if n not in order]
            order.append(mine[0] if mine else -1 - len(order))
    return order


def measure(world: Blogosphere, report: Report) -> Figures:
    """All figures of one world."""
    owners = Owners(world)
    order = ranked_numbers(report, owners)
    truth = dict(enumerate(world.truth()))
    perfect = [number_of(s.person) for s in judge_perfect(world).standings]
    kept = set(order)
    people = world.people
    outside = outsiders(world)
    return Figures(
        seed=world.settings.seed,
        ndcg10=ndcg(order, truth, 10),
        ndcg20=ndcg(order, truth, 20),
        in_degree=ndcg(by_value(dict(enumerate(map(float, citers(world, both_ends=False))))), truth, 10),
        in_degree_both=ndcg(by_value(dict(enumerate(map(float, citers(world, both_ends=True))))), truth, 10),
        in_degree_crawled=ndcg(_crawled_in_degree(report, owners), truth, 10),
        followers=ndcg(by_value(dict(enumerate(map(float, world.follows.sum(axis=0))))), truth, 10),
        perfect10=ndcg(perfect, truth, 10),
        reached10=ndcg([n for n in perfect if n in kept], truth, 10),
        shortlist=shortlist_share(world, report, owners),
        cheats_in_10=tuple(people[n].role.value for n in order[:10] if n in outside),
        foreign_people=tuple(sorted(people[n].role.value for n in kept if n >= 0 and people[n].topical < 0.5)),
        missed=_missed(world, report, order, owners, perfect),
        **_discovery(world, report),
        **_identity(world, report, owners),
        **_content(world, report, owners),
    )


def shortlist_share(world: Blogosphere, report: Report, owners: Owners) -> float:
    """Coverage of the report's short list, divided by that of a greedy choice with known chances at the same size."""
    chance = world.campaign()
    last = world.days - 1
    weight = np.array([1.0 if p.role in READERS and p.active(last) else 0.0 for p in world.people])
    sites = {p.id: p.sites for p in report.corpus.people}
    chosen = [n for e in report.judgement.shortlist.entries for n in owners.of_sites(sites[e.person])[:1]]
    size = max(1, len(report.judgement.shortlist.entries))
    best = best_set([p.number for p in world.people], chance, weight, size)
    return coverage(chosen, chance, weight) / coverage(best, chance, weight)


def _numbers(report: Report, owners: Owners) -> dict[PersonId, int]:
    """Simulated number of each resolved person that has one."""
    found = {p.id: owners.of_sites(p.sites) for p in report.corpus.people}
    return {person: numbers[0] for person, numbers in found.items() if numbers}


def _crawled_in_degree(report: Report, owners: Owners) -> list[int]:
    number = _numbers(report, owners)
    edges = {
        (number[c.citing], number[c.cited])
        for c in report.graph.citations
        if c.citing_on_topic and c.citing in number and c.cited in number
    }
    return by_value({person: float(count) for person, count in in_degree(edges).items()})


def _discovery(world: Blogosphere, report: Report) -> dict[str, float]:
    """Recall of genuine sites and the shares of reached sites, and of their pages, that were rejected."""
    inside = {host_of(site.id) for site in report.corpus.sites if site.state is SiteState.IN}
    out = sum(site.state is SiteState.OUT for site in report.corpus.sites)
    pages = {state: sum(s.pages_fetched for s in report.corpus.sites if s.state is state) for state in SiteState}
    wanted = [host_of(s.root) for p in world.people if p.role in GENUINE for s in p.sites]
    return {
        "site_recall": mean(host in inside for host in wanted),
        "wasted_sites": out / max(1, out + len(inside)),
        "wasted_pages": pages[SiteState.OUT] / max(1, sum(pages.values())),
    }


def _identity(world: Blogosphere, report: Report, owners: Owners) -> dict[str, float | int]:
    """Correct names, and people joined or split wrongly, among the persons scored."""
    scored = {s.person for s in report.judgement.standings}
    resolved = [p for p in report.corpus.people if p.id in scored]
    owned = [owners.of_sites(p.sites) for p in resolved]
    named = [same_name(p.name, world.people[n[0]].name) for p, n in zip(resolved, owned, strict=True) if n]
    first_mentions = [n[0] for n in owned if n]
    return {
        "names": mean(named) if named else 0.0,
        "merged": sum(len(n) > 1 for n in owned),
        "split": len(first_mentions) - len(set(first_mentions)),
    }


def _content(world: Blogosphere, report: Report, owners: Owners) -> dict[str, float]:
    """Accuracy of on-topic verdicts and recall of citations, among the people kept."""
    number = _numbers(report, owners)
    known = {url_key(url): entry for entry, url in addresses(world).items()}
    topical = {e.number: e.on_topic for e in world.entries}
    judged = [
        (post.on_topic, topical[known[url_key(post.url)]]) for post in report.corpus.posts if url_key(post.url) in known
    ]
    kept = set(number.values())
    true = {
        (e.author, link.to)
        for e in world.entries
        for link in e.links
        if link.kind is not LinkKind.SELF and {e.author, link.to} <= kept
    }
    found = {
        (number[c.citing], number[c.cited]) for c in report.graph.citations if c.citing in number and c.cited in number
    }
    agreement = overlap(found, true)
    return {
        "topical_posts": mean(mine == theirs for mine, theirs in judged) if judged else 0.0,
        "citation_recall": agreement.recall,
        "citation_precision": agreement.precision,
    }


def _missed(
    world: Blogosphere, report: Report, order: list[int], owners: Owners, perfect: list[int]
) -> tuple[str, ...]:
    """One line for each of the ten best who is not among the first ten."""
    truth = world.truth()
    states = {owners.of_sites([site.id])[0]: site for site in report.corpus.sites if owners.of_sites([site.id])}
    lines = []
    for number in by_value(dict(enumerate(truth)))[:10]:
        if number in order[:10]:
            continue
        person, site = world.people[number], states.get(number)
        place = f"ranked {order.index(number) + 1}" if number in order else "not ranked"
        why = f"site {site.state.value}: {site.reason}" if site else "site never tried"
        lines.append(
            f"{person.name} ({person.role.value}, truth {truth[number]:.1f}) {place}, "
            f"{perfect.index(number) + 1 if number in perfect else 'nowhere'} on a faultless corpus; {why}"
        )
    return tuple(lines)


@cache
def world_of(seed: int) -> Blogosphere:
    """The world of a seed, at the size the floors are set for."""
    return simulate(Settings(seed=seed))


@cache
def reports() -> tuple[Report, ...]:
    """The reports of all seeds; built once per process, in minutes."""
    found = []
    for seed in SEEDS:
        with TemporaryDirectory(prefix="whomatters-quality-") as folder:
            found.append(run(world_of(seed), Path(folder)))
    return tuple(found)


@cache
def figures() -> tuple[Figures, ...]:
    """The figures of all seeds."""
    return tuple(measure(world_of(seed), report) for seed, report in zip(SEEDS, reports(), strict=True))
