"""Being left out: after one build nothing of them stands in any byte of the report or of the state, but hashes."""

from __future__ import annotations

import gzip
import html
import json
import zipfile
import zlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from generator import pipeline
from generator.config import load_topic
from generator.workspace import Workspace
from tests.factories.small_web import NAMES, MiniWeb, circle, root
from tests.factories.small_web import topic_file as written

DAY = date(2026, 1, 31)
ADA = ("a.example", "ada example", "ada-example", "adas.example", "ada@post.example")
pytestmark = pytest.mark.slow


def web_with_ada_everywhere() -> MiniWeb:
    """The circle, whose `a` has a second site and a mail address, and is named in the others' pages in many spellings."""
    web = circle()
    web.put(
        "https://a.example/about",
        "<html><body><main><h1>About</h1><p>I am Ada Example, and I ride. Write to "
        "<a href='mailto:ada@post.example'>ada@post.example</a>.</p><a rel=me href='https://adas.example/'>my other blog</a>"
        "</main></body></html>",
    )
    web.blog("https://adas.example/", "Ada     Example", ("https://b.example/p0",), posts=3)
    web.put(
        "https://adas.example/about",
        "<html><body><main><p>I am Ada Example.</p><a rel=me href='https://a.example/'>my other blog</a></main></body></html>",
    )
    for home in ("https://a.example/", "https://adas.example/"):
        status, headers, body = web.pages[home]
        web.pages[home] = (status, headers, body.replace(b"</main>", b"<a href=/about>About</a></main>"))
    named = (
        "<p>My friends are <span>Ada</span>&nbsp;<b>EXAMPLE</b>, <a href='https://www.a.example/p1?x=1'>her report</a>, "
        "<a href=https://adas.example/p0>adas.example</a>, https:\\/\\/a.example\\/p2 and mail to ada@post.example; "
        "splitboard skins and an avalanche course for all.</p>"
    )
    status, headers, body = web.pages["https://b.example/p0"]
    web.pages["https://b.example/p0"] = (status, headers, body.replace(b"</article>", named.encode() + b"</article>"))
    status, headers, body = web.pages["https://b.example/feed.xml"]
    entry = html.escape(named).encode() + b"</content>"
    web.pages["https://b.example/feed.xml"] = (status, headers, body.replace(b"</content>", entry, 1))
    return web


def topic_file(folder: Path, *, more: str = "") -> Path:
    """The topic with all blogs as seeds, so that the crawl does not depend on Ada; her blog is a seed as well."""
    return written(folder, seeds=tuple(root(letter) for letter in NAMES), more=more)


def build(folder: Path, web: Path, topic: Path, *, offline: bool = False, as_of: date = DAY) -> pipeline.BuildResult:
    return pipeline.build_report(
        load_topic(topic), out=folder / "out", state=folder / "state", replay=(web,), as_of=as_of, workers=1,
        log_event=lambda *_, **__: None, offline=offline,
    )  # fmt: skip


def unpacked(path: Path) -> bytes:
    """Every byte of a file, packed ones unpacked too."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return data + gzip.decompress(data)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as bundle:
            return data + b"".join(bundle.read(name) for name in bundle.namelist())
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as base:
            names = [row[0] for row in base.execute("SHOW TABLES").fetchall()]
            rows = [row for name in names for row in base.execute(f"SELECT * FROM {name}").fetchall()]
        cells = [cell for row in rows for cell in row]
        return data + b"\n".join(
            zlib.decompress(cell) if isinstance(cell, bytes) else str(cell).encode() for cell in cells
        )
    return data


def traces(*folders: Path) -> list[str]:
    """Files in which something of Ada stands, with what it is."""
    found = []
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            text = unpacked(path).decode("utf-8", "replace").casefold().replace("\\/", "/")
            found += [f"{path.name}: {word}" for word in ADA if word in text.replace("beta.example", "")]
    return found


@pytest.fixture
def first(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A first build in which Ada leads."""
    warc = web_with_ada_everywhere().write(tmp_path / "pages.warc.gz")
    folder = tmp_path / "run"
    folder.mkdir()
    topic = topic_file(tmp_path, more="brief: {known: ['https://c.example/']}")
    build(folder, warc, topic)
    document = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))
    assert document["people"][0]["name"] == "Ada Example"
    assert document["people"][0]["sites"] == ["https://a.example/", "https://adas.example/"]
    assert {word for found in traces(folder / "out", folder / "state") for word in ADA if found.endswith(word)} == set(
        ADA
    )
    return warc, topic, folder


def test_whoever_the_analyst_leaves_out_is_gone_from_every_byte_in_one_build(first, tmp_path):
    """Address, host, name, second site and mail are nowhere in report, zip, archive, tables and history."""
    warc, topic, folder = first
    topic = topic_file(tmp_path, more="people: [{leave_out: 'https://a.example/', reason: asked}]")
    build(folder, warc, topic, as_of=date(2026, 2, 28))
    assert traces(folder / "out", folder / "state") == []
    people = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    assert len(people) == 7


