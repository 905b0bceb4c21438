"""A seeded blogosphere with known truth: who writes, who reads, who takes up what, and who cheats.

The model has hidden expertise and attention; the archive shows only posts and links, as the web would. The truth of a
person is a sum over their on-topic posts: the expected number of distinct on-topic people who take the post up,
halved every `half_life_days` before `as_of`. A post can be taken up from its author or from another person who took
it up. Bought, farmed and arranged links do not count as take-up.

    python -m tests.quality.simulator OUT [--people 120] [--seed 0]     writes pages.warc.gz, topic.yaml, truth.csv
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

import numpy as np

from tests.quality.simulated_vocabulary import BLOG_FIRST, BLOG_SECOND, CIRCLES, FIRST_NAMES, LAST_NAMES, OFF_TOPIC

DRAWS = 100  # cascades a post when its expected take-up is estimated; standard error under 2 % of a person's sum
BASE = 0.03  # chance that an average reader takes up an average post: about one citation in two on-topic posts
RELAY = 0.5  # the same through a person who took it up, as a share of the direct chance
CAMPAIGN_DAYS = 91  # the quarter ahead that a short list is judged by


class Role(StrEnum):
    """What a simulated person is; the archive does not show it."""

    ORDINARY = "ordinary"
    SILENT = "silent"  # an expert who stopped writing
    RISER = "riser"  # an expert who began lately
    RING = "ring"  # mediocre; members cite one another in every post
    BUYER = "buyer"  # mediocre; pays ordinary people for links
    TARGET = "target"  # mediocre; a link farm was paid to cite them
    FAKE = "fake"  # one blog of that farm
    CELEBRITY = "celebrity"  # off topic, cited by all kinds of people
    OFF_TOPIC = "off-topic"


READERS = frozenset({Role.ORDINARY, Role.SILENT, Role.RISER, Role.RING, Role.BUYER, Role.TARGET})


@dataclass(frozen=True)
class Settings:
    """Settings of a simulated blogosphere; the same settings give the same bytes."""

    seed: int = 0
    people: int = 120  # up to 400
    weeks: int = 104
    as_of: date = date(2026, 6, 30)
    half_life_days: float = 182.0  # a quarter of the two years, as by default


@dataclass
class Site:
    """One blog of a person and how it is built."""

    root: str
    title: str
    engine: str  # wordpress, hugo, notes, plain
    feed: str  # rss, atom, summary or "" for none
    feed_entries: int
    zone_hours: int
    blogroll: bool
    theme_credit: bool
    naming: str  # card, json-ld, feed, byline, about, copyright: where the name stands
    comments: bool


@dataclass
class Person:
    """A simulated person. `rate` is posts per week, `topical` the share of them on the topic."""

    number: int
    name: str
    role: Role
    circle: int
    hobby: int  # index into OFF_TOPIC
    expertise: float
    appetite: float
    rate: float
    topical: float
    first_day: int
    last_day: int
    sites: list[Site] = field(default_factory=list)

    def active(self, day: int) -> bool:
        """Whether the person writes on that day."""
        return self.first_day <= day <= self.last_day


class LinkKind(StrEnum):
    """Why a post contains a link."""

    TAKE_UP = "take-up"
    VIA = "via"
    PASSING = "passing"
    PAID = "paid"
    ARRANGED = "arranged"  # farm and ring
    SELF = "self"


@dataclass(frozen=True)
class OutLink:
    """A link in a post to a person, and to their post where one is named (None: their home page)."""

    to: int
    post: int | None
    kind: LinkKind


@dataclass
class Entry:
    """A post of the model. `quality` is the hidden merit that readers react to."""

    number: int
    author: int
    day: int
    on_topic: bool
    quality: float
    site: int
    links: list[OutLink] = field(default_factory=list)
    take_up: float = 0.0  # expected number of distinct people who take it up
    reach: np.ndarray | None = None  # the same for each person


@dataclass
class Blogosphere:
    """The whole simulated world before it is written to an archive."""

    settings: Settings
    people: list[Person]
    follows: np.ndarray  # [reader, author] booleans
    entries: list[Entry]

    @property
    def days(self) -> int:
        """Length of the simulated time; day 0 is the first."""
        return self.settings.weeks * 7

    def date_of(self, day: int) -> date:
        """Calendar date of a day; the last simulated day is `as_of`."""
        return self.settings.as_of - timedelta(days=self.days - 1 - day)

    def decay(self, day: int) -> float:
        """Weight in [0, 1] of an event on a day, at `as_of`."""
        return float(2.0 ** (-(self.days - 1 - day) / self.settings.half_life_days))

    def truth(self) -> list[float]:
        """Decayed expected take-up of each person's on-topic posts."""
        out = [0.0] * len(self.people)
        for entry in self.entries:
            if entry.on_topic:
                out[entry.author] += self.decay(entry.day) * entry.take_up
        return out

    def campaign(self) -> np.ndarray:
        """[author, reader] chance that the reader takes up at least one post of the author in the quarter ahead."""
        n = len(self.people)
        weight, reach = np.zeros(n), np.zeros((n, n))
        for entry in self.entries:
            if entry.on_topic and entry.reach is not None:
                weight[entry.author] += self.decay(entry.day)
                reach[entry.author] += self.decay(entry.day) * entry.reach
        mean = reach / np.maximum(weight, 1e-9)[:, None]
        posts_ahead = weight * np.log(2) / self.settings.half_life_days * CAMPAIGN_DAYS
        chance: np.ndarray = 1 - (1 - np.minimum(mean, 0.999)) ** posts_ahead[:, None]
        return chance


