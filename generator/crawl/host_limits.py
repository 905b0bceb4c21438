"""Per-host state of one run: the time of the next request, and whether the host is closed for the run.

The delay between two requests to a host is `crawl.delay_s` of the topic file (`settings.py`); a crawl delay of
robots.txt or a Retry-After header raises it here. Times are those of the event loop, which is monotonic. Nothing
here sends requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from generator.crawl.failures import reason_of_status
from generator.records import RefusalReason

MAX_WAIT_S = 30.0  # of a Retry-After; a longer one closes the host for this run
MAX_DELAY_S = 120.0  # of a Crawl-delay; a host with a longer one gets one request per run
RETRY_STATUSES = frozenset({429, 503})
MAX_CONSECUTIVE_REFUSALS = 3  # 403 or 429 answers after which a host is closed for this run
MAX_CONSECUTIVE_FAILURES = 6  # failed requests after which a host is closed: three addresses, two attempts each
REFUSING = frozenset({RefusalReason.FORBIDDEN, RefusalReason.RATE_LIMITED})
BODY_FAILURES = frozenset({RefusalReason.TOO_LARGE, RefusalReason.REDIRECT_LOOP})

Closed = tuple[RefusalReason, str]


@dataclass(slots=True)
class _Host:
    free_at: float = 0.0
    closed: Closed | None = None
    consecutive_refusals: int = 0
    failures: int = 0
    body_failures: int = 0


class HostLimits:
    """The state of each host of one run, by name."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def closed(self, host: str) -> Closed | None:
        """Why a host gets no more requests; None where it is open."""
        return self._of(host).closed

    def pause_s(self, host: str, now: float) -> float:
        """Seconds until the next request to a host; 0 or less for now."""
        return self._of(host).free_at - now

    def note_request(self, host: str, now: float, *, delay_s: float) -> None:
        """Record a finished request; the next one waits for the Crawl-delay of robots.txt."""
        found = self._of(host)
        found.free_at = max(found.free_at, now + delay_s)
        if delay_s > MAX_DELAY_S and found.closed is None:
            found.closed = (RefusalReason.BUDGET, f"{host} asks for {delay_s:.0f} s between requests: one a run")

    def note_answer(self, host: str, response: Response, now: float) -> None:
        """Record an answer: obey its Retry-After, and close the host after repeated refusals or server errors."""
        found, status = self._of(host), response.status
        has_retry_after = status in RETRY_STATUSES and "Retry-After" in response.headers
        wait_s = retry_after_s(response.headers) if has_retry_after else 0.0
        found.free_at = max(found.free_at, now + min(wait_s, MAX_WAIT_S))
        if wait_s > MAX_WAIT_S:
            found.closed = (RefusalReason.RATE_LIMITED, f"{host} asked for {wait_s:.0f} s of peace")
        reason = reason_of_status(status, retry_after=has_retry_after)
        found.failures = found.failures + 1 if reason is RefusalReason.SERVER_ERROR else 0
        self._close_after(host, reason, found.failures)
        found.consecutive_refusals = found.consecutive_refusals + 1 if reason in REFUSING and not has_retry_after else 0
        if found.closed is None and found.consecutive_refusals >= MAX_CONSECUTIVE_REFUSALS:
            closing = RefusalReason.SITE_SAID_NO if reason is RefusalReason.FORBIDDEN else RefusalReason.RATE_LIMITED
            found.closed = (closing, f"{host} said no {MAX_CONSECUTIVE_REFUSALS} times in a row")

    def note_failure(self, host: str, reason: RefusalReason) -> None:
        """Record a request that ended without an answer."""
        found = self._of(host)
        if reason in (RefusalReason.TIMEOUT, RefusalReason.CONNECTION):
            found.failures += 1
            self._close_after(host, reason, found.failures)

    def note_outcome(self, host: str, reason: RefusalReason | None) -> None:
        """Record the final outcome of an address, which covers its body and redirects; None for a readable answer."""
        found = self._of(host)
        found.body_failures = found.body_failures + 1 if reason in BODY_FAILURES else 0
        self._close_after(host, reason, found.body_failures)

    def _close_after(self, host: str, reason: RefusalReason | None, count: int) -> None:
        found = self._of(host)
        if found.closed is None and reason is not None and count >= MAX_CONSECUTIVE_FAILURES:
            found.closed = (
                reason,
                f"{host} failed {MAX_CONSECUTIVE_FAILURES} times in a row and is not asked again in this run",
            )

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())


def retry_after_s(headers: Mapping[str, bytes | None]) -> float:
    """Seconds in a Retry-After header; a date is relative to the response's Date. 0 where it is unreadable."""
    value = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        sent = parsedate_to_datetime((headers.get("Date") or b"").decode("latin-1"))
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError):
        return 0.0
