"""Words in the addresses of pages as alternations of a regular expression; the words are in `<code>/urls.yaml`."""

from __future__ import annotations

import re

from generator.languages.registry import merged_words

FILE = "urls"


def path_words(*keys: str) -> str:
    """An alternation of the words under some keys in all languages, for a folder or file name of an address.

    Hyphens are optional: `about-me` also matches `aboutme`.
    """
    words = dict.fromkeys(word for key in keys for word in merged_words(FILE, key))
    return "|".join(re.escape(word).replace(r"\-", "-?") for word in words)


def link_words(key: str) -> str:
    """An alternation of the phrases under a key in all languages, for the text of a link."""
    return "|".join(re.escape(phrase) for phrase in merged_words(FILE, key))
