"""The analyst's own book, put in order: whose history is whose, and what is due first.

People are found by slug, name or address, former ones too, so that a person who left the report is still found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from generator.insight.brief.introductions import find_people
from generator.insight.terms.post_index import PostIndex
from generator.records import HistoryEntry, PersonId, Relationship
from generator.text import slug
from generator.urls import canonical_url, url_key


def relationships(
    history: Sequence[HistoryEntry], post_index: PostIndex, known_as: Mapping[str, PersonId]
) -> tuple[Relationship, ...]:
    """Every person in the contact log, the nearest due date first, then the latest contact.

    Args:
        history: the lines, in any order.
        post_index: who is in this report.
        known_as: present slug by the person's identifiers in earlier runs: slug, name in lower case, address key.
    """
    found: dict[PersonId, list[HistoryEntry]] = defaultdict(list)
    lost: dict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in history:
        if (person := _whose(entry.person, post_index, known_as)) is None:
            lost[entry.person.strip()].append(entry)
        else:
            found[person].append(entry)
    made = [Relationship(person, post_index.name(person), _ordered(entries)) for person, entries in found.items()]
    made += [Relationship(None, name, _ordered(entries)) for name, entries in lost.items()]
    return tuple(sorted(made, key=_urgency))


def _whose(written: str, post_index: PostIndex, known_as: Mapping[str, PersonId]) -> PersonId | None:
    """The person a line is about; None for a person who is not in this report."""
    if now := find_people((written,), post_index):
        return min(now)
    url = canonical_url(written)
    names = [url_key(url)] if url else [written.strip(), written.strip().casefold(), slug(written)]
    former = next((known_as[name] for name in names if name in known_as), None)
    return former if former in post_index.people else None


def _ordered(entries: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """What is due first, the rest latest first."""
    latest_first = sorted(entries, key=lambda entry: (entry.on, entry.said), reverse=True)
    return tuple(sorted(latest_first, key=lambda entry: (entry.due_on is None, entry.due_on or date.max)))


def _urgency(kept: Relationship) -> tuple[date, int, str]:
    """Nearest due date, then latest word, then name."""
    due = min((entry.due_on for entry in kept.entries if entry.due_on), default=date.max)
    return due, -max(entry.on for entry in kept.entries).toordinal(), kept.name
