"""The command line: commands, exit codes, and messages instead of tracebacks."""

from __future__ import annotations

import errno
import http.client
import json
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import generator
from generator.cli import main
from generator.cli.commands import app
from generator.cli.console import EventPrinter
from generator.cli.serve import site_folder, site_server
from generator.config import load_topic
from generator.errors import ArchiveError, UsageError
from generator.records import Counts, Limits

ROOT = Path(__file__).parents[1]
COUNTS = Counts(
    sites_tried=9, sites_reached=8, sites_on_topic=6, posts=70, on_topic_posts=40, citations=30, people=5,
    refusals=(("not-found", 2),),
)  # fmt: skip
TOPIC = """\
topic: {name: Extreme snowboarding, keywords: [splitboard]}
seeds: [https://a.example/]
crawl: {contact: https://agency.example/}
"""


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Stands in for the pipeline and notes what it is asked for; `.raises` and `.floors` set what happens."""
    calls = SimpleNamespace(build=None, crawl=None, explain=None, raises=None, floors=())

    def build(topic, *, log_event, **options):
        calls.build = (topic, options)
        if calls.raises:
            raise calls.raises
        log_event("crawled", topic="snow", fetched=61, title="two words")
        return SimpleNamespace(
            counts=COUNTS, site=options["out"] / "site", zip=options["out"] / "snow-report.zip",
            floors_missed=calls.floors, people=((1, "Ada \x1b[31mExample", "Cited by 5 people."),), warnings=("Thin.",),
        )  # fmt: skip

    def crawl_only(topic, *, log_event, **options):
        calls.crawl = (topic, options)
        return COUNTS

    def explain(topic, person, against, *, log_event, **options):
        calls.explain = (person, against, options)
        return ("rank 1 of 5", "cited by Bo")

    fake = SimpleNamespace(build_report=build, crawl_only=crawl_only, explain_rank=explain)
    monkeypatch.setitem(sys.modules, "generator.pipeline", fake)
    monkeypatch.setattr(generator, "pipeline", fake, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "snow.yaml").write_text(TOPIC)
    (tmp_path / "w.warc.gz").write_bytes(b"")
    return calls


def test_build_hands_everything_down(asked, capsys):
    """Each option reaches the pipeline as what it is."""
    words = "build snow.yaml --replay w.warc.gz --replay w.warc.gz --state S --out O --as-of 2026-01-31 --workers 3"
    code = main(words.split())

    topic, options = asked.build
    assert code == 0
    assert topic == load_topic(Path("snow.yaml"))
    assert options == {
        "out": Path("O"), "state": Path("S"), "replay": (Path("w.warc.gz"), Path("w.warc.gz")),
        "as_of": date(2026, 1, 31), "workers": 3, "history": (), "offline": False,
        "limits": Limits(requests=None, minutes=180.0, loopback_port=None),
    }  # fmt: skip


def test_history_is_read_with_the_topic(asked):
    """What the analyst wrote down reaches the brief."""
    Path("snow.yaml").write_text(TOPIC + "relationships: r.yaml\n")
    Path("r.yaml").write_text("- {person: ada, date: 2026-01-12, channel: email, direction: in, said: Hello.}\n")
    assert main(["build", "snow.yaml"]) == 0
    assert [entry.said for entry in asked.build[1]["history"]] == ["Hello."]


def test_a_build_without_a_crawl_needs_no_contact(asked):
    """`--no-crawl` sends no request."""
    Path("snow.yaml").write_text(TOPIC.replace("crawl: {contact: https://agency.example/}", ""))
    Path("S").mkdir()
    assert main(["build", "snow.yaml", "--no-crawl", "--state", "S"]) == 0
    assert asked.build[1]["offline"] is True


def test_folders_are_named_after_the_topic(asked):
    """Two topics never share a memory by default."""
    assert main(["build", "snow.yaml"]) == 0
    _, options = asked.build
    assert (options["out"], options["state"]) == (
        Path("build/extreme-snowboarding"),
        Path("state/extreme-snowboarding"),
    )
    assert isinstance(options["as_of"], date)


def test_the_answer_goes_to_stdout_and_progress_to_stderr(asked, capsys):
    """`whomatters build … > report.txt` holds the answer alone; names cannot move the cursor."""
    main(["build", "snow.yaml", "--out", "O"])
    out, err = capsys.readouterr()

    assert err.splitlines() == ['crawled topic=snow fetched=61 title="two words"']
    assert out.splitlines() == [
        "  1  Ada �[31mExample  Cited by 5 people.",
        "",
        "9 sites tried, 8 reached, 6 on topic; 70 posts, 40 on topic; 30 citations among 5 people",
        "note: Thin.",
        "report: O/site/index.html",
        "to hand on: O/snow-report.zip",
    ]


def test_machines_read_one_object_per_line(asked, capsys):
    """`--json` changes the manner, not the matter."""
    main(["build", "snow.yaml", "--out", "O", "--json"])
    out, err = capsys.readouterr()
    crawled, built = (json.loads(line) for line in out.splitlines())

    assert err == ""
    assert crawled == {"event": "crawled", "topic": "snow", "fetched": 61, "title": "two words"}
    assert built["event"] == "built"
    assert built["site"] == "O/site"
    assert built["counts"]["refusals"] == {"not-found": 2}
    assert built["people"] == [{"rank": 1, "name": "Ada \x1b[31mExample", "why": "Cited by 5 people."}]


def test_below_a_floor_is_three(asked, capsys):
    """Built, and the terminal says what fell short."""
    asked.floors = ("Only 3 posts.",)
    assert main(["build", "snow.yaml"]) == 3
    assert "below a floor: Only 3 posts.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        pytest.param(ArchiveError("pages.warc.gz: is no WARC."), 1, "pages.warc.gz: is no WARC.\n", id="our-error"),
        pytest.param(UsageError("use it so"), 2, "use it so\n", id="usage"),
        pytest.param(KeyboardInterrupt(), 130, "stopped; what was fetched is kept, the next run goes on from there\n",
                     id="ctrl-c"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device", "O/site"), 1, "O/site: No space left on device:"
                     " make room, then run the same command again; it goes on where it stopped\n", id="disk-full"),
        pytest.param(PermissionError(errno.EACCES, "Permission denied", "O"), 1, "O: Permission denied: choose another"
                     " folder with --out or --state, or change its permissions\n", id="not-writable"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_sentence_and_a_code(asked, capsys, raised, code, said):
    """stderr holds the sentence, and no traceback."""
    asked.raises = raised
    assert main(["build", "snow.yaml"]) == code
    assert capsys.readouterr().err == said


def test_a_closed_output_folder_is_told_before_the_crawl(asked, capsys):
    """Not after an hour of it."""
    Path("taken").write_text("a file")
    assert main(["build", "snow.yaml", "--out", "taken"]) == 1
    assert capsys.readouterr().err == "taken: cannot be written to (File exists); choose another folder with --out.\n"
    assert asked.build is None


def test_an_unforeseen_error_leaves_its_details_in_a_file(asked, capsys, tmp_path, monkeypatch):
    """The message is one sentence that names the file with the traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked.raises = ValueError("odd\nthing")
    assert main(["build", "snow.yaml"]) == 1
    err = capsys.readouterr().err

    assert err.startswith("something went wrong that should not have (ValueError: odd thing); details are in ")
    assert "Traceback" not in err
    assert "Traceback" in Path(err.split()[-1]).read_text()


