"""Citations: body links resolved to people, one citation per post and cited person.

Weights are added in `ties`, functions in `insight`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.languages.quotability import is_quotable
from generator.languages.tokens import has_unspaced, word_count
from generator.records import (
    ON_TOPIC,
    Citation,
    Corpus,
    Link,
    Person,
    PersonId,
    Post,
    PublisherKind,
    SiteId,
    Url,
    UrlKey,
)
from generator.text import clip
from generator.urls import canonical_url, host_of, site_for, url_key

EXCLUDED_REL = frozenset({"sponsored", "ugc"})  # paid for, or written by a visitor
PRIOR_POSTS = 2.0  # posts of average relevance that are added to everyone's own
MAX_QUOTE_WORDS = 40  # longer sentences are not preferred to each other


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The person an address leads to, and the post; None where the address names no post of the corpus."""

    person: PersonId
    post: Post | None


class LinkResolver:
    """Resolves addresses to people: by post first, then by site.

    A link to a site without a known post goes to the owner of the site. On a site of several people it goes to the
    single organisation or aggregator among them. Without one it is not a citation: a link to the front page of a
    group blog recommends none of its authors.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Index the posts and sites of the corpus."""
        self._posts = _post_index(corpus.posts)
        self._owners = _site_owners(corpus.people)
        self._moved = _moved_roots(corpus, self._owners)
        self._roots: dict[str, list[SiteId]] = defaultdict(list)
        for root in sorted({*self._owners, *self._moved}):
            self._roots[host_of(root)].append(root)
        self._resolved: dict[Url, LinkTarget | None] = {}

    def resolve(self, target: Url) -> LinkTarget | None:
        """The person and post an address leads to; None: an unknown site, or one without a single owner."""
        if target not in self._resolved:
            self._resolved[target] = self._look_up(target)
        return self._resolved[target]

    def _look_up(self, target: Url) -> LinkTarget | None:
        post = self._posts.get(url_key(target))
        if post is not None:
            return LinkTarget(post.author, post)
        root = site_for(target, self._roots.get(host_of(target), ()))
        if root is None:
            return None
        if root in self._moved:
            new = self._moved[root]
            rest = url_key(target)[len(url_key(root)) :].lstrip("/")
            moved = canonical_url(new + rest)
            post = self._posts.get(url_key(moved)) if moved else None
            if post is not None:
                return LinkTarget(post.author, post)
            root = new
        owner = self._owners.get(root)
        return LinkTarget(owner, None) if owner else None


def _post_index(posts: Iterable[Post]) -> dict[UrlKey, Post]:
    """Posts by address. A post's own address wins over an alias; between equal claims the smaller address wins."""
    index: dict[UrlKey, Post] = {}
    ordered = sorted(posts, key=lambda post: post.url)
    for post in ordered:
        index.setdefault(url_key(post.url), post)
    for post in ordered:
        for alias in sorted(post.aliases):
            index.setdefault(url_key(alias), post)
    return index


def _site_owners(people: Iterable[Person]) -> dict[SiteId, PersonId | None]:
    """The person a link to each site goes to; None where several people share it."""
    owners: dict[SiteId, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda person: person.id):
        for site in person.sites:
            owners[site].append(person)
    single: dict[SiteId, PersonId | None] = {}
    for site, several in owners.items():
        candidates = (
            several if len(several) == 1 else [person for person in several if person.kind is not PublisherKind.PERSON]
        )
        single[site] = candidates[0].id if len(candidates) == 1 else None
    return single


def _moved_roots(corpus: Corpus, owners: dict[SiteId, PersonId | None]) -> dict[SiteId, SiteId]:
    """The present root of a site by each of its former roots."""
    moved: dict[SiteId, SiteId] = {}
    for site in sorted(corpus.sites, key=lambda site: site.id):
        for alias in sorted(site.aliases):
            root = canonical_url(alias if "://" in alias else f"https://{alias}")
            if root is None or site.id not in owners:
                continue
            old = SiteId(root if root.endswith("/") else f"{root}/")
            if old not in owners:
                moved.setdefault(old, site.id)
    return moved


def topical_share(corpus: Corpus) -> dict[PersonId, float]:
    """Share of each person's posts inside the window that are on topic, in [0, 1].

    The share is shrunk by two posts towards the share of all people, because a site crawled at low depth has few
    posts. People without a post are missing.
    """
    counts: dict[PersonId, list[int]] = defaultdict(lambda: [0, 0])
    for post in corpus.posts:
        if post.in_window:
            counts[post.author][0] += post.on_topic
            counts[post.author][1] += 1
    total = sum(n for _, n in counts.values())
    average = sum(on for on, _ in counts.values()) / total if total else 0.0
    return {
        person: (counts[person][0] + PRIOR_POSTS * average) / (counts[person][1] + PRIOR_POSTS)
        for person in sorted(counts)
    }


def find_citations(corpus: Corpus) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """All citations between people of the corpus, inside and outside the window, by citing post and cited person.

    Self-citations, links in comments or boilerplate, and links marked as paid are left out. Where a post links to a
    person more than once, one link is the citation: it names a post, an on-topic one first, in a quotable sentence.

    Returns:
        The citations, and the secondary citations: the other sentences of the same posts that link the same people,
        in their order in the post.
    """
    resolver, shares = LinkResolver(corpus), topical_share(corpus)
    known = {person.id for person in corpus.people}
    found: list[Citation] = []
    secondary_citations: list[Citation] = []
    for post in sorted(corpus.posts, key=lambda post: post.url):
        if post.author not in known:
            continue
        links_to: dict[PersonId, list[tuple[tuple[float, ...], Citation]]] = defaultdict(list)
        for position, link in enumerate(_citing_links(post)):
            target = resolver.resolve(link.target)
            if target is None or target.person == post.author or target.person not in known:
                continue
            relevance = target.post.relevance if target.post else shares.get(target.person, 0.0)
            quote = _quote(post, link)
            merit = (
                target.post is not None,
                relevance >= ON_TOPIC,
                is_quotable(quote),
                relevance,
                min(word_count(quote) if has_unspaced(quote) else len(quote.split()), MAX_QUOTE_WORDS),
                -position,
            )
            links_to[target.person].append((merit, _citation(post, link, target, relevance, quote)))
        for _, links in sorted(links_to.items()):
            _, best = max(links, key=lambda pair: pair[0])
            found.append(best)
            others = {one.quote: one for _, one in reversed(links) if one.quote not in ("", best.quote)}
            secondary_citations += reversed(others.values())
    return tuple(found), tuple(secondary_citations)


def _citing_links(post: Post) -> tuple[Link, ...]:
    """The author's own unpaid links in the body, followed by posts replied to without a link."""
    links = tuple(
        link
        for link in post.links
        if link.in_body and not link.in_comment and not EXCLUDED_REL & {rel.lower() for rel in link.rel}
    )
    return links + tuple(Link(target, "", "", in_body=True) for target in sorted(post.in_reply_to))


def _quote(post: Post, link: Link) -> str:
    """The sentence around the link; empty where the page forbids quotation or has no text around the link."""
    return clip(link.sentence or link.text, around=link.text) if post.quotable else ""


def _citation(post: Post, link: Link, target: LinkTarget, relevance: float, quote: str) -> Citation:
    """The citation that a link makes."""
    return Citation(
        citing=post.author,
        cited=target.person,
        post=post.url,
        post_title=post.title,
        target=link.target,
        target_post=target.post.url if target.post else None,
        published_on=post.published_on,
        quote=quote,
        citing_relevance=post.relevance,
        cited_relevance=relevance,
        in_window=post.in_window,
    )
