"""What the circle talks about, now and over the window: strands counted, bursts, firsts, trees, tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.config import Topic
from generator.insight.conversation.bursts import find_bursts
from generator.insight.conversation.first_mentions import first_links, first_phrases, rare_phrases
from generator.insight.conversation.periods import calendar_of, index_of
from generator.insight.conversation.recent import key_items, lately_window
from generator.insight.conversation.series import link_strands, link_uses, person_strands, term_strands
from generator.insight.conversation.tags import tag_index
from generator.insight.conversation.trees import conversation_trees
from generator.insight.conversation.trends import LOOKED_AT, TRENDS_FEW, candidates, trends_of
from generator.insight.profile.recommended_posts import citers_by_post
from generator.insight.terms.keyness import Usage
from generator.insight.terms.post_index import Library
from generator.insight.terms.term_counts import Ids, TermTable, count_terms
from generator.languages.patterns import Lexicon
from generator.languages.subject_words import names_a_subject
from generator.records import Circles, CitationGraph, Conversation, FirstSaid, ProfileInsight
from generator.text import tokens

OFF_TOPIC_POSTS = 1_000  # read to learn which words the topic does not own; more change nothing
ENOUGH_OFF_TOPIC = 100


def conversation_of(
    library: Library,
    graph: CitationGraph,
    circles: Circles,
    table: TermTable,
    usage: Usage,
    profiles: Sequence[ProfileInsight],
    *,
    topic: Topic,
    unwanted: frozenset[str],
    hollow: frozenset[str],
    elsewhere: Ids | None,
    words: Lexicon,
) -> Conversation:
    """What the circle talks about, now and over the window."""
    window = library.corpus.window
    calendar = calendar_of((window[0], min(window[1], library.as_of)))
    at = index_of(calendar.fine, (post.published_on for post in table.posts))
    per_fine = np.bincount(at[at >= 0], minlength=len(calendar.fine)).astype(np.float64)
    per_drawn = calendar.drawn_counts(int(count) for count in per_fine)
    keywords = topic_words(topic)
    chosen = [term for term in candidates(table, usage, elsewhere, unwanted)
              if says_more(table.terms[term], keywords)]  # fmt: skip
    terms, links, people = term_strands(table, chosen), link_strands(library), person_strands(library, graph)
    span = lately_window(library, library.as_of)
    return Conversation(
        periods=calendar.drawn,
        trends=(*trends_of(terms[:LOOKED_AT], calendar, per_fine),
                *(trend for few in (links, people) for trend in trends_of(few, calendar, per_fine, limit=TRENDS_FEW))),
        bursts=tuple(burst for kind in (terms, links, people) for burst in find_bursts(kind, calendar, per_fine)),
        trees=conversation_trees(graph, library),
        lately=key_items(library, graph, table, chosen, span),
        lately_window=span,
        posts_per_period=per_drawn,
        unit=calendar.unit,
        fine=calendar.fine,
        firsts=_firsts(library, graph, table, unwanted),
        tags=tag_index(library, table, profiles, citers_by_post(graph, library, circles).of_post, calendar,
                       np.array(per_drawn, dtype=np.float64), hollow=hollow | keywords, words=words),
    )  # fmt: skip


def _firsts(
    library: Library, graph: CitationGraph, table: TermTable, unwanted: frozenset[str]
) -> tuple[FirstSaid, ...]:
    """Who first shared which link and used which rare phrase."""
    uses = link_uses((post for person in sorted(library.topical) for post in library.topical[person]), library)
    rare = term_strands(table, rare_phrases(table, unwanted))
    return *first_links(uses, library, graph), *first_phrases(rare, library, graph)


def topic_words(topic: Topic) -> frozenset[str]:
    """The topic's name and keywords as terms are spelled."""
    return frozenset(" ".join(tokens(keyword)) for keyword in (*topic.topic.keywords, topic.topic.name))


def says_more(term: str, keywords: frozenset[str]) -> bool:
    """Whether a term says more than the topic itself: "rust compiler" does, "rust" and "rust code" do not."""
    if term in keywords:
        return False
    rest = [word for word in term.split() if word not in keywords]
    return len(rest) == len(term.split()) or (bool(rest) and names_a_subject(" ".join(rest)))


def counts_elsewhere(library: Library, table: TermTable, words: Lexicon) -> Ids | None:
    """Counts of the topic's terms in off-topic posts; None where too few were heard to compare with."""
    off = [post for post in library.corpus.posts if post.relevance < 0.25]
    step = max(1, len(off) // OFF_TOPIC_POSTS)
    sample = off[::step][:OFF_TOPIC_POSTS]
    if len(sample) < ENOUGH_OFF_TOPIC:
        return None
    other = count_terms(sample, words, {}, min_posts=1, judged=False)
    place = {term: index for index, term in enumerate(table.terms)}
    counts = np.zeros(len(table.terms), dtype=np.int64)
    totals = np.add.reduceat(other.count, other.start[:-1]) if len(other.count) else other.count
    for term, total in zip(other.terms, totals, strict=True):
        if (index := place.get(term)) is not None:
            counts[index] = total
    return counts
