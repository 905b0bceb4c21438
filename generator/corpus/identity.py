"""Voices to people: sites joined on reciprocal evidence only, the analyst's hand above everything.

The same name alone never joins two sites, and one-way claims never do: anybody can link to anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.config import Override
from generator.corpus.names import name_key
from generator.corpus.site_authors import SiteAuthor
from generator.records import Confirmation, ContactKind, Extraction, PageKind, PersonId, PublisherKind, SiteId, Url
from generator.text import slug
from generator.urls import SiteIndex, canonical_url, host_of, is_account, is_platform, url_key

OTHER_BLOG = re.compile(
    r"\b(my (?:other|second|personal|main|old|new|own) (?:blog|site|journal|page|home)|"
    r"i also (?:write|blog)|also (?:write|blog)s? at|"
    r"my blog (?:about|on)|i (?:blog|write) (?:about .{1,40} )?(?:at|on)|mein anderes blog)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ResolvedPerson:
    """One person in the making: the voices that are theirs and why."""

    key: str
    authors: tuple[SiteAuthor, ...]
    confirmations: tuple[Confirmation, ...]
    name: str
    kind: PublisherKind
    kind_reason: str


def resolve_people(
    authors: Sequence[SiteAuthor],
    pages: Mapping[SiteId, Sequence[Extraction]],
    index: SiteIndex,
    overrides: Sequence[Override],
) -> tuple[ResolvedPerson, ...]:
    """Voices grouped into people, in order of key.

    Args:
        authors: who writes where.
        pages: what was read of each site.
        index: which site an address is on.
        overrides: `people:` of the topic; they win.
    """
    claims = {site: identity_claims(pages.get(site, ()), index) for site in {voice.site for voice in authors}}
    emails = {site: _emails(pages.get(site, ())) for site in claims}
    joined: dict[str, str] = {voice.key: voice.key for voice in authors}
    reasons: dict[str, list[Confirmation]] = defaultdict(list)
    owners = [voice for voice in authors if "#" not in voice.key]
    for a, b in combinations(sorted(authors, key=lambda v: v.key), 2):
        if a.site == b.site:
            continue
        if found := _evidence(a, b, claims, emails, index):
            _join(joined, a.key, b.key)
            reasons[_root(joined, a.key)].append(Confirmation(b.site, found, 0.95, a.page))
    for override in overrides:
        mine = [v.key for v in owners for u in override.same if (c := canonical_url(u)) and index.site_of(c) == v.site]
        for other in mine[1:]:
            _join(joined, mine[0], other)
            reasons[_root(joined, mine[0])].append(Confirmation(other, "said by the analyst", 1.0))
    groups: dict[str, list[SiteAuthor]] = defaultdict(list)
    for voice in authors:
        groups[_root(joined, voice.key)].append(voice)
    why = {root: [c for key, found in reasons.items() if _root(joined, key) == root for c in found] for root in groups}
    return tuple(_resolved(group, why[root], overrides, index) for root, group in sorted(groups.items()))


def _root(joined: dict[str, str], key: str) -> str:
    while joined[key] != key:
        key = joined[key]
    return key


def _join(joined: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_root(joined, a), _root(joined, b)))
    joined[second] = first


def identity_claims(pages: Sequence[Extraction], index: SiteIndex) -> dict[SiteId, str]:
    """Sites that a site's own pages claim as the same person's, with the words that do it."""
    out: dict[SiteId, str] = {}
    for page in pages:
        for url in page.rel_me:
            if (site := index.site_of(url)) is not None:
                out.setdefault(site, "rel=me")
        if page.kind in (PageKind.ABOUT, PageKind.HOME):
            for link in page.links:
                site = index.site_of(link.target)
                if site is not None and OTHER_BLOG.search(f"{link.sentence} {link.text}"):
                    out.setdefault(site, f"“{link.sentence[:80]}”")
    return out


def _emails(pages: Sequence[Extraction]) -> frozenset[str]:
    """Addresses a site publishes for contact on pages about itself."""
    return frozenset(
        contact.value.casefold()
        for page in pages
        if page.kind in (PageKind.ABOUT, PageKind.HOME)
        for contact in page.contacts
        if contact.kind == ContactKind.EMAIL
    )


def _evidence(
    a: SiteAuthor,
    b: SiteAuthor,
    claims: Mapping[SiteId, Mapping[SiteId, str]],
    emails: Mapping[SiteId, frozenset[str]],
    index: SiteIndex,
) -> str | None:
    """Reciprocal evidence that two voices are one person; None where there is none."""
    if PublisherKind.PERSON not in (a.kind, b.kind) or a.kind != b.kind:
        return None
    there, back = claims[a.site].get(b.site), claims[b.site].get(a.site)
    bylines = [voice for voice in (a, b) if "#" in voice.key]
    if not bylines:
        if there and back:
            return f"reciprocal: {there} there, {back} back"
        if shared := sorted(emails[a.site] & emails[b.site]):
            return f"the same published contact address ({shared[0].split('@')[-1]}) on both"
    same_card = {url_key(u) for u in a.links} & {url_key(u) for u in b.links}
    same_card = {key for key in same_card if not is_account(f"https://{key}")}
    if same_card and name_key(a.name) == name_key(b.name):
        return f"the same address ({min(same_card)}) given with the name on both"
    if len(bylines) == 1:
        author = bylines[0]
        own = b if author is a else a
        signs = any(index.site_of(url) == own.site for url in author.links)
        if signs and claims[own.site].get(author.site):
            return "the byline links to their site, and their site claims the byline's"
    return None


def _resolved(
    authors: Sequence[SiteAuthor], reasons: Sequence[Confirmation], overrides: Sequence[Override], index: SiteIndex
) -> ResolvedPerson:
    """One person from their voices: the best confirmed name, the analyst's word above it."""
    ordered = sorted(authors, key=lambda v: (-v.confidence, -len(v.posts), v.key))
    main = max(ordered, key=lambda v: (len(v.posts), v.key))
    named = next((v for v in ordered if v.confidence >= 0.5), main)
    name, kind, why = named.name, main.kind, main.kind_reason
    confirmations = [Confirmation(v.name, v.name_how, v.confidence, v.page) for v in ordered] + list(reasons)
    sites = {v.site for v in authors if "#" not in v.key}
    for override in overrides:
        meant = [canonical_url(u) for u in (*override.same, override.site or "") if u]
        if any(u and index.site_of(u) in sites for u in meant):
            if override.name:
                name = override.name
                confirmations.insert(0, Confirmation(name, "name given by the analyst", 1.0))
            if override.kind:
                kind, why = PublisherKind(override.kind), "said by the analyst"
    return ResolvedPerson(
        min(v.key for v in authors), tuple(sorted(authors, key=lambda v: v.key)), tuple(confirmations), name, kind, why
    )


