"""The frontier: what is known of every site that is heard, and which addresses to ask for next.

One round per hop. Within a round, waves: entry pages and homes, then feeds, then a few posts to judge by;
sites found on topic are then heard in full, with the pages about their owner. Before a site is rejected on
what it wrote last, its list of older posts is looked at, and some of those are read. A wave is decided from
all answers of the waves before it, in the order of addresses, so which server answered first changes
nothing. Nothing here fetches, parses or scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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
    """Sites, what was asked of them and what is worth asking next."""

    def __init__(
        self,
        *,
        max_pages_per_site: int,
        never: Iterable[str] = (),
        shunned: Callable[[Url], bool] = lambda _: False,
        names_topic: Callable[[str], bool],
    ) -> None:
        """Start empty.

        Args:
            max_pages_per_site: addresses asked of one site at most, in one run.
            never: roots (addresses) that are not to be contacted at all.
            shunned: whether an address is of somebody left out in an earlier run.
            names_topic: whether a title or the words of a link name the topic; such posts are asked for first.
        """
        self._budget = max_pages_per_site
        self._shunned = shunned
        self._never = tuple(sorted(url_key(url) for raw in never if (url := canonical_url(raw))))
        self._sites: dict[UrlKey, SiteCrawl] = {}
        self._moved: dict[UrlKey, UrlKey] = {}
        self.redirects: dict[UrlKey, Url] = {}
        self._wishes = SiteRequests(
            key_of=self.key_of, root=self.root, forbidden=self.forbidden, names_topic=names_topic
        )

    # ── sites ────────────────────────────────────────────────────────────────────────────────────

    def key_of(self, url: Url) -> UrlKey:
        """Which site an address is on: its host or its tenant's folder, former hosts followed."""
        key = url_key(default_site(url))
        seen = set()
        while key in self._moved and key not in seen:
            seen.add(key)
            key = self._moved[key]
        return key

    def knows(self, url: Url) -> bool:
        """Whether the site of an address was tried."""
        return self.key_of(url) in self._sites

    def forbidden(self, url: Url) -> bool:
        """Whether the analyst or the person does not want the address contacted."""
        key = url_key(url) + "/"
        return any(key.startswith(never + "/") for never in self._never) or self._shunned(url)

    def open_site(self, url: Url, *, hop: int, found_by: str, origin: SiteOrigin, entries: Sequence[Url] = ()) -> None:
        """Take a site up, with the addresses it was found by."""
        if self.forbidden(url):
            return
        key = self.key_of(url)
        site = self._sites.setdefault(key, SiteCrawl(key, Url(default_site(url)), hop, found_by, origin))
        known = {url_key(entry) for entry in site.entries}
        site.entries += [entry for entry in entries if url_key(entry) not in known]
        site.silent.clear()

    def note_asked(self, request: FetchRequest) -> None:
        """An address was asked for outside the waves: a seed, before it was known what it is."""
        if (site := self._site_for(request.url)) is not None:
            site.note_asked(request.url, request.purpose)

    def cite(self, targets: Iterable[Url]) -> None:
        """Addresses on known sites that posts cite: the posts that matter most are asked for first."""
        for url in targets:
            site = self._sites.get(self.key_of(url))
            if site is None or is_asset(url) or self.forbidden(url):
                continue
            if all(url_key(url) != url_key(entry) for entry in site.entries):
                site.entries.append(url)
                site.silent.clear()

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def take(self, asked: Url, extraction: Extraction, redirects: Sequence[Url]) -> None:
        """Learn from an answer: what it said, and where its address moved to."""
        site = self._site_for(asked)
        final = extraction.url
        for hop in (asked, *redirects):
            if url_key(hop) != url_key(final):
                self.redirects[url_key(hop)] = final
        if site is None:
            return
        there = self.key_of(final)
        if there != site.key:
            site = self._move(site, asked, final, there)
        site.extractions[final] = extraction
        site.fetched += 1
        site.silent.clear()

    def refuse(self, refusal: Refusal) -> None:
        """Learn that an address gives nothing."""
        if (site := self._site_for(refusal.url)) is not None:
            site.refusals.append(refusal)

    def _site_for(self, url: Url) -> SiteCrawl | None:
        return self._sites.get(self.key_of(url))

    def _move(self, site: SiteCrawl, asked: Url, final: Url, there: UrlKey) -> SiteCrawl:
        """A redirect to another host: of the root, it moves the whole site; of a page, the page alone."""
        target = self._sites.get(there)
        if is_platform(final):
            return site
        if target is None:
            target = SiteCrawl(there, Url(default_site(final)), site.hop, site.found_by, site.found_how)
            self._sites[there] = target
        if url_key(asked) == url_key(site.origin) or not site.extractions:
            target.aliases |= {site.origin, *site.aliases}
            target.hop = min(target.hop, site.hop)
            target.entries += [e for e in site.entries if e not in target.entries and url_key(e) not in self.redirects]
            target.extractions.update(site.extractions)
            target.asked.update(site.asked)
            target.fetched += site.fetched
            self._moved[site.key] = there
            self._sites.pop(site.key, None)
            for other in self._sites.values():  # an address of theirs may be on this site now
                other.silent.clear()
        return target

    # ── requests ─────────────────────────────────────────────────────────────────────────────────

    def next_wave(self, depth: CrawlDepth, only: frozenset[SiteId] | None = None) -> tuple[FetchRequest, ...]:
        """The addresses to ask for now, in order; empty when nothing is left to ask at this depth.

        Args:
            depth: how far sites are heard.
            only: the sites to hear; None: all.
        """
        wave: dict[UrlKey, FetchRequest] = {}
        for key in sorted(self._sites):
            site = self._sites[key]
            left = max(0, self._budget - len(site.asked))
            if not left or depth in site.silent or (only is not None and self.root(site) not in only):
                continue
            guessed = len(site.guessed)
            wanted = self._wishes.of(site, depth)
            if not wanted and len(site.guessed) == guessed:
                site.silent.add(depth)
            for url, purpose in wanted[:left]:
                site.note_asked(url, purpose)
                wave.setdefault(url_key(url), FetchRequest(url, purpose))
        return tuple(wave[key] for key in sorted(wave))

    def naming_topic(self) -> Mapping[SiteId, int]:
        """How many posts of each site that are not read yet name the topic in their title."""
        found = {}
        for site in self._sites.values():
            unread = {url_key(url) for url, likelihood in self._wishes.posts(site) if likelihood > 0}
            found[self.root(site)] = len(unread & self._wishes.named(site))
        return found

    # ── what was learnt ──────────────────────────────────────────────────────────────────────────

    def root(self, site: SiteCrawl) -> SiteId:
        """The site's root: its host, or the folder that its feeds and posts share where they declare one.

        A blog under /blog/ of a host that answers nothing else is named by that folder.
        """
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
        """Every site tried, as it stands."""
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
        """Everything read, in order of address."""
        found: Mapping[Url, Extraction] = {
            url: e for site in self._sites.values() for url, e in site.extractions.items()
        }
        return tuple(found[url] for url in sorted(found))


def _why_unreached(site: SiteCrawl) -> str:
    if site.reached:
        return "not judged yet"
    reasons = sorted({f"{refusal.reason}" for refusal in site.refusals})
    return "nothing answered: " + ", ".join(reasons) if reasons else "not asked"
