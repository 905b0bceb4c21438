"""Bad input: a clear message or a counted refusal, never a traceback, nothing lost that was there before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.small_web import circle, root, topic_file

pytestmark = pytest.mark.slow


def whomatters(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *words], capture_output=True, text=True, cwd=cwd, timeout=300, check=False
    )


def build(topic: Path, warc: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return whomatters(
        "build", str(topic), "--replay", str(warc), "--state", str(folder / "state"), "--out", str(folder / "out"),
        "--as-of", "2026-01-31", "--workers", "2", cwd=Path(__file__).parents[2],
    )  # fmt: skip


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """One build of a healthy circle with every kind of trouble beside it."""
    folder = tmp_path_factory.mktemp("trouble")
    web = circle()
    hostile = []
    for letter, feed in {
        "huge": b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 1_800_000,
        "deep": b"<a>" * 200_000,
        "nul": ("<rss version='2.0'><channel><title>N\0l</title><item><title>Nul</title><link>https://nul.example/p</link>"
                "<description>" + "A splitboard note\0 about the weak layer. " * 20 + "</description></item></channel></rss>").encode(),
        "latin": "<rss version='2.0'><channel><title>Skins</title></channel></rss>".encode("utf-16"),
        "torn": b"<?xml version='1.0'?><rss><channel><item><title>Torn",
    }.items():  # fmt: skip
        hostile.append(root(letter))
        web.put(f"{root(letter)}feed.xml", feed, Content_Type="application/rss+xml")
        web.put(
            root(letter),
            f"<html><head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><body>{letter}</body></html>",
        )
    web.redirect("https://loop.example/", "https://loop.example/1")
    web.redirect("https://loop.example/1", "https://loop.example/")
    web.redirect("https://inward.example/", "http://127.0.0.1:9/")
    web.redirect("https://meta.example/", "http://169.254.169.254/latest/")
    web.put("https://robot.example/robots.txt", "User-agent: *\nDisallow: /", Content_Type="text/plain")
    web.put("https://robot.example/", "<html><body>no</body></html>")
    web.put("https://fail.example/", "", status=503)
    hostile += [f"https://{name}.example/" for name in ("loop", "inward", "meta", "robot", "fail")]
    web.blog("https://path.example/", "../../x", ("https://a.example/p1",))
    web.blog("https://twin1.example/", "Sam Same", ("https://a.example/p1",))
    web.blog("https://twin2.example/", "Sam Same", ("https://a.example/p2",))
    web.blog("https://salma.example/", "سلمى الخطيب ❄️", ("https://a.example/p1",))
    web.blog(
        "https://dates.example/",
        "Dora Dates",
        ("https://a.example/p1",),
        dates=("1970-01-01T00:00:00Z", "2099-05-05T00:00:00Z"),
    )
    web.blog("https://script.example/", "<script>alert(1)</script>", ("https://a.example/p1",))
    people = ("path", "twin1", "twin2", "salma", "dates", "script")
    seeds = ("https://b.example/", "https://c.example/", *(f"https://{p}.example/" for p in people), *hostile)
    run = build(topic_file(folder, seeds=seeds), web.write(folder / "pages.warc.gz"), folder)
    return folder, run


def test_trouble_costs_itself_and_the_report_is_built(troubled):
    """With ten hostile sites beside them the healthy ones are all there, and no traceback is shown."""
    folder, run = troubled
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr + run.stdout
    names = {p["name"] for p in json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]}
    assert {"Ada Example", "Hana Example", "سلمى الخطيب ❄️"} <= names


def test_every_refusal_is_counted_by_its_reason(troubled):
    """Loops, forbidden addresses, robots, failing servers and oversized feeds each stand under their reason."""
    folder, _ = troubled
    page = (folder / "out/site/method/index.html").read_text("utf-8").lower()
    sites = (folder / "out/site/data/sites.csv").read_text("utf-8")
    for site, reason in {
        "loop": "redirect-loop",
        "inward": "forbidden-address",
        "meta": "forbidden-address",
        "robot": "robots",
        "fail": "server-error",
    }.items():
        row = next(line for line in sites.splitlines() if f"https://{site}.example/" in line)
        assert reason in row
    assert "too large" in page or "too-large" in page


def test_hostile_names_become_harmless_files(troubled):
    """A name like a path, a script or two people of one name give distinct files inside people/."""
    folder, _ = troubled
    people = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    ids = [p["id"] for p in people]
    assert len(set(ids)) == len(ids)
    assert sum(p["name"] == "Sam Same" for p in people) == 2
    for slug in ids:
        assert (folder / f"out/site/people/{slug}.html").is_file()
    assert not list((folder / "out").rglob("x.html")) or (folder / "out/site/people/x.html").is_file()
    for page in (folder / "out/site").rglob("*.html"):
        assert "<script>alert(1)</script>" not in page.read_text("utf-8")


def test_unbelievable_dates_are_no_dates(troubled):
    """A post dated 1970 or 2099 does not change an author's first or last post."""
    folder, _ = troubled
    people = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    dora = next(p for p in people if p["name"] == "Dora Dates")
    assert "2024-01-01" <= dora["posts"]["first"] <= dora["posts"]["last"] <= "2026-01-31"


