"""People whose part in the ranking follows from the topic file: owners of seeds, and people never short-listed."""

from __future__ import annotations

from generator.config import Topic
from generator.records import Corpus, PersonId, PublisherKind, SiteState
from generator.urls import SiteIndex, canonical_url


def seed_owners(corpus: Corpus) -> tuple[PersonId, ...]:
    """Owners of the seeds that are on topic, without aggregators; trust starts from them."""
    seeds = {site.id for site in corpus.sites if site.hop == 0 and site.state == SiteState.IN}
    return tuple(
        person.id for person in corpus.people if seeds & set(person.sites) and person.kind != PublisherKind.AGGREGATOR
    )


def excluded_people(topic: Topic, corpus: Corpus) -> frozenset[PersonId]:
    """The analyst's friends, and people never to be contacted: they are ranked but never short-listed."""
    index = SiteIndex((site.id, site.aliases) for site in corpus.sites)
    addresses: list[str] = [*topic.brief.never_contact]
    addresses += [u for o in topic.people if o.friend for u in (*o.same, *([o.site] if o.site else []))]
    urls = [url for raw in addresses if (url := canonical_url(raw))]
    sites = {index.site_of(url) for url in urls} - {None}
    return frozenset(person.id for person in corpus.people if sites & set(person.sites))