def assign_slugs(people: Sequence[ResolvedPerson], known: Mapping[str, PersonId]) -> dict[str, PersonId]:
    """A slug per identity key: the one it had, else made from the name, told apart by address where taken.

    A slug once given to an identity is never given to another, also when its owner is gone.
    """
    taken = set(known.values())
    out: dict[str, PersonId] = {}
    for person in sorted(people, key=lambda p: p.key):
        keys = [person.key, *(voice.key for voice in person.authors)]
        had = next((known[key] for key in keys if key in known and known[key] not in out.values()), None)
        if had is None:
            host = slug(host_of(f"https://{person.key}"))
            base = slug(person.name, 40) or host[:40] or "someone"
            tries = [base, f"{base}-{host}"[:60].strip("-"), *(f"{base}-{n}" for n in range(2, 1000))]
            had = next(PersonId(t) for t in tries if t not in taken and t != "index")
        taken.add(had)
        out[person.key] = had
    return out


def account_links(pages: Sequence[Extraction]) -> tuple[tuple[Url, Url], ...]:
    """Accounts on networks that a site claims with rel=me, each with the page it stands on."""
    seen: dict[str, tuple[Url, Url]] = {}
    for page in pages:
        for url in page.rel_me:
            if is_platform(url):
                seen.setdefault(url_key(url), (url, page.url))
        for contact in page.contacts:
            profile = canonical_url(contact.value) if contact.kind == ContactKind.ACCOUNT else None
            if profile:
                seen.setdefault(url_key(profile), (profile, contact.found_on))
    return tuple(seen[key] for key in sorted(seen))[:20]
