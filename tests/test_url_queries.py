"""Which query parameters leave the page the same, and which spellings of an address have one key."""

from __future__ import annotations

import pytest

from generator.url_queries import without_tracking
from generator.urls import canonical_url, url_key


@pytest.mark.parametrize(
    ("address", "same"),
    [
        pytest.param("https://ada.example/slug?ref=bo.example", "https://ada.example/slug", id="ref names a host"),
        pytest.param("https://ada.example/slug?ref=twitter", "https://ada.example/slug", id="ref names a channel"),
        pytest.param("https://ada.example/s?source=newsletter&id=3", "https://ada.example/s?id=3", id="source"),
        pytest.param("https://ada.example/s?utm_medium=rss&fbclid=1", "https://ada.example/s", id="campaign"),
        pytest.param("https://ada.example/s?share=bluesky&nb=1", "https://ada.example/s", id="WordPress sharing"),
        pytest.param("https://ada.example/2024/05/x.html?m=1", "https://ada.example/2024/05/x.html", id="Blogger"),
        pytest.param("https://ada.blogspot.co.uk/p/x.html", "https://ada.blogspot.com/p/x.html", id="country"),
        pytest.param("http://www.ada.example/p/slug?r=2b&s=r", "https://ada.example/p/slug", id="Substack's own"),
        pytest.param("https://medium.com/@ada/x?source=friends", "https://medium.com/@ada/x", id="Medium"),
        pytest.param("https://ada.example/a-slug/amp/", "https://ada.example/a-slug", id="AMP folder"),
        pytest.param("https://ada.example/x.amp.html", "https://ada.example/x.html", id="AMP file"),
        pytest.param("https://straße.example/", "https://xn--strae-oqa.example/", id="IDNA 2008 keeps sharp s"),
    ],
)
def test_one_page_has_one_key(address, same):
    """An address with traces of the reader's way has the key of the page itself."""
    assert url_key(canonical_url(address)) == url_key(canonical_url(same))


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("https://ada.example/?m=202405", "https://ada.example/", id="m is a month"),
        pytest.param("https://code.example/x?ref=main", "https://code.example/x", id="ref is a branch"),
        pytest.param("https://ada.example/?ref=readme.md", "https://ada.example/", id="ref is a file"),
        pytest.param("https://ada.example/list?r=12", "https://ada.example/list", id="r outside Substack"),
        pytest.param("https://ada.example/data?source=census", "https://ada.example/data", id="source is a choice"),
        pytest.param("https://ada.example/tags/amp/", "https://ada.example/tags/", id="a tag called amp"),
        pytest.param("https://faß.example/", "https://fass.example/", id="two domains"),
        pytest.param("https://notblogspot.de/", "https://notblogspot.com/", id="no Blogger"),
    ],
)
def test_other_pages_keep_their_key(address, other):
    """A parameter or an ending that names a page is kept."""
    assert url_key(canonical_url(address)) != url_key(canonical_url(other))


def test_a_query_of_a_hundred_parameters_is_data():
    """An endless query is dropped whole."""
    assert without_tracking("ada.example", "/", "&".join(f"k{i}=1" for i in range(101))) == ""
