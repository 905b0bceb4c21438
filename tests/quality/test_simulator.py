"""The simulator is deterministic, plants the roles it announces, and its truths follow from the model."""

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
    """Two simulations with one seed write byte-identical archives, topics and truths."""
    again = write_world(simulate(SMALL), tmp_path)
    for mine, theirs in ((written.warc, again.warc), (written.topic, again.topic), (written.truth, again.truth)):
        assert hashlib.sha256(mine.read_bytes()).digest() == hashlib.sha256(theirs.read_bytes()).digest()


def test_another_seed_is_another_world(world):
    """Names differ between seeds."""
    other = simulate(Settings(seed=4, people=60, weeks=52))
    assert [p.name for p in other.people] != [p.name for p in world.people]


def test_everything_announced_is_planted(world):
    """60 people include a farm of 8 and its customer, 3 celebrities, a ring of 4, 4 silent, 3 risers, 3 buyers, 12 off topic."""
    assert Counter(p.role.value for p in world.people) == {
        "ordinary": 22, "celebrity": 3, "fake": 8, "target": 1, "ring": 4, "silent": 4, "riser": 3, "buyer": 3,
        "off-topic": 12,
    }  # fmt: skip
    assert sum(len(p.sites) == 2 for p in world.people) >= 2
    assert len({s.root for p in world.people for s in p.sites}) == sum(len(p.sites) for p in world.people)


@pytest.mark.quality
def test_cheats_have_citations_but_little_truth():
    """In three worlds no cheat is among the ten of highest truth, although the farm's customer has many citers."""
    for seed in range(3):
        world = simulate(Settings(seed=seed))
        truth = dict(enumerate(world.truth()))
        best = {world.people[i].role for i in by_value(truth)[:10]}
        assert not best & {Role.CELEBRITY, Role.BUYER, Role.TARGET, Role.RING, Role.FAKE, Role.OFF_TOPIC}
        target = next(p.number for p in world.people if p.role is Role.TARGET)
        assert citers(world, both_ends=False)[target] >= 15


def test_truth_is_expected_take_up(world):
    """The expected number of take-ups is within 15 % of the realised number."""
    expected = sum(e.take_up for e in world.entries if e.on_topic)
    happened = sum(link.kind in (LinkKind.TAKE_UP, LinkKind.VIA) for e in world.entries for link in e.links)
    direct = sum(link.kind is LinkKind.TAKE_UP for e in world.entries for link in e.links)
    assert direct < expected < 1.15 * happened


def test_silent_people_stop_writing(world):
    """Silent people write nothing after their last day, which is at least 250 days ago."""
    silent = [p for p in world.people if p.role is Role.SILENT]
    assert len(silent) == 4
    assert all(e.day <= p.last_day for p in silent for e in world.entries if e.author == p.number)
    assert all(world.days - p.last_day >= 250 for p in silent)


def test_chances_are_probabilities_with_a_zero_diagonal(world):
    """The truth for short lists is a matrix of probabilities; no author reaches themselves."""
    chance = world.campaign()
    assert chance.min() >= 0
    assert chance.max() <= 1
    assert np.trace(chance) == 0


def test_seeds_are_ordinary_people(world):
    """There are six seeds, outside the ten of highest truth."""
    best = by_value(dict(enumerate(world.truth())))[:10]
    assert len(set(seeds(world))) == 6
    assert not set(seeds(world)) & set(best)


def test_perfect_knowledge_ranks_perfectly(world):
    """A ranking by truth has NDCG 1, a ranking by follower counts less."""
    truth = dict(enumerate(world.truth()))
    followers = {i: float(n) for i, n in enumerate(world.follows.sum(axis=0))}
    assert ndcg(by_value(truth), truth, 10) == 1.0
    assert ndcg(by_value(followers), truth, 10) < 1.0


def test_archive_holds_each_site_in_full(world, written):
    """Every site has robots.txt, home, about and archive pages and all its posts; the archive holds redirects too."""
    with written.warc.open("rb") as source:
        answers = {r.rec_headers["WARC-Target-URI"]: r.http_headers.get_statuscode() for r in ArchiveIterator(source)}
    for person in world.people:
        for site in person.sites:
            assert [answers[site.root + path] for path in ("", "robots.txt", "about/", "archive/")] == ["200"] * 4
    assert len(answers) >= written.pages
    assert Counter(answers.values())["301"] > 0


def test_truth_file_reads_back(world, written):
    """One row per person, with truth and all sites."""
    rows = list(csv.DictReader(written.truth.read_text(encoding="utf-8").splitlines()))
    assert [float(row["truth"]) for row in rows] == pytest.approx(world.truth(), abs=1e-4)
    assert [row["sites"].split() for row in rows] == [[s.root for s in p.sites] for p in world.people]
