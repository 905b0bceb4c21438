"""A small web whose every title, tag and name is hostile, built as far as the zip."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import pytest

from generator import pipeline
from generator.config import load_topic
from generator.publish import foreign_requests
from tests.factories.hostile import HOSTILE
from tests.factories.small_web import NAMES, SENTENCES, MiniWeb, root, topic_file

pytestmark = pytest.mark.slow
DAY = date(2026, 1, 31)
TAGS = ("index", "Con", "aux", "//evil.example/x", "</script>", "INDEX", "nul", "com1", "😀", "лавины", "\ud800x")
AUTHORS = ("Index", "Con", "Łukasz Żółć", "王小明", "//evil.example/x", "Nul", "<script>alert(1)</script>", "\ud800")
POSTS = 12


def json_feed(letter: str, author: str, first: int) -> str:
    """A blog's feed; JSON can say everything that XML cannot, half of a surrogate pair among it."""
    others = [one for one in NAMES if one != letter]
    items = []
    for i in range(POSTS):
        target = f"{root(others[i % len(others)])}p{i % 5}"
        hostile = HOSTILE[(first + i) % len(HOSTILE)]
        order = [(i * 3 + j * 5 + first) % len(SENTENCES) for j in range(5)]
        lines = " ".join(f"{SENTENCES[k]} {root(letter)[8:10]} wrote this as note {i} line {k}." for k in order)
        shown = hostile.replace("&", "&amp;").replace("<", "&lt;")
        items.append({
            "id": f"{root(letter)}p{i}", "url": f"{root(letter)}p{i}", "title": hostile, "tags": list(TAGS),
            "date_published": f"2025-{i % 9 + 1:02}-1{i % 9}T10:00:00Z", "authors": [{"name": author}],
            "content_html": f"<h2>{shown}</h2><p>{lines} Note {i} of {letter}.</p>"
            f'<p>Thanks to <a href="{target}">{shown}</a>, who taught me this, number {i}.</p>',
        })  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": HOSTILE[first % len(HOSTILE)], "home_page_url": root(letter),
            "authors": [{"name": author}], "items": items}  # fmt: skip
    return json.dumps(feed)


def hostile_web() -> MiniWeb:
    """Eight blogs that cite one another, as the healthy circle does."""
    web = MiniWeb()
    for at, (letter, author) in enumerate(zip(NAMES, AUTHORS, strict=True)):
        feed = json_feed(letter, author, at * POSTS)
        web.put(f"{root(letter)}feed.json", feed, Content_Type="application/feed+json")
        web.put(
            root(letter),
            f"<html><head><title>{HOSTILE[at * 7].replace('<', '&lt;')}</title>"
            f"<link rel='alternate' type='application/feed+json' href='/feed.json'></head><body><p>Hello</p></body></html>",
        )
    return web


def test_hostile_titles_tags_and_names_are_published(tmp_path):
    """The build ends with a report; nobody loses a page to a reserved name, and no address is loaded."""
    seeds = tuple(root(letter) for letter in NAMES)
    topic, warc = topic_file(tmp_path, seeds=seeds), hostile_web().write(tmp_path / "pages.warc.gz")
    built = pipeline.build_report(
        load_topic(topic), out=tmp_path / "out", state=tmp_path / "state", replay=(warc,), as_of=DAY, workers=1,
        log_event=lambda *_args, **_fields: None,
    )  # fmt: skip

    people = json.loads((built.site / "data/people.json").read_text("utf-8"))["people"]
    assert {"con-b-example", "lukasz-zolc", "wangxiaoming"} <= {person["id"] for person in people}
    stems = [page.stem for folder in ("people", "tags", "circles") for page in (built.site / folder).glob("*.html")]
    assert stems.count("index") == 3
    assert not {"con", "aux", "nul", "com1"} & set(stems)
    assert any(stem.startswith("index-") for stem in stems)
    assert list(foreign_requests(built.site)) == []
    with zipfile.ZipFile(built.zip) as bundle:
        assert bundle.testzip() is None
