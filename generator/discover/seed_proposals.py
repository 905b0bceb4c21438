"""Chooses which sites named by sources to propose as seeds: those with most independent mentions on the topic.

A mention counts if its text or its address contains a word of the topic. All mentions by one person on one source
count once; votes and followers count nothing. A person decides which proposals become seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.discover.url_kinds import is_asset
from generator.languages.stemming import stem
from generator.records import SeedMention, SeedProposal
from generator.text import tokens
from generator.urls import default_site, url_key

MIN_ADDRESS_LETTERS = 4  # of a word that is looked for inside an address: shorter ones occur in any address
MAX_QUOTES = 3  # phrases shown per proposal


def query_words(words: str) -> tuple[str, ...]:
    """The distinct words of a topic, in order."""
    return tuple(dict.fromkeys(tokens(words)))


def propose_seed_sites(
    words: str, mentions: Iterable[SeedMention], *, most: int, language: str = "en"
) -> tuple[SeedProposal, ...]:
    """At most `most` sites, ordered by number of sources, of independent mentions, and of topic words.

    Args:
        words: the topic in a person's words.
        mentions: every address that was named.
        most: maximum of proposals.
        language: ISO 639-1 code for stemming.
    """
    wanted = {stem(word, language): word for word in query_words(words)}
    found: dict[str, list[tuple[SeedMention, frozenset[str]]]] = defaultdict(list)
    for mention in mentions:
        held = frozenset(_topic_words_in(mention, wanted, language))
        if held and not is_asset(mention.url):
            found[url_key(default_site(mention.url))].append((mention, held))
    proposals = [_proposal(named, list(wanted.values())) for _, named in sorted(found.items())]
    proposals.sort(key=lambda p: (-len(p.sources), -p.mentions, -len(p.words), p.url))
    return tuple(proposals[:most])


def _proposal(named: Sequence[tuple[SeedMention, frozenset[str]]], order: Sequence[str]) -> SeedProposal:
    independent = {(mention.source, mention.by or mention.url) for mention, _ in named}
    words = frozenset[str]().union(*(held for _, held in named))
    quotes = dict.fromkeys(
        mention.words for mention, held in sorted(named, key=_by_topic_words) if mention.words and held
    )
    return SeedProposal(
        url=min((default_site(mention.url) for mention, _ in named), key=lambda url: (url.startswith("http:"), url)),
        sources=tuple(sorted({mention.source for mention, _ in named})),
        mentions=len(independent),
        words=tuple(word for word in order if word in words),
        quotes=tuple(quotes)[:MAX_QUOTES],
    )


def _by_topic_words(named: tuple[SeedMention, frozenset[str]]) -> tuple[int, int, str]:
    """Sort key of quotes: most topic words first, then the shortest."""
    mention, held = named
    return -len(held), len(mention.words), mention.words


def _topic_words_in(mention: SeedMention, wanted: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield the topic words in the text or the address of a mention; `wanted` maps stems to words."""
    stems = {stem(word, language) for word in tokens(mention.words)}
    address = mention.url.casefold()
    for topic_stem, word in wanted.items():
        part = topic_stem if len(topic_stem) >= MIN_ADDRESS_LETTERS else word
        if topic_stem in stems or (len(part) >= MIN_ADDRESS_LETTERS and part in address):
            yield word
