"""Worksheets, common ground, introductions and the contact log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.records.extract import Quotation
from generator.records.ids import PersonId
from generator.records.profile import RecommendedPost
from generator.records.score import Evidence


class Stance(StrEnum):
    """The attitude of an author to the subject of a sentence."""

    WISHES = "wishes"
    DIFFICULTIES = "difficulties"
    INTERESTS = "interests"
    VIEWS = "views"
    SUBJECTS = "subjects"  # no stance: one of their pieces is named after it


@dataclass(frozen=True, slots=True)
class CommonGround:
    """A clause of the client's story and a sentence of the person that speak of one thing.

    `shared` are the stems both use, `weight` how rare they are in the circle, in nats.
    """

    ours: str
    theirs: Quotation
    stance: Stance
    shared: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class OfferMatch:
    """An offer of the client's, the rule by which it may be welcome (an inference), and what it rests on."""

    offer: str
    because: str
    said: Quotation


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a warm path, with the words it rests on."""

    giver: PersonId
    receiver: PersonId
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of `relationships.yaml`."""

    person: str  # slug, name or site as the analyst wrote it
    on: date
    channel: str
    direction: str
    said: str
    promised: str = ""
    next_step: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """All that was noted of one person, what is due first; `person` None: not in this report (any more)."""

    person: PersonId | None
    name: str
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One page of the brief: what the user needs before writing to a person."""

    person: PersonId
    why: str
    why_quote: Evidence | None
    listen_first: tuple[RecommendedPost, ...]
    common_ground: tuple[CommonGround, ...]
    offers: tuple[OfferMatch, ...]  # those that a statement of the person supports, in the client's order
    path: tuple[PathStep, ...]
    path_note: str  # said where there is no path
    verify: tuple[str, ...]
    avoid: tuple[str, ...]
    history: tuple[HistoryEntry, ...]
