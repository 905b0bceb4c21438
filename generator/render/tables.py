"""The report as tables for other programs: people.json (keys fixed by PRODUCT section 5) and the CSV files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from generator.formatting import iso
from generator.records import Contact, ContactKind, Person, PersonId, RenderedFile, Standing
from generator.render.links import mail_link, web_link
from generator.render.report_index import ReportIndex
from generator.render.trend_comparison import trends_table

SCHEMA = 1
Levels = Mapping[PersonId, Mapping[str, float]]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def signal_levels(index: ReportIndex) -> dict[PersonId, dict[str, float]]:
    """Each signal as the share of the others scored whose raw value is lower: 1 at the top, 0 at the bottom."""
    values: dict[str, list[float]] = {}
    for standing in index.report.judgement.standings:
        for signal in standing.signals:
            values.setdefault(signal.name, []).append(signal.value)
    below: dict[str, dict[float, float]] = {}
    for name, found in values.items():
        ordered = sorted(found)
        below[name] = {}
        for place, value in enumerate(ordered):
            below[name].setdefault(value, place / (len(ordered) - 1) if len(ordered) > 1 else 1.0)
    return {
        standing.person: {signal.name: round(below[signal.name][signal.value], 4) for signal in standing.signals}
        for standing in index.report.judgement.standings
    }


def usable_contacts(person: Person) -> tuple[Contact, ...]:
    """Contacts a reader may be sent to: a plain e-mail address or a web address."""
    return tuple(
        contact
        for contact in person.contacts
        if (mail_link(contact.value) if contact.kind is ContactKind.EMAIL else web_link(contact.value))
    )


def people_json(index: ReportIndex, levels: Levels) -> RenderedFile:
    """data/people.json."""
    report, counts = index.report, index.report.counts
    start, end = report.corpus.window
    document = {
        "schema": SCHEMA,
        "topic": index.topic.topic.name,
        "as_of": iso(report.as_of),
        "window": [iso(start), iso(end)],
        "counts": {
            "sites_tried": counts.sites_tried,
            "sites_reached": counts.sites_reached,
            "sites_on_topic": counts.sites_on_topic,
            "posts": counts.posts,
            "on_topic_posts": counts.on_topic_posts,
            "citations": counts.citations,
            "people": counts.people,
        },
        "people": [_person(index, standing, levels) for standing in report.judgement.standings],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return RenderedFile("data/people.json", text.encode("utf-8", "replace") + b"\n")


def _person(index: ReportIndex, standing: Standing, levels: Levels) -> dict[str, object]:
    person = index.people[standing.person]
    circle, profile = index.circle_of.get(person.id), index.profiles.get(person.id)
    return {
        "id": person.id,
        "name": person.name,
        "kind": person.kind.value,
        "sites": list(person.sites),
        "rank": standing.rank,
        "standing": round(standing.standing, 4),
        "interval": [round(bound, 4) for bound in standing.interval],
        "rank_interval": list(standing.rank_interval),
        "tier": standing.tier,
        "trusted": standing.trusted,
        "signals": dict(levels[person.id]),
        "signal_values": {signal.name: round(signal.value, 6) for signal in standing.signals},
        "circle": circle.id if circle else None,
        "shortlist": index.places.get(person.id),
        "why": index.rationales.get(person.id, ""),
        "door": {
            "state": profile.door.state.value if profile else "unknown",
            "because": profile.door.because if profile else "",
            "url": profile.door.url if profile else None,
        },
        "trend": index.trend(person.id).modifier,
        "contacts": [
            {
                "kind": c.kind.value,
                "value": c.value,
                "found_on": c.found_on,
                "seen_on": iso(c.seen_on),
                "of_blog": c.of_blog,
            }
            for c in usable_contacts(person)
        ],
        "evidence": [
            {
                "kind": item.kind.value,
                "by": item.by,
                "post": item.post,
                "date": iso(item.on) or None,
                "quote": item.quote,
                "title": item.title,
                "target": item.target,
            }
            for item in standing.evidence
        ],
        "posts": {
            "total": standing.posts_total,
            "on_topic": standing.posts_on_topic,
            "first": iso(standing.first_on) or None,
            "last": iso(standing.last_on) or None,
        },
        "languages": list(person.languages),
    }


def people_csv(index: ReportIndex) -> RenderedFile:
    """data/people.csv: the people table."""
    head = (
        "rank",
        "id",
        "name",
        "kind",
        "standing",
        "low",
        "high",
        "tier",
        "circle",
        "door",
        "trend",
        "cited_by",
        "posts_on_topic",
        "posts_total",
        "first",
        "last",
        "languages",
        "sites",
        "shortlist",
        "why",
    )
    rows = []
    for s in index.report.judgement.standings:
        person, circle = index.people[s.person], index.circle_of.get(s.person)
        rows.append(
            (
                s.rank,
                person.id,
                person.name,
                person.kind.value,
                f"{s.standing:.4f}",
                f"{s.interval[0]:.4f}",
                f"{s.interval[1]:.4f}",
                s.tier,
                circle.name if circle else "",
                index.door(person.id).modifier,
                index.trend(person.id).modifier,
                len(s.citers),
                s.posts_on_topic,
                s.posts_total,
                iso(s.first_on),
                iso(s.last_on),
                " ".join(person.languages),
                " ".join(person.sites),
                index.places.get(person.id, ""),
                index.rationales.get(person.id, ""),
            )
        )
    return csv_file("data/people.csv", head, rows)


def trends_csv(index: ReportIndex) -> RenderedFile:
    """data/trends.csv: posts with each term, link and person by week or month."""
    head, rows = trends_table(index.report.insight.conversation)
    return csv_file("data/trends.csv", head, rows)


def citations_csv(index: ReportIndex) -> RenderedFile:
    """data/citations.csv: every citation, dated and quoted."""
    head = (
        "citing",
        "citing_name",
        "cited",
        "cited_name",
        "circumstance",
        "date",
        "post",
        "post_title",
        "target",
        "quote",
    )
    ordered = sorted(index.report.graph.citations, key=lambda c: (iso(c.published_on), c.post, c.target, c.cited))
    return csv_file(
        "data/citations.csv",
        head,
        (
            (
                c.citing,
                index.name(c.citing),
                c.cited,
                index.name(c.cited),
                c.function.value,
                iso(c.published_on),
                c.post,
                c.post_title,
                c.target,
                c.quote,
            )
            for c in ordered
        ),
    )


def sites_csv(index: ReportIndex) -> RenderedFile:
    """data/sites.csv: every site tried, in or out, and why."""
    head = (
        "site",
        "title",
        "state",
        "reason",
        "found_by",
        "hop",
        "pages_fetched",
        "posts",
        "on_topic_posts",
        "relevance",
        "feeds",
    )
    return csv_file(
        "data/sites.csv",
        head,
        (
            (
                s.id,
                s.title,
                s.state.value,
                s.reason,
                s.found_by,
                s.hop,
                s.pages_fetched,
                s.posts,
                s.on_topic_posts,
                f"{s.relevance:.4f}",
                " ".join(s.feeds),
            )
            for s in sorted(index.report.corpus.sites, key=lambda s: s.id)
        ),
    )


def crm_csv(index: ReportIndex) -> RenderedFile:
    """data/crm.csv: the short list for import into a customer system; names are not split, that would be a guess."""
    head = ("Full name", "Email", "Website", "Circle", "Door", "Why", "Evidence", "Place", "As of", "Source")
    rows = []
    for entry in index.report.judgement.shortlist.entries:
        person, standing = index.people[entry.person], index.standings[entry.person]
        mails = [c.value for c in usable_contacts(person) if c.kind is ContactKind.EMAIL]
        circle = index.circle_chip(person.id)
        rows.append(
            (
                person.name,
                mails[0] if mails else "",
                person.sites[0] if person.sites else "",
                circle.name if circle else "",
                index.door(person.id).modifier,
                index.rationales.get(person.id, ""),
                standing.evidence[0].post if standing.evidence else "",
                entry.place,
                iso(index.report.as_of),
                "whomatters",
            )
        )
    return csv_file("data/crm.csv", head, rows)


def csv_file(path: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> RenderedFile:
    """RFC 4180 with a header line. Text a spreadsheet would run as a formula gets an apostrophe in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return RenderedFile(path, buffer.getvalue().encode("utf-8", "replace"))


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    flat = value.replace("\x00", "")
    return f"'{flat}" if flat.startswith(FORMULA_STARTS) else flat
