"""Parse YAML into plain values and record the line and column of every key and value.

Rejects features that a topic file does not need and that attacks use: aliases (a few lines can expand to gigabytes),
custom tags, deep nesting, control characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from generator.config.file_text import START, FileProblem, Position, position_of_offset, read_text, topic_error

MAX_NUMBER = 10**15  # far above every count in a topic file
MAX_DEPTH = 12  # the deepest key of a topic file is five levels down

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
Keys = tuple[str | int, ...]


@dataclass(slots=True)
class YamlDocument:
    """The values of a file, and the positions of keys and values by key path."""

    value: Value = None
    key_places: dict[Keys, Position] = field(default_factory=dict)
    value_places: dict[Keys, Position] = field(default_factory=dict)
    written: dict[Keys, str] = field(default_factory=dict)  # scalars as written in the file
    problems: list[FileProblem] = field(default_factory=list)


class _Unwanted(Exception):  # noqa: N818 - the input is valid YAML
    """A YAML feature that topic files do not allow."""

    def __init__(self, node_or_event: yaml.Node | yaml.Event, message: str) -> None:
        super().__init__(message)
        mark = node_or_event.start_mark
        self.place = Position(mark.line + 1, mark.column + 1) if mark else START


class _Composer(yaml.SafeLoader):
    """The safe loader without aliases and with a limit on nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one node; reject aliases and deep nesting."""
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # bare in the stubs
        if isinstance(event, yaml.AliasEvent):
            raise _Unwanted(event, f"*{event.anchor} is an alias, which topic files do not have: write the value out")
        if self.depth >= MAX_DEPTH:
            raise _Unwanted(event, "is nested too deeply for a topic file")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_document(path: Path) -> YamlDocument:
    """Parse a file; problems that do not prevent parsing are in `.problems`.

    Raises:
        TopicError: the file cannot be read or is not YAML.
    """
    text = read_text(path)
    document = YamlDocument()
    try:
        loader = _Composer(text)
        node = loader.get_single_node()
        if node is not None:
            document.value = _value(loader, node, (), document)
    except _Unwanted as unwanted:
        raise topic_error(path, [FileProblem(unwanted.place, "", str(unwanted))]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Position(mark.line + 1, mark.column + 1) if mark else START
        raise topic_error(path, [FileProblem(place, "", _explain(error, text, place))]) from None
    except yaml.reader.ReaderError as error:
        at = int(error.position)
        message = f"holds a character YAML does not allow (U+{ord(text[at]):04X}): remove it"
        raise topic_error(path, [FileProblem(position_of_offset(text[:at]), "", message)]) from None
    return document


# A phrase in the parser's message, and a message for readers who do not know YAML terms. The first match is used.
PARSER_MESSAGES = (
    (r"'\t'", "is not YAML: a tab where spaces belong; indent with two spaces"),
    ("quoted scalar", "is not YAML: the quotation mark opened on line {opened} is never closed"),
    ("mapping values are not allowed", "is not YAML: a colon inside a value ({line}); put it in quotation marks"),
    ("expected ',' or ", "is not YAML: the bracket opened on line {opened} is not closed, or a comma is missing"),
    ("expected a single document", "is a second document (---): one file holds one"),
    ("could not find expected ':'", "is not YAML: the colon after a key is missing ({line})"),
    ("expected <block end>", "is not YAML: the indentation does not fit the lines above ({line})"),
    ("", "is not YAML: {problem}"),
)


def _explain(error: yaml.MarkedYAMLError, text: str, place: Position) -> str:
    """The parser's message in plain words."""
    parser_message = f"{error.context or ''} {error.problem or 'cannot be understood'}"
    lines = text.splitlines() or [""]
    template = next(message for phrase, message in PARSER_MESSAGES if phrase in parser_message)
    return template.format(
        opened=error.context_mark.line + 1 if error.context_mark else place.line,
        line=lines[min(place.line, len(lines)) - 1].strip()[:60],
        problem=error.problem or "cannot be understood",
    )


def _place(mark: yaml.Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def dotted_path(keys: Keys) -> str:
    """A key path as `people[0].same[1]`, shortened if a key is very long."""
    out = ""
    for key in keys:
        out += f"[{key}]" if isinstance(key, int) else f".{key}" if out else key
    return out if len(out) <= 120 else out[:119] + "…"


def _value(loader: _Composer, node: yaml.Node, keys: Keys, document: YamlDocument) -> Value:
    """Convert a node to plain values and record its positions."""
    document.value_places[keys] = _place(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(loader, node, keys, document))
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*keys, at), document) for at, item in enumerate(node.value)]
    return _scalar(loader, node, keys, document)


def _entries(
    loader: _Composer, node: yaml.MappingNode, keys: Keys, document: YamlDocument
) -> Iterator[tuple[str, Value]]:
    """Yield the entries of a mapping; a repeated key is a problem, and its first value is used."""
    seen: dict[str, Position] = {}
    for key_node, value_node in node.value:
        place = _place(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            document.problems.append(
                FileProblem(place, dotted_path(keys), "has a list or mapping as a key: keys are words")
            )
            continue
        key = str(key_node.value)
        here = (*keys, key)
        if key in seen:
            message = f"is written twice, first on line {seen[key].line}: keep one of them"
            document.problems.append(FileProblem(place, dotted_path(here), message))
            continue
        seen[key] = place
        document.key_places[here] = place
        yield key, _value(loader, value_node, here, document)


def _scalar(loader: _Composer, node: yaml.Node, keys: Keys, document: YamlDocument) -> Value:
    """Convert a scalar; dates stay ISO text, because validation reads JSON."""
    written = str(node.value)
    document.written[keys] = written
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    if tag not in ("str", "int", "float", "bool", "null", "timestamp"):
        message = f"carries the tag {node.tag[:60]}, which topic files do not have: remove it"
        document.problems.append(FileProblem(_place(node.start_mark), dotted_path(keys), message))
        return None
    if tag in ("str", "timestamp"):
        if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in written):
            message = f"holds an invisible control character ({written[:40]!a}): remove it"
            document.problems.append(FileProblem(_place(node.start_mark), dotted_path(keys), message))
            return "".join(c for c in written if unicodedata.category(c) not in ("Cc", "Cs")) or "?"
        return written
    try:
        value: Value = loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        value = MAX_NUMBER + 1
    if isinstance(value, int | float) and not abs(value) <= MAX_NUMBER:  # infinity and nan among them
        message = f"is not a number that can be used ({written[:40]})"
        document.problems.append(FileProblem(_place(node.start_mark), dotted_path(keys), message))
        return 0
    return value
