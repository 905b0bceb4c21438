"""What a page asks of robots, in the X-Robots-Tag headers of its answer and in its meta elements.

Rules that name us hold, and those that name nobody; what is said to another robot is none of our business.

Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.extract.dates import labelled_date
from generator.extract.structured_data import Head
from generator.records import AGENT, Snapshot

UNTIL = "unavailable_after"
VALUED = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", UNTIL}
)  # a colon after them names no robot
# The one rule whose value may hold a comma, after the day of the week.
DATED = re.compile(UNTIL + r"\s*:\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*,)?[^,]*", re.IGNORECASE)
UNQUOTABLE = frozenset({"nosnippet", "noarchive", "noindex", "max-snippet:0"})


@dataclass(frozen=True, slots=True)
class RobotsDirectives:
    """Rules in force: `noindex` read but not shown, `quotable` False not quoted, `until` shown no longer than that."""

    noindex: bool = False
    quotable: bool = True
    until: datetime | None = None


def robots_directives(snapshot: Snapshot, head: Head | None = None) -> RobotsDirectives:
    """The rules for us in an answer's headers and, where it is a page, in its meta elements."""
    said = [rule for line in snapshot.robots_tag.splitlines() for rule in _to_us(line)]
    if head is not None:
        said += [rule for name in ("robots", AGENT) for value in head.repeated.get(name, ()) for rule in _rules(value)]
    words = {rule.replace(" ", "") for rule in said}
    if "none" in words:
        words.add("noindex")
    ends = [labelled_date(rule.partition(":")[2]) for rule in said if rule.startswith(UNTIL)]
    return RobotsDirectives(
        noindex="noindex" in words,
        quotable=not UNQUOTABLE & words,
        until=min((end for end in ends if end is not None), default=None),
    )


def _to_us(header: str) -> Iterator[str]:
    """The rules of one header that hold for us; a robot's name holds for all that follows, up to the next name."""
    robot = ""
    for part in _rules(header):
        name, colon, rest = part.partition(":")
        rule = part
        if colon and name.strip() not in VALUED:
            robot, rule = name.partition("/")[0].strip(), rest.strip()
        if robot in ("", "*", AGENT):
            yield rule


def _rules(value: str) -> list[str]:
    """The parts between commas, lower case; the comma within a date is none of them."""
    held = DATED.sub(lambda match: match[0].replace(",", " "), value)
    return [part.strip().lower() for part in held.split(",")]
