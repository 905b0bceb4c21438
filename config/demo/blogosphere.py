"""The plan of the invented blogosphere: authors, posts, dates, and citations with their sentences.

It uses the prose files in `voices/` and random numbers from a fixed seed. HTML, feeds and WARC are made elsewhere.
Everything a post will say is decided here, so that pages and feeds only spell it out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import yaml

HERE = Path(__file__).parent
SEED = 20260131
FIRST_DAY, LAST_DAY = date(2023, 11, 6), date(2026, 1, 29)
CORE = ("educators", "splitters", "park", "locals")
GROUPS = {"edu": "educators", "split": "splitters", "park": "park", "local": "locals"}
WINTER = {1: 10, 2: 9, 3: 8, 4: 5, 5: 2, 6: 1, 7: 1, 8: 1, 9: 2, 10: 4, 11: 7, 12: 9}  # posts by month, relative
SHORT = 75  # words; a shorter post always gets a note of the day
NOTE_SHARE = 0.35  # of the longer posts get one as well
MAX_CITES = 2  # a post; lists of links excepted
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
STOP = frozenset(["about", "after", "again", "before", "because", "being", "could", "every", "first", "having", "other", "their", "there", "these", "thing", "think", "those", "under", "until", "where", "which", "while", "whose", "would", "years", "still", "never", "nobody", "people"])  # fmt: skip


@dataclass(eq=False)
class Site:
    """One address of an author; `feed` is a format with quirks, like `rss+badxml`, or `none`."""

    root: str
    title: str
    tagline: str
    engine: str
    feed: str
    voice: Voice
    posts: list[Post] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Host name alone."""
        return self.root.split("/")[2]


@dataclass(eq=False)
class Voice:
    """One file of `voices/`: a person, an organisation or a blog of several authors."""

    key: str
    name: str
    circle: str
    pull: float  # how readily others pick them up
    meta: dict
    sites: list[Site] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


@dataclass(eq=False)
class Post:
    """One post: hand-written paragraphs, composed notes, and citations with their sentence."""

    voice: Voice
    site: Site
    key: str
    title: str
    subject: str
    author: str
    author_key: str
    paragraphs: list[str]
    lines: list[tuple[str, str]]  # (circle that may say it, sentence) others can cite this post with
    marks: dict[str, str]
    at: datetime = datetime(2024, 1, 1, tzinfo=UTC)
    url: str = ""
    notes: list[str] = field(default_factory=list)
    cites: list[tuple[Post, str]] = field(default_factory=list)
    listed: list[tuple[Post, str]] = field(default_factory=list)
    original: Post | None = None

    @property
    def path(self) -> str:
        """Address path below the site's root."""
        return self.url.removeprefix(self.site.root)


