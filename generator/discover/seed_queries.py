"""The queries that `seeds` sends to the sources if the analyst names none."""

from __future__ import annotations

from generator.discover.seed_proposals import query_words

MIN_HASHTAG_LETTERS = 5  # a shorter single word is too general as a hashtag
MAX_HASHTAGS = 3


def default_source_queries(words: str) -> tuple[str, ...]:
    """One query for each source that accepts free words, in the form `source:query`; several hashtags for Mastodon."""
    parts = query_words(words)
    long = sorted((part for part in parts if len(part) >= MIN_HASHTAG_LETTERS), key=lambda part: (-len(part), part))
    tags = dict.fromkeys(["".join(parts), *long])
    return (
        f"hn:{' '.join(parts)}",
        f"lemmy:{' '.join(parts)}",
        *(f"mastodon:#{tag}" for tag in list(tags)[:MAX_HASHTAGS]),
        f"stackexchange:{'-'.join(parts)}",
        f"wikipedia:{' '.join(parts)}",
    )
