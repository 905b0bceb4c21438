"""Addresses: one canonical spelling, one key for what spellings share, and which site an address is on.

Knows nothing of what an address answers. Everything that is no plain http(s) web address is refused here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from generator.records import SiteId, Url, UrlKey
from generator.shared_hosts import has_folders, owner_folder

MAX_URL_LENGTH = 2_000  # characters; longer ones are traps or data

TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs\w+|yclid|ref_src|spm|phpsessid|jsessionid|"
    r"aspsessionid\w*|cfid|cftoken)$",
    re.IGNORECASE,
)

# Networks, forges, shops and reference works: accounts and documents live there, not blogs to be heard.
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

# The same, matched by ending: language editions, regional shops and hosted documents.
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

INDEX_FILE = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def canonical_url(raw: str, base: str | None = None) -> Url | None:
    """The one spelling of an address this project uses.

    Lower-case scheme and host (IDNA), no default port, no fragment, no user, no tracking parameters,
    dot segments resolved, percent-encoding normalised, an empty path as `/`.

    Args:
        raw: what a page or a person wrote; relative where `base` is given.
        base: absolute address it stands on.

    Returns:
        The canonical address; None for anything that is no http(s) address with a public-looking host.
    """
    raw = re.sub(r"[\x00-\x20\x7f]+", lambda m: "" if set(m[0]) <= set("\t\n\r\x00") else " ", raw).strip()
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
    try:
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _plausible_host(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, 80 if scheme == "http" else 443) else f"{shown}:{port}"
    path = quote(
        unquote(_without_dots(parts.path) or "/", errors="surrogateescape").encode("utf-8", "surrogateescape"),
        safe="/:@!$&'()*+,;=~-._",
    )
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100) if query.count("&") < 100 else []
        query = urlencode([(k, v) for k, v in pairs if not TRACKING.match(k)], quote_via=quote, errors="surrogatepass")
    return Url(urlunsplit((scheme, netloc, path, query, "")))


def _plausible_host(host: str) -> bool:
    """A dotted name or an address literal; `localhost` and single labels are nobody's blog."""
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
    """The path with `.` and `..` segments and doubled slashes resolved."""
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
    """What all spellings of one address share: no scheme, no `www.`, decoded path, no index file or final slash."""
    parts = urlsplit(url)
    path = INDEX_FILE.sub("/", unquote(parts.path)).rstrip("/")
    return UrlKey(parts.netloc.lower().removeprefix("www.") + path + (f"?{parts.query}" if parts.query else ""))


@lru_cache(maxsize=200_000)
def host_of(url: str) -> str:
    """Host without `www.`, with a port that is not the default; "" where there is none."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def is_platform(url: str) -> bool:
    """Whether the address is on a network, forge, shop or reference work rather than somebody's site."""
    host = host_of(url)
    return host in PLATFORM_HOSTS or host.endswith(PLATFORM_SUFFIXES)


def is_account(url: str) -> bool:
    """Whether the address is somebody's page on a network: anybody can give it as theirs."""
    return is_platform(url) or bool(ACCOUNT_PATH.search(urlsplit(url).path))


@lru_cache(maxsize=200_000)
def default_site(url: Url) -> SiteId:
    """The site an address is on as far as the address alone tells: its host, or its tenant's folder."""
    parts = urlsplit(url)
    return SiteId(f"{parts.scheme}://{parts.netloc}/{owner_folder(host_of(url), parts.path)}")


def site_for(url: Url, roots: Iterable[SiteId]) -> SiteId | None:
    """The root an address belongs to: same host, longest path prefix.

    A host with a single root owns all its addresses, also those outside the root's folder: the blog
    under /blog/ and the home page at / are one site. Scheme and `www.` do not count.
    """
    host = host_of(url)
    mine = [root for root in roots if host_of(root) == host]
    key = url_key(url) + "/"
    inside = [root for root in mine if key.startswith(url_key(root) + "/")]
    if inside:
        return max(inside, key=lambda root: (len(url_key(root)), root))
    return mine[0] if len(mine) == 1 and default_site(url) == default_site(Url(mine[0])) else None


class SiteIndex:
    """Which of the known sites an address is on, in constant time.

    Same rules as `site_for`; `aliases` are further roots (old hosts, former domains) of a site.
    """

    def __init__(self, sites: Iterable[tuple[SiteId, tuple[str, ...]]]) -> None:
        """Index the roots and their aliases; of two sites with one root the first in order wins."""
        self._by_host: dict[str, list[tuple[UrlKey, SiteId]]] = {}
        for site, aliases in sorted(sites):
            for root in (site, *aliases):
                roots = self._by_host.setdefault(host_of(root), [])
                if all(key != url_key(root) for key, _ in roots):
                    roots.append((url_key(root), site))
        for roots in self._by_host.values():
            roots.sort(key=lambda root: (-len(root[0]), root[0]))

    def site_of(self, url: str) -> SiteId | None:
        """The site an address belongs to; None where no known site has it."""
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
    """Whether the site is one folder of a host shared by many."""
    return default_site(Url(site)).count("/") > 3