def test_debug_shows_the_traceback(asked, capsys):
    """For developers, on request."""
    asked.raises = ValueError("odd")
    assert main(["build", "snow.yaml", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_failures_are_events_for_machines_too(asked, capsys):
    """`--json` output ends with what happened."""
    asked.raises = ArchiveError("torn")
    main(["build", "snow.yaml", "--json"])
    assert json.loads(capsys.readouterr().out) == {"event": "failed", "message": "torn"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("build nope.yaml", "nope.yaml: there is no such file. Did you mean snow.yaml?", id="no-topic"),
        pytest.param("build snow.yaml --replay no.warc", "no.warc: there is no such archive", id="no-archive"),
        pytest.param("build snow.yaml --as-of 2026-02-30", "--as-of 2026-02-30: is not a day of the calendar", id="no-day"),
        pytest.param("build snow.yaml --workers 0", "Invalid value for '--workers'", id="no-workers"),
        pytest.param("build snow.yaml --uot O", "No such option: --uot", id="no-option"),
        pytest.param("bild snow.yaml", "No such command 'bild'", id="no-verb"),
        pytest.param("build", "Missing argument 'TOPIC'", id="no-argument"),
        pytest.param("explain snow.yaml Ada", "there is no such state folder yet", id="explain-nothing"),
        pytest.param("build snow.yaml --no-crawl", "there is no such state folder yet", id="nothing-fetched"),
        pytest.param("serve nowhere", "nowhere: holds no report", id="no-site"),
        pytest.param("schema --write nowhere", "nowhere: is not a folder.", id="no-folder"),
        pytest.param("init snow.yaml", "snow.yaml: exists already and is left as it is", id="init-over"),
    ],
)  # fmt: skip
def test_wrong_use_is_two_and_says_what_is_right(asked, capsys, words, said):
    """Nothing is built, nothing overwritten."""
    assert main(words.split()) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert asked.build is None
    assert Path("snow.yaml").read_text() == TOPIC


@pytest.mark.parametrize(
    "words", ["build snow.yaml", "crawl snow.yaml", "build snow.yaml --no-crawl", "explain snow.yaml A"]
)
def test_a_window_that_begins_after_the_report_is_wrong(asked, capsys, words):
    """The sentence has line and column of the day and says what to do; nothing is built."""
    Path("snow.yaml").write_text(TOPIC.replace("[splitboard]}", "[splitboard],\n  since: 2026-02-01}"))

    assert main([*words.split(), "--as-of", "2026-01-31"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(
        "snow.yaml:2:10: topic.since: is after the day of the report (2026-02-01, and the report is of"
    )
    assert said.endswith("write an earlier day, leave the key out, or give a later day with --as-of")
    assert (asked.build, asked.crawl, asked.explain) == (None, None, None)


@pytest.mark.parametrize("day", ["2026-02-01", "2026-02-02"])
def test_a_window_of_one_day_is_a_window(asked, day):
    """`since` may be the day of the report."""
    Path("snow.yaml").write_text(TOPIC.replace("[splitboard]}", "[splitboard], since: 2026-02-01}"))
    assert main(["build", "snow.yaml", "--as-of", day]) == 0


@pytest.mark.parametrize("verb", ["build", "crawl"])
def test_a_live_crawl_needs_somebody_to_complain_to(asked, capsys, verb):
    """Without crawl.contact nothing goes out; an archive needs none."""
    Path("snow.yaml").write_text(TOPIC.replace("crawl: {contact: https://agency.example/}", ""))

    assert main([verb, "snow.yaml"]) == 2
    assert capsys.readouterr().err.startswith("snow.yaml: crawl.contact: is missing: a live crawl tells site owners")
    assert main([verb, "snow.yaml", "--replay", "w.warc.gz"]) == 0


def test_crawl_only_listens(asked, capsys):
    """Same arguments, no report: figures and refusals."""
    assert main(["crawl", "snow.yaml", "--state", "S"]) == 0
    assert asked.crawl[1]["state"] == Path("S")
    assert "out" not in asked.crawl[1]
    assert capsys.readouterr().out.splitlines()[-1] == "     2  refused: not-found"


def test_explain_prints_the_lines_it_is_given(asked, capsys):
    """One person, or one against another."""
    Path("state/extreme-snowboarding").mkdir(parents=True)
    assert main(["explain", "snow.yaml", "Ada", "--against", "Bo", "--as-of", "2026-01-31"]) == 0
    assert capsys.readouterr().out == "rank 1 of 5\ncited by Bo\n"
    assert asked.explain == (
        "Ada", "Bo", {"state": Path("state/extreme-snowboarding"), "replay": (), "as_of": date(2026, 1, 31)},
    )  # fmt: skip


def test_demo_is_a_build_of_the_shipped_archive_on_a_fixed_day(asked, monkeypatch):
    """Offline, the same report wherever and whenever it is built; no browser without a terminal."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    shipped = Path("shipped")
    shipped.mkdir()
    (shipped / "topic.yaml").write_text(TOPIC)
    monkeypatch.setattr("generator.cli.report_commands.bundled_dir", lambda name: shipped)

    assert main(["demo", "--out", "O"]) == 0
    _, options = asked.build
    assert (options["replay"], options["as_of"]) == ((shipped / "pages.warc.gz",), date(2026, 1, 31))
    assert opened == []


def test_check_tells_good_files_from_bad_ones(asked, capsys):
    """All files are looked through; one bad one makes it 2."""
    Path("bad.yaml").write_text("topic: {name: x, keywords: [x]}\n")
    assert main(["check", "bad.yaml", "snow.yaml"]) == 2
    out, err = capsys.readouterr()

    assert out == "snow.yaml: fine: Extreme snowboarding, 1 seed\n"
    assert err.startswith("bad.yaml:1:1: seeds: is missing: ")


def test_check_reads_the_relationships_too(asked, capsys):
    """A slip there is found before the night, not during it."""
    Path("snow.yaml").write_text(TOPIC + "relationships: r.yaml\n")
    Path("r.yaml").write_text("- {person: ada}\n")
    assert main(["check", "snow.yaml"]) == 2
    assert "r.yaml:1:3: [0].date: is missing" in capsys.readouterr().err


def test_init_writes_a_topic_that_checks(asked, capsys):
    """With a seed given, the next command is `build`; the schema lies beside it for the editor."""
    assert (
        main(["init", "new/t.yaml", "--name", "Tea: a love", "--seed", "https://a.example/", "--keyword", "oolong"])
        == 0
    )
    assert main(["check", "new/t.yaml"]) == 0
    assert load_topic(Path("new/t.yaml")).topic.name == "Tea: a love"
    assert json.loads(Path("new/topic.schema.json").read_text())["title"] == "whomatters topic"


def test_schema_is_json(capsys):
    """Fit to be piped into a file."""
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["required"] == ["topic", "seeds"]


def test_module_and_command_are_the_same():
    """`python -m generator --version` answers, and help names every verb."""
    version = subprocess.run(
        [sys.executable, "-m", "generator", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert version.stdout == "whomatters 0.1.0\n"
    assert [command.callback.__name__ for command in app.registered_commands] == [
        "demo", "build", "crawl", "explain", "serve", "init", "seeds", "check", "schema", "note",
    ]  # fmt: skip


def test_a_reader_that_has_seen_enough_is_no_failure_to_report():
    """`whomatters schema | head -1` prints one line and nothing on stderr."""
    script = f"{sys.executable} -m generator schema | head -c 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("{", "")


def test_numbers_in_events_are_short(capsys):
    """Lines are for reading."""
    with EventPrinter(as_json=False) as teller:
        teller.log_event("crawled", mb=8.399999, seconds=94.0, note="")
    assert capsys.readouterr().err == 'crawled mb=8.4 seconds=94 note=""\n'


@pytest.fixture
def served(tmp_path):
    """A report on loopback, beside a secret that is not part of it; gives status and body of a path."""
    site = tmp_path / "report" / "site"
    (site / "people").mkdir(parents=True)
    (site / "index.html").write_text("the report")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    with site_server(site_folder(tmp_path / "report"), port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def get(path: str, host: str = "localhost") -> tuple[int, str]:
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
            connection.putrequest("GET", path, skip_host=True)
            connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read().decode()
            connection.close()
            return answer.status, body

        yield get
        server.shutdown()
        thread.join()


def test_serve_shows_the_report(served):
    """`DIR` may be the build's folder or its `site`."""
    assert served("/") == (200, "the report")


@pytest.mark.parametrize(
    "path",
    ["/../../secret.txt", "/%2e%2e/%2e%2e/secret.txt", "/link.txt", "/..%5c..%5csecret.txt", "/people/", "/a%00b"],
)
def test_serve_never_leaves_its_folder(served, path):
    """Dots in a path and symbolic links do not lead out, and folders are not listed."""
    status, body = served(path)
    assert status == 404
    assert "secret" not in body.replace("secret.txt", "")


def test_serve_answers_to_local_names_only(served):
    """A page elsewhere cannot point its own name at this port and read along."""
    assert served("/", host="evil.example")[0] == 403
    assert served("/", host="127.0.0.1:8000")[0] == 200
