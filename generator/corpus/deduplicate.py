"""Deduplication: sightings of one address in feeds and pages become one post; near-duplicates go to their origin.

Also finds furniture: links that repeat on a site's posts and do not cite.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from generator.corpus.copies import without_copies
from generator.corpus.merged_posts import MergedPost
from generator.corpus.post_addresses import addresses_of_posts
from generator.corpus.term_rows import TermVectoriser
from generator.corpus.titles import shared_affixes, without_affixes
from generator.records import Dropped, ExtractedPost, Extraction, Link, PageKind, SiteId, Url, UrlKey
from generator.urls import SiteIndex, url_key

FURNITURE_SHARE = 0.4  # of a site's posts carrying one link target; members' own credits stay below
FURNITURE_MIN_POSTS = 5  # fewer posts cannot tell a habit from furniture
SAME_SENTENCE_POSTS = 3  # the same link in the same words on so many posts is a template
SHORT_WORDS = 25  # a text with fewer is a post only if it is dated: a note or a title, and no stray page


@dataclass(frozen=True, slots=True)
class MergedPosts:
    """All posts by address, the feed entries of each site that stand on other sites, and what was left out."""

    merged_posts: tuple[MergedPost, ...]
    elsewhere: Mapping[SiteId, tuple[ExtractedPost, ...]]
    furniture: Mapping[SiteId, frozenset[UrlKey]]
    dropped: tuple[Dropped, ...]


def merge_sightings(
    extractions: Sequence[Extraction], index: SiteIndex, redirects: Mapping[UrlKey, Url], vectoriser: TermVectoriser
) -> MergedPosts:
    """One merged post per address, in order of address; furniture removed, copies credited to their origin.

    Args:
        extractions: everything read, any order.
        index: the known sites; posts on other sites are dropped.
        redirects: final address by the key of one that redirects there.
        vectoriser: counts the words, once.
    """
    found: dict[UrlKey, list[ExtractedPost]] = defaultdict(list)
    elsewhere: dict[SiteId, list[ExtractedPost]] = defaultdict(list)
    dropped: list[Dropped] = []
    addresses = addresses_of_posts(extractions)
    for extraction in sorted(extractions, key=lambda e: e.url):
        home = index.site_of(extraction.url)
        for post in extraction.posts:
            url = addresses.get((post.source, post.url), post.url)
            url = redirects.get(url_key(url), url)
            if index.site_of(url) is None or (post.from_feed and home is not None and index.site_of(url) != home):
                if home is not None and post.from_feed:
                    elsewhere[home].append(replace(post, url=url))
                dropped.append(Dropped(post.url, "stands on no site that is heard"))
                continue
            found[url_key(url)].append(replace(post, url=url))
    found = _with_own_titles(found, index)
    merged_posts = [_merge(posts, index) for _, posts in sorted(found.items())]
    kept: list[MergedPost] = []
    fronts = _front_pages(merged_posts, found)
    divided = {url_key(urldefrag(merged.url).url) for merged in merged_posts if "#" in merged.url}
    for merged in merged_posts:
        if url_key(merged.url) in divided and not merged.best.from_feed:
            dropped.append(Dropped(merged.url, "a page that holds several posts"))
            continue
        if url_key(merged.url) in fronts:
            dropped.append(Dropped(merged.url, "the front page of its site"))
            continue
        merged.row = vectoriser.row(
            merged.url, merged.best.title, merged.best.text, merged.tags, language=merged.best.language
        )
        if merged.row.words < SHORT_WORDS and (merged.published_at is None or not len(merged.row.terms)):
            dropped.append(Dropped(merged.url, f"fewer than {SHORT_WORDS} words and no date"))
        else:
            kept.append(merged)
    kept, copies = without_copies(kept)
    furniture = _furniture(kept)
    for merged in kept:
        merged.links = _body_links(merged, furniture[merged.site], redirects)
    passed_on = {site: tuple(posts) for site, posts in elsewhere.items()}
    return MergedPosts(tuple(kept), passed_on, furniture, (*dropped, *copies))


def _with_own_titles(
    found: Mapping[UrlKey, list[ExtractedPost]], index: SiteIndex
) -> dict[UrlKey, list[ExtractedPost]]:
    """Sightings with the titles of pages freed of what nearly all pages of a site share at their start or end."""
    titles: dict[SiteId | None, list[str]] = defaultdict(list)
    for posts in found.values():
        if named := [post.title for post in posts if post.title and not post.from_feed]:
            titles[index.site_of(posts[0].url)].append(named[0])
    affixes = {site: shared_affixes(known) for site, known in titles.items()}
    return {
        key: [
            post
            if post.from_feed
            else replace(post, title=without_affixes(post.title, affixes.get(index.site_of(post.url), ("", ""))))
            for post in posts
        ]
        for key, posts in found.items()
    }


def _merge(posts: Sequence[ExtractedPost], index: SiteIndex) -> MergedPost:
    """All sightings of one post as one: the fullest text, the feed's date before the page's."""
    longest = max(len(p.text) for p in posts)
    whole = {p.source for p in posts if len(p.text) > max(400, longest / 1.5)}  # not an excerpt as the feed's content
    best = max(
        posts,
        key=lambda p: (not _is_elsewhere(p), p.full, p.from_feed and p.source in whole, len(p.text), p.source),
    )
    dated = sorted((p for p in posts if p.published_at), key=lambda p: (not p.from_feed, not p.time_known, p.source))
    site = index.site_of(best.url)
    assert site is not None
    return MergedPost(
        url=best.url,
        site=site,
        best=replace(best, title=_title(best, posts)),
        authors=[mention for post in posts for mention in post.authors],
        links=best.links + tuple(link for p in posts if p is not best and _is_elsewhere(p) for link in p.links),
        sightings=len({p.source for p in posts}),
        aliases={p.url for p in posts} - {best.url},
        published_at=dated[0].published_at if dated else None,
        time_known=dated[0].time_known if dated else False,
        tags=tuple(dict.fromkeys(tag for p in posts for tag in p.tags)),
        quotable=all(p.quotable for p in posts),
        in_feed=any(p.from_feed for p in posts),
        translations=tuple(dict.fromkeys(url for p in posts for url in p.translations)),
    )


def _title(best: ExtractedPost, posts: Sequence[ExtractedPost]) -> str:
    """The title that a feed states for the post, else that of its fullest sighting, else any.

    A feed that cuts its titles is corrected by a page whose title goes on.
    """
    stated = next((p.title for p in sorted(posts, key=lambda p: p.source) if p.from_feed and p.title), "")
    shown = best.title or next((p.title for p in posts if p.title), "")
    cut = stated.rstrip("….").rstrip() if stated.endswith(("…", "...")) else ""
    longer = next((p.title for p in posts if cut and not p.from_feed and p.title.startswith(cut)), "")
    return longer or stated or shown


def _is_elsewhere(post: ExtractedPost) -> bool:
    """Whether a sighting is a page at another address than the post's: its second page or another form of it."""
    return not post.from_feed and url_key(post.source) != url_key(post.url)


