"""Sites named outside posts: blogrolls of people inside, and planets that pass on what others write.

They suggest sites to crawl next and never count in a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.corpus.deduplicate import MergedPosts
from generator.corpus.identity import ResolvedPerson
from generator.corpus.suppression import Suppression
from generator.corpus.term_rows import TermVectoriser
from generator.records import Extraction, PersonId, Recommendation, Site, SiteId, SiteState, Url
from generator.urls import SiteIndex, host_of

PLANET_ENTRIES = 5  # entries of others in one feed that make it a planet rather than a blog that moved a post
ROLL = 20  # sites a blogroll can recommend in full; a longer one divides this among them
PLANET_SHARE = 0.5  # of them that name the topic, from which the planet speaks for the sites of those


def find_recommendations(
    pages: Mapping[SiteId, Sequence[Extraction]],
    assembled: MergedPosts,
    judged: Sequence[Site],
    people: Sequence[ResolvedPerson],
    slugs: Mapping[str, PersonId],
    index: SiteIndex,
    vectoriser: TermVectoriser,
    suppressed: Suppression,
) -> tuple[Recommendation, ...]:
    """What blogrolls of people inside and planets about the topic name, each pair once, without one's own sites."""
    relevance = {site.id: site.relevance for site in judged if site.state == SiteState.IN}
    owner = {author.site: slugs[person.key] for person in people for author in person.authors if author.owns_site}
    found = _of_planets(assembled, vectoriser)
    for site in sorted(set(owner) & set(relevance)):
        roll = {link.target for page in pages.get(site, ()) for link in page.blogroll}
        others = sorted(target for target in roll if owner.get(_site(target, index)) != owner[site])
        share = min(1.0, ROLL / max(1, len(others)))
        found += [Recommendation(owner[site], target, round(share * relevance[site], 6)) for target in others]
    shown = [one for one in found if not suppressed.covers(one.target) and not suppressed.covers(one.by)]
    unique = {(one.by, one.target): one for one in sorted(shown, key=lambda one: (one.by, one.target, one.relevance))}
    return tuple(unique[pair] for pair in sorted(unique))


def _site(target: Url, index: SiteIndex) -> SiteId:
    """The known site at an address; the address itself if there is no such site."""
    return index.site_of(target) or SiteId(target)


def _of_planets(assembled: MergedPosts, vectoriser: TermVectoriser) -> list[Recommendation]:
    """Addresses of entries that name the topic, from feeds most of whose entries of others do."""
    found = []
    for site, entries in assembled.elsewhere.items():
        naming = [
            entry for entry in entries if vectoriser.mentions_topic(f"{entry.title} {entry.text}", entry.language)
        ]
        share = len(naming) / len(entries)
        if len(entries) >= PLANET_ENTRIES and share >= PLANET_SHARE:
            found += [Recommendation(host_of(site), entry.url, share) for entry in naming]
    return found
