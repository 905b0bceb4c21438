"""Contact policy: whether somebody invites being approached (the door)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.records.extract import Quotation
from generator.records.ids import Url


class DoorState(StrEnum):
    """Whether somebody invites being approached, by their own words."""

    OPEN = "open"
    AJAR = "ajar"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Door:
    """`because` says which rule; `quote` the sentence it rests on (None: it rests on facts, not words)."""

    state: DoorState
    because: str
    quote: Quotation | None
    url: Url | None
