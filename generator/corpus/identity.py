"""Identity resolution: authors of several sites that are one person become one, and get a permanent slug.

Sites are joined on evidence that both sides give (see `identity_evidence`), and by the topic file, which wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.config import Override
from generator.corpus.identity_evidence import identity_evidence
from generator.corpus.site_authors import SiteAuthor
from generator.page_names import page_name
from generator.records import Confirmation, Extraction, PersonId, PublisherKind, SiteId
from generator.text import slug
from generator.urls import SiteIndex, canonical_url, host_of

JOINED = 0.95  # confidence of two sites joined by evidence from both
NAMED = 0.5  # confidence from which a name is preferred to that of the author with the most posts


@dataclass(frozen=True, slots=True)
class ResolvedPerson:
    """The authors that are one person, with the evidence for it and what the person is called.

    Attributes:
        key: the smallest of the authors' keys.
        authors: in order of key.
    """

    key: str
    authors: tuple[SiteAuthor, ...]
    confirmations: tuple[Confirmation, ...]
    name: str
    kind: PublisherKind
    kind_reason: str


class _Groups:
    """Disjoint sets of author keys (union-find); the smallest key stands for its set."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        """The key that stands for the set of a key."""
        while (parent := self._parent[key]) != key:
            self._parent[key] = self._parent[parent]
            key = parent
        return key

    def join(self, one: str, other: str) -> None:
        """Make one set of the sets of two keys."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def resolve_people(
    authors: Sequence[SiteAuthor],
    pages: Mapping[SiteId, Sequence[Extraction]],
    index: SiteIndex,
    overrides: Sequence[Override],
) -> tuple[ResolvedPerson, ...]:
    """Group authors into people, in order of key.

    Args:
        authors: who writes on which site.
        pages: what was read of each site.
        index: which site an address is on.
        overrides: `people:` of the topic file; they win over all evidence.
    """
    groups = _Groups(author.key for author in authors)
    reasons: list[tuple[str, Confirmation]] = []
    for one, other, evidence in identity_evidence(authors, pages, index):
        groups.join(one.key, other.key)
        reasons.append((one.key, Confirmation(other.site, evidence, JOINED, one.page)))
    for override in overrides:
        sites = _sites_at(override.same, index)
        same = [author.key for author in authors if author.owns_site and author.site in sites]
        for other_key in same[1:]:
            groups.join(same[0], other_key)
            reasons.append((same[0], Confirmation(other_key, "said by the analyst", 1.0)))
    members: dict[str, list[SiteAuthor]] = defaultdict(list)
    for author in authors:
        members[groups.root(author.key)].append(author)
    why: dict[str, list[Confirmation]] = defaultdict(list)
    for key, confirmation in reasons:
        why[groups.root(key)].append(confirmation)
    meant = [(override, _sites_at((*override.same, override.site or ""), index)) for override in overrides]
    return tuple(_resolved(members[root], why[root], meant) for root in sorted(members))


def _sites_at(addresses: Iterable[str], index: SiteIndex) -> frozenset[SiteId]:
    """The known sites at addresses of the topic file."""
    urls = [canonical_url(address) for address in addresses]
    return frozenset(site for url in urls if url and (site := index.site_of(url)) is not None)


def _resolved(
    authors: Sequence[SiteAuthor],
    reasons: Sequence[Confirmation],
    meant: Sequence[tuple[Override, frozenset[SiteId]]],
) -> ResolvedPerson:
    """One person of their authors: the name of highest confidence, unless the topic file gives another."""
    ordered = sorted(authors, key=lambda v: (-v.confidence, -len(v.posts), v.key))
    main = max(ordered, key=lambda v: (len(v.posts), v.key))
    named = next((author for author in ordered if author.confidence >= NAMED), main)
    name, kind, why = named.name, main.kind, main.kind_reason
    confirmations = [Confirmation(v.name, v.name_how, v.confidence, v.page) for v in ordered] + list(reasons)
    owned = {author.site for author in authors if author.owns_site}
    for override, sites in meant:
        if not sites & owned:
            continue
        if override.name:
            name = override.name
            confirmations.insert(0, Confirmation(name, "name given by the analyst", 1.0))
        if override.kind:
            kind, why = PublisherKind(override.kind), "said by the analyst"
    by_key = tuple(sorted(authors, key=lambda author: author.key))
    return ResolvedPerson(by_key[0].key, by_key, tuple(confirmations), name, kind, why)


def assign_slugs(people: Sequence[ResolvedPerson], known: Mapping[str, PersonId]) -> dict[str, PersonId]:
    """A slug per identity key: the one it had, else one made from the name, with the host where that is taken.

    A slug once given to an identity is never given to another, also when its owner is gone.

    Args:
        people: all people of this run.
        known: slug by identity key, from earlier runs.
    """
    taken = set(known.values())
    given: set[PersonId] = set()
    out: dict[str, PersonId] = {}
    for person in sorted(people, key=lambda p: p.key):
        keys = [person.key, *(author.key for author in person.authors)]
        found = next((known[key] for key in keys if key in known and known[key] not in given), None)
        if found is None:
            host = slug(host_of(f"https://{person.key}"))
            base = slug(person.name, 40) or host[:40]
            found = PersonId(page_name((base, f"{base}-{host}"), taken, otherwise="someone"))
        taken.add(found)
        given.add(found)
        out[person.key] = found
    return out
