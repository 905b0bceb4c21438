"""Writes a simulated blogosphere as pages, feeds and redirects in one WARC, with a topic file.

It imitates four blog engines. The page around a post repeats: navigation, blogrolls, share links, comments with spam,
a theme credit in the footer.
"""

from __future__ import annotations

import csv
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.text import slug
from tests.quality.simulated_vocabulary import CIRCLES, OFF_TOPIC, TOPIC, Voice
from tests.quality.simulator import Blogosphere, Entry, LinkKind, Person, Role, Site, moment, seeds

HOME_POSTS = 8  # posts on a home page
KEYWORDS = ["beekeeping", "honey bee", "hive", "varroa", "swarm", "apiary", "queen rearing"]
DESCRIPTION = "Keeping honey bees: colonies and queens, swarms, mites and bee health, hives from log to rooftop."


@dataclass(frozen=True)
class Written:
    """Paths and number of pages written."""

    warc: Path
    topic: Path
    truth: Path
    pages: int
    posts: int


@dataclass(frozen=True)
class Article:
    """An entry in words: `body` is HTML, `summary` its first words."""

    entry: Entry
    url: str
    title: str
    body: str
    summary: str
    published: datetime


def write_world(world: Blogosphere, out: Path) -> Written:
    """The world as `pages.warc.gz`, `topic.yaml` and `truth.csv` in a folder; the same world, the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    written = Written(
        out / "pages.warc.gz", out / "topic.yaml", out / "truth.csv", _write_warc(world, out), len(world.entries)
    )
    _write_topic(world, written.topic)
    _write_truth(world, written.truth)
    return written


# ── words ────────────────────────────────────────────────────────────────────────────────────────


class PlainWriter(WARCWriter):
    """warcio's writer with buffers in memory; its temporary files are not closed and cause warnings."""

    @staticmethod
    def _create_temp_file() -> BytesIO:
        return BytesIO()


class Author:
    """Puts a person's entries into words."""

    def __init__(self, world: Blogosphere, person: Person) -> None:
        rng = np.random.Generator(np.random.PCG64([world.settings.seed, 77, person.number]))
        shared = np.random.Generator(np.random.PCG64([world.settings.seed, 78]))
        self._rng, self._world, self._person = rng, world, person
        self.voice = Voice(shared if person.role is Role.FAKE else rng)
        self.circle, self.hobby = CIRCLES[person.circle], OFF_TOPIC[person.hobby]

    def title(self, entry: Entry) -> str:
        """A title in the subject of the entry."""
        if not entry.on_topic:
            return self.voice.title(self.hobby)
        return self.voice.title(TOPIC if self._rng.random() < 0.6 else self.circle)

    def _sentence(self, *, on_topic: bool) -> str:
        draw = self._rng.random()
        if on_topic:
            if draw < 0.40:
                return self.voice.sentence(TOPIC)
            return self.voice.sentence(self.circle) if draw < 0.65 else self._aside(draw, 0.95)
        if draw < 0.65:
            return self.voice.sentence(self.hobby)
        return self.voice.sentence(TOPIC) if draw > 0.98 else self.voice.chatter()

    def _aside(self, draw: float, limit: float) -> str:
        return self.voice.chatter() if draw < limit else self.voice.sentence(self.hobby)

    def body(self, entry: Entry, links: list[tuple[LinkKind, str, str]]) -> tuple[str, str]:
        """HTML paragraphs with the links in sentences of their own, and the first words as a summary."""
        count = int(self._rng.integers(7, 20))
        sentences = [escape(self._sentence(on_topic=entry.on_topic)) for _ in range(count)]
        summary = " ".join(sentences[:2])
        for kind, address, text in links:
            sentence = self._link_sentence(kind, on_topic=entry.on_topic)
            rel = ' rel="sponsored"' if kind is LinkKind.PAID and self._rng.random() < 0.5 else ""
            anchor = f'<a href="{escape(address)}"{rel}>{escape(text)}</a>'
            sentences.insert(int(self._rng.integers(1, len(sentences))), escape(sentence).replace("{x}", anchor))
        paragraphs, at = [], 0
        while at < len(sentences):
            step = int(self._rng.integers(2, 6))
            paragraphs.append("<p>" + " ".join(sentences[at : at + step]) + "</p>")
            at += step
        return "\n".join(paragraphs), summary

    def _link_sentence(self, kind: LinkKind, *, on_topic: bool) -> str:
        match kind:
            case LinkKind.VIA:
                return self.voice.via()
            case LinkKind.PASSING:
                return self.voice.passing()
            case LinkKind.PAID:
                return self.voice.sponsored()
            case LinkKind.SELF:
                return self.voice.fill("I wrote about the {n} before, in {x}.", TOPIC if on_topic else self.hobby)
            case _:
                return self.voice.citing(self.circle if self._rng.random() < 0.5 else TOPIC)

    def spelling(self, address: str) -> str:
        """An address as people paste it: sometimes with tracking parameters, sometimes with http."""
        draw = self._rng.random()
        if draw < 0.08:
            return address + "?utm_source=feed&utm_medium=rss"
        return "http" + address.removeprefix("https") if draw < 0.13 else address

    def one_of(self, *choices: str) -> str:
        """One of the texts, by chance."""
        return choices[int(self._rng.integers(len(choices)))]

    def chance(self) -> float:
        """A number in [0, 1)."""
        return float(self._rng.random())


