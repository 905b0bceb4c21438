"""Format dates, numbers, lists and language names for the report, with the locale data of Babel (Unicode CLDR).

The report is written in one language, `SITE_LANGUAGE`. Results hold no HTML and no configuration.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_group_symbol

from generator.records import PeriodUnit

SITE_LANGUAGE = "en"  # ISO 639-1 code of the language in which the report is written
LOCALE = Locale(SITE_LANGUAGE)
LIST_LOCALE = Locale(SITE_LANGUAGE, "GB")  # British lists have no comma before "and"
WEEKDAY_NAMES = tuple(LOCALE.days["format"]["wide"][at] for at in range(7))  # from Monday to Sunday
THIN_SPACE = "\u202f"  # narrow no-break space, separates groups of three digits
CACHE_SIZE = 8192  # results kept per function; one Babel call takes 20 to 50 microseconds


def percent(share: float) -> str:
    """Format a share in [0, 1] as `71 %`; a share above 0 that rounds to 0 gives `under 1 %`."""
    if 0 < share < 0.005:
        return "under 1\u00a0%"
    return format_percent(share, "#,##0\u00a0%", locale=LOCALE)


@lru_cache(CACHE_SIZE)
def number(value: float) -> str:
    """Format a number with thin spaces between thousands and at most two decimals."""
    return format_decimal(value, "#,##0.##", locale=LOCALE).replace(get_group_symbol(LOCALE), THIN_SPACE)


def counted(count: int, one: str, many: str = "") -> str:
    """Format a count with its noun, such as `1 post` or `4 posts`; `many` defaults to `one` plus s."""
    return f"{number(count)}\u00a0{one if LOCALE.plural_form(count) == 'one' else many or one + 's'}"


def day(on: date | None, missing: str = "undated") -> str:
    """Format a date as `3 March 2025` with a no-break space after the day; `missing` for None."""
    return _date(on, "d\u00a0MMMM y") if on else missing


def plain_day(on: date | None, missing: str = "undated") -> str:
    """Format a date as `3 March 2025` with ordinary spaces; `missing` for None."""
    return _date(on, "d MMMM y") if on else missing


def month(on: date) -> str:
    """Format the month of a date as `March 2025`."""
    return _date(on, "MMMM y")


def short_month(on: date) -> str:
    """Format the month of a date as `Mar 25`."""
    return _date(on, "MMM yy")


def period(start: date, unit: PeriodUnit) -> str:
    """Format a period as `week of 5 January 2026`, `January 2026` or `January to March 2026`."""
    if unit is PeriodUnit.WEEK:
        return f"week of {day(start)}"
    return month(start) if unit is PeriodUnit.MONTH else f"{_date(start, 'MMMM')} to {month(months_on(start, 2))}"


def short_period(start: date, unit: PeriodUnit) -> str:
    """Format a period as `5 Jan 26`, `Jan 26` or `Q1 26`."""
    patterns = {PeriodUnit.WEEK: "d MMM yy", PeriodUnit.MONTH: "MMM yy", PeriodUnit.QUARTER: "QQQ yy"}
    return _date(start, patterns[unit])


def label_step(periods: int, labels: int, unit: PeriodUnit) -> int:
    """Return the number of periods between two axis labels, so that about `labels` labels are drawn.

    Steps of several months are whole quarters and steps of several quarters are whole years, so that labels
    repeat at the same part of each year.
    """
    step = max(1, -(-periods // labels))
    cycle = {PeriodUnit.QUARTER: 4, PeriodUnit.MONTH: 3}.get(unit, 1)
    return step if step == 1 else -(-step // cycle) * cycle


def months_on(start: date, months: int) -> date:
    """Return the first day of the month that is `months` months after `start`."""
    years, month_at = divmod(start.month - 1 + months, 12)
    return start.replace(year=start.year + years, month=month_at + 1, day=1)


def iso(on: date | None) -> str:
    """Format a date as `2025-03-01`; "" for None."""
    return on.isoformat() if on else ""


def hour(at: int) -> str:
    """Format the three hours around the hour `at` (0 to 23), such as `06:00 to 09:00`."""
    first, last = (format_time(time(hour_at % 24), "HH:mm", locale=LOCALE) for hour_at in (at - 1, at + 2))
    return f"{first} to {last}"


def language_name(code: str, missing: str = "") -> str:
    """Return the English name of an ISO 639 language code; `missing`, or else the code, where CLDR has no name."""
    name: str | None = LOCALE.languages.get(code)
    return name or missing or code


def listed(names: Sequence[str], limit: int = 3) -> str:
    """Join names as `Ada, Bo and Cy`, or as `Ada, Bo, Cy and 4 others` where there are more than `limit`."""
    shown, rest = [bidi_isolated(name) for name in names[:limit]], len(names) - limit
    return format_list([*shown, counted(rest, "other")] if rest > 0 else shown, locale=LIST_LOCALE)


def bidi_isolated(name: str) -> str:
    """Wrap a name written from right to left in bidirectional isolates, which keep the text after it in order.

    Source: Unicode Standard Annex 9, section 2.4.
    """
    return f"\u2068{name}\u2069" if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name) else name


@lru_cache(CACHE_SIZE)
def _date(on: date, pattern: str) -> str:
    """Format a date by a CLDR date pattern."""
    return format_date(on, pattern, locale=LOCALE)
