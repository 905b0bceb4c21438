"""Kinds of seed: what is asked for, what an answer names, and what is said to a seed nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.crawl import seed_links, seed_requests
from generator.errors import UsageError
from generator.records import FetchRequest, Purpose, Snapshot, Url


def answer(body: bytes) -> Snapshot:
    url = Url("https://hn.algolia.com/api/v1/search?query=x")
    return Snapshot(url, url, Purpose.SEED, 200, "application/json", body, "", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("seed", "url"),
    [
        pytest.param("https://a.example/opml.xml#top", "https://a.example/opml.xml", id="address"),
        pytest.param("a.example/blog", "https://a.example/blog", id="without scheme"),
        pytest.param("a.example:8080", "https://a.example:8080/", id="port is no query"),
        pytest.param(" https://a.example ", "https://a.example/", id="spaces"),
    ],
)
def test_an_address_is_asked_for_as_it_is(seed, url):
    """Pages, feeds and OPML files are plain addresses: what they are shows when they answer."""
    assert seed_requests(seed) == (FetchRequest(Url(url), Purpose.SEED),)


def test_hn_asks_algolia_for_stories():
    """`hn:query` is one search; the query travels encoded."""
    assert seed_requests("hn:back country & splitboards") == (
        FetchRequest(
            Url(
                "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query=back%20country%20%26%20splitboards&tags=story"
            ),
            Purpose.SEED,
        ),
    )


def test_hn_names_each_site_address_once_and_no_platforms():
    """Only addresses are taken from an answer, in its order; stories without one and networks are passed over."""
    body = b"""{"hits": [{"url": "https://b.example/x?utm_source=hn", "points": 900}, {"url": null}, {"title": "Ask HN"},
        {"url": "https://github.com/a/b"}, {"url": "https://a.example/"}, {"url": "https://b.example/x"}, {"url": "javascript:1"}]}"""

    assert seed_links("hn:x", answer(body)) == ("https://b.example/x", "https://a.example/")


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"hits": 3}', b"[]", b"\xff\xfe", b'{"hits": [{"url": 5}]}'])
def test_a_broken_answer_names_nothing(body):
    """A source that answers nonsense costs itself."""
    assert seed_links("hn:x", answer(body)) == ()


def test_a_plain_address_names_nothing_by_itself():
    """Only sources list addresses; a page's links are read elsewhere."""
    assert seed_links("https://a.example/", answer(b'{"hits": [{"url": "https://b.example/"}]}')) == ()


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        pytest.param("reddit:snow", r"no source called 'reddit'.*\n.*hn:splitboarding", id="unknown source"),
        pytest.param("hn: ", "asks hn for nothing", id="empty query"),
        pytest.param("ftp://a.example/", "is no web address", id="other scheme"),
        pytest.param("not an address", "is no web address", id="words"),
        pytest.param("", "is no web address", id="nothing"),
    ],
)
def test_a_seed_nobody_knows_is_a_usage_error_that_helps(seed, words):
    """The message names the seed, what is wrong and what would be right."""
    with pytest.raises(UsageError, match=words):
        seed_requests(seed)
