"""Whole builds: the same bytes twice, nothing fetched twice, and going on after a kill."""

from __future__ import annotations

import csv
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import load_topic
from tests.factories.small_web import circle, topic_file

DAY = date(2026, 1, 31)
pytestmark = pytest.mark.slow


def built(topic: Path, warc: Path, folder: Path, *, as_of: date = DAY, offline: bool = False):
    """Build into a folder; returns the outcome and the events."""
    events = []
    outcome = pipeline.build_report(
        load_topic(topic), out=folder / "out", state=folder / "state", replay=(warc,), as_of=as_of, workers=1,
        log_event=lambda event, **fields: events.append((event, fields)), offline=offline,
    )  # fmt: skip
    return outcome, events


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The circle's WARC and topic file, and a first build of them."""
    folder = tmp_path_factory.mktemp("web")
    warc, topic = circle().write(folder / "pages.warc.gz"), topic_file(folder)
    outcome, _ = built(topic, warc, folder / "first")
    return warc, topic, folder / "first", outcome


def people_of(folder: Path):
    return json.loads((folder / "out/site/data/people.json").read_text("utf-8"))


def test_every_author_of_the_circle_is_found_from_two_seeds(web):
    """From two seeds the crawl finds all eight, and the one cited by all comes first."""
    document = people_of(web[2])
    assert sorted(p["name"] for p in document["people"]) == [
        "Ada Example", "Bo Example", "Cleo Example", "Dai Example", "Eve Example", "Fay Example", "Gil Example", "Hana Example",
    ]  # fmt: skip
    assert document["people"][0]["name"] == "Ada Example"


def test_people_json_keeps_its_keys(web):
    """Keys that others rely on are all there."""
    document = people_of(web[2])
    assert document["schema"] == 1
    assert {"topic", "as_of", "window", "counts", "people"} <= set(document)
    assert {"sites_tried", "sites_reached", "sites_on_topic", "posts", "on_topic_posts", "citations", "people"} <= set(
        document["counts"]
    )
    assert {"id", "name", "kind", "sites", "rank", "standing", "interval", "signals", "circle", "shortlist", "why", "door",
            "contacts", "evidence", "posts"} <= set(document["people"][0])  # fmt: skip


def test_evidence_stands_in_the_cited_post(web):
    """Every quotation is found in the archived post it names, on a site of the person named."""
    pages = circle().pages
    sites = {p["id"]: p["sites"] for p in people_of(web[2])["people"]}
    rows = [row for p in people_of(web[2])["people"] for row in p["evidence"]]
    assert rows
    for row in rows:
        text = pages[row["post"]][2].decode()
        assert row["quote"].strip("…") in text.replace("</a>", "").replace(f'<a href="{row["target"]}">', "")
        assert any(row["post"].startswith(site) for site in sites[row["by"]])


def test_two_builds_are_identical_to_the_byte(web, tmp_path):
    """Same archive, same topic, same day: the site and the zip do not differ in a byte."""
    warc, topic, first, _ = web
    built(topic, warc, tmp_path)
    assert not _differences(first / "out", tmp_path / "out")


def _differences(a: Path, b: Path) -> list[str]:
    """Files that differ or stand on one side only."""
    left = {p.relative_to(a).as_posix() for p in a.rglob("*") if p.is_file()}
    right = {p.relative_to(b).as_posix() for p in b.rglob("*") if p.is_file()}
    same = left & right
    return sorted(left ^ right) + sorted(name for name in same if not filecmp.cmp(a / name, b / name, shallow=False))


def test_second_build_asks_conditionally_and_parses_nothing_again(web, tmp_path, monkeypatch):
    """With the state of a first build every page is answered 304, and no page is parsed twice."""
    warc, topic, first, outcome = web
    shutil.copytree(first, tmp_path / "again")
    parsed = []
    from generator.pipeline import crawl_rounds

    real = crawl_rounds.Extractor.extract

    def counted(self, snapshots):
        for snapshot, extraction in real(self, snapshots):
            parsed.append(snapshot.url)
            yield snapshot, extraction

    monkeypatch.setattr(crawl_rounds.Extractor, "extract", counted)
    second, _ = built(topic, warc, tmp_path / "again")
    assert parsed == []
    assert second.counts.not_modified > 0
    assert second.counts.not_modified == outcome.counts.requests - sum(n for _, n in outcome.counts.refusals)
    assert people_of(tmp_path / "again")["people"] == people_of(first)["people"]


