"""Check docstrings and comments for mannered words and for long sentences.

    python -m tests.prose_check generator [FOLDER ...]

Prints one line per finding, `file:line: what is wrong`, and exits with 1 if there are any. Text in backticks or
quotation marks is not checked, because it is quoted. The word list is a sample: a text without these words can still
be hard to read. `.github/CONTRIBUTING.md` has the style guide with examples.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

MAX_SENTENCE_WORDS = 40

# Words with a plain replacement in every case. "told" and "heard" are here because programs receive and read.
MARKERS = re.compile(
    r"\b(?:whoever|whom|somebody|nobody|anybody|everybody|told|heard|of theirs|of ours|"
    r"refuses to know|knows nothing|knows no|costs? itself|were it|let be|the house|the street|betrays?|"
    r"(?<!there )(?:is|are) (?-i:none)|hands on|as far as|(?<!there )(?:is|are) no (?!longer\b|more\b|fewer\b|less\b|one\b)\w+)\b",
    re.IGNORECASE,
)
ALLOWED_PHRASES: tuple[str, ...] = ()  # exact phrases, lower case, in which a marker is the right word

QUOTED = re.compile(r"``[^`]*``|`[^`]*`|“[^”]*”|\"[^\"]*\"")
DIRECTIVE = re.compile(r"#\s*(?:noqa|type:|fmt:|pragma|ruff:|mypy:)|#!")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
NEW_ITEM = re.compile(r"\s*(?:[-*|├└>]|\d+\.\s|[\w*`., \[\]]{1,60}:\s|\w+:$)")
COLUMNS = re.compile(r"\S {2,}\S")  # a line of a table
WORD = re.compile(r"[^\W_][^\s]*")


def check_source(source: str, name: str) -> list[str]:
    """The findings in one Python file, in order of line.

    Args:
        source: the text of the file.
        name: how to name the file in a finding.
    """
    found = [(line, message) for line, text in _docstrings(source) for message in _docstring_findings(text)]
    found += [(line, message) for line, text in _comments(source) for message in _marker_findings(text)]
    return [f"{name}:{line}: {message}" for line, message in sorted(found)]


def _docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Every string that stands as a statement, with its line: docstrings, and descriptions of constants and fields."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Comments with their line; lines of comment that follow one another are one text."""
    block: list[str] = []
    first = last = -1
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or DIRECTIVE.match(token.string):
            continue
        line, alone = token.start[0], token.line.lstrip().startswith("#")
        if not (block and alone and line == last + 1):
            if block:
                yield first, " ".join(block)
            block, first = [], line
        block.append(token.string.lstrip("# "))
        last = line if alone else -1
    if block:
        yield first, " ".join(block)


def _docstring_findings(text: str) -> Iterator[str]:
    yield from _marker_findings(text)
    for sentence in sentences(text):
        if (words := len(WORD.findall(sentence))) > MAX_SENTENCE_WORDS:
            yield f"a sentence of {words} words, at most {MAX_SENTENCE_WORDS}: “{sentence[:50]}…”"


def _marker_findings(text: str) -> Iterator[str]:
    plain = " ".join(QUOTED.sub("“”", text).split())
    for phrase in ALLOWED_PHRASES:
        plain = re.sub(re.escape(phrase), "", plain, flags=re.IGNORECASE)
    for match in MARKERS.finditer(plain):
        around = plain[max(0, match.start() - 25) : match.end() + 25]
        yield f"“{match[0]}” has a plainer word: …{around}…"


def sentences(docstring: str) -> Iterator[str]:
    """The sentences of a docstring; blank lines, list items and argument names begin a new one."""
    text = ""
    for line in [*docstring.splitlines(), ""]:
        if text and (not line.strip() or NEW_ITEM.match(line) or COLUMNS.search(line.strip())):
            yield from (piece.strip() for piece in SENTENCE_END.split(text) if piece.strip())
            text = ""
        text += f" {line.strip()}"


def main(folders: Sequence[str]) -> int:
    """Check every Python file below the folders; return the exit code."""
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*.py"))]
    found = [finding for path in files for finding in check_source(path.read_text(encoding="utf-8"), str(path))]
    for finding in found:
        print(finding)
    print(f"{len(found)} findings in {len(files)} files", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["generator"]))
