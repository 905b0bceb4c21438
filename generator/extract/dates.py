"""Dates as pages and feeds write them, and whether to believe them.

Returns aware datetimes in the author's own zone where it is given, else UTC. Never asks what day it is:
the day of the fetch is the latest believable day but one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

EARLIEST_YEAR = 1990  # no web before
PLACEHOLDER_YEAR = 2001  # up to it, midnight of 1 January is what an empty field turns into
MAX_LENGTH = 120  # characters; longer strings are no dates

ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[/.年]\s*(\d{1,2})\s*[/.月]\s*(\d{1,2})(?!\d)")
DAY_DOT_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
URL_DATE = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
MONTH_NAMES = (
    "january jan januar janvier enero gennaio janeiro januari",
    "february feb februar février fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mars marzo março maart",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus augusti",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=lambda name: (-len(name), name))) + r")\b\.?"
_CLOCK = r"(?:[,\s]+(?:at\s+|um\s+|à\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?P<half>[ap]\.?m\b)?)?"
DAY_MONTH = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+|-)?"
    + _MONTH
    + r"(?:,|\s+de|\s+of|-)?\s*(?P<year>\d{4})(?!\d)"
    + _CLOCK,
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    r"\b" + _MONTH + r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)" + _CLOCK, re.IGNORECASE
)


# What stands beside a date in a byline: weekday, verbs of publishing, reading time, the author.
BESIDE_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|posted|published|written|created|updated|date|"
    r"first|on|at|in|filed under|(?:about\s+)?\d+\s+min(?:ute)?s?(?:\s+(?:read|to read))?|\d+\s+words|utc|gmt|[ap]m)\b|"
    r"\b(?:by|von|par|por)\s+[^|]{2,60}$|^(?:by\s+)?[^|.!?]{2,40}\s*[|·•,–—-]\s*(?=\|)",
    re.IGNORECASE,
)
MAX_BESIDE = 12  # letters left beside a date in a line that is a date


@dataclass(frozen=True, slots=True)
class PostDate:
    """A believable moment; `time_known` False: only the day is known, the hour is midnight."""

    at: datetime
    time_known: bool


def read_date(raw: str, fetched_at: datetime) -> PostDate | None:
    """The moment a string names, None where it names none or one nobody can believe.

    Args:
        raw: an RFC 822, ISO 8601 or plainly written date, alone or with a few words around it.
        fetched_at: aware moment of the fetch; what lies more than a day later is a placeholder.
    """
    when = _named(raw)
    return when if when is not None and believable(when.at, fetched_at) else None


def labelled_date(raw: str) -> datetime | None:
    """The moment a string names, past or to come; None where it names none."""
    when = _named(raw)
    return when.at if when is not None else None


def _named(raw: str) -> PostDate | None:
    raw = " ".join(raw[:MAX_LENGTH].split())
    if not any(c.isdigit() for c in raw):
        return None
    found = (reader(raw) for reader in (_iso, _rfc822, _written, _numeric))
    return next((when for when in found if when is not None), None)


def bare_date(line: str, fetched_at: datetime) -> PostDate | None:
    """The moment a line names if it says little else: `Posted on 17 May 2024 by Ada`, never a sentence with a date."""
    if len(line) > MAX_LENGTH:
        return None
    rest = line
    for pattern in (ISO, MONTH_DAY, DAY_MONTH, YEAR_FIRST, DAY_DOT_MONTH):
        rest = pattern.sub("|", rest)
    rest = BESIDE_DATE.sub("", rest)
    if rest == line or sum(c.isalpha() for c in rest) > MAX_BESIDE:
        return None
    return read_date(line, fetched_at)


def believable(at: datetime, fetched_at: datetime) -> bool:
    """Whether a post fetched then can have been published at that moment."""
    if at.year <= PLACEHOLDER_YEAR and (at.month, at.day, at.hour, at.minute) == (1, 1, 0, 0):
        return False  # the first instant of an early year is an empty field, not a day
    try:
        return at.year >= EARLIEST_YEAR and at <= fetched_at + timedelta(days=1)
    except OverflowError:
        return False


def url_date(url: str, fetched_at: datetime) -> PostDate | None:
    """The day a permalink carries (`/2024/05/17/`, `/2024-05-17-title`); None for less than a day."""
    match = URL_DATE.search(unquote(urlsplit(url).path))
    when = _moment(match[1], match[2], match[3]) if match else None
    return when if when and believable(when.at, fetched_at) else None


def _moment(
    year: str,
    month: str | int,
    day: str,
    *,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> PostDate | None:
    """The moment its parts make; None if the calendar has no such day."""
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=_zone(zone)
        )
    except (ValueError, OverflowError):
        return None
    # Static generators write a bare day as midnight.
    return PostDate(at, time_known=hour is not None and (at.hour, at.minute, at.second) != (0, 0, 0))


def _zone(zone: str | None) -> timezone:
    """Offset of `+0200`, `-07:00` or `Z`; UTC where none is given."""
    if not zone or zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if zone[0] == "-" else offset) if offset else UTC


def _iso(raw: str) -> PostDate | None:
    """`2024-05-17`, `2024-05-17T08:30:00+02:00`, `2024-05-17 08:30:00 -0700`."""
    match = ISO.search(raw)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return _moment(year, month, day, hour=hour, minute=minute, second=second, zone=zone)


def _rfc822(raw: str) -> PostDate | None:
    """`Fri, 17 May 2024 08:30:00 +0200` and what mail programmes made of it."""
    if raw.count(":") == 0:
        return None
    try:
        at = parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None or not at.utcoffset() else at
    return PostDate(at, time_known=(at.hour, at.minute, at.second) != (0, 0, 0))


def _written(raw: str) -> PostDate | None:
    """`17 May 2024`, `May 17th, 2024 at 8:30 am`, `17. Mai 2024`, `17 de mayo de 2024`."""
    match = MONTH_DAY.search(raw) or DAY_MONTH.search(raw)
    if not match:
        return None
    hour, half = match["hour"], (match["half"] or "").lower()[:1]
    if hour and half:
        hour = str(int(hour) % 12 + (12 if half == "p" else 0))
    month = MONTHS[match["month"].casefold()]
    return _moment(match["year"], month, match["day"], hour=hour, minute=match["minute"])


def _numeric(raw: str) -> PostDate | None:
    """`2024/05/17`, `2024年5月17日`, `17.05.2024`; never `05/06/2024`, which two continents read differently."""
    if match := YEAR_FIRST.search(raw):
        return _moment(match[1], match[2], match[3])
    if match := DAY_DOT_MONTH.search(raw):
        return _moment(match[3], match[2], match[1])
    return None