def rng(*words: object) -> np.random.Generator:
    """A generator of its own for each question, so that adding a voice does not reshuffle the others."""
    digest = hashlib.sha256("|".join(map(str, (SEED, *words))).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def slug(title: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("ß", "ss").replace("’", "").replace("'", ""))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")[:60]


def read_voices() -> list[Voice]:
    """Every voice with its posts, in file-name order."""
    voices = [read_voice(path) for path in sorted((HERE / "voices").glob("*.md"))]
    return voices + [farm_voice(spec) for spec in yaml.safe_load((HERE / "farm.yaml").read_text("utf-8"))["sites"]]


def read_voice(path: Path) -> Voice:
    """One prose file: YAML between `---`, then posts as `## Title ~ subject @mark=value`."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    meta = yaml.safe_load(head)
    voice = Voice(path.stem, meta["name"], meta["circle"], float(meta.get("pull", 1)), meta)
    voice.sites = [Site(s["root"], s["title"], s.get("tagline", ""), s.get("engine", "hugo"), s.get("feed", "atom"), voice)
                   for s in meta["sites"]]  # fmt: skip
    for chunk in re.split(r"^## ", body, flags=re.MULTILINE)[1:]:
        voice.posts.append(read_post(voice, chunk))
    return voice


def read_post(voice: Voice, chunk: str) -> Post:
    """One post of a prose file; `>` lines are sentences with which others may cite it."""
    head, _, rest = chunk.partition("\n")
    marks = {m[1]: m[2] or "yes" for m in re.finditer(r" @([a-z]+)(?:=([^\s]+))?", head)}
    title, _, subject = re.sub(r" @[a-z]+(=[^\s]+)?", "", head).partition(" ~ ")
    blocks = [re.sub(r"\s*\n\s*", " ", b.strip()) for b in re.split(r"\n\s*\n|\n(?=>)", rest) if b.strip()]
    paragraphs = [b for b in blocks if not b.startswith(">")]
    said = [m for b in blocks if (m := re.match(r">(\w*) +(.*)", b))]
    lines = [(GROUPS.get(m[1], m[1]) or voice.circle, m[2]) for m in said]
    authors = voice.meta.get("authors", {})
    by = marks.get("by", "")
    site = voice.sites[int(marks.get("site", "1")) - 1]
    return Post(voice, site, slug(title), title.strip(), subject.strip(), authors[by]["name"] if by else voice.name,
                f"{voice.key}:{by}" if by else voice.key, paragraphs, lines, marks)  # fmt: skip


def farm_voice(spec: dict) -> Voice:
    """A near-empty site that exists to link to the shop; its texts are filled in from a few moulds."""
    moulds = yaml.safe_load((HERE / "farm.yaml").read_text("utf-8"))
    key = spec["root"].split("/")[2].removesuffix(".example")
    voice = Voice(key, spec["title"], "farm", 0, {"about": ["Welcome to our site. We review gear."], "contact": "none"})
    voice.sites = [Site(spec["root"], spec["title"], "Best gear, best prices", spec["engine"], "rss", voice)]
    chance = rng("farm", key)
    for number in range(int(spec["posts"])):
        thing, town = (str(moulds[k][int(chance.integers(len(moulds[k])))]) for k in ("things", "towns"))
        title = str(moulds["titles"][(number + len(key)) % len(moulds["titles"])]).format(thing=thing, town=town)
        picks = chance.choice(len(moulds["sentences"]), size=3, replace=False)
        text = " ".join(str(moulds["sentences"][int(i)]).format(thing=thing, town=town) for i in picks)
        push = str(moulds["pushes"][number % len(moulds["pushes"])])
        text += " " + push.format(guide=f"peakdeals/{moulds['guides'][int(chance.integers(len(moulds['guides'])))]}")
        voice.posts.append(
            Post(voice, voice.sites[0], slug(f"{title} {number}"), title, thing, "admin", key, [text], [], {})
        )
    return voice


def date_posts(voice: Voice) -> None:
    """Spread a voice's posts over its years, thick in winter, and give them addresses."""
    chance = rng("dates", voice.key)
    begin = date.fromisoformat(str(voice.meta.get("from", FIRST_DAY)))
    end = date.fromisoformat(str(voice.meta.get("to", LAST_DAY)))
    days = [begin + timedelta(n) for n in range((end - begin).days + 1)]
    density = np.cumsum([WINTER[d.month] for d in days]) / sum(WINTER[d.month] for d in days)
    free = [p for p in voice.posts if "on" not in p.marks]
    places = (np.arange(len(free)) + chance.uniform(0.15, 0.85, len(free))) / max(1, len(free))
    for post, place in zip(free, places, strict=True):
        post.at = moment(days[int(np.searchsorted(density, place))], chance, voice)
    for post in voice.posts:
        if when := post.marks.get("on"):
            post.at = moment(
                date.fromisoformat(when if len(when) > 7 else f"{when}-{int(chance.integers(1, 28)):02d}"),
                chance,
                voice,
            )
    for post in voice.posts:
        post.url = post.site.root + permalink(post)
        post.site.posts.append(post)
    voice.posts.sort(key=lambda p: (p.at, p.key))
    for site in voice.sites:
        site.posts.sort(key=lambda p: (p.at, p.key), reverse=True)


def moment(day: date, chance: np.random.Generator, voice: Voice) -> datetime:
    """A time of day near the voice's usual hour."""
    hour = int(voice.meta.get("hour", 7 + int(hashlib.sha256(voice.key.encode()).hexdigest(), 16) % 14))
    return datetime(
        day.year, day.month, day.day, min(23, hour + int(chance.integers(0, 2))), int(chance.integers(60)), tzinfo=UTC
    )


def permalink(post: Post) -> str:
    """The address style of the site's engine."""
    at, key = post.at, post.key
    return {
        "wp": f"{at:%Y/%m}/{key}/", "ghost": f"{key}/", "hugo": f"posts/{key}/", "jekyll": f"{at:%Y/%m/%d}/{key}.html",
        "blogger": f"{at:%Y/%m}/{key}.html", "hand": f"{key}.html",
    }[post.site.engine]  # fmt: skip


def words_of(post: Post) -> frozenset[str]:
    """Rough stems of what a post speaks of, to let citations stand where they fit."""
    text = " ".join([post.title, post.subject, *post.paragraphs]).lower()
    return frozenset(w[:6] for w in re.findall(r"[a-z]{5,}", text) if w not in STOP)


def close(a: Post, b: Post) -> float:
    """How much two posts speak of the same things, 0 to 1."""
    mine, yours = words_of(a), words_of(b)
    return len(mine & yours) / (1 + len(mine) * len(yours)) ** 0.5


def may_cite(citing: Post, cited: Post, pairs: dict[tuple[str, str], int], limit: int = 3) -> bool:
    """A post cites earlier posts of other people, each person at most once, no pair too often."""
    gap = (citing.at - cited.at).days
    return (
        citing.voice is not cited.voice and 2 <= gap <= 420 and not citing.marks.keys() & {"list", "copy", "plain"}
        and len(citing.cites) < MAX_CITES and citing.voice.meta.get("cites", True) is not False and citing.voice.meta.get("lang", "en") == "en"
        and all(c.author_key != cited.author_key for c, _ in citing.cites)
        and pairs.get((citing.author_key, cited.author_key), 0) < limit
    )  # fmt: skip


def place_written_lines(posts: list[Post]) -> list[str]:
    """Give every hand-written citing sentence to the fitting later post; returns those that found none."""
    pairs: dict[tuple[str, str], int] = {}
    unplaced = []
    core = [p for p in posts if p.voice.circle in CORE]
    rounds = [(n, post, *post.lines[n]) for n in range(12) for post in core if n < len(post.lines)]
    for _, cited, group, sentence in rounds:
        able = [p for p in core if p.voice.circle == group and may_cite(p, cited, pairs)]
        if not able:
            unplaced.append(f"{cited.voice.key}/{cited.key}: {sentence}")
            continue
        best = max(able, key=lambda p: (close(p, cited) - 0.12 * pairs.get((p.author_key, cited.author_key), 0)
                                        - 0.10 * len(p.cites) - (p.at - cited.at).days / 2500, p.url))  # fmt: skip
        best.cites.append((cited, sentence))
        pairs[best.author_key, cited.author_key] = pairs.get((best.author_key, cited.author_key), 0) + 1
    return unplaced


def place_generic_lines(posts: list[Post]) -> None:
    """Fill up: some posts without a citation take one from the book of general sentences."""
    book = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))["citing"]
    pairs: dict[tuple[str, str], int] = {}
    used = dict.fromkeys(book, 0)
    targets = [p for p in posts if p.voice.pull > 0 and p.subject and "plain" not in p.marks]
    for post in posts:
        chance = rng("generic", post.url)
        if post.voice.circle not in (*CORE, "org") or post.cites or "plain" in post.marks or chance.random() > 0.62:
            continue
        able = [t for t in targets if may_cite(post, t, pairs, 2)]
        if not able:
            continue
        weight = np.array([t.voice.pull * (1.0 if t.voice.circle == post.voice.circle else 0.10)
                           * (0.05 + close(post, t)) ** 2 * 0.5 ** ((post.at - t.at).days / 200) for t in able])  # fmt: skip
        cited = able[int(chance.choice(len(able), p=weight / weight.sum()))]
        least = min(used.values())
        fresh = [s for s in book if used[s] == least]
        sentence = fresh[int(chance.integers(len(fresh)))]
        used[sentence] += 1
        post.cites.append((cited, sentence))
        pairs[post.author_key, cited.author_key] = pairs.get((post.author_key, cited.author_key), 0) + 1


