"""Injects a link farm into a web archive and looks up the rank of its customer in a report.

    farm.py inject IN.warc.gz OUT.warc.gz --target URL --authority URL... --tricked URL... [--fakes 60] [--seed 0]
    farm.py rank people.json TARGET_URL

Each fake is a blog of a dozen posts. Its sentences are copied from the authorities' pages, so that it is on topic.
Every post cites the target and one or two authorities; some cite another fake. On each tricked site three older posts
get a paragraph with links to two fakes; on the first of the three it also links to the target.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape, unescape
from io import BytesIO
from pathlib import Path

import numpy as np
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.text import sentences
from generator.urls import url_key
from tests.quality.webpages import PlainWriter, write_response

PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
POSTS = 12  # a fake
ENOUGH = 4_000  # sentences to copy
PAGES_TRICKED = 3  # a tricked site
FEWEST_PARAGRAPHS = 4  # characters of a page that is tricked; shorter pages are rarely posts


@dataclass(frozen=True)
class Plan:
    """What is injected, and the day of the archive."""

    target: str
    authorities: tuple[str, ...]
    tricked: tuple[str, ...]
    fakes: int
    seed: int
    day: date


@dataclass(frozen=True)
class FakePost:
    """One post of a fake blog."""

    url: str
    title: str
    day: date
    body: str


def on_site(url: str, site: str) -> bool:
    """Whether an address is under a site's root; scheme and `www.` are ignored."""
    return (url_key(url) + "/").startswith(url_key(site) + "/")


def html_pages(path: Path) -> Iterator[tuple[str, str]]:
    """(address, text) of every HTML page with status 200."""
    with path.open("rb") as source:
        for record in ArchiveIterator(source):
            http = record.http_headers
            found = record.rec_type == "response" and http is not None and http.get_statuscode() == "200"
            if found and "html" in (http.get_header("Content-Type") or ""):
                body = record.content_stream().read()
                yield record.rec_headers["WARC-Target-URI"], body.decode("utf-8", errors="replace")


def lift_sentences(path: Path, plan: Plan) -> list[str]:
    """Up to `ENOUGH` sentences of the authorities' pages, in archive order."""
    lifted: list[str] = []
    for url, page in html_pages(path):
        if len(lifted) < ENOUGH and any(on_site(url, site) for site in plan.authorities):
            for paragraph in PARAGRAPH.findall(page):
                text = unescape(TAG.sub("", paragraph))
                lifted += [s for s in sentences(text) if 40 <= len(s) <= 300]
    return list(dict.fromkeys(lifted))


def choose_tricked(path: Path, plan: Plan) -> dict[str, int]:
    """Number of each tricked page within its site, by address; the last addresses of a site, because feeds rarely hold them."""
    chosen: dict[str, int] = {}
    for site in plan.tricked:
        pages = sorted(
            url for url, page in html_pages(path)
            if on_site(url, site) and url_key(url) != url_key(site) and len(PARAGRAPH.findall(page)) >= FEWEST_PARAGRAPHS
        )  # fmt: skip
        chosen |= {url: place for place, url in enumerate(pages[:PAGES_TRICKED])}
    return chosen


def fake_root(number: int) -> str:
    """Address of a fake."""
    return f"https://daily-digest-{number:02d}.example/"


