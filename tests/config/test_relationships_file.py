"""`whomatters note`: a line is added to the relationships file, and nothing else in it changes."""

from __future__ import annotations

from datetime import date

import pytest

from generator.cli import main
from generator.config import HistoryLine, append_history, load_relationships
from generator.errors import TopicError, UsageError

BOOK = """\
# Our own book.   Keep it tidy.

- person: ada-example   # she likes short mails
  date: 2026-01-12
  channel: email
  direction: in
  said: >-
    Liked the prototype,
    wants it lighter.
"""
LINE = HistoryLine(
    person="Bö: Exampel",
    date=date(2026, 2, 3),
    channel="call",
    direction="out",
    said="“Yes”, no: #1\nmore",
    next="send it",
    due=date(2026, 3, 1),
)


def test_a_line_is_added_and_every_byte_before_it_stays(tmp_path):
    """Comments, blank lines and folded texts are as they were; what is read is what was said."""
    book = tmp_path / "r.yaml"
    book.write_text(BOOK, "utf-8")
    append_history(book, LINE)
    assert book.read_text("utf-8").startswith(BOOK)
    entries = load_relationships(book)
    assert [entry.person for entry in entries] == ["ada-example", "Bö: Exampel"]
    assert entries[1] == LINE.entry()
    assert [path.name for path in tmp_path.iterdir()] == ["r.yaml"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        BOOK.rstrip("\n"),
        BOOK.replace("\n", "\r\n"),
        "\n".join("  " + row for row in BOOK.splitlines()),
    ],
    ids=["empty", "comment", "no-newline", "crlf", "indented"],
)
def test_files_of_every_manner_take_a_line(tmp_path, before):
    """Empty, without a last newline, with carriage returns, indented."""
    book = tmp_path / "r.yaml"
    book.write_bytes(before.encode())
    had = len(load_relationships(book))
    append_history(book, LINE)
    assert book.read_bytes().decode().startswith(before)
    assert len(load_relationships(book)) == had + 1


@pytest.mark.parametrize(
    "before",
    ["[]", "[{person: a, date: 2026-01-01, channel: call, direction: in, said: hello}]\n"],
    ids=["empty-flow", "flow"],
)
def test_what_cannot_be_added_to_is_left_alone(tmp_path, before):
    """A list in one line: the entry to write by hand is named, the file stays as it is."""
    book = tmp_path / "r.yaml"
    book.write_text(before, "utf-8")
    with pytest.raises(UsageError, match="by hand"):
        append_history(book, LINE)
    assert book.read_text("utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["r.yaml"]


def test_a_file_that_is_wrong_already_is_told_as_such(tmp_path):
    """With line and column, before anything is written."""
    book = tmp_path / "r.yaml"
    book.write_text("- person: ada\n", "utf-8")
    with pytest.raises(TopicError, match=r"r\.yaml:1:\d+"):
        append_history(book, LINE)
    assert book.read_text("utf-8") == "- person: ada\n"


def test_the_command_writes_into_the_book_the_topic_names(tmp_path, monkeypatch, capsys):
    """Who, what, and today unless a day is given."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "topic.yaml").write_text(
        "topic: {name: Snow, keywords: [snow]}\nseeds: [https://a.example/]\nrelationships: r.yaml\n", "utf-8"
    )
    (tmp_path / "r.yaml").write_text(BOOK, "utf-8")
    words = [
        "note",
        "Ada Example",
        "--said",
        "Sent the sample.",
        "--next",
        "ask",
        "--due",
        "2026-03-01",
        "--on",
        "2026-02-01",
    ]
    assert main(words) == 0
    assert capsys.readouterr().out == "r.yaml: noted for Ada Example; 2 lines of history\n"
    latest = load_relationships(tmp_path / "r.yaml")[-1]
    assert (latest.person, latest.on, latest.said, latest.due_on) == (
        "Ada Example",
        date(2026, 2, 1),
        "Sent the sample.",
        date(2026, 3, 1),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["note", "Ada"], "say what was said with --said"),
        (["note", "Ada", "--said", "x", "--direction", "sideways"], "--direction: Input should be"),
        (["note", "Ada", "--said", "x", "--due", "soon"], "--due:"),
    ],
    ids=["nothing", "direction", "day"],
)
def test_what_is_missing_or_wrong_is_said_in_a_sentence(tmp_path, capsys, words, said):
    """Exit code 2 and no file."""
    assert main([*words, "--file", str(tmp_path / "r.yaml")]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_topic_without_a_book_says_how_to_begin_one(tmp_path, capsys):
    """The key to add and the option that begins the file; with that option it is begun."""
    topic = tmp_path / "topic.yaml"
    topic.write_text("topic: {name: Snow, keywords: [snow]}\nseeds: [https://a.example/]\n", "utf-8")
    assert main(["note", "Ada", "--said", "Hello.", "--topic", str(topic)]) == 2
    assert "relationships: relationships.yaml" in " ".join(capsys.readouterr().err.split())
    assert main(["note", "Ada", "--said", "Hello.", "--file", str(tmp_path / "relationships.yaml")]) == 0
    assert (tmp_path / "relationships.yaml").read_text("utf-8").startswith("# Who spoke with whom")


TOPIC = "topic: {name: Snow, keywords: [snow]}\nseeds: [https://a.example/]\nrelationships: r.yaml\n"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (["snow.yaml"], ["snow.yaml", "Ada"]),
        (["snow.yaml"], ["Ada", "--topic", "snow.yaml"]),
        (["snow.yaml"], ["Ada"]),
        (["config/snow.yml"], ["Ada"]),
        (["topic.yaml", "config/snow.yaml"], ["Ada"]),
    ],
    ids=["first", "option", "only-one", "in-config", "usual-name"],
)
def test_the_topic_comes_first_or_is_the_one_there_is(tmp_path, monkeypatch, files, words):
    """As with the other verbs the topic file may be said first; where only one can be meant it need not be said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    for place, name in enumerate(files):
        (tmp_path / name).write_text(TOPIC if not place else TOPIC.replace("r.yaml", "other.yaml"), "utf-8")
    book = (tmp_path / files[0]).parent / "r.yaml"
    book.write_text(BOOK, "utf-8")
    (book.parent / "hut.yaml").write_text("beds: 12\n", "utf-8")

    assert main(["note", *words, "--said", "Hello."]) == 0
    assert load_relationships(book)[-1].person == "Ada"


@pytest.mark.parametrize(
    ("files", "words", "said"),
    [
        ([], ["Ada"], "which topic? there is none in this folder"),
        (["a.yaml", "b.yaml"], ["Ada"], "which topic? there are several: a.yaml, b.yaml."),
        (["a.yaml"], ["a.yaml", "Ada", "Example"], "put quotes around a name: a.yaml Ada Example."),
    ],
    ids=["none", "several", "unquoted"],
)
def test_a_topic_that_cannot_be_told_is_asked_for(tmp_path, monkeypatch, capsys, files, words, said):
    """Exit code 2 with what to type; a name without quotes is not taken for a topic."""
    monkeypatch.chdir(tmp_path)
    for name in files:
        (tmp_path / name).write_text(TOPIC, "utf-8")

    assert main(["note", *words, "--said", "Hello."]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
