"""Options shared by several commands, and defaults that depend on the machine.

Today's date and the location of the bundled files are determined here and passed down as arguments.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.console import strip_control_characters
from generator.config import Topic, check_window, load_topic
from generator.errors import PublishError, TopicError, UsageError
from generator.records import Limits

TopicFile = Annotated[Path, typer.Argument(metavar="TOPIC", help="The topic file (YAML).", show_default=False)]
Replay = Annotated[
    list[Path] | None,
    typer.Option(metavar="WARC", help="Answer every request from this web archive instead of the network; repeatable."),
]
State = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Archive, corpus and history of runs. Default: state/TOPIC.", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day to look from, as 2026-01-31. Default: today.", show_default=False),
]
Workers = Annotated[
    int,
    typer.Option(min=1, max=64, help="Processes that read pages. Default: the machine's cores.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line, for machines.")]
Minutes = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Listen for so long at most, then go on with what there is. Default: as the topic says.",
        show_default=False,
    ),
]
LoopbackPort = Annotated[
    int | None,
    typer.Option(min=1, max=65_535, hidden=True, help="A port of this machine that may be asked; for tests."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unforeseen error.")]

CORES = min(os.cpu_count() or 1, 64)


def bundled_dir(name: str) -> Path:
    """Find a folder of `config/` in the checkout or in the installed package.

    Raises:
        UsageError: the folder is in neither place.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "config" / name, package / "_shipped" / "config" / name):
        if (folder / "topic.yaml").is_file():
            return folder
    raise UsageError(f"this installation holds no {name}: install it again from a release or a checkout.")


def load_topic_argument(path: Path, replay: list[Path] | None, *, as_of: date, live: bool = True) -> Topic:
    """Load a topic file and check that it allows the requested kind of crawl.

    Args:
        path: the topic file.
        replay: archives that replace the web.
        as_of: the day of the report, on or after the first day of the window.
        live: whether an empty `replay` means a live crawl.

    Raises:
        TopicError: the file is wrong, its window begins after `as_of`, or a live crawl lacks `crawl.contact`.
        UsageError: an archive does not exist.
    """
    topic = load_topic(path)
    check_window(path, topic, as_of)
    archive_paths(replay)
    if live and not replay and not topic.crawl.contact:
        raise TopicError(
            f"{path}: crawl.contact: is missing: a live crawl tells site owners whom to turn to. "
            "Write a page or an e-mail address of yours there, or build from an archive with --replay."
        )
    return topic


def archive_paths(replay: list[Path] | None) -> tuple[Path, ...]:
    """The archives given with `--replay`.

    Raises:
        UsageError: one of them does not exist.
    """
    for warc in replay or ():
        if not warc.is_file():
            raise UsageError(f"{warc}: there is no such archive; --replay takes WARC files (.warc, .warc.gz).")
    return tuple(replay or ())


def crawl_limits(topic: Topic, minutes: float | None, loopback_port: int | None) -> Limits:
    """Request and time limits of a run: from the topic file, overridden by the command line."""
    crawl = topic.crawl
    return Limits(crawl.max_requests, crawl.max_minutes if minutes is None else minutes, loopback_port)


def existing_state_dir(state: Path) -> Path:
    """The state folder of an earlier run.

    Raises:
        UsageError: the folder does not exist.
    """
    if not state.is_dir():
        raise UsageError(f"{state}: there is no such state folder yet; a build or a crawl makes it.")
    return state


def ensure_writable(out: Path) -> Path:
    """Create the output folder and test that it is writable, before the crawl rather than after it.

    Raises:
        PublishError: the folder cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        message = f"{out}: cannot be written to ({error.strerror or error}); choose another folder with --out."
        raise PublishError(message) from error
    return out


def build_date(text: str | None, *, option: str = "--as-of") -> date:
    """Parse a date, by default today: the only place where this project reads the clock.

    Raises:
        UsageError: `text` is not a date.
    """
    if text is None:
        return datetime.now(UTC).date()  # noqa: TID251 - every other function takes as_of as an argument
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} {strip_control_characters(text)}: is not a day of the calendar; write it as 2026-01-31."
        ) from None


def split_commas(text: str) -> list[str]:
    """The non-empty parts of a comma-separated list."""
    return [word.strip() for word in text.split(",") if word.strip()]


def pluralise(count: int, noun: str) -> str:
    """`1 seed`, `2 seeds`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
