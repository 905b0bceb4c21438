"""Three small blogs for real blog software: their texts from `engine_blogs.yaml`, and the address of each post."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.proof.blogs import paragraphs

TEXTS = Path(__file__).with_name("engine_blogs.yaml")
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
# Each engine's default form of a post's address.
ADDRESSES = {"wordpress": "{date:%Y/%m/%d}/{slug}/", "ghost": "{slug}/", "hugo": "posts/{slug}/"}
IMAGES = {"wordpress": "wp-content/uploads/pit.png", "ghost": "content/images/pit.png", "hugo": "images/pit.png"}


@dataclass(frozen=True)
class Post:
    """A post as its author wrote it; `date`: ISO; `html`: its body; `url`: its address in the engine's default form."""

    title: str
    date: str
    author: str
    tags: tuple[str, ...]
    html: str
    slug: str
    url: str


@dataclass(frozen=True)
class Blog:
    """A blog on one engine; `about`: the text of its about page, with a contact sentence."""

    engine: str
    host: str
    title: str
    authors: tuple[str, ...]
    about: str
    posts: tuple[Post, ...]

    @property
    def home(self) -> str:
        return f"http://{self.host}/"


def engine_blogs() -> list[Blog]:
    """The blogs, one per engine; the first post of each shows the image at `IMAGES`."""
    return [_blog(engine, keys) for engine, keys in yaml.safe_load(TEXTS.read_text("utf-8")).items()]


def _blog(engine: str, keys: dict) -> Blog:
    posts = []
    for number, written in enumerate(keys["posts"]):
        slug = _slug(written["title"])
        first = LINK.sub(r'<a href="\2">\1</a>', written["text"])
        figure = "" if number else f'<figure><img src="/{IMAGES[engine]}" alt="Wall of a snow pit"></figure>'
        posts.append(
            Post(
                title=written["title"],
                date=written["date"].isoformat(),
                author=keys["authors"][written["author"]],
                tags=tuple(written["tags"]),
                html=f"<p>{first}</p>{figure}{paragraphs(keys['host'], number)}",
                slug=slug,
                url=f"http://{keys['host']}/{ADDRESSES[engine].format(date=written['date'], slug=slug)}",
            )
        )
    return Blog(engine, keys["host"], keys["title"], tuple(keys["authors"]), keys["about"], tuple(posts))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.replace("'", "").replace("Å", "A").lower()).strip("-")


def image() -> bytes:
    """A small grey PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\x00" + bytes([160]) * 320) * 200
    head = struct.pack(">IIBBBBB", 320, 200, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
