"""Terminal output: a spinner on a terminal, one line per event otherwise, JSON lines with `--json`.

An event is a past-tense verb with fields. Progress goes to stderr and the result to stdout, so that
`whomatters build … > report.txt` writes only the result to the file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.text import Text


def console(*, stderr: bool = False) -> Console:
    """A console on the current stdout or stderr; rich honours NO_COLOR and detects terminals."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)


def print_error(message: str, *, as_json: bool) -> None:
    """Print a failure to stderr; with `--json` also print a `failed` event to stdout."""
    if as_json:
        print_json({"event": "failed", "message": message})
    console(stderr=True).print(Text(strip_control_characters(message), style="red"))


def print_json(event: Mapping[str, object]) -> None:
    """Print one event as a line of JSON on stdout."""
    sys.stdout.write(json.dumps(event, default=str) + "\n")
    sys.stdout.flush()


def strip_control_characters(text: str) -> str:
    """Replace control characters, because names and titles from crawled pages could hold terminal escapes."""
    return "".join(char if char == "\n" or char.isprintable() else "�" for char in text)


class EventPrinter:
    """Prints the events of a run as a spinner, as lines or as JSON; a context manager."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._errors = console(stderr=True)
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if not self._as_json and self._errors.is_terminal:
            self._status = self._errors.status("at work; Ctrl-C stops it, nothing fetched is lost")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def log_event(self, event: str, /, **fields: object) -> None:
        """Print one event, such as `crawled topic=rust fetched=61`."""
        if self._as_json:
            print_json({"event": event, **fields})
            return
        line = strip_control_characters(" ".join([event, *(f"{key}={_value(value)}" for key, value in fields.items())]))
        if self._status is None:
            self._errors.print(Text(line))
            return
        head, _, rest = line.partition(" ")
        if event.endswith("ing"):  # an unfinished step updates the spinner and prints no line
            self._status.update(f"[cyan]{escape(head)}[/cyan] {escape(rest)}")
        else:
            self._errors.print(f"[green]{escape(head)}[/green] [dim]{escape(rest)}[/dim]")


def _value(value: object) -> str:
    """A field value for a line of text: short numbers, quotation marks around text with spaces."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if any(char.isspace() for char in text) or not text else text