def test_failed_build_leaves_the_previous_report(tmp_path):
    """When no seed answers, the message says which and the report that stood there still stands."""
    warc = circle().write(tmp_path / "pages.warc.gz")
    assert build(topic_file(tmp_path), warc, tmp_path).returncode == 0
    before = (tmp_path / "out/site/index.html").read_bytes()
    gone = topic_file(tmp_path, seeds=("https://nowhere.example/",))
    run = build(gone, warc, tmp_path)
    assert run.returncode == 1
    assert "no seed could be read" in run.stderr
    assert "https://nowhere.example/" in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "out/site/index.html").read_bytes() == before


def test_too_little_is_built_with_exit_code_3_and_says_so(tmp_path):
    """One lonely blog is built, ends with 3, and the first page says what is missing."""
    web = circle()
    for url in [u for u in web.pages if "a.example" not in u]:
        del web.pages[url]
    run = build(topic_file(tmp_path, seeds=("https://a.example/",)), web.write(tmp_path / "p.warc.gz"), tmp_path)
    assert run.returncode == 3, run.stderr
    assert "the least" in (tmp_path / "out/site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "no such", id="missing"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"this is a text file, no archive\n" * 40, "WARC", id="not a WARC"),
    ],
)
def test_bad_archive_is_refused_before_anything_is_asked(tmp_path, content, said):
    """A missing, empty or foreign archive ends the run with a message that names the file."""
    warc = tmp_path / "bad.warc.gz"
    if content is not None:
        warc.write_bytes(content)
    run = build(topic_file(tmp_path), warc, tmp_path)
    assert run.returncode in (1, 2)
    assert "bad.warc.gz" in run.stderr
    assert said.casefold() in run.stderr.casefold()
    assert "Traceback" not in run.stderr


def test_truncated_archive_is_read_as_far_as_it_goes(tmp_path):
    """A WARC cut off in the middle gives what it still holds, with a warning, or says why it cannot."""
    warc = circle().write(tmp_path / "pages.warc.gz")
    warc.write_bytes(warc.read_bytes()[:-200])
    run = build(topic_file(tmp_path), warc, tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert "pages.warc.gz" in run.stderr + run.stdout


def test_output_that_cannot_be_written_is_said_before_the_crawl(tmp_path):
    """Where the output folder is a file, the message names it and nothing is crawled."""
    (tmp_path / "out").write_text("a file", "utf-8")
    run = build(topic_file(tmp_path), circle().write(tmp_path / "pages.warc.gz"), tmp_path)
    assert run.returncode in (1, 2)
    assert str(tmp_path / "out") in run.stderr
    assert "Traceback" not in run.stderr
