"""A deterministic synthetic report: twelve hand-named people (hostile names among them), as many more as asked for.

Shared by the render, publish and browser tests; nothing here is crawled and no fact is about anybody real.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from selectolax.lexbor import LexborHTMLParser

from generator.config import Brief, SiteSection, Topic, TopicSection
from generator.records import (
    Adoption,
    Burst,
    Cadence,
    Change,
    Changes,
    Circle,
    CircleId,
    CircleMember,
    Circles,
    CitationFunction,
    CommonGround,
    Confirmation,
    Contact,
    ContactKind,
    Conversation,
    ConversationTree,
    Corpus,
    Counts,
    Direction,
    Door,
    DoorState,
    Dropped,
    Evidence,
    FirstCitation,
    FirstMention,
    Generosity,
    HistoryEntry,
    Insight,
    ItemKind,
    Judgement,
    LabelledCitation,
    LabelledGraph,
    NearMiss,
    OfferMatch,
    PastRun,
    PathStep,
    Period,
    Person,
    PersonId,
    Phrase,
    Post,
    ProfileInsight,
    PublisherKind,
    Quotation,
    RecommendedPost,
    Relationship,
    Report,
    Shortlist,
    ShortlistEntry,
    Signal,
    Site,
    SiteId,
    SiteState,
    Stance,
    Standing,
    StyleFacts,
    Tag,
    TagPerson,
    Tie,
    TreeNode,
    Trend,
    TrendingItem,
    Url,
    Worksheet,
)  # fmt: skip
from generator.render import render_report

AS_OF = date(2026, 1, 31)

SCRIPT = "<script>window.pwned=1</script>"
IMG = "<img src=x onerror=window.pwned=1>"
BREAKOUT = '"><svg onload=window.pwned=1>'

NAMES = (
    ("ada-example", "Ada Example", PublisherKind.PERSON),
    ("bo-script", f"Bo {SCRIPT}", PublisherKind.PERSON),
    ("cy-quote", 'Cy "quote" | pipe [x](javascript:alert(1)) {{ 7*7 }}', PublisherKind.PERSON),
    ("mrym", "مريم الجبال 🏔️", PublisherKind.PERSON),
    ("x", "../../x", PublisherKind.PERSON),
    ("sam-twin", "Sam Twin", PublisherKind.PERSON),
    ("sam-twin-2", "Sam Twin", PublisherKind.PERSON),
    ("dee-img", f"Dee {IMG}", PublisherKind.PERSON),
    ("eve-breakout", f"Eve {BREAKOUT}", PublisherKind.PERSON),
    (
        "flora-long",
        "Flora Maria Antoinette van der Wijk-Hohenzollern-Sigmaringen of the High Passes",
        PublisherKind.PERSON,
    ),
    ("avalanche-board", "The Avalanche Board", PublisherKind.ORGANISATION),
    ("snow-links", "Snow Links Weekly", PublisherKind.AGGREGATOR),
)
QUOTES = (
    "Ada's pit-digging notes changed how I read a slope, and I now teach them first.",
    f"As Bo {SCRIPT} showed last winter, the buried layer is the story.",
    "I disagree with {{ config }} on skin wax, but read the comments | they are gold [really](javascript:alert(1)).",
    "شكرا جزيلا على هذا الدرس الرائع 🏔️ في قراءة الثلج.",
    f"Thanks to Eve {BREAKOUT} for the splitboard template.",
)
CIRCLE_NAMES = ("avalanche & snowpack", f"splitboard {IMG} makers", "park to backcountry")


def topic() -> Topic:
    """The topic the report is about, with a brief that uses every key."""
    return Topic(
        topic=TopicSection(name="Extreme <b>snowboarding</b> & more", keywords=("splitboard", "avalanche")),
        seeds=("https://ada.example/", "hn:splitboarding"),
        brief=Brief(client="Alpine Flask", story="A thermos that survives a tomahawk tumble.",
                    offer=("early sample", "ride-along with the design team"), region="uk",
                    known=("https://sam.example/",)),
        site=SiteSection(),
    )  # fmt: skip


class _Makers:
    """Everything of one report, made from the position of each person."""

    def __init__(self, size: int) -> None:
        extra = tuple((f"person-{n}", f"Person Number {n}", PublisherKind.PERSON) for n in range(13, size + 1))
        self.names = (NAMES + extra)[:size]
        self.ids = tuple(PersonId(slug) for slug, _, _ in self.names)
        self.circle = {pid: CircleId(("snowpack", "splitboard", "park")[i % 3]) for i, pid in enumerate(self.ids)}

    def site(self, i: int) -> SiteId:
        return SiteId(f"https://{self.names[i][0]}.example/")

    def post_url(self, i: int, n: int) -> Url:
        return Url(f"{self.site(i)}posts/{n}")

    def day(self, i: int, n: int) -> date:
        return AS_OF - timedelta(days=7 * i % 90 + 70 * n + 3)

    def title(self, i: int, n: int) -> str:
        return ("Reading the snowpack", f"Waxing {IMG}", "A [link](javascript:alert(1)) {{ 7*7 }} | day")[(i + n) % 3]

    def posts(self) -> tuple[Post, ...]:
        return tuple(
            Post(url=self.post_url(i, n), author=pid, site=self.site(i), title=self.title(i, n), text="Snow. " * 60,
                 published_at=datetime.combine(self.day(i, n), datetime.min.time(), UTC), time_known=False,
                 language="en", tags=("snow",), links=(), relevance=0.8 if n < 4 else 0.2, in_window=True, words=60)
            for i, pid in enumerate(self.ids) for n in range(5)
        )  # fmt: skip

    def people(self) -> tuple[Person, ...]:
        return tuple(
            Person(id=self.ids[i], name=name, kind=kind, kind_reason="writes as I" if kind is PublisherKind.PERSON else "says we",
                   sites=(self.site(i),), accounts=(Url(f"https://social.example/@{slug}"), Url("javascript:alert(1)")),
                   confirmations=(Confirmation(self.site(i), "feed author on 5 of 5 posts", 0.95, self.post_url(i, 0)),
                                  Confirmation(name, f"byline {SCRIPT}", 0.6)),
                   own_words=Quotation(f"I ride and write. {IMG}", Url(f"{self.site(i)}about"), self.day(i, 1), "About")
                   if i % 4 else None,
                   contacts=(Contact(ContactKind.EMAIL, f"hello@{slug}.example", self.post_url(i, 0), AS_OF, "Write to me"),
                             Contact(ContactKind.FORM, "javascript:alert(1)", self.post_url(i, 0), AS_OF))
                   if i % 2 == 0 else (),
                   languages=("ar",) if slug == "mrym" else ("en",), feeds=(Url(f"{self.site(i)}feed.xml"),))
            for i, (slug, name, kind) in enumerate(self.names)
        )  # fmt: skip

    def pairs(self) -> tuple[tuple[int, int], ...]:
        n = len(self.ids)
        near = [(i, j) for i in range(n) for j in (i // 2, i // 3, (i + 3) % n) if i != j]
        return tuple(sorted(set(near)))

    def citations(self) -> tuple[LabelledCitation, ...]:
        kinds = tuple(CitationFunction)
        return tuple(
            LabelledCitation(citing=self.ids[i], cited=self.ids[j], post=self.post_url(i, 0), post_title=self.title(i, 0),
                     target=self.post_url(j, 1), target_post=self.post_url(j, 1), published_on=self.day(i, 0),
                     quote=QUOTES[(i + j) % len(QUOTES)], citing_relevance=0.8, cited_relevance=0.8, in_window=True,
                     function=kinds[(i + 2 * j) % len(kinds)])
            for i, j in self.pairs()
        )  # fmt: skip

    def circles(self) -> Circles:
        def one(cid: str, name: str, others: tuple[str, ...]) -> Circle:
            mine = [pid for pid in self.ids if self.circle[pid] == cid]
            members = tuple(CircleMember(pid, 0.95 - 0.03 * (k % 5), core=k < 3) for k, pid in enumerate(mine))
            bridges = tuple((CircleId(o), 0.3 - 0.1 * k) for k, o in enumerate(others))
            return Circle(CircleId(cid), name, ("snow pit", "faceted layer", f"beacon {SCRIPT}"), members, bridges,
                          tuple(mine[:3]))  # fmt: skip

        return Circles(
            (one("snowpack", CIRCLE_NAMES[0], ("splitboard", "park")), one("splitboard", CIRCLE_NAMES[1], ("park",)),
             one("park", CIRCLE_NAMES[2], ())), resolution=1.0, stability=0.92, modularity=0.41,
        )  # fmt: skip

    def evidence(self, j: int) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(c.function, c.citing, c.post, c.post_title, c.published_on, c.quote, c.target)
            for c in self.citations_of.get(self.ids[j], ())
        )

    def standings(self) -> tuple[Standing, ...]:
        found: dict[PersonId, list[LabelledCitation]] = {}
        for c in self.citations():
            found.setdefault(c.cited, []).append(c)
        self.citations_of = found
        size = len(self.ids)
        return tuple(self._standing(i, size) for i in range(size))

    def _standing(self, i: int, size: int) -> Standing:
        level = 1 - i / size
        names = (("reach", 0.25), ("resonance", 0.30), ("devotion", 0.25), ("trust", 0.1), ("relevance", 0.1),
                 ("originality", 0.0), ("brokerage", 0.0))  # fmt: skip
        signals = tuple(
            Signal(name, round(level * (k + 1), 3), round(3 * level - 1, 3), weight, i + 2 if weight else None,
                   f"{round(level * (k + 1), 1)} of it, in words {SCRIPT}")
            for k, (name, weight) in enumerate(names)
        )  # fmt: skip
        citers = tuple(sorted({c.citing for c in self.citations_of.get(self.ids[i], ())}))
        return Standing(
            person=self.ids[i], rank=i + 1, tier=1 + i // 4, score=level, standing=round(0.95 * level, 4),
            interval=(round(max(0.0, 0.95 * level - 0.06), 4), round(min(1.0, 0.95 * level + 0.03), 4)),
            rank_interval=(max(1, i - 1), i + 3), signals=signals, trusted=i < size - 2, silent=i % 7 == 6,
            citers=citers, citers_180d=citers[:1], evidence=self.evidence(i), posts_total=5, posts_on_topic=4,
            first_on=self.day(i, 4), last_on=self.day(i, 0),
        )  # fmt: skip

    def shortlist(self, k: int) -> Shortlist:
        persons = [pid for i, pid in enumerate(self.ids) if self.names[i][2] is PublisherKind.PERSON][:k]
        adds = [0.3 * 0.7**n for n in range(len(persons))]
        entries = tuple(
            ShortlistEntry(pid, n + 1, adds[n], sum(adds[: n + 1]), self.ids[n + 1 : n + 4])
            for n, pid in enumerate(persons)
        )
        return Shortlist(entries, (NearMiss(self.ids[8], f"reaches whom Ada reaches {SCRIPT}"),), sum(adds), 0.41,
                         self.ids[:k])  # fmt: skip

    def profile(self, i: int) -> ProfileInsight:
        months = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(1, 25)]
        states = tuple(DoorState)
        quote = Quotation(f"Pitches welcome if you ride. {SCRIPT}", Url(f"{self.site(i)}about"), None, "About me")
        reading = RecommendedPost(
            self.post_url(i, 0), self.title(i, 0), self.day(i, 0), "the most cited of the year", 6
        )
        return ProfileInsight(
            person=self.ids[i], phrases=(Phrase("buried layer", 4.2, 3, self.post_url(i, 0)), Phrase(IMG, 2.0, 1)),
            tags=("snow", f"tag {SCRIPT}"), read_first=(reading, reading), questions=(quote,), champions=(quote,),
            activity=tuple(Period(m, (i + k) % 5, (i + k) % 4, k % 3) for k, m in enumerate(months)),
            direction=tuple(Direction)[i % 5], direction_because="4 posts in the last half-year against 3 as a habit",
            cadence=Cadence(12.5, "Tuesday", 7, 24) if i % 3 else Cadence(None, None, None, 0),
            style=StyleFacts(3_000, 640, 17.2, 0.08, 4.1, 21.0, 6.0, 11.0, 9.0, 500, "Long, direct, often asking.")
            if i % 5 else None,
            door=Door(states[i % 4], "says so on the about page", quote if i % 4 < 3 else None,
                      quote.url if i % 4 < 3 else None),
            early_citations=(self.ids[(i + 5) % len(self.ids)],), wishes=(quote,) if i % 2 else (),
            generosity=Generosity((FirstCitation(self.ids[(i + 1) % len(self.ids)], self.post_url(i, 0), self.title(i, 0),
                                                 self.day(i, 0)),), i % 4, 8, 0.125) if i % 3 else None,
        )  # fmt: skip

    def worksheet(self, i: int) -> Worksheet:
        reading = RecommendedPost(self.post_url(i, 0), self.title(i, 0), self.day(i, 0), "where the argument began", 6)
        said = Quotation(f"A flask that survives a fall {IMG} is all I ask.", self.post_url(i, 1), self.day(i, 1))
        proof = self.evidence(i)[:1]
        return Worksheet(
            person=self.ids[i], why="Credited by three people who rarely agree.", why_quote=proof[0] if proof else None,
            listen_first=(reading,) * 3, common_ground=(CommonGround("a flask that survives", said, Stance.WISHES, ("flask",), 3.1),),
            offers=(OfferMatch("early sample", "they try things out", replace(said, text="I tested it.")),),
            path=tuple(PathStep(e.by, self.ids[i], e) for e in proof), path_note="" if proof else "No path found.",
            verify=(f"Still rides in Chamonix {SCRIPT}",), avoid=("Do not mention the lost contest.",),
            history=self.history() if i == 0 else (),
        )  # fmt: skip

    def history(self) -> tuple[HistoryEntry, ...]:
        """What was noted of the first person."""
        return (HistoryEntry(self.ids[0], date(2025, 11, 2), "in person", "out", f"SECRET chat {IMG}", "a sample",
                             "send it", date(2026, 2, 9)),)  # fmt: skip

    def relationships(self) -> tuple[Relationship, ...]:
        """The book: the first person, somebody off the short list, and somebody the report no longer holds."""
        other = HistoryEntry(self.ids[7], date(2025, 1, 2), "email", "in", "SECRET word", due_on=date(2026, 1, 5))
        gone = HistoryEntry("Gone <b>Person</b>", date(2024, 1, 2), "event", "both", "SECRET supper")
        return (Relationship(self.ids[7], NAMES[7][1], (other,)), Relationship(self.ids[0], NAMES[0][1], self.history()),
                Relationship(None, "Gone <b>Person</b>", (gone,)))  # fmt: skip

    def conversation(self) -> Conversation:
        months = (*(date(2025, m, 1) for m in range(2, 13)), date(2026, 1, 1))
        trends = (
            *(
                Trend(term, tuple((k * s) % 7 for k in range(12)), 30, c, self.ids[:3])
                for term, s, c in (("buried layer", 3, 1.2), (f"wax {SCRIPT}", 2, -0.7), ("split kit", 5, 0.0))
            ),
            Trend(
                f"A map {IMG}", (0, 1) * 6, 6, 0.4, self.ids[:3], ItemKind.LINK, "https://maps.example/x", (0, 1) * 6
            ),
            Trend("Ada Example", (1, 2) * 6, 18, -0.4, self.ids[1:4], ItemKind.PERSON, "ada-example", (1, 2) * 6),
        )
        nodes = tuple(
            TreeNode(self.post_url(k, 0), self.ids[k], self.title(k, 0), self.day(k, 0),
                     self.post_url(k - 1, 0) if k else None, k, QUOTES[k]) for k in range(4)
        )  # fmt: skip
        lately = (TrendingItem(ItemKind.PERSON, "Ada Example", "ada-example", 4, 5), TrendingItem(ItemKind.PHRASE, IMG, IMG, 3, 3),
                  TrendingItem(ItemKind.LINK, "A map", "https://maps.example/x", 2, 2),
                  TrendingItem(ItemKind.LINK, "evil", "javascript:alert(1)", 2, 2))  # fmt: skip
        bursts = (
            Burst("buried layer", date(2025, 11, 1), date(2025, 12, 9), 3.1, (self.post_url(0, 0),), count=7, people=3),
            Burst("Ada Example", date(2025, 3, 1), date(2025, 4, 30), 2.2, (), ItemKind.PERSON, "ada-example", 5, 2),
            Burst("evil", date(2025, 3, 1), date(2025, 4, 30), 2.1, (), ItemKind.LINK, "javascript:alert(1)", 5, 2),
        )
        return Conversation(months, trends, bursts, (ConversationTree(nodes[0].post, nodes, 4),), lately,
                            (date(2026, 1, 1), AS_OF), tuple(range(12)), fine=months, first_mentions=self.first_mentions(),
                            tags=self.tags())  # fmt: skip

    def first_mentions(self) -> tuple[FirstMention, ...]:
        shares = tuple(
            Adoption(self.ids[k], self.post_url(k, 0), date(2025, 3 + k, 1), credits_first=k == 2) for k in range(4)
        )
        return (FirstMention(ItemKind.LINK, f"The paper {SCRIPT}", "https://papers.example/1", shares, QUOTES[1]),
                FirstMention(ItemKind.LINK, "evil", "javascript:alert(1)", shares[:3]),
                FirstMention(ItemKind.PHRASE, "ghost layer", "ghost layer", shares, QUOTES[0]))  # fmt: skip

    def tags(self) -> tuple[Tag, ...]:
        def one(tag_id: str, name: str, *who: int, using: tuple[int, ...] = (), phrase: bool = False) -> Tag:
            people = tuple(TagPerson(self.ids[k], 4, self.post_url(k, 1), self.day(k, 1), k not in using)
                           for k in (*who, *using))  # fmt: skip
            cited = ((self.post_url(who[0], 1), (self.ids[2], self.ids[3])),)
            return Tag(tag_id, name, people, 4 * len(who), (1, 0, 2) * 4, 0.8, cited, phrase)

        return (one("avalanche-airbags", "avalanche airbags", 0, 1, using=(2,)),
                one("wax-1a2b3c", f"wax {SCRIPT}", 1, phrase=True))  # fmt: skip

    def changes(self, *, first: bool) -> Changes:
        if first:
            return Changes(None, (), AS_OF)
        return Changes(date(2026, 1, 24), (
            Change("new", self.ids[2], self.names[2][1], f"{self.names[2][1]} is heard for the first time."),
            Change("moved", self.ids[0], "Ada Example", "Ada Example moved from 3 to 1 as two new people credit her.",
                   self.post_url(1, 0)),
            Change("gone", PersonId("left-away"), "Left Away", "Left Away no longer clears the topic."),
        ), AS_OF)  # fmt: skip

    def since(self, day: date) -> Changes:
        risen = Change(
            "moved", self.ids[1], self.names[1][1], f"{self.names[1][1]} rose from rank 9 to 2.", self.post_url(1, 0)
        )
        return Changes(day, (risen,), AS_OF)

    def step(self) -> Changes:
        cited = Change("cited", self.ids[0], "Ada Example", "Ada Example cites Sam Twin in “A post” (1 January 2026).",
                       self.post_url(0, 0))  # fmt: skip
        again = replace(
            cited, sentence="Ada Example cites Sam Twin in “Another” (2 January 2026).", url=self.post_url(0, 1)
        )
        return Changes(date(2026, 1, 17), (cited, again), date(2026, 1, 24))

    def sites(self) -> tuple[Site, ...]:
        kept = tuple(
            Site(self.site(i), name, SiteState.IN, "mean relevance 0.71 over 5 posts", "seed" if i < 2 else
                 f"cited by {self.site(0)}", 0 if i < 2 else 1, (Url(f"{self.site(i)}feed.xml"),), (), 7, 5, 4, 0.71)
            for i, (_, name, _) in enumerate(self.names)
        )  # fmt: skip
        return (
            *kept,
            Site(
                SiteId("https://casino.example/"), f"Casino {SCRIPT}", SiteState.OUT, "mean relevance 0.03", "cited", 1
            ),
            Site(SiteId("https://gone.example/"), "", SiteState.UNREACHED, "robots.txt says no", "seed", 0),
        )


def make_report(size: int = 12, *, shortlist: int = 5, floors: tuple[str, ...] = (), first: bool = False) -> Report:
    """The report: `size` people (at least nine), `shortlist` places, `floors` missed, `first` run or not."""
    make = _Makers(size)
    standings = make.standings()
    citations = make.citations()
    ties = tuple(Tie(c.citing, c.cited, 1.0, 0.6 + 0.3 * (k % 6), 1) for k, c in enumerate(citations))
    corpus = Corpus(make.people(), make.posts(), make.sites(), ((make.ids[0], make.ids[1]),), (), (date(2024, 2, 1), AS_OF),
                    (Dropped("https://a.example/dup", "near-duplicate"), Dropped("https://b.example/", "near-duplicate")))  # fmt: skip
    chosen = make.shortlist(shortlist)
    at = {pid: i for i, pid in enumerate(make.ids)}
    insight = Insight(
        profiles=tuple(make.profile(i) for i in range(len(make.ids))),
        rationales=tuple((pid, f"Credited by 3 people for field notes {SCRIPT if i % 5 == 1 else 'that others teach from'}.")
                   for i, pid in enumerate(make.ids)),
        conversation=make.conversation(), worksheets=tuple(make.worksheet(at[e.person]) for e in chosen.entries),
        changes=make.changes(first=first), verdict=PastRun(AS_OF, (), ()),
        earlier=() if first else (make.since(date(2025, 12, 31)), Changes(date(2025, 11, 30), (), AS_OF)),
        steps=() if first else (make.step(),), relationships=make.relationships(),
        circle_questions=((CircleId("snowpack"), (Quotation(f"Who digs? {IMG}", make.post_url(0, 0), AS_OF),)),),
        circle_links=((CircleId("snowpack"), (TrendingItem(ItemKind.LINK, "Pit form", "https://pits.example/form", 3, 4),)),),
    )  # fmt: skip
    judgement = Judgement(
        standings, chosen, (("reach", 0.25), ("resonance", 0.3), ("devotion", 0.25), ("trust", 0.1), ("relevance", 0.1)),
        183.0, 0.83, ("Only 83 % of people have any trust.",), (Dropped("https://c.example/", "off topic"),),
    )  # fmt: skip
    counts = Counts(len(corpus.sites), len(corpus.sites) - 1, size, 5 * size, 4 * size, len(citations), size, 9 * size, 2,
                    (("not-found", 3), ("robots", 1)))  # fmt: skip
    return Report(AS_OF, corpus, LabelledGraph(tuple(sorted(make.ids)), citations, ties), make.circles(), judgement,
                  insight, counts, floors)  # fmt: skip


def text_of(body: str, selector: str) -> str:
    """The words of the first element a selector finds; "" where it finds none."""
    node = LexborHTMLParser(body).css_first(selector)
    return " ".join(node.text().split()) if node else ""


def render(report, settings=None) -> dict[str, str]:
    """Bodies of all pages by path."""
    return {page.path: page.body for page in render_report(report, settings or topic()).pages}
