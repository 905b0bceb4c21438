"""Text helpers for every stage: tokens, sentences, shortened quotations, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

TOKEN = re.compile(r"[^\W_]+(?:[’'+#./-][^\W_]+)*[+#]{0,2}")
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\sa-z])|\n{2,}")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|st|approx|[A-Z])\.$", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:no|fig|vol|ch|pp?)\.$", re.IGNORECASE)  # an abbreviation only before a figure
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for tab and line feed
MAX_NAME = 400  # characters of a name that its slug is made of
MAX_QUOTE = 280  # characters; short enough for fair quotation, long enough to carry its reason


def fold(text: str) -> str:
    """Fold white space to single spaces and remove control characters."""
    return " ".join(CONTROL.sub("", text).split())


def tokens(text: str) -> list[str]:
    """The lower-case words of a text in order; c++, c#, node.js and don't stay one word each."""
    return TOKEN.findall(text.casefold())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text in order, with white space folded; a blank line ends a sentence."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        piece = text[start : match.start()]
        runs_on = ABBREVIATION.search(piece) or (
            NUMBERED.search(piece) and text[match.end() : match.end() + 1].isdigit()
        )
        if "\n\n" not in match[0] and runs_on:
            continue
        if folded := fold(text[start : match.end()]):
            yield folded
        start = match.end()
    if folded := fold(text[start:]):
        yield folded


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
