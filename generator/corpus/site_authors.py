"""Authors of one site: its owner and kind, and on a group site the author of each post.

`identity` joins the authors of several sites into people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.corpus import publisher_kind
from generator.corpus.inferred_hosts import SHARED_HOST_REASON, is_inferred_shared
from generator.corpus.merged_posts import MergedPost
from generator.corpus.names import (
    NameFact,
    is_collective,
    longer_form,
    looks_like_title,
    name_key,
    rank_author_names,
    strip_site_name,
    title_echoes,
)
from generator.corpus.titles import short_site_name
from generator.records import Extraction, Mention, NameSource, PageKind, PublisherKind, SiteId, Url
from generator.shared_hosts import owner_handle
from generator.urls import host_of

SOLE_SHARE = 0.85  # of the signed posts: one author, the rest are guests
MIN_SIGNED = 2  # posts that make a byline an author of a site of several


@dataclass(frozen=True, slots=True)
class SiteAuthor:
    """A person or group that writes on one site.

    Attributes:
        key: identity, stable between runs: the site's key, followed by `#` and the name for an author of a group site.
        owns_site: False for an author who only signs posts on a group site.
        links: addresses given with the name in h-cards and bylines.
    """

    key: str
    site: SiteId
    name: str
    kind: PublisherKind
    kind_reason: str
    name_how: str
    confidence: float
    posts: tuple[Url, ...]
    links: frozenset[Url]
    page: Url | None
    other_names: tuple[str, ...] = ()
    owns_site: bool = True


@dataclass(frozen=True, slots=True)
class SiteAuthors:
    """All that write on a site, and posts signed by guests (left out)."""

    authors: tuple[SiteAuthor, ...]
    guests: tuple[tuple[Url, str], ...]


def authors_of_site(
    site: SiteId, key: str, merged_posts: Sequence[MergedPost], pages: Sequence[Extraction], elsewhere: int
) -> SiteAuthors:
    """Who writes on this site.

    Args:
        site: the site.
        key: its identity key.
        merged_posts: its posts.
        pages: what was read of it, about and home pages first.
        elsewhere: entries of its feeds that stand on other sites.
    """
    titles = [page.title for page in pages if page.kind in (PageKind.HOME, PageKind.FEED)]
    mentions = _mentions(merged_posts, pages)
    echoed = title_echoes(mentions, titles)
    signed = _signatures(merged_posts, titles, echoed)
    facts = rank_author_names([m for m in mentions if name_key(strip_site_name(m.name)) not in echoed], titles)
    about = " ".join(page.text for page in pages if page.kind in (PageKind.ABOUT, PageKind.HOME))[:30_000]
    counts = Counter(name_key(name) for name in signed.values() if not is_collective(name))
    regulars = [name for name, n in counts.most_common() if n >= MIN_SIGNED]
    several = len(regulars) >= 2 and counts[regulars[0]] < SOLE_SHARE * max(1, len(signed))
    owner = _owner_name(facts, signed)
    organisations = {name_key(m.name) for page in pages for m in page.mentions if m.organisation}
    if is_inferred_shared(pages):
        organisation: str | None = SHARED_HOST_REASON
    elif owner is not None and name_key(owner.name) in organisations:
        organisation = f"its pages mark “{owner.name}” as an organisation"
    else:
        marked = any(name in name_key(title) for name in organisations if name for title in titles)
        organisation = publisher_kind.organisation_reason(
            owner.name if owner else "", marked=marked, title=next(iter(titles), ""), about=about, posts=merged_posts
        )
    kind, reason = publisher_kind.publisher_kind(
        publisher_kind.aggregator_reason(merged_posts, elsewhere), organisation
    )
    shared = organisation == SHARED_HOST_REASON
    if several and (kind == PublisherKind.PERSON or shared):
        return _several(site, key, merged_posts, signed, regulars, titles)
    return _one(site, key, merged_posts, signed, owner, facts, kind, reason, titles)


def _mentions(merged_posts: Sequence[MergedPost], pages: Sequence[Extraction]) -> list[Mention]:
    """Every mention of a site's pages and posts."""
    return [m for page in pages for m in page.mentions] + [m for post in merged_posts for m in post.authors]


def _signatures(merged_posts: Sequence[MergedPost], titles: Sequence[str], echoed: frozenset[str]) -> dict[Url, str]:
    """The name each post is signed with, from the most trusted source; the site's title does not count."""
    trust = list(NameSource)
    out = {}
    for post in merged_posts:
        names = [(trust.index(m.found), strip_site_name(m.name)) for m in post.authors]
        named = sorted(
            (found, name)
            for found, name in names
            if name and name_key(name) not in echoed and not looks_like_title(name, titles)
        )
        if named:
            out[post.url] = named[0][1]
    return out


