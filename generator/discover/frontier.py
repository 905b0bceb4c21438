"""The frontier: what is known of every site that is heard, and which addresses to ask for next.

One round per hop. Within a round, waves: entry pages and homes, then feeds, then a few posts to judge by;
sites found on topic are then heard in full, with the pages about their owner. Before a site is rejected on
what it wrote last, its list of older posts is looked at, and some of those are read. A wave is decided from
all answers of the waves before it, in the order of addresses, so which server answered first changes
nothing. Nothing here fetches, parses or scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.discover.addresses import (
    FEED_PATHS,
    LISTING_PATHS,
    folders_of,
    is_about,
    is_asset,
    is_listing,
    is_whole_list,
    post_likelihood,
    shape,
    spread,
)
from generator.discover.conventions import (
    Software,
    feed_addresses,
    list_addresses,
    lists_no_posts,
    next_older,
    software_of,
)
from generator.discover.wanted import Wanted
from generator.records import (
    Extraction,
    FetchRequest,
    PageKind,
    Purpose,
    Refusal,
    Site,
    SiteId,
    SiteState,
    Url,
    UrlKey,
)
from generator.urls import INDEX_FILE, canonical_url, default_site, host_of, is_platform, url_key

CITED, IN_FEED = 5, 4  # likelier to be a post than anything an address alone suggests (3 and below)
PROBE_POSTS = 8  # posts read of a new site before it is judged: enough for a mean, cheap to be wrong about
FULL_FEED_POSTS = 5  # so many full posts in the feed need no probe
FIRST_ENTRIES = 2  # addresses it was found by that are asked for at first, beside its root
PROBE_LISTINGS = 3
DOUBT_POSTS = 60  # posts of a doubtful site that are read before it is rejected for good
HISTORY_LISTINGS = 2  # lists of older posts looked at before a site is rejected on its newest
SIGNED_POSTS = 2  # posts known in full from a feed whose page is read all the same
MAX_HOMES = 2
MAX_FOLDERS = 3
MAX_FEEDS, MAX_ABOUT, MAX_LISTINGS = 3, 8, 40
UNLIKELY_PAGES = 40  # pages without any sign of a post that are read of a site that is in


class Depth(StrEnum):
    """How far a site is heard in a wave."""

    PROBE = "probe"  # its feed, or a few posts, old and new
    HISTORY = "history"  # the list of what it wrote before
    DOUBT = "doubt"  # older posts: those whose titles name the topic, and others spread over the years
    FULL = "full"  # everything, within the budget


@dataclass(slots=True)
class Heard:
    """All that is known of one site."""

    key: UrlKey
    origin: Url  # the default root
    hop: int
    found_by: str
    entries: list[Url] = field(default_factory=list)
    asked: dict[UrlKey, Purpose] = field(default_factory=dict)
    extractions: dict[Url, Extraction] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    fetched: int = 0
    guessed: set[str] = field(default_factory=set)
    silent: set[Depth] = field(default_factory=set)  # depths at which nothing was wanted, since anything changed

    @property
    def reached(self) -> bool:
        """Whether anything readable answered."""
        return bool(self.extractions)

    def note_asked(self, url: Url, purpose: Purpose) -> None:
        """An address is asked for."""
        self.asked[url_key(url)] = purpose
        self.silent.clear()


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
        self._names_topic = names_topic
        self._never = tuple(sorted(url_key(url) for raw in never if (url := canonical_url(raw))))
        self._sites: dict[UrlKey, Heard] = {}
        self._moved: dict[UrlKey, UrlKey] = {}
        self.redirects: dict[UrlKey, Url] = {}

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

    def open_site(self, url: Url, *, hop: int, found_by: str, entries: Sequence[Url] = ()) -> None:
        """Take a site up, with the addresses it was found by."""
        if self.forbidden(url):
            return
        key = self.key_of(url)
        site = self._sites.setdefault(key, Heard(key, Url(default_site(url)), hop, found_by))
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

    def _site_for(self, url: Url) -> Heard | None:
        return self._sites.get(self.key_of(url))

    def _move(self, site: Heard, asked: Url, final: Url, there: UrlKey) -> Heard:
        """A redirect to another host: of the root, it moves the whole site; of a page, the page alone."""
        target = self._sites.get(there)
        if is_platform(final):
            return site
        if target is None:
            target = self._sites[there] = Heard(there, Url(default_site(final)), site.hop, site.found_by)
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

    def next_wave(self, depth: Depth, only: frozenset[SiteId] | None = None) -> tuple[FetchRequest, ...]:
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
            wanted = self._wanted(site, depth)
            if not wanted and len(site.guessed) == guessed:
                site.silent.add(depth)
            for url, purpose in wanted[:left]:
                site.note_asked(url, purpose)
                wave.setdefault(url_key(url), FetchRequest(url, purpose))
        return tuple(wave[key] for key in sorted(wave))

    def _wanted(self, site: Heard, depth: Depth) -> list[tuple[Url, Purpose]]:
        """What to ask of one site in this wave, most wanted first."""
        fresh = Wanted(site.asked, self.forbidden)
        if "home" not in site.guessed:
            site.guessed.add("home")
            fresh.add([(site.origin, Purpose.HOME)])
            fresh.add((entry, Purpose.POST) for entry in site.entries[:FIRST_ENTRIES])
        if not site.reached:
            fresh.add(((entry, Purpose.POST) for entry in site.entries), FIRST_ENTRIES)
        if fresh.wanted or not site.reached:
            return fresh.wanted
        self._add_homes(site, fresh)
        if all(e.kind != PageKind.HOME for e in site.extractions.values()):
            fresh.add(((url, Purpose.LISTING) for url in folders_of(site.entries)), MAX_FOLDERS)
        self._add_feeds(site, fresh)
        if not fresh.wanted:
            add = {
                Depth.PROBE: self._add_probe,
                Depth.HISTORY: self._add_history,
                Depth.DOUBT: self._add_doubt,
                Depth.FULL: self._add_everything,
            }[depth]
            add(site, fresh)
        return fresh.wanted

    def _add_everything(self, site: Heard, fresh: Wanted) -> None:
        """Pages about the owner and a post as it is shown, for who signs it; then posts and lists that lead to more."""
        fresh.add((url, Purpose.ABOUT) for url in self._about(site)[:MAX_ABOUT])
        if fresh.wanted:
            return
        if "signed" not in site.guessed:
            site.guessed.add("signed")
            fresh.add(((url, Purpose.POST) for url in self._in_feeds(site)), SIGNED_POSTS)
        posts = self._posts(site)
        fresh.add((url, Purpose.POST) for url, likely in posts if likely == CITED)
        fresh.add((url, Purpose.LISTING) for url in self._older(site))
        fresh.add((url, Purpose.LISTING) for url in self._listings(site))
        fresh.add((url, Purpose.POST) for url, likely in posts if likely > 0)
        unlikely = [url for url, likely in posts if likely == 0]
        if not fresh.wanted and "unlikely" not in site.guessed:
            site.guessed.add("unlikely")
            fresh.add(((url, Purpose.POST) for url in unlikely), UNLIKELY_PAGES)

    def _add_probe(self, site: Heard, fresh: Wanted) -> None:
        """A few posts to judge a new site by, half of them from all its years; or a list that may name some."""
        full_posts = sum(1 for e in site.extractions.values() for p in e.posts if p.full)
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.POST)
        left = PROBE_POSTS - asked
        if full_posts >= FULL_FEED_POSTS or left <= 0:
            return
        posts = self._posts(site)
        likely = [(url, Purpose.POST) for url, likelihood in posts if likelihood > 0]
        newest = likely[: (left + 1) // 2]
        fresh.add([*newest, *spread(likely[len(newest) :], left - len(newest))], left)
        if len(likely) < FULL_FEED_POSTS and "probed lists" not in site.guessed:
            site.guessed.add("probed lists")
            fresh.add(((url, Purpose.LISTING) for url in self._listings(site)), PROBE_LISTINGS)
        if not fresh.wanted:
            fresh.add(((url, Purpose.POST) for url, _ in posts), left)

    def _add_history(self, site: Heard, fresh: Wanted) -> None:
        """The lists that name most of what a site ever wrote, once."""
        if "history" not in site.guessed:
            site.guessed.add("history")
            lists = sorted(self._listings(site), key=lambda url: not is_whole_list(url))
            fresh.add(((url, Purpose.LISTING) for url in lists), HISTORY_LISTINGS)

    def _add_doubt(self, site: Heard, fresh: Wanted) -> None:
        """Older posts to judge a doubtful site by: those that name the topic in their title, others over the years."""
        if "doubt" in site.guessed:
            return
        site.guessed.add("doubt")
        likely = [url for url, likelihood in self._posts(site) if likelihood > 0]
        named = self._named(site)
        fresh.add(((url, Purpose.POST) for url in likely if url_key(url) in named), DOUBT_POSTS // 2)
        others = [url for url in likely if url_key(url) not in named]
        fresh.add((url, Purpose.POST) for url in spread(others, DOUBT_POSTS - len(fresh.wanted)))

    def naming_topic(self) -> Mapping[SiteId, int]:
        """How many posts of each site that are not read yet name the topic in their title."""
        found = {}
        for site in self._sites.values():
            unread = {url_key(url) for url, likelihood in self._posts(site) if likelihood > 0}
            found[self.root(site)] = len(unread & self._named(site))
        return found

    def _named(self, site: Heard) -> frozenset[UrlKey]:
        """Addresses whose title, or the words of a link to them, name the topic."""
        words = [(link.target, link.text) for e in site.extractions.values() for link in e.internal]
        words += [(post.url, post.title) for e in site.extractions.values() for post in e.posts]
        return frozenset(url_key(url) for url, said in words if said and self._names_topic(said))

    def _add_homes(self, site: Heard, fresh: Wanted) -> None:
        """The home page a feed or page declares, where it is not the default root."""
        # What the root itself declares comes before what feeds and pages do: an alias page names some page as home.
        declaring = sorted(
            (e for e in site.extractions.values() if e.site_home),
            key=lambda e: (url_key(e.url) != url_key(site.origin), e.kind != PageKind.FEED, e.url),
        )
        # A home is its folder: not every server answers for the index file as well.
        homes = [Url(INDEX_FILE.sub("/", e.site_home)) for e in declaring if e.site_home]
        fresh.add([(home, Purpose.HOME) for home in homes if self.key_of(home) == site.key], MAX_HOMES)

    def _add_feeds(self, site: Heard, fresh: Wanted) -> None:
        """Declared feeds first; the common paths once, where none is declared."""
        declared = [
            feed.url
            for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
            for feed in extraction.feeds
            if not feed.comments and (self.key_of(feed.url) == site.key or extraction.kind == PageKind.HOME)
        ]
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.FEED)
        fresh.add([(url, Purpose.FEED) for url in dict.fromkeys(declared)], max(0, MAX_FEEDS - asked))
        has_feed = any(e.kind == PageKind.FEED for e in site.extractions.values())
        if not declared and not has_feed and "feeds" not in site.guessed:
            site.guessed.add("feeds")
            root = self.root(site)
            fresh.add((url, Purpose.FEED) for url in feed_addresses(self._software(site), root))
            fresh.add((url, Purpose.FEED) for path in FEED_PATHS if (url := canonical_url(path, root)))

    def _software(self, site: Heard) -> Software | None:
        """What made the site, as its pages and feeds say."""
        said = " ".join(e.generator for e in sorted(site.extractions.values(), key=lambda e: e.url) if e.generator)
        return software_of(site.origin, said)

    def _older(self, site: Heard) -> list[Url]:
        """The next page of the main feed, where there is reason to think that it has one."""
        own = [e for e in _feeds(site) if self.key_of(e.url) == site.key]
        return next_older(self._software(site), own, site.extractions)

    def _about(self, site: Heard) -> list[Url]:
        """Pages that tell who somebody is, as linked from the home page first."""
        found = [
            link.target
            for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
            for link in extraction.internal
            if is_about(link.target) and self.key_of(link.target) == site.key
        ]
        lists = [url for e in site.extractions.values() for url in e.recommends if self.key_of(url) == site.key]
        known = sum(1 for purpose in site.asked.values() if purpose == Purpose.ABOUT)
        return list(dict.fromkeys([*sorted(lists), *found]))[: max(0, MAX_ABOUT - known)]

    def _listings(self, site: Heard) -> list[Url]:
        """Ways to older posts: linked lists, and the common paths once."""
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.LISTING)
        linked = [
            link.target
            for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
            for link in extraction.internal
            if is_listing(link.target, link.text) and not is_asset(link.target) and self.key_of(link.target) == site.key
        ]
        if not any(e.kind == PageKind.FEED for e in site.extractions.values()):
            linked += folders_of([link.target for e in site.extractions.values() for link in e.internal])[:MAX_FOLDERS]
        if "listings" not in site.guessed and "probed lists" not in site.guessed:
            site.guessed.add("listings")
            linked = [*list_addresses(self._software(site), self.root(site)), *linked]
            linked += [url for path in LISTING_PATHS if (url := canonical_url(path, self.root(site)))]
        linked = [url for url in dict.fromkeys(linked) if not lists_no_posts(url)]
        return linked[: max(0, MAX_LISTINGS - asked)]

    def _in_feeds(self, site: Heard) -> list[Url]:
        """Posts that a feed gave in full, the newest first: their pages may name an author where the feed does not."""
        read = {url_key(e.url) for e in site.extractions.values()}
        posts = [p for e in site.extractions.values() for p in e.posts if p.from_feed and p.full]
        posts.sort(key=lambda p: (-(p.published_at.timestamp() if p.published_at else 0), p.url))
        return [p.url for p in posts if url_key(p.url) not in read and self.key_of(p.url) == site.key]

    def _posts(self, site: Heard) -> list[tuple[Url, int]]:
        """Addresses that may be posts and are not read yet: cited ones, then feed entries, then by likeness."""
        known = [p for e in site.extractions.values() for p in e.posts]
        complete = {url_key(p.url) for p in known if p.full}
        shapes = {shape(p.url) for p in known if p.published_at or p.from_feed}
        named = self._named(site)
        ranked: dict[UrlKey, tuple[int, bool, int, Url]] = {}

        def offer(url: Url, likely: int, order: int) -> None:
            key = url_key(url)
            if likely >= 0 and key not in complete and key not in site.asked and self.key_of(url) == site.key:
                place = (-likely, key not in named, order, url)
                ranked[key] = min(ranked.get(key, place), place)

        for i, entry in enumerate(site.entries):
            offer(entry, CITED if not is_asset(entry) else -1, i)
        for i, post in enumerate(
            sorted(known, key=lambda p: (-(p.published_at.timestamp() if p.published_at else 0), p.url))
        ):
            if not post.full:
                offer(post.url, IN_FEED, i)
        for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind == PageKind.POST, e.url)):
            for i, link in enumerate(extraction.internal):
                if not is_about(link.target):
                    offer(link.target, post_likelihood(link.target, shapes), i)
        return [(url, -place) for place, _, _, url in sorted(ranked.values())]

    # ── what was learnt ──────────────────────────────────────────────────────────────────────────

    def root(self, site: Heard) -> SiteId:
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
                    hop=site.hop,
                    feeds=tuple(sorted(e.url for e in _feeds(site))),
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


def _feeds(site: Heard) -> list[Extraction]:
    """The site's feeds, without their further pages, which were asked for as ways to older posts."""
    pages = {key for key, purpose in site.asked.items() if purpose == Purpose.LISTING}
    return [e for e in site.extractions.values() if e.kind == PageKind.FEED and url_key(e.url) not in pages]


def _why_unreached(site: Heard) -> str:
    if site.reached:
        return "not judged yet"
    reasons = sorted({f"{refusal.reason}" for refusal in site.refusals})
    return "nothing answered: " + ", ".join(reasons) if reasons else "not asked"
