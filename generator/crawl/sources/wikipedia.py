"""`wikipedia:Backcountry snowboarding` or `wikipedia:de/Schneebrett`: external links of an article.

The article itself is read, because Wikipedia's robots.txt asks crawlers to keep to articles and closes the API
(`/w/`, `/api/`). Its external links carry `class="external text"` and stand in sections, notes and references;
of archived copies the original is taken. A proposal for a human: much of it will be papers and newspapers.

Source: https://en.wikipedia.org/robots.txt, https://www.mediawiki.org/wiki/Help:Links
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from generator.crawl.sources.protocol import (
    SeedCandidate,
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError
from generator.records import Extraction
from generator.urls import host_of

EXAMPLE = "wikipedia:Backcountry skiing"
FINDS = "sites that an article links to, in its text, notes and external links; `wikipedia:de/Lawine` for German"
LIMITS = "one article, by its exact title; many of its links are papers and newspapers: best with a human eye"

QUERY = re.compile(r"(?:(?P<language>[a-z]{2,3}(?:-[a-z]+)?)/)?(?P<title>[^|\[\]{}<>#]{1,250})")
HOUSE = (
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


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The article."""
    match = QUERY.fullmatch(question.words)
    if match is None:
        raise UsageError(f"Seed wikipedia:{question.words} is no article's title.\n  Write {EXAMPLE}.")
    title = " ".join(match["title"].split())
    name = quote((title[0].upper() + title[1:]).replace(" ", "_"), safe="/:(),")
    return source_request(f"https://{match['language'] or 'en'}.wikipedia.org/wiki/{name}", page=True)


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Links that leave the encyclopedia, in the sentence they stand in."""
    if answer.extraction is None:
        return SourceReading(broken="no article")
    return SourceReading(unique_by_url(_leads(answer.extraction, question.words)))


def _leads(article: Extraction, query: str) -> Iterator[SeedCandidate]:
    for link in (*article.links, *(link for post in article.posts for link in post.links)):
        if not host_of(link.target).endswith(HOUSE):
            yield from seed_candidate(
                link.target, f"{link.text} ({article.title})" if link.text else article.title, query
            )