def fill_lists(posts: list[Post]) -> None:
    """Posts marked @list carry a list of what their author read lately."""
    book = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))["listing"]
    taken: dict[str, int] = {}
    for post in (p for p in posts if "list" in p.marks):
        chance = rng("list", post.url)
        able = [
            t
            for t in posts
            if t.voice.pull > 0
            and t.subject
            and "plain" not in t.marks
            and t.voice is not post.voice
            and 2 <= (post.at - t.at).days <= 120
        ]
        chosen: list[Post] = []
        while able and len(chosen) < int(chance.integers(3, 6)):
            weight = np.array(
                [
                    t.voice.pull * (1.0 if t.voice.circle == post.voice.circle else 0.2) * 0.4 ** taken.get(t.url, 0)
                    for t in able
                ]
            )
            pick = able[int(chance.choice(len(able), p=weight / weight.sum()))]
            chosen.append(pick)
            taken[pick.url] = taken.get(pick.url, 0) + 1
            able = [t for t in able if t.author_key != pick.author_key]
        post.listed = [(t, book[int(chance.integers(len(book)))]) for t in chosen]


def add_notes(posts: list[Post]) -> None:
    """Short observations of the day under many posts, composed so that no sentence occurs twice."""
    book = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
    seen: set[str] = set()
    for post in posts:
        chance = rng("note", post.url)
        kind = "elsewhere" if "plain" in post.marks else post.voice.meta.get("notes", post.voice.circle)
        moulds = book["notes"].get(kind, [])
        short = sum(len(p.split()) for p in post.paragraphs) < SHORT
        if (
            not moulds
            or post.voice.meta.get("lang", "en") != "en"
            or post.original
            or (not short and chance.random() > NOTE_SHARE)
        ):
            continue
        places = post.voice.meta.get("places", book["places"])
        place = places[int(chance.integers(len(places)))]
        said: list[str] = []
        for number in chance.permutation(len(moulds)):
            sentence = fill(str(moulds[int(number)]), place, book, chance)
            if sentence not in seen:
                said.append(sentence)
            if len(said) == 2:
                break
        seen.update(said)
        post.notes.append(" ".join(said))