def _front_pages(
    merged_posts: Sequence[MergedPost], found: Mapping[UrlKey, Sequence[ExtractedPost]]
) -> frozenset[UrlKey]:
    """The roots of sites that hold other posts too: they show beginnings of these, unless a feed calls them a post."""
    posts = Counter(merged.site for merged in merged_posts)
    roots = {
        url_key(merged.url)
        for merged in merged_posts
        if posts[merged.site] > 1 and url_key(merged.url) == url_key(merged.site)
    }
    return frozenset(root for root in roots if not any(post.from_feed for post in found[root]))


def _furniture(merged_posts: Sequence[MergedPost]) -> dict[SiteId, frozenset[UrlKey]]:
    """Per site, the targets that repeat on most of its posts, or in the same words on several."""
    by_site: dict[SiteId, list[MergedPost]] = defaultdict(list)
    for merged in merged_posts:
        by_site[merged.site].append(merged)
    out: dict[SiteId, frozenset[UrlKey]] = {}
    for site, posts in by_site.items():
        targets: Counter[UrlKey] = Counter()
        worded: Counter[tuple[UrlKey, str, str]] = Counter()
        for post in posts:
            body = [link for link in post.links if link.in_body]
            targets.update({url_key(link.target) for link in body})
            worded.update({(url_key(link.target), link.text, link.sentence) for link in body})
        usual = {t for t, n in targets.items() if n >= FURNITURE_MIN_POSTS and n >= FURNITURE_SHARE * len(posts)}
        template = {t for (t, _, _), n in worded.items() if n >= max(SAME_SENTENCE_POSTS, 0.1 * targets[t])}
        out[site] = frozenset(usual | template)
    return out


def _body_links(merged: MergedPost, furniture: frozenset[UrlKey], redirects: Mapping[UrlKey, Url]) -> tuple[Link, ...]:
    """Links that may be citations, redirects followed, each target once (its first sentence that says something)."""
    kept: dict[UrlKey, Link] = {}
    for link in merged.links:
        if not link.in_body or link.in_comment or url_key(link.target) in furniture:
            continue
        target = redirects.get(url_key(link.target), link.target)
        key = url_key(target)
        if key not in kept or len(link.sentence) > 2 * len(kept[key].sentence):
            kept[key] = replace(link, target=target)
    return tuple(kept.values())


def own_pages(extractions: Sequence[Extraction], index: SiteIndex) -> dict[SiteId, list[Extraction]]:
    """Pages of each site in order of what they tell about its owner: about, home, feeds, others."""
    order = {PageKind.ABOUT: 0, PageKind.HOME: 1, PageKind.FEED: 2}
    out: dict[SiteId, list[Extraction]] = defaultdict(list)
    for extraction in sorted(extractions, key=lambda e: (order.get(e.kind, 3), len(e.url), e.url)):
        site = index.site_of(extraction.url)
        if site is not None:
            out[site].append(extraction)
    return out
