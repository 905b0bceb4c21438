"""Gzip files without a Content-Encoding: sitemaps and feeds are read, other archives are not."""

import gzip

import pytest

from generator.crawl.responses import is_unreadable, is_unreadable_type
from generator.discover.url_kinds import is_asset, is_listing


@pytest.mark.parametrize(
    ("body", "unreadable"),
    [
        (gzip.compress(b"<?xml version='1.0'?><urlset/>", mtime=0), False),
        (gzip.compress(b"\xef\xbb\xbf <rss/>", mtime=0), False),
        (b"<rss/>", False),
        (gzip.compress(b"\x7fELF", mtime=0), True),
        (b"\x1f\x8bbroken", True),
        (b"PK\x03\x04", True),
    ],
)
def test_packed_markup_is_readable(body, unreadable):
    """A gzip file is read where its content begins with markup, and never refused before its body is known."""
    assert is_unreadable("application/x-gzip", body) is unreadable
    assert not is_unreadable_type("application/gzip")


def test_packed_sitemaps_are_lists():
    """A packed sitemap is a list to request; other packed files are not."""
    assert not is_asset("https://a.example/sitemap-1.xml.gz")
    assert is_listing("https://a.example/sitemap.xml.gz")
    assert is_asset("https://a.example/src.tar.gz")
