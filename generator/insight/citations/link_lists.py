"""Which links are entries of a list: items that stand together and lead to different sites, names in a row.

A sentence of prose whose common words are links is not a list; slogans that all lead to one site are not either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from generator.records import Link, Post, Url
from generator.text import fold
from generator.urls import host_of

SITES_IN_A_ROW = 2  # different sites that items standing together lead to


def is_link_list(links: Sequence[Link]) -> bool:
    """Whether the links of a sentence are named one by one: most anchors hold a capital."""
    named = sum(any(character.isupper() for character in link.text) for link in links)
    return 2 * named >= len(links)


def listed_items(post: Post, bare: Collection[tuple[Url, str]]) -> frozenset[tuple[Url, str]]:
    """Those bare items that stand among others leading elsewhere.

    Args:
        post: with its paragraphs.
        bare: address and sentence of links that are nearly all of their sentence.
    """
    sites: dict[str, set[str]] = {}
    for link in post.links:
        sites.setdefault(link.sentence, set()).add(host_of(link.target))
    items = {sentence for _, sentence in bare}
    kept: set[str] = set()
    row: list[str] = []
    for paragraph in (*_paragraphs(post.text, sites), ""):
        if paragraph in sites and (paragraph in items or row):
            row.append(paragraph)
            continue
        if len({site for sentence in row for site in sites[sentence]}) >= SITES_IN_A_ROW:
            kept.update(row)
        row = []
    return frozenset((target, sentence) for target, sentence in bare if sentence in kept)


def _paragraphs(text: str, known: Collection[str]) -> Iterable[str]:
    """The paragraphs of a text, an item without the dash or number before it where it is known so."""
    for paragraph in text.split("\n\n"):
        line = fold(paragraph)
        yield line if line in known else line.lstrip("-*•·0123456789.) ")
