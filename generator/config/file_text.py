"""Read a file as text, and format problems with line and column as one `TopicError`.

Files that are too large, not UTF-8 or contain control characters are rejected here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from generator.errors import TopicError

MAX_BYTES = 1_000_000  # a topic with 10,000 corrections is a tenth of it
MAX_PROBLEMS = 50  # a longer list would not be read


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Line and column, both starting at 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """A problem at a position, with advice; `keys` is the dotted path of the key, "" for the whole file."""

    place: Position
    keys: str
    message: str


START = Position(1, 1)


def topic_error(path: Path, problems: list[FileProblem]) -> TopicError:
    """One error with a line for each problem, in file order."""
    ordered = sorted(set(problems))
    lines = [
        f"{path}:{p.place.line}:{p.place.column}: {p.keys + ': ' if p.keys else ''}{p.message}"
        for p in ordered[:MAX_PROBLEMS]
    ]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"{path}: and {len(ordered) - MAX_PROBLEMS} more problems of this kind")
    return TopicError("\n".join(lines))


def read_text(path: Path) -> str:
    """Read a file as UTF-8 text.

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
    """The position after `before`, the text from the start of the file."""
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _similar(path: Path) -> str:
    """A hint that names similar files of the folder."""
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
