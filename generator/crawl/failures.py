"""Maps exceptions and HTTP statuses to refusal reasons.

`reason_of_error` and `reason_of_status` decide the reason of every request that ends without a body.
"""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.internet.error import TimeoutError as TwistedTimeoutError

from generator.records import RefusalReason

FAILURES: tuple[tuple[tuple[type[BaseException], ...], RefusalReason, str], ...] = (
    ((DownloadCancelledError,), RefusalReason.TOO_LARGE, "larger than the limit"),
    (
        (DownloadTimeoutError, TwistedTimeoutError, TimeoutError),
        RefusalReason.TIMEOUT,
        "no complete answer in time",
    ),
    ((UnsupportedURLSchemeError,), RefusalReason.FORBIDDEN_ADDRESS, "not a web address"),
    ((CannotResolveHostError,), RefusalReason.CONNECTION, "no such host"),
    (
        (
            DownloadConnectionRefusedError,
            DownloadFailedError,
            ResponseDataLossError,
            ConnectError,
            ConnectionClosed,
            OSError,
        ),
        RefusalReason.CONNECTION,
        "no proper answer",
    ),
)


class RequestRefused(IgnoreRequest):
    """Raised by the middlewares and handlers of this package to end a request with a reason."""

    def __init__(self, reason: RefusalReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def reason_of_error(error: BaseException, host: str) -> tuple[RefusalReason, str]:
    """The reason and the detail text for a request that ended in an exception."""
    if isinstance(error, RequestRefused):
        return error.reason, error.detail
    if isinstance(error, StopDownload):
        status = getattr(getattr(error, "response", None), "status", 200)
        return reason_of_status(status, retry_after=False) or RefusalReason.BAD_TYPE, "its headers say: nothing to read"
    for kinds, reason, words in FAILURES:
        if isinstance(error, kinds):
            return reason, f"{host}: {words} ({type(error).__name__})"
    return RefusalReason.BROKEN, f"the answer could not be read ({type(error).__name__})"


def reason_of_status(status: int, *, retry_after: bool) -> RefusalReason | None:
    """The refusal reason of an HTTP status; None for 2xx and 304."""
    if 200 <= status < 300 or status == 304:
        return None
    if status in (404, 410):
        return RefusalReason.NOT_FOUND
    if status in (401, 403, 451):
        return RefusalReason.FORBIDDEN
    if status == 429 or (status == 503 and retry_after):
        return RefusalReason.RATE_LIMITED
    if 500 <= status < 600:
        return RefusalReason.SERVER_ERROR
    return RefusalReason.BAD_STATUS
