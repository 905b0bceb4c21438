"""Addresses: one canonical spelling, one key for what spellings share, one site each."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records import SiteId, Url
from generator.urls import SiteIndex, canonical_url, default_site, host_of, is_platform, site_for, url_key

HOSTS = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?\.(example|test|org)", fullmatch=True)
PATHS = st.lists(st.text(alphabet="abz09-._~%/ é?&=+@:;,!$'()*", max_size=8), max_size=4).map("/".join)
ADDRESSES = st.builds(
    lambda scheme, www, host, port, path, query: f"{scheme}://{www}{host}{port}/{path}{query}",
    st.sampled_from(["http", "https", "HTTP", "Https"]),
    st.sampled_from(["", "www.", "WWW."]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    PATHS,
    st.sampled_from(["", "?a=1", "?b=2&a=1", "?utm_source=x", "?q=%C3%A9&x=", "#top", "?a=%2F&fbclid=1#x"]),
)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        pytest.param("HTTPS://A.Example", "https://a.example/", id="case"),
        pytest.param("https://a.example:443/x", "https://a.example/x", id="default-port"),
        pytest.param("http://a.example:443/x", "http://a.example:443/x", id="other-port"),
        pytest.param("https://user:pass@a.example/x", "https://a.example/x", id="user"),
        pytest.param("https://a.example/x#part", "https://a.example/x", id="fragment"),
        pytest.param("https://a.example/x?utm_source=b&id=3&fbclid=9", "https://a.example/x?id=3", id="tracking"),
        pytest.param("https://a.example/a/./b/../c//d", "https://a.example/a/c/d", id="dots"),
        pytest.param("https://a.example/../../x", "https://a.example/x", id="above-the-root"),
        pytest.param("https://a.example/%7Eada/%c3%a9", "https://a.example/~ada/%C3%A9", id="percent"),
        pytest.param("https://a.example/é b", "https://a.example/%C3%A9%20b", id="raw-letters"),
        pytest.param("https://bücher.example/", "https://xn--bcher-kva.example/", id="idna"),
        pytest.param("https://a.example./x", "https://a.example/x", id="final-dot"),
        pytest.param("  https://a.ex\nample/x\t", "https://a.example/x", id="white-space"),
        pytest.param("https://[2001:db8::1]/x", "https://[2001:db8::1]/x", id="ipv6"),
        pytest.param("https://a.example/?a=", "https://a.example/?a=", id="empty-value"),
    ],
)
def test_spellings_become_one(raw, canonical):
    """The address a browser would ask for, without what only tracks or decorates."""
    assert canonical_url(raw) == canonical


@pytest.mark.parametrize(
    "raw",
    [
        "", "   ", "a.example", "/x", "mailto:ada@a.example", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/",
        "https://", "https:///x", "https://a", "https://a b.example/", "https://a..example/", "https://-a.example/",
        "https://a.example:99999/", "https://a.example:x/", "https://999.1.1.1/", "https://[::zz]/", "https://[",
        "https://a.example/" + "x" * 2_000, "file:///etc/passwd", "https://\u2028.example/", "https://" + "a." * 200 + "example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(raw):
    """Refused here, so that no later stage has to ask."""
    assert canonical_url(raw) is None


@pytest.mark.parametrize(
    ("raw", "base", "canonical"),
    [
        ("../b", "https://a.example/x/y/", "https://a.example/x/b"),
        ("//b.example/z", "https://a.example/x", "https://b.example/z"),
        ("?p=2", "https://a.example/x", "https://a.example/x?p=2"),
        ("", "https://a.example/x", None),
        ("javascript:x", "https://a.example/x", None),
        ("http://[", "https://a.example/x", None),
    ],
)
def test_relative_addresses_are_resolved(raw, base, canonical):
    """Relative to their page; an empty text is not a link."""
    assert canonical_url(raw, base) == canonical


@given(ADDRESSES)
def test_a_canonical_address_is_its_own_canonical_spelling(raw):
    """Running twice changes nothing."""
    once = canonical_url(raw)
    assert once is None or canonical_url(once) == once


@given(st.text(max_size=80))
def test_no_text_is_a_traceback(raw):
    """Links in pages can hold any text."""
    for text in (raw, f"https://{raw}", f"https://a.example/{raw}", f"https://a.example/?{raw}", f"http:{raw}"):
        address = canonical_url(text)
        if address is not None:
            assert urlsplit(address).scheme in ("http", "https")
            assert address.isascii()
            assert not set(address) & set(' \t\r\n"<>\\^`{|}#')
            assert canonical_url(address) == address
            assert url_key(address)


@given(ADDRESSES)
def test_scheme_www_and_final_slash_share_a_key(raw):
    """Links to one page count as links to one page."""
    address = canonical_url(raw)
    if address is None or ":" in host_of(address):
        return
    parts = urlsplit(address)
    bare = parts.netloc.removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    keys = {
        url_key(f"{scheme}://{www}{bare}{parts.path.rstrip('/')}{slash}{query}")
        for scheme in ("http", "https")
        for www in ("", "www.")
        for slash in ("", "/")
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x/index.html", "http://www.a.example/x", True),
        ("https://a.example/%7Eada/", "https://a.example/~ada", True),
        ("https://a.example/x?p=1", "https://a.example/x?p=2", False),
        ("https://a.example/X", "https://a.example/x", False),
        ("https://a.example/indexes.html", "https://a.example/", False),
        ("https://a.example:8080/", "https://a.example/", False),
    ],
)
def test_keys_tell_pages_apart(one, other, same):
    """Index files and spellings fall together, pages do not."""
    assert (url_key(canonical_url(one)) == url_key(canonical_url(other))) is same


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://a.example/2024/x", "https://a.example/"),
        ("https://medium.com/@ada/a-post", "https://medium.com/@ada/"),
        ("https://tilde.club/~ada/x", "https://tilde.club/~ada/"),
        ("https://uni.example/~ada/x", "https://uni.example/~ada/"),
        ("https://uni.example/ada/x", "https://uni.example/"),
        ("https://medium.com/", "https://medium.com/"),
    ],
)
def test_tenants_have_sites_of_their_own(address, site):
    """On shared hosts the first folder is the site."""
    assert default_site(Url(address)) == site


ROOTS = [SiteId("https://a.example/"), SiteId("https://b.example/blog/"), SiteId("https://c.example/~ada/"),
         SiteId("https://c.example/~bo/"), SiteId("https://d.example/"), SiteId("https://d.example/news/")]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "root"),
    [
        pytest.param("http://www.a.example/x", "https://a.example/", id="scheme-and-www-do-not-count"),
        pytest.param("https://b.example/about", "https://b.example/blog/", id="a-single-root-owns-its-host"),
        pytest.param("https://c.example/~bo/x", "https://c.example/~bo/", id="tenants-apart"),
        pytest.param("https://c.example/~eve/x", None, id="unknown-tenant"),
        pytest.param("https://d.example/news/x", "https://d.example/news/", id="longest-prefix"),
        pytest.param("https://d.example/newsletter", "https://d.example/", id="whole-segments"),
        pytest.param("https://e.example/", None, id="unknown-host"),
    ],
)
def test_an_address_belongs_to_the_nearest_root(address, root):
    """Same host, longest whole prefix; a host with one root is all its own."""
    assert site_for(Url(address), ROOTS) == root


@given(
    st.permutations(ROOTS),
    st.sampled_from(["https://d.example/news/x", "https://c.example/~bo/", "https://a.example/"]),
)
def test_the_order_of_roots_is_irrelevant(roots, address):
    """The result does not depend on which site was found first."""
    assert site_for(Url(address), roots) == site_for(Url(address), ROOTS)


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.youtube.com/watch?v=x", True),
        ("https://de.wikipedia.org/wiki/X", True),
        ("https://notyoutube.com/", False),
        ("https://ada.wordpress.com/", False),
        ("https://ada.github.io/", False),
    ],
)
def test_platforms_are_distinguished_from_sites(address, platform):
    """A blog hosted on a platform still counts as a personal site."""
    assert is_platform(address) is platform


def test_a_feed_of_a_tenant_is_on_the_tenants_site():
    """medium.com/feed/@ada is the feed of medium.com/@ada, for the address alone and for the index."""
    feed, ada = Url("https://medium.com/feed/@ada"), SiteId("https://medium.com/@ada/")
    assert default_site(feed) == ada
    assert SiteIndex([(ada, ())]).site_of(feed) == ada


def test_an_index_finds_what_site_for_finds():
    """A host with one site owns all its addresses, unless the site is one folder of a host shared by many."""
    alone, tenant = SiteId("https://a.example/blog/"), SiteId("https://b.example/~ada/")
    index = SiteIndex([(alone, ()), (tenant, ())])
    assert index.site_of("https://a.example/about") == alone
    assert index.site_of("https://b.example/~bo/") is None
    assert index.site_of("https://c.example/") is None


def test_an_index_gives_a_root_to_the_first_site_that_has_it():
    """Of two sites with one root or alias, the first in order has it; a site with two roots is found at both."""
    first, second = SiteId("https://a.example/"), SiteId("https://b.example/")
    index = SiteIndex([(second, ("https://a.example/", "https://old.example/")), (first, ())])
    assert [index.site_of(url) for url in ("https://a.example/p", "https://old.example/p")] == [first, second]


def test_an_index_of_several_folders_of_one_host_tells_them_apart():
    """Where a host has several sites, the longest folder that holds an address has it; others have none."""
    roots = [SiteId("https://a.example/x/"), SiteId("https://a.example/x/y/")]
    index = SiteIndex((root, ()) for root in roots)
    found = [index.site_of(f"https://a.example/{path}") for path in ("x/p", "x/y/p", "z")]
    assert found == [*roots, None]
