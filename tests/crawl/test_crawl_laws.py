"""Laws of addresses, spellings and robots.txt, tried on what nobody would write by hand."""

from __future__ import annotations

import ipaddress
from types import SimpleNamespace
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from generator.crawl.robots import RobotsMiddleware
from generator.crawl.ssrf_guard import forbidden_reason, is_public
from generator.urls import canonical_url, url_key

V4 = st.ip_addresses(v=4)
INSIDE = st.one_of(*(st.ip_addresses(network=n) for n in (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "224.0.0.0/4",
    "0.0.0.0/8", "240.0.0.0/4",
)))  # fmt: skip
WRAPPED = (
    lambda n: f"::ffff:{n}",
    lambda n: f"64:ff9b::{n}",
    lambda n: f"::{n}",
    lambda n: str(ipaddress.IPv6Address((0x2002 << 112) | (int(n) << 80))),
    lambda n: str(ipaddress.IPv6Address((0x0064FF9B0001 << 80) | int(n))),
    lambda n: str(ipaddress.IPv6Address((0x20010000 << 96) | (int(n) ^ 0xFFFFFFFF))),
)


@given(INSIDE, st.sampled_from(WRAPPED))
def test_no_wrapping_makes_an_inner_number_public(number, wrap):
    """Mapped, translated, tunnelled: what leads inside stays inside, and no port opens it."""
    assert not is_public(str(number))
    assert not is_public(wrap(number))
    assert forbidden_reason(f"http://{number}:8080/")
    assert forbidden_reason(f"http://[{wrap(number)}]/")


@given(V4)
def test_what_passes_is_what_the_registry_calls_global(number):
    """The guard lets no number through that Python's registry of special ranges does not."""
    assert not is_public(str(number)) or (number.is_global and not number.is_multicast)


@given(st.text(max_size=80))
def test_no_spelling_is_an_error(text):
    """Any text is either refused in words or an address with a host we may ask."""
    assert forbidden_reason(text) is None or isinstance(forbidden_reason(text), str)
    assert forbidden_reason(f"http://{text}/") is None or forbidden_reason(f"http://{text}/")


@given(st.text(max_size=60), st.text(max_size=30))
def test_the_one_spelling_is_one(path, query):
    """Canonical twice is canonical once, without user, fragment or default port, and one key."""
    url = canonical_url(f"HTTP://user:secret@A.Example:80/{path}?{query}#x")
    if url is not None:
        assert canonical_url(url) == url
        parts = urlsplit(url)
        assert (parts.scheme, parts.fragment, parts.username, parts.port) == ("http", "", None, None)
        assert url_key(url) == url_key(canonical_url(url))


AGENT = SimpleNamespace(settings={"USER_AGENT": "whomatters/0.1 (+https://agency.example/)"})
NAMES = st.sampled_from(["*", "whomatters", "WhoMatters", "other", "what"])
PATHS = st.text(alphabet="ab/*$%?", min_size=1, max_size=6).map(lambda p: "/" + p.lstrip("/"))


def read(body: bytes):
    return RobotsMiddleware(AGENT)._read("https://a.example", Response("https://a.example/robots.txt", body=body))


@given(st.binary(max_size=400))
def test_no_bytes_of_a_robots_txt_are_an_error(body):
    """Whatever a server calls robots.txt, there is an answer, the same twice."""
    rules = read(body)
    assert rules.closed is None
    assert rules.parser.can_fetch("https://a.example/x", "whomatters") in (True, False)
    assert rules.crawl_delay_s >= 0


@given(st.lists(st.tuples(NAMES, PATHS), max_size=8))
def test_groups_of_one_name_count_as_one(rules):
    """RFC 9309, 2.2.1: groups that name us are joined; the order in which groups stand changes nothing."""
    lines = [f"User-agent: {name}\nDisallow: {path}\n\n" for name, path in rules]
    one, other = read("".join(lines).encode()).parser, read("".join(reversed(lines)).encode()).parser
    for _, path in rules:
        url = f"https://a.example{path.replace('*', 'x').replace('$', '')}"
        assert one.can_fetch(url, "whomatters") == other.can_fetch(url, "whomatters")


@given(st.text(alphabet="abc", min_size=1, max_size=4), st.text(alphabet="abc", min_size=1, max_size=4))
def test_the_longest_rule_wins_and_of_equals_the_kinder(short, more):
    """RFC 9309, 2.2.2."""
    body = f"User-agent: *\nDisallow: /{short}\nAllow: /{short}{more}\nAllow: /{short}-\nDisallow: /{short}-\n".encode()
    can = read(body).parser.can_fetch
    assert not can(f"https://a.example/{short}", "whomatters")
    assert can(f"https://a.example/{short}{more}", "whomatters")
    assert can(f"https://a.example/{short}-", "whomatters")
