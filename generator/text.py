"""Text helpers for every stage: shortened quotations, slugs; tokens and sentences are those of `languages`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from generator.languages.sentences import sentences
from generator.languages.tokens import fold, tokens

__all__ = ["MAX_QUOTE", "clip", "fold", "sentences", "slug", "tokens"]

MAX_NAME = 400  # characters of a name that its slug is made of
MAX_QUOTE = 280  # characters; short enough for fair quotation, long enough to carry its reason


def clip(text: str, limit: int = MAX_QUOTE, around: str = "") -> str:
    """Shorten a text to `limit` characters at word boundaries, marked with `…`.

    If the text contains `around`, the part that is kept includes it.
    """
    text = fold(text)
    if len(text) <= limit:
        return text
    at = max(text.find(fold(around)), 0) if around else 0
    start = max(0, min(at - (limit - min(len(around), limit)) // 2, len(text) - limit))
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space < max(at, start + 1) else start
    room = limit - 1 - (1 if start else 0)
    piece = text[start : start + room]
    if start + room < len(text):
        cut = piece.rfind(" ")
        piece = (piece[:cut] if cut > limit // 3 else piece).rstrip(" ,;:–-") + "…"
    return ("…" if start else "") + piece


def is_latin(text: str) -> bool:
    """Whether every letter is of the Latin script; true for a text without letters."""
    return all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


@lru_cache(maxsize=20_000)  # the same few bylines recur on all posts of a site
def slug(name: str, limit: int = 60) -> str:
    """Convert a name to `[a-z0-9-]+`: letters of every script become Latin ones, the rest hyphens; "" if none is left.

    Two names of other scripts can share a slug: it names a file and never identifies a person.
    """
    composed = unicodedata.normalize("NFKC", name[:MAX_NAME].casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(map(_latin, composed))).strip("-")[:limit].strip("-")


def _latin(char: str) -> str:
    """One character in lower-case Latin letters and digits; a space for symbols and punctuation."""
    if char.isascii():
        return char.lower()
    if unicodedata.category(char)[0] not in "LNM":  # emoji would become their English names
        return " "
    return re.sub(r"[^a-z0-9]+", "", anyascii(char).lower())
