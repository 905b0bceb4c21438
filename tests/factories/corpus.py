"""Short ways to say what was read, for tests of the corpus and discover stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from generator.config import Topic, TopicSection
from generator.corpus import CorpusResult, TermVectoriser, build_corpus
from generator.corpus.site_authors import SiteAuthor
from generator.records import (
    Contact,
    ContactKind,
    ExtractedPost,
    Extraction,
    Link,
    Mention,
    NameSource,
    PageKind,
    PublisherKind,
    Site,
    SiteId,
    SiteState,
    Url,
)
from generator.urls import url_key

FILLER = (
    "The morning began slowly with coffee and a long look at the window before anybody spoke about going outside today. "
    "We talked about the week, the people in the valley and what each of them had planned for the season ahead of us."
)
TOPICAL = "A splitboard tour asks for patience: the splitboard skins, the avalanche bulletin and the weak layer decide the line."


def link(target: str, sentence: str = "", *, in_body: bool = True, text: str = "here") -> Link:
    """A link with its sentence."""
    return Link(Url(target), text, sentence or f"As {target} says.", in_body)


def post(
    url: str,
    *,
    title: str = "",
    text: str = "",
    on: str | None = "2025-06-01",
    author: str = "",
    found: NameSource = NameSource.FEED_AUTHOR,
    links: tuple[Link, ...] = (),
    from_feed: bool = True,
    full: bool = True,
    language: str = "en",
    tags: tuple[str, ...] = (),
    topical: bool = True,
    source: str = "",
) -> ExtractedPost:
    """A post about splitboarding unless told otherwise; every address has its own words, so that none is a copy."""
    own = " ".join(f"{word}{hash_of(url)}x{i}" for i, word in enumerate(["ridge", "gully", "bowl", "spine"] * 40))
    when = datetime.fromisoformat(on).replace(tzinfo=UTC) if on else None
    return ExtractedPost(
        url=Url(url),
        title=title or f"Notes {own[:12]}",
        text=text or f"{(TOPICAL + ' ') * 3 if topical else FILLER} {FILLER} {own}",
        published_at=when,
        time_known=False,
        language=language,
        authors=(Mention(author, found, Url(url)),) if author else (),
        tags=tags,
        links=links,
        from_feed=from_feed,
        full=full,
        source=Url(source or url),
    )


def hash_of(text: str) -> int:
    """A small hash that is the same in every process."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(text))


def page(url: str, *posts: ExtractedPost, kind: PageKind = PageKind.FEED, **more: object) -> Extraction:
    """What one snapshot says."""
    fields: dict[str, object] = {
        "title": "", "description": "", "language": "en", "mentions": (), "contacts": (), "links": (), "feeds": (),
        "internal": (), "rel_me": (), "blogroll": (), "text": "",
    }  # fmt: skip
    return Extraction(url=Url(url), kind=kind, posts=posts, **{**fields, **more})


def site(root: str, *, hop: int = 0, aliases: tuple[str, ...] = ()) -> Site:
    """A site as the frontier hands it over."""
    return Site(SiteId(root), "", SiteState.OUT, "not judged yet", "seed", hop, aliases=aliases)


def blog(root: str, author: str, n: int = 4, *, topical: bool = True, **more: object) -> Extraction:
    """A feed of n posts by one author."""
    posts = [post(f"{root}p{i}", author=author, topical=topical, on=f"2025-0{i % 9 + 1}-11") for i in range(n)]
    return page(f"{root}feed.xml", *posts, title=f"Blog at {root}", **more)


def topic(**more: object) -> Topic:
    """A topic about splitboarding."""
    section = TopicSection(
        name="Splitboarding", keywords=("splitboard", "avalanche", "weak layer"), **more.pop("topic", {})
    )
    return Topic(topic=section, seeds=("https://a.example/",), **more)


def build(*pages: Extraction, sites: tuple[Site, ...], for_topic: Topic | None = None, **more: object) -> CorpusResult:
    """The corpus of what was read."""
    chosen = for_topic or topic()
    arguments: dict[str, object] = {"redirects": {}, "known_slugs": {}, "as_of": date(2026, 1, 31), **more}
    vectoriser = TermVectoriser(chosen.topic.keywords, chosen.topic.exclude)
    return build_corpus(pages, sites, topic=chosen, vectoriser=vectoriser, **arguments)


def key(url: str) -> str:
    """`url_key` by a short name."""
    return url_key(url)


def contact(value: str, root: str, *, as_kind: ContactKind = ContactKind.EMAIL) -> Contact:
    """A contact point found on a page of a site."""
    return Contact(as_kind, value, Url(root), date(2026, 1, 9))


def site_author(
    root: str, name: str, *, links: Iterable[str] = (), posts: int = 1, owns_site: bool = True, **more: object
) -> SiteAuthor:
    """An author of a site: its owner, or a person who only signs there."""
    fields: dict[str, object] = {
        "key": url_key(root) if owns_site else f"{url_key(root)}#{name.casefold().replace(' ', '-')}",
        "kind": PublisherKind.PERSON,
        "kind_reason": "one author",
        "name_how": "found",
        "confidence": 0.9,
        "page": None,
    }
    return SiteAuthor(
        site=SiteId(root),
        name=name,
        posts=tuple(Url(f"{root}p{i}") for i in range(posts)),
        links=frozenset(Url(url) for url in links),
        owns_site=owns_site,
        **{**fields, **more},
    )
