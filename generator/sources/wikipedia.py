"""`wikipedia:Backcountry snowboarding` or `wikipedia:de/Schneebrett`: external links of an article.

The article itself is read, because Wikipedia's robots.txt disallows the API (`/w/`, `/api/`). Its external links
carry `class="external text"` and occur in sections, notes and references; archived copies are replaced by their
originals. Many of the links are papers and newspapers, so a person should choose among them.

Source: https://en.wikipedia.org/robots.txt, https://www.mediawiki.org/wiki/Help:Links
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from generator.records import Extraction
from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import seed_candidate, source_request, unique_by_url
from generator.urls import host_of

WIKIMEDIA_HOSTS = (
    "mediawiki.org",
    "wikimediafoundation.org",
    "wiktionary.org",
    "wikibooks.org",
    "wikiquote.org",
    "wikisource.org",
    "wikivoyage.org",
    "wikinews.org",
    "wikiversity.org",
)


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The article."""
    title = " ".join(query.parts["title"].split())
    if not title:
        return ()
    name = quote((title[0].upper() + title[1:]).replace(" ", "_"), safe="/:(),")
    return source_request(f"https://{query.parts['language'] or 'en'}.wikipedia.org/wiki/{name}", page=True)


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Links to other sites than Wikimedia's, with their text and the title of the article."""
    if answer.extraction is None:
        return SourceReading(broken="no article")
    return SourceReading(unique_by_url(_candidates(answer.extraction, query.words)))


def _candidates(article: Extraction, query: str) -> Iterator[SeedCandidate]:
    for link in (*article.links, *(link for post in article.posts for link in post.links)):
        if not host_of(link.target).endswith(WIKIMEDIA_HOSTS):
            yield from seed_candidate(
                link.target, f"{link.text} ({article.title})" if link.text else article.title, query
            )


SOURCE = SourceDescriptor(
    name="wikipedia",
    grammar=r"(?:(?P<language>[a-z]{2,3}(?:-[a-z]+)?)/)?(?P<title>[^|\[\]{}<>#]{1,250})",
    form="Title of an article",
    mismatch="is not an article's title",
    example="wikipedia:Backcountry skiing",
    finds="sites that an article links to, in its text, notes and external links; `wikipedia:de/Lawine` for German",
    limits="one article, by its exact title; many of its links are papers and newspapers: a person should choose",
    terms="https://en.wikipedia.org/robots.txt",
    empty_answer=("text/html", b"<html><head><title>X</title></head><body><p>A stub.</p></body></html>"),
    start=start,
    parse=parse,
)
