"""Bytes nobody wrote by hand, read as feeds and pages: `python -m tests.proof.fuzz SECONDS [SEED]`.

Takes well-formed documents apart and puts them together wrong. Each goes through the same workers as in a night;
what they cannot read is a refusal, and anything else (an exception here, a worker that hangs) is a find.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random  # noqa: TID251 - seeded: the same bytes in every run

from generator.extract import Extractor
from generator.records import Extraction, Purpose, Refusal, Snapshot, Url
from tests.proof.blogs import blog
from tests.proof.faults import ATTRIBUTES, DTD, FOREIGN, LAUGHS

URL = Url("https://a.example/x")
SEEDS = [
    *(body for _, body, _, _ in blog("https://a.example/", "Ada Example", ["https://b.example/p1"], posts=4).values()),
    *(body for _, body, _, _ in blog("https://a.example/", "Ada Example", ["https://b.example/p1"], posts=4, full=False).values()),
    (b"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><item><title>x</title><link>https://a.example/1</link>"
    b"<pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate><description><![CDATA[<p>snow</p>]]></description></item></channel></rss>"),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{"id":"1","url":"https://a.example/1","content_html":"<p>x</p>"}]}',
    b"<opml version='2.0'><body><outline text='A' xmlUrl='https://a.example/feed'/></body></opml>",
    LAUGHS, FOREIGN, DTD, ATTRIBUTES[:20_000],
]  # fmt: skip
TOKENS = [
    b"<", b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"&#0;", b"&#x10FFFF;", b"\0", b"\xff\xfe",
    b"\xed\xa0\x80", b"\xef\xbb\xbf", b"<svg>", b"</p></div>" * 50, b"<table><tr>" * 100, b"<a href='", b"<base href='//[::'>",
    b"<meta charset=utf-7>", b"<meta charset=utf-16>", b"encoding='utf-32'", b"<time datetime='99999-99-99'>", b"1e999", b'{"@type":"Person","name":',
    b"[" * 5_000, b"<script type='application/ld+json'>", b"xml:base='http://['", b"\xf0\x9f\x8f\x94" * 100, b"\xe2\x80\xae", b"A" * 70_000,
]  # fmt: skip
TYPES = (
    "text/html",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "text/x-opml",
    "text/html; charset=utf-16",
    "",
)


def documents(seed: int) -> Iterator[Snapshot]:
    """Without end."""
    chance = Random(seed)
    while True:
        data = bytearray(chance.choice(SEEDS))
        for _ in range(chance.randint(1, 12)):
            at, more = chance.randrange(len(data) + 1), chance.randrange(1, 400)
            match chance.randrange(6):
                case 0:
                    data[at : at + more] = b""
                case 1:
                    data[at:at] = chance.choice(TOKENS)
                case 2:
                    data[at : at + 4] = chance.randbytes(4)
                case 3:
                    other = chance.choice(SEEDS)
                    data[at:at] = other[: chance.randrange(len(other))]
                case 4:
                    data[at:at] = data[at : at + more] * chance.randrange(1, 20)
                case _:
                    data[at:] = b""
            del data[200_000:]
        purpose = chance.choice(list(Purpose))
        yield Snapshot(
            URL, URL, purpose, 200, chance.choice(TYPES), bytes(data), "x", datetime(2026, 1, 31, tzinfo=UTC)
        )


def fuzz(seconds: float, seed: int, *, most: int | None = None) -> dict[str, object]:
    """Read documents for so long; what became of them."""
    until, read, refused, slowest = time.monotonic() + seconds, 0, [], 0.0

    def while_there_is_time() -> Iterator[Snapshot]:
        for number, snapshot in enumerate(documents(seed)):
            if time.monotonic() > until or number == most:
                return
            yield snapshot

    with Extractor(workers=2) as extractor:
        last = time.monotonic()
        for snapshot, answer in extractor.extract(while_there_is_time()):
            now = time.monotonic()
            slowest, last, read = max(slowest, now - last), now, read + 1
            assert isinstance(answer, Extraction | Refusal)
            if (
                isinstance(answer, Refusal)
                and "too" in answer.detail + " "
                and answer.detail.startswith(("took", "hung"))
            ):
                refused.append((answer.detail, snapshot.content_type, len(snapshot.body)))
    return {"seed": seed, "read": read, "slowest_s": round(slowest, 2), "killed": refused}


if __name__ == "__main__":
    print(json.dumps(fuzz(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)))
