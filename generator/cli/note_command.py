"""The `note` command: add an entry to the relationships file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from generator.cli.arguments import build_date, pluralise
from generator.cli.console import strip_control_characters
from generator.config import HistoryLine, append_history, load_topic
from generator.errors import UsageError


def note(
    who: Annotated[
        list[str],
        typer.Argument(
            metavar="[TOPIC] PERSON",
            show_default=False,
            help="The topic file, which names the relationships file; a name, an address, or a profile's file name. "
            "Without the first: topic.yaml, or the one topic file in this folder or in config/.",
        ),
    ],
    *,
    said: Annotated[str | None, typer.Option(help="What was said, in a sentence.", show_default=False)] = None,
    channel: Annotated[str, typer.Option(help="How: email, call, meeting, comment, event.")] = "email",
    direction: Annotated[str, typer.Option(help="Who spoke: in (they to us), out (we to them), both.")] = "out",
    promised: Annotated[str, typer.Option(help="What we promised.", show_default=False)] = "",
    next_step: Annotated[str, typer.Option("--next", help="What comes next.", show_default=False)] = "",
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when, as 2026-03-15.", show_default=False)] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it happened. Default: today.", show_default=False)
    ] = None,
    topic: Annotated[
        Path | None, typer.Option(metavar="TOPIC", help="The topic file, said by name.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write into this file instead; it is begun if need be.", show_default=False),
    ] = None,
) -> None:
    """Write down what was said with a person: appended to the relationships file, the rest of it left as it is."""
    *before, person = who
    if len(before) > 1 or (before and (topic or file)):
        raise UsageError(f"one topic file and one person are enough; put quotes around a name: {' '.join(who)}.")
    log_file = file or _relationships_file_of(Path(before[0]) if before else topic or _only_topic(Path()))
    if said is None and sys.stdin.isatty() and sys.stdout.isatty():
        said = typer.prompt("What was said")
    if not said:
        raise UsageError("nothing to note: say what was said with --said.")
    day = build_date(on, option="--on").isoformat()
    line = {
        "person": person,
        "date": day,
        "channel": channel,
        "direction": direction,
        "said": said,
        "promised": promised,
        "next": next_step,
        "due": due,
    }
    try:
        made = HistoryLine.model_validate(line)
    except ValidationError as errors:
        first = errors.errors(include_url=False)[0]
        raise UsageError(f"--{'.'.join(map(str, first['loc']))}: {first['msg']}.") from errors
    entries = append_history(log_file, made)
    typer.echo(
        f"{log_file}: noted for {strip_control_characters(made.person)}; {pluralise(len(entries), 'line')} of history"
    )


def _relationships_file_of(topic: Path) -> Path:
    """The relationships file that a topic file names.

    Raises:
        UsageError: the topic file does not name one.
    """
    named = load_topic(topic).relationships
    if named is None:
        raise UsageError(
            f"{topic}: names no relationships file. Add the line `relationships: relationships.yaml`, and begin the "
            "file with --file relationships.yaml."
        )
    return named


def _only_topic(here: Path) -> Path:
    """The default topic file: `topic.yaml`, or the only topic file in the folder and its `config/`.

    Raises:
        UsageError: no topic file was found, or more than one.
    """
    if (usual := here / "topic.yaml").is_file():
        return usual
    found = [path for folder in (here, here / "config") for path in sorted(folder.glob("*.y*ml")) if _is_topic(path)]
    if len(found) == 1:
        return found[0]
    there = f"there are several: {', '.join(map(str, found))}" if found else "there is none in this folder"
    raise UsageError(f"which topic? {there}. Say so as with every verb: whomatters note TOPIC PERSON.")


def _is_topic(path: Path) -> bool:
    """Whether a line of the file begins a topic section."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return any(line.startswith("topic:") for line in lines)
