"""Writing a line into a relationships file: appended as text, so that comments and layout stay as they were.

What was written is read back before it replaces the file: either the file says what it said and one thing more, or
it is left alone.
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
    """Add a line at the end of a relationships file; one that is not there is begun.

    Returns:
        The history as it stands then, oldest first.

    Raises:
        TopicError: the file is wrong as it is; every problem is named.
        UsageError: it is written in a manner nothing can be appended to, or cannot be written.
    """
    # As bytes: reading as text would make all line ends alike.
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
            f"{path}: is no list with one entry a line, so nothing is added; write it by hand:\n{block}"
        ) from error
    finally:
        made.unlink(missing_ok=True)
    return after


def _block(line: HistoryLine, *, indent: int) -> str:
    """The line as YAML, keys in the order of the documentation, those left empty left out."""
    filled = {key: value for key, value in line.model_dump().items() if value not in ("", None)}
    text = yaml.safe_dump([filled], sort_keys=False, allow_unicode=True, width=100)
    return "".join(f"{' ' * indent}{row}\n" for row in text.splitlines())