def _permalink(site: Site, title: str, published: datetime, number: int) -> str:
    name = f"{slug(title, 40)}-{number}"
    match site.engine:
        case "wordpress":
            return f"{site.root}{published.year}/{published.month:02d}/{name}/"
        case "hugo":
            return f"{site.root}posts/{name}/"
        case "notes":
            return f"{site.root}notes/{name}"
        case _:
            return f"{site.root}{published.year}-{published.month:02d}-{name}.html"


def former_root(person: Person, site: Site) -> str:
    """The address a blog had before it moved, "" for most."""
    moved = person.number % 13 == 5 and person.role is Role.ORDINARY
    return f"https://{urlsplit(site.root).netloc.removeprefix('www.').split('.')[0]}.oldhost.example/" if moved else ""


def _headlines(world: Blogosphere, authors: dict[int, Author]) -> tuple[dict[int, str], dict[int, str]]:
    """Title and address of every entry; drawn before any body, so that bodies can link to them."""
    titles = {e.number: authors[e.author].title(e) for e in world.entries}
    urls = {
        e.number: _permalink(world.people[e.author].sites[e.site], titles[e.number], moment(world, e), e.number)
        for e in world.entries
    }
    return titles, urls


def addresses(world: Blogosphere) -> dict[int, str]:
    """The address of every entry, by number."""
    return _headlines(world, {p.number: Author(world, p) for p in world.people})[1]


def compose(world: Blogosphere) -> dict[int, Article]:
    """Every entry as text, by number: first all titles and addresses, then bodies that link to them."""
    authors = {p.number: Author(world, p) for p in world.people}
    titles, urls = _headlines(world, authors)
    sites = {e.number: world.people[e.author].sites[e.site] for e in world.entries}
    articles: dict[int, Article] = {}
    for entry in world.entries:
        author = authors[entry.author]
        links = []
        for link in entry.links:
            person = world.people[link.to]
            site = person.sites[0] if link.post is None else sites[link.post]
            address = site.root if link.post is None else urls[link.post]
            former = former_root(person, site)
            if former and author.chance() < 0.3:
                address = former + address.removeprefix(site.root)
            text = author.one_of(person.name, site.title, titles[link.post] if link.post is not None else site.title)
            links.append((link.kind, author.spelling(address), text))
        body, summary = author.body(entry, links)
        articles[entry.number] = Article(
            entry, urls[entry.number], titles[entry.number], body, summary, moment(world, entry)
        )
    return articles


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


