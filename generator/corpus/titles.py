"""Titles: the short name of a site, and titles of posts without the part that all pages of a site share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from generator.corpus.names import plausible_name
from generator.text import fold, slug

SEPARATOR = re.compile(r"\s+(?:[|–—·•»«/~-]|::|//)\s+|\s*[|·»—]\s*|:\s+")
MIN_SHARING_POSTS = 3  # posts whose titles have the same end before it is the site's
SHARING_SHARE = 0.9  # of the titles of a site
MAX_SHORT_CHARS = 60


def short_site_name(titles: Iterable[str], host: str) -> str:
    """The short name of a site among the pieces of its titles; "" where no piece could be a name.

    The piece spelled like the host comes first, then the one that most titles contain, then the earliest.

    Args:
        titles: what the site's home page and feeds are called.
        host: its host.
    """
    known = [fold(title) for title in titles if title.strip()]
    pieces = list(dict.fromkeys(piece for title in known for piece in SEPARATOR.split(title) if piece))
    label = re.sub(r"[^a-z0-9]", "", host.removeprefix("www.").rsplit(".", 1)[0])

    def order(piece: str) -> tuple[bool, int, int]:
        joined = slug(piece.replace("&", " and ")).replace("-", "")
        spelled = bool(joined) and (joined == label or slug(piece).replace("-", "") == label)
        return (not spelled, -sum(piece.casefold() in title.casefold() for title in known), pieces.index(piece))

    plausible = [piece for piece in pieces if plausible_name(piece) and len(piece) <= MAX_SHORT_CHARS]
    return min(plausible, key=order) if plausible else ""


def shared_affixes(titles: Sequence[str]) -> tuple[str, str]:
    """The start and the end, each with its separator, that nearly all titles of a site share; "" where there is none.

    Args:
        titles: titles of the site's posts as their pages give them.
    """
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for title in titles:
        marks = list(SEPARATOR.finditer(title))
        if marks:
            starts[title[: marks[0].end()]] += 1
            ends[title[marks[-1].start() :]] += 1
    return _most_shared(starts, len(titles)), _most_shared(ends, len(titles))


def _most_shared(affixes: Counter[str], titles: int) -> str:
    """The affix of nearly all titles; "" where there is none."""
    for affix, count in affixes.most_common(1):
        if count >= max(MIN_SHARING_POSTS, SHARING_SHARE * titles):
            return affix
    return ""


def without_affixes(title: str, affixes: tuple[str, str]) -> str:
    """A title without the parts that all titles of its site share; unchanged where nothing would be left."""
    start, end = affixes
    bare = title.removeprefix(start) if start else title
    bare = bare.removesuffix(end) if end else bare
    return bare.strip() or title
