"""Feeds of the blogosphere: Atom, RSS 2.0, RDF and JSON Feed, whole or broken as their sites' quirks ask.

Quirks: `summary` (first sentence only), `nodate`, `epoch` (everything dated 1970), `badxml` (a bare
ampersand and an unclosed tag), `latin1` (bytes in Latin-1 under a UTF-8 label), `noauthor`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from blogosphere import Post, Site
from pages import FEED_TYPE, Book, body, feed_url, post_tags

NEWEST = 15  # entries a feed holds; the rest is on pages only


def feed_of(book: Book, site: Site) -> tuple[str, str, bytes] | None:
    """Address, content type and bytes of a site's feed; None where it has none."""
    kind = site.feed.split("+")[0]
    if kind == "none":
        return None
    posts = site.posts[:NEWEST]
    text = {"rss": rss, "atom": atom, "rdf": rdf, "json": json_feed}[kind](book, site, posts)
    if "badxml" in site.feed:
        text = text.replace("</title>", " & friends</title>", 2).replace("</channel>", "<br></channel>")
    data = text.encode("latin-1", "replace") if "latin1" in site.feed else text.encode()
    return feed_url(site), FEED_TYPE[kind] + ("" if "latin1" in site.feed else "; charset=utf-8"), data


def content(book: Book, post: Post) -> str:
    """What the feed carries of a post: everything, or a first sentence."""
    if "summary" in post.site.feed:
        return escape(book.plain(post.paragraphs[0]).split(". ")[0] + " […]", quote=False)
    return body(book, post)


def when(post: Post) -> datetime:
    """The date the feed gives, which is not always the true one."""
    return datetime(1970, 1, 1, tzinfo=UTC) if "epoch" in post.site.feed else post.at


def rss(book: Book, site: Site, posts: list[Post]) -> str:
    """RSS 2.0 with full content in content:encoded."""
    items = []
    for post in posts:
        dated = "" if "nodate" in site.feed else f"<pubDate>{format_datetime(when(post))}</pubDate>"
        by = "" if "noauthor" in site.feed else f"<dc:creator>{escape(post.author)}</dc:creator>"
        tags = "".join(f"<category>{t}</category>" for t in post_tags(post))
        text = content(book, post)
        full = (
            f"<description>{escape(text)}</description>"
            if "summary" in site.feed
            else f"<description>{escape(book.plain(post.paragraphs[0])[:120])}</description><content:encoded><![CDATA[{text}]]></content:encoded>"
        )
        items.append(
            f'<item><title>{escape(post.title)}</title><link>{escape(post.url)}</link><guid isPermaLink="true">{escape(post.url)}</guid>{dated}{by}{tags}{full}</item>'
        )
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
            f"<channel><title>{escape(site.title)}</title><link>{site.root}</link><description>{escape(site.tagline)}</description><language>{site.voice.meta.get('lang', 'en')}</language>"
            f'<atom:link rel="self" href="{feed_url(site)}"/>{"".join(items)}</channel></rss>\n')  # fmt: skip


def atom(book: Book, site: Site, posts: list[Post]) -> str:
    """Atom 1.0."""
    entries = []
    for post in posts:
        stamp = f"{when(post):%Y-%m-%dT%H:%M:%SZ}"
        dated = "" if "nodate" in site.feed else f"<published>{stamp}</published><updated>{stamp}</updated>"
        by = (
            ""
            if "noauthor" in site.feed
            else f"<author><name>{escape(post.author)}</name><uri>{site.root}</uri></author>"
        )
        field = "summary" if "summary" in site.feed else "content"
        entries.append(
            f'<entry><id>{escape(post.url)}</id><title>{escape(post.title)}</title><link rel="alternate" href="{escape(post.url)}"/>{dated}{by}<{field} type="html">{escape(content(book, post))}</{field}></entry>'
        )
    newest = f"{posts[0].at:%Y-%m-%dT%H:%M:%SZ}" if posts else "2026-01-01T00:00:00Z"
    return (f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.voice.meta.get("lang", "en")}"><id>{site.root}</id><title>{escape(site.title)}</title><subtitle>{escape(site.tagline)}</subtitle>'
            f'<updated>{newest}</updated><link rel="self" href="{feed_url(site)}"/><link rel="alternate" href="{site.root}"/>{"".join(entries)}</feed>\n')  # fmt: skip


def rdf(book: Book, site: Site, posts: list[Post]) -> str:
    """RSS 1.0."""
    items = "".join(
        f'<item rdf:about="{escape(p.url)}"><title>{escape(p.title)}</title><link>{escape(p.url)}</link><dc:creator>{escape(p.author)}</dc:creator><dc:date>{when(p):%Y-%m-%dT%H:%M:%SZ}</dc:date>'
        f"<description>{escape(content(book, p))}</description></item>" for p in posts)  # fmt: skip
    rows = "".join(f'<rdf:li rdf:resource="{escape(p.url)}"/>' for p in posts)
    return (f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<channel rdf:about="{feed_url(site)}"><title>{escape(site.title)}</title><link>{site.root}</link><description>{escape(site.tagline)}</description><items><rdf:Seq>{rows}</rdf:Seq></items></channel>{items}</rdf:RDF>\n')  # fmt: skip


def json_feed(book: Book, site: Site, posts: list[Post]) -> str:
    """JSON Feed 1.1."""
    items = [{"id": p.url, "url": p.url, "title": p.title, "content_html": content(book, p), "date_published": f"{when(p):%Y-%m-%dT%H:%M:%SZ}",
              "authors": [{"name": p.author}], "tags": post_tags(p)} for p in posts]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": site.title, "home_page_url": site.root, "feed_url": feed_url(site), "language": site.voice.meta.get("lang", "en"),
                       "authors": [{"name": site.voice.name, "url": site.root}], "items": items}, ensure_ascii=False, indent=1)  # fmt: skip
