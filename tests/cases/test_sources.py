"""Seeds from sources in a whole build from an archive: good ones open sites, bad ones are said, nothing ends."""

from __future__ import annotations

import json

import pytest

from tests.cases.test_trouble import build
from tests.factories.small_web import circle, topic_file

pytestmark = pytest.mark.slow

HN = "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query=splitboard&tags=story"
TAG = "https://snow.example/api/v1/timelines/tag/splitboard?limit=40"
SEEDS = ("hn:splitboard", '"mastodon:#splitboard@snow.example"', '"stackexchange:ski@outdoors"',
         "lemmy:splitboard@lemmy.example")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A build whose seeds are sources alone; one is held whole, one in a feed, one broken, one not at all."""
    folder = tmp_path_factory.mktemp("sources")
    web = circle()
    hits = [
        {"url": "https://b.example/p2", "title": "Pits", "author": "x"},
        {"url": "https://gone.example/", "author": "y"},
    ]
    web.put(HN, json.dumps({"hits": hits, "nbHits": 2}), Content_Type="application/json")
    posts = [{"id": "1", "content": '<a href="https://c.example/p1">c</a>', "account": {"acct": "x", "fields": []}}]
    web.put(TAG, json.dumps(posts), Content_Type="application/json")
    web.put("https://api.stackexchange.com/2.3/tags/ski/top-answerers/all_time?pagesize=30&site=outdoors",
            "<html>maintenance</html>", Content_Type="text/html")  # fmt: skip
    done = build(topic_file(folder, seeds=SEEDS), web.write(folder / "pages.warc"), folder)
    return folder, done


def test_sites_that_sources_name_are_heard_like_pasted_ones(built):
    """The circle is found from what two sources named."""
    folder, done = built
    people = json.loads((folder / "out/site/data/people.json").read_text())["people"]

    assert "Traceback" not in done.stderr
    assert {"Ada Example", "Bo Example", "Cleo Example"} <= {person["name"] for person in people}
    assert "seed hn:splitboard" in (folder / "out/site/data/sites.csv").read_text()


def test_a_source_that_fails_is_said_in_the_report(built):
    """The method page says what each source named and refused."""
    page = " ".join((built[0] / "out/site/method/index.html").read_text().split())
    rows = page.partition('id="sources"')[2].partition("</table>")[0]

    assert rows.count("<tr>") == 5  # the head and four sources
    assert "2 sites in 1 answer" in rows
    assert "1 × content could not be decoded (no wrapper of Stack Exchange&#39;s API)" in rows
    assert "1 × not found (404 or 410) (not in the archive)" in rows


def test_half_the_sources_silent_is_no_floor_missed(built):
    """Two of four sources gave nothing, which is not more than half; a dead site that a source named is not counted."""
    assert (built[1].returncode, built[1].stderr.count("gave no answer")) == (0, 0)


def test_a_site_left_out_is_not_requested_through_a_source(tmp_path):
    """A list on a site left out is not fetched, and the link to it is blanked."""
    web = circle()
    web.put("https://roll.example/", "<html><head><title>Roll</title><link rel='blogroll' href='https://silent.example/x.opml'></head>"
            "<body><p>Notes.</p></body></html>")  # fmt: skip
    web.put(
        "https://silent.example/x.opml",
        "<opml version='2.0'><body><outline text='h' htmlUrl='https://h.example/'/></body></opml>",
    )
    topic = topic_file(
        tmp_path, seeds=("https://b.example/", "blogroll:https://roll.example/"),
        more="people: [{leave_out: https://silent.example/}]",
    )  # fmt: skip
    build(topic, web.write(tmp_path / "pages.warc"), tmp_path)
    page = " ".join((tmp_path / "out/site/method/index.html").read_text().split())

    assert "silent.example" not in page
    assert "seed blogroll" not in (tmp_path / "out/site/data/sites.csv").read_text()
