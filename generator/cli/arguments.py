"""Arguments the verbs share, and the defaults that depend on the machine.

Today's date and the place of the shipped files are found here and handed down; nothing below asks for them.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.console import strip_control_characters
from generator.config import Topic, load_topic
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
    """A folder of `config/`: in the checkout, or inside the installed package.

    Raises:
        UsageError: this installation has neither.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "config" / name, package / "_shipped" / "config" / name):
        if (folder / "topic.yaml").is_file():
            return folder
    raise UsageError(f"this installation holds no {name}: install it again from a release or a checkout.")


def load_topic_argument(path: Path, replay: list[Path] | None, *, live: bool = True) -> Topic:
    """The topic, fit for the crawl asked for.

    Args:
        path: the topic file.
        replay: archives that stand in for the web.
        live: whether the web would be asked where there is no archive.

    Raises:
        TopicError: the file is wrong, or a live crawl would go out without saying whom to complain to.
        UsageError: an archive is not there.
    """
    topic = load_topic(path)
    archive_paths(replay)
    if live and not replay and not topic.crawl.contact:
        raise TopicError(
            f"{path}: crawl.contact: is missing: a live crawl tells site owners whom to turn to. "
            "Write a page or an e-mail address of yours there, or build from an archive with --replay."
        )
    return topic


def archive_paths(replay: list[Path] | None) -> tuple[Path, ...]:
    """The archives named.

    Raises:
        UsageError: one is not there.
    """
    for warc in replay or ():
        if not warc.is_file():
            raise UsageError(f"{warc}: there is no such archive; --replay takes WARC files (.warc, .warc.gz).")
    return tuple(replay or ())


def crawl_limits(topic: Topic, minutes: float | None, loopback_port: int | None) -> Limits:
    """What a run may cost: the topic's word, the command line's where it has one."""
    crawl = topic.crawl
    return Limits(crawl.max_requests, crawl.max_minutes if minutes is None else minutes, loopback_port)


def existing_state_dir(state: Path) -> Path:
    """A state folder that an earlier run left.

    Raises:
        UsageError: there is none.
    """
    if not state.is_dir():
        raise UsageError(f"{state}: there is no such state folder yet; a build or a crawl makes it.")
    return state


def ensure_writable(out: Path) -> Path:
    """A folder made and tried now, rather than found closed when the report is ready.

    Raises:
        PublishError: it cannot be written to.
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
    """A day as written, or today: the only place where this project reads the clock."""
    if text is None:
        return datetime.now(UTC).date()  # noqa: TID251 - the terminal's door; everything below takes as_of
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} {strip_control_characters(text)}: is no day of the calendar; write it as 2026-01-31."
        ) from None


def split_commas(text: str) -> list[str]:
    """What stands between the commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def pluralise(count: int, noun: str) -> str:
    """`1 seed`, `2 seeds`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
