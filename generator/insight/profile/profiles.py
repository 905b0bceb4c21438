"""What a profile says beyond standing, put together person by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

import numpy as np

from generator.insight.profile.activity import cadence, direction, monthly_activity
from generator.insight.profile.generosity import credit_given, undate_later_links
from generator.insight.profile.recommended_posts import PostCiters, citers_by_post, recommended_posts
from generator.insight.profile.statements import statements_of
from generator.insight.profile.style import style_facts
from generator.insight.terms.keyness import Floats, TermUsage, distinctive_phrases
from generator.insight.terms.post_index import PostIndex
from generator.insight.terms.term_counts import TermTable
from generator.languages.word_lists import sensitive_words
from generator.records import (
    Circles,
    Door,
    Generosity,
    LabelledCitation,
    LabelledGraph,
    PersonId,
    Phrase,
    ProfileInsight,
    PublisherKind,
    StyleFacts,
)
from generator.text import fold, tokens

TAGS = 12
LIFTED = 8
FEW_CIRCLE = 3  # other writers in a circle below which they are compared with all writers
LATER = 2  # people who must have cited the person later for it to be an early citation


def make_profiles(
    post_index: PostIndex,
    graph: LabelledGraph,
    circles: Circles,
    table: TermTable,
    usage: TermUsage,
    *,
    scored: tuple[PersonId, ...],
    doors: Mapping[PersonId, Door],
    excluded_words: frozenset[str],
    generic_terms: frozenset[str],
    topic_z: Floats | None,
) -> tuple[ProfileInsight, ...]:
    """One profile for each scored person, in rank order.

    `excluded_words` and `generic_terms` are never phrases; `topic_z` is the z of each term against off-topic posts.
    """
    circle_of = dict(circles.circle_of())
    citers = citers_by_post(graph, post_index, circles)
    received: dict[PersonId, list[LabelledCitation]] = defaultdict(list)
    told = undate_later_links(graph, post_index)
    for citation in told.citations:
        received[citation.cited].append(citation)
    styles = style_facts(post_index.on_topic, circle_of, post_index.boilerplate, post_index.languages.of)
    lifted = early_citations(told)
    given = credit_given(told, post_index, circle_of)
    backgrounds = _Backgrounds(usage, circle_of)
    return tuple(
        _profile(
            person,
            post_index,
            citers,
            received[person],
            doors[person],
            phrases=distinctive_phrases(
                table,
                usage,
                person,
                backgrounds.of(person),
                excluded_words=excluded_words | _own_names(person, post_index),
                generic_terms=generic_terms,
                title_counts=_headed(person, post_index),
                topic_z=topic_z,
            )
            if person in usage.people
            else (),
            style=styles.get(person),
            lifted=lifted.get(person, ()),
            given=given.get(person),
        )
        for person in scored
    )


def _profile(
    person: PersonId,
    post_index: PostIndex,
    citers: PostCiters,
    received: list[LabelledCitation],
    door: Door,
    *,
    phrases: tuple[Phrase, ...],
    style: StyleFacts | None,
    lifted: tuple[PersonId, ...],
    given: Generosity | None,
) -> ProfileInsight:
    """One profile."""
    posts, window = post_index.by_author.get(person, ()), post_index.corpus.window
    said = statements_of(person, post_index)
    way, because = direction((*posts, *post_index.guest_posts.get(person, ())), window, post_index.as_of)
    return ProfileInsight(
        person=person,
        phrases=phrases,
        tags=favourite_tags(person, post_index),
        read_first=recommended_posts(person, post_index, citers),
        questions=said.questions,
        champions=said.champions,
        activity=monthly_activity(posts, received, window),
        direction=way,
        direction_because=because,
        cadence=cadence(posts, post_index.as_of),
        style=style,
        door=door,
        early_citations=tuple(
            who for who in lifted if who in post_index.people and post_index.people[who].kind is PublisherKind.PERSON
        ),
        wishes=said.wishes,
        generosity=given,
    )


class _Backgrounds:
    """Counts by term of the writers a person is compared with: their circle, or all writers where it is small."""

    def __init__(self, usage: TermUsage, circle_of: Mapping[PersonId, str]) -> None:
        self._usage = usage
        self._everybody: Floats = usage.counts.sum(axis=0)
        self._row = {person: row for row, person in enumerate(usage.people)}
        rows: dict[str, list[int]] = defaultdict(list)
        for row, person in enumerate(usage.people):
            if usage.posts[row].any() and circle_of.get(person, "others") != "others":
                rows[circle_of[person]].append(row)
        self._circle_of, self._rows = circle_of, rows
        self._sums = {circle: usage.counts[np.array(members)].sum(axis=0) for circle, members in rows.items()}

    def of(self, person: PersonId) -> Floats:
        """The background of one person, themselves left out."""
        circle, mine = self._circle_of.get(person, "others"), self._usage.counts[self._row[person]]
        total: Floats = self._everybody
        if len(self._rows.get(circle, ())) > FEW_CIRCLE:
            total = self._sums[circle]
        rest: Floats = np.maximum(total - mine, 0.0)
        return rest


def _own_names(person: PersonId, post_index: PostIndex) -> frozenset[str]:
    """The words of a person's names and of their sites' titles, which are not a subject."""
    known = post_index.people[person]
    found: set[str] = set()
    for name in (known.name, *known.other_names):
        found |= set(tokens(name))
    titles = {site.id: site.title for site in post_index.corpus.sites}
    found |= {" ".join(tokens(titles.get(site, ""))) for site in known.sites}
    return frozenset(found - {""})


def _headed(person: PersonId, post_index: PostIndex) -> Counter[str]:
    """How many of a person's posts hold a run of one to three words in their title or a tag."""
    found: Counter[str] = Counter()
    for post in post_index.on_topic.get(person, ()):
        heads: set[str] = set()
        for text in (post.title, *post.tags):
            words = tokens(text)
            heads.update(" ".join(words[at : at + n]) for n in (1, 2, 3) for at in range(len(words) - n + 1))
        found.update(heads)
    return found


def favourite_tags(person: PersonId, post_index: PostIndex) -> tuple[str, ...]:
    """What they file their topical posts under, most used first; a tag used once says little."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for post in post_index.on_topic.get(person, ()):
        for tag in post.tags:
            text = fold(tag).lstrip("#")
            if 1 < len(text) <= 40 and sensitive_words().isdisjoint(text.casefold().split()):
                spelled[text.casefold()][text] += 1
    used = {key: sum(forms.values()) for key, forms in spelled.items()}
    ranked = sorted((key for key in used if used[key] >= 2), key=lambda key: (-used[key], key))
    return tuple(min(spelled[key], key=lambda form: (-spelled[key][form], form)) for key in ranked[:TAGS])


def early_citations(graph: LabelledGraph) -> dict[PersonId, tuple[PersonId, ...]]:
    """The people each person cited before most others did: in the first half of their citers, two or more following."""
    first: dict[PersonId, dict[PersonId, date]] = defaultdict(dict)
    for citation in graph.citations:
        when = citation.published_on
        if when and citation.citing_on_topic:
            known = first[citation.cited].get(citation.citing)
            first[citation.cited][citation.citing] = min(known, when) if known else when
    found: dict[PersonId, list[tuple[int, PersonId]]] = defaultdict(list)
    for cited, citers in first.items():
        for citing, when in citers.items():
            later = sum(other > when for person, other in citers.items() if person != citing)
            if later >= LATER and later * 2 > len(citers) - 1:
                found[citing].append((-later, cited))
    return {person: tuple(cited for _, cited in sorted(entries)[:LIFTED]) for person, entries in found.items()}
