"""The crawl frontier: the state of every site of a crawl, and which addresses to request next.

One round per hop, several waves per round: entry pages and homes, then feeds, then a few posts to judge a site by.
Sites found on topic are then crawled in full, with the pages about their owner. Before a site is rejected on its
newest posts, its list of older posts is requested and some of those are read. A wave depends on all answers of the
waves before it, in order of address, so the order in which servers answer changes nothing. Nothing here fetches,
parses or scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.discover.aliases import AliasTable, declared_address, is_root
from generator.discover.site_crawl import CrawlDepth, SiteCrawl, feeds_of
from generator.discover.site_requests import SiteRequests
from generator.discover.url_kinds import is_asset
from generator.records import (
    Extraction,
    FetchRequest,
    PageKind,
    Refusal,
    Site,
    SiteId,
    SiteOrigin,
    SiteState,
    Url,
    UrlKey,
)
from generator.urls import canonical_url, default_site, host_of, is_platform, url_key


class Frontier:
    """Sites, the requests made to them, and the requests worth making next."""

    def __init__(
        self,
        *,
        max_pages_per_site: int,
        never: Iterable[str] = (),
        opted_out: Callable[[Url], bool] = lambda _: False,
        mentions_topic: Callable[[str], bool],
    ) -> None:
        """Start empty.

        Args:
            max_pages_per_site: maximum of addresses requested from one site in one run.
            never: roots (addresses) that must not be contacted at all.
            opted_out: whether an address belongs to a person who was left out in an earlier run.
            mentions_topic: whether a title or a link text mentions the topic; such posts are requested first.
        """
        self._budget = max_pages_per_site
        self._opted_out = opted_out
        self._never = tuple(sorted(url_key(url) for raw in never if (url := canonical_url(raw))))
        self._sites: dict[UrlKey, SiteCrawl] = {}
        self._moved: dict[UrlKey, UrlKey] = {}
        self._mirrors: set[UrlKey] = set()  # moved by a page's own word: what they still serve is not the target's
        self._aliases = AliasTable()
        self._requests = SiteRequests(
            key_of=self.key_of, root=self.root, forbidden=self.forbidden, mentions_topic=mentions_topic
        )

    # ── sites ────────────────────────────────────────────────────────────────────────────────────

    def key_of(self, url: Url) -> UrlKey:
        """The site of an address: its host, or its owner's folder on a shared host; moved hosts are followed."""
        key = url_key(default_site(url))
        seen = set()
        while key in self._moved and key not in seen:
            seen.add(key)
            key = self._moved[key]
        return key

    def knows(self, url: Url) -> bool:
        """Whether the site of an address was added."""
        return self.key_of(url) in self._sites

    def forbidden(self, url: Url) -> bool:
        """Whether the analyst or the owner excluded the address from requests."""
        key = url_key(url) + "/"
        return any(key.startswith(never + "/") for never in self._never) or self._opted_out(url)

    def add_site(self, url: Url, *, hop: int, found_by: str, origin: SiteOrigin, entries: Sequence[Url] = ()) -> None:
        """Add a site, or more addresses that led to a known site; forbidden addresses are ignored."""
        if self.forbidden(url):
            return
        key = self.key_of(url)
        site = self._sites.setdefault(key, SiteCrawl(key, Url(default_site(url)), hop, found_by, origin))
        known = {url_key(entry) for entry in site.entries}
        site.entries += [entry for entry in entries if url_key(entry) not in known]
        site.silent.clear()

    def note_requested(self, request: FetchRequest) -> None:
        """Record a request made outside the waves, such as that of a seed."""
        if (site := self._site_for(request.url)) is not None:
            site.note_requested(request.url, request.purpose)

    def add_cited(self, targets: Iterable[Url]) -> None:
        """Add cited addresses of known sites; they are requested before other posts."""
        for url in targets:
            site = self._sites.get(self.key_of(url))
            if site is None or is_asset(url) or self.forbidden(url):
                continue
            if all(url_key(url) != url_key(entry) for entry in site.entries):
                site.entries.append(url)
                site.silent.clear()

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def record_answer(
        self, asked: Url, extraction: Extraction, redirects: Sequence[Url], sitemaps: Sequence[Url] = ()
    ) -> None:
        """Record the extraction of an answer, the redirects that led to it, and the sitemaps its robots.txt names."""
        site = self._site_for(asked)
        final = extraction.url
        for hop in (asked, *redirects):
            self._aliases.note_redirect(hop, final)
        self._aliases.note_page(extraction)
        if site is None:
            return
        there = self.key_of(final)
        if there != site.key:
            site = self._move(site, asked, final, there)
        site.answered.add(url_key(final))
        site.sitemaps += [url for url in sitemaps if self.key_of(url) == site.key and url not in site.sitemaps]
        site.fetched += 1
        site.silent.clear()
        declared = declared_address(extraction)
        if url_key(default_site(final)) in self._mirrors:
            if declared is None or self.key_of(declared) != site.key:
                return
        elif declared is not None and is_root(final) and self.key_of(declared) != site.key:
            self._move_to_declared(site, final, declared)
            return
        site.extractions[final] = extraction

    @property
    def redirects(self) -> Mapping[UrlKey, Url]:
        """The final address by the key of another address of the same page."""
        return self._aliases.resolved(self.knows)

    def record_refusal(self, refusal: Refusal) -> None:
        """Record that an address gave no answer."""
        if (site := self._site_for(refusal.url)) is not None:
            site.refusals.append(refusal)

    def _site_for(self, url: Url) -> SiteCrawl | None:
        return self._sites.get(self.key_of(url))

    def _move(self, site: SiteCrawl, asked: Url, final: Url, there: UrlKey) -> SiteCrawl:
        """Follow a redirect to another host: of the root it moves the whole site, of a page only that page."""
        target = self._sites.get(there)
        if is_platform(final):
            return site
        if target is None:
            target = SiteCrawl(there, Url(default_site(final)), site.hop, site.found_by, site.found_how)
            self._sites[there] = target
        if url_key(asked) == url_key(site.origin) or not site.extractions:
            target.aliases |= {site.origin, *site.aliases}
            target.hop = min(target.hop, site.hop)
            target.entries += [e for e in site.entries if e not in target.entries and url_key(e) not in self._aliases]
            target.extractions.update(site.extractions)
            target.asked.update(site.asked)
            target.answered |= site.answered
            target.fetched += site.fetched
            self._moved[site.key] = there
            self._sites.pop(site.key, None)
            for other in self._sites.values():  # one of its addresses may be on this site now
                other.silent.clear()
        return target

    def _move_to_declared(self, site: SiteCrawl, root: Url, declared: Url) -> None:
        """Follow a home page that says it is another's: a stub that moved, or a mirror.

        Any page can claim this. The site's addresses lead to the target from now on, and its pages count only where
        they name an address of the target too.
        """
        there = self.key_of(declared)
        if is_platform(declared) or self.forbidden(declared) or there in self._mirrors:
            return
        left, site.extractions = site.extractions, {}
        self._mirrors.add(url_key(default_site(root)))
        target = self._move(site, root, declared, there)
        target.entries += [url for url in (declared,) if url not in target.entries]
        named = {url: e for url, e in left.items() if (to := declared_address(e)) and self.key_of(to) == there}
        target.extractions.update(named)
        target.silent.clear()

    # ── requests ─────────────────────────────────────────────────────────────────────────────────

    def next_wave(self, depth: CrawlDepth, only: frozenset[SiteId] | None = None) -> tuple[FetchRequest, ...]:
        """The requests of the next wave, in order of address; empty when nothing is left at this depth.

        Args:
            depth: how much is requested of a site.
            only: the sites to crawl; None for all.
        """
        wave: dict[UrlKey, FetchRequest] = {}
        for key in sorted(self._sites):
            site = self._sites[key]
            left = max(0, self._budget - len(site.asked))
            if not left or depth in site.silent or (only is not None and self.root(site) not in only):
                continue
            guessed = len(site.guessed)
            wanted = self._requests.of(site, depth)
            if not wanted and len(site.guessed) == guessed:
                site.silent.add(depth)
            for url, purpose in wanted[:left]:
                site.note_requested(url, purpose)
                wave.setdefault(url_key(url), FetchRequest(url, purpose))
        return tuple(wave[key] for key in sorted(wave))

    def count_topical_titles(self) -> Mapping[SiteId, int]:
        """Unread posts of each site whose title mentions the topic."""
        found = {}
        for site in self._sites.values():
            unread = {url_key(url) for url, likelihood in self._requests.posts(site) if likelihood > 0}
            found[self.root(site)] = len(unread & self._requests.named(site))
        return found

    # ── results ──────────────────────────────────────────────────────────────────────────

    def root(self, site: SiteCrawl) -> SiteId:
        """The site's root: its host, or the folder that a feed declares as home if 90 % of the posts are in it."""
        homes = {e.site_home for e in site.extractions.values() if e.site_home and e.kind == PageKind.FEED}
        homes = {home for home in homes if self.key_of(home) == site.key}
        posts = [p.url for e in site.extractions.values() for p in e.posts if self.key_of(p.url) == site.key]
        for home in sorted(homes, key=len):
            folder = (
                home
                if home.endswith("/")
                else home.rsplit("/", 1)[0] + "/"
                if "." in home.rsplit("/", 1)[-1]
                else home + "/"
            )
            inside = sum(1 for url in posts if (url_key(url) + "/").startswith(url_key(folder) + "/"))
            if posts and inside >= 0.9 * len(posts):
                return SiteId(folder)
        answered = [
            e.url
            for e in site.extractions.values()
            if e.kind == PageKind.HOME and host_of(e.url) == host_of(site.origin)
        ]
        return SiteId(default_site(min(answered, key=len)) if answered else site.origin)

    def sites(self) -> tuple[Site, ...]:
        """Every site of the crawl in its present state, in order of key."""
        out = []
        for key in sorted(self._sites):
            site = self._sites[key]
            pages = site.extractions.values()
            titles = [
                e.title
                for e in sorted(pages, key=lambda e: (e.kind not in (PageKind.HOME, PageKind.FEED), e.url))
                if e.title
            ]
            out.append(
                Site(
                    id=self.root(site),
                    title=titles[0] if titles else "",
                    state=SiteState.OUT if site.reached else SiteState.UNREACHED,
                    reason=_why_unreached(site),
                    found_by=site.found_by,
                    origin=site.found_how,
                    refusals=() if site.reached else tuple(sorted({refusal.reason for refusal in site.refusals})),
                    hop=site.hop,
                    feeds=tuple(sorted(e.url for e in feeds_of(site))),
                    aliases=tuple(sorted(site.aliases)),
                    pages_fetched=site.fetched,
                    generator=next((e.generator for e in sorted(pages, key=lambda e: e.url) if e.generator), ""),
                )
            )
        return tuple(out)

    def extractions(self) -> tuple[Extraction, ...]:
        """All extractions, in order of address."""
        found: Mapping[Url, Extraction] = {
            url: e for site in self._sites.values() for url, e in site.extractions.items()
        }
        return tuple(found[url] for url in sorted(found))


def _why_unreached(site: SiteCrawl) -> str:
    if site.reached:
        return "not judged yet"
    reasons = sorted({f"{refusal.reason}" for refusal in site.refusals})
    return "nothing answered: " + ", ".join(reasons) if reasons else "not asked"
