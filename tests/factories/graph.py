"""Small corpora written out by hand: people, posts and links with everything irrelevant filled in."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

from generator.records import (
    Citation,
    CitationFunction,
    CitationGraph,
    Corpus,
    Door,
    DoorState,
    LabelledCitation,
    LabelledGraph,
    Link,
    Person,
    PersonId,
    Post,
    PublisherKind,
    SiteId,
    Url,
)

AS_OF = date(2026, 1, 31)
WINDOW = (date(2024, 2, 1), date(2026, 1, 31))


def person(name: str, *, sites: tuple[str, ...] | None = None, kind: PublisherKind = PublisherKind.PERSON) -> Person:
    homes = sites if sites is not None else (f"https://{name}.example/",)
    return Person(
        id=PersonId(name), name=name.title(), kind=kind, kind_reason="", sites=tuple(SiteId(home) for home in homes),
        accounts=(), confirmations=(), own_words=None, contacts=(), languages=("en",),
    )  # fmt: skip


def link(target: str, sentence: str = "I learned all of this from their excellent notes.", **more) -> Link:
    return Link(Url(target), "notes", sentence, **({"in_body": True} | more))


def post(
    url: str,
    author: str,
    *links: Link,
    on: date | None = date(2026, 1, 31),
    relevance: float = 1.0,
    title: str = "Title",
    text: str = "",
    **more,
) -> Post:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if on else None
    fields = {"in_window": on is None or WINDOW[0] <= on <= WINDOW[1], "words": 300} | more
    return Post(
        url=Url(url), author=PersonId(author), site=SiteId("https://" + url.split("/")[2] + "/"), title=title, text=text,
        published_at=at, time_known=False, language="en", tags=(), links=links, relevance=relevance, **fields,
    )  # fmt: skip


def corpus(people, posts, sites=()) -> Corpus:
    return Corpus(tuple(people), tuple(posts), tuple(sites), (), (), WINDOW)


def labelled_citation(citation: Citation, function: CitationFunction = CitationFunction.MENTIONS) -> LabelledCitation:
    values = {field.name: getattr(citation, field.name) for field in fields(Citation)}
    return LabelledCitation(**values, function=function)


def labelled(graph: CitationGraph) -> LabelledGraph:
    """The graph with every citation a mention."""
    return LabelledGraph(
        graph.people,
        tuple(map(labelled_citation, graph.citations)),
        graph.ties,
        graph.half_life_days,
        graph.centrality,
        tuple(map(labelled_citation, graph.secondary_citations)),
    )


def closed_doors(*people: str) -> tuple[tuple[PersonId, Door], ...]:
    """The contact policies of people who do not want to be approached."""
    return tuple((PersonId(name), Door(DoorState.CLOSED, "they say so", None, None)) for name in people)
