"""Recognising whoever is left out by hashes: what is blanked, what is not, and that nothing can be read back."""

from __future__ import annotations

import time

import pytest

from generator.records import OptedOutPerson
from generator.workspace.opt_out_ledger import OptOutLedger


@pytest.fixture
def ledger(tmp_path):
    """A ledger that knows Ada, with her site, her folder on a shared host, and her mail."""
    book = OptOutLedger(tmp_path)
    book.add(
        [OptedOutPerson(("a.example", "shared.example/~ada"), ("Ada Example", "Zoë de Vries"), ("ada@post.example",))]
    )
    return book


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("thanks to Ada Example for it", "thanks to [left-out] [left-out] for it"),
        ("ADA  EXAMPLE’s post", "[left-out]  [left-out]’s post"),
        (
            "Ada Example&#x27;s and Ada Example&rsquo;s",
            "[left-out] [left-out]&#x27;s and [left-out] [left-out]&rsquo;s",
        ),
        ('{"said": "Ada Example\\u2019s"}', '{"said": "[left-out] [left-out]\\u2019s"}'),
        ("by <b>Ada</b> <i>Example</i>", "by <b>[left-out]</b> <i>[left-out]</i>"),
        ("/people/ada-example.html", "/people/[left-out]-[left-out].html"),
        ("Zo&euml; de&nbsp;Vries", "[left-out] [left-out]&nbsp;[left-out]"),
        ('{"name": "Zo\\u00eb de Vries"}', '{"name": "[left-out] [left-out] [left-out]"}'),
        ("see https://www.a.example/p?x=1 there", "see # there"),
        ("at a.example, or", "at [left-out], or"),
        ('"https:\\/\\/a.example\\/p1"', '"#"'),
        ("https://shared.example/~ada/p", "#"),
        ("write to Ada@post.example", "write to [left-out]"),
    ],
)
def test_every_spelling_is_blanked(ledger, text, blank):
    """Names with tags, references and hyphens between their words; addresses in markup, text and JSON; mail."""
    assert ledger.blanked(text) == blank


@pytest.mark.parametrize(
    "text",
    [
        "Ada wrote an example", "Ada, Example", "Adam Example", "https://shared.example/~adam/", "aa.example",
        "https://shared.example/", "bo@post.example", "ada.examples.org", "de Vries",
    ],
)  # fmt: skip
def test_nobody_else_is_blanked(ledger, text):
    """Half a name, another name, another folder and another host stay as they are."""
    assert ledger.blanked(text) == text


def test_bytes_keep_their_encoding(ledger):
    """Latin-1 and UTF-16 pages come back in the encoding they were in."""
    assert ledger.blanked_bytes("Zoë de Vries für".encode("latin-1")) == "[left-out] [left-out] [left-out] für".encode(
        "latin-1"
    )
    assert "Example" not in ledger.blanked_bytes("Ada Example".encode("utf-16")).decode("utf-16")
    assert ledger.blanked_bytes(b"\xff\x00 nothing") == b"\xff\x00 nothing"


def test_the_file_holds_hashes_only_and_another_salt_each_time(ledger, tmp_path):
    """No name, host or mail stands in the file, and two states do not share a hash."""
    text = (tmp_path / "left-out.json").read_text("utf-8").casefold()
    assert not any(word in text for word in ("ada", "example", "vries", "post"))
    (tmp_path / "other").mkdir()
    other = OptOutLedger(tmp_path / "other")
    other.add([OptedOutPerson(("a.example",), ())])
    assert not set(other._hashes) & set(ledger._hashes)
    assert OptOutLedger(tmp_path).blanked("Ada Example") == "[left-out] [left-out]"


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "a." * 150_000, "a@" * 150_000, "<" * 300_000, "Ada " * 75_000, "%2F" * 100_000]
)
def test_a_hostile_page_takes_no_hours(ledger, text):
    """A page that repeats one kind of letter takes seconds of the processor; backtracking would take hours."""
    start = time.process_time()
    ledger.blanked(text)
    assert time.process_time() - start < 20
