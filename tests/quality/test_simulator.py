"""The simulator itself: deterministic, planted as announced, with truths that follow from the model."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter

import numpy as np
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.quality.measures import by_value, ndcg
from tests.quality.simulator import LinkKind, Role, Settings, seeds, simulate
from tests.quality.webpages import citers, write_world

SMALL = Settings(seed=3, people=60, weeks=52)


@pytest.fixture(scope="module")
def world():
    return simulate(SMALL)


@pytest.fixture(scope="module")
def written(world, tmp_path_factory):
    return write_world(world, tmp_path_factory.mktemp("small"))


def test_same_settings_same_bytes(written, tmp_path):
    """Two simulations of one seed write archives, topics and truths that are equal to the byte."""
    again = write_world(simulate(SMALL), tmp_path)
    for mine, theirs in ((written.warc, again.warc), (written.topic, again.topic), (written.truth, again.truth)):
        assert hashlib.sha256(mine.read_bytes()).digest() == hashlib.sha256(theirs.read_bytes()).digest()


def test_another_seed_is_another_world(world):
    """The seed matters: names and truths differ."""
    other = simulate(Settings(seed=4, people=60, weeks=52))
    assert [p.name for p in other.people] != [p.name for p in world.people]


def test_everything_announced_is_planted(world):
    """60 people hold one customer of a farm of 8, 3 celebrities, a ring of 4, 4 silent, 3 risers, 3 buyers, 12 strangers."""
    assert Counter(p.role.value for p in world.people) == {
        "ordinary": 22, "celebrity": 3, "fake": 8, "target": 1, "ring": 4, "silent": 4, "riser": 3, "buyer": 3,
        "off-topic": 12,
    }  # fmt: skip
    assert sum(len(p.sites) == 2 for p in world.people) >= 2
    assert len({s.root for p in world.people for s in p.sites}) == sum(len(p.sites) for p in world.people)


@pytest.mark.quality
def test_cheats_have_citations_but_little_truth():
    """Over three worlds nobody cheating is among the ten of highest truth, though the farm's customer is much cited."""
    for seed in range(3):
        world = simulate(Settings(seed=seed))
        truth = dict(enumerate(world.truth()))
        best = {world.people[i].role for i in by_value(truth)[:10]}
        assert not best & {Role.CELEBRITY, Role.BUYER, Role.TARGET, Role.RING, Role.FAKE, Role.OFF_TOPIC}
        target = next(p.number for p in world.people if p.role is Role.TARGET)
        assert citers(world, both_ends=False)[target] >= 15


def test_truth_is_expected_take_up(world):
    """What happened lies around what was expected: realised take-ups within 15 % of the model's sum."""
    expected = sum(e.take_up for e in world.entries if e.on_topic)
    happened = sum(link.kind in (LinkKind.TAKE_UP, LinkKind.VIA) for e in world.entries for link in e.links)
    direct = sum(link.kind is LinkKind.TAKE_UP for e in world.entries for link in e.links)
    assert direct < expected < 1.15 * happened


def test_silent_people_fade_and_never_cite_again(world):
    """Whoever fell silent writes nothing after their last day."""
    silent = [p for p in world.people if p.role is Role.SILENT]
    assert all(e.day <= p.last_day for p in silent for e in world.entries if e.author == p.number)
    assert all(world.days - p.last_day >= 250 for p in silent)


def test_chances_are_chances_and_nobody_reaches_themselves(world):
    """The short list's truth holds probabilities, with zeros on the diagonal."""
    chance = world.campaign()
    assert chance.min() >= 0
    assert chance.max() <= 1
    assert np.trace(chance) == 0


def test_seeds_are_unremarkable(world):
    """Six ordinary people, none of the ten of highest truth."""
    best = by_value(dict(enumerate(world.truth())))[:10]
    assert len(set(seeds(world))) == 6
    assert not set(seeds(world)) & set(best)


def test_perfect_knowledge_ranks_perfectly(world):
    """The measure and the truth agree: ranking by truth is NDCG 1, by follower counts less."""
    truth = dict(enumerate(world.truth()))
    followers = {i: float(n) for i, n in enumerate(world.follows.sum(axis=0))}
    assert ndcg(by_value(truth), truth, 10) == 1.0
    assert ndcg(by_value(followers), truth, 10) < 1.0


def test_archive_holds_each_site_in_full(world, written):
    """Every site answers for robots.txt, home, about, archive and each of its posts; every record is valid HTTP."""
    with written.warc.open("rb") as source:
        answers = {r.rec_headers["WARC-Target-URI"]: r.http_headers.get_statuscode() for r in ArchiveIterator(source)}
    for person in world.people:
        for site in person.sites:
            assert [answers[site.root + path] for path in ("", "robots.txt", "about/", "archive/")] == ["200"] * 4
    assert len(answers) >= written.pages
    assert Counter(answers.values())["301"] > 0


def test_truth_file_reads_back(world, written):
    """One row a person, with their truth and all their sites."""
    rows = list(csv.DictReader(written.truth.read_text(encoding="utf-8").splitlines()))
    assert [float(row["truth"]) for row in rows] == pytest.approx(world.truth(), abs=1e-4)
    assert [row["sites"].split() for row in rows] == [[s.root for s in p.sites] for p in world.people]
