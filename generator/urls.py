"""URLs: canonical spelling, comparison key, and the site that a URL belongs to.

Works on the text of a URL alone and requests nothing. Only http and https URLs are accepted.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import idna

from generator.records import SiteId, Url, UrlKey
from generator.shared_hosts import has_folders, international_host, owner_folder
from generator.url_queries import without_tracking

MAX_URL_LENGTH = 2_000  # characters; longer ones are traps or data
MAX_FRAGMENT_LENGTH = 200
MAX_HOST_LENGTH = 253  # characters; the limit of DNS

# Networks, forges, shops and reference works: they hold accounts and documents, not personal blogs.
PLATFORM_HOSTS = frozenset(
    {
        "twitter.com",
        "x.com",
        "t.co",
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "reddit.com",
        "news.ycombinator.com",
        "lobste.rs",
        "github.com",
        "gist.github.com",
        "gitlab.com",
        "bitbucket.org",
        "codeberg.org",
        "sourceforge.net",
        "stackoverflow.com",
        "stackexchange.com",
        "quora.com",
        "wikipedia.org",
        "wikimedia.org",
        "wikidata.org",
        "archive.org",
        "web.archive.org",
        "archive.is",
        "google.com",
        "goo.gl",
        "bit.ly",
        "amazon.com",
        "amazon.co.uk",
        "amzn.to",
        "ebay.com",
        "etsy.com",
        "apple.com",
        "microsoft.com",
        "play.google.com",
        "docs.google.com",
        "drive.google.com",
        "maps.google.com",
        "groups.google.com",
        "imgur.com",
        "flickr.com",
        "pinterest.com",
        "tiktok.com",
        "twitch.tv",
        "soundcloud.com",
        "spotify.com",
        "open.spotify.com",
        "discord.gg",
        "discord.com",
        "slack.com",
        "t.me",
        "telegram.me",
        "whatsapp.com",
        "patreon.com",
        "ko-fi.com",
        "buymeacoffee.com",
        "paypal.com",
        "paypal.me",
        "kickstarter.com",
        "gofundme.com",
        "meetup.com",
        "eventbrite.com",
        "npmjs.com",
        "pypi.org",
        "crates.io",
        "docs.rs",
        "rubygems.org",
        "packagist.org",
        "hackage.haskell.org",
        "readthedocs.io",
        "readthedocs.org",
        "arxiv.org",
        "doi.org",
        "dl.acm.org",
        "acm.org",
        "ieee.org",
        "jstor.org",
        "springer.com",
        "sciencedirect.com",
        "nature.com",
        "gravatar.com",
        "feedburner.com",
        "feeds.feedburner.com",
        "disqus.com",
        "creativecommons.org",
        "w3.org",
        "schema.org",
        "mozilla.org",
        "developer.mozilla.org",
        "keybase.io",
        "about.me",
        "linktr.ee",
        "mastodon.social",
        "bsky.app",
        "threads.net",
        "dropbox.com",
        "cloudflare.com",
        "netlify.com",
        "netlify.app",
        "vercel.com",
        "godbolt.org",
        "codepen.io",
        "jsfiddle.net",
        "slideshare.net",
        "speakerdeck.com",
        "strava.com",
        "openstreetmap.org",
        "imdb.com",
        "goodreads.com",
        "nytimes.com",
        "theguardian.com",
        "bbc.co.uk",
        "bbc.com",
        "cnn.com",
        "washingtonpost.com",
        "wordpress.org",
        "wordpress.com",
        "blogger.com",
        "tumblr.com",
        "ghost.org",
        "gohugo.io",
        "jekyllrb.com",
    }
)

# Further platforms, matched by the end of the host name: language editions, regional shops and hosted documents.
PLATFORM_SUFFIXES = (
    ".wikipedia.org",
    ".stackexchange.com",
    ".google.com",
    ".reddit.com",
    ".wikimedia.org",
    ".archive.org",
    ".facebook.com",
    ".youtube.com",
    ".amazon.com",
    ".apple.com",
    ".microsoft.com",
    ".linkedin.com",
    ".readthedocs.io",
    ".mozilla.org",
    ".w3.org",
)

# An account or one of its notes, on Mastodon and its kin, Lemmy, Discourse, Stack Exchange, Medium, YouTube.
ACCOUNT_PATH = re.compile(r"^/(?:@[^/]+(?:/\d+)?|(?:users?|u|profiles?)/[^/]+(?:/[^/]+)?)/?$", re.IGNORECASE)

# The AMP version of a post has its address and an ending; a page about AMP has no slug before it.
AMP = re.compile(r"(?<=/)(?P<slug>[^/]*[._-][^/]*)/amp$|\.amp(?=\.html?$)", re.IGNORECASE)
INDEX_FILE = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def canonical_url(raw: str, base: str | None = None) -> Url | None:
    """Normalise a URL to the one spelling that this project compares and stores.

    Lower-case scheme and host (IDNA), no default port, no fragment, no user, no tracking parameters,
    Blogger's country domains as blogspot.com, dot segments resolved, percent-encoding normalised, an empty path as `/`.

    Args:
        raw: a URL as written on a page or in a file; may be relative if `base` is given.
        base: absolute URL of the page.

    Returns:
        The canonical URL; None unless it is an http or https URL whose host looks public.
    """
    raw = re.sub(r"[\x00-\x20\x7f]+", lambda m: "" if set(m[0]) <= set("\t\n\r\x00") else " ", raw).strip()
    if raw[:5].lower() == "feed:":
        # feed:https://a.example/feed and feed://a.example/feed are addresses for feed readers.
        raw = raw[5:] if raw[5:].lower().startswith(("http:", "https:")) else f"https:{raw[5:]}"
    if not raw or len(raw) > MAX_URL_LENGTH:
        return None
    try:
        parts = urlsplit(urljoin(base, raw) if base else raw)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host:
        return None
    host = host.rstrip(".").lower()
    host = international_host(host if host.isascii() else _ascii_host(host))
    if not _plausible_host(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, 80 if scheme == "http" else 443) else f"{shown}:{port}"
    path = quote(
        unquote(_without_dots(parts.path) or "/", errors="surrogateescape").encode("utf-8", "surrogateescape"),
        safe="/:@!$&'()*+,;=~-._",
    )
    query = without_tracking(host, path, parts.query)
    return Url(urlunsplit((scheme, netloc, path, query, "")))


def _ascii_host(host: str) -> str:
    """A host in ASCII by IDNA 2008, which keeps ß; by IDNA 2003 where it has symbols; "" where neither allows it."""
    if len(host) > MAX_HOST_LENGTH:
        return ""
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except UnicodeError:
        pass
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _plausible_host(host: str) -> bool:
    """Whether a host is a dotted name, an IP address literal or `localhost`; other single labels are rejected."""
    if ":" in host or re.fullmatch(r"[\d.]+", host):
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return True
    return host == "localhost" or bool(
        re.fullmatch(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}", host)
    )


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` segments and collapse doubled slashes."""
    if "/." not in path and "//" not in path:
        return path
    out: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if out:
                out.pop()
        elif segment not in ("", "."):
            out.append(segment)
    tail = "/" if out and segments[-1] in ("", ".", "..") else ""
    return "/" + "/".join(out) + tail


