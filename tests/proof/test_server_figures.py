"""A site that is gone, read from where Common Crawl keeps it: the whole command, by names, https and ranged requests."""

from __future__ import annotations

import json

import pytest

from generator.crawl.replay import ArchiveIndex
from tests.proof.blogs import blog
from tests.proof.isolated import PUBLIC, Stage, play, stage, topic
from tests.proof.server_figures import CAPTURED, DATA, FILE, KeptWeb

pytestmark = pytest.mark.slow

AT, SITE, OTHER = PUBLIC[6], PUBLIC[0], PUBLIC[1]
GONE, THERE = "http://gone.example/", "http://there.example:8080/"


def pages(root: str) -> dict[str, bytes]:
    """A blog of four posts, by address, as an index might hold it: without its feed."""
    found = blog(root, "Ada Bergsen", [f"http://{SITE}:8080/p1"], posts=4)
    return {root[:-1] + path: body for path, (_, body, kind, _) in found.items() if "html" in kind}


def two_nights(folder):
    """Two nights, and one more from the state's own archive; the same index holds a site that is there."""
    withdrawn = f"{THERE}withdrawn"
    kept = pages(GONE) | {withdrawn: pages(GONE)[f"{GONE}p1"]}
    with stage(folder, {"blogs": [SITE, OTHER]}) as web:
        there = KeptWeb(folder, AT, kept, live={"there.example": OTHER})
        path = topic(folder, [web.url(SITE), "commoncrawl:gone.example", f"commoncrawl:{THERE}"], hops=0)
        nights = [build(web, folder, path, day) for day in ("2026-01-30", "2026-01-31")]
        asked = [(what, part != "") for host, what, part in there.seen if host == DATA]
        there.close()
        archive = sorted((folder / "state/archive").glob("*.gz"))
        offline = web.run("build", str(path), "--state", str(folder / "state"), "--out", str(folder / "again"),
                          "--as-of", "2026-02-01", "--no-crawl", "--json")  # fmt: skip
        index = ArchiveIndex(tuple(archive))
        record = index.record(f"{GONE}p2")
        people = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
        return {
            "withdrawn": [status for what, status in web.tell("stats")["seen"][OTHER] if what == "/withdrawn"],
            "codes": [night.code for night in nights], "err": [night.err[-900:] for night in nights], "asked": asked,
            "record": [record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date")] if record else [],
            "held": [url for url in kept if index.record(url) is not None],
            "people": {site: p["posts"]["total"] for p in people for site in p["sites"]}, "offline": [offline.code, offline.err[-500:]],
            "again": [
                site
                for p in json.loads((folder / "again/site/data/people.json").read_text("utf-8"))["people"]
                for site in p["sites"]
            ],
        }  # fmt: skip


def build(web: Stage, folder, path, day):
    return web.run("build", str(path), "--state", str(folder / "state"), "--out", str(folder / "out"), "--as-of", day,
                   "--workers", "1", "--json")  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return play(two_nights, tmp_path_factory.mktemp("kept"), names=True)


def test_pages_of_a_site_that_is_gone_are_read_as_its_own(found):
    """Its posts count, and stand in the archive as the site's answer of that day, from which all is built again."""
    assert found["codes"] == [3, 3]  # so few people are below a floor
    assert found["record"] == [f"{GONE}p2", f"{CAPTURED:%Y-%m-%dT%H:%M:%SZ}"]
    assert found["people"][GONE] == 4
    assert found["offline"][0] == 3
    assert GONE in found["again"]


def test_each_record_is_asked_for_once_and_by_its_bytes(found):
    """After robots.txt, one ranged request a page in the first night and none in the second."""
    assert found["asked"].count([f"/{FILE}", True]) == 5
    assert [what for what, _ in found["asked"] if what != f"/{FILE}"] == ["/robots.txt"]


def test_a_site_that_is_there_is_not_read_from_elsewhere(found):
    """It answers 404 for a page that it does not show any more: the index names it, it is asked for, and that is all."""
    assert 404 in found["withdrawn"]
    assert sorted(found["held"]) == [GONE, *(f"{GONE}p{n}" for n in range(4))]
