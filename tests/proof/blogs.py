"""Healthy hosts: blogs that cite one another, each with a home, a feed and posts of words of its own."""

from __future__ import annotations

import hashlib
from html import escape

SYLLABLES = (
    "Ada",
    "Bel",
    "Cor",
    "Dan",
    "Eli",
    "Fen",
    "Gor",
    "Hal",
    "Ivo",
    "Jon",
    "Kat",
    "Lor",
    "Mar",
    "Nil",
    "Ori",
    "Per",
)
WHO = ("I", "My partner", "Our guide", "A friend", "The forecaster", "Nobody", "Half the group", "An old hand")
DID = (
    "dug",
    "skinned past",
    "crossed",
    "avoided",
    "measured",
    "remembered",
    "photographed",
    "argued about",
    "mapped",
    "trusted",
)
WHAT = ("the weak layer", "a crust", "the splitboard bindings", "the north gully", "an avalanche debris field", "the skins",
        "a cornice", "the low ridge", "the bulletin", "a wind slab", "the glacier", "the old hut", "the runout")  # fmt: skip
WHEN = ("before dawn", "in the fog", "after the storm", "on the second lap", "with cold hands", "below the saddle", "at noon",
        "near the treeline", "once more", "without a word", "for the first time", "in March")  # fmt: skip
WHY = ("because the snow sounded hollow", "since nobody had been there", "and it took all day", "which I would not repeat",
       "as the thermometer fell", "while the splitboard creaked", "so we turned around", "and the avalanche risk rose",
       "though the map said otherwise", "until the sun came round")  # fmt: skip
Page = tuple[int, bytes, str, str]  # status, body, type, ETag


def name_of(number: int) -> str:
    """A name of its own for each blog."""
    return f"{SYLLABLES[number % 16]}{SYLLABLES[number // 16 % 16].lower()} {SYLLABLES[number // 3 % 16]}sen"


def _pick(choices: tuple[str, ...], *key: object) -> str:
    return choices[int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:4]) % len(choices)]


def paragraphs(root: str, number: int) -> str:
    """Four paragraphs of four sentences, the same for the same root and number."""
    sentences = [
        f"{_pick(WHO, root, number, i, 1)} {_pick(DID, root, number, i, 2)} {_pick(WHAT, root, number, i, 3)} "
        f"{_pick(WHEN, root, number, i, 4)}, {_pick(WHY, root, number, i, 5)}."
        for i in range(16)
    ]
    return "".join(f"<p>{' '.join(sentences[i : i + 4])}</p>" for i in range(0, 16, 4))


def _post(root: str, number: int, cites: str) -> str:
    learnt = f'<p>I learnt it from <a href="{cites}">this report about a splitboard day</a>, note {number}.</p>'
    return paragraphs(root, number) + learnt


def blog(root: str, name: str, cites: list[str], *, posts: int, first: int = 0, full: bool = True) -> dict[str, Page]:
    """One blog by path; its feed holds posts `first` to `first + posts`, in full or their first words; its pages all."""
    pages: dict[str, Page] = {"/robots.txt": (200, b"User-agent: *\nAllow: /\n", "text/plain", '"r"')}
    entries = []
    for i in range(first + posts):
        body, when = _post(root, i, cites[i % len(cites)]), f"2025-{i % 9 + 1:02}-1{i % 9}T10:00:00+01:00"
        page = f"<html><body><article><h1>Note {i}</h1>{body}</article></body></html>"
        pages[f"/p{i}"] = (200, page.encode(), "text/html; charset=utf-8", f'"p{i}"')
        if i >= first:
            content = f"<content type='html'>{escape(body)}</content>" if full else f"<summary>{body[3:90]}</summary>"
            entries.append(
                f"<entry><id>{root}p{i}</id><title>{_pick(WHAT, root, i)} {i}</title><link href='{root}p{i}'/>"
                f"<published>{when}</published><updated>{when}</updated>{content}</entry>"
            )
    feed = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{name} on snow</title><id>{root}</id><link href='{root}'/>"
        f"<updated>2025-09-18T10:00:00Z</updated><author><name>{name}</name></author>{''.join(entries)}</feed>"
    )
    home = (
        f"<html><head><title>{name} on snow</title><link rel='alternate' type='application/atom+xml' href='/feed.xml'></head>"
        f"<body><main>{''.join(f'<a href=/p{i}>Note {i}</a> ' for i in range(first + posts))}</main></body></html>"
    )
    pages["/feed.xml"] = (200, feed.encode(), "application/atom+xml", f'"f{first}"')
    pages["/"] = (200, home.encode(), "text/html; charset=utf-8", f'"h{first}"')
    return pages


def blogs(hosts: list[str], port: int, *, posts: int, first: int = 0) -> dict[str, dict[str, Page]]:
    """What each host answers; each blog cites three others, and every other one has only summaries in its feed."""
    roots = [f"http://{host}:{port}/" for host in hosts]
    found = {}
    for i, (host, root) in enumerate(zip(hosts, roots, strict=True)):
        cites = [f"{roots[(i + step) % len(roots)]}p{step % posts}" for step in (1, 3, 7)]
        found[host] = blog(
            root,
            name_of(i),
            [c for c in cites if not c.startswith(root)] or cites,
            posts=posts,
            first=first,
            full=i % 2 == 0,
        )
    return found
