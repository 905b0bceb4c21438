"""Builds regular expressions from the data files of the languages.

Entries of a data file are fragments of regular expressions. `{key}` inside an entry is replaced by any entry of that
key of the same language, so that sentence patterns can be composed.
"""

from __future__ import annotations

import re
from functools import cache

from generator.languages.registry import language_codes, words_of

REFERENCE = re.compile(r"\{([a-z_]+)\}")  # the counts of a regular expression, such as {0,60}, are not references


@cache
def fragments(code: str, name: str, key: str) -> tuple[str, ...]:
    """The entries of one key of one language, references to other keys of its file filled in.

    Args:
        code: ISO 639-1, lower case.
        name: data file without `.yaml`.
        key: key of the file.

    Returns:
        Fragments in file order; empty where the language does not have the key.

    Raises:
        KeyError: an entry refers to a key without entries.
    """
    return tuple(REFERENCE.sub(lambda match: _group(code, name, match[1]), raw) for raw in words_of(code, name, key))


def _group(code: str, name: str, key: str) -> str:
    """The entries of a referenced key as one non-capturing group."""
    if not (found := fragments(code, name, key)):
        raise KeyError(f"{code}/{name}.yaml: {key} has no entries")
    return f"(?:{'|'.join(found)})"


def alternation(name: str, *keys: str) -> str:
    """The entries of some keys in all languages as one non-capturing group, English first within a key.

    Args:
        name: data file without `.yaml`.
        keys: keys of the file, tried in this order.

    Returns:
        A fragment that matches any of the entries; one that never matches if there are not any.
    """
    found = dict.fromkeys(part for key in keys for code in language_codes() for part in fragments(code, name, key))
    return f"(?:{'|'.join(found)})" if found else "(?!)"
