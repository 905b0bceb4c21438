"""The verb of the analyst's own book: note."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from generator.cli.arguments import chosen_day, many
from generator.cli.tell import printable
from generator.config import HistoryLine, append_history, load_topic
from generator.errors import UsageError


def note(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A name, an address, or a profile's file name.")],
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
        Path, typer.Option(metavar="TOPIC", help="The topic file, which names the relationships file.")
    ] = Path("topic.yaml"),
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write into this file instead; it is begun if need be.", show_default=False),
    ] = None,
) -> None:
    """Write down what was said with a person: appended to the relationships file, the rest of it left as it is."""
    book = file or _book_of(topic)
    if said is None and sys.stdin.isatty() and sys.stdout.isatty():
        said = typer.prompt("What was said")
    if not said:
        raise UsageError("nothing to note: say what was said with --said.")
    day = chosen_day(on, option="--on").isoformat()
    line = {"person": person, "date": day, "channel": channel, "direction": direction, "said": said,
            "promised": promised, "next": next_step, "due": due}  # fmt: skip
    try:
        made = HistoryLine.model_validate(line)
    except ValidationError as errors:
        first = errors.errors(include_url=False)[0]
        raise UsageError(f"--{'.'.join(map(str, first['loc']))}: {first['msg']}.") from errors
    entries = append_history(book, made)
    typer.echo(f"{book}: noted for {printable(made.person)}; {many(len(entries), 'line')} of history")


def _book_of(topic: Path) -> Path:
    """The relationships file a topic names.

    Raises:
        UsageError: it names none.
    """
    named = load_topic(topic).relationships
    if named is None:
        raise UsageError(
            f"{topic}: names no relationships file. Add the line `relationships: relationships.yaml`, and begin the "
            "file with --file relationships.yaml."
        )
    return named
