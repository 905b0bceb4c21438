"""The analyst's contact history. Hosted pages show it only if `site.show_relationships` is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.formatting import day
from generator.records import HistoryEntry, PersonId, PublisherKind
from generator.render.report_index import ReportIndex
from generator.render.view_models import PersonLink


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """One contact with a person."""

    on: str
    channel: str
    direction: str
    said: str
    promised: str
    next_step: str
    due: str


@dataclass(frozen=True, slots=True)
class ContactHistory:
    """Contact history with one person; `lost` is a note if the person is not in this report."""

    person: PersonLink
    lost: str
    lines: tuple[LoggedContact, ...]


def known_people(index: ReportIndex) -> tuple[ContactHistory, ...]:
    """Return the contact history of all people, earliest due date first, including people not in this report."""
    return tuple(
        ContactHistory(
            index.link(one.person, one.name) if one.person else person_without_page(one.name),
            "" if one.person else "not in this report",
            tuple(logged_contacts(entry, index.report.as_of) for entry in one.entries),
        )
        for one in index.report.insight.relationships
    )


def person_without_page(name: str) -> PersonLink:
    """Return a link to a person without a profile."""
    return PersonLink("", name, "", PublisherKind.PERSON.value, "", "none")


def logged_contacts(entry: HistoryEntry, as_of: date) -> LoggedContact:
    """Return the view of one contact; a due date in the past is marked as overdue."""
    who = {"in": "they wrote", "out": "we wrote", "both": "both"}.get(entry.direction, entry.direction)
    due = day(entry.due_on, "")
    late = ", overdue" if entry.due_on and entry.due_on < as_of else ""
    return LoggedContact(day(entry.on), entry.channel, who, entry.said, entry.promised, entry.next_step, f"{due}{late}")


def contact_history_of(index: ReportIndex, person: PersonId) -> tuple[LoggedContact, ...]:
    """Return the contacts with one person; empty unless `site.show_relationships` is set."""
    if not index.topic.site.show_relationships:
        return ()
    kept = (one for one in index.report.insight.relationships if one.person == person)
    return tuple(logged_contacts(entry, index.report.as_of) for one in kept for entry in one.entries)
