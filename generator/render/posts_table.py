"""data/posts.csv: every post of the people shown, on the topic or not."""

from __future__ import annotations

from collections import defaultdict

from generator.formatting import iso
from generator.records import PersonId, RenderedFile, Url
from generator.render.report_index import ReportIndex
from generator.render.tables import csv_file

COLUMNS = (
    "url",
    "title",
    "date",
    "author",
    "site",
    "language",
    "on_topic",
    "relevance",
    "words",
    "tags",
    "cited_by",
)


def posts_csv(index: ReportIndex) -> RenderedFile:
    """All posts by address.

    `date` is ISO 8601 or empty, `author` a person's id, `relevance` in [0, 1], `tags` are joined by "; ", and
    `cited_by` counts the people whose citations name the post.
    """
    citing: defaultdict[Url, set[PersonId]] = defaultdict(set)
    for citation in index.report.graph.citations:
        if citation.target_post is not None:
            citing[citation.target_post].add(citation.citing)
    rows = (
        (
            post.url,
            post.title,
            iso(post.published_on),
            post.author,
            post.site,
            post.language,
            "yes" if post.on_topic else "no",
            f"{post.relevance:.4f}",
            post.words,
            "; ".join(tag.replace(";", ",") for tag in post.tags),
            len(citing[post.url]),
        )
        for post in sorted(index.report.corpus.posts, key=lambda post: post.url)
    )
    return csv_file("data/posts.csv", COLUMNS, rows)
