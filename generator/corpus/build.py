"""Builds the corpus: merge sightings into posts, measure relevance, judge sites, resolve authors into people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from generator.config import Topic
from generator.corpus import suppression
from generator.corpus.bylines import full_name_bylines, full_names
from generator.corpus.deduplicate import MergedPost, MergedPosts, merge_sightings, own_pages
from generator.corpus.identity import ResolvedPerson, assign_slugs, resolve_people
from generator.corpus.opt_out_identity import as_visible_on, identifiers_of, joined_sites, without_redacted
from generator.corpus.person import make_person
from generator.corpus.recommendations import find_recommendations
from generator.corpus.relevance import ON_TOPIC, measure_relevance, site_verdict
from generator.corpus.site_authors import SiteAuthor, authors_of_site
from generator.corpus.term_rows import TermVectoriser
from generator.records import (
    Corpus,
    Dropped,
    Extraction,
    Link,
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
from generator.urls import SiteIndex, canonical_url, host_of, url_key

NEAR_TOPIC = 0.3  # relevance of a citing post from which its citation counts for the cited site
MIN_CITED_RELEVANCE = 0.1  # relevance below which a cited post is off topic
MIN_CITING_SITES = 2  # on-topic sites that must cite a site to let it in
MIN_CITED_POSTS = 2  # posts on topic that such a site must have
DEFAULT_WINDOW = timedelta(days=730)


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
    seeds = frozenset(site.id for site in sites if site.hop == 0)
    rows = [merged.row for merged in merged_posts if merged.row is not None]
    relevance = measure_relevance(vectoriser, rows, [d.site for d in merged_posts], seeds, topic.topic)
    rho = {merged.url: float(value) for merged, value in zip(merged_posts, relevance.posts, strict=True)}
    relevance_of: dict[SiteId, list[float]] = defaultdict(list)
    for merged in merged_posts:
        relevance_of[merged.site].append(rho[merged.url])
    judged = tuple(
        _with_verdict(
            site,
            np.array(relevance_of[site.id]),
            relevance.seed_level,
            topic,
            len(assembled.elsewhere.get(site.id, ())),
        )
        for site in sites
        if not suppressed.covers(site.id)
    )
    judged = _let_in_by_citations(judged, merged_posts, rho)
    inside = {site.id for site in judged if site.state == SiteState.IN}
    kept = [merged for merged in merged_posts if merged.site in inside]
    people, guests = _people(kept, {s: pages.get(s, []) for s in inside}, assembled, index, topic)
    slugs = assign_slugs(people, known_slugs)
    window = _window(kept, rho, topic, as_of)
    author = {url: slugs[person.key] for person in people for author in person.authors for url in author.posts}
    organisations = frozenset(slugs[person.key] for person in people if person.kind is not PublisherKind.PERSON)
    named = full_names(people, slugs)
    posts = tuple(
        replace(
            _post(d, author[d.url], rho[d.url], window, as_of, index),
            signed_by=full_name_bylines(d, named) if author[d.url] in organisations else (),
        )
        for d in kept
        if d.url in author
    )
    dropped = [d for d in assembled.dropped if not suppressed.covers(d.what) and not suppressed.mentions(d.reason)]
    dropped += [*other_languages, *guests]
    dropped += [Dropped(merged.url, "its site is off topic") for merged in merged_posts if merged.site not in inside]
    by_person: dict[PersonId, list[Post]] = defaultdict(list)
    for post in posts:
        by_person[post.author].append(post)
    site_of = {site.id: site for site in judged}
    portraits = tuple(
        make_person(person, slugs[person.key], by_person[slugs[person.key]], pages, site_of) for person in people
    )
    corpus = Corpus(
        people=tuple(sorted(portraits, key=lambda p: p.id)),
        posts=tuple(sorted(posts, key=lambda p: p.url)),
        sites=tuple(sorted(judged, key=lambda s: s.id)),
        recommendations=find_recommendations(pages, assembled, judged, people, slugs, index, vectoriser, suppressed),
        pages=_own_pages(pages, people, slugs, suppressed),
        window=window,
        dropped=tuple(sorted(dropped, key=lambda d: (d.what, d.reason))),
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


def _with_verdict(site: Site, values: npt.NDArray[np.float64], seed_level: float, topic: Topic, elsewhere: int) -> Site:
    """The site with its verdict from the relevance of its posts; an unreached site keeps the reason of the crawl."""
    inside, reason = site_verdict(values, seed_level)
    for override in topic.people:
        if override.keep and (url := canonical_url(override.keep)) and url_key(url) == url_key(site.id):
            inside, reason = len(values) > 0, f"kept by the analyst ({reason})"
    if not len(values) and site.state == SiteState.UNREACHED:
        return site
    if not len(values) and elsewhere:
        reason = f"an aggregator: all {elsewhere} entries of its feed stand on other sites"
    return replace(
        site,
        state=SiteState.IN if inside else SiteState.OUT,
        reason=reason,
        posts=len(values),
        on_topic_posts=int((values >= ON_TOPIC).sum()),
        relevance=round(float(values.mean()), 4) if len(values) else 0.0,
    )


def _let_in_by_citations(
    judged: tuple[Site, ...], merged_posts: Sequence[MergedPost], rho: Mapping[Url, float]
) -> tuple[Site, ...]:
    """Let in sites with few posts on the topic if those posts are what sites inside cite them for.

    At least two sites inside must cite such posts, in posts near the topic themselves. Citations of other posts do
    not count: they show fame, not a share in the topic.
    """
    inside = {site.id for site in judged if site.state == SiteState.IN}
    topical = {
        url_key(url): d.site for d in merged_posts if rho[d.url] >= MIN_CITED_RELEVANCE for url in (d.url, *d.aliases)
    }
    citing: dict[SiteId, set[SiteId]] = defaultdict(set)
    for merged in merged_posts:
        if merged.site in inside and rho[merged.url] >= NEAR_TOPIC:
            for link in merged.links:
                if (cited := topical.get(url_key(link.target))) is not None and cited != merged.site:
                    citing[cited].add(merged.site)
    return tuple(
        replace(
            site,
            state=SiteState.IN,
            reason=f"posts that have to do with the topic are cited by {len(citing[site.id])} sites inside; "
            f"{site.on_topic_posts} of {site.posts} posts are about the topic",
        )
        if site.state == SiteState.OUT
        and len(citing[site.id]) >= MIN_CITING_SITES
        and site.on_topic_posts >= MIN_CITED_POSTS
        else site
        for site in judged
    )


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


def _window(
    merged_posts: Sequence[MergedPost], rho: Mapping[Url, float], topic: Topic, as_of: date
) -> tuple[date, date]:
    """First and last day that count: from `since` to today, or the 24 months up to the newest post on topic."""
    if topic.topic.since:
        return topic.topic.since, as_of
    days = [d.published_at.date() for d in merged_posts if d.published_at and rho[d.url] >= ON_TOPIC]
    newest = min(max((day for day in days if day <= as_of), default=as_of), as_of)
    return newest - DEFAULT_WINDOW, as_of


def _post(
    merged: MergedPost, author: PersonId, rho: float, window: tuple[date, date], as_of: date, index: SiteIndex
) -> Post:
    """The finished post. A date after today is dropped; an undated post counts as inside the window."""
    when: datetime | None = merged.published_at
    if when and when.date() > as_of + timedelta(days=1):
        when = None
    links = tuple(
        replace(link, target=_at_present_host(link.target, index))
        for link in merged.links
        if index.site_of(link.target) != merged.site
    )
    return Post(
        url=merged.url,
        author=author,
        site=merged.site,
        title=merged.best.title,
        text=merged.best.text,
        published_at=when,
        time_known=merged.time_known and when is not None,
        language=merged.best.language,
        tags=merged.tags,
        links=_quotable(links, merged),
        relevance=round(rho, 4),
        in_window=when is None or window[0] <= when.date() <= window[1],
        words=merged.row.words if merged.row else 0,
        sightings=merged.sightings,
        aliases=tuple(sorted(merged.aliases)),
        quotable=merged.quotable,
        in_reply_to=merged.best.in_reply_to,
    )


def _quotable(links: tuple[Link, ...], merged: MergedPost) -> tuple[Link, ...]:
    """Links without their sentence where the page asks not to be quoted."""
    return links if merged.quotable else tuple(replace(link, sentence="") for link in links)


def _at_present_host(target: Url, index: SiteIndex) -> Url:
    """The address at the site's present host, where it was given at a former one."""
    site = index.site_of(target)
    if site is None or host_of(target) == host_of(site):
        return target
    old = target.split("/", 3)
    new = site.split("/", 3)
    return Url("/".join([*new[:3], old[3] if len(old) > 3 else ""]))


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
