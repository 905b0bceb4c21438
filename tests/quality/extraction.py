"""Extraction quality on the annotated pages of tests/quality/pages: one row of figures per page."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from statistics import mean

from generator.extract.snapshot import extract_snapshot
from generator.records import Extraction, NameSource, Purpose, Snapshot
from generator.urls import canonical_url, url_key
from tests.quality.measures import F1, overlap, same_name, token_f1

PAGES = Path(__file__).parent / "pages"
FETCHED_AT = datetime(2025, 1, 15, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """Agreement of one page's extraction with its annotation; `found_*` are printed where they differ."""

    file: str
    engine: str
    text: F1
    title: bool
    author: bool
    date: bool
    links: F1
    found_title: str
    found_author: str
    found_date: date | None


@dataclass(frozen=True)
class Summary:
    """Means over pages."""

    pages: int
    text_f1: float
    worst_text_f1: float
    title_accuracy: float
    author_accuracy: float
    date_accuracy: float
    link_precision: float
    link_recall: float


def expectations() -> list[dict[str, object]]:
    """The annotations, one object per page."""
    loaded: list[dict[str, object]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    return loaded


def snapshot_of(url: str, body: bytes) -> Snapshot:
    """A page as a snapshot of the crawl."""
    address = canonical_url(url)
    assert address is not None
    digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
    return Snapshot(url=address, final_url=address, purpose=Purpose.POST, status=200,
                    content_type="text/html; charset=utf-8", body=body, digest=digest, fetched_at=FETCHED_AT)  # fmt: skip


def author_of(extraction: Extraction) -> str:
    """The extracted author: the first author of the post, otherwise the most reliable mention of a person."""
    order = list(NameSource)
    authors = [m for post in extraction.posts[:1] for m in post.authors] or sorted(
        (m for m in extraction.mentions if not m.organisation), key=lambda m: order.index(m.found)
    )
    return authors[0].name if authors else ""


def read_page(expected: dict[str, object]) -> Reading:
    """Extract one page and compare it with its annotation."""
    body = (PAGES / str(expected["file"])).read_bytes()
    extraction = extract_snapshot(snapshot_of(str(expected["url"]), body))
    post = extraction.posts[0] if extraction.posts else None
    author, day = author_of(extraction), post.published_at.date() if post and post.published_at else None
    wanted = expected["links"]
    assert isinstance(wanted, list)
    in_body = {url_key(link.target) for link in post.links if link.in_body} if post else set()
    own = url_key(str(expected["url"])).split("/")[0]
    outward = {key for key in in_body if key.split("/")[0] != own}
    return Reading(
        file=str(expected["file"]),
        engine=str(expected["engine"]),
        text=token_f1(post.text if post else "", str(expected["text"])),
        title=post is not None and same_name(post.title, str(expected["title"])),
        author=same_name(author, str(expected["author"])),
        date=str(day) == str(expected["date"]),
        links=overlap(outward, {url_key(str(address)) for address in wanted}),
        found_title=post.title if post else "",
        found_author=author,
        found_date=day,
    )


@cache
def readings() -> tuple[Reading, ...]:
    """Figures of every annotated page; extracted once per process."""
    return tuple(read_page(expected) for expected in expectations())


def summarise(rows: tuple[Reading, ...]) -> Summary:
    """Means over all pages."""
    return Summary(
        pages=len(rows),
        text_f1=mean(r.text.f1 for r in rows),
        worst_text_f1=min(r.text.f1 for r in rows),
        title_accuracy=mean(r.title for r in rows),
        author_accuracy=mean(r.author for r in rows),
        date_accuracy=mean(r.date for r in rows),
        link_precision=mean(r.links.precision for r in rows),
        link_recall=mean(r.links.recall for r in rows),
    )


def complaints(rows: tuple[Reading, ...]) -> list[str]:
    """One line for each page that differs from its annotation."""
    return [
        f"{r.file}: text {r.text.f1:.3f} (p {r.text.precision:.2f} r {r.text.recall:.2f})"
        + ("" if r.title else f", title {r.found_title!r}")
        + ("" if r.author else f", author {r.found_author!r}")
        + ("" if r.date else f", date {r.found_date}")
        + ("" if r.links.f1 == 1 else f", links p {r.links.precision:.2f} r {r.links.recall:.2f}")
        for r in rows
        if r.text.f1 < 0.97 or not (r.title and r.author and r.date) or r.links.f1 < 1
    ]


if __name__ == "__main__":
    print("\n".join(complaints(readings())))
    print(summarise(readings()))
