"""The bytes of a file as text, and the shape of a complaint about them.

Knows places and problems, nothing of YAML or topics. Refuses what is no page of text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from generator.errors import TopicError

MAX_BYTES = 1_000_000  # a topic with 10,000 corrections is a tenth of it
MAX_PROBLEMS = 50  # nobody reads on


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """Something wrong at a place, and what to do about it; `keys` is the path of the key, "" for the file."""

    place: Position
    keys: str
    message: str


START = Position(1, 1)


def topic_error(path: Path, problems: list[FileProblem]) -> TopicError:
    """One error out of all problems, a line each, in the order they stand in the file."""
    ordered = sorted(set(problems))
    lines = [
        f"{path}:{p.place.line}:{p.place.column}: {p.keys + ': ' if p.keys else ''}{p.message}"
        for p in ordered[:MAX_PROBLEMS]
    ]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"{path}: and {len(ordered) - MAX_PROBLEMS} more problems of this kind")
    return TopicError("\n".join(lines))


def read_text(path: Path) -> str:
    """The file's text.

    Raises:
        TopicError: it is missing, a folder, unreadable, over 1 MB, not UTF-8, or holds control characters.
    """
    try:
        if path.is_dir():
            raise TopicError(f"{path}: is a folder, not a file.{_similar(path / 'topic.yaml')}")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise TopicError(f"{path}: there is no such file.{_similar(path)}") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise TopicError(f"{str(path)!a}: cannot be read: {reason}.") from error
    if len(raw) > MAX_BYTES:
        raise TopicError(f"{path}: is larger than 1 MB; a topic file is a page of text. Is it the right file?")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = position_of_offset(raw[: error.start].decode("utf-8", "replace"))
        raise topic_error(
            path, [FileProblem(place, "", f"is not UTF-8 (byte 0x{raw[error.start]:02x}): save it as UTF-8")]
        ) from None
    for at, char in enumerate(text):
        if char not in "\t\n\r" and unicodedata.category(char) == "Cc" and char != "\x85":
            what = "is a NUL byte" if char == "\0" else f"is a control character (U+{ord(char):04X})"
            raise topic_error(
                path, [FileProblem(position_of_offset(text[:at]), "", f"{what}: is this a text file? Remove it")]
            )
    return text


def position_of_offset(before: str) -> Position:
    """The place right behind a stretch of text that begins the file."""
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _similar(path: Path) -> str:
    """A hint naming files of that folder that may have been meant."""
    folder = path.parent
    try:
        names = sorted(p.name for p in folder.iterdir() if p.suffix in (".yaml", ".yml")) if folder.is_dir() else []
    except OSError:
        names = []
    if not folder.is_dir():
        return f" The folder {folder} does not exist either."
    close = get_close_matches(path.name, names, n=3, cutoff=0.5) or names[:3]
    if not close:
        return " `whomatters init` writes one."
    return " Did you mean " + " or ".join(str(folder / name) for name in close) + "?"
