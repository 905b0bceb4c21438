"""Builds the corpus: merge sightings into posts, measure relevance, judge sites, resolve authors into people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from generator.config import Topic
from generator.corpus import suppression
from generator.corpus.bylines import full_name_bylines, full_names
from generator.corpus.deduplicate import MergedPosts, merge_sightings, own_pages
from generator.corpus.finished_posts import finished_post, scored_window
from generator.corpus.identity import ResolvedPerson, assign_slugs, resolve_people
from generator.corpus.merged_posts import MergedPost
from generator.corpus.opt_out_identity import as_visible_on, identifiers_of, joined_sites, without_redacted
from generator.corpus.person import make_person
from generator.corpus.recommendations import find_recommendations
from generator.corpus.relevance import measure_relevance
from generator.corpus.site_authors import SiteAuthor, authors_of_site
from generator.corpus.site_verdicts import let_in_by_citations, with_verdict
from generator.corpus.term_rows import TermVectoriser
from generator.corpus.translations import without_translations
from generator.records import (
    Corpus,
    Dropped,
    Extraction,
    OptedOutPerson,
    OwnPage,
    PageKind,
    PersonId,
    Post,
    PublisherKind,
    Site,
    SiteId,
    SiteState,
    Url,
    UrlKey,
)
from generator.urls import SiteIndex, url_key


@dataclass(frozen=True, slots=True)
class CorpusResult:
    """The corpus, and what the workspace keeps: slug by identity key, and people who ask to be left out."""

    corpus: Corpus
    slugs: tuple[tuple[str, PersonId], ...]
    opted_out: tuple[OptedOutPerson, ...] = ()


def build_corpus(
    extractions: Sequence[Extraction],
    sites: Sequence[Site],
    *,
    topic: Topic,
    vectoriser: TermVectoriser,
    redirects: Mapping[UrlKey, Url],
    known_slugs: Mapping[str, PersonId],
    as_of: date,
) -> CorpusResult:
    """People, posts and verdicts on sites, from everything read so far.

    Args:
        extractions: what was read of every snapshot, in any order.
        sites: every site tried, as the frontier knows them; their state is decided here.
        topic: keywords, window, languages and the analyst's overrides.
        vectoriser: the word counts, shared between rounds.
        redirects: final address by the key of one that redirects there.
        known_slugs: slug by identity key, from earlier runs.
        as_of: the day that counts as today.
    """
    index = SiteIndex((site.id, site.aliases) for site in sites)
    extractions = [as_visible_on(as_of, without_redacted(extraction)) for extraction in extractions]
    pages = own_pages(extractions, index)
    assembled = merge_sightings(extractions, index, redirects, vectoriser)
    by_site = _by_site(assembled)
    suppressed = _suppression(topic, pages, by_site)
    merged_posts = [merged for merged in assembled.merged_posts if not suppressed.covers(merged.url)]
    for merged in merged_posts:
        suppression.remove_suppressed_links(merged, suppressed)
    merged_posts, other_languages = _in_languages(merged_posts, topic.topic.languages)
    merged_posts, translated = without_translations(merged_posts)
    seeds = frozenset(site.id for site in sites if site.hop == 0)
    rows = [merged.row for merged in merged_posts if merged.row is not None]
    relevance = measure_relevance(vectoriser, rows, [d.site for d in merged_posts], seeds, topic.topic)
    rho = {merged.url: float(value) for merged, value in zip(merged_posts, relevance.posts, strict=True)}
    relevance_of: dict[SiteId, list[float]] = defaultdict(list)
    for merged in merged_posts:
        relevance_of[merged.site].append(rho[merged.url])
    judged = tuple(
        with_verdict(
            site,
            np.array(relevance_of[site.id]),
            relevance.seed_level,
            topic,
            len(assembled.elsewhere.get(site.id, ())),
        )
        for site in sites
        if not suppressed.covers(site.id)
    )
    judged = let_in_by_citations(judged, merged_posts, rho)
    inside = {site.id for site in judged if site.state == SiteState.IN}
    kept = [merged for merged in merged_posts if merged.site in inside]
    people, guests = _people(kept, {s: pages.get(s, []) for s in inside}, assembled, index, topic)
    slugs = assign_slugs(people, known_slugs)
    window = scored_window(kept, rho, topic, as_of)
    author = {url: slugs[person.key] for person in people for author in person.authors for url in author.posts}
    organisations = frozenset(slugs[person.key] for person in people if person.kind is not PublisherKind.PERSON)
    named = full_names(people, slugs)
    posts = tuple(
        replace(
            finished_post(d, author[d.url], rho[d.url], window, as_of, index),
            signed_by=full_name_bylines(d, named) if author[d.url] in organisations else (),
        )
        for d in kept
        if d.url in author
    )
    dropped = [d for d in assembled.dropped if not suppressed.covers(d.what) and not suppressed.mentions(d.reason)]
    dropped += [*other_languages, *translated, *guests]
    dropped += [Dropped(merged.url, "its site is off topic") for merged in merged_posts if merged.site not in inside]
    by_person: dict[PersonId, list[Post]] = defaultdict(list)
    for post in posts:
        by_person[post.author].append(post)
    site_of = {site.id: site for site in judged}
    portraits = tuple(
        make_person(
            person, slugs[person.key], by_person[slugs[person.key]], pages, site_of, _colleagues(person, people)
        )
        for person in people
    )
    corpus = Corpus(
        people=tuple(sorted(portraits, key=lambda p: p.id)),
        posts=tuple(sorted(posts, key=lambda p: p.url)),
        sites=tuple(sorted(judged, key=lambda s: s.id)),
        recommendations=find_recommendations(pages, assembled, judged, people, slugs, index, vectoriser, suppressed),
        pages=_own_pages(pages, people, slugs, suppressed),
        window=window,
        dropped=tuple(sorted(dropped, key=lambda d: (d.what, d.reason))),
        warnings=relevance.warnings,
    )
    identities = [(key, slugs[p.key]) for p in people for key in sorted({p.key, *(v.key for v in p.authors)})]
    return CorpusResult(corpus, tuple(sorted(identities)), _opted_out(pages, index, topic))


def _by_site(assembled: MergedPosts) -> dict[SiteId, list[MergedPost]]:
    out: dict[SiteId, list[MergedPost]] = defaultdict(list)
    for merged in assembled.merged_posts:
        out[merged.site].append(merged)
    return out


def _suppression(
    topic: Topic, pages: Mapping[SiteId, Sequence[Extraction]], by_site: Mapping[SiteId, Sequence[MergedPost]]
) -> suppression.Suppression:
    """Sites left out by the topic file or by their own request, with the names of their authors."""
    roots = suppression.analyst_roots(topic.people)
    requests = suppression.opt_out_requests(pages)
    named = {site for site in pages if url_key(site) in roots} | requests
    names = [
        author.name
        for site in sorted(named)
        for author in authors_of_site(site, url_key(site), by_site.get(site, []), pages[site], 0).authors
    ]
    return suppression.make_suppression(roots, sorted(requests), names)


def _opted_out(
    pages: Mapping[SiteId, Sequence[Extraction]], index: SiteIndex, topic: Topic
) -> tuple[OptedOutPerson, ...]:
    """People who ask on their own pages to be left out, with everything that identifies them."""
    found = []
    for site in sorted(suppression.opt_out_requests(pages)):
        sites = sorted(joined_sites(site, pages, index))
        mine = [page for one in sites for page in pages.get(one, ())]
        found.append(identifiers_of(OptedOutPerson(tuple(url_key(one) for one in sites), ()), mine, topic.topic))
    return tuple(found)


def _in_languages(
    merged_posts: Sequence[MergedPost], languages: tuple[str, ...]
) -> tuple[list[MergedPost], list[Dropped]]:
    """Posts in the topic's languages; a post whose language is unsure stays."""
    if not languages:
        return list(merged_posts), []
    wanted = {language.split("-")[0].lower() for language in languages}
    other_languages = [d for d in merged_posts if d.best.language and d.best.language not in wanted]
    names = {d.url for d in other_languages}
    dropped = [Dropped(d.url, f"written in another language ({d.best.language})") for d in other_languages]
    return [d for d in merged_posts if d.url not in names], dropped


