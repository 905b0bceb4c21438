"""The alias table: which addresses are other addresses of one page, and which of them counts.

Fed by HTTP redirects, meta refreshes, canonical addresses of mirrors, AMP versions and translations. An answer can
only rename addresses that it was itself served under, or that agree: so a page gives its own citations away, and takes
none. Spellings of one address (www, http, tracking, Blogger's countries) have one key already, see `urls`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from generator.discover.url_kinds import is_listing
from generator.records import Extraction, PageKind, Url, UrlKey
from generator.urls import host_of, url_key

MAX_CHAIN = 10  # aliases of aliases


def is_root(url: Url) -> bool:
    """Whether an address is the root of its host."""
    return urlsplit(url).path in ("", "/") and not urlsplit(url).query


def declared_address(page: Extraction) -> Url | None:
    """The address of another page that a page declares as its own: by meta refresh, or as canonical.

    A canonical address is not believed where it leads to a list or, from a post, to a home page: that is a mistake of
    the template.
    """
    if page.moved_to is not None:
        return page.moved_to
    canonical = page.canonical
    if canonical is None or url_key(canonical) == url_key(page.url):
        return None
    if host_of(canonical) == host_of(page.url):
        own = page.posts[0].url if page.kind is PageKind.POST and page.posts else None
        return own if own is not None and url_key(own) != url_key(page.url) else None
    if page.kind is PageKind.POST:
        return None if is_root(canonical) or is_listing(canonical) else canonical
    return canonical if page.kind is PageKind.HOME and is_root(canonical) else None


class AliasTable:
    """Addresses by the key of another address of the same page."""

    def __init__(self) -> None:
        self._redirects: dict[UrlKey, Url] = {}  # the server says so
        self._declared: dict[UrlKey, Url] = {}  # the page says so
        self._translations: dict[UrlKey, tuple[Url, frozenset[UrlKey]]] = {}

    def __contains__(self, key: UrlKey) -> bool:
        return key in self._redirects or key in self._declared

    def note_redirect(self, asked: Url, final: Url) -> None:
        """Record that an address was answered by another one."""
        if url_key(asked) != url_key(final):
            self._redirects[url_key(asked)] = final

    def note_page(self, page: Extraction) -> None:
        """Record what a page says about its other addresses."""
        own, declared = url_key(page.url), declared_address(page)
        if declared is not None and not (is_root(page.url) and host_of(declared) == host_of(page.url)):
            self._declared[own] = declared
        if page.amp is not None and url_key(page.amp) != own:
            self._declared.setdefault(url_key(page.amp), page.url)
        if page.alternates and page.kind is PageKind.POST:
            self._translations[own] = (page.url, frozenset(url_key(url) for url in page.alternates))

    def resolved(self, knows: Callable[[Url], bool]) -> Mapping[UrlKey, Url]:
        """The final address by key, chains followed; a circle of aliases leads nowhere.

        Args:
            knows: whether the site of an address is part of the crawl; an address that a page declares on another
                site is not used before, because a post without a site would be lost.
        """
        table = {key: url for key, url in self._declared.items() if knows(url)} | self._redirects
        for key, (url, others) in sorted(self._translations.items()):
            mutual = [self._translations[o][0] for o in others if key in self._translations.get(o, (url, ()))[1]]
            first = min((url, *mutual), key=lambda one: (len(one), one))
            if key not in table and url_key(first) != key:
                table[key] = first
        final = {}
        for key in table:
            end, seen = table[key], {key}
            while (after := url_key(end)) in table and after not in seen and len(seen) < MAX_CHAIN:
                seen.add(after)
                end = table[after]
            if url_key(end) not in seen:
                final[key] = end
        return final
