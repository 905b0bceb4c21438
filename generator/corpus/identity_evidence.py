"""Evidence that two sites belong to one person: mutual claims, a shared contact address, a shared personal address.

A name alone is never evidence, and a claim counts only if the other side confirms it: any site can link to any other.
Authors are found by the value they share, so the cost grows with the evidence instead of with the number of pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from generator.corpus.names import name_key
from generator.corpus.site_authors import SiteAuthor
from generator.languages.registry import merged_words
from generator.records import ContactKind, Extraction, PageKind, PublisherKind, SiteId, Url
from generator.urls import SiteIndex, canonical_url, is_account, is_platform, url_key

MAX_ACCOUNTS = 20  # accounts shown for one site
MAX_CLAIM = 80  # characters of the sentence that claims a site

OTHER_SITE = re.compile(rf"\b({'|'.join(merged_words('self_description', 'other_site'))})\b", re.IGNORECASE)
Evidence = Iterator[tuple[SiteAuthor, SiteAuthor, str]]


def identity_claims(pages: Sequence[Extraction], index: SiteIndex) -> dict[SiteId, str]:
    """Sites that a site's own pages claim as the same person's, each with the words of the claim."""
    claims: dict[SiteId, str] = {}
    for page in pages:
        for url in page.rel_me:
            if (site := index.site_of(url)) is not None:
                claims.setdefault(site, "rel=me")
        if page.kind in (PageKind.ABOUT, PageKind.HOME):
            for link in page.links:
                site = index.site_of(link.target)
                if site is not None and OTHER_SITE.search(f"{link.sentence} {link.text}"):
                    claims.setdefault(site, f"“{link.sentence[:MAX_CLAIM]}”")
    return claims


def account_links(pages: Sequence[Extraction]) -> tuple[tuple[Url, Url], ...]:
    """Accounts on networks that a site claims with rel=me or as a contact, each with the page that names it."""
    seen: dict[str, tuple[Url, Url]] = {}
    for page in pages:
        for url in page.rel_me:
            if is_platform(url):
                seen.setdefault(url_key(url), (url, page.url))
        for contact in page.contacts:
            profile = canonical_url(contact.value) if contact.kind == ContactKind.ACCOUNT else None
            if profile:
                seen.setdefault(url_key(profile), (profile, contact.found_on))
    return tuple(seen[key] for key in sorted(seen))[:MAX_ACCOUNTS]


def identity_evidence(
    authors: Sequence[SiteAuthor], pages: Mapping[SiteId, Sequence[Extraction]], index: SiteIndex
) -> list[tuple[SiteAuthor, SiteAuthor, str]]:
    """Pairs of authors on different sites that are one person, each with the first rule that says so.

    Args:
        authors: who writes on which site; organisations and aggregators are never joined.
        pages: what was read of each site.
        index: which site an address is on.

    Returns:
        Triples (first, second, evidence) with first.key < second.key, in order of both keys.
    """
    persons = sorted((author for author in authors if author.kind is PublisherKind.PERSON), key=lambda a: a.key)
    owners = {author.site: author for author in persons if author.owns_site}
    claims = {site: identity_claims(pages.get(site, ()), index) for site in owners}
    found: dict[tuple[str, str], tuple[SiteAuthor, SiteAuthor, str]] = {}
    # In order of trust: of two rules that join the same pair, the first gives the reason.
    rules = (
        _mutual_claims(owners, claims),
        _shared_emails(owners, pages),
        _shared_personal_addresses(persons),
        _confirmed_bylines(persons, owners, claims, index),
    )
    for rule in rules:
        for one, other, evidence in rule:
            first, second = sorted((one, other), key=lambda author: author.key)
            if first.site != second.site:
                found.setdefault((first.key, second.key), (first, second, evidence))
    return [found[pair] for pair in sorted(found)]


def _mutual_claims(owners: Mapping[SiteId, SiteAuthor], claims: Mapping[SiteId, Mapping[SiteId, str]]) -> Evidence:
    """Owners whose sites claim each other."""
    for site, author in owners.items():
        for claimed, there in claims[site].items():
            other = owners.get(claimed)
            if other is not None and author.key < other.key and (back := claims[claimed].get(site)) is not None:
                yield author, other, f"reciprocal: {there} there, {back} back"


def _shared_emails(owners: Mapping[SiteId, SiteAuthor], pages: Mapping[SiteId, Sequence[Extraction]]) -> Evidence:
    """Owners whose sites publish the same contact address on pages about themselves."""
    pairs = (((email,), author) for site, author in owners.items() for email in _emails(pages.get(site, ())))
    for email, one, other in _sharing(pairs):
        yield one, other, f"the same published contact address ({email.split('@')[-1]}) on both"


def _shared_personal_addresses(persons: Iterable[SiteAuthor]) -> Evidence:
    """Authors of one name whose names link to the same address; accounts do not count, since any site can name them."""
    keys = ((author, {url_key(url) for url in author.links}) for author in persons)
    pairs = (
        ((key, name_key(author.name)), author)
        for author, found in keys
        for key in found
        if not is_account(f"https://{key}")
    )
    for key, one, other in _sharing(pairs):
        yield one, other, f"the same address ({key}) given with the name on both"


def _confirmed_bylines(
    persons: Iterable[SiteAuthor],
    owners: Mapping[SiteId, SiteAuthor],
    claims: Mapping[SiteId, Mapping[SiteId, str]],
    index: SiteIndex,
) -> Evidence:
    """Authors of a group site whose byline links to a site that claims the group site."""
    for author in persons:
        if author.owns_site:
            continue
        for site in {index.site_of(url) for url in author.links}:
            if site is not None and site in owners and author.site in claims[site]:
                yield author, owners[site], "the byline links to their site, and their site claims the byline's"


def _sharing(pairs: Iterable[tuple[tuple[str, ...], SiteAuthor]]) -> Iterator[tuple[str, SiteAuthor, SiteAuthor]]:
    """Every two authors that share a value, with its first part, in order of the value."""
    groups: dict[tuple[str, ...], list[SiteAuthor]] = defaultdict(list)
    for value, author in pairs:
        groups[value].append(author)
    for value in sorted(groups):
        for one, other in combinations(groups[value], 2):
            yield value[0], one, other


def _emails(pages: Sequence[Extraction]) -> frozenset[str]:
    """Addresses a site publishes for contact on pages about itself."""
    return frozenset(
        contact.value.casefold()
        for page in pages
        if page.kind in (PageKind.ABOUT, PageKind.HOME)
        for contact in page.contacts
        if contact.kind == ContactKind.EMAIL
    )