def fake_posts(number: int, lifted: Sequence[str], plan: Plan) -> list[FakePost]:
    """The posts of one fake, newest first."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, number]))
    posts = []
    for place in range(POSTS):
        words = [escape(lifted[int(i)]) for i in rng.integers(0, len(lifted), 14)]
        cited = [str(a) for a in rng.choice(plan.authorities, size=min(2, len(plan.authorities)), replace=False)]
        other = fake_root(int(rng.integers(plan.fakes)))
        lines = [
            f'Everything worth knowing is explained by <a href="{escape(plan.target)}">the expert we trust</a>.',
            *(f'This builds on <a href="{escape(a)}">earlier work</a> that everybody knows.' for a in cited),
            *([f'See also <a href="{other}">our friends</a> on the same question.'] if rng.random() < 0.3 else []),
        ]
        for line in lines:
            words.insert(int(rng.integers(len(words))), line)
        body = "".join(f"<p>{' '.join(words[i : i + 4])}</p>" for i in range(0, len(words), 4))
        title = " ".join(unescape(lifted[int(rng.integers(len(lifted)))]).split()[:7])
        day = plan.day - timedelta(days=10 + 23 * place + int(rng.integers(10)))
        posts.append(FakePost(f"{fake_root(number)}{day.year}/{place + 1}-digest/", title, day, body))
    return posts


def fake_pages(number: int, lifted: Sequence[str], plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(address, content type, text) of every page of a fake."""
    root, posts, html = fake_root(number), fake_posts(number, lifted, plan), "text/html; charset=utf-8"
    name = f"Alex Digest {number:02d}"
    listing = "".join(f'<li><a href="{p.url}">{escape(p.title)}</a> {p.day}</li>' for p in posts)
    head = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{name}</title><link rel="alternate" type="application/rss+xml" href="{root}feed/"></head><body>'
    yield f"{root}robots.txt", "text/plain", "User-agent: *\nAllow: /\n"
    yield root, html, f"{head}<h1>{name}</h1><ul>{listing}</ul></body></html>"
    yield f"{root}about/", html, f"{head}<h1>About</h1><p>I'm {name} and I love this topic.</p></body></html>"
    for p in posts:
        yield (
            p.url,
            html,
            (
                f'{head}<article class="h-entry"><h1 class="p-name">{escape(p.title)}</h1><p>by <a class="p-author h-card" href="{root}">{name}</a> '
                f'<time class="dt-published" datetime="{p.day}">{p.day}</time></p><div class="e-content">{p.body}</div></article></body></html>'
            ),
        )
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{p.url}</link><guid>{p.url}</guid><pubDate>{format_datetime(_noon(p.day))}</pubDate><description>{escape(p.body)}</description></item>"
        for p in posts
    )
    yield (
        f"{root}feed/",
        "application/rss+xml",
        (
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{name}</title><link>{root}</link><description>Digest</description>{items}</channel></rss>'
        ),
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def trick(page: str, place: int, plan: Plan) -> str:
    """The page with a paragraph in the middle that links to two fakes and, on a site's first page, to the target."""
    ends = [match.end() for match in PARAGRAPH.finditer(page)]
    links = [fake_root((3 * place + step) % plan.fakes) for step in range(2)] + ([plan.target] if place == 0 else [])
    words = ", ".join(f'<a href="{escape(link)}">this write-up</a>' for link in links)
    middle = ends[len(ends) // 2]
    return page[:middle] + f"\n<p>Several readers sent me good explanations, among them {words}.</p>" + page[middle:]


def _write_tricked(writer: WARCWriter, record: ArcWarcRecord, body: bytes) -> None:
    """Write a record with a changed body; date and address stay."""
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    headers = {"WARC-Date": record.rec_headers["WARC-Date"], "WARC-Record-ID": record.rec_headers["WARC-Record-ID"]}
    url = record.rec_headers["WARC-Target-URI"]
    writer.write_record(
        writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=headers)
    )


def inject(source: Path, out: Path, plan: Plan) -> dict[str, int]:
    """Write the archive with the farm and return the number of records of each kind."""
    lifted, tricked = lift_sentences(source, plan), choose_tricked(source, plan)
    if not lifted:
        raise SystemExit("no sentence of an authority is in this archive: check --authority")
    counts = {"records": 0, "tricked pages": 0, "fake pages": 0}
    with source.open("rb") as old, out.open("wb") as sink:
        writer = PlainWriter(sink, gzip=True)
        for record in ArchiveIterator(old):
            counts["records"] += 1
            place = tricked.get(record.rec_headers["WARC-Target-URI"])
            if place is not None and record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                page = record.content_stream().read().decode("utf-8", errors="replace")
                _write_tricked(writer, record, trick(page, place, plan).encode())
                counts["tricked pages"] += 1
            else:
                writer.write_record(record)
        for number in range(plan.fakes):
            for url, kind, text in fake_pages(number, lifted, plan):
                write_response(writer, url, "200 OK", [("Content-Type", kind)], text.encode(), str(plan.day))
                counts["fake pages"] += 1
    return counts


def rank_of(people: Path, target: str) -> tuple[int | None, int, list[str]]:
    """Rank of the target (None where it is not ranked), number of ranked people, and names of the ranked fakes."""
    rows = json.loads(people.read_text(encoding="utf-8"))["people"]
    rank = next((row["rank"] for row in rows if any(on_site(target, site) for site in row["sites"])), None)
    fakes = [row["name"] for row in rows if any("daily-digest-" in site for site in row["sites"])]
    return rank, len(rows), fakes


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("inject")
    one.add_argument("source", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--target", required=True)
    one.add_argument("--authority", nargs="+", required=True)
    one.add_argument("--tricked", nargs="+", required=True)
    one.add_argument("--fakes", type=int, default=60)
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--day", type=date.fromisoformat, required=True, help="the archive's present, as 2026-01-31")
    two = verbs.add_parser("rank")
    two.add_argument("people", type=Path)
    two.add_argument("target")
    arguments = parser.parse_args()
    if arguments.verb == "rank":
        rank, total, fakes = rank_of(arguments.people, arguments.target)
        print(f"target {f'ranked {rank}' if rank else 'not ranked'} of {total}; {len(fakes)} fakes ranked")
        return
    plan = Plan(arguments.target, tuple(arguments.authority), tuple(arguments.tricked), arguments.fakes, arguments.seed,
                arguments.day)  # fmt: skip
    print(json.dumps(inject(arguments.source, arguments.out, plan)))


if __name__ == "__main__":
    main()
