"""The JSON Schema and the Markdown table of topic file keys, both generated from the models.

`whomatters schema --write config` writes the files; a test checks that they are up to date.
"""

from __future__ import annotations

import json
from typing import Any

from generator.config.models import Topic
from generator.errors import UsageError
from generator.sources import SOURCES

KEYS_BEGIN = "<!-- keys: made by `whomatters schema --write config`, do not edit -->"
KEYS_END = "<!-- end of keys -->"
SOURCES_BEGIN = "<!-- sources: made by `whomatters schema --write config`, do not edit -->"
SOURCES_END = "<!-- end of sources -->"

Schema = dict[str, Any]


def topic_schema() -> str:
    """JSON Schema (draft 2020-12) of a topic file, for completion and checks in editors."""
    schema = Topic.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "whomatters topic"}
    return json.dumps(_plain(schema), indent=2, ensure_ascii=False) + "\n"


def _plain(node: Any) -> Any:
    """Remove the titles that pydantic derives from key names; editors would show them instead of descriptions."""
    if isinstance(node, dict):
        keep = {key: _plain(value) for key, value in node.items()}
        if isinstance(keep.get("title"), str) and ("type" in keep or "anyOf" in keep) and "$schema" not in keep:
            del keep["title"]
        return keep
    return [_plain(item) for item in node] if isinstance(node, list) else node


def keys_table() -> str:
    """A Markdown table of every key: key, accepted values, default, meaning."""
    schema = Topic.model_json_schema()
    rows = ["| Key | Takes | Default | Meaning |", "| --- | --- | --- | --- |"]
    for key, node, required in _walk(schema, schema, ""):
        default = "**required**" if required else _default(node)
        rows.append(f"| `{key}` | {_takes(node, schema)} | {default} | {node['description']} |")
    return "\n".join(rows) + "\n"


def with_keys_table(text: str) -> str:
    """A document with the table of keys between its two markers regenerated.

    Raises:
        UsageError: a marker is missing.
    """
    return _with_table(
        text, keys_table(), begin=KEYS_BEGIN, end=KEYS_END, name="README.md has lost the lines the table of keys"
    )


def sources_table() -> str:
    """Every source of seeds as a Markdown table: name, example, what it finds, limits, terms."""
    rows = ["| Source | Example | What it finds | Limits | Terms |", "| --- | --- | --- | --- | --- |"]
    for name, source in sorted(SOURCES.items()):
        rows.append(f"| `{name}` | `{source.example}` | {source.finds} | {source.limits} | <{source.terms}> |")
    return "\n".join(rows) + "\n"


def with_sources_table(text: str) -> str:
    """A document with the table of sources between its two markers regenerated.

    Raises:
        UsageError: a marker is missing.
    """
    return _with_table(
        text,
        sources_table(),
        begin=SOURCES_BEGIN,
        end=SOURCES_END,
        name="SOURCES.md has lost the lines the table of sources",
    )


def _with_table(text: str, table: str, *, begin: str, end: str, name: str) -> str:
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not (found and closed):
        raise UsageError(f"config/{name} stands between: {begin} … {end}")
    return f"{head}{begin}\n\n{table}\n{end}{tail}"


def _walk(section: Schema, schema: Schema, above: str) -> list[tuple[str, Schema, bool]]:
    """Keys in the order of the models, with the keys of a section after it."""
    out: list[tuple[str, Schema, bool]] = []
    for name, node in section["properties"].items():
        inner, many = _section_of(node, schema)
        required = name in section.get("required", ())
        if inner is None or many:
            out.append((above + name, node, required))
        if inner is not None:
            out += _walk(inner, schema, f"{above}{name}{'[]' if many else ''}.")
    return out


def _section_of(node: Schema, schema: Schema) -> tuple[Schema | None, bool]:
    """The section that a key holds, or None, and whether the key holds a list."""
    many = node.get("type") == "array"
    target = node.get("items", {}) if many else node
    if "$ref" not in target:
        return None, many
    return schema["$defs"][target["$ref"].rpartition("/")[2]], many


def _takes(node: Schema, schema: Schema) -> str:
    """The values a key accepts, in words."""
    if "anyOf" in node:
        return _takes(next(option for option in node["anyOf"] if option.get("type") != "null"), schema)
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if node.get("type") == "array":
        return "list of keys, below" if _section_of(node, schema)[0] else "list of texts"
    low, high = node.get("minimum", node.get("exclusiveMinimum")), node.get("maximum")
    span = f", {low:,g} to {high:,g}" if low is not None and high is not None else ""
    if node.get("type") == "string":
        return {"date": "day", "path": "file"}.get(node.get("format", ""), "text")
    return {"integer": "whole number", "number": "number", "boolean": "`true` or `false`"}[node["type"]] + span


def _default(node: Schema) -> str:
    """The default as written in YAML; a dash without one."""
    value = node.get("default")
    return "–" if value in (None, "", [], ()) else f"`{json.dumps(value)}`"
