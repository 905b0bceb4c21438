"""After how many days an address is requested again, and what a refusal says about its host."""

from __future__ import annotations

from zlib import crc32

from generator.records import Refusal, RefusalReason, Url

MISSING_PAGE_DAYS = 6  # for which an address that was not found is not requested again
MIN_POST_DAYS, MAX_POST_DAYS = 4, 10  # for which a post that was read is not requested again; the maximum is excluded
NOT_IN_ARCHIVE = "not in the archive"  # detail of a refusal by a replayed archive, which says nothing about the web

HOST_FAILURES = frozenset(
    {
        RefusalReason.TIMEOUT,
        RefusalReason.CONNECTION,
        RefusalReason.SERVER_ERROR,
        RefusalReason.RATE_LIMITED,
        RefusalReason.ROBOTS_UNREACHABLE,
    }
)
NOT_REQUESTED = frozenset({RefusalReason.BUDGET, RefusalReason.RESTING})
DENIALS = frozenset({RefusalReason.ROBOTS, RefusalReason.FORBIDDEN, RefusalReason.SITE_SAID_NO})
TEMPORARY = HOST_FAILURES | NOT_REQUESTED  # the page was not withdrawn, so the archived copy still stands


def post_revisit_days(url: Url) -> int:
    """Days before a post is requested again, from 4 to 9; fixed per address, so that requests spread over nights."""
    return MIN_POST_DAYS + crc32(url.encode()) % (MAX_POST_DAYS - MIN_POST_DAYS)


def is_missing_page(refusal: Refusal) -> bool:
    """Whether the web itself answered that an address does not exist; a replayed archive cannot tell."""
    return refusal.reason is RefusalReason.NOT_FOUND and refusal.detail != NOT_IN_ARCHIVE
