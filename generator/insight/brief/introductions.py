"""Warm paths: the shortest chain from people the analyst knows to a person, each step with its citation.

A step joins two persons where one credits, thanks, praises or answers the other, or where both cite each
other. People of the never-contact list and organisations are not on a path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.insight.terms.post_index import PostIndex
from generator.records import (
    CitationFunction,
    Evidence,
    LabelledCitation,
    LabelledGraph,
    PathStep,
    Person,
    PersonId,
    PublisherKind,
    SiteId,
)
from generator.text import slug
from generator.urls import canonical_url, host_of, site_for, url_key

LONGEST = 4  # steps; a longer chain is not an introduction
WARM = (CitationFunction.CREDITS, CitationFunction.THANKS, CitationFunction.REPLIES, CitationFunction.AGREES)


@dataclass(frozen=True, slots=True)
class IntroductionPaths:
    """Pairs of people that are joined, each with its best citation."""

    steps: Mapping[PersonId, Mapping[PersonId, LabelledCitation]]


def introduction_paths(graph: LabelledGraph, post_index: PostIndex, barred: frozenset[PersonId]) -> IntroductionPaths:
    """All warm joins between persons, those barred left out."""
    between: dict[tuple[PersonId, PersonId], list[LabelledCitation]] = defaultdict(list)
    for citation in (*graph.citations, *graph.secondary_citations):
        if citation.function is not CitationFunction.LISTS and citation.function is not CitationFunction.DISAGREES:
            between[citation.citing, citation.cited].append(citation)
    steps: dict[PersonId, dict[PersonId, LabelledCitation]] = defaultdict(dict)
    for (citing, cited), citations in sorted(between.items()):
        if any(_barred(person, post_index, barred) for person in (citing, cited)):
            continue
        warm = [citation for citation in citations if citation.function in WARM]
        if not warm and (cited, citing) not in between:
            continue
        best = max(warm or citations, key=_warmth)
        for one, other in ((citing, cited), (cited, citing)):
            known = steps[one].get(other)
            if known is None or _warmth(best) > _warmth(known):
                steps[one][other] = best
    return IntroductionPaths({person: dict(sorted(joined.items())) for person, joined in sorted(steps.items())})


def _barred(person: PersonId, post_index: PostIndex, barred: frozenset[PersonId]) -> bool:
    """Whether a person may not stand on a path."""
    known = post_index.people.get(person)
    return person in barred or known is None or known.kind is not PublisherKind.PERSON


def _warmth(citation: LabelledCitation) -> tuple[int, date, str, str]:
    """Warmer first: what it does, then how recent."""
    place = len(WARM) - WARM.index(citation.function) if citation.function in WARM else 0
    return place, citation.published_on or date.min, citation.post, citation.target


def introduction_path(known: Iterable[PersonId], target: PersonId, joins: IntroductionPaths) -> tuple[PathStep, ...]:
    """The shortest path from any known person to a person; empty without one, or where they are known.

    Of paths equally short the one whose people come first by slug is taken, so that nothing hangs on order.
    """
    starts = sorted(set(known))
    if target in starts:
        return ()
    came_from: dict[PersonId, PersonId | None] = dict.fromkeys(starts)
    edge = starts
    for _ in range(LONGEST):
        following: list[PersonId] = []
        for person in edge:
            for other in joins.steps.get(person, {}):
                if other not in came_from:
                    came_from[other] = person
                    following.append(other)
        if target in came_from:
            return _steps(target, came_from, joins)
        edge = sorted(following)
    return ()


def _steps(
    target: PersonId, came_from: Mapping[PersonId, PersonId | None], joins: IntroductionPaths
) -> tuple[PathStep, ...]:
    """The steps of a path found, in the order it is walked."""
    steps: list[PathStep] = []
    person = target
    while (before := came_from[person]) is not None:
        citation = joins.steps[before][person]
        steps.append(PathStep(before, person, evidence_of(citation)))
        person = before
    return tuple(reversed(steps))


def evidence_of(citation: LabelledCitation) -> Evidence:
    """A citation as it is shown."""
    return Evidence(
        citation.function,
        citation.citing,
        citation.post,
        citation.post_title,
        citation.published_on,
        citation.quote,
        citation.target,
    )


def nearest_in_circle(
    target: PersonId,
    members: Sequence[PersonId],
    graph: LabelledGraph,
    post_index: PostIndex,
    barred: frozenset[PersonId],
) -> PersonId | None:
    """The person of their circle with the strongest ties to them, either way."""
    strength: dict[PersonId, float] = defaultdict(float)
    for tie in graph.ties:
        if target in (tie.citing, tie.cited):
            strength[tie.citing if tie.cited == target else tie.cited] += tie.weight
    inside = [person for person in members if strength.get(person) and not _barred(person, post_index, barred)]
    return max(inside, key=lambda person: (strength[person], person), default=None)


def find_people(written: Iterable[str], post_index: PostIndex) -> frozenset[PersonId]:
    """The people the analyst names by slug, name or address; those unknown to the corpus are left out."""
    roots: dict[SiteId, PersonId] = {}
    accounts: dict[str, PersonId] = {}
    names: dict[str, list[PersonId]] = defaultdict(list)
    handles: dict[str, list[PersonId]] = defaultdict(list)
    aliases = {site.id: site.aliases for site in post_index.corpus.sites}
    for person in post_index.corpus.people:
        for own in person.sites:
            roots.update((SiteId(root), person.id) for root in (own, *aliases.get(own, ())))
        for handle in _handles(person):
            handles[handle].append(person.id)
        accounts.update((url_key(account), person.id) for account in person.accounts)
        for name in {person.name.casefold(), *(other.casefold() for other in person.other_names)}:
            names[name].append(person.id)
    found: set[PersonId | None] = set()
    for text in written:
        if text in post_index.people:
            found.add(PersonId(text))
        elif (url := canonical_url(text)) is not None:
            site = site_for(url, roots)
            found.add(accounts.get(url_key(url)) or (roots[site] if site else None))
        else:
            found.add(_called(text.strip().casefold(), post_index, names, handles))
    return frozenset(person for person in found if person)


def _called(
    text: str, post_index: PostIndex, names: Mapping[str, list[PersonId]], handles: Mapping[str, list[PersonId]]
) -> PersonId | None:
    """Who has a name, else a slug made of it, else a handle; of two people alike the analyst has to say which."""
    for same in (names.get(text, []), [PersonId(slug(text))], handles.get(text.lstrip("@"), [])):
        if len(same) == 1 and same[0] in post_index.people:
            return same[0]
    return None


def _handles(person: Person) -> set[str]:
    """The handle of a person with an account, or with a host below a shared one."""
    ends = [url_key(account).rpartition("/")[2].lstrip("@") for account in person.accounts]
    hosts = [host_of(site).split(".")[0] for site in person.sites]
    return {name.casefold() for name in (*ends, *hosts)} - {"", "blog"}
