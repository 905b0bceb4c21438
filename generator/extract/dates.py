"""Parses dates as pages and feeds write them, and rejects implausible ones.

Moments are aware: in the author's zone where it is given, else in UTC. The current day is not asked for; the latest
plausible moment is a day after the fetch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from generator.languages.alternation import alternation
from generator.languages.month_names import month_numbers, weekday_names

MIN_YEAR = 1990  # before the first web pages
MAX_PLACEHOLDER_YEAR = 2001  # until then, midnight of 1 January is an empty field, not a date
MAX_RAW_CHARS = 120  # longer strings are not dates
MIN_WEEKDAY_CHARS = 3  # shorter names of weekdays are words of other languages

_CLOCK_PREPOSITION = alternation("dates", "clock_prepositions")
ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    rf"(?:[T\s]+(?:{_CLOCK_PREPOSITION}\s+)?(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[/.年년]\s*(\d{1,2})\s*[/.月월]\s*(\d{1,2})(?!\d)")
DAY_DOT_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
URL_DATE = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
MONTHS = month_numbers()
# Longest first, so that an abbreviation does not hide the full name.
_MONTH_NAME = f"(?:{'|'.join(map(re.escape, sorted(MONTHS, key=lambda name: (-len(name), name))))})"
_MONTH = rf"(?P<month>{_MONTH_NAME})\b\.?"
_CLOCK = (
    rf"(?:[,\s]+(?:{_CLOCK_PREPOSITION}\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?"
    r"\s*(?P<half>[ap]\.?m\b)?)?"
)
# Day and month in either order; the number above twelve is the day.
DAY_AND_MONTH = re.compile(
    rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})(?!\d){_CLOCK}",
    re.IGNORECASE,
)
_ORDINAL, _JOINER = alternation("dates", "ordinals"), alternation("dates", "date_joiners")
DAY_MONTH = re.compile(
    rf"(?<![\d.])(?P<day>\d{{1,2}})(?:{_ORDINAL}|\.)?\s*(?:{_JOINER}\s+|-)?{_MONTH}"
    rf"(?:,|\s+{_JOINER}|-)?\s*(?P<year>\d{{4}})(?!\d){_CLOCK}",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"\b{_MONTH}\s*(?P<day>\d{{1,2}}){_ORDINAL}?,?\s+(?P<year>\d{{4}})(?!\d){_CLOCK}", re.IGNORECASE
)
_YEARLESS = (
    rf"\b(?:{_MONTH_NAME}\b\.?\s*\d{{1,2}}{_ORDINAL}?(?!\w)|"
    rf"\d{{1,2}}(?:{_ORDINAL}|\.)?\s*(?:{_JOINER}\s+)?{_MONTH_NAME}(?!\w)\.?)"
)
_WEEKDAY = "|".join(re.escape(name) for name in weekday_names() if len(name) >= MIN_WEEKDAY_CHARS)
# Dates in any form, weekday and clock included, also without a year.
ANY_DATE = re.compile(
    rf"(?:(?<!\w)(?:{_WEEKDAY})\.?,?\s+)?"
    rf"(?:(?<!\d)\d{{4}}\s*[-/.年년]\s*\d{{1,2}}\s*[-/.月월]\s*\d{{1,2}}(?!\d)[日일]?|"
    r"(?<!\d)\d{1,2}[/.-]\s?\d{1,2}[/.-]\s?(?:\d{4}|\d{2})(?!\d)|"
    rf"{_YEARLESS}(?:(?:,|\s+{_JOINER}|-)?\s*\d{{4}}(?!\d))?)"
    rf"(?:[T,\s]+(?:{_CLOCK_PREPOSITION}\s+)?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s*[ap]\.?m\b\.?|Z)?)?",
    re.IGNORECASE,
)
RELATIVE_DATE = re.compile(rf"(?<!\w){alternation('dates', 'relative_dates')}(?!\w)", re.IGNORECASE)
READING_TIME = re.compile(rf"(?<!\w){alternation('dates', 'reading_times')}(?!\w)", re.IGNORECASE)
UPDATE = re.compile(
    rf"\(?(?<!\w){alternation('dates', 'update_words')}[\s:：,]{{0,4}}(?:{ANY_DATE.pattern})\)?", re.IGNORECASE
)
UPDATE_LABEL = re.compile(rf"(?<!\w){alternation('dates', 'update_words')}(?!\w)", re.IGNORECASE)
DATE_CONTEXT = re.compile(
    rf"\b(?:{alternation('dates', 'date_words')}|{_WEEKDAY}|utc|gmt|[ap]m)\b|"
    rf"\b{alternation('dates', 'author_prepositions')}\s+[^|]{{2,60}}$|"
    rf"\b{alternation('dates', 'author_prepositions')}\s+[^|.!?]{{2,40}}(?=\|)|"
    rf"^(?:{alternation('dates', 'author_prepositions')}\s+)?[^|.!?]{{2,40}}\s*[|·•,–—-]\s*(?=\|)",
    re.IGNORECASE,
)
HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
MONTHS_OF_YEAR = 12
MAX_OTHER_LETTERS = 12  # letters that a line holds besides a date and its context and still is a date line


@dataclass(frozen=True, slots=True)
class PostDate:
    """A plausible moment; `time_known` False: only the day is known and the time is midnight."""

    at: datetime
    time_known: bool


def read_date(raw: str, fetched_at: datetime) -> PostDate | None:
    """The moment that a string names; None where it names none or an implausible one.

    Args:
        raw: an RFC 822, ISO 8601 or plainly written date, alone or with a few words around it.
        fetched_at: aware moment of the fetch; a date more than a day later is a placeholder.
    """
    when = _parse(raw)
    return when if when is not None and is_plausible(when.at, fetched_at) else None


def parse_moment(raw: str) -> datetime | None:
    """The moment that a string names, past or future; None where it names none."""
    when = _parse(raw)
    return when.at if when is not None else None


def _parse(raw: str) -> PostDate | None:
    """The moment by the first format that fits."""
    raw = " ".join(raw[:MAX_RAW_CHARS].split())
    if not any(c.isdigit() for c in raw):
        return None
    parsed = (parse(raw) for parse in (_parse_iso, _parse_rfc822, _parse_written, _parse_numeric))
    return next((when for when in parsed if when is not None), None)


def read_date_line(line: str, fetched_at: datetime) -> PostDate | None:
    """The moment of a line that holds little else: `Posted on 17 May 2024 by Ada`; None for a sentence with a date."""
    if len(line) > MAX_RAW_CHARS:
        return None
    line = without_update(line)
    rest = line
    for pattern in (ISO, MONTH_DAY, DAY_MONTH, YEAR_FIRST, DAY_DOT_MONTH, DAY_AND_MONTH):
        rest = pattern.sub("|", rest)
    rest = DATE_CONTEXT.sub("", READING_TIME.sub("", rest))
    if rest == line or sum(c.isalpha() for c in rest) > MAX_OTHER_LETTERS:
        return None
    return read_date(line, fetched_at)


def without_update(line: str) -> str:
    """A line without the date of its last change, where it holds another date as well."""
    rest = UPDATE.sub(" ", line)
    return rest if rest != line and ANY_DATE.search(rest) else line


def is_update(line: str) -> bool:
    """Whether the only date of a line is that of its last change."""
    return bool(UPDATE_LABEL.search(line)) and without_update(line) == line


def is_plausible(at: datetime, fetched_at: datetime) -> bool:
    """Whether a post that was fetched at `fetched_at` can have been published at `at`."""
    if at.year <= MAX_PLACEHOLDER_YEAR and (at.month, at.day, at.hour, at.minute) == (1, 1, 0, 0):
        return False
    try:
        return at.year >= MIN_YEAR and at <= fetched_at + timedelta(days=1)
    except OverflowError:
        return False


def url_date(url: str, fetched_at: datetime) -> PostDate | None:
    """The day in a permalink (`/2024/05/17/`, `/2024-05-17-title`); None where it has only a year or a month."""
    match = URL_DATE.search(unquote(urlsplit(url).path))
    when = _moment(match[1], match[2], match[3]) if match else None
    return when if when and is_plausible(when.at, fetched_at) else None


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
    """The moment of the given parts; None where the calendar does not have it."""
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=_zone(zone)
        )
    except (ValueError, OverflowError):
        return None
    # Static site generators write a date without a time as midnight.
    return PostDate(at, time_known=hour is not None and (at.hour, at.minute, at.second) != (0, 0, 0))


def _zone(zone: str | None) -> timezone:
    """The zone of an offset such as `+0200`, `-07:00` or `Z`; UTC if absent."""
    if not zone or zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if zone[0] == "-" else offset) if offset else UTC


def _parse_iso(raw: str) -> PostDate | None:
    """`2024-05-17`, `2024-05-17T08:30:00+02:00`, `2024-05-17 08:30:00 -0700`."""
    match = ISO.search(raw)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return _moment(year, month, day, hour=hour, minute=minute, second=second, zone=zone)


def _parse_rfc822(raw: str) -> PostDate | None:
    """`Fri, 17 May 2024 08:30:00 +0200` and the variants that the standard library accepts."""
    if raw.count(":") == 0 or DAY_AND_MONTH.search(raw) or HALF_DAY.search(raw):
        return None
    try:
        at = parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None or not at.utcoffset() else at
    return PostDate(at, time_known=(at.hour, at.minute, at.second) != (0, 0, 0))


def _parse_written(raw: str) -> PostDate | None:
    """`17 May 2024`, `May 17th, 2024 at 8:30 am`, `17. Mai 2024`, `17 de mayo de 2024`."""
    match = MONTH_DAY.search(raw) or DAY_MONTH.search(raw)
    if not match:
        return None
    month = MONTHS.get(match["month"].casefold(), 0)  # letters may match without their case and fold differently
    return _moment(match["year"], month, match["day"], hour=_hour(match), minute=match["minute"])


def _hour(match: re.Match[str]) -> str | None:
    """The hour of a clock on a scale of 24; None where the match has no clock."""
    hour, half = match["hour"], (match["half"] or "").lower()[:1]
    return str(int(hour) % 12 + (12 if half == "p" else 0)) if hour and half else hour


def _parse_numeric(raw: str) -> PostDate | None:
    """`2024/05/17`, `2024年5月17日`, `17.05.2024`, `17/05/2024`, `05/17/2024`; not the ambiguous `05/06/2024`."""
    if match := YEAR_FIRST.search(raw):
        return _moment(match[1], match[2], match[3])
    if match := DAY_DOT_MONTH.search(raw):
        return _moment(match[3], match[2], match[1])
    if match := DAY_AND_MONTH.search(raw):
        first, second = int(match["first"]), int(match["second"])
        if first <= MONTHS_OF_YEAR and second <= MONTHS_OF_YEAR and first != second and not match["half"]:
            return None
        # A clock of twelve hours goes with the order of the United States.
        month, day = (second, first) if first > MONTHS_OF_YEAR else (first, second)
        return _moment(match["year"], month, str(day), hour=_hour(match), minute=match["minute"])
    return None
