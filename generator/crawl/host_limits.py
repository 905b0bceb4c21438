"""What each host has told us in this run: when it may be asked again, and whether at all.

Knows no addresses and asks nobody. Times are the event loop's, which no clock that is set back can confuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from generator.crawl.failures import reason_of_status
from generator.records import RefusalReason

MAX_WAIT_S = 30.0  # longest Retry-After that is waited for; a longer one closes the host for this run
MAX_DELAY_S = 120.0  # longest Crawl-delay that is waited out; a host that asks for more is asked once a run
RETRY_STATUSES = frozenset({429, 503})
ENOUGH_NO = 3  # answers in a row that say no, after which a host is asked nothing more in this run
ENOUGH_FAILURES = 6  # requests in a row that fail (three addresses, each asked twice), after which the same
NO = frozenset({RefusalReason.FORBIDDEN, RefusalReason.RATE_LIMITED})
SPOILT = frozenset({RefusalReason.TOO_LARGE, RefusalReason.REDIRECT_LOOP})

Closed = tuple[RefusalReason, str]


@dataclass(slots=True)
class _Host:
    free_at: float = 0.0
    closed: Closed | None = None
    consecutive_refusals: int = 0
    failures: int = 0
    spoilt: int = 0


class HostLimits:
    """The hosts of one run, by name."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def closed(self, host: str) -> Closed | None:
        """Why a host is not asked any more; None where it may be."""
        return self._of(host).closed

    def pause_s(self, host: str, now: float) -> float:
        """Seconds until a host may be asked; 0 or less: now."""
        return self._of(host).free_at - now

    def note_asked(self, host: str, now: float, *, delay_s: float) -> None:
        """A request ended; the next one waits as long as robots.txt asks."""
        found = self._of(host)
        found.free_at = max(found.free_at, now + delay_s)
        if delay_s > MAX_DELAY_S and found.closed is None:
            found.closed = (RefusalReason.BUDGET, f"{host} asks for {delay_s:.0f} s between requests: one a run")

    def note_answer(self, host: str, response: Response, now: float) -> None:
        """A server answered: where it says when to come back, or keeps saying no, that is respected at once."""
        found, status = self._of(host), response.status
        asks_for_peace = status in RETRY_STATUSES and "Retry-After" in response.headers
        wait_s = retry_after_s(response.headers) if asks_for_peace else 0.0
        found.free_at = max(found.free_at, now + min(wait_s, MAX_WAIT_S))
        if wait_s > MAX_WAIT_S:
            found.closed = (RefusalReason.RATE_LIMITED, f"{host} asked for {wait_s:.0f} s of peace")
        reason = reason_of_status(status, retry_after=asks_for_peace)
        found.failures = found.failures + 1 if reason is RefusalReason.SERVER_ERROR else 0
        self._let_be(host, reason, found.failures)
        found.consecutive_refusals = found.consecutive_refusals + 1 if reason in NO and not asks_for_peace else 0
        if found.closed is None and found.consecutive_refusals >= ENOUGH_NO:
            said = RefusalReason.SITE_SAID_NO if reason is RefusalReason.FORBIDDEN else RefusalReason.RATE_LIMITED
            found.closed = (said, f"{host} said no {ENOUGH_NO} times in a row")

    def note_failure(self, host: str, reason: RefusalReason) -> None:
        """A request ended without an answer."""
        found = self._of(host)
        if reason in (RefusalReason.TIMEOUT, RefusalReason.CONNECTION):
            found.failures += 1
            self._let_be(host, reason, found.failures)

    def note_outcome(self, host: str, reason: RefusalReason | None) -> None:
        """What became of an address in the end, as far as its body or its redirects tell; None: it was answered."""
        found = self._of(host)
        found.spoilt = found.spoilt + 1 if reason in SPOILT else 0
        self._let_be(host, reason, found.spoilt)

    def _let_be(self, host: str, reason: RefusalReason | None, count: int) -> None:
        found = self._of(host)
        if found.closed is None and reason is not None and count >= ENOUGH_FAILURES:
            found.closed = (
                reason,
                f"{host} failed {ENOUGH_FAILURES} times in a row and is not asked again in this run",
            )

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())


def retry_after_s(headers: Mapping[str, bytes | None]) -> float:
    """Seconds a Retry-After header asks for, counted from the answer's own Date; 0 where it cannot be read."""
    value = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        said = parsedate_to_datetime((headers.get("Date") or b"").decode("latin-1"))
        return max(0.0, (until - said).total_seconds())
    except (TypeError, ValueError):
        return 0.0
