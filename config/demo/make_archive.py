"""Writes `pages.warc.gz`: the invented blogosphere as a crawler would have archived it.

`python config/demo/make_archive.py [FILE]` is deterministic to the byte: fixed seed, fixed dates, record ids from
the addresses, gzip headers without a time. `--check` prints what was planned and which sentences found no place.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from blogosphere import CORE, Post, Site, Voice, plan
from feeds import feed_of
from pages import Book, archive_page, frame, home_page, post_page, standing_pages

HERE = Path(__file__).parent
CRAWLED_AT = datetime(2026, 1, 30, 3, 0, tzinfo=UTC)
REASONS = {200: "OK", 301: "Moved Permanently", 410: "Gone", 503: "Service Unavailable"}


@dataclass(frozen=True)
class Answer:
    """What one address answers."""

    url: str
    content_type: str
    body: bytes
    modified: datetime | None = None
    status: int = 200
    location: str = ""


def page(url: str, html: str, modified: datetime | None = None) -> Answer:
    """An HTML answer."""
    return Answer(url, "text/html; charset=utf-8", html.encode(), modified)


def answers_of_site(book: Book, site: Site) -> list[Answer]:
    """Home, feed, posts and standing pages of one site."""
    newest = site.posts[0].at if site.posts else None
    out = [page(site.root, home_page(book, site), newest)]
    if feed := feed_of(book, site):
        out.append(Answer(feed[0], feed[1], feed[2], newest))
    slash = ".html" if site.engine in ("hand", "jekyll") else "/"
    out.append(page(f"{site.root}archive{slash}", archive_page(site), newest))
    out += [page(url, html) for url, html in standing_pages(book, site)]
    out += [page(p.url, post_page(book, p), p.at) for p in site.posts]
    return out


def robots(voices: list[Voice]) -> list[Answer]:
    """robots.txt of every host: a page of rules, a closed door, or a server that cannot say."""
    out = {}
    for site in (s for v in voices for s in v.sites):
        rules = {
            "wp": "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n",
            "blogger": "User-agent: *\nDisallow: /search\nAllow: /\n",
        }.get(site.engine, "User-agent: *\nDisallow:\n")
        rules = site.voice.meta.get("robots", rules)
        url = f"https://{site.host}/robots.txt"
        if rules == 503:
            out[url] = Answer(url, "text/plain", b"try later\n", status=503)
        elif rules is not None:
            out[url] = Answer(
                url, "text/plain; charset=utf-8", f"{rules}\nSitemap: https://{site.host}/sitemap.xml\n".encode()
            )
    return list(out.values())


def sitemaps(voices: list[Voice]) -> list[Answer]:
    """Sitemaps of the sites whose engines write them."""
    out = []
    for site in (s for v in voices for s in v.sites if s.engine in ("hugo", "ghost", "wp") and "~" not in s.root):
        rows = "".join(
            f"<url><loc>{p.url.replace('&', '&amp;')}</loc><lastmod>{p.at:%Y-%m-%d}</lastmod></url>" for p in site.posts
        )
        out.append(
            Answer(
                f"{site.root}sitemap.xml",
                "application/xml",
                f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>\n'.encode(),
            )
        )
    return out


def moved(voices: list[Voice]) -> list[Answer]:
    """Old hosts that answer every old address with a redirect to the new one."""
    out = []
    for site in (s for v in voices for s in v.sites[:1] if v.meta.get("old_host")):
        for answer in (site.root, f"{site.root}robots.txt", *(p.url for p in site.posts if p.at.year <= 2024)):
            old = answer.replace(site.host, site.voice.meta["old_host"])
            out.append(Answer(old, "text/html", b"<p>Moved.</p>\n", status=301, location=answer))
    return out


def planet(book: Book, voice: Voice, posts: list[Post]) -> list[Answer]:
    """An aggregator: the circle's newest posts, each leading back to where it stands."""
    site = voice.sites[0]
    fresh = sorted(
        (p for p in posts if p.voice.circle == "splitters" and not p.voice.meta.get("private")),
        key=lambda p: p.at,
        reverse=True,
    )[:40]
    blocks = "".join(
        f'<article><h2><a href="{p.url}">{p.title}</a></h2><p>{p.author} on <a href="{p.site.root}">{p.site.title}</a>, {p.at:%Y-%m-%d}</p><p>{book.plain(p.paragraphs[0]).split(". ")[0]}…</p></article>'
        for p in fresh
    )
    items = "".join(f"<item><title>{p.author}: {p.title.replace('&', '&amp;')}</title><link>{p.url}</link><guid>{p.url}</guid><pubDate>{format_datetime(p.at)}</pubDate>"
                    f"<description>{book.plain(p.paragraphs[0]).split('. ')[0].replace('&', '&amp;')}…</description></item>" for p in fresh)  # fmt: skip
    feed = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{site.title}</title><link>{site.root}</link><description>{site.tagline}</description>{items}</channel></rss>\n'
    return [
        page(site.root, frame(site, blocks, title=site.title, url=site.root), CRAWLED_AT),
        Answer(f"{site.root}index.xml", "application/rss+xml", feed.encode(), CRAWLED_AT),
    ]