def simulate(settings: Settings) -> Blogosphere:
    """The blogosphere of these settings."""
    streams = [np.random.Generator(np.random.PCG64(s)) for s in np.random.SeedSequence(settings.seed).spawn(5)]
    people = _people(settings, streams[0])
    follows = _attention(people, streams[1])
    world = Blogosphere(settings, people, follows, _own_posts(settings, people, streams[2]))
    _spread(world, streams[3])
    _Mischief(world, streams[4]).arrange()
    world.entries.sort(key=lambda e: (e.day, e.number))
    return world


# ── who ──────────────────────────────────────────────────────────────────────────────────────────


def _roles(people: int) -> list[Role]:
    counts = {
        Role.CELEBRITY: max(3, people // 30), Role.FAKE: people * 14 // 100, Role.TARGET: 1,
        Role.RING: max(4, people // 24), Role.SILENT: max(4, people // 24), Role.RISER: max(3, people // 30),
        Role.BUYER: max(3, people // 30), Role.OFF_TOPIC: people // 5,
    }  # fmt: skip
    roles = [role for role, count in counts.items() for _ in range(count)]
    return [Role.ORDINARY] * (people - len(roles)) + roles


def _people(settings: Settings, rng: np.random.Generator) -> list[Person]:
    roles = _roles(settings.people)
    pairs = rng.permutation(len(FIRST_NAMES) * len(LAST_NAMES))
    titles = rng.permutation(len(BLOG_FIRST) * len(BLOG_SECOND) * 3)
    days = settings.weeks * 7
    people: list[Person] = []
    for number, role in enumerate(roles):
        pair = int(pairs[1] if number == 7 else pairs[number])  # two different people share one name
        name = f"{FIRST_NAMES[pair // len(LAST_NAMES)]} {LAST_NAMES[pair % len(LAST_NAMES)]}"
        person = Person(
            number, name, role, circle=int(rng.integers(len(CIRCLES))), hobby=int(rng.integers(len(OFF_TOPIC))),
            expertise=_expertise(role, rng), appetite=float(rng.lognormal(0, 0.5)),
            rate=_rate(role, rng), topical=_topical(role, rng), first_day=0, last_day=days - 1,
        )  # fmt: skip
        if role is Role.SILENT:
            person.last_day = days - int(rng.integers(250, 330))
        elif role is Role.RISER:
            person.first_day = days - int(rng.integers(180, 260))
        elif role is Role.FAKE:
            person.first_day = days - int(rng.integers(200, 400))
        elif role is Role.ORDINARY and rng.random() < 0.3:
            person.first_day = int(rng.integers(0, days // 2))
        person.sites = _sites(person, [int(t) for t in titles[2 * number : 2 * number + 2]], rng)
        people.append(person)
    return people


def _expertise(role: Role, rng: np.random.Generator) -> float:
    match role:
        case Role.SILENT:
            return float(rng.uniform(3, 6))
        case Role.RISER:
            return float(rng.uniform(2.5, 5))
        case Role.RING | Role.BUYER | Role.TARGET:
            return float(rng.uniform(0.15, 0.45))
        case Role.FAKE | Role.CELEBRITY | Role.OFF_TOPIC:
            return 0.1
        case _:
            return float(min(6.0, rng.lognormal(-0.2, 0.9)))


def _rate(role: Role, rng: np.random.Generator) -> float:
    base = {Role.FAKE: 0.25, Role.RISER: 0.5, Role.CELEBRITY: 0.5}.get(role, 0.28)
    return float(np.clip(base * rng.lognormal(0, 0.45), 0.08, 0.9))


def _topical(role: Role, rng: np.random.Generator) -> float:
    match role:
        case Role.CELEBRITY | Role.OFF_TOPIC:
            return float(rng.uniform(0, 0.05))
        case Role.FAKE:
            return 1.0
        case _:
            return float(rng.uniform(0.55, 1.0))


def _sites(person: Person, titles: list[int], rng: np.random.Generator) -> list[Site]:
    two = person.role in (Role.ORDINARY, Role.RISER) and person.number % 11 == 3
    sites = []
    for title in titles[: 2 if two else 1]:
        first, rest = divmod(title, len(BLOG_SECOND) * 3)
        second, form = divmod(rest, 3)
        words = (BLOG_FIRST[first], BLOG_SECOND[second])
        shown = (f"The {words[0]} {words[1]}", f"{words[0]} {words[1]}", f"{words[1]}, {words[0]}")[form]
        feed = str(rng.choice(["rss", "atom", "summary", ""], p=[0.4, 0.3, 0.2, 0.1]))
        naming = str(rng.choice(["card", "json-ld", "feed", "byline", "about", "copyright"]))
        host = ("the" if form == 0 else "") + (words[1] + words[0] if form == 2 else "".join(words))
        sites.append(
            Site(
                root=f"https://{'www.' if rng.random() < 0.2 else ''}{host.lower()}.example/",
                title=shown,
                engine=str(rng.choice(["wordpress", "hugo", "notes", "plain"])),
                feed=feed,
                feed_entries=int(rng.choice([10, 20, 500])),
                zone_hours=int(rng.choice([-8, -5, 0, 0, 1, 2, 10])),
                blogroll=bool(rng.random() < 0.4),
                theme_credit=bool(rng.random() < 0.3),
                naming=naming if feed or naming != "feed" else "byline",
                comments=bool(rng.random() < 0.4),
            )
        )
    return sites


def _attention(people: list[Person], rng: np.random.Generator) -> np.ndarray:
    """[reader, author] attention, drawn by expertise, circle and luck; imperfect on purpose."""
    n = len(people)
    follows = np.zeros((n, n), dtype=bool)
    merit = np.array([p.expertise**0.8 if p.role in READERS else 0.0 for p in people])
    circle = np.array([p.circle for p in people])
    for reader in people:
        if reader.role not in READERS:
            continue
        odds = merit * np.where(circle == reader.circle, 1.0, 0.12) * rng.lognormal(0, 0.7, n)
        odds[reader.number] = 0
        count = min(4 + int(rng.poisson(7)), int((odds > 0).sum()))
        chosen = rng.choice(n, size=count, replace=False, p=odds / odds.sum())
        follows[reader.number, chosen] = True
    return follows


# ── what ─────────────────────────────────────────────────────────────────────────────────────────


def _own_posts(settings: Settings, people: list[Person], rng: np.random.Generator) -> list[Entry]:
    entries: list[Entry] = []
    for person in people:
        span = person.last_day - person.first_day + 1
        count = max(3, int(rng.poisson(person.rate * span / 7)))
        for day in sorted(int(d) for d in rng.integers(person.first_day, person.last_day + 1, count)):
            on_topic = bool(rng.random() < person.topical)
            quality = float(person.expertise * rng.lognormal(0, 0.35))
            site = int(rng.integers(len(person.sites)))
            entries.append(Entry(len(entries), person.number, day, on_topic, quality, site))
    return entries


def _chances(world: Blogosphere, entry: Entry) -> tuple[np.ndarray, np.ndarray]:
    """For each reader: chance to take the post up from its author, and from one who took it up."""
    appetite = np.array([p.appetite if p.role in READERS and p.active(entry.day) else 0.0 for p in world.people])
    appetite[entry.author] = 0.0
    chance = np.minimum(0.6, BASE * appetite * entry.quality**0.7)
    return chance, RELAY * chance


def _expect(world: Blogosphere, entry: Entry, rng: np.random.Generator) -> None:
    """Expected take-up of one post, by Monte Carlo over independent cascades."""
    direct, relay = _chances(world, entry)
    n = len(world.people)
    heard = rng.random((DRAWS, n)) < np.where(world.follows[:, entry.author], direct, 0.0)
    frontier = heard.copy()
    ties = world.follows.T.astype(np.float32)
    while frontier.any():
        exposures = frontier.astype(np.float32) @ ties
        fresh = (rng.random((DRAWS, n)) < 1 - (1 - relay) ** exposures) & ~heard
        heard |= fresh
        frontier = fresh
    entry.reach = heard.mean(axis=0)
    entry.take_up = float(entry.reach.sum())


def _spread(world: Blogosphere, rng: np.random.Generator) -> None:
    """Each on-topic post runs through its readers once; take-ups become links in their next posts."""
    originals = sorted(world.entries, key=lambda e: (e.day, e.number))
    calendar = _Calendar(world, rng)
    for entry in originals:
        if not entry.on_topic or world.people[entry.author].role not in READERS:
            continue
        _expect(world, entry, rng)
        direct, relay = _chances(world, entry)
        taken: dict[int, Entry] = {}
        wave: list[tuple[int, Entry]] = [(entry.author, entry)]
        while wave:
            after: list[tuple[int, Entry]] = []
            for source, source_post in wave:
                for reader in np.flatnonzero(world.follows[:, source]):
                    chance = (direct if source == entry.author else relay)[reader]
                    if int(reader) in taken or rng.random() >= chance:
                        continue
                    post = calendar.take_up(int(reader), source_post.day, entry, source_post)
                    if post is not None:
                        taken[int(reader)] = post
                        after.append((int(reader), post))
            wave = after


class _Calendar:
    """Finds the post in which a person cites what they read, or adds one."""

    def __init__(self, world: Blogosphere, rng: np.random.Generator) -> None:
        self._world, self._rng = world, rng
        self._posts: dict[int, list[Entry]] = {}
        for entry in world.entries:
            if entry.on_topic:
                self._posts.setdefault(entry.author, []).append(entry)

    def take_up(self, reader: int, day: int, original: Entry, source: Entry) -> Entry | None:
        """The post that takes `original` up, read through `source`; None after the end of time."""
        read_on = day + 1 + int(self._rng.exponential(5))
        if read_on >= self._world.days or not self._world.people[reader].active(read_on):
            return None
        mine = self._posts.setdefault(reader, [])
        post = next((e for e in mine if read_on <= e.day <= read_on + 21 and len(e.links) < 3), None)
        if post is None:
            quality = 0.2 * self._world.people[reader].expertise
            site = int(self._rng.integers(len(self._world.people[reader].sites)))
            post = Entry(len(self._world.entries), reader, read_on, on_topic=True, quality=quality, site=site)
            self._world.entries.append(post)
            mine.append(post)
            mine.sort(key=lambda e: (e.day, e.number))
        straight = source is original
        if straight or self._rng.random() < 0.7:
            named = original.number if self._rng.random() < 0.85 else None
            post.links.append(OutLink(original.author, named, LinkKind.TAKE_UP))
        if not straight and (self._rng.random() < 0.6 or not post.links):
            post.links.append(OutLink(source.author, source.number, LinkKind.VIA))
        return post


# ── mischief and noise ───────────────────────────────────────────────────────────────────────────


class _Mischief:
    """Farm, ring, celebrities, self-links: all citations without take-up."""

    def __init__(self, world: Blogosphere, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.by_role = {role: [p.number for p in world.people if p.role is role] for role in Role}
        self.own: dict[int, list[Entry]] = {}
        for entry in sorted(world.entries, key=lambda e: (e.day, e.number)):
            self.own.setdefault(entry.author, []).append(entry)
        much_read = np.argsort(-world.follows.sum(axis=0), kind="stable")
        self._authorities = [int(i) for i in much_read[: max(5, len(self.own) // 12)]]

    def _latest(self, person: int, day: int) -> int | None:
        devoted = self.world.people[person].topical > 0.5  # celebrities are cited for whatever they say
        before = [e.number for e in self.own.get(person, ()) if e.day < day and (e.on_topic or not devoted)]
        return before[-1] if before and self.rng.random() < 0.7 else None

    def _link(self, entry: Entry, among: list[int], kind: LinkKind) -> None:
        to = int(self.rng.choice(among))
        if to != entry.author:
            entry.links.append(OutLink(to, self._latest(to, entry.day), kind))

    def arrange(self) -> None:
        """Add all links; farm and ring first, then those of all people."""
        for entry in [e for person in sorted(self.own) for e in self.own[person]]:
            role = self.world.people[entry.author].role
            if role is Role.FAKE:
                self._farm(entry)
            elif role is Role.RING:
                for other in self.rng.choice(self.by_role[Role.RING], size=2, replace=False):
                    self._link(entry, [int(other)], LinkKind.ARRANGED)
            self._passing(entry, role)
        _paid(self.world, self.own, self.by_role, self.rng)

    def _farm(self, entry: Entry) -> None:
        self._link(entry, self.by_role[Role.TARGET], LinkKind.ARRANGED)
        self._link(entry, self._authorities, LinkKind.ARRANGED)
        if self.rng.random() < 0.3:
            self._link(entry, self.by_role[Role.FAKE], LinkKind.ARRANGED)

    def _passing(self, entry: Entry, role: Role) -> None:
        if self.rng.random() < (0.06 if entry.on_topic else 0.45) and role is not Role.FAKE:
            self._link(entry, self.by_role[Role.CELEBRITY], LinkKind.PASSING)
        if not entry.on_topic and self.rng.random() < 0.5:
            self._link(entry, self.by_role[Role.OFF_TOPIC], LinkKind.PASSING)
        earlier = [e.number for e in self.own[entry.author] if e.day < entry.day]
        if earlier and self.rng.random() < 0.3:
            entry.links.append(OutLink(entry.author, int(self.rng.choice(earlier)), LinkKind.SELF))


def _paid(
    world: Blogosphere, own: dict[int, list[Entry]], by_role: dict[Role, list[int]], rng: np.random.Generator
) -> None:
    """Buyers pay ordinary people of middling expertise; three people are tricked into citing the farm's customer."""
    middling = [p.number for p in world.people if p.role is Role.ORDINARY and p.expertise < 1.5]
    sellers = min(len(middling), max(8, len(world.people) // 10))
    for buyer in by_role[Role.BUYER]:
        for seller in rng.choice(middling, size=sellers, replace=False):
            posts = own.get(int(seller), [])
            entry = posts[int(rng.integers(len(posts)))]
            entry.links.append(OutLink(buyer, None, LinkKind.PAID))
    for tricked in rng.choice(middling, size=3, replace=False):
        posts = [e for e in own.get(int(tricked), []) if e.on_topic and e.day > world.days // 2]
        if posts:
            entry = posts[int(rng.integers(len(posts)))]
            entry.links.append(OutLink(by_role[Role.TARGET][0], None, LinkKind.ARRANGED))
            entry.links.append(OutLink(int(rng.choice(by_role[Role.FAKE])), None, LinkKind.ARRANGED))


def seeds(world: Blogosphere, count: int = 6) -> list[int]:
    """Typical seeds of a user: ordinary, active, on-topic people of middling truth, from each circle in turn."""
    truth = world.truth()
    devoted = 0.7 if len(world.people) >= 80 else 0.0  # a small world has too few to choose from
    order = sorted(
        (p for p in world.people if p.role is Role.ORDINARY and p.topical > devoted and len(p.sites) == 1),
        key=lambda p: (-truth[p.number], p.number),
    )
    middle = order[len(order) // 3 : -3] if len(order) >= 4 * count else order[len(order) // 3 :]
    chosen: list[int] = []
    for turn in range(count):
        left = [p for p in middle if p.number not in chosen]
        same = [p for p in left if p.circle == turn % len(CIRCLES)]
        chosen.append((same or left)[0].number)
    return chosen


def moment(world: Blogosphere, entry: Entry) -> datetime:
    """When an entry was published, in its author's own time zone."""
    zone = timezone(timedelta(hours=world.people[entry.author].sites[entry.site].zone_hours))
    day = world.date_of(entry.day)
    return datetime(day.year, day.month, day.day, 7 + entry.number % 14, (entry.number * 7) % 60, tzinfo=zone)


def main() -> None:
    """Write one blogosphere to a folder."""
    from tests.quality.webpages import write_world

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=120, choices=range(40, 401), metavar="40-400")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    written = write_world(simulate(Settings(seed=arguments.seed, people=arguments.people)), arguments.out)
    print(f"{written.warc} {written.pages} pages {written.posts} posts")


if __name__ == "__main__":
    from tests.quality import simulator  # the copy that webpages imports: two copies would have two sets of enums

    simulator.main()
