"""The least amount of data that a ranking can rest on."""

from __future__ import annotations

from collections.abc import Sequence

from generator.formatting import counted, day
from generator.records import Corpus, SiteOrigin, SiteState, SourceOutcome

MIN_ON_TOPIC_POSTS = 20
MIN_PEOPLE = 5
MAX_FAILED_SEEDS = 0.5  # share of the seeds


def missed_floors(corpus: Corpus, sources: Sequence[SourceOutcome]) -> tuple[str, ...]:
    """One sentence for each floor that a run missed, for the first page of the report.

    A source counts as one seed, which failed if it named no site. The sites it named are not counted: many of the
    addresses that a source names no longer exist.

    Args:
        corpus: with every site that was tried; of its posts, those about the topic inside the window count.
        sources: how each source of seeds answered.
    """
    missed = []
    pasted = [site for site in corpus.sites if site.hop == 0 and site.origin is not SiteOrigin.SOURCE]
    failed = sum(site.state == SiteState.UNREACHED for site in pasted) + sum(not source.sites for source in sources)
    seeds = len(pasted) + len(sources)
    if failed > MAX_FAILED_SEEDS * seeds:
        missed.append(f"{failed} of {seeds} seeds gave no answer.")
    posts = [post for post in corpus.posts if post.on_topic and post.in_window]
    people = {post.author for post in posts}
    window = f"between {day(corpus.window[0])} and {day(corpus.window[1])}"
    if len(posts) < MIN_ON_TOPIC_POSTS:
        missed.append(
            f"Only {counted(len(posts), 'post')} about the topic {window}; "
            f"{MIN_ON_TOPIC_POSTS} are the least that a ranking can rest on."
        )
    if len(people) < MIN_PEOPLE:
        missed.append(
            f"Only {counted(len(people), 'person', 'people')} wrote about the topic {window}; "
            f"{MIN_PEOPLE} are the least that make a circle."
        )
    return tuple(missed)
