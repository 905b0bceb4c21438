"""Identifiers of an opted-out person: sites, names and accounts on their own pages, e-mail addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.config import TopicSection
from generator.corpus.identity_evidence import account_links, identity_claims
from generator.corpus.merged_posts import MergedPost
from generator.corpus.site_authors import authors_of_site
from generator.records import REDACTION_MARK, ContactKind, Extraction, OptedOutPerson, SiteId, UrlKey
from generator.shared_hosts import owner_handle
from generator.text import is_latin, slug, tokens
from generator.urls import SiteIndex, is_platform, url_key


def identifiers_of(known: OptedOutPerson, pages: Sequence[Extraction], topic: TopicSection) -> OptedOutPerson:
    """Everything that identifies the owner of some sites.

    Args:
        known: their sites, and names they are known by already.
        pages: what was read of those sites, or once was.
        topic: its own words are never taken for a name.
    """
    by_site: dict[UrlKey, list[Extraction]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.url):
        roots = [key for key in known.keys if f"{url_key(page.url)}/".startswith(f"{key}/")]
        by_site[max(roots, key=len, default=known.keys[0])].append(page)
    names, accounts, mails = set(known.names), set(), set()
    for key, found in sorted(by_site.items()):
        site = SiteId(f"https://{key}/")
        merged_posts = [MergedPost(post.url, site, post, list(post.authors)) for page in found for post in page.posts]
        owners = [author for author in authors_of_site(site, key, merged_posts, found, 0).authors if author.owns_site]
        names |= {name for author in owners for name in (author.name, *author.other_names)}
        accounts |= {url_key(url) for url, _ in account_links(found) if is_platform(url) and "/" in url_key(url)}
        mails |= {c.value.casefold() for page in found for c in page.contacts if c.kind == ContactKind.EMAIL}
    names |= {handle for key in known.keys if (handle := owner_handle(key))}  # the account name in the address
    own = {" ".join(tokens(word)) for word in (*topic.keywords, topic.name)}
    return OptedOutPerson(
        tuple(sorted({*known.keys, *accounts})),
        tuple(sorted(name for name in names if _identifies(name, known.keys, own))),
        tuple(sorted(mails)),
    )


def _identifies(name: str, keys: Iterable[str], own: set[str]) -> bool:
    """Whether a name identifies the person: two words or more, or one word of their address; never a topic word."""
    words = tokens(name)
    if not words or " ".join(words) in own:
        return False
    if len(words) > 1 or not is_latin(name):  # a name in Chinese characters is one word, and its address has none
        return True
    return any(slug(name).replace("-", "") in key.replace("-", "") for key in keys)


def joined_sites(site: SiteId, pages: Mapping[SiteId, Sequence[Extraction]], index: SiteIndex) -> frozenset[SiteId]:
    """A site, and the sites that claim it as the same person's: an opt-out covers them all."""
    return frozenset({site, *(other for other in pages if site in identity_claims(pages[other], index))})


def as_visible_on(day: date, extraction: Extraction) -> Extraction:
    """An extraction as it may be shown on a day; after its last day it is read, but not indexed or quoted."""
    if extraction.shown_until is None or extraction.shown_until.date() >= day:
        return extraction
    return replace(extraction, noindex=True, posts=tuple(replace(post, quotable=False) for post in extraction.posts))


def without_redacted(extraction: Extraction) -> Extraction:
    """An extraction without names that were blanked in the archive and without posts signed by them."""
    posts = tuple(post for post in extraction.posts if not any(REDACTION_MARK in m.name for m in post.authors))
    mentions = tuple(mention for mention in extraction.mentions if REDACTION_MARK not in mention.name)
    if len(posts) == len(extraction.posts) and len(mentions) == len(extraction.mentions):
        return extraction
    return replace(extraction, posts=posts, mentions=mentions)
