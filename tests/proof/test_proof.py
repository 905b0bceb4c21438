"""The crawl against a web of our own, at full size: `make proof`; figures are printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.proof.faults import KINDS
from tests.proof.isolated import ROOT, has_namespaces, isolated

pytestmark = pytest.mark.quality


def play(scene: str, folder, *figures: int) -> dict:
    """A scene in a network of its own."""
    words = [sys.executable, "-m", "tests.proof.scenarios", scene, str(folder), *map(str, figures)]
    ran = subprocess.run(isolated(words), capture_output=True, text=True, cwd=ROOT, timeout=1_800, check=False)
    assert ran.returncode == 0, ran.stderr[-2_000:]
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """60 healthy hosts beside 60 hostile ones, heard in one build with a budget of ten minutes."""
    found = play("healthy_beside_hostile", tmp_path_factory.mktemp("both"))
    print({key: found[key] for key in ("seconds", "cpu_s", "peak_mb", "peak_each", "requests", "refusals")})
    return found


def test_every_healthy_host_is_complete(both):
    """Each of the 60 is in, with all of its six posts, whatever the others do."""
    assert {(site["state"], site["posts"]) for site in both["healthy"].values()} == {("in", "6")}
    assert len(both["healthy"]) == 60


def test_every_hostile_host_is_refused_for_what_it_does(both):
    """One reason a host, from the list; a host that answers gives no posts and is not asked without end."""
    wrong = []
    for host, site in both["hostile"].items():
        reasons = (
            site["reason"].removeprefix("nothing answered: ").split(", ") if site["state"] == "unreached" else [""]
        )
        if not set(reasons) <= KINDS[site["kind"]][1] or int(site["posts"]) or site["asked"] > 80:
            wrong.append((host, site["kind"], site["reason"], site["asked"]))
    assert wrong == []


def test_memory_and_time_hold(both):
    """All processes together stay below 500 MB, and the run ends within its budget."""
    assert both["peak_mb"] < 500
    assert both["seconds"] < 600


def test_nobody_inside_was_asked(both):
    """Neither the metadata address nor a private network, no credentials sent, one connection at a time."""
    assert (both["canaries"], both["credentials"]) == ([], 0)
    assert max(both["busiest"].values()) == 1
    assert both["isolated"] is has_namespaces()


def test_a_run_killed_at_twenty_moments_ends_in_the_same_report(tmp_path):
    """kill -9 while it listens, judges, renders or publishes, then the same command: the report is the same to the byte.

    Twenty kills of a run that was under way, in each of its parts; one that came after the end does not count.
    """
    found = play("killed_at_random", tmp_path)
    print(found)
    assert (found["differing"], found["codes"]) == ([], [0] * 21)
    assert len(found["kills"]) == 20
    assert found["by_part"].keys() == {"crawling", "scoring", "rendering", "publishing"}
    assert found["by_part"]["crawling"] >= 6
    asked = [asked for part, _, asked in found["kills"] if part == "crawling"]
    assert min(asked) < found["undisturbed"]["asked"] / 2 < max(asked)  # early in the crawl, and late
    assert found["files"] > 20


def test_a_night_in_which_nothing_changed_is_cheap(tmp_path):
    """At least 99 % of feeds answer 304, and it takes at most 0.4 of the first night's processor time."""
    found = play("second_night", tmp_path)
    print(found)
    first, second = found["first"], found["second"]
    assert second["feeds"] == 60
    assert second["feeds_304"] >= 0.99 * second["feeds"]
    assert second["cpu_s"] <= 0.4 * first["cpu_s"]


def test_throughput_is_that_of_a_bare_spider(tmp_path):
    """300 hosts at 20 ms: at least 0.8 of bare Scrapy's requests a second, never two connections on one host."""
    found = play("throughput", tmp_path)
    print(found)
    assert found["share"] >= 0.8
    assert found["busiest"] == 1


def test_ten_minutes_of_broken_bytes_crash_and_hang_nothing():
    """Feeds and pages torn apart: each is an extraction or a refusal (`FUZZ_S` seconds, 600 by default)."""
    from tests.proof.fuzz import fuzz

    found = fuzz(float(os.environ.get("FUZZ_S", "600")), seed=1)
    print(found)
    assert found["read"] > 100
    assert found["killed"] == []
