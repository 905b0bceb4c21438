"""Robots directives of a page, from X-Robots-Tag headers and meta elements.

Rules for this crawler and rules for all robots apply; rules for other robots are ignored.

Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.extract.dates import parse_moment
from generator.extract.structured_data import Head
from generator.records import AGENT, Snapshot

UNAVAILABLE_AFTER = "unavailable_after"
# Rules with a value after a colon; before other colons there is the name of a robot.
VALUED_RULES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", UNAVAILABLE_AFTER})
# The only rule whose value may hold a comma, after the day of the week.
DATED_RULE = re.compile(
    UNAVAILABLE_AFTER + r"\s*:\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*,)?[^,]*", re.IGNORECASE
)
NO_QUOTE_RULES = frozenset({"nosnippet", "noarchive", "noindex", "max-snippet:0"})


@dataclass(frozen=True, slots=True)
class RobotsDirectives:
    """Rules that apply: `noindex`: not shown; `quotable` False: not quoted; `until`: not shown after that moment."""

    noindex: bool = False
    quotable: bool = True
    until: datetime | None = None


def robots_directives(snapshot: Snapshot, head: Head | None = None) -> RobotsDirectives:
    """The rules for this crawler in the headers of an answer and, where it is a page, in its meta elements."""
    rules = [rule for line in snapshot.robots_tag.splitlines() for rule in _applicable_rules(line)]
    if head is not None:
        rules += [
            rule for name in ("robots", AGENT) for value in head.repeated.get(name, ()) for rule in _split_rules(value)
        ]
    compact = {rule.replace(" ", "") for rule in rules}
    if "none" in compact:
        compact.add("noindex")
    ends = [parse_moment(rule.partition(":")[2]) for rule in rules if rule.startswith(UNAVAILABLE_AFTER)]
    return RobotsDirectives(
        noindex="noindex" in compact,
        quotable=not NO_QUOTE_RULES & compact,
        until=min((end for end in ends if end is not None), default=None),
    )


def _applicable_rules(header: str) -> Iterator[str]:
    """The rules of one header for this crawler; a robot's name applies to all rules up to the next name."""
    robot = ""
    for part in _split_rules(header):
        name, colon, rest = part.partition(":")
        rule = part
        if colon and name.strip() not in VALUED_RULES:
            robot, rule = name.partition("/")[0].strip(), rest.strip()
        if robot in ("", "*", AGENT):
            yield rule


def _split_rules(value: str) -> list[str]:
    """The rules of a value, lower case; the comma inside a date does not separate."""
    masked = DATED_RULE.sub(lambda match: match[0].replace(",", " "), value)
    return [part.strip().lower() for part in masked.split(",")]
