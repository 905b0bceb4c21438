"""Contact policy: whether a person wants to be approached (the door)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.records.extract import Quotation
from generator.records.ids import Url


class DoorState(StrEnum):
    """Whether a person wants to be approached, by their own words."""

    OPEN = "open"
    AJAR = "ajar"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DoorRule(StrEnum):
    """The rule that gave a door its state."""

    REFUSES_ALL = "refuses_all"
    REFUSES_KIND = "refuses_kind"  # one kind of request only
    INVITES = "invites"
    REACHABLE = "reachable"  # says how to reach them, without inviting it
    CONTACT_POINT = "contact_point"
    COMMENTS = "comments"
    REPLIES = "replies"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Door:
    """`because` states the rule in words; `quote` is the sentence it rests on (None: it rests on facts, not words)."""

    state: DoorState
    because: str
    quote: Quotation | None
    url: Url | None
    rule: DoorRule = DoorRule.NOTHING