def fill(mould: str, place: str, book: dict, chance: np.random.Generator) -> str:
    """A mould with numbers, a wind and a companion of its own."""
    return mould.format(
        place=place,
        cm=int(chance.integers(9, 48)),
        deg=int(chance.integers(2, 19)),
        angle=int(chance.integers(27, 43)),
        hours=int(chance.integers(2, 9)),
        m=int(chance.integers(3, 14)) * 100,
        wind=book["winds"][int(chance.integers(len(book["winds"])))],
        mate=book["mates"][int(chance.integers(len(book["mates"])))],
    )


def syndicate(posts: list[Post]) -> None:
    """Posts marked @copy=voice/slug repeat another's post, with a line that says so."""
    by_key = {f"{p.voice.key}/{p.key}": p for p in posts}
    for post in posts:
        if "copy" in post.marks:
            post.original = by_key[post.marks["copy"]]
            post.paragraphs = [*post.paragraphs, *post.original.paragraphs]
            post.at = post.original.at + timedelta(days=9)


def plan() -> tuple[list[Voice], list[Post], list[str]]:
    """Voices, posts in order of time, and hand-written sentences that found no place."""
    voices = read_voices()
    for voice in voices:
        date_posts(voice)
    posts = sorted((p for v in voices for p in v.posts), key=lambda p: (p.at, p.url))
    syndicate(posts)
    unplaced = place_written_lines(posts)
    place_generic_lines(posts)
    fill_lists(posts)
    add_notes(posts)
    return voices, posts, unplaced
