"""Kinds of seed: which is which, what is asked first, and what is said to a seed nobody knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from generator.config.values import _seed
from generator.crawl import Crawler, first_requests, is_source, seed_request
from generator.errors import UsageError
from generator.records import FetchRequest, Purpose, Url
from generator.sources import SOURCES
from generator.sources.parsing import addresses_in, plain_text_of, seed_candidate

TODAY = date(2026, 1, 31)


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
    assert not is_source(seed)
    assert seed_request(seed) == FetchRequest(Url(url), Purpose.SEED)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_example_is_a_seed(name):
    """What the documents show can be pasted into a topic file, and asks something of the web."""
    example = SOURCES[name].example

    assert _seed(example) == example
    assert is_source(example)
    assert all(one.url.startswith("https://") for one in first_requests(example, as_of=TODAY))
    assert first_requests(example, as_of=TODAY)


@pytest.mark.parametrize(
    ("seed", "urls"),
    [
        pytest.param(
            "hn:back country & splitboards",
            [
                "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query=back%20country%20%26%20splitboards&tags=story"
            ],
            id="hn",
        ),
        pytest.param(
            "mastodon:Splitboard", ["https://mastodon.social/api/v1/timelines/tag/Splitboard?limit=40"], id="bare tag"
        ),
        pytest.param(
            "mastodon:@ada@snow.example",
            ["https://snow.example/api/v1/accounts/lookup?acct=ada", "https://snow.example/@ada.rss"],
            id="account",
        ),
        pytest.param(
            "wikipedia:de/schneebrett", ["https://de.wikipedia.org/wiki/Schneebrett"], id="article in another language"
        ),
        pytest.param(
            "stackexchange:c++",
            ["https://api.stackexchange.com/2.3/tags/c++/top-answerers/all_time?pagesize=30&site=stackoverflow"],
            id="tag with signs",
        ),
    ],
)
def test_a_query_travels_encoded(seed, urls):
    """What people type reaches the place as one value."""
    assert _seed(seed) == seed
    assert sorted(one.url for one in first_requests(seed, as_of=TODAY)) == sorted(urls)


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        pytest.param("digg:snow", r"no source called 'digg'.*\n.*hn:splitboarding", id="unknown source"),
        pytest.param("hn: ", "asks hn for nothing", id="empty query"),
        pytest.param("mastodon:two words", "neither #tag@server nor @name@server", id="mastodon"),
        pytest.param("lemmy:!@x.example", "neither words@server nor !name@server", id="lemmy"),
        pytest.param("discourse:forum.example", "names no forum and words", id="discourse"),
        pytest.param("stackexchange:two words", "is not tag@site", id="stackexchange"),
        pytest.param("youtube:AdaRides", "is not a channel's or playlist's id", id="youtube"),
        pytest.param("reddit:two words", "is not a subreddit's name", id="reddit"),
        pytest.param("webmention:ada", "is not a page's address", id="webmention"),
        pytest.param("wikipedia:a#b", "is not an article's title", id="wikipedia"),
        pytest.param("commoncrawl:two words", "names no site", id="commoncrawl"),
        pytest.param("blogroll:two words", "names no site", id="blogroll"),
    ],
)
def test_a_question_a_source_cannot_answer_is_a_usage_error_that_helps(seed, words):
    """The message names the seed, what is wrong and what would be right."""
    with pytest.raises(UsageError, match=words):
        is_source(seed) and first_requests(seed, as_of=TODAY)
    with pytest.raises(PydanticCustomError):  # and `check` says so, with line and column
        _seed(seed)


@pytest.mark.parametrize("seed", ["ftp://a.example/", "not an address", ""])
def test_a_seed_that_is_no_address_says_what_one_is(seed):
    """Examples of every source stand in the message."""
    with pytest.raises(UsageError, match="is not a web address"):
        seed_request(seed)


def test_an_archived_copy_stands_for_its_original():
    """The Internet Archive's frame is taken off, whole or with its slashes folded."""
    framed = [
        "https://web.archive.org/web/2018/http://a.example/x",
        "http://web.archive.org/web/2018id_/https:/a.example/y",
    ]

    assert [one.url for address in framed for one in seed_candidate(address)] == [
        "http://a.example/x",
        "https://a.example/y",
    ]


def test_addresses_are_found_in_prose_markdown_and_html():
    """What ends a sentence or a link's frame ends the address; entities are read."""
    text = 'See https://a.example/x, <a href="https://b.example/?q=1&amp;r=2">b</a> and [c](https://c.example/z)!'

    assert list(addresses_in(text)) == ["https://a.example/x", "https://b.example/?q=1&r=2", "https://c.example/z"]


@pytest.mark.parametrize(
    "address",
    [
        "https://snow.example/@ada",
        "https://snow.example/@ada/11223344",
        "https://lemmy.example/u/ada",
        "https://x.com/ada",
    ],
)
def test_accounts_are_no_leads(address):
    """A page on a network is no site to hear; a tenant's folder is one."""
    assert list(seed_candidate(address)) == []
    assert [one.url for one in seed_candidate("https://medium.com/@ada")] == ["https://medium.com/@ada"]


def test_a_pause_is_kept_live_and_passed_over_in_an_archive(monkeypatch):
    """An archive asks nobody to wait."""
    slept = []
    monkeypatch.setattr("generator.crawl.crawler.time.sleep", slept.append)
    Crawler(user_agent="x", delay_s=0).pause(7)
    Crawler(user_agent="x", delay_s=0, replay=(Path("a.warc"),)).pause(9)

    assert slept == [7]


def test_words_are_plain_and_short():
    """Markup goes, entities are read, the rest is clipped."""
    assert plain_text_of("<p>Pits &amp; <b>layers</b></p>") == "Pits & layers"
    assert len(plain_text_of("word " * 500)) == 200
