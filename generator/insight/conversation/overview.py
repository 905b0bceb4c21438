"""What the circle talks about, now and over the window: strands counted, bursts, firsts, trees, tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.config import Topic
from generator.insight.conversation.bursts import find_bursts
from generator.insight.conversation.first_mentions import first_link_mentions, first_phrase_mentions, rare_phrases
from generator.insight.conversation.periods import calendar_of, index_of
from generator.insight.conversation.recent import recent_window, trending_items
from generator.insight.conversation.series import link_series, link_uses, person_series, term_series
from generator.insight.conversation.tags import tag_index
from generator.insight.conversation.trees import conversation_trees
from generator.insight.conversation.trends import LOOKED_AT, TRENDS_FEW, trend_candidates, trends_of
from generator.insight.profile.recommended_posts import citers_by_post
from generator.insight.terms.keyness import TermUsage
from generator.insight.terms.post_index import PostIndex
from generator.insight.terms.term_counts import Ids, TermTable, count_terms
from generator.languages.language import Language
from generator.records import Circles, Conversation, FirstMention, LabelledGraph, ProfileInsight
from generator.text import tokens

OFF_TOPIC_POSTS = 1_000  # read to learn which words the topic does not own; more change nothing
ENOUGH_OFF_TOPIC = 100


def build_conversation(
    post_index: PostIndex,
    graph: LabelledGraph,
    circles: Circles,
    table: TermTable,
    usage: TermUsage,
    profiles: Sequence[ProfileInsight],
    *,
    topic: Topic,
    excluded_words: frozenset[str],
    generic_terms: frozenset[str],
    background_counts: Ids | None,
) -> Conversation:
    """What the circle talks about, now and over the window."""
    window = post_index.corpus.window
    calendar = calendar_of((window[0], min(window[1], post_index.as_of)))
    at = index_of(calendar.fine, (post.published_on for post in table.posts))
    per_fine = np.bincount(at[at >= 0], minlength=len(calendar.fine)).astype(np.float64)
    per_drawn = calendar.drawn_counts(int(count) for count in per_fine)
    keywords = topic_terms(topic)
    chosen = [
        term
        for term in trend_candidates(table, usage, background_counts, excluded_words)
        if is_more_specific(table.terms[term], keywords, table.languages[term])
    ]
    terms, links, people = term_series(table, chosen), link_series(post_index), person_series(post_index, graph)
    span = recent_window(post_index, post_index.as_of)
    return Conversation(
        periods=calendar.drawn,
        trends=(
            *trends_of(terms[:LOOKED_AT], calendar, per_fine),
            *(trend for few in (links, people) for trend in trends_of(few, calendar, per_fine, limit=TRENDS_FEW)),
        ),
        bursts=tuple(burst for kind in (terms, links, people) for burst in find_bursts(kind, calendar, per_fine)),
        trees=conversation_trees(graph, post_index),
        lately=trending_items(post_index, graph, table, chosen, span),
        recent_window=span,
        posts_per_period=per_drawn,
        unit=calendar.unit,
        fine=calendar.fine,
        first_mentions=_firsts(post_index, graph, table, excluded_words),
        tags=tag_index(
            post_index,
            table,
            profiles,
            citers_by_post(graph, post_index, circles).of_post,
            calendar,
            np.array(per_drawn, dtype=np.float64),
            generic_terms=generic_terms | keywords,
        ),
    )


def _firsts(
    post_index: PostIndex, graph: LabelledGraph, table: TermTable, excluded_words: frozenset[str]
) -> tuple[FirstMention, ...]:
    """Who first shared which link and used which rare phrase."""
    uses = link_uses(
        (post for person in sorted(post_index.on_topic) for post in post_index.on_topic[person]), post_index
    )
    rare = term_series(table, rare_phrases(table, excluded_words))
    return *first_link_mentions(uses, post_index, graph), *first_phrase_mentions(rare, post_index, graph)


def topic_terms(topic: Topic) -> frozenset[str]:
    """The topic's name and keywords as terms are spelled."""
    return frozenset(" ".join(tokens(keyword)) for keyword in (*topic.topic.keywords, topic.topic.name))


def is_more_specific(term: str, keywords: frozenset[str], language: Language) -> bool:
    """Whether a term says more than the topic itself: "rust compiler" does, "rust" and "rust code" do not."""
    if term in keywords:
        return False
    rest = [word for word in term.split() if word not in keywords]
    return len(rest) == len(term.split()) or (bool(rest) and language.subject_words.can_name_subject(" ".join(rest)))


def off_topic_counts(post_index: PostIndex, table: TermTable) -> Ids | None:
    """Counts of the topic's terms in off-topic posts; None where there are too few to compare with."""
    off = [post for post in post_index.corpus.posts if post.relevance < 0.25]
    step = max(1, len(off) // OFF_TOPIC_POSTS)
    sample = off[::step][:OFF_TOPIC_POSTS]
    if len(sample) < ENOUGH_OFF_TOPIC:
        return None
    other = count_terms(sample, post_index.languages.of, {}, min_posts=1, find_subjects=False)
    place = {term: index for index, term in enumerate(table.terms)}
    counts = np.zeros(len(table.terms), dtype=np.int64)
    totals = np.add.reduceat(other.count, other.start[:-1]) if len(other.count) else other.count
    for term, total in zip(other.terms, totals, strict=True):
        if (index := place.get(term)) is not None:
            counts[index] = total
    return counts
