"""Which posts each analysis left out because no data files for their language ship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from generator.config import Topic
from generator.insight.profile.personality import trait_lists
from generator.insight.terms.post_index import PostIndex
from generator.languages.language import base_code, language_of
from generator.records import AnalysisKind, CitationGraph, NotAnalysed, PersonId


def brief_language_code(topic: Topic, post_index: PostIndex) -> str:
    """Code of the language the client's brief is taken to be in: the topic's first language, else the corpus's main."""
    return base_code(topic.topic.languages[0]) if topic.topic.languages else post_index.languages.corpus_code


def not_analysed(
    post_index: PostIndex,
    graph: CitationGraph,
    brief_code: str,
    *,
    scored: Collection[PersonId],
    personality: bool,
) -> tuple[NotAnalysed, ...]:
    """What was left out, by analysis, then language.

    Args:
        post_index: people and posts.
        graph: citations.
        brief_code: language of the client's brief.
        scored: people of the judgement; no other person's door is shown.
        personality: whether the topic asks for the personality reading.
    """
    languages = post_index.languages
    citing = {citation.post for citation in (*graph.citations, *graph.secondary_citations)}
    on_topic = [languages.code_of(post) for posts in post_index.on_topic.values() for post in posts]
    brief = not post_index.corpus.people or language_of(brief_code)
    unread = {
        AnalysisKind.CITATION_FUNCTIONS: Counter(
            languages.code_of(post_index.posts[url])
            for url in citing
            if url in post_index.posts and languages.of_citations(post_index.posts[url]) is None
        ),
        AnalysisKind.CONTACT_POLICIES: _without_rules(
            languages.main_code(page.owner) for page in post_index.corpus.pages if page.owner in scored
        ),
        AnalysisKind.TERMS: _without_rules(on_topic),
        AnalysisKind.STATEMENTS: _without_rules(on_topic),
        AnalysisKind.STYLE: _without_rules(on_topic),
        AnalysisKind.BRIEF: {} if brief else {brief_code: 0},
        AnalysisKind.PERSONALITY: Counter(code for code in on_topic if personality and trait_lists(code) is None),
    }
    return tuple(
        NotAnalysed(what, code, count) for what, counts in unread.items() for code, count in sorted(counts.items())
    )


def _without_rules(codes: Iterable[str]) -> Counter[str]:
    """How many of the languages given have no data files, by code."""
    return Counter(code for code in codes if language_of(code) is None)
