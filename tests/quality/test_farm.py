"""The farm injector: what it adds, and that other records stay unchanged."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.quality.farm import Plan, fake_root, html_pages, inject, rank_of
from tests.quality.webpages import PlainWriter, write_response

HTML = [("Content-Type", "text/html; charset=utf-8")]
PLAN = Plan("https://target.example/", ("https://sage.example/",), ("https://naive.example/",), 3, 0, date(2026, 1, 31))


@pytest.fixture
def archives(tmp_path):
    source, out = tmp_path / "in.warc.gz", tmp_path / "out.warc.gz"
    wise = "".join(f"<p>The sage explains rule number {i} of keeping a hive at some length.</p>" for i in range(9))
    naive = "<h1>Old post</h1>" + "<p>Nothing much happened on this day in the garden.</p>" * 5
    with source.open("wb") as sink:
        writer = PlainWriter(sink, gzip=True)
        write_response(writer, "https://sage.example/one", "200 OK", HTML, wise.encode(), "2026-01-31")
        write_response(writer, "https://naive.example/old", "200 OK", HTML, naive.encode(), "2026-01-31")
        write_response(writer, "https://target.example/", "200 OK", HTML, b"<p>Hello.</p>", "2026-01-31")
    return inject(source, out, PLAN), dict(html_pages(source)), dict(html_pages(out))


def test_every_post_of_a_fake_cites_target_and_authority(archives):
    """Each of the twelve posts of each of three fakes links to the customer and to an authority."""
    _, _, after = archives
    posts = [page for url, page in after.items() if "digest/" in url and url != fake_root(0)]
    assert len(posts) == 36
    assert all('href="https://target.example/"' in page and 'href="https://sage.example/"' in page for page in posts)


def test_tricked_site_links_into_the_farm(archives):
    """A tricked page names two fakes and the target, inside its body."""
    counts, _, after = archives
    page = after["https://naive.example/old"]
    assert counts["tricked pages"] == 1
    assert [link in page for link in (fake_root(0), fake_root(1), "https://target.example/")] == [True] * 3


def test_everything_else_stays_as_it_was(archives):
    """Other pages are copied unchanged."""
    _, before, after = archives
    for url in ("https://sage.example/one", "https://target.example/"):
        assert after[url] == before[url]


def test_rank_is_looked_up_by_site(tmp_path):
    """The customer is found by address, with either scheme; ranked fakes are named."""
    people = [
        {"rank": 1, "name": "Sage", "sites": ["https://sage.example/"]},
        {"rank": 2, "name": "Fake", "sites": ["https://daily-digest-01.example/"]},
        {"rank": 3, "name": "Target", "sites": ["http://www.target.example/"]},
    ]
    (tmp_path / "people.json").write_text(json.dumps({"people": people}), encoding="utf-8")
    assert rank_of(tmp_path / "people.json", "https://target.example/") == (3, 3, ["Fake"])
    assert rank_of(tmp_path / "people.json", "https://nobody.example/") == (None, 3, ["Fake"])
