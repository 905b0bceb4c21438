"""Render the changes since the previous run and earlier runs, and an Atom feed (RFC 4287) of the last quarter."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement

from generator.formatting import counted, day, iso
from generator.records import Change, ChangeKind, Changes, RenderedFile, RenderedPage
from generator.render.links import file_path, web_link
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import ChangeView
from generator.render.xml import clean, document

KIND_WORDS = {
    "new": "New voice",
    "listed": "On the short list",
    "unlisted": "Off the short list",
    "gone": "Gone",
    "silent": "Quiet on the topic",
    "back": "Writing again",
    "moved": "Moved",
    "cited": "New citation",
}
ATOM = "http://www.w3.org/2005/Atom"
MAX_FEED_ENTRIES = 200
NOTHING = "Nothing of note changed"


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """Link to the comparison with an earlier run, with the number of changes since."""

    since: str
    href: str
    said: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """View of a page of changes."""

    since: str
    until: str
    first: bool
    latest: bool
    groups: tuple[tuple[str, tuple[ChangeView, ...]], ...]
    earlier: tuple[EarlierRun, ...]


def change_views(index: ReportIndex) -> tuple[ChangeView, ...]:
    """Changes since the run before, in the order insight gives them."""
    return tuple(_view(index, change) for change in index.report.insight.changes.changes)


def changes_pages(index: ReportIndex) -> tuple[RenderedPage, ...]:
    """changes/index.html, and a page for each earlier run one may compare with."""
    insight = index.report.insight
    earlier = tuple(
        EarlierRun(
            day(step.since), _name(step), counted(len(step.changes), "change") if step.changes else NOTHING.lower()
        )
        for step in insight.earlier
    )
    return (
        RenderedPage(
            "changes/index.html",
            "Changes",
            _body(index, insight.changes, earlier, latest=True),
            description="What changed since the run before.",
            search_text="What changed",
            in_navigation=True,
        ),
        *(
            RenderedPage(
                f"changes/{_name(step)}",
                f"Changes since {day(step.since)}",
                _body(index, step, earlier, latest=False),
                description=f"What changed since {day(step.since)}.",
            )
            for step in insight.earlier
        ),
    )


def _name(step: Changes) -> str:
    """The file of the comparison with an earlier run."""
    return file_path("changes", f"since-{iso(step.since)}").removeprefix("changes/")


def _body(index: ReportIndex, changes: Changes, earlier: tuple[EarlierRun, ...], *, latest: bool) -> str:
    views = tuple(_view(index, change) for change in changes.changes)
    kinds = list(dict.fromkeys(view.kind for view in views))
    view = ChangesPage(
        since=day(changes.since, ""),
        until=day(index.report.as_of),
        first=changes.since is None,
        latest=latest,
        groups=tuple((kind, tuple(v for v in views if v.kind == kind)) for kind in kinds),
        earlier=tuple(run for run in earlier if latest or run.href != _name(changes)),
    )
    return render_template("changes.html.j2", root="../", view=view)


def changes_feed(index: ReportIndex) -> RenderedFile:
    """changes/feed.atom: one entry a change, this run's first, then those of the quarter before; ids never change."""
    base = (index.topic.site.url or "").rstrip("/")
    insight, until = index.report.insight, index.report.as_of
    # Without a published address the ids are tag URIs (RFC 4151): permanent and unique, but not resolvable.
    root = f"tag:whomatters.invalid,2026:{index.topic.slug}"
    feed = Element("feed", xmlns=ATOM)
    SubElement(feed, "title").text = clean(f"Who matters in {index.topic.topic.name}: what changed")
    SubElement(feed, "subtitle").text = _subtitle(insight.changes)
    SubElement(feed, "id").text = root
    SubElement(feed, "updated").text = f"{iso(until)}T00:00:00Z"
    SubElement(SubElement(feed, "author"), "name").text = "whomatters"
    if base:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{base}/changes/feed.atom")
        SubElement(feed, "link", rel="alternate", type="text/html", href=f"{base}/changes/index.html")
    entries = [
        (change, iso(step.until) or iso(until)) for step in (insight.changes, *insight.steps) for change in step.changes
    ]
    for change, on in entries[:MAX_FEED_ENTRIES]:
        _entry(feed, index, change, on, root, base)
    return RenderedFile("changes/feed.atom", document(feed))


def _entry(feed: Element, index: ReportIndex, change: Change, on: str, root: str, base: str) -> None:
    """Append one change; its text is `content`, because an entry without an alternate link must have it (4.1.2)."""
    entry = SubElement(feed, "entry")
    SubElement(entry, "title").text = clean(f"{KIND_WORDS.get(change.kind, change.kind)}: {change.name}")
    # A run can have several new citations of one person: the digest of the post keeps their ids distinct and stable.
    which = (
        f":{sha256(change.url.encode('utf-8', 'replace')).hexdigest()[:12]}"
        if change.kind == ChangeKind.CITED and change.url
        else ""
    )
    SubElement(entry, "id").text = f"{root}:{on}:{change.kind}:{change.person}{which}"
    SubElement(entry, "updated").text = f"{on}T00:00:00Z"
    link = index.link(change.person, change.name)
    if base and link.href:
        SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}/{link.href}")
    if href := web_link(change.url):
        SubElement(entry, "link", rel="related", href=href)
    SubElement(entry, "content", type="text").text = clean(change.sentence)


def _subtitle(changes: Changes) -> str:
    """Summary of this run in one line, also if nothing changed."""
    if changes.since is None:
        return "First run: nothing to compare with yet."
    span = f"{day(changes.since)} to {day(changes.until)}" if changes.until else f"since {day(changes.since)}"
    return f"{counted(len(changes.changes), 'change') if changes.changes else NOTHING}, {span}."


def _view(index: ReportIndex, change: Change) -> ChangeView:
    return ChangeView(
        kind=KIND_WORDS.get(change.kind, change.kind),
        modifier=change.kind if change.kind in KIND_WORDS else "other",
        person=index.link(change.person, change.name),
        sentence=change.sentence,
        web=web_link(change.url),
    )
