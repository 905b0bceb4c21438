"""People who refuse contact are shown, but their address and form are in no byte of the report."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cases.test_opt_out import build
from tests.factories.small_web import NAMES, MiniWeb, circle, root, topic_file

REFUSAL = "I disagree with any commercial use of my address, ada@post.example included."
SPELLINGS = ("ada@post.example", "ada (at) post (dot) example", "ada [at] post.example")
pytestmark = pytest.mark.slow


def web(*, refuses: bool) -> MiniWeb:
    """The circle, whose `a` publishes an address and a form, and whose address stands in sentences that cite her."""
    made = circle()
    made.put(
        "https://a.example/contact",
        "<html><body><main><h1>Contact</h1><p>I am Ada Example, a guide. Write to <a href='mailto:ada@post.example'>ada@post.example"
        f"</a>.</p><p>{REFUSAL if refuses else 'I read every letter.'}</p><form action='/send-message' class='contact-form'>"
        "<input name='email'><textarea name='message'></textarea></form></main></body></html>",
    )
    status, headers, body = made.pages["https://a.example/"]
    made.pages["https://a.example/"] = (
        status,
        headers,
        body.replace(b"</main>", b"<a href=/contact>Contact</a></main>"),
    )
    for letter, spelling in zip("bcd", SPELLINGS, strict=True):
        for address in (f"https://{letter}.example/feed.xml", *(f"https://{letter}.example/p{i}" for i in range(6))):
            status, headers, body = made.pages[address]
            said = f" that taught me this, and {spelling} answers,".encode()
            made.pages[address] = (status, headers, body.replace(b" that taught me this,", said))
    return made


def told(folder: Path, *, refuses: bool) -> dict[str, str]:
    """Everything in the report by file, the zip opened."""
    folder.mkdir()
    topic = topic_file(folder, seeds=tuple(map(root, NAMES)), more="shortlist: {skip_closed_doors: false}")
    build(folder, web(refuses=refuses).write(folder / "pages.warc.gz"), topic)
    files = {str(p.relative_to(folder / "out")): p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()}
    (bundle,) = (folder / "out").glob("*.zip")
    with zipfile.ZipFile(bundle) as packed:
        files |= {f"zip/{name}": packed.read(name) for name in packed.namelist()}
    return {name: data.decode("utf-8", "replace").casefold() for name, data in files.items()}


def holding(files: dict[str, str]) -> set[str]:
    """Files of the site that hold the address in any of its spellings."""
    return {name for name, text in files.items() if any(spelling in text for spelling in SPELLINGS)}


def test_no_byte_repeats_the_address_of_a_closed_door(tmp_path):
    """Without the refusal the address stands in six files; with it in none, and the profile says why."""
    open_door, closed = (told(tmp_path / str(refuses), refuses=refuses) for refuses in (False, True))
    assert holding(open_door) >= {
        "site/data/people.json", "site/data/crm.csv", "site/data/shortlist.vcf", "site/data/citations.csv",
        "site/people/ada-example.html", "site/brief/index.html",
    }  # fmt: skip
    assert holding(closed) == set()
    ada = json.loads(closed["site/data/people.json"])["people"][0]
    assert (ada["id"], ada["door"]["state"], ada["contacts"], ada["shortlist"]) == ("ada-example", "closed", [], 1)
    assert "they ask not to be approached" in closed["site/people/ada-example.html"]
    assert "i disagree with any commercial use of my address, … included." in closed["site/people/ada-example.html"]


def test_an_open_door_keeps_its_form(tmp_path):
    """The contacts of other people are kept."""
    kinds = {
        c["kind"]
        for c in json.loads(told(tmp_path / "open", refuses=False)["site/data/people.json"])["people"][0]["contacts"]
    }
    assert kinds == {"email", "form"}


def test_closed_doors_are_never_short_listed(tmp_path):
    """Two people refuse in different words and languages, a third refuses guest posts only and publishes an address."""
    web = circle()
    for letter, words in (
        ("a", "No PR mail please."),
        ("b", "Ich möchte nicht wegen Werbung kontaktiert werden."),
        ("c", "I do not publish guest posts. Write to <a href='mailto:cy@post.example'>cy@post.example</a>."),
    ):
        web.put(
            f"https://{letter}.example/about",
            f"<html><body><main><h1>About</h1><p>I ride. {words}</p></main></body></html>",
        )
        status, headers, body = web.pages[f"https://{letter}.example/"]
        body = body.replace(b"</main>", b"<a href=/about>About</a></main>")
        web.pages[f"https://{letter}.example/"] = (status, headers, body)
    build(tmp_path, web.write(tmp_path / "pages.warc.gz"), topic_file(tmp_path, seeds=tuple(map(root, NAMES))))
    people = json.loads((tmp_path / "out/site/data/people.json").read_text("utf-8"))["people"]
    door = {person["sites"][0][8]: person["door"]["state"] for person in people}
    listed = {person["sites"][0][8] for person in people if person["shortlist"]}

    assert (door["a"], door["b"], door["c"]) == ("closed", "closed", "ajar")
    assert listed >= {"c"}
    assert listed.isdisjoint({"a", "b"})
