"""Figures and dates as words and short strings; knows nothing of people or pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from generator.records import PeriodUnit

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def percent(share: float) -> str:
    """A share in [0, 1] as `71 %`; `under 1 %` for what rounds to nothing but is not."""
    if 0 < share < 0.005:
        return "under 1\u00a0%"
    return f"{share * 100:.0f}\u00a0%"


def number(value: float) -> str:
    """Thousands apart by a thin space; at most two digits after the point."""
    if value == int(value):
        return f"{int(value):,}".replace(",", "\u202f")
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u202f")


def counted(count: int, one: str, many: str = "") -> str:
    """`1 post`, `4 posts`."""
    return f"{number(count)}\u00a0{one if count == 1 else many or one + 's'}"


def day(on: date | None, missing: str = "undated") -> str:
    """`3 March 2025`."""
    return f"{on.day}\u00a0{MONTHS[on.month - 1]} {on.year}" if on else missing


def month(on: date) -> str:
    """`March 2025`."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def short_month(on: date) -> str:
    """`Mar 25`."""
    return f"{MONTHS[on.month - 1][:3]} {on.year % 100:02d}"


def period(start: date, unit: PeriodUnit) -> str:
    """`week of 5 January 2026`, `January 2026` or `January to March 2026`."""
    if unit is PeriodUnit.WEEK:
        return f"week of {day(start)}"
    return month(start) if unit is PeriodUnit.MONTH else f"{MONTHS[start.month - 1]} to {month(months_on(start, 2))}"


def short_period(start: date, unit: PeriodUnit) -> str:
    """`5 Jan 26`, `Jan 26` or `Q1 26`."""
    if unit is PeriodUnit.WEEK:
        return f"{start.day} {short_month(start)}"
    return short_month(start) if unit is PeriodUnit.MONTH else f"Q{(start.month + 2) // 3} {start.year % 100:02d}"


def label_step(periods: int, labels: int, unit: PeriodUnit) -> int:
    """Every how many periods a label stands so that there are about so many, at the same quarter of each year."""
    step = max(1, -(-periods // labels))
    cycle = {PeriodUnit.QUARTER: 4, PeriodUnit.MONTH: 3}.get(unit, 1)
    return step if step == 1 else -(-step // cycle) * cycle


def months_on(start: date, months: int) -> date:
    """The first day of the month that many months later."""
    years, month_at = divmod(start.month - 1 + months, 12)
    return start.replace(year=start.year + years, month=month_at + 1, day=1)


def iso(on: date | None) -> str:
    """`2025-03-01`, or "" where unknown."""
    return on.isoformat() if on else ""


def language(code: str) -> str:
    """English name of an ISO 639-1 code, the code itself where we have none."""
    return LANGUAGES.get(code, code)


def listed(names: Sequence[str], limit: int = 3) -> str:
    """`Ada, Bo and Cy`, or `Ada, Bo, Cy and 4 others`."""
    shown, rest = [bidi_isolated(name) for name in names[:limit]], len(names) - limit
    if rest > 0:
        return f"{', '.join(shown)} and {counted(rest, 'other')}"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def bidi_isolated(name: str) -> str:
    """A name that reads from right to left kept to itself (UAX 9 isolates), so that what follows stays in order."""
    return f"\u2068{name}\u2069" if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name) else name


def hour(at: int) -> str:
    """The three hours around one: `06:00 to 09:00`."""
    return f"{(at - 1) % 24:02d}:00 to {(at + 2) % 24:02d}:00"
