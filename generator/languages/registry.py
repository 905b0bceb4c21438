"""Data files of natural languages: one folder per ISO 639-1 code, `languages/<code>/<name>.yaml`.

A key of a data file holds a list of strings or one string of words separated by white space; callers
build their patterns from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@cache
def language_codes() -> tuple[str, ...]:
    """Codes of all languages that ship a folder, sorted, English first so that merged patterns try it first."""
    codes = sorted(entry.name for entry in files(__package__).iterdir() if entry.is_dir() and len(entry.name) == 2)
    return tuple(sorted(codes, key=lambda code: (code != "en", code)))


@cache
def language_data(code: str, name: str) -> Mapping[str, Any]:
    """One data file of a language; empty where the language does not ship it.

    Args:
        code: ISO 639-1, lower case.
        name: file name without `.yaml`, such as `names`.
    """
    path = files(__package__).joinpath(code, f"{name}.yaml")
    if not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


@cache
def words_of(code: str, name: str, key: str) -> tuple[str, ...]:
    """The strings under `key` in one data file of one language, in file order; empty without any."""
    value = language_data(code, name).get(key, ())
    return tuple(value.split()) if isinstance(value, str) else tuple(str(word) for word in value)


@cache
def merged_words(name: str, key: str) -> tuple[str, ...]:
    """The strings under `key` in all languages, each once, English first.

    For text whose language is not known yet, such as a heading or an address.
    """
    return tuple(dict.fromkeys(word for code in language_codes() for word in words_of(code, name, key)))
