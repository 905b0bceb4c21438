"""All of insight in order: who says what, how it changes, what the circle talks about, what to know before writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np

from generator.config import Topic
from generator.insight.bursts import find_bursts
from generator.insight.changes import changes_since
from generator.insight.circle_talk import circle_questions
from generator.insight.lately import circle_links, key_items, lately_window
from generator.insight.lexicon import Lexicon, lexicon
from generator.insight.personality import read_personalities
from generator.insight.phrases import Usage, shares_of_writers, usage_by_person
from generator.insight.profiles import make_profiles
from generator.insight.relationships import relationships
from generator.insight.terms import Ids, TermTable, count_terms, naming_words, rare_name_parts
from generator.insight.texts import Library, open_library
from generator.insight.trees import conversation_trees
from generator.insight.trends import candidates, month_index, periods_of, periods_of_posts, term_trends
from generator.insight.whys import whys
from generator.insight.worksheets import make_worksheets
from generator.records import (
    Circles,
    CitationGraph,
    Conversation,
    Corpus,
    Door,
    HistoryEntry,
    Insight,
    Judgement,
    PastRun,
    PersonId,
)
from generator.text import names_a_subject, tokens

OFF_TOPIC_POSTS = 1_000  # read to learn which words the topic does not own; more change nothing
ENOUGH_OFF_TOPIC = 100


def gather_insight(
    corpus: Corpus,
    graph: CitationGraph,
    circles: Circles,
    judgement: Judgement,
    *,
    topic: Topic,
    doors: Sequence[tuple[PersonId, Door]],
    past: Sequence[PastRun],
    history: Sequence[HistoryEntry],
    known_as: Mapping[str, PersonId] = MappingProxyType({}),
    as_of: date,
) -> Insight:
    """All that insight says of everybody scored.

    Args:
        corpus: people and posts; what is dated after `as_of` is not read.
        graph: citations, labelled by `label_circumstances`.
        circles: who belongs together.
        judgement: who stands where.
        topic: the client's brief and the topic's words.
        doors: as `read_doors` gave them.
        past: finished runs before this one, in any order.
        history: the analyst's notes.
        known_as: present slugs by what people were called in earlier runs.
        as_of: the day the report speaks of.
    """
    words = lexicon()
    library = open_library(corpus, as_of=as_of)
    posts = [post for person in sorted(library.topical) for post in library.topical[person]]
    table = count_terms(posts, words, library.habitual)
    usage = usage_by_person(table, [person.id for person in corpus.people])
    unwanted = (
        words.sensitive | naming_words(corpus.people) | rare_name_parts(corpus.people, shares_of_writers(table, usage))
    )
    scored = tuple(standing.person for standing in judgement.standings)
    keywords = topic_words(topic)
    hollow = frozenset(term for term in table.terms if not says_more(term, keywords))
    profiles = make_profiles(library, graph, circles, table, usage, scored=scored, doors=dict(doors),
                             unwanted=unwanted, hollow=hollow, words=words)  # fmt: skip
    by_person = {profile.person: profile for profile in profiles}
    kept = relationships(history, library, known_as)
    said = whys(library, graph, circles, judgement, by_person)
    return Insight(
        profiles=profiles,
        whys=said,
        conversation=_conversation(library, graph, table, usage, topic, unwanted, words),
        worksheets=make_worksheets(library, graph, circles, judgement, table, topic=topic, profiles=by_person,
                                   whys=dict(said), kept=kept, words=words),
        changes=changes_since(past, judgement, graph, library),
        circle_questions=circle_questions(circles, by_person),
        circle_links=circle_links(library, circles),
        relationships=kept,
        personalities=read_personalities(library) if topic.insight.personality else (),
    )  # fmt: skip


def _conversation(
    library: Library,
    graph: CitationGraph,
    table: TermTable,
    usage: Usage,
    topic: Topic,
    unwanted: frozenset[str],
    words: Lexicon,
) -> Conversation:
    """What the circle talks about, now and over the window."""
    window = library.corpus.window
    periods = periods_of((window[0], min(window[1], library.as_of)))
    keywords = topic_words(topic)
    chosen = [term for term in candidates(table, usage, _elsewhere(library, table, words), unwanted)
              if says_more(table.terms[term], keywords)]  # fmt: skip
    months, month_of_post = month_index(table, window)
    span = lately_window(library, library.as_of)
    at = periods_of_posts(table, periods)
    return Conversation(
        periods=periods,
        trends=term_trends(table, usage, chosen, periods),
        bursts=find_bursts(table, chosen, months, month_of_post),
        trees=conversation_trees(graph, library),
        lately=key_items(library, graph, table, chosen, span),
        lately_window=span,
        posts_per_period=tuple(int(count) for count in np.bincount(at[at >= 0], minlength=len(periods))),
    )


def topic_words(topic: Topic) -> frozenset[str]:
    """The topic's name and keywords as terms are spelled."""
    return frozenset(" ".join(tokens(keyword)) for keyword in (*topic.topic.keywords, topic.topic.name))


def says_more(term: str, keywords: frozenset[str]) -> bool:
    """Whether a term says more than the topic itself: "rust compiler" does, "rust" and "rust code" do not."""
    if term in keywords:
        return False
    rest = [word for word in term.split() if word not in keywords]
    return len(rest) == len(term.split()) or (bool(rest) and names_a_subject(" ".join(rest)))


def _elsewhere(library: Library, table: TermTable, words: Lexicon) -> Ids | None:
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