def test_who_asks_on_their_own_page_is_gone_from_every_byte_in_the_build_that_reads_it(first, tmp_path):
    """The wish is read in this build, and this build is already without them."""
    _, topic, folder = first
    web = web_with_ada_everywhere()
    status, headers, body = web.pages["https://a.example/about"]
    wish = b"<p>Please do not list this blog in any directory.</p></main>"
    web.pages["https://a.example/about"] = (status, headers, body.replace(b"</main>", wish))
    build(folder, web.write(tmp_path / "wish.warc.gz"), topic, as_of=date(2026, 2, 28))
    assert traces(folder / "out", folder / "state") == []
    assert json.loads((folder / "state/left-out.json").read_text("utf-8"))["unfinished"] is False


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("https://a.example/", b"<head>", b"<head><meta name=robots content=noindex>"),
        ("https://a.example/about", b"and I ride.", b"and I ride. I am 15 years old."),
    ],
    ids=["noindex", "under 18"],
)
def test_noindex_and_a_minor_are_left_out_at_the_first_build_too(tmp_path, page, before, after):
    """Nothing of them is kept, although they were crawled in the same build."""
    web = web_with_ada_everywhere()
    status, headers, body = web.pages[page]
    web.pages[page] = (status, headers, body.replace(before, after))
    folder = tmp_path / "run"
    folder.mkdir()
    build(folder, web.write(tmp_path / "pages.warc.gz"), topic_file(tmp_path))
    # A home that is not to be indexed is not read any further, so a mail address that stands elsewhere is unknown.
    unread = "ada@post.example" if page == root("a") else "-"
    assert [found for found in traces(folder / "out", folder / "state") if unread not in found] == []


def test_a_header_is_heeded_on_pages_whose_bytes_did_not_change(first, tmp_path):
    """What was read of the same bytes before does not hide a wish: said to us it holds, said to another it does not."""
    _, topic, folder = first
    web = web_with_ada_everywhere()
    for home, robot in (("https://a.example/", "whomatters"), ("https://b.example/", "otherbot")):
        status, headers, body = web.pages[home]
        web.pages[home] = (status, headers | {"X-Robots-Tag": f"{robot}: noindex"}, body)
    build(folder, web.write(tmp_path / "header.warc.gz"), topic, as_of=date(2026, 2, 28))
    people = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    assert traces(folder / "out", folder / "state") == []
    assert sorted(p["name"] for p in people) == sorted(set(NAMES.values()) - {"Ada Example"})


def test_who_was_left_out_stays_so_by_the_hash_alone(first, tmp_path):
    """The line is taken out of the topic file; a later night with a changed page that names them shows nothing."""
    warc, _, folder = first
    build(folder, warc, topic_file(tmp_path, more="people: [{leave_out: 'https://a.example/'}]"))
    web = web_with_ada_everywhere()
    status, headers, body = web.pages["https://b.example/p0"]
    web.pages["https://b.example/p0"] = (status, headers, body.replace(b"<h1>", b"<p>Ada Example rode first.</p><h1>"))
    build(folder, web.write(tmp_path / "later.warc.gz"), topic_file(tmp_path), as_of=date(2026, 3, 31))
    assert traces(folder / "out", folder / "state") == []


def test_the_others_lose_nothing_but_the_name(first, tmp_path):
    """People who cite a person left out keep their posts, and their links to others in the same sentence."""
    warc, _, folder = first
    before = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    build(folder, warc, topic_file(tmp_path, more="people: [{leave_out: 'https://a.example/'}]"))
    after = json.loads((folder / "out/site/data/people.json").read_text("utf-8"))["people"]
    assert sorted(p["name"] for p in after) == sorted(set(NAMES.values()) - {"Ada Example"})
    posts = {p["id"]: p["posts"]["total"] for p in before}
    assert all(p["posts"]["total"] >= posts[p["id"]] for p in after)


def test_a_removal_that_was_killed_is_finished_at_the_next_opening(first, monkeypatch):
    """The hashes are written first; the next run goes through the archive again."""
    _, _, folder = first
    from generator.records import OptedOutPerson
    from generator.workspace import purge

    with monkeypatch.context() as broken:
        broken.setattr(purge, "purge_tables", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt), Workspace(folder / "state", as_of=DAY) as state:
            state.purge_people([OptedOutPerson(("a.example", "adas.example"), ("Ada Example",), ("ada@post.example",))])
    assert traces(folder / "state") != []
    with Workspace(folder / "state", as_of=DAY):
        pass
    assert traces(folder / "state") == []
