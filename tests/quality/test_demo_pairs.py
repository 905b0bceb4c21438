"""Judged pairs on the demo: the first person of a pair has to rank above the second, for the reason given."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from generator.config import load_topic
from generator.pipeline import build_report
from generator.urls import host_of

DEMO = Path(__file__).parents[2] / "config" / "demo"
JUDGED = yaml.safe_load((DEMO / "judged.yaml").read_text(encoding="utf-8"))
AS_OF = date(2026, 1, 31)

pytestmark = [pytest.mark.quality, pytest.mark.slow]


@cache
def hosts_of(key: str) -> frozenset[str]:
    """Hosts of a demo author, from the head of the author's file; hosts of the farm, from farm.yaml."""
    if key == "farm":
        head = yaml.safe_load((DEMO / "farm.yaml").read_text(encoding="utf-8"))
    else:
        head = yaml.safe_load((DEMO / "voices" / f"{key}.md").read_text(encoding="utf-8").split("---\n")[1])
    return frozenset(host_of(site["root"]) for site in head["sites"])


@cache
def people() -> tuple[dict[str, Any], ...]:
    """people.json of a fresh build of the demo."""
    with TemporaryDirectory(prefix="whomatters-demo-") as folder:
        done = build_report(load_topic(DEMO / "topic.yaml"), out=Path(folder) / "out", state=Path(folder) / "state",
                     replay=(DEMO / "pages.warc.gz",), as_of=AS_OF, log_event=lambda event, /, **fields: None)  # fmt: skip
        loaded = json.loads((done.site / "data" / "people.json").read_text(encoding="utf-8"))
        return tuple(loaded["people"])


def rank(key: str) -> float:
    """Best rank of the people who own one of the author's sites; infinite where no ranked person does."""
    return min((p["rank"] for p in people() if {host_of(s) for s in p["sites"]} & hosts_of(key)), default=float("inf"))


@pytest.mark.parametrize("pair", JUDGED["pairs"], ids=lambda pair: f"{pair['above']} above {pair['below']}")
def test_judged_pair(pair):
    """Each pair of judged.yaml is ranked in its order."""
    assert rank(pair["above"]) < rank(pair["below"]), pair["because"]


@pytest.mark.parametrize("key", JUDGED["facts"]["not_in_top_10"])
def test_not_among_the_first_ten(key):
    """Celebrity, ring, farm and strangers are not among the first ten."""
    assert rank(key) > 10


@pytest.mark.parametrize("key", JUDGED["facts"]["not_short_listed"])
def test_not_short_listed(key):
    """They and organisations are not on the short list."""
    listed = [p for p in people() if p["shortlist"] is not None]
    assert listed
    assert not [p["name"] for p in listed if {host_of(s) for s in p["sites"]} & hosts_of(key)]