class Pages:
    """All pages of one site."""

    def __init__(self, world: Blogosphere, person: Person, index: int, articles: dict[int, Article]) -> None:
        self.world, self.person, self.site = world, person, person.sites[index]
        self.other = [s.root for i, s in enumerate(person.sites) if i != index]
        mine = [e for e in world.entries if e.author == person.number and e.site == index]
        self.articles = [articles[e.number] for e in reversed(mine)]
        self.named = person.name if self.site.naming in ("byline", "card", "json-ld") else ""
        celebrity = next(p for p in world.people if p.role is Role.CELEBRITY)
        self._credit = celebrity.sites[0].root
        self._spam = next(p for p in world.people if p.role is Role.BUYER).sites[0].root

    def all(self) -> Iterator[tuple[str, str, str]]:
        """(address, content type, text) of every page and feed."""
        html = "text/html; charset=utf-8"
        yield f"{self.site.root}robots.txt", "text/plain", "User-agent: *\nDisallow: /admin/\n"
        yield self.site.root, html, self._home()
        yield f"{self.site.root}about/", html, self._page("About", self._about(), kind="about")
        yield f"{self.site.root}archive/", html, self._page("Archive", self._list(self.articles), kind="archive")
        if self.site.feed:
            atom = self.site.feed == "atom"
            kind = "application/atom+xml" if atom else "application/rss+xml"
            yield self._feed_url(), kind, self._atom() if atom else self._rss()
        for article in self.articles:
            yield article.url, html, self._page(article.title, self._post(article), kind="post", article=article)

    def _feed_url(self) -> str:
        return self.site.root + ("atom.xml" if self.site.feed == "atom" else "feed/")

    def _home(self) -> str:
        latest = self.articles[:HOME_POSTS]
        teasers = "\n".join(
            f'<div class="post-teaser"><h2><a href="{a.url}">{escape(a.title)}</a></h2>'
            f'<p class="date">{a.published:%-d %B %Y}</p><p>{a.summary}</p></div>'
            for a in latest
        )
        me = "".join(f'<p>My other blog is <a rel="me" href="{root}">over here</a>.</p>' for root in self.other)
        return self._page(self.site.title, teasers + me, kind="home")

    def _about(self) -> str:
        hobby, circle = OFF_TOPIC[self.person.hobby].name, CIRCLES[self.person.circle].name
        subject = hobby if self.person.role in (Role.CELEBRITY, Role.OFF_TOPIC) else f"bees, mostly {circle}"
        named = self.site.naming in ("about", "card")
        words = f"I'm {self.person.name}. " if named else "Hello. "
        if named and self.site.naming == "card":
            words = f'<span class="h-card">I\'m <a class="p-name u-url" href="{self.site.root}">{self.person.name}</a></span>. '
        me = "".join(f'<p>I also write <a rel="me" href="{root}">another blog</a>.</p>' for root in self.other)
        return f"<p>{words}This is where I write about {subject}.</p><p>Comments and questions are welcome.</p>{me}"

    @staticmethod
    def _list(articles: list[Article]) -> str:
        rows = (
            f'<li><time datetime="{a.published.date()}">{a.published.date()}</time> '
            f'<a href="{a.url}">{escape(a.title)}</a></li>'
            for a in articles
        )
        return '<ul class="archive">' + "".join(rows) + "</ul>"

    def _post(self, a: Article) -> str:
        title, day, stamp, name = escape(a.title), f"{a.published:%-d %B %Y}", a.published.isoformat(), self.named
        by = f'<span class="byline">by <a rel="author" href="/about/">{name}</a></span>' if name else ""
        match self.site.engine:
            case "wordpress":
                return (
                    f'<article class="post hentry"><header><h1 class="entry-title">{title}</h1>'
                    f'<time class="entry-date published" datetime="{stamp}">{day}</time> {by}</header>'
                    f'<div class="entry-content">{a.body}</div>{self._share(a)}</article>{self._comments(a)}'
                )
            case "hugo":
                return (
                    f'<article><header><h1>{title}</h1><p class="meta"><time datetime="{stamp}">{day}</time> {by}</p>'
                    f"</header>{a.body}<footer>Posted in notes</footer></article>{self._comments(a)}"
                )
            case "notes":
                card = f'<a class="p-author h-card" href="{self.site.root}">{name}</a>' if name else ""
                return (
                    f'<article class="h-entry"><h1 class="p-name">{title}</h1><div class="e-content">{a.body}</div>'
                    f'<a class="u-url" href="{a.url}"><time class="dt-published" datetime="{stamp}">{day}</time></a>'
                    f" {card}</article>{self._comments(a)}"
                )
            case _:
                return f"<h1>{title}</h1>\n<p><i>{day}</i> {by}</p>\n{a.body}\n<hr>"

    @staticmethod
    def _share(a: Article) -> str:
        return (
            '<div class="sharedaddy"><h3>Share this</h3><ul>'
            f'<li><a href="https://twitter.com/intent/tweet?url={a.url}">Twitter</a></li>'
            f'<li><a href="https://www.facebook.com/sharer.php?u={a.url}">Facebook</a></li></ul></div>'
        )

    def _comments(self, a: Article) -> str:
        if not self.site.comments or a.entry.number % 3:
            return ""
        return (
            '<section id="comments" class="comments"><h2>2 comments</h2><ol class="comment-list">'
            '<li class="comment"><p>Lovely, thank you for writing this up.</p></li>'
            f'<li class="comment"><p>Great post! See also <a rel="nofollow" href="{self._spam}">our offers</a>.</p></li>'
            "</ol></section>"
        )

    def _sidebar(self) -> str:
        if not self.site.blogroll:
            return ""
        follows = [int(i) for i in np.flatnonzero(self.world.follows[self.person.number])][:8]
        roots = [(self.world.people[i].sites[0].root, self.world.people[i].sites[0].title) for i in follows]
        rows = "".join(f'<li><a href="{root}">{escape(title)}</a></li>' for root, title in roots)
        return f'<aside class="sidebar widget-area"><h3>Blogroll</h3><ul class="blogroll">{rows}</ul></aside>'

    def _page(self, title: str, main: str, *, kind: str, article: Article | None = None) -> str:
        site, year = self.site, self.world.settings.as_of.year
        head = [f"<title>{escape(title)}{'' if kind == 'home' else ' | ' + escape(site.title)}</title>"]
        if site.feed:
            type_ = "application/atom+xml" if site.feed == "atom" else "application/rss+xml"
            head.append(f'<link rel="alternate" type="{type_}" href="{self._feed_url()}">')
        if site.engine in ("wordpress", "hugo"):
            head.append(
                f'<meta name="generator" content="{"WordPress 6.5" if site.engine == "wordpress" else "Hugo 0.125"}">'
            )
        if article is not None:
            head.append(f'<link rel="canonical" href="{article.url}">')
            if site.engine == "hugo" or site.naming == "json-ld":
                head.append(self._json_ld(article))
        owner = self.person.name if site.naming == "copyright" else site.title
        credit = f' · Theme by <a href="{self._credit}">Studio</a>' if site.theme_credit else ""
        nav = '<nav><a href="/">Home</a> <a href="/archive/">Archive</a> <a href="/about/">About</a></nav>'
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{"".join(head)}</head>\n<body class="{kind}">'
            f'<header class="site-header"><p><a href="/">{escape(site.title)}</a></p>{nav}</header>\n'
            f"<main>{main}</main>\n{self._sidebar()}\n"
            f'<footer class="site-footer"><p>© {year} {escape(owner)}{credit}</p></footer></body></html>\n'
        )

    def _json_ld(self, a: Article) -> str:
        about = {
            "@context": "https://schema.org", "@type": "BlogPosting", "headline": a.title, "url": a.url,
            "datePublished": a.published.isoformat(),
        }  # fmt: skip
        if self.site.naming == "json-ld":
            about["author"] = {"@type": "Person", "name": self.person.name}  # type: ignore[assignment]  # nested object
        return f'<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>'

    def _rss(self) -> str:
        full, engine = self.site.feed == "rss", self.site.engine
        creator = self.person.name if self.site.naming == "feed" else "admin" if engine == "wordpress" else ""
        items = "".join(
            f"<item><title>{escape(a.title)}</title><link>{a.url}</link><guid>{a.url}</guid>"
            f"<pubDate>{format_datetime(a.published)}</pubDate>"
            + (f"<dc:creator>{escape(creator)}</dc:creator>" if creator else "")
            + f"<description>{escape(a.summary)}</description>"
            + (f"<content:encoded><![CDATA[{a.body}]]></content:encoded>" if full else "")
            + "</item>\n"
            for a in self.articles[: self.site.feed_entries]
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{escape(self.site.title)}</title><link>{self.site.root}</link>"
            f"<description>Notes</description>\n{items}</channel></rss>\n"
        )

    def _atom(self) -> str:
        author = self.person.name if self.site.naming == "feed" else self.site.title
        items = "".join(
            f'<entry><title>{escape(a.title)}</title><link href="{a.url}"/><id>{a.url}</id>'
            f"<published>{a.published.isoformat()}</published><updated>{a.published.isoformat()}</updated>"
            f'<content type="html">{escape(a.body)}</content></entry>\n'
            for a in self.articles[: self.site.feed_entries]
        )
        updated = self.articles[0].published.isoformat() if self.articles else "2026-01-01T00:00:00Z"
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            f'<title>{escape(self.site.title)}</title><id>{self.site.root}</id><link href="{self.site.root}"/>'
            f"<updated>{updated}</updated><author><name>{escape(author)}</name></author>\n{items}</feed>\n"
        )


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def write_response(
    writer: WARCWriter, url: str, status: str, headers: list[tuple[str, str]], body: bytes, day: str
) -> None:
    """One response record whose id follows from its address: the same input gives the same bytes."""
    http = StatusAndHeaders(status, [*headers, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
    named = {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>", "WARC-Date": f"{day}T12:00:00Z"}
    writer.write_record(
        writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=named)
    )


def _write_warc(world: Blogosphere, out: Path) -> int:
    articles, day, pages = compose(world), str(world.settings.as_of), 0
    with (out / "pages.warc.gz").open("wb") as sink:
        writer = PlainWriter(sink, gzip=True)
        for person in world.people:
            for index, site in enumerate(person.sites):
                former = former_root(person, site)
                for url, kind, text in Pages(world, person, index, articles).all():
                    write_response(writer, url, "200 OK", [("Content-Type", kind)], text.encode(), day)
                    pages += 1
                    if former and not url.endswith("robots.txt"):
                        old = former + url.removeprefix(site.root)
                        write_response(writer, old, "301 Moved Permanently", [("Location", url)], b"", day)
    return pages


def _write_topic(world: Blogosphere, path: Path) -> None:
    topic = {
        "topic": {"name": "Beekeeping", "description": DESCRIPTION, "keywords": KEYWORDS, "languages": ["en"]},
        "seeds": [world.people[i].sites[0].root for i in seeds(world)],
        "crawl": {
            "contact": "https://agency.example/crawler", "hops": 3, "max_sites": 2 * len(world.people),
            "max_pages_per_site": 120,
        },
        "shortlist": {"size": 12},
    }  # fmt: skip
    path.write_text(yaml.safe_dump(topic, sort_keys=False, allow_unicode=True), encoding="utf-8")


def citers(world: Blogosphere, *, both_ends: bool) -> list[int]:
    """Number of distinct people who cite each person from an on-topic post, paid and farmed links included.

    With `both_ends` only citations of people who write mostly on topic count.
    """
    found: list[set[int]] = [set() for _ in world.people]
    for entry in world.entries:
        for link in entry.links if entry.on_topic else ():
            if link.to != entry.author:
                found[link.to].add(entry.author)
    return [0 if both_ends and p.topical < 0.5 else len(found[p.number]) for p in world.people]


def _write_truth(world: Blogosphere, path: Path) -> None:
    truth, degree = world.truth(), citers(world, both_ends=False)
    with path.open("w", newline="", encoding="utf-8") as sink:
        rows = csv.writer(sink, lineterminator="\n")
        rows.writerow(
            ["number", "name", "role", "circle", "expertise", "truth", "followers", "in_degree", "posts", "sites"]
        )
        for p in world.people:
            posts = sum(e.author == p.number for e in world.entries)
            rows.writerow([
                p.number, p.name, p.role, CIRCLES[p.circle].name, f"{p.expertise:.4f}", f"{truth[p.number]:.4f}",
                int(world.follows[:, p.number].sum()), degree[p.number], posts, " ".join(s.root for s in p.sites),
            ])  # fmt: skip
