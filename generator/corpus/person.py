"""Makes the record of a person: sites, accounts, contacts and self-description, from pages they own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from generator.corpus.identity import ResolvedPerson
from generator.corpus.identity_evidence import account_links
from generator.corpus.inferred_hosts import is_inferred_shared, pages_of_the_host
from generator.corpus.self_description import self_description
from generator.languages.registry import merged_words
from generator.records import (
    Confirmation,
    Contact,
    ContactKind,
    Extraction,
    PageKind,
    Person,
    PersonId,
    Post,
    Site,
    SiteId,
)
from generator.text import clip, fold
from generator.urls import url_key

CONTACT_ADDRESS = re.compile(
    rf"[/_-](?:{'|'.join(merged_words('self_description', 'contact_address'))})(?:[-_/.]|$)", re.IGNORECASE
)
WELCOMES = re.compile(rf"\b(?:{'|'.join(merged_words('self_description', 'welcomes'))})\b", re.IGNORECASE)
PAGES_FOR_CONTACT = {PageKind.ABOUT: 0, PageKind.HOME: 1}


def make_person(
    person: ResolvedPerson,
    slug: PersonId,
    posts: Sequence[Post],
    pages: Mapping[SiteId, Sequence[Extraction]],
    sites: Mapping[SiteId, Site],
    colleagues: Collection[str] = (),
) -> Person:
    """The finished person; own pages are those of sites they own, never of a site they only sign on.

    `colleagues` are the names of other authors of sites they sign on.
    """
    owned = sorted({v.site for v in person.authors if v.owns_site})
    signed = sorted({v.site for v in person.authors if not v.owns_site} - set(owned))
    mine = [page for site in owned for page in _own_pages(pages.get(site, ()))]
    accounts = account_links(mine)
    languages = Counter(post.language for post in posts if post.language)
    comments = [page.comments_open for page in mine if page.comments_open is not None]
    claimed = tuple(
        Confirmation(url, "their site links to it as theirs; not confirmed from the other side", 0.7, page)
        for url, page in accounts
    )
    written = {fold(post.text): fold(post.title) for page in mine for post in page.posts}
    written |= {fold(post.text): fold(post.title) for post in posts}
    by_posts = Counter(post.site for post in posts)
    return Person(
        id=slug,
        name=person.name,
        kind=person.kind,
        kind_reason=person.kind_reason,
        sites=tuple(sorted((*owned, *signed), key=lambda s: (s in signed, -by_posts[s], s))),
        accounts=tuple(url for url, _ in accounts),
        confirmations=(*person.confirmations, *claimed),
        own_words=self_description(mine, person.name, written),
        contacts=(
            *owner_contacts(mine),
            *blog_contacts([page for site in signed for page in pages.get(site, ())], person.name, colleagues),
        ),
        languages=tuple(language for language, n in languages.most_common() if n >= 0.1 * len(posts)),
        other_names=tuple(sorted({n for v in person.authors for n in (v.name, *v.other_names)} - {person.name})),
        feeds=tuple(sorted({feed for site in owned if site in sites for feed in sites[site].feeds})),
        comments_open=any(comments) if comments else None,
        signed_sites=tuple(signed),
    )


def _own_pages(pages: Sequence[Extraction]) -> Sequence[Extraction]:
    """The pages that are the owner's; on a host that people share, only its root."""
    return pages_of_the_host(pages) if is_inferred_shared(pages) else pages


def blog_contacts(pages: Sequence[Extraction], name: str, colleagues: Collection[str]) -> tuple[Contact, ...]:
    """Addresses and forms of a blog of several authors, for one of them: without those named after another author."""
    others = {part for colleague in colleagues for part in _words(colleague)} - _words(name)
    return tuple(
        replace(contact, of_blog=True)
        for contact in owner_contacts(pages)
        if contact.kind is not ContactKind.ACCOUNT
        and (contact.kind is not ContactKind.EMAIL or others.isdisjoint(_words(contact.value.partition("@")[0])))
    )


def _words(name: str) -> set[str]:
    """Runs of letters in a name or mailbox, case-folded."""
    return set(re.findall(r"[^\W\d_]+", name.casefold()))


def owner_contacts(pages: Sequence[Extraction]) -> tuple[Contact, ...]:
    """Contact points, each once, from the page that most plainly invites it; accounts are listed apart.

    A page whose address says that it is for contact comes first, then one that asks to be written to in the words
    around the point, then the about page before the home page before any other.
    """
    best: dict[tuple[ContactKind, str], tuple[tuple[bool, bool, int, str], Contact]] = {}
    for page in pages:
        for contact in page.contacts:
            key = (
                contact.kind,
                contact.value.casefold() if contact.kind == ContactKind.EMAIL else url_key(contact.value),
            )
            order = (
                not CONTACT_ADDRESS.search(contact.found_on),
                not WELCOMES.search(contact.sentence),
                PAGES_FOR_CONTACT.get(page.kind, len(PAGES_FOR_CONTACT)),
                contact.found_on,
            )
            if key not in best or order < best[key][0]:
                best[key] = order, contact
    found = [replace(contact, sentence=clip(contact.sentence)) for _, contact in best.values()]
    return tuple(sorted(found, key=lambda c: (c.kind, c.value)))[:12]
