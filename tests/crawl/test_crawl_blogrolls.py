"""Blogrolls and podrolls as a source, wherever a page or feed says that it has one."""

from __future__ import annotations


def opml(*sites):
    outlines = "".join(f'<outline text="x" type="rss" htmlUrl="{site}" xmlUrl="{site}feed"/>' for site in sites)
    return f'<opml version="2.0"><head><title>x</title></head><body>{outlines}</body></opml>'


HOME = """<html><head><title>Ada on snow</title><link rel="blogroll" type="text/xml" href="https://lists.example/ada.opml">
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><main><h1>Ada on snow</h1><p>Notes.</p></main>
<nav><a href="/blogroll/">Blogroll</a></nav>
<aside><h2>Blogroll</h2><ul><li><a href="https://side.example/">Side</a></li></ul></aside></body></html>"""


FEED = """<rss version="2.0" xmlns:source="http://source.scripting.com/" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>Ada</title><link>https://ada.example/</link><source:blogroll>https://ada.example/mine.opml</source:blogroll>
<podcast:podroll><podcast:remoteItem feedGuid="29cdca4a" feedUrl="https://pod.example/rss" title="Pod"/><podcast:remoteItem feedGuid="x"/></podcast:podroll>
<item><link>https://ada.example/1</link><title>One</title><description>x</description></item></channel></rss>"""


def test_a_blogroll_is_found_wherever_it_is_said(web):
    """Sidebar, rel=blogroll, well-known place, WordPress's list, own page, the feed's list and a podroll."""
    web.put("https://ada.example/", HOME)
    web.put("https://ada.example/.well-known/recommendations.opml", opml("https://known.example/"), kind="text/x-opml")
    web.put("https://ada.example/wp-links-opml.php", opml("https://wp.example/"), kind="text/xml")
    web.put("https://lists.example/ada.opml", opml("https://rel.example/"), kind="text/xml")
    web.put("https://ada.example/mine.opml", opml("https://feed.example/"), kind="text/xml")
    web.put("https://ada.example/feed", FEED, kind="application/rss+xml")
    web.put("https://ada.example/blogroll/", '<html><head><title>Blogroll</title></head><body><main><h1>Blogroll</h1><p>I read '
            '<a href="https://page.example/">Page</a> every week, and so should you.</p></main></body></html>')  # fmt: skip

    assert sorted(web.urls("blogroll:https://ada.example/")) == [
        "https://feed.example/", "https://known.example/", "https://page.example/", "https://pod.example/rss",
        "https://rel.example/", "https://side.example/", "https://wp.example/",
    ]  # fmt: skip