@lru_cache(maxsize=200_000)
def url_key(url: str) -> UrlKey:
    """Comparison key of a URL: without scheme, `www.`, index file, final slash and AMP ending, with a decoded path.

    Canonical URLs have no fragment; one that was added by `with_fragment` is part of the key.
    """
    parts = urlsplit(url)
    path = AMP.sub(r"\g<slug>", INDEX_FILE.sub("/", unquote(parts.path)).rstrip("/"))
    tail = (f"?{parts.query}" if parts.query else "") + (f"/#{parts.fragment}" if parts.fragment else "")
    return UrlKey(parts.netloc.lower().removeprefix("www.") + path + tail)


def with_fragment(url: Url, fragment: str) -> Url:
    """The address of a post that is one part of a page: the page's canonical URL with a fragment."""
    part = quote(unquote(fragment[:MAX_FRAGMENT_LENGTH]), safe="/:@!$&'()*+,;=~-._?")
    return Url(f"{url}#{part}")


@lru_cache(maxsize=200_000)
def host_of(url: str) -> str:
    """Host without `www.`, with the port unless it is the default; "" if the URL has no host."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def is_platform(url: str) -> bool:
    """Whether the URL is on a social network, code forge, shop or reference work rather than a personal site."""
    host = host_of(url)
    return host in PLATFORM_HOSTS or host.endswith(PLATFORM_SUFFIXES)


def is_account(url: str) -> bool:
    """Whether the URL is an account on a platform. Any person can claim an account, so it proves no identity."""
    return is_platform(url) or bool(ACCOUNT_PATH.search(urlsplit(url).path))


@lru_cache(maxsize=200_000)
def default_site(url: Url) -> SiteId:
    """The site of a URL, from the URL alone: its host, or the folder of one user on a shared host."""
    parts = urlsplit(url)
    return SiteId(f"{parts.scheme}://{parts.netloc}/{owner_folder(host_of(url), parts.path)}")


def site_for(url: Url, roots: Iterable[SiteId]) -> SiteId | None:
    """The root that a URL belongs to: same host, longest path prefix; None if there is none.

    If a host has a single root, all URLs of that host belong to it, even those outside the folder of the root: a blog
    under /blog/ and the home page at / are one site. Scheme and `www.` are ignored.
    """
    host = host_of(url)
    mine = [root for root in roots if host_of(root) == host]
    key = url_key(url) + "/"
    inside = [root for root in mine if key.startswith(url_key(root) + "/")]
    if inside:
        return max(inside, key=lambda root: (len(url_key(root)), root))
    return mine[0] if len(mine) == 1 and default_site(url) == default_site(Url(mine[0])) else None


class SiteIndex:
    """Finds the known site of a URL by its host.

    The rules are those of `site_for`; aliases are further roots of a site, such as former domains.
    """

    def __init__(self, sites: Iterable[tuple[SiteId, tuple[str, ...]]]) -> None:
        """Index the roots and their aliases; if two sites share a root, the first in order gets it."""
        self._by_host: dict[str, list[tuple[UrlKey, SiteId]]] = {}
        for site, aliases in sorted(sites):
            for root in (site, *aliases):
                roots = self._by_host.setdefault(host_of(root), [])
                if all(key != url_key(root) for key, _ in roots):
                    roots.append((url_key(root), site))
        for roots in self._by_host.values():
            roots.sort(key=lambda root: (-len(root[0]), root[0]))

    def site_of(self, url: str) -> SiteId | None:
        """The known site of a URL; None if it belongs to no known site."""
        roots = self._by_host.get(host_of(url))
        if not roots:
            return None
        shared_feed = "/feed/" in url and has_folders(host_of(url))
        key = url_key(default_site(Url(url)) if shared_feed else url) + "/"
        for root, site in roots:
            if key.startswith(root + "/"):
                return site
        site = roots[0][1]
        return site if len(roots) == 1 and not _is_tenant(site) else None


def _is_tenant(site: str) -> bool:
    """Whether the site is the folder of one user on a shared host."""
    return default_site(Url(site)).count("/") > 3
