"""Render a report as page bodies and files.

Takes `Report` and the topic; returns `RenderedSite`. Each scored person gets a profile and each circle a page.
Rendering uses no clock, randomness or network, and reads only templates. Templates receive frozen view models,
never records, and escape all text.
"""

from __future__ import annotations

from dataclasses import replace

from generator.config import Topic
from generator.records import RenderedPage, RenderedSite, Report
from generator.render.brief import brief_pages
from generator.render.changes import changes_feed, changes_pages
from generator.render.circles import circle_page, circles_index
from generator.render.conversation import conversation_page
from generator.render.data import data_page
from generator.render.exports import gexf, graphml, opml, vcards
from generator.render.home import home_page
from generator.render.links import file_path
from generator.render.map_page import map_page
from generator.render.maps import positions
from generator.render.method import method_page
from generator.render.people_table import people_page
from generator.render.personality import reading_files
from generator.render.posts_table import posts_csv
from generator.render.profile import profile_page
from generator.render.report_index import ReportIndex
from generator.render.tables import (
    citations_csv,
    crm_csv,
    people_csv,
    people_json,
    signal_levels,
    sites_csv,
    trends_csv,
)
from generator.render.tags import tag_links, tag_pages

__all__ = ["render_report"]


def render_report(report: Report, topic: Topic) -> RenderedSite:
    """Return the whole site, ready for publishing.

    Args:
        report: everything the stages found; every standing's person is in the corpus.
        topic: its name, brief and site section head the pages.

    Returns:
        Pages in navigation order, then comparisons, tags, circles, profiles by rank; files of data/ and the feed.

    Raises:
        PublishError: an id cannot be a file name, or the templates are missing.
    """
    for folder, stem in (
        [("people", s.person) for s in report.judgement.standings]
        + [("circles", circle.id) for circle in report.circles.circles]
        + [("tags", tag.id) for tag in report.insight.conversation.tags]
    ):
        file_path(folder, stem)
    index = ReportIndex(report, topic)
    where = positions(index)
    levels = signal_levels(index)
    hosted, handed_over = brief_pages(index)
    files = (
        people_json(index, levels),
        people_csv(index),
        citations_csv(index),
        sites_csv(index),
        posts_csv(index),
        trends_csv(index),
        crm_csv(index),
        graphml(index),
        gexf(index, where),
        opml(index),
        vcards(index),
    )
    readings = reading_files(index)
    changes, *since = changes_pages(index)
    tags, *each_tag = tag_pages(index)
    filed = tag_links(index)
    pages = (
        home_page(index, where),
        people_page(index, filed),
        tags,
        circles_index(index, where),
        map_page(index, where),
        conversation_page(index),
        hosted,
        changes,
        method_page(index),
        data_page(files, readings=len(readings)),
        *since,
        *each_tag,
        *(circle_page(index, circle, where) for circle in report.circles.circles),
        *(
            profile_page(index, standing, levels[standing.person], filed.get(standing.person, ()))
            for standing in report.judgement.standings
        ),
    )
    return RenderedSite(
        title=topic.site.title or f"Who matters in {topic.topic.name}",
        pages=tuple(map(_writable, pages)),
        files=(*files, *readings, changes_feed(index)),
        handoff_pages=(_writable(handed_over),) if handed_over else (),
    )


def _writable(page: RenderedPage) -> RenderedPage:
    """The page with a question mark for half of a surrogate pair, which a crawled text can contain and no file can."""
    texts = {field: getattr(page, field) for field in ("title", "body", "description", "search_text")}
    return replace(page, **{field: text.encode("utf-8", "replace").decode() for field, text in texts.items()})
