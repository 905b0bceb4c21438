"""Chooses which sites to crawl next: those that people relevant to the topic cite, not those with most links.

The claim of a site sums, over distinct citing people, the relevance of each person's most relevant citing post, and
half of that for each person who recommends it on a blogroll. Sites named by two or more people come first. A share of
each round is reserved for sites that one person named, newest citations first, so that small and new authors are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.records import Corpus, PersonId, Site, SiteOrigin, SiteState, Url
from generator.urls import default_site, is_platform, url_key

MAX_TRIES_PER_SITE = 20  # per site that may be crawled in full: most addresses cited years ago no longer answer
SINGLE_CITER_SHARE = 0.2  # of a round, reserved for sites with one citer
RECOMMENDATION_WEIGHT = 0.5  # of a citation: a blogroll is written once and rarely updated
MIN_CITING_RELEVANCE = 0.3  # of a citing post that counts: below, people cite friends off topic


@dataclass(frozen=True, slots=True)
class SiteCandidate:
    """A site that may be crawled: its address, its claim, who cites it and who else recommends it."""

    url: Url
    claim: float
    citers: tuple[PersonId, ...]
    newest: str  # ISO day of the newest citation, "" where undated
    recommended_by: tuple[str, ...] = ()  # people outside `citers`

    @property
    def authors(self) -> int:
        """Number of people who cite or recommend it."""
        return len(self.citers) + len(self.recommended_by)

    @property
    def origin(self) -> SiteOrigin:
        """Whether posts cite it, or only blogrolls recommend it."""
        return SiteOrigin.CITATION if self.citers else SiteOrigin.RECOMMENDATION

    @property
    def found_by(self) -> str:
        """How it was found, as shown in the report."""
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
    """At most `limit` new sites, best claim first, a fifth of them named by one person only.

    Args:
        corpus: the corpus so far; posts below MIN_CITING_RELEVANCE do not count.
        known: whether the site of an address is in the crawl already.
        limit: maximum of sites in this batch.
    """
    found = _candidates(corpus, known)
    found.sort(key=lambda c: (c.authors < 2, -round(c.claim, 6), c.url))
    reserved = round(SINGLE_CITER_SHARE * limit)
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
        if post.relevance < MIN_CITING_RELEVANCE:
            continue
        day = post.published_on.isoformat() if post.published_on else ""
        for link in post.links:
            if is_platform(link.target) or known(link.target):
                continue
            key = url_key(default_site(link.target))
            claims[key][post.author] = max(claims[key].get(post.author, 0.0), post.relevance)
            addresses[key].append((day, link.target))
    recommended: dict[str, dict[str, float]] = defaultdict(dict)
    for recommendation in corpus.recommendations:
        if not is_platform(recommendation.target) and not known(recommendation.target):
            key = url_key(default_site(recommendation.target))
            recommended[key][recommendation.by] = recommendation.relevance
            addresses[key].append(("", recommendation.target))
    return [
        SiteCandidate(
            url=min(url for _, url in addresses[key]),
            claim=sum(claims[key].values()) + RECOMMENDATION_WEIGHT * sum(recommended[key].values()),
            citers=tuple(sorted(claims[key], key=lambda person: (-claims[key][person], person))),
            newest=max(day for day, _ in addresses[key]),
            recommended_by=tuple(sorted(set(recommended[key]) - set(claims[key]))),
        )
        for key in sorted(addresses)
    ]


def cited_addresses(corpus: Corpus) -> tuple[Url, ...]:
    """Addresses that relevant posts cite, most cited first; on known sites they are requested first."""
    counts: dict[Url, set[PersonId]] = defaultdict(set)
    for post in corpus.posts:
        if post.relevance >= MIN_CITING_RELEVANCE:
            for link in post.links:
                counts[link.target].add(post.author)
    return tuple(sorted(counts, key=lambda url: (-len(counts[url]), url)))
