"""A feed with a DOCTYPE is read, and nothing else is fetched or opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.extract.snapshot import extract_snapshot
from generator.records import PageKind, Purpose, Snapshot, Url

URL = Url("https://a.example/feed")
NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
SYSTEM = "<!DOCTYPE rss SYSTEM 'http://169.254.169.254/rss.dtd'>"
OWN = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("doctype", [NETSCAPE, SYSTEM, OWN], ids=["netscape", "foreign dtd", "foreign entity"])
def test_a_feed_with_a_doctype_reads(doctype):
    """Title and post are read, without content of local files."""
    body = f"<?xml version='1.0'?>{doctype}<rss version='0.91'><channel><title>Quiet</title><link>https://a.example/</link>"
    body += "<item><title>Snow</title><link>https://a.example/1</link><description>New snow</description></item></channel></rss>"
    seen_at = datetime(2026, 1, 31, tzinfo=UTC)
    found = extract_snapshot(Snapshot(URL, URL, Purpose.FEED, 200, "text/xml", body.encode(), "d", seen_at))

    assert (found.kind, found.title, [post.title for post in found.posts]) == (PageKind.FEED, "Quiet", ["Snow"])
    assert "root:" not in repr(found)
