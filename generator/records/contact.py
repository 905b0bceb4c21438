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


@dataclass(frozen=True, slots=True)
class Door:
    """`because` gives the rule; `quote` is the sentence it rests on, None for rules that rest on facts."""

    state: DoorState
    because: str
    quote: Quotation | None
    url: Url | None
