"""Who cites whom: body links resolved to people, one citation per post and cited person.

Knows posts, sites and their owners; refuses to know what a citation is worth (ties) or means (insight).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.languages.quotability import is_quotable
from generator.records import Citation, Corpus, Link, Person, PersonId, Post, PublisherKind, SiteId, Url, UrlKey
from generator.text import clip
from generator.urls import canonical_url, host_of, site_for, url_key

PAID_OR_FOREIGN = frozenset({"sponsored", "ugc"})  # rel values: paid for, or written by somebody else
PRIOR_POSTS = 2.0  # posts of average topicality that a person's own few posts are weighed against


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What an address leads to: somebody, and the post if it names one we know."""

    person: PersonId
    post: Post | None


class LinkResolver:
    """Looks addresses up: by post first, then by site.

    A site with one owner belongs to them. On a site of several people a link that names no known post
    goes to the single organisation or aggregator among the owners, and to nobody where there is none:
    a link to the front page of a group blog praises no one of its writers.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._posts = _post_index(corpus.posts)
        self._owners = _site_owners(corpus.people)
        self._moved = _moved_roots(corpus, self._owners)
        self._roots: dict[str, list[SiteId]] = defaultdict(list)
        for root in sorted({*self._owners, *self._moved}):
            self._roots[host_of(root)].append(root)
        self._known: dict[Url, LinkTarget | None] = {}

    def resolve(self, target: Url) -> LinkTarget | None:
        """Whom an address leads to; None: nobody we know, or no single one."""
        if target not in self._known:
            self._known[target] = self._look_up(target)
        return self._known[target]

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
    """Posts by address; an own address beats another post's alias, the smaller address an equal claim."""
    index: dict[UrlKey, Post] = {}
    ordered = sorted(posts, key=lambda post: post.url)
    for post in ordered:
        index.setdefault(url_key(post.url), post)
    for post in ordered:
        for alias in sorted(post.aliases):
            index.setdefault(url_key(alias), post)
    return index


def _site_owners(people: Iterable[Person]) -> dict[SiteId, PersonId | None]:
    """Whom a link to a site itself goes to; None where several people share it."""
    owners: dict[SiteId, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda person: person.id):
        for site in person.sites:
            owners[site].append(person)
    single: dict[SiteId, PersonId | None] = {}
    for site, several in owners.items():
        bodies = (
            several if len(several) == 1 else [person for person in several if person.kind is not PublisherKind.PERSON]
        )
        single[site] = bodies[0].id if len(bodies) == 1 else None
    return single


def _moved_roots(corpus: Corpus, owners: dict[SiteId, PersonId | None]) -> dict[SiteId, SiteId]:
    """Former hosts and roots of a site → its root today."""
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
    """Share of what somebody wrote inside the window that is on topic, 0–1; 0 for those without a post.

    Shrunk by two posts towards everybody's share: a site crawled shallowly says little of its owner.
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
    """All citations between people of the corpus, in and out of the window, by citing post and cited person.

    Self-citations, links in comments or furniture and links marked as paid for are no citations. Where a
    post links to somebody more than once, the link that names their most relevant post in the most
    telling sentence stands for all.

    Returns:
        The citations, and the asides: links in other sentences of the same posts to the same people, as they come.
    """
    directory, shares = LinkResolver(corpus), topical_share(corpus)
    known = {person.id for person in corpus.people}
    found: list[Citation] = []
    secondary_citations: list[Citation] = []
    for post in sorted(corpus.posts, key=lambda post: post.url):
        if post.author not in known:
            continue
        told: dict[PersonId, list[tuple[tuple[float, ...], Citation]]] = defaultdict(list)
        for place, link in enumerate(_citing_links(post)):
            hit = directory.resolve(link.target)
            if hit is None or hit.person == post.author or hit.person not in known:
                continue
            relevance = hit.post.relevance if hit.post else shares.get(hit.person, 0.0)
            quote = _quote(post, link)
            merit = (
                hit.post is not None,
                relevance >= 0.5,
                is_quotable(quote),
                relevance,
                min(len(quote.split()), 40),
                -place,
            )
            told[hit.person].append((merit, _citation(post, link, hit, relevance, quote)))
        for _, links in sorted(told.items()):
            _, best = max(links, key=lambda pair: pair[0])
            found.append(best)
            others = {one.quote: one for _, one in reversed(links) if one.quote not in ("", best.quote)}
            secondary_citations += reversed(others.values())
    return tuple(found), tuple(secondary_citations)


def _citing_links(post: Post) -> tuple[Link, ...]:
    """The links that count: in the body, unpaid, by the author; replies without a link last."""
    links = tuple(
        link
        for link in post.links
        if link.in_body and not link.in_comment and not PAID_OR_FOREIGN & {rel.lower() for rel in link.rel}
    )
    return links + tuple(Link(target, "", "", in_body=True) for target in sorted(post.in_reply_to))


def _quote(post: Post, link: Link) -> str:
    """The sentence around the link; "" where the page asks not to be quoted or nothing stands there."""
    return clip(link.sentence or link.text, around=link.text) if post.quotable else ""


def _citation(post: Post, link: Link, hit: LinkTarget, relevance: float, quote: str) -> Citation:
    return Citation(
        citing=post.author,
        cited=hit.person,
        post=post.url,
        post_title=post.title,
        target=link.target,
        target_post=hit.post.url if hit.post else None,
        published_on=post.published_on,
        quote=quote,
        citing_relevance=post.relevance,
        cited_relevance=relevance,
        in_window=post.in_window,
    )
