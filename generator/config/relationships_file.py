"""Append an entry to a relationships file as text, so that comments and layout are kept.

The new text is parsed before it replaces the file: it must hold the old entries and the new one, otherwise the file is
left unchanged.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import yaml

from generator.config.load import load_relationships
from generator.config.models import HistoryLine
from generator.errors import TopicError, UsageError
from generator.records import HistoryEntry

HEADING = "# Who spoke with whom, when, and what was heard; `whomatters note` adds to it.\n"
ITEM = re.compile(r"^( *)- ", re.MULTILINE)


def append_history(path: Path, line: HistoryLine) -> tuple[HistoryEntry, ...]:
    """Append an entry to a relationships file; create the file if it does not exist.

    Returns:
        All entries of the file, oldest first.

    Raises:
        TopicError: the existing file is invalid; the message lists every problem.
        UsageError: the layout of the file does not allow appending, or it cannot be written.
    """
    # Read as bytes, because text mode would convert line endings.
    text = path.read_bytes().decode("utf-8") if path.exists() else HEADING
    before = load_relationships(path) if path.exists() else ()
    first = ITEM.search(text)
    block = _block(line, indent=len(first[1]) if first else 0)
    if "\r\n" in text:
        block = block.replace("\n", "\r\n")
    whole = text + ("" if text.endswith("\n") or not text else "\n") + block
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=".", suffix=".yaml", delete=False, encoding="utf-8", newline=""
        ) as draft:
            draft.write(whole)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error}).") from error
    made = Path(draft.name)
    try:
        after = load_relationships(made)
        if sorted(map(str, after)) != sorted([*map(str, before), str(line.entry())]):
            raise UsageError(f"{path}: could not be added to; write the line by hand:\n{block}")
        if path.exists():
            made.chmod(path.stat().st_mode)
        made.replace(path)
    except TopicError as error:
        raise UsageError(
            f"{path}: is not a list with one entry a line, so nothing is added; write it by hand:\n{block}"
        ) from error
    finally:
        made.unlink(missing_ok=True)
    return after


def _block(line: HistoryLine, *, indent: int) -> str:
    """The entry as YAML, keys in documented order, without empty ones."""
    filled = {key: value for key, value in line.model_dump().items() if value not in ("", None)}
    text = yaml.safe_dump([filled], sort_keys=False, allow_unicode=True, width=100)
    return "".join(f"{' ' * indent}{row}\n" for row in text.splitlines())
