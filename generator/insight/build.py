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
from generator.insight.not_analysed import brief_language_code, not_analysed
from generator.insight.profile.personality import read_personalities
from generator.insight.profile.profiles import make_profiles
from generator.insight.profile.rationale import rationales
from generator.insight.terms.keyness import log_odds, shares_of_writers, usage_by_person
from generator.insight.terms.post_index import PostIndex, index_posts
from generator.insight.terms.term_counts import count_terms, name_terms, rare_name_parts
from generator.languages.language import language_of
from generator.languages.registry import language_codes
from generator.languages.word_lists import sensitive_words
from generator.records import (
    Circles,
    Corpus,
    Door,
    HistoryEntry,
    Insight,
    Judgement,
    LabelledGraph,
    PastRun,
    PersonalityReading,
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
    """Everything insight says about the scored people.

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
    post_index = index_posts(corpus, as_of=as_of)
    posts = [post for person in sorted(post_index.on_topic) for post in post_index.on_topic[person]]
    table = count_terms(posts, post_index.languages.of, post_index.boilerplate)
    usage = usage_by_person(table, [person.id for person in corpus.people])
    excluded_words = (
        sensitive_words() | name_terms(corpus.people) | rare_name_parts(corpus.people, shares_of_writers(table, usage))
    )
    scored = tuple(standing.person for standing in judgement.standings)
    keywords = topic_terms(topic)
    generic_terms = frozenset(
        term
        for term, language in zip(table.terms, table.languages, strict=True)
        if not is_more_specific(term, keywords, language)
    )
    background_counts = off_topic_counts(post_index, table)
    topic_z = (
        None
        if background_counts is None
        else log_odds(usage.everyone, background_counts.astype(np.float64), usage.everyone + background_counts)
    )
    brief_code = brief_language_code(topic, post_index)
    profiles = make_profiles(
        post_index,
        graph,
        circles,
        table,
        usage,
        scored=scored,
        doors=dict(doors),
        excluded_words=excluded_words,
        generic_terms=generic_terms,
        topic_z=topic_z,
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
            excluded_words=excluded_words,
            generic_terms=generic_terms,
            background_counts=background_counts,
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
            language=language_of(brief_code),
        ),
        changes=history_told.last,
        verdict=verdict,
        earlier=history_told.earlier,
        steps=history_told.steps,
        circle_questions=circle_questions(circles, by_person),
        circle_links=circle_links(post_index, circles),
        relationships=kept,
        not_analysed=not_analysed(post_index, graph, brief_code, scored=scored, personality=topic.insight.personality),
        personalities=_personalities(post_index) if topic.insight.personality else (),
    )


def _personalities(post_index: PostIndex) -> tuple[PersonalityReading, ...]:
    """Readings in every language that ships trait lists."""
    return tuple(one for code in language_codes() for one in read_personalities(post_index, code))