def shared_hosts(voices: list[Voice]) -> list[Answer]:
    """Front pages of hosts whose users have folders, and the list of feeds a seed may name."""
    roots: dict[str, list[Site]] = {}
    for site in (s for v in voices for s in v.sites if "~" in s.root):
        roots.setdefault(site.host, []).append(site)
    out = []
    for host, sites in sorted(roots.items()):
        rows = "".join(f'<li><a href="{s.root}">{s.root.split("/")[3]}</a> {s.title}</li>' for s in sites)
        out.append(
            page(
                f"https://{host}/",
                f"<!DOCTYPE html>\n<title>{host}</title>\n<h1>{host}</h1>\n<p>A small shared server for people who like snow.</p>\n<ul>{rows}</ul>\n",
            )
        )
    return out


def opml(book: Book) -> Answer:
    """An OPML export that an author left on their site."""
    keys = ("kit", "marcus", "wen", "salma", "slowbeds", "pixelpowder")
    rows = ""
    for site in (book.voices[key].sites[0] for key in keys):
        if feed := feed_of(book, site):
            rows += f'<outline type="rss" text="{escape(site.title)}" htmlUrl="{site.root}" xmlUrl="{feed[0]}"/>'
    return Answer(
        "https://chairnine.example/snow.opml",
        "text/x-opml",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>Snow</title></head><body>{rows}</body></opml>\n'.encode(),
    )


def all_answers() -> list[Answer]:
    """Every address of the blogosphere with its answer, in a fixed order."""
    voices, posts, _ = plan()
    book = Book(voices)
    out = robots(voices) + sitemaps(voices) + moved(voices) + shared_hosts(voices) + [opml(book)]
    for voice in voices:
        if voice.circle == "aggregator":
            out += planet(book, voice, posts)
        seen = {a.url for a in out}
        out += [a for site in voice.sites for a in answers_of_site(book, site) if a.url not in seen]
    return out


def record(kind: str, url: str, number: int, block: bytes, payload: bytes | None) -> bytes:
    """One gzip member holding one WARC record, with digests and an id made from the address."""
    ident = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {number} {url}")
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{ident}>",
        f"WARC-Date: {CRAWLED_AT + timedelta(seconds=2 * number):%Y-%m-%dT%H:%M:%SZ}",
    ]
    if payload is not None:
        lines += [
            f"WARC-Target-URI: {url}",
            "WARC-IP-Address: 192.0.2.10",
            f"WARC-Payload-Digest: {digest(payload)}",
            "Content-Type: application/http; msgtype=response",
        ]
    else:
        lines += ["WARC-Filename: pages.warc.gz", "Content-Type: application/warc-fields"]
    lines += [f"WARC-Block-Digest: {digest(block)}", f"Content-Length: {len(block)}"]
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", compresslevel=9, mtime=0)


def digest(data: bytes) -> str:
    """The digest as WARC writes it: SHA-1 in base 32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def http_message(answer: Answer, number: int) -> bytes:
    """Status line, headers and body of an answer."""
    lines = [
        f"HTTP/1.1 {answer.status} {REASONS[answer.status]}",
        f"Date: {format_datetime(CRAWLED_AT + timedelta(seconds=2 * number), usegmt=True)}",
        f"Content-Type: {answer.content_type}",
    ]
    if answer.location:
        lines.append(f"Location: {answer.location}")
    if answer.modified and answer.status == 200:
        lines += [
            f"Last-Modified: {format_datetime(answer.modified, usegmt=True)}",
            f'ETag: "{hashlib.sha256(answer.body).hexdigest()[:16]}"',
        ]
    lines += [
        f"Content-Length: {len(answer.body)}",
        f"Server: {'nginx' if len(urlsplit(answer.url).netloc) % 2 else 'Apache'}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + answer.body


def write(target: Path) -> int:
    """Write the archive; returns how many addresses it holds."""
    about = b"software: config/demo/make_archive.py\r\nformat: WARC File Format 1.1\r\ndescription: fiction; every host is under .example\r\n"
    members = [record("warcinfo", "", 0, about, None)]
    answers = all_answers()
    for number, answer in enumerate(answers, 1):
        members.append(record("response", answer.url, number, http_message(answer, number), answer.body))
    target.write_bytes(b"".join(members))
    return len(answers)


def report() -> None:
    """Print what was planned, for the person who edits the prose."""
    voices, posts, unplaced = plan()
    core = [p for p in posts if p.voice.circle in CORE]
    print(f"{len(voices)} voices, {sum(len(v.sites) for v in voices)} sites, {len(posts)} posts ({len(core)} core), "
          f"{len({p for q in posts for p in q.paragraphs})} paragraphs, {sum(len(p.cites) + len(p.listed) for p in posts)} citations, "
          f"{sum(len(p.lines) for p in posts)} written lines")  # fmt: skip
    for line in unplaced:
        print("no place:", line)


if __name__ == "__main__":
    if "--check" in sys.argv:
        report()
    else:
        goal = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pages.warc.gz"
        print(f"{write(goal)} addresses, {goal.stat().st_size} bytes in {goal}")