def test_offline_build_reads_only_the_state(web, tmp_path):
    """`--no-crawl` re-ranks from the state; a changed weight changes standings, nothing is asked."""
    warc, topic, first, _ = web
    shutil.copytree(first / "state", tmp_path / "state")
    text = (
        topic.read_text("utf-8")
        + "scoring: {weights: {reach: 1.0, resonance: 0, devotion: 0, trust: 0, relevance: 0}}\n"
    )
    other = tmp_path / "topic.yaml"
    other.write_text(text, "utf-8")
    built(other, warc, tmp_path, offline=True)
    before, after = people_of(first), people_of(tmp_path)
    assert {p["id"] for p in before["people"]} == {p["id"] for p in after["people"]}
    assert [p["standing"] for p in before["people"]] != [p["standing"] for p in after["people"]]


def test_killed_build_goes_on_and_ends_the_same(web, tmp_path):
    """kill -9 in the middle of listening; the next run goes on and its report equals the undisturbed one."""
    warc, topic, first, _ = web
    command = [sys.executable, "-m", "generator", "build", str(topic), "--replay", str(warc), "--state", str(tmp_path / "state"),
               "--out", str(tmp_path / "out"), "--as-of", "2026-01-31", "--workers", "1"]  # fmt: skip
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list((tmp_path / "state").glob("archive/*.warc.gz")):
        time.sleep(0.05)
    time.sleep(0.4)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert not (tmp_path / "out/site").exists()
    built(topic, warc, tmp_path)
    assert not _differences(first / "out", tmp_path / "out")


def test_unchanged_night_says_so_and_new_voice_is_named(web, tmp_path):
    """A month later with nothing new the changes page says so; a new blog is named as a new voice."""
    warc, topic, first, _ = web
    shutil.copytree(first, tmp_path / "later")
    built(topic, warc, tmp_path / "later", as_of=date(2026, 2, 28))
    page = (tmp_path / "later/out/site/changes/index.html").read_text("utf-8")
    assert "From 31\u00a0January 2026 to 28\u00a0February 2026" in page
    richer = circle()
    richer.blog("https://z.example/", "Zoe Newcomer", ("https://a.example/p1", "https://b.example/p2"))
    richer.blog("https://b.example/", "Bo Example", ("https://z.example/p1", "https://a.example/p1"), posts=7)
    built(topic, richer.write(tmp_path / "richer.warc.gz"), tmp_path / "later", as_of=date(2026, 3, 28))
    assert "Zoe Newcomer" in (tmp_path / "later/out/site/changes/index.html").read_text("utf-8")


def test_zip_holds_the_same_site(web):
    """The hand-off unpacks to the site: every page but the brief is the same file."""
    _, _, first, outcome = web
    with zipfile.ZipFile(outcome.zip) as bundle:
        names = {name.split("/", 1)[1] for name in bundle.namelist() if not name.endswith("/")}
        index = next(name for name in bundle.namelist() if name.endswith("/index.html") and name.count("/") == 1)
        assert bundle.read(index) == (first / "out/site/index.html").read_bytes()
    assert names == {
        p.relative_to(first / "out/site").as_posix() for p in (first / "out/site").rglob("*") if p.is_file()
    }


def test_sites_csv_names_every_site_tried_with_its_reason(web):
    """Each site tried stands in sites.csv with in or out and why; counts reconcile."""
    _, _, first, outcome = web
    rows = list(csv.DictReader((first / "out/site/data/sites.csv").read_text("utf-8").splitlines()))
    assert len(rows) == outcome.counts.sites_tried
    assert all(row["reason"] for row in rows)


def test_opml_file_beside_the_topic_is_a_list_of_seeds(web, tmp_path):
    """A feed reader's export beside the topic file is read as seeds, relative to that file."""
    (tmp_path / "saved.opml").write_text(
        "<opml version='2.0'><body><outline text='Bo' htmlUrl='https://b.example/' xmlUrl='https://b.example/feed.xml'/>"
        "<outline text='Cleo' xmlUrl='https://c.example/feed.xml'/></body></opml>",
        "utf-8",
    )
    built(topic_file(tmp_path, seeds=("saved.opml",)), web[0], tmp_path)
    assert len(people_of(tmp_path)["people"]) == 8


def test_missing_opml_file_is_told_with_its_line(tmp_path):
    """A list that is not there is a problem of the topic file, with line and column."""
    from generator.errors import TopicError

    topic = topic_file(tmp_path, seeds=("saved.opml",))
    with pytest.raises(TopicError, match=r"topic\.yaml:6:\d+: seeds.* names no file"):
        load_topic(topic)
