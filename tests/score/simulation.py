"""A small blogosphere of records with two known truths: take-up inside the circle, and newsletter mentions.

Posts, links and relevance only; there is no crawl and no text. It contains celebrities, a paid link farm, a ring of
mutual citation, silent people, risers, link buyers, frequent writers and two link roundups. The two truths reward
different things:

* take-up: how many people of the circle a next post of theirs is expected to reach (0 for the silent);
* mentions: how often an independent newsletter picked a post of theirs inside the window (rewards output).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from generator.records import Corpus, Link, Person, PersonId, Post, PublisherKind, SiteId, Url

AS_OF = date(2026, 1, 31)


@dataclass(frozen=True, slots=True)
class World:
    corpus: Corpus
    seeds: tuple[PersonId, ...]
    take_up: dict[PersonId, float]
    mentions: dict[PersonId, int]
    planted: dict[str, tuple[PersonId, ...]]
    half_life_days: float


SIZES = {
    "member": 150, "silent": 10, "riser": 10, "loud": 10, "celebrity": 10, "ring": 10, "buyer": 6, "target": 2,
    "farm": 60, "neighbour": 90, "stranger": 38, "roundup": 2,
}  # fmt: skip


class Maker:
    def __init__(self, seed: int, weeks: int, named: float, scale: float) -> None:
        self.rng = np.random.default_rng(seed)
        self.weeks, self.named = weeks, named
        self.role = np.array([role for role, n in SIZES.items() for _ in range(n)])
        n = self.n = len(self.role)
        self.ids = [PersonId(f"p{i:04d}") for i in self.rng.permutation(n)]
        rng = self.rng
        self.inside = np.isin(self.role, ["member", "silent", "riser", "loud"])
        self.circle = rng.integers(0, 4, n)
        self.appeal = np.exp(rng.normal(0, 0.7, n))
        self.appeal[np.isin(self.role, ["silent", "riser"])] = np.exp(rng.normal(1.1, 0.3, 20))
        self.appeal[np.isin(self.role, ["loud", "ring", "buyer", "target", "farm"])] = 0.25
        self.appeal[np.isin(self.role, ["celebrity", "neighbour"])] = 0.3
        self.rate = np.clip(np.exp(rng.normal(-1.1, 0.8, n)), 0.05, 3) * scale
        self.rate[self.role == "loud"] = 3.0 * scale
        self.rate[np.isin(self.role, ["farm", "target", "ring", "celebrity"])] = 1.0 * scale
        self.topical = rng.beta(5, 2, n)
        self.topical[self.role == "celebrity"] = 0.1
        self.topical[self.role == "stranger"] = 0.02
        self.topical[self.role == "neighbour"] = rng.beta(1.5, 5, SIZES["neighbour"])
        self.topical[np.isin(self.role, ["farm", "target", "ring", "buyer"])] = 0.9
        self.start = np.where(self.role == "riser", int(weeks * 0.75), 0)
        self.stop = np.where(self.role == "silent", int(weeks * 0.6), weeks)
        self.reads = self._readers()
        self.posts: list[list] = []  # author, week, relevance, links

    def _readers(self) -> np.ndarray:
        """[reader, author] flags by appeal and circle; outsiders read celebrities and a few of the circle."""
        n, rng = self.n, self.rng
        pull = self.appeal**0.8 * self.inside
        reads = np.zeros((n, n), dtype=bool)
        for u in range(n):
            role = self.role[u]
            if role in ("farm", "target", "stranger"):
                continue
            near = np.where(self.circle == self.circle[u], 1.0, 0.1)
            weight = pull * near if self.inside[u] else pull * 0.5 * near
            weight[u] = 0
            size = int(rng.integers(8, 26)) if self.inside[u] else int(rng.integers(2, 8))
            reads[u, rng.choice(n, size=size, replace=False, p=weight / weight.sum())] = True
        famous = self.role == "celebrity"
        reads[:, famous] |= rng.random((n, famous.sum())) < np.where(self.inside, 0.35, 0.8)[:, None]
        ring = np.flatnonzero(self.role == "ring")
        reads[np.ix_(ring, ring)] = True
        for odd in np.flatnonzero(np.isin(self.role, ["ring", "buyer", "loud", "neighbour"])):
            reads[rng.choice(np.flatnonzero(self.inside), 3), odd] = True
        np.fill_diagonal(reads, False)
        return reads

    def write(self) -> None:
        """All weeks in order: who writes, on topic or not, and what of the last weeks they take up."""
        rng = self.rng
        recent: dict[int, list[int]] = {v: [] for v in range(self.n)}
        self.luck: list[float] = []
        for week in range(self.weeks):
            awake = (self.start <= week) & (week < self.stop)
            counts = rng.poisson(self.rate * awake)
            for v in rng.permutation(np.flatnonzero(counts)):
                for _ in range(int(counts[v])):
                    on = rng.random() < self.topical[v]
                    relevance = rng.uniform(0.52, 0.95) if on else rng.uniform(0.0, 0.45)
                    links = self._links(int(v), on=on, week=week, recent=recent)
                    self.luck.append(float(np.exp(rng.normal(0, 0.5))))
                    recent[v].append(len(self.posts))
                    self.posts.append([int(v), week, relevance, links])

    def _links(self, v: int, *, on: bool, week: int, recent: dict[int, list[int]]) -> list[tuple[int, int]]:
        """(person, post or −1) pairs a post links to."""
        role, rng = self.role[v], self.rng
        if role == "roundup":
            pool = [p for u in np.flatnonzero(self.inside) for p in recent[u][-3:] if self.posts[p][1] >= week - 2]
            return [(self.posts[p][0], p) for p in rng.choice(pool, min(25, len(pool)), replace=False)] if pool else []
        if role in ("farm", "target"):
            best = np.argsort(-self.appeal * self.inside)[:25]
            real = [(int(u), -1) for u in rng.choice(best, 3, replace=False)]
            targets = np.flatnonzero(self.role == "target")
            return real + ([(int(t), recent[t][-1] if recent[t] else -1) for t in targets] if role == "farm" else [])
        links: list[tuple[int, int]] = []
        if self.inside[v] or role in ("neighbour", "ring", "celebrity", "buyer"):
            size = int(rng.poisson(1.3 if self.inside[v] else 0.7))
            links += self._take_up(v, on=on, week=week, recent=recent, size=size)
        if role == "ring":
            mates = rng.choice(np.flatnonzero(self.role == "ring"), 3, replace=False)
            links += [(int(m), recent[m][-1] if recent[m] else -1) for m in mates if m != v]
        if (role == "neighbour" and v % 3 == 0 and rng.random() < 0.3) or (
            role == "member" and v % 12 == 0 and rng.random() < 0.15
        ):
            buyer = int(rng.choice(np.flatnonzero(self.role == "buyer")))  # paid for, and not said so
            links.append((buyer, recent[buyer][-1] if recent[buyer] else -1))
        if not on and role in ("stranger", "neighbour", "member"):
            star = int(rng.choice(np.flatnonzero(self.role == "celebrity")))
            links.append((star, recent[star][-1] if recent[star] else -1))
        if on and self.inside[v] and rng.random() < 0.06:
            star = int(rng.choice(np.flatnonzero(self.role == "celebrity")))
            links.append((star, -1))  # named in passing
        if self.inside[v] and rng.random() < 0.001:
            links.append((int(rng.choice(np.flatnonzero(self.role == "target"))), -1))  # tricked
        return links

    def _take_up(
        self, v: int, *, on: bool, week: int, recent: dict[int, list[int]], size: int
    ) -> list[tuple[int, int]]:
        """Posts of the last eight weeks by those they read, and posts these had taken up in turn; old ones rarely."""
        rng, fresh, weights = self.rng, [], []
        for u in np.flatnonzero(self.reads[v]):
            for p in recent[u][-4:]:
                post = self.posts[p]
                age = week - post[1]
                if (age <= 8 or rng.random() < 0.02) and (post[2] >= 0.5) == on:
                    fresh.append((int(u), p))
                    weights.append(self.appeal[u] * self.luck[p] * (1.0 if age <= 8 else 0.3))
                    for w, q in post[3]:
                        if q >= 0 and w != v and self.inside[w] and week - self.posts[q][1] <= 12:
                            fresh.append((w, q))  # met by way of a friend
                            weights.append(0.5 * self.appeal[w] * self.luck[q])
        if not fresh:
            return []
        chance = np.array(weights) / sum(weights)
        picked = rng.choice(len(fresh), min(size, len(fresh), int((chance > 0).sum())), replace=False, p=chance)
        return [(fresh[i][0], fresh[i][1] if rng.random() < self.named else -1) for i in picked]

    def truth(self) -> tuple[dict[PersonId, float], dict[PersonId, int]]:
        """Expected distinct takers of a next post, and newsletter mentions inside the window."""
        activity = self.rate * self.topical * self.inside
        take_up = {}
        for v in range(self.n):
            if not self.inside[v] or self.role[v] == "silent":
                take_up[self.ids[v]] = 0.0
                continue
            readers = np.flatnonzero(self.reads[:, v] & self.inside & (self.role != "silent"))
            expected = 0.0
            for u in readers:
                field = self.reads[u] & self.inside & (self.role != "silent")
                rivals = float((self.appeal * np.minimum(4, 8 * self.rate * self.topical))[field].sum())
                expected += 1 - np.exp(-8 * activity[u] * 1.3 * self.appeal[v] / max(rivals, 1e-9))
            take_up[self.ids[v]] = expected
        picked = np.zeros(self.n)
        for i, (v, _, relevance, _) in enumerate(self.posts):
            if relevance >= 0.5 and self.inside[v]:
                picked[v] += self.rng.random() < min(
                    0.9, 0.25 * self.appeal[v] ** 0.6 * self.luck[i] ** 0.6 * relevance
                )
        return take_up, {self.ids[v]: int(picked[v]) for v in range(self.n)}


def make_world(seed: int, *, weeks: int = 104, named: float = 0.8, scale: float = 1.0) -> World:
    """A world of 398 people.

    Args:
        seed: of everything.
        weeks: length of the window.
        named: share of citations whose link names the post rather than the site.
        scale: factor of each person's posts per week.
    """
    made = Maker(seed, weeks, named, scale)
    made.write()
    take_up, mentions = made.truth()
    first = AS_OF - timedelta(days=7 * weeks)
    site = [SiteId(f"https://{person}.example/") for person in made.ids]
    url = [Url(f"{site[v]}{i}") for i, (v, *_) in enumerate(made.posts)]
    posts = []
    for i, (v, week, relevance, links) in enumerate(made.posts):
        on = first + timedelta(days=int(7 * week + made.rng.integers(0, 7)))
        posts.append(
            Post(
                url=url[i], author=made.ids[v], site=site[v], title=f"Post {i}", text="", language="en", tags=(),
                published_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), time_known=False,
                links=tuple(
                    Link(url[q] if q >= 0 else Url(site[w]), "this", f"I keep coming back to this one, number {k}.", in_body=True)
                    for k, (w, q) in enumerate(links)
                ),
                relevance=relevance, in_window=True, words=400,
            )
        )  # fmt: skip
    people = tuple(
        Person(
            id=person, name=person, kind=PublisherKind.AGGREGATOR if role == "roundup" else PublisherKind.PERSON, kind_reason="made so",
            sites=(home,), accounts=(), confirmations=(), own_words=None, contacts=(), languages=("en",),
        )
        for person, role, home in zip(made.ids, made.role, site, strict=True)
    )  # fmt: skip
    worth = sorted((person for person in take_up if take_up[person] > 0), key=lambda person: -take_up[person])
    middle = worth[len(worth) // 4 : -len(worth) // 4]
    seeds = tuple(sorted(made.rng.choice(middle, 6, replace=False).tolist()))
    planted = {role: tuple(sorted(p for p, r in zip(made.ids, made.role, strict=True) if r == role)) for role in SIZES}
    corpus = Corpus(people, tuple(posts), (), (), (), (first, AS_OF))
    return World(corpus, tuple(PersonId(seed) for seed in seeds), take_up, mentions, planted, max(91.0, 7 * weeks / 4))


def ndcg(order: list[PersonId], gains: dict[PersonId, float], k: int) -> float:
    """Discounted gain of the first k against the best order of all."""
    found = sum(gains.get(person, 0.0) / np.log2(i + 2) for i, person in enumerate(order[:k]))
    best = sum(gain / np.log2(i + 2) for i, gain in enumerate(sorted(gains.values(), reverse=True)[:k]))
    return float(found / best)