def _owner_name(facts: Sequence[NameFact], signed: Mapping[Url, str]) -> NameFact | None:
    """The owner: most trusted source, weighed against what most posts are signed with; a full name before a handle."""
    if not facts:
        return None
    counts = Counter(name_key(name) for name in signed.values())
    usual = counts.most_common(1)[0][0] if counts else None
    known = [f for f in facts if not is_collective(f.name)] or list(facts)
    best = next((f for f in known if usual is not None and name_key(f.name) == usual), known[0])
    if len(best.name.split()) == 1:
        others = [f for f in known if f.found != NameSource.SITE_TITLE and len(f.name.split()) > 1]
        trusted = [
            f
            for f in others
            if f.found in (NameSource.H_CARD, NameSource.JSON_LD, NameSource.ABOUT, NameSource.COPYRIGHT)
        ]
        spelled = longer_form(best.name, others)
        if spelled or len({name_key(f.name) for f in trusted}) == 1:
            return spelled or trusted[0]
    return best


def _one(
    site: SiteId,
    key: str,
    merged_posts: Sequence[MergedPost],
    signed: Mapping[Url, str],
    owner: NameFact | None,
    facts: Sequence[NameFact],
    kind: PublisherKind,
    reason: str,
    titles: Sequence[str],
) -> SiteAuthors:
    """A site with one author; on a person's site, posts with another full name are by guests."""
    guests = []
    own = [post.url for post in merged_posts]
    if kind == PublisherKind.PERSON and owner and len(owner.name.split()) > 1:
        mine = {*owner.name.casefold().split()}
        for post in merged_posts:
            name = signed.get(post.url, "")
            if len(name.split()) > 1 and not mine & {*name.casefold().split()}:
                guests.append((post.url, name))
        if len(guests) > (1 - SOLE_SHARE) * len(merged_posts) and len(guests) > 1:
            guests = []
        left = {url for url, _ in guests}
        own = [url for url in own if url not in left]
    name, how, confidence = _shown_name(site, owner, kind, titles, len(merged_posts))
    others = tuple(sorted({f.name for f in facts if longer_form(f.name, [owner])} if owner else set()))
    links = frozenset(
        f.mention.url for f in facts if owner and name_key(f.name) == name_key(owner.name) and f.mention.url
    )
    author = SiteAuthor(
        key, site, name, kind, reason, how, confidence, tuple(own), links, owner.mention.page if owner else None, others
    )
    return SiteAuthors((author,), tuple(guests))


def _shown_name(
    site: SiteId, owner: NameFact | None, kind: PublisherKind, titles: Sequence[str], posts: int
) -> tuple[str, str, float]:
    """Name, how it was found and how sure; without any, the site's title, and without that the address."""
    title = short_site_name(titles, host_of(site))
    if kind != PublisherKind.PERSON and title:
        return title, "site title", 0.9
    if owner:
        sure = {
            NameSource.H_CARD: 0.95,
            NameSource.JSON_LD: 0.9,
            NameSource.FEED_AUTHOR: 0.9,
            NameSource.BYLINE: 0.85,
            NameSource.ABOUT: 0.8,
        }
        many = min(1.0, 0.9 + 0.02 * owner.places)
        return (
            owner.name,
            f"{owner.found} in {owner.places} place{'s' if owner.places != 1 else ''}",
            round(sure.get(owner.found, 0.7) * many, 2),
        )
    unnamed = f"no name found on {posts} post{'s' if posts != 1 else ''}"
    if handle := owner_handle(site):
        return handle, f"{unnamed}: the account name in the address stands for it", 0.4
    if title:
        return title, f"{unnamed}: the site's title stands for it", 0.3
    return host_of(site), f"{unnamed}: the address stands for it", 0.3


def _several(
    site: SiteId,
    key: str,
    merged_posts: Sequence[MergedPost],
    signed: Mapping[Url, str],
    regulars: Sequence[str],
    titles: Sequence[str],
) -> SiteAuthors:
    """A group site: one author per byline, and the site itself for unsigned posts."""
    by_name: dict[str, list[MergedPost]] = defaultdict(list)
    for post in merged_posts:
        by_name[name_key(signed[post.url]) if post.url in signed else ""].append(post)
    authors = []
    for name, posts in sorted(by_name.items()):
        if name and not is_collective(signed[posts[0].url]):
            mentions = [m for d in posts for m in d.authors if name_key(strip_site_name(m.name)) == name]
            links = frozenset(m.url for m in mentions if m.url)
            spelling = Counter(signed[d.url] for d in posts).most_common(1)[0][0]
            how = f"signed {len(posts)} of {len(merged_posts)} posts of this site"
            sure = 0.85 if name in regulars else 0.6
            authors.append(
                SiteAuthor(
                    f"{key}#{name}",
                    site,
                    spelling,
                    PublisherKind.PERSON,
                    how,
                    how,
                    sure,
                    tuple(d.url for d in posts),
                    links,
                    posts[0].url,
                    owns_site=False,
                )
            )
    names = ", ".join(sorted(author.name for author in authors)[:4])
    unsigned = [d.url for name, posts in by_name.items() for d in posts if not name or is_collective(signed[d.url])]
    title = short_site_name(titles, host_of(site)) or next((t for t in titles if t), host_of(site))
    group = SiteAuthor(
        key,
        site,
        title[:60],
        PublisherKind.ORGANISATION,
        f"written by several: {names}",
        "site title",
        0.8,
        tuple(sorted(unsigned)),
        frozenset(),
        None,
    )
    return SiteAuthors((*authors, group), ())
