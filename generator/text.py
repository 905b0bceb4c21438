"""Text helpers for every stage: tokens, sentences, shortened quotations, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

TOKEN = re.compile(r"[^\W_]+(?:[’'+#./-][^\W_]+)*[+#]{0,2}")
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\sa-z])|\n{2,}")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|st|approx|[A-Z])\.$", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:no|fig|vol|ch|pp?)\.$", re.IGNORECASE)  # an abbreviation only before a figure
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for tab and line feed
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


@lru_cache(maxsize=20_000)  # the same few bylines recur on all posts of a site
def slug(name: str, limit: int = 60) -> str:
    """Convert a name to `[a-z0-9-]+`: drop accents, replace the rest by hyphens; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return (
        re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))
        .strip("-")[:limit]
        .strip("-")
    )
