"""Phrases that set a person apart from their circle, a circle from the rest, a topic from what surrounds it.

Log-odds with an informative Dirichlet prior; the figure shown is its z.
Source: Monroe, Colaresi and Quinn (2008), Fightin' Words, sections 3.3 to 3.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from generator.insight.terms.term_counts import Ids, TermTable, merge_contained_terms
from generator.records import PersonId, Phrase

PRIOR_WORDS = 500.0  # weight of the prior in words: below it a writer is pulled to the common vocabulary
PHRASES = 12
MIN_Z = 1.96  # the usual 95 % level
# Mean uses in a post that holds it, from which a common word is written of: 1.5 where the topic owns it or a title
# heads with it, 2 elsewhere. Of 120 single words read on a real archive those below were mostly said in passing.
DWELT_ON, DWELT_ON_ALONE = 1.5, 2.0
DWELT_ON_TOGETHER = 1.2  # likewise of a phrase of common words: once a post is a turn of speech, "table of contents"
FOREIGN_Z = -3.0  # against off-topic posts: a common word that stands there far more is not a subject here
OWNED_Z = 1.0  # from which a common word belongs to the topic
HEADS, FEWEST_DWELT = 2, 3  # titles or tags that make a word a subject; posts in which one is dwelt on
LONG_TERM_BONUS = 1.25  # on z for two and three words: they say what one word only hints at

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TermUsage:
    """Counts of each term by each person, as a dense matrix persons × terms, and posts likewise.

    `everyone` is the counts of all together by term, `rarity` from 0.2 for terms all people use to 1 for one
    person's own (habitual words are not a subject), `written` the posts of each person.
    """

    people: tuple[PersonId, ...]
    counts: Floats
    posts: Floats
    everyone: Floats
    rarity: Floats
    written: Ids


def usage_by_person(table: TermTable, people: Sequence[PersonId]) -> TermUsage:
    """Who uses which term how often."""
    row = {person: index for index, person in enumerate(people)}
    owner = np.array([row.get(post.author, -1) for post in table.posts] or [-1], dtype=np.int64)
    entry_term, entry_row = table.term_of_entry(), owner[table.post_of] if len(table.post_of) else table.post_of
    flat = entry_row * len(table.terms) + entry_term
    inside = entry_row >= 0
    shape, size = (len(people), len(table.terms)), len(people) * len(table.terms)
    counts = np.bincount(flat[inside], weights=table.count[inside].astype(np.float64), minlength=size).reshape(shape)
    posts = np.bincount(flat[inside], minlength=size).reshape(shape).astype(np.float64)
    writers, users = max(int(posts.any(axis=1).sum()), 2), np.maximum((posts > 0).sum(axis=0), 1)
    rarity = np.clip(np.log((writers + 1) / users) / np.log(writers + 1), 0.2, 1.0)
    written = np.bincount(owner[owner >= 0], minlength=len(people)).astype(np.int64)
    return TermUsage(tuple(people), counts.astype(np.float64), posts, counts.sum(axis=0), rarity, written)


def shares_of_writers(table: TermTable, usage: TermUsage) -> dict[str, float]:
    """Which share of all who write uses each single word."""
    writers = max(int((usage.posts.sum(axis=1) > 0).sum()), 1)
    users = (usage.posts > 0).sum(axis=0)
    return {text: float(users[index]) / writers for index, text in enumerate(table.terms) if " " not in text}


def log_odds(theirs: Floats, background: Floats, everyone: Floats) -> Floats:
    """Z of the log-odds of each term in one body of text against another.

    Args:
        theirs: counts by term of the one.
        background: counts by term of the other; neither contains the other.
        everyone: counts by term of all text, the prior's proportions.

    Returns:
        One z per term; positive where `theirs` uses it more.
    """
    total = max(float(everyone.sum()), 1.0)
    prior = PRIOR_WORDS * everyone / total + 0.01
    mine, rest = theirs + prior, background + prior
    mine_total, rest_total = float(mine.sum()), float(rest.sum())
    delta = np.log(mine / np.maximum(mine_total - mine, 1e-9)) - np.log(rest / np.maximum(rest_total - rest, 1e-9))
    z: Floats = delta / np.sqrt(1.0 / mine + 1.0 / rest)
    return z


def distinctive_phrases(
    table: TermTable,
    usage: TermUsage,
    person: PersonId,
    background: Floats,
    *,
    excluded_words: frozenset[str],
    generic_terms: frozenset[str] = frozenset(),
    title_counts: Mapping[str, int] = MappingProxyType({}),
    topic_z: Floats | None = None,
) -> tuple[Phrase, ...]:
    """The phrases that set one person apart, strongest first, at most twelve.

    Args:
        table: terms of all topical posts.
        usage: who uses them.
        person: whose phrases are sought.
        background: counts by term of those they are compared with, themselves left out.
        excluded_words: words that are never part of a subject: names, handles.
        generic_terms: whole terms that say no more than the topic does.
        title_counts: how many of their posts head with a word or phrase, in title or tag.
        topic_z: z of each term against off-topic posts; None where there are too few of those.
    """
    row = usage.people.index(person)
    theirs, posts = usage.counts[row], usage.posts[row]
    needed = 2 if usage.written[row] < 12 else 3
    z = log_odds(theirs, background, usage.everyone)
    candidates = np.flatnonzero((posts >= needed) & (z >= MIN_Z) & table.subject)
    ranked = sorted(
        (
            (int(t), float(z[t] * usage.rarity[t]) * (LONG_TERM_BONUS if " " in table.terms[t] else 1.0))
            for t in candidates
        ),
        key=lambda pair: (-pair[1], table.terms[pair[0]]),
    )
    wanted = [
        (table.terms[t], int(posts[t]))
        for t, _ in ranked[:200]
        if table.terms[t] not in generic_terms
        and _is_subject(table.terms[t], excluded_words)
        and (
            _says_what(table, t)
            or _is_written_of(
                table.terms[t],
                theirs[t] / posts[t],
                int(posts[t]),
                title_counts.get(table.terms[t], 0),
                None if topic_z is None else float(topic_z[t]),
            )
        )
    ]
    index: Mapping[str, int] = {table.terms[t]: t for t, _ in ranked[:200]}
    return tuple(
        _phrase(table, index[text], person, float(z[index[text]]), int(posts[index[text]]))
        for text in merge_contained_terms(wanted, PHRASES, code=table.code)
    )


def _phrase(table: TermTable, term: int, person: PersonId, z: float, posts: int) -> Phrase:
    """A phrase with the post that uses it most, the latest of equals."""
    span = slice(int(table.start[term]), int(table.start[term + 1]))
    uses = [
        (
            int(count),
            table.posts[index].published_on is not None,
            str(table.posts[index].published_on),
            table.posts[index].url,
        )
        for index, count in zip(table.post_of[span], table.count[span], strict=True)
        if table.posts[index].author == person
    ]
    return Phrase(table.shown[term], round(z, 2), posts, max(uses)[3] if uses else None)


def _says_what(table: TermTable, term: int) -> bool:
    """Whether a term needs no more proof of being a subject: there is a name in it, by its spelling."""
    shown = table.shown[term]
    return shown != shown.lower() or any(not (letter.isalpha() or letter in " -'’") for letter in shown)


def _is_written_of(term: str, uses: float, posts: int, heads: int, topic_z: float | None) -> bool:
    """Whether common words are a subject: posts head with them, or dwell on them, and not those of other subjects.

    Args:
        term: one word or several.
        uses: mean uses in a post that holds it.
        posts: how many do.
        heads: how many of them have it in title or tag.
        topic_z: its z against off-topic posts; None where there are too few of those.
    """
    if heads >= HEADS:
        return True
    if " " in term:
        return heads > 0 or uses >= DWELT_ON_TOGETHER
    if posts < FEWEST_DWELT and not heads:
        return False
    ours = topic_z is None or topic_z > (0.0 if heads else OWNED_Z)
    return uses >= (DWELT_ON if ours else DWELT_ON_ALONE) and (topic_z is None or topic_z > FOREIGN_Z)


def _is_subject(term: str, excluded_words: frozenset[str]) -> bool:
    """Whether a term may be shown as a person's subject."""
    return term not in excluded_words and not any(word in excluded_words for word in term.split()) and len(term) > 2
