"""Chooses the next requests to a site: home and feeds first, then posts and listings, depending on crawl depth.

Guessed addresses are tried once; `SiteCrawl.guessed` records which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.discover.cms_paths import (
    CmsPaths,
    detect_cms,
    feed_addresses,
    next_older,
    one_of_each_feed,
)
from generator.discover.post_lists import lists_worth_reading
from generator.discover.request_list import RequestList
from generator.discover.site_crawl import CrawlDepth, SiteCrawl, feeds_of
from generator.discover.url_kinds import (
    FEED_PATHS,
    folders_of,
    is_about,
    is_asset,
    is_feed_address,
    is_label_address,
    is_whole_list,
    path_shape,
    post_likelihood,
    spread_evenly,
)
from generator.records import ExtractedPost, PageKind, Purpose, SiteId, Url, UrlKey
from generator.urls import INDEX_FILE, canonical_url, url_key

CITED, IN_FEED = 5, 4  # ranks above those that an address alone can get (3 and below)
PROBE_POSTS = 8  # posts read of a new site before it is judged: enough for a mean at a low cost
FULL_FEED_POSTS = 5  # with as many full posts in the feed no probe is needed
FEW_GUESSES = 2  # conventional feed addresses tried where the posts are known without
FIRST_ENTRIES = 2  # addresses that led to the site, requested where its root gives nothing
PROBE_LISTINGS = 3
DOUBT_POSTS = 60  # posts of a doubtful site that are read before it is rejected for good
HISTORY_LISTINGS = 2  # lists of older posts read before a site is rejected on its newest posts
EXCERPT_RATIO = 1.5  # times the length in the feed: some feeds give an excerpt as the content
SIGNED_POSTS = 2  # posts known in full from a feed whose page is read as well, for the author
MAX_HOMES = 2
MAX_FOLDERS = 3
MAX_FEEDS, MAX_ABOUT, MAX_LISTINGS = 3, 8, 40
UNLIKELY_PAGES = 40  # pages that do not look like posts, read of a site on topic


class SiteRequests:
    """The choice of requests for one site at a time."""

    def __init__(
        self,
        *,
        key_of: Callable[[Url], UrlKey],
        root: Callable[[SiteCrawl], SiteId],
        forbidden: Callable[[Url], bool],
        mentions_topic: Callable[[str], bool],
    ) -> None:
        """Set the functions by which the frontier assigns addresses to sites.

        Args:
            key_of: the key of the site of an address.
            root: the root of a site.
            forbidden: whether an address must not be requested.
            mentions_topic: whether a title or a link text mentions the topic; such posts are requested first.
        """
        self._key_of, self._root, self._forbidden, self._mentions_topic = key_of, root, forbidden, mentions_topic

    def of(self, site: SiteCrawl, depth: CrawlDepth) -> list[tuple[Url, Purpose]]:
        """The requests to one site in this wave, by priority."""
        fresh = RequestList((*site.asked, *site.answered), self._forbidden)
        if "home" not in site.guessed:
            site.guessed.add("home")
            fresh.add([(site.origin, Purpose.HOME)])
            if fresh.requests:
                return fresh.requests
        if not site.reached:
            fresh.add(((entry, Purpose.POST) for entry in site.entries), FIRST_ENTRIES)
        if fresh.requests or not site.reached:
            return fresh.requests
        self._add_homes(site, fresh)
        if all(e.kind != PageKind.HOME for e in site.extractions.values()):
            fresh.add(((url, Purpose.LISTING) for url in folders_of(site.entries)), MAX_FOLDERS)
        self._add_feeds(site, fresh)
        if not fresh.requests:
            add = {
                CrawlDepth.PROBE: self._add_probe,
                CrawlDepth.HISTORY: self._add_history,
                CrawlDepth.DOUBT: self._add_doubt,
                CrawlDepth.FULL: self._add_everything,
            }[depth]
            add(site, fresh)
        return fresh.requests

    def _add_everything(self, site: SiteCrawl, fresh: RequestList) -> None:
        """Pages about the owner and two post pages, for their bylines; then posts, and lists that lead to more."""
        fresh.add((url, Purpose.ABOUT) for url in self._about(site)[:MAX_ABOUT])
        if fresh.requests:
            return
        if "signed" not in site.guessed:
            site.guessed.add("signed")
            fresh.add(((url, Purpose.POST) for url in self._in_feeds(site)), SIGNED_POSTS)
        posts = self.posts(site)
        fresh.add((url, Purpose.POST) for url, likely in posts if likely == CITED)
        fresh.add((url, Purpose.LISTING) for url in self._older(site))
        fresh.add((url, Purpose.LISTING) for url in self._listings(site))
        fresh.add((url, Purpose.POST) for url, likely in posts if likely > 0)
        unlikely = [url for url, likely in posts if likely == 0]
        if not fresh.requests and "unlikely" not in site.guessed and not self._has_posts(site):
            site.guessed.add("unlikely")
            fresh.add(((url, Purpose.POST) for url in unlikely), UNLIKELY_PAGES)
        if not fresh.requests and "about" not in site.guessed and Purpose.ABOUT not in site.asked.values():
            # A refusal of contact must be found even where no page that was read links to the about page.
            site.guessed.add("about")
            guess = canonical_url("about/", self._root(site))
            fresh.add([(guess, Purpose.ABOUT)] if guess else [])

    def _has_posts(self, site: SiteCrawl) -> bool:
        """Whether the form of the site's permalinks is known: then pages of another form are not posts."""
        return sum(len(e.posts) for e in site.extractions.values()) >= FULL_FEED_POSTS

    def _add_probe(self, site: SiteCrawl, fresh: RequestList) -> None:
        """A few posts to judge a new site by, half of them spread over its years; or lists that may name posts."""
        full_posts = sum(1 for e in site.extractions.values() for p in e.posts if p.full)
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.POST)
        left = PROBE_POSTS - asked
        if full_posts >= FULL_FEED_POSTS or left <= 0:
            return
        posts = self.posts(site)
        likely = [(url, Purpose.POST) for url, likelihood in posts if likelihood > 0]
        newest = likely[: (left + 1) // 2]
        fresh.add([*newest, *spread_evenly(likely[len(newest) :], left - len(newest))], left)
        if len(likely) < FULL_FEED_POSTS and "probed lists" not in site.guessed:
            site.guessed.add("probed lists")
            fresh.add(((url, Purpose.LISTING) for url in self._listings(site)), PROBE_LISTINGS)
        if not fresh.requests:
            fresh.add(((url, Purpose.POST) for url, _ in posts), left)

    def _add_history(self, site: SiteCrawl, fresh: RequestList) -> None:
        """The most complete lists of a site's posts, requested once."""
        if "history" not in site.guessed:
            site.guessed.add("history")
            lists = sorted(self._listings(site), key=lambda url: not is_whole_list(url))
            fresh.add(((url, Purpose.LISTING) for url in lists), HISTORY_LISTINGS)

    def _add_doubt(self, site: SiteCrawl, fresh: RequestList) -> None:
        """Older posts to judge a doubtful site by: with the topic in the title, or spread over the years."""
        if "doubt" in site.guessed:
            return
        site.guessed.add("doubt")
        likely = [url for url, likelihood in self.posts(site) if likelihood > 0]
        named = self.named(site)
        fresh.add(((url, Purpose.POST) for url in likely if url_key(url) in named), DOUBT_POSTS // 2)
        others = [url for url in likely if url_key(url) not in named]
        fresh.add((url, Purpose.POST) for url in spread_evenly(others, DOUBT_POSTS - len(fresh.requests)))

    def named(self, site: SiteCrawl) -> frozenset[UrlKey]:
        """Addresses whose title, or the text of a link to them, mentions the topic."""
        words = [(link.target, link.text) for e in site.extractions.values() for link in e.internal]
        words += [(post.url, post.title) for e in site.extractions.values() for post in e.posts]
        return frozenset(url_key(url) for url, said in words if said and self._mentions_topic(said))

    def _add_homes(self, site: SiteCrawl, fresh: RequestList) -> None:
        """The home page a feed or page declares, where it is not the default root."""
        # The root's own declaration comes first: an alias page may name any page as home.
        declaring = sorted(
            (e for e in site.extractions.values() if e.site_home),
            key=lambda e: (url_key(e.url) != url_key(site.origin), e.kind != PageKind.FEED, e.url),
        )
        # The folder is requested, because not every server answers for the index file.
        homes = [Url(INDEX_FILE.sub("/", e.site_home)) for e in declaring if e.site_home]
        fresh.add([(home, Purpose.HOME) for home in homes if self._key_of(home) == site.key], MAX_HOMES)

    def _add_feeds(self, site: SiteCrawl, fresh: RequestList) -> None:
        """Declared feeds; where none is declared, the conventional paths once."""
        declared = [
            feed.url
            for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
            for feed in extraction.feeds
            if not feed.comments and (self._key_of(feed.url) == site.key or extraction.kind == PageKind.HOME)
        ]
        if not declared:  # a plain link to a feed is better than a guess
            home = [e for e in site.extractions.values() if e.kind == PageKind.HOME]
            linked = [link.target for e in sorted(home, key=lambda e: e.url) for link in e.internal]
            declared = [url for url in linked if is_feed_address(url) and self._key_of(url) == site.key]
        main = [url for url in dict.fromkeys(declared) if not is_label_address(url)]
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.FEED)
        wanted = one_of_each_feed(main or declared[:1])
        fresh.add([(url, Purpose.FEED) for url in wanted], max(0, MAX_FEEDS - asked))
        has_feed = any(e.kind == PageKind.FEED for e in site.extractions.values())
        if not declared and not has_feed and not fresh.requests:
            self._guess_feed(site, fresh)

    def _guess_feed(self, site: SiteCrawl, fresh: RequestList) -> None:
        """The next conventional feed address; fewer are tried where the home page names posts."""
        root, software = self._root(site), self._software(site)
        paths = [url for path in FEED_PATHS if (url := canonical_url(path, root))]
        own = feed_addresses(software, root)
        listed = [
            link for e in site.extractions.values() for link in e.internal if post_likelihood(link.target, ()) > 0
        ]
        enough = len({link.target for link in listed}) >= FULL_FEED_POSTS
        tried = paths[:FEW_GUESSES] if enough and not own else own if enough else [*own, *paths]
        fresh.add(((url, Purpose.FEED) for url in tried), FEW_GUESSES)

    def _software(self, site: SiteCrawl) -> CmsPaths | None:
        """The site's software, by the generator tags of its pages and feeds, else by its provider."""
        said = " ".join(e.generator for e in sorted(site.extractions.values(), key=lambda e: e.url) if e.generator)
        return detect_cms(site.origin, said)

    def _older(self, site: SiteCrawl) -> list[Url]:
        """The next older page of the main feed, where the software has one."""
        own = [e for e in feeds_of(site) if self._key_of(e.url) == site.key]
        return next_older(self._software(site), own, site.extractions)

    def _about(self, site: SiteCrawl) -> list[Url]:
        """Pages about the owner and recommended-site lists; those linked from the home page first."""
        found = [
            link.target
            for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
            for link in extraction.internal
            if is_about(link.target) and self._key_of(link.target) == site.key
        ]
        lists = [url for e in site.extractions.values() for url in e.recommends if self._key_of(url) == site.key]
        known = sum(1 for purpose in site.asked.values() if purpose == Purpose.ABOUT)
        return list(dict.fromkeys([*sorted(lists), *found]))[: max(0, MAX_ABOUT - known)]

    def _listings(self, site: SiteCrawl) -> list[Url]:
        """Lists of older posts, see `post_lists`."""
        asked = sum(1 for purpose in site.asked.values() if purpose == Purpose.LISTING)
        found = lists_worth_reading(site, self._software(site), self._root(site), self._key_of)
        return found[: max(0, MAX_LISTINGS - asked)]

    def _in_feeds(self, site: SiteCrawl) -> list[Url]:
        """Posts that a feed holds in full, newest first: their pages may name an author that the feed does not."""
        read = {url_key(e.url) for e in site.extractions.values()}
        posts = [p for e in site.extractions.values() for p in e.posts if p.from_feed and p.full and _has_page(p)]
        posts.sort(key=lambda p: (-(p.published_at.timestamp() if p.published_at else 0), p.url))
        return [p.url for p in posts if url_key(p.url) not in read and self._key_of(p.url) == site.key]

    def posts(self, site: SiteCrawl) -> list[tuple[Url, int]]:
        """Unread addresses that may be posts, with a rank: cited ones, feed entries, then by their form."""
        known = [p for e in site.extractions.values() for p in e.posts if _has_page(p)]
        excerpts = _feed_holds_excerpts(known)
        complete = {url_key(p.url) for p in known if p.full and not (excerpts and p.from_feed)}
        shapes = {path_shape(p.url) for p in known if p.published_at or p.from_feed}
        named = self.named(site)
        ranked: dict[UrlKey, tuple[int, bool, int, Url]] = {}

        def offer(url: Url, likely: int, order: int) -> None:
            key = url_key(url)
            if likely >= 0 and key not in complete and not site.was_requested(url) and self._key_of(url) == site.key:
                position = (-likely, key not in named, order, url)
                ranked[key] = min(ranked.get(key, position), position)

        for i, entry in enumerate(site.entries):
            offer(entry, CITED if not is_asset(entry) else -1, i)
        for i, post in enumerate(
            sorted(known, key=lambda p: (-(p.published_at.timestamp() if p.published_at else 0), p.url))
        ):
            if url_key(post.url) not in complete:
                offer(post.url, IN_FEED, i)
        for extraction in sorted(site.extractions.values(), key=lambda e: (e.kind == PageKind.POST, e.url)):
            for i, link in enumerate(extraction.internal):
                if not is_about(link.target):
                    offer(link.target, post_likelihood(link.target, shapes), i)
        return [(url, -position) for position, _, _, url in sorted(ranked.values())]


def _has_page(post: ExtractedPost) -> bool:
    """Whether a post has a page of its own; one with a fragment in its address is a part of another page."""
    return "#" not in post.url


def _feed_holds_excerpts(posts: Sequence[ExtractedPost]) -> bool:
    """Whether the pages of posts that a feed seems to hold in full say much more than the feed."""
    in_feed = {url_key(post.url): len(post.text) for post in posts if post.from_feed and post.full}
    pages = [
        (len(post.text), in_feed[url_key(post.url)])
        for post in posts
        if not post.from_feed and url_key(post.url) in in_feed
    ]
    longer = sum(page > EXCERPT_RATIO * feed for page, feed in pages)
    return longer > len(pages) / 2
