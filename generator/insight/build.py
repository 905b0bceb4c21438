"""All of insight in order: who says what, how it changes, what the circle talks about, what to know before writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np

from generator.config import Topic
from generator.insight.brief.contact_log import relationships
from generator.insight.brief.worksheets import make_worksheets
from generator.insight.conversation.circle_questions import circle_questions
from generator.insight.conversation.overview import build_conversation, is_more_specific, off_topic_counts, topic_terms
from generator.insight.conversation.recent import circle_links
from generator.insight.history.runs import compare_with_history, run_record
from generator.insight.profile.personality import read_personalities
from generator.insight.profile.profiles import make_profiles
from generator.insight.profile.rationale import rationales
from generator.insight.terms.keyness import log_odds, shares_of_writers, usage_by_person
from generator.insight.terms.post_index import index_posts
from generator.insight.terms.term_counts import count_terms, naming_words, rare_name_parts
from generator.languages.patterns import load_language
from generator.records import (
    Circles,
    Corpus,
    Door,
    HistoryEntry,
    Insight,
    Judgement,
    LabelledGraph,
    PastRun,
    PersonId,
)


def build_insight(
    corpus: Corpus,
    graph: LabelledGraph,
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
    words = load_language()
    post_index = index_posts(corpus, as_of=as_of)
    posts = [post for person in sorted(post_index.topical) for post in post_index.topical[person]]
    table = count_terms(posts, words, post_index.habitual)
    usage = usage_by_person(table, [person.id for person in corpus.people])
    unwanted = (
        words.sensitive | naming_words(corpus.people) | rare_name_parts(corpus.people, shares_of_writers(table, usage))
    )
    scored = tuple(standing.person for standing in judgement.standings)
    keywords = topic_terms(topic)
    hollow = frozenset(term for term in table.terms if not is_more_specific(term, keywords))
    elsewhere = off_topic_counts(post_index, table, words)
    owned = (
        None
        if elsewhere is None
        else log_odds(usage.everyone, elsewhere.astype(np.float64), usage.everyone + elsewhere)
    )
    profiles = make_profiles(
        post_index,
        graph,
        circles,
        table,
        usage,
        scored=scored,
        doors=dict(doors),
        unwanted=unwanted,
        hollow=hollow,
        owned=owned,
        words=words,
    )
    by_person = {profile.person: profile for profile in profiles}
    kept = relationships(history, post_index, known_as)
    verdict = run_record(judgement, circles, graph, post_index)
    history_told = compare_with_history(past, verdict, post_index)
    said = rationales(post_index, graph, circles, judgement, by_person)
    return Insight(
        profiles=profiles,
        rationales=said,
        conversation=build_conversation(
            post_index,
            graph,
            circles,
            table,
            usage,
            profiles,
            topic=topic,
            unwanted=unwanted,
            hollow=hollow,
            elsewhere=elsewhere,
            words=words,
        ),
        worksheets=make_worksheets(
            post_index,
            graph,
            circles,
            judgement,
            topic=topic,
            profiles=by_person,
            rationales=dict(said),
            kept=kept,
            words=words,
        ),
        changes=history_told.last,
        verdict=verdict,
        earlier=history_told.earlier,
        steps=history_told.steps,
        circle_questions=circle_questions(circles, by_person),
        circle_links=circle_links(post_index, circles),
        relationships=kept,
        personalities=read_personalities(post_index) if topic.insight.personality else (),
    )
