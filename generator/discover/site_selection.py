"""Which sites to hear next: those that relevant people cite, never those that are linked most.

A site's claim is the sum over distinct citing people of the relevance of their most relevant citing post,
and half as much for each who recommends it on a blogroll or passes it on; two or more come first. A share
of each round is kept for sites that only one has named yet, the newest citations first, so that small and
new voices are heard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.records import Corpus, PersonId, Site, SiteOrigin, SiteState, Url
from generator.urls import default_site, is_platform, url_key

MAX_TRIES_PER_SITE = 20  # per site that may be crawled in full: most addresses cited years ago no longer answer
NEW_VOICES = 0.2  # share of a round kept for sites with one citer
RECOMMENDED = 0.5  # of a citation: a blogroll is written once and for long
HEARSAY = 0.3  # relevance from which a citing post has a say: people cite their circle beside the topic too


@dataclass(frozen=True, slots=True)
class SiteCandidate:
    """A site worth hearing: the address it is known by, its claim, who cites it and who else names it."""

    url: Url
    claim: float
    citers: tuple[PersonId, ...]
    newest: str  # ISO day of the newest citation, "" where undated
    recommended_by: tuple[str, ...] = ()  # outside posts, and not among those who cite

    @property
    def authors(self) -> int:
        """How many name it."""
        return len(self.citers) + len(self.recommended_by)

    @property
    def origin(self) -> SiteOrigin:
        """Whether posts cite it, or only blogrolls recommend it."""
        return SiteOrigin.CITATION if self.citers else SiteOrigin.RECOMMENDATION

    @property
    def found_by(self) -> str:
        """How it was found, in words."""
        how, first = ("cited", self.citers) if self.citers else ("recommended", self.recommended_by)
        others = self.authors - 1
        return f"{how} by {first[0]}" + (f" and {others} other{'s' if others > 1 else ''}" if others else "")


def batch_limit(sites: Sequence[Site], *, max_sites: int) -> int:
    """How many new sites may be tried now.

    Args:
        sites: every site tried so far.
        max_sites: sites that may answer, as the topic file says; tries are limited to a multiple of it.

    Returns:
        At least 0; 0 ends the round.
    """
    reached = sum(site.state != SiteState.UNREACHED for site in sites)
    return max(0, min(max_sites - reached, MAX_TRIES_PER_SITE * max_sites - len(sites)))


def choose_sites(corpus: Corpus, *, known: Callable[[Url], bool], limit: int) -> tuple[SiteCandidate, ...]:
    """At most `limit` unheard sites, best claim first, a fifth of them named by one person only.

    Args:
        corpus: what was heard so far; only posts at least close to the topic have a say.
        known: whether the site of an address was tried already.
        limit: how many may be tried in this batch.
    """
    found = _candidates(corpus, known)
    found.sort(key=lambda c: (c.authors < 2, -round(c.claim, 6), c.url))
    reserved = round(NEW_VOICES * limit)
    chosen = found[: limit - reserved]
    rest = sorted(
        found[limit - reserved :], key=lambda c: (c.authors > 1, c.newest, round(c.claim, 6), c.url), reverse=True
    )
    singles = [c for c in rest if c.authors == 1][:reserved]
    fill = [c for c in found[limit - reserved :] if c not in singles][: reserved - len(singles)]
    return (*chosen, *singles, *fill)


def _candidates(corpus: Corpus, known: Callable[[Url], bool]) -> list[SiteCandidate]:
    claims: dict[str, dict[PersonId, float]] = defaultdict(dict)
    addresses: dict[str, list[tuple[str, Url]]] = defaultdict(list)
    for post in corpus.posts:
        if post.relevance < HEARSAY:
            continue
        day = post.published_on.isoformat() if post.published_on else ""
        for link in post.links:
            if is_platform(link.target) or known(link.target):
                continue
            key = url_key(default_site(link.target))
            claims[key][post.author] = max(claims[key].get(post.author, 0.0), post.relevance)
            addresses[key].append((day, link.target))
    recommended: dict[str, dict[str, float]] = defaultdict(dict)
    for one in corpus.recommendations:
        if not is_platform(one.target) and not known(one.target):
            key = url_key(default_site(one.target))
            recommended[key][one.by] = one.relevance
            addresses[key].append(("", one.target))
    return [
        SiteCandidate(
            url=min(url for _, url in addresses[key]),
            claim=sum(claims[key].values()) + RECOMMENDED * sum(recommended[key].values()),
            citers=tuple(sorted(claims[key], key=lambda person: (-claims[key][person], person))),
            newest=max(day for day, _ in addresses[key]),
            recommended_by=tuple(sorted(set(recommended[key]) - set(claims[key]))),
        )
        for key in sorted(addresses)
    ]


def cited_addresses(corpus: Corpus) -> tuple[Url, ...]:
    """Every address that such posts cite, the most cited first: known sites are asked for those posts first."""
    counts: dict[Url, set[PersonId]] = defaultdict(set)
    for post in corpus.posts:
        if post.relevance >= HEARSAY:
            for link in post.links:
                counts[link.target].add(post.author)
    return tuple(sorted(counts, key=lambda url: (-len(counts[url]), url)))