def _people(
    merged_posts: Sequence[MergedPost],
    pages: Mapping[SiteId, Sequence[Extraction]],
    assembled: MergedPosts,
    index: SiteIndex,
    topic: Topic,
) -> tuple[tuple[ResolvedPerson, ...], list[Dropped]]:
    """Authors of every site that is in, joined into people; posts by guests are dropped."""
    by_site: dict[SiteId, list[MergedPost]] = defaultdict(list)
    for merged in merged_posts:
        by_site[merged.site].append(merged)
    authors: list[SiteAuthor] = []
    dropped: list[Dropped] = []
    for site in sorted(by_site):
        elsewhere = len(assembled.elsewhere.get(site, ()))
        found = authors_of_site(site, url_key(site), by_site[site], pages.get(site, ()), elsewhere)
        authors += found.authors
        dropped += [Dropped(url, f"signed by a guest, {name}") for url, name in found.guests]
    return resolve_people(authors, pages, index, topic.people), dropped


def _colleagues(person: ResolvedPerson, people: Sequence[ResolvedPerson]) -> list[str]:
    """Names of the other authors of sites a person only signs on."""
    signed = {author.site for author in person.authors if not author.owns_site}
    if not signed:
        return []
    return sorted(
        author.name
        for other in people
        if other is not person
        for author in other.authors
        if author.site in signed and not author.owns_site
    )


def _own_pages(
    pages: Mapping[SiteId, Sequence[Extraction]],
    people: Sequence[ResolvedPerson],
    slugs: Mapping[str, PersonId],
    suppressed: suppression.Suppression,
) -> tuple[OwnPage, ...]:
    """About, contact, policy and home pages of people who own a site."""
    owner = {v.site: slugs[p.key] for p in people for v in p.authors if v.owns_site}
    out = [
        OwnPage(owner[site], page.url, page.kind, page.title, page.text)
        for site, found in pages.items()
        if site in owner
        for page in found
        if page.kind in (PageKind.ABOUT, PageKind.HOME) and page.text and not page.noindex
        if not suppressed.mentions(page.text) and not suppressed.covers(page.url)
    ]
    return tuple(sorted(out, key=lambda p: (p.owner, p.url)))
