"""Which of the sites that sources named to propose as seeds: those that several hands named in the topic's words.

A mention counts where the words it came with, or its address, hold a word of the topic; of one hand on one source
all count once. How loud a hand is counts nothing. Whether a proposal becomes a seed is a person's decision.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator.discover.url_kinds import is_asset
from generator.records import SeedMention, SeedProposal
from generator.text import tokens
from generator.urls import default_site, url_key

ENDING = re.compile(r"(?:ing|ings|ers|er|es|s|ed)$")
SHORT = 4  # letters; shorter words are matched as they are
QUOTES = 3  # phrases shown a proposal


def query_words(words: str) -> tuple[str, ...]:
    """Words of a topic, each once, in their order."""
    return tuple(dict.fromkeys(tokens(words)))


def propose_seed_sites(words: str, mentions: Iterable[SeedMention], *, most: int) -> tuple[SeedProposal, ...]:
    """At most `most` sites, those with most sources, then most hands, then most of the topic's words first.

    Args:
        words: the topic, as a person would say it.
        mentions: every address that was named.
        most: how many to propose.
    """
    wanted = {_stem(word): word for word in query_words(words)}
    found: dict[str, list[tuple[SeedMention, frozenset[str]]]] = defaultdict(list)
    for mention in mentions:
        held = frozenset(_held(wanted, mention))
        if held and not is_asset(mention.url):
            found[url_key(default_site(mention.url))].append((mention, held))
    proposals = [_proposal(named, list(wanted.values())) for _, named in sorted(found.items())]
    proposals.sort(key=lambda p: (-len(p.sources), -p.mentions, -len(p.words), p.url))
    return tuple(proposals[:most])


def _proposal(named: Sequence[tuple[SeedMention, frozenset[str]]], order: Sequence[str]) -> SeedProposal:
    hands = {(mention.source, mention.by or mention.url) for mention, _ in named}
    words = frozenset[str]().union(*(held for _, held in named))
    quotes = dict.fromkeys(mention.words for mention, held in sorted(named, key=_telling) if mention.words and held)
    return SeedProposal(
        url=min((default_site(mention.url) for mention, _ in named), key=lambda url: (url.startswith("http:"), url)),
        sources=tuple(sorted({mention.source for mention, _ in named})),
        mentions=len(hands),
        words=tuple(word for word in order if word in words),
        quotes=tuple(quotes)[:QUOTES],
    )


def _telling(named: tuple[SeedMention, frozenset[str]]) -> tuple[int, int, str]:
    """Order of quotes: most of the topic's words first, the shorter of two alike."""
    mention, held = named
    return -len(held), len(mention.words), mention.words


def _held(wanted: dict[str, str], mention: SeedMention) -> Iterable[str]:
    """Words of the topic that a mention came with, or that stand in its address."""
    said = {_stem(word) for word in tokens(mention.words)}
    address = mention.url.casefold()
    return (word for stem, word in wanted.items() if stem in said or (len(stem) >= SHORT and stem in address))


def _stem(word: str) -> str:
    """A word without its commonest endings: snowboarding, snowboarders and snowboard are one."""
    bare = ENDING.sub("", word)
    return bare if len(bare) >= SHORT else word
