"""Turn validation errors of pydantic into problems with a file position, a plain message and advice."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter

from generator.config.file_text import START, FileProblem, Position
from generator.config.models import Topic
from generator.config.yaml_positions import Keys, Value, YamlDocument, dotted_path


def drop_nulls(value: Value, model: type[BaseModel] | None) -> Value:
    """Remove blank keys that have a default, such as `people:` with all its entries commented out."""
    if isinstance(value, list):
        return [drop_nulls(item, model) for item in value]
    if not isinstance(value, dict) or model is None:
        return value
    kept: dict[str, Value] = {}
    for key, inner in value.items():
        field = model.model_fields.get(key)
        if inner is not None or field is None or field.is_required():
            kept[key] = drop_nulls(inner, _inner(field.annotation) if field else None)
    return kept


def to_file_problem(error: Mapping[str, Any], document: YamlDocument, adapter: TypeAdapter[Any]) -> FileProblem:
    """Convert one pydantic error."""
    keys: Keys = tuple(error["loc"])
    kind = str(error["type"])
    if kind == "missing":
        parent = keys[:-1]
        place = document.key_places.get(parent) or document.value_places.get(parent, START)
        return FileProblem(place, dotted_path(keys), f"is missing: {_meaning(adapter, keys)}")
    if kind == "extra_forbidden":
        place = document.key_places.get(keys, START)
        return FileProblem(place, dotted_path(keys), _unknown_key(adapter, keys))
    place = _nearest_place(document, keys)
    return FileProblem(place, dotted_path(keys), _wrong_value(kind, error, document.written.get(keys)))


def _nearest_place(document: YamlDocument, keys: Keys) -> Position:
    """The position of a value, or of the nearest enclosing value."""
    while keys and keys not in document.value_places:
        keys = keys[:-1]
    return document.value_places.get(keys, START)


SAYS = {
    "string_type": "needs text",
    "int_type": "needs a whole number",
    "int_from_float": "needs a whole number",
    "float_type": "needs a number",
    "bool_type": "needs true or false",
    "tuple_type": "needs a list: begin each entry on its own line with `- `, or write [one, two]",
    "model_type": "needs keys of its own, indented below it",
    "finite_number": "needs a number",
}
BOUNDS = {
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be below {lt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of {expected}",
    "string_too_long": "is longer than {max_length} characters: shorten it",
    "too_short": "is empty: it needs at least {min_length} entry",
}


CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)")  # must not appear in messages or logs


def _wrong_value(kind: str, error: Mapping[str, Any], written: str | None) -> str:
    """The message for an invalid value: problem, value and advice."""
    value = error.get("input")
    shown = _shown(value, written)
    if kind.startswith("date"):
        return f"needs a day of the calendar{shown}: write it as 2024-01-31"
    if kind in SAYS:
        needs, _, advice = SAYS[kind].partition(": ")
        if value is None:
            return f"has no value: it {needs}"
        hint = _type_advice(kind, value, written) or advice
        return f"{needs}{shown}{': ' if hint else ''}{hint}"
    if kind in BOUNDS:
        return BOUNDS[kind].format(**error.get("ctx", {})) + ("" if kind == "too_short" else shown)
    head, colon, advice = str(error["msg"]).partition(": ")
    return f"{head}{shown if isinstance(value, str) else ''}{colon}{advice}"


def _type_advice(kind: str, value: object, written: str | None) -> str:
    """How to write a value so that YAML reads it as intended; "" if the intention is unclear."""
    if kind == "string_type" and isinstance(value, dict):
        return "leave out the space after the colon, or put it in quotation marks"
    if kind == "string_type" and written is not None:
        return f'put it in quotation marks, "{written[:60]}"'
    if kind in ("int_type", "float_type", "bool_type") and isinstance(value, str) and _is_plain(written):
        return "write it without quotation marks"
    return ""


def _is_plain(written: str | None) -> bool:
    """Whether the value would be a number or boolean without its quotation marks."""
    try:
        return bool(written) and isinstance(yaml.safe_load(written or ""), int | float)
    except yaml.YAMLError:  # what stood inside the quotation marks is not YAML
        return False


def _shown(value: object, written: str | None) -> str:
    """The invalid value in brackets, shortened."""
    if value is None and not written:
        return ""
    text = written if written is not None else json.dumps(value, ensure_ascii=False)
    text = CREDENTIALS.sub("…", " ".join(text.split()))
    return "" if not text else f" ({text if len(text) <= 60 else text[:59] + '…'})"


def _unknown_key(adapter: TypeAdapter[Any], keys: Keys) -> str:
    """The message for an unknown key: its correct section, the most similar key, or all keys here."""
    here = _names(_model_at(adapter, keys[:-1]))
    word = str(keys[-1]).casefold().replace("-", "_")
    homes = [dotted_path(home) for home in _all_keys(Topic) if home[-1] == word] if model_at(adapter) is Topic else []
    if homes and word not in here:
        return f"is not a key here; it belongs at `{homes[0]}`"
    if close := get_close_matches(word, here, n=1, cutoff=0.6):
        return f"is not a key; did you mean `{close[0]}`?"
    return f"is not a key; keys here are {', '.join(here)}"


def _names(model: type[BaseModel] | None) -> list[str]:
    """The keys of a section as written in YAML."""
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _all_keys(model: type[BaseModel], above: Keys = ()) -> list[Keys]:
    """Key paths of a model and its sections."""
    out: list[Keys] = []
    for name, field in model.model_fields.items():
        out.append((*above, name))
        inner = _inner(field.annotation)
        if inner is not None:
            out += _all_keys(inner, (*above, name))
    return out


def _inner(annotation: object) -> type[BaseModel] | None:
    """The section inside an annotation: itself, the item of a tuple or a member of a union; else None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = get_args(annotation) if get_origin(annotation) in (tuple, Union, types.UnionType) else ()
    return next((model for model in map(_inner, inside) if model is not None), None)


def model_at(adapter: TypeAdapter[Any]) -> type[BaseModel] | None:
    """The section that an adapter validates, or the section of its list items."""
    return _inner(adapter._type)  # noqa: SLF001 - pydantic has no public attribute for it


def _model_at(adapter: TypeAdapter[Any], keys: Keys) -> type[BaseModel] | None:
    """The section at a key path; list indices are skipped."""
    model = model_at(adapter)
    for key in keys:
        if isinstance(key, str):
            field = model.model_fields.get(key) if model else None
            model = _inner(field.annotation) if field else None
    return model


def _meaning(adapter: TypeAdapter[Any], keys: Keys) -> str:
    """The description of a missing key, used as advice."""
    model = _model_at(adapter, keys[:-1])
    field = model.model_fields.get(str(keys[-1])) if model else None
    return (field.description if field and field.description else "write it") or "write it"
