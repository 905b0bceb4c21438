"""`whomatters seeds` from an archive: proposals to paste, with why, and what it says when there are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cases.test_trouble import whomatters
from tests.factories.small_web import MiniWeb

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "<html><head><title>Extreme snowboarding - Wikipedia</title></head><body><main><h1>Extreme snowboarding</h1><p>It is a sport of "
    "steep lines and short days, and of long waits for weather, told best by those who ride.</p><ul><li>"
    "<a class='external text' href='https://b.example/'>Bo on snow</a></li></ul></main></body></html>"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Hacker News, a hashtag and an article name sites; Lemmy answers nonsense, Stack Exchange is not held."""
    web = MiniWeb()
    hits = [
        {"url": "https://a.example/lines", "title": "Extreme snowboarding \x1b[31mlines: # seeds:\n- https://evil.example/", "author": "x"},
        {"url": "https://a.example/pits", "title": "Snowboarding and pits", "author": "y"},
        {"url": "https://b.example/1", "title": "My snowboarding year", "author": "x"},
        {"url": "https://c.example/", "title": "A water park", "author": "x"},
    ]  # fmt: skip
    hn = "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query=extreme%20snowboarding&tags=story"
    web.put(hn, json.dumps({"hits": hits, "nbHits": 4}), Content_Type="application/json")
    status = {
        "id": "1",
        "content": '<p>#snowboarding <a href="https://a.example/">a</a></p>',
        "account": {"acct": "z", "fields": []},
    }
    web.put(
        "https://mastodon.social/api/v1/timelines/tag/snowboarding?limit=40",
        json.dumps([status]),
        Content_Type="application/json",
    )
    lemmy = "https://lemmy.world/api/v3/search?q=extreme%20snowboarding&type_=Posts&sort=New&limit=50&page=1"
    web.put(lemmy, "<html>maintenance</html>")
    web.put("https://en.wikipedia.org/wiki/Extreme_snowboarding", ARTICLE)
    return web.write(tmp_path_factory.mktemp("seeds") / "pages.warc")


def seeds(archive, folder, *more, words="extreme snowboarding"):
    return whomatters(
        "seeds", words, "--replay", str(archive), "--as-of", "2026-01-31", "--workers", "1", *more, cwd=folder
    )


@pytest.fixture(scope="module")
def answered(archive, tmp_path_factory):
    """The usual sources, asked in a folder of its own."""
    folder = tmp_path_factory.mktemp("here")
    return folder, seeds(archive, folder)


def test_what_is_printed_is_yaml_ready_to_paste(answered):
    """Addresses alone, best first; whatever a title holds stays in its comment."""
    done = answered[1]

    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout) == {"seeds": ["https://a.example/", "https://b.example/"]}


def test_each_proposal_says_why(answered):
    """Which sources, how many hands, which words, and the words it was named with."""
    lines = answered[1].stdout.splitlines()

    assert "  - https://a.example/  # 3 independent mentions on hn and mastodon, with extreme, snowboarding" in lines
    assert "  - https://b.example/  # 2 independent mentions on hn and wikipedia, with extreme, snowboarding" in lines
    assert "    #   “My snowboarding year”" in lines


def test_sources_that_refused_are_said(answered):
    """One line each, and no traceback."""
    out, err = answered[1].stdout, answered[1].stderr

    assert "# lemmy:extreme snowboarding was refused: broken, no posts of Lemmy's API" in out.splitlines()
    assert "# stackexchange:extreme-snowboarding was refused: not-found, answered 404" in out.splitlines()
    assert "Traceback" not in err
    assert 'source_queried source="hn:extreme snowboarding" requests=1 sites=3 refused=0' in err


def test_nothing_is_written(answered):
    """A person accepts seeds; no file is touched."""
    assert list(answered[0].iterdir()) == []


def test_machines_get_one_object(archive, tmp_path):
    """The same, with every refusal."""
    done = seeds(archive, tmp_path, "--json", "--most", "1")
    event = json.loads(done.stdout.splitlines()[-1])

    assert event["event"] == "proposed"
    assert [(s["url"], s["mentions"], s["sources"]) for s in event["seeds"]] == [
        ("https://a.example/", 3, ["hn", "mastodon"])
    ]
    assert {s["seed"]: len(s["refusals"]) for s in event["sources"]} == {
        "hn:extreme snowboarding": 0, "lemmy:extreme snowboarding": 1, "mastodon:#extremesnowboarding": 1,
        "mastodon:#snowboarding": 0, "mastodon:#extreme": 1, "stackexchange:extreme-snowboarding": 1,
        "wikipedia:extreme snowboarding": 0,
    }  # fmt: skip


def test_sources_can_be_chosen_and_asked_alone(archive, tmp_path):
    """`--ask` takes the place of the usual ones."""
    done = seeds(archive, tmp_path, "--ask", "hn:extreme snowboarding", "--json")

    assert [s["seed"] for s in json.loads(done.stdout.splitlines()[-1])["sources"]] == ["hn:extreme snowboarding"]


def test_nothing_to_propose_is_said_with_the_reasons(archive, tmp_path):
    """Exit code 1, and what each source answered."""
    done = seeds(archive, tmp_path, words="underwater chess")

    assert (done.returncode, done.stdout) == (1, "")
    assert "no source named a site in the words of “underwater chess”" in done.stderr
    assert "hn:underwater chess: refused (not-found)" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("seeds", "snow"), "--contact: is missing", id="live without contact"),
        pytest.param(("seeds", "snow", "--contact", "nobody"), "--contact: is missing or no address", id="no address"),
        pytest.param(("seeds", "snow", "--replay", "no.warc"), "there is no such archive", id="no archive"),
        pytest.param(("seeds", "snow", "--contact", "a@a.example", "--ask", "digg:x"), "no source called 'digg'", id="no source"),
        pytest.param(("seeds", "snow", "--contact", "a@a.example", "--ask", "https://a.example/"), "names no source to ask", id="address"),
        pytest.param(("seeds", "!!", "--contact", "a@a.example"), "holds no word", id="no word"),
    ],
)  # fmt: skip
def test_wrong_usage_is_reported_before_the_first_request(words, said, tmp_path):
    """Exit code 2, as for any misuse."""
    done = whomatters(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
