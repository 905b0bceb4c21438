"""Records for the tests of insight, with as little said as the rule under test needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from generator.config import Brief, Topic, TopicSection
from generator.languages.language import load_language
from generator.records import (
    Circle,
    CircleMember,
    Circles,
    CitationFunction,
    Corpus,
    Evidence,
    Judgement,
    LabelledCitation,
    LabelledGraph,
    Link,
    OwnPage,
    PageKind,
    Person,
    Post,
    PublisherKind,
    Shortlist,
    ShortlistEntry,
    Signal,
    Standing,
    Tie,
)

AS_OF = date(2026, 1, 31)
WINDOW = (date(2024, 1, 1), AS_OF)
FILLER = "The snow had settled for a week and the light was flat all morning."


def english(_post):
    """The language of every post in tests of English text."""
    return load_language("en")


def person(
    slug,
    name="",
    *,
    kind=PublisherKind.PERSON,
    accounts=(),
    contacts=(),
    comments_open=None,
    languages=("en",),
    confirmations=(),
):
    return Person(
        slug,
        name or slug.title(),
        kind,
        "",
        (f"https://{slug}.example/",),
        tuple(accounts),
        tuple(confirmations),
        None,
        tuple(contacts),
        languages,
        comments_open=comments_open,
    )


def link(target, text, sentence=""):
    return Link(target, text, sentence or text, in_body=True)


def post(
    url,
    author,
    *,
    title="A post",
    text="Some words about snow.",
    on=date(2025, 6, 1),
    hour=None,
    tags=(),
    links=(),
    relevance=0.9,
    words=None,
    quotable=True,
    in_reply_to=(),
    language="en",
):
    at = None if on is None else datetime(on.year, on.month, on.day, hour or 0, tzinfo=UTC)
    return Post(
        url,
        author,
        f"https://{author}.example/",
        title,
        text,
        at,
        hour is not None,
        language,
        tuple(tags),
        tuple(links),
        relevance,
        on is None or WINDOW[0] <= on <= WINDOW[1],
        words if words is not None else len(text.split()),
        quotable=quotable,
        in_reply_to=tuple(in_reply_to),
    )


def page(owner, text, *, kind=PageKind.ABOUT, path="about"):
    return OwnPage(owner, f"https://{owner}.example/{path}", kind, path.title(), text)


def corpus(people, posts=(), pages=()):
    return Corpus(tuple(people), tuple(posts), (), (), tuple(pages), WINDOW)


def citation(citing, cited, quote="", **changes):
    base = {
        "citing": citing.author, "cited": cited.author, "post": citing.url, "post_title": citing.title, "target": cited.url,
        "target_post": cited.url, "published_on": citing.published_on, "quote": quote, "citing_relevance": citing.relevance,
        "cited_relevance": cited.relevance, "in_window": True,
        "function": CitationFunction.MENTIONS,
    }  # fmt: skip
    return LabelledCitation(**(base | changes))


def graph(citations: Sequence[LabelledCitation] = (), people=()):
    pairs = sorted({(c.citing, c.cited) for c in citations})
    ties = tuple(Tie(a, b, 1.0, float(sum((c.citing, c.cited) == (a, b) for c in citations)), 1) for a, b in pairs)
    return LabelledGraph(tuple(sorted(people)), tuple(citations), ties)


def circles(*groups):
    made = tuple(
        Circle(
            f"circle-{number}",
            f"Circle {number}",
            (),
            tuple(CircleMember(slug, 1.0, core=False) for slug in group),
            (),
            (),
        )
        for number, group in enumerate(groups, start=1)
    )
    return Circles(made, 1.0, 1.0, 0.4)


def standing(
    slug, rank=1, *, signals=(), silent=False, first_on=date(2024, 2, 1), last_on=date(2026, 1, 1), evidence=()
):
    made = tuple(Signal(name, 0.0, level, weight, None, "") for name, level, weight in signals)
    return Standing(
        slug,
        rank,
        1,
        1.0,
        0.9,
        (0.8, 0.95),
        (rank, rank),
        made,
        trusted=True,
        silent=silent,
        citers=(),
        citers_180d=(),
        evidence=tuple(evidence),
        posts_total=3,
        posts_on_topic=3,
        first_on=first_on,
        last_on=last_on,
    )


def judgement(standings, shortlist=()):
    entries = tuple(ShortlistEntry(slug, place, 0.1, 0.1 * place, ()) for place, slug in enumerate(shortlist, start=1))
    return Judgement(tuple(standings), Shortlist(entries, (), 0.5, 0.4, ()), (), 182.0, 0.9)


def topic(keywords=("snow",), **brief):
    return Topic(
        topic=TopicSection(name="Snow", keywords=keywords), seeds=("https://a.example/",), brief=Brief(**brief)
    )


def evidence(kind, by, on=date(2025, 5, 1), quote="Words."):
    return Evidence(kind, by, f"https://{by}.example/p", "A post", on, quote, "https://x.example/")
