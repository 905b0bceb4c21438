"""What changed since the last run: the page, and the same as an Atom feed (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from generator.records import Change, RenderedFile, RenderedPage
from generator.render.facts import Facts
from generator.render.links import web_link
from generator.render.templates import fill
from generator.render.views import ChangeView
from generator.render.words import day
from generator.render.xml import clean, document

KIND_WORDS = {"new": "New voice", "gone": "Gone", "silent": "Fallen silent", "moved": "Moved", "cited": "New citation"}
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """All that the changes page shows."""

    since: str
    until: str
    groups: tuple[tuple[str, tuple[ChangeView, ...]], ...]


def change_views(facts: Facts) -> tuple[ChangeView, ...]:
    """Changes in the order insight gives them."""
    return tuple(_view(facts, change) for change in facts.report.insight.changes.changes)


def changes_page(facts: Facts) -> RenderedPage:
    """changes/index.html."""
    views = change_views(facts)
    kinds = list(dict.fromkeys(view.kind for view in views))
    changes = facts.report.insight.changes
    view = ChangesPage(
        since=day(changes.since, ""),
        until=day(facts.report.as_of),
        groups=tuple((kind, tuple(v for v in views if v.kind == kind)) for kind in kinds),
    )
    return RenderedPage("changes/index.html", "Changes", fill("changes.html.j2", root="../", view=view),
                        description="What changed since the run before.", search_text="What changed",
                        in_navigation=True)  # fmt: skip


def changes_feed(facts: Facts) -> RenderedFile:
    """changes/feed.atom: one entry a change, ids that never change."""
    base = (facts.topic.site.url or "").rstrip("/")
    # Without a published address the ids are tag URIs (RFC 4151): permanent, unique, resolvable by nobody.
    stamp = f"{facts.report.as_of.isoformat()}T00:00:00Z"
    root = f"tag:whomatters.invalid,2026:{facts.topic.slug}"
    feed = Element("feed", xmlns=ATOM)
    SubElement(feed, "title").text = clean(f"Who matters in {facts.topic.topic.name}: what changed")
    SubElement(feed, "id").text = root
    SubElement(feed, "updated").text = stamp
    SubElement(SubElement(feed, "author"), "name").text = "whomatters"
    if base:
        SubElement(feed, "link", rel="self", href=f"{base}/changes/feed.atom")
        SubElement(feed, "link", rel="alternate", type="text/html", href=f"{base}/changes/index.html")
    for number, change in enumerate(facts.report.insight.changes.changes, start=1):
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = clean(f"{KIND_WORDS.get(change.kind, change.kind)}: {change.name}")
        SubElement(entry, "id").text = f"{root}:{facts.report.as_of.isoformat()}:{change.kind}:{change.person}:{number}"
        SubElement(entry, "updated").text = stamp
        link = facts.link(change.person, change.name)
        if base and link.href:
            SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}/{link.href}")
        if href := web_link(change.url):
            SubElement(entry, "link", rel="related", href=href)
        SubElement(entry, "summary", type="text").text = clean(change.sentence)
    return RenderedFile("changes/feed.atom", document(feed))


def _view(facts: Facts, change: Change) -> ChangeView:
    return ChangeView(
        kind=KIND_WORDS.get(change.kind, change.kind),
        modifier=change.kind if change.kind in KIND_WORDS else "other",
        person=facts.link(change.person, change.name),
        sentence=change.sentence,
        web=web_link(change.url),
    )
