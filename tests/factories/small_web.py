"""A small web as a dictionary, written as a WARC: enough blogs for a circle, and room for trouble."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TOPIC = """\
topic:
  name: Splitboarding
  description: Touring on a splitboard.
  keywords: [splitboard, avalanche, weak layer, skins]
  since: 2024-01-01
seeds: [{seeds}]
crawl: {{hops: 2, max_sites: 60, max_pages_per_site: 60}}
{more}
"""

SENTENCES = (
    "The weak layer under the crust was the whole story of the day and we turned around below the gully.",
    "My splitboard skins iced up on the second lap, so I scraped them with the edge of the other ski.",
    "An avalanche course is worth more than a new jacket, and it lasts longer when you practise every month.",
    "We dug a pit on the shaded side, found facets on a crust, and chose the low ridge for the way home.",
    "Somebody asked me which splitboard bindings last; the honest answer is the ones you grease in October.",
    "The bulletin said moderate and the slope said otherwise, which is why we look at slopes and not at colours.",
    "I carry a spare pair of skins because glue fails on the coldest morning and never in the shop.",
    "Avalanche terrain begins above thirty degrees, and so does the part of the map I like most.",
)


@dataclass
class MiniWeb:
    """Addresses and what they answer."""

    pages: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)

    def put(self, url: str, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        """Answer an address; header names with underscores for hyphens."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, data)

    def redirect(self, url: str, target: str) -> None:
        """Answer an address with a permanent redirect."""
        self.put(url, b"", status=301, Location=target)

    def blog(
        self, root: str, name: str, cites: tuple[str, ...] = (), *, posts: int = 6, dates: tuple[str, ...] = ()
    ) -> None:
        """A blog with an Atom feed in full; each post cites one of the addresses given, in a sentence of its own."""
        entries = []
        for i in range(posts):
            order = [(i * 3 + j * 5 + len(name)) % len(SENTENCES) for j in range(5)]
            body = " ".join(
                f"<p>{_own_words(SENTENCES[k], root[8:].partition('.')[0], i)} {name} wrote this as note {i} line {k} of {root[8:14]}.</p>"
                for k in order
            )
            if cites:
                target = cites[i % len(cites)]
                body += f'<p>It was <a href="{target}">a report from {target[8:12]}</a> that taught me this, number {i}.</p>'
            when = dates[i] if i < len(dates) else f"2025-{i % 9 + 1:02}-1{i % 9}T10:00:00+01:00"
            entries.append(
                f"<entry><id>{root}p{i}</id><title>{name.split(maxsplit=1)[0]} note {i}</title><link href='{root}p{i}'/>"
                f"<published>{when}</published><updated>{when}</updated>"
                f"<content type='html'>{_escaped(body)}</content></entry>"
            )
            self.put(f"{root}p{i}", f"<html><body><article><h1>Note {i}</h1>{body}</article></body></html>")
        feed = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{_escaped(name)} on snow</title><id>{root}</id>"
            f"<link href='{root}'/><updated>2025-09-18T10:00:00Z</updated><author><name>{_escaped(name)}</name></author>"
            + "".join(entries)
            + "</feed>"
        )
        self.put(f"{root}feed.xml", feed, Content_Type="application/atom+xml", ETag=f'"{root}"')
        self.put(
            root,
            f"<html><head><title>{_escaped(name)} on snow</title>"
            f"<link rel='alternate' type='application/atom+xml' href='{root}feed.xml'></head>"
            f"<body><main>{''.join(f'<a href={root}p{i}>Note {i}</a> ' for i in range(posts))}</main></body></html>",
        )

    def write(self, path: Path) -> Path:
        """The web as a WARC."""
        with path.open("wb") as stream:
            for url, (status, headers, body) in self.pages.items():
                head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                block = f"HTTP/1.1 {status} X\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
                digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
                record = (
                    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-30T12:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>\r\n"
                    f"WARC-Payload-Digest: sha1:{digest}\r\nContent-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(block)}\r\n\r\n"
                )
                stream.write(gzip.compress(record.encode() + block + b"\r\n\r\n", mtime=0))
        return path


def _own_words(sentence: str, host: str, note: int) -> str:
    """The sentence with a word of the blog and note in its middle, so that no two posts are near-copies."""
    words = sentence.split()
    return " ".join((*words[:6], f"on{host}{note}", *words[6:12], f"at{host}{note}", *words[12:]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")


def root(letter: str) -> str:
    """The root of one of the blogs."""
    return f"https://{letter}.example/"


NAMES = {
    "a": "Ada Example", "b": "Bo Example", "c": "Cleo Example", "d": "Dai Example", "e": "Eve Example",
    "f": "Fay Example", "g": "Gil Example", "h": "Hana Example",
}  # fmt: skip


def circle() -> MiniWeb:
    """Eight healthy blogs that cite one another, `a` most of all."""
    web = MiniWeb()
    letters = list(NAMES)
    for i, letter in enumerate(letters):
        others = [root("a") + "p1", root(letters[(i + 1) % 8]) + "p2", root(letters[(i + 3) % 8]) + "p0"]
        web.blog(root(letter), NAMES[letter], tuple(o for o in others if not o.startswith(root(letter))))
    return web


def topic_file(
    folder: Path, *, seeds: tuple[str, ...] = ("https://b.example/", "https://c.example/"), more: str = ""
) -> Path:
    """A topic file about the circle."""
    path = folder / "topic.yaml"
    path.write_text(TOPIC.format(seeds=", ".join(seeds), more=more), encoding="utf-8")
    return path
