"""What a source of seeds is: the one seam between `name:query` and whatever a place on the web speaks.

A source is a module with these names. It says what to ask first, reads one answer at a time, and may ask for
more: pages of a list, a second step, after a pause if the place wants one. It keeps nothing between answers;
which step an answer belongs to stands in the address that was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Protocol, TypeVar

import msgspec

from generator.records import Extraction, FetchRequest, Snapshot, Url
from generator.urls import TENANT_PATH_HOSTS, canonical_url, host_of, is_account

MAX_WORDS = 200  # characters kept of the words an address was named with
MAX_TEXT = 100_000  # characters of one text in which addresses are looked for
ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(https?:/.*)", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}|\\^]+")
TAGS = re.compile(r"<[^<>]{0,2000}>")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """What stands behind the colon of a seed, and today, because some places search by date."""

    words: str
    as_of: date


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """One address to ask. `page` True: a page, feed or list, read by the parsers; False: read by the source itself."""

    url: Url
    page: bool = False


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What came back; `extraction` is what the parsers read in it, None for what the source reads itself."""

    request: SourceRequest
    snapshot: Snapshot
    extraction: Extraction | None = None


@dataclass(frozen=True, slots=True)
class SeedCandidate:
    """An address a source names: in which words, and by whom.

    `by` tells mentions apart that do not depend on one another; it is compared, never shown.
    """

    url: Url
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What one answer says. `broken` is a sentence where it is not what its protocol promises.

    `captures` are pages kept elsewhere, to be taken where the site itself is gone.
    """

    leads: tuple[SeedCandidate, ...] = ()
    then: tuple[SourceRequest, ...] = ()
    wait_s: float = 0.0  # before anything more is asked
    broken: str = ""
    captures: tuple[FetchRequest, ...] = ()


class Source(Protocol):
    """A module of this package; EXAMPLE, FINDS and LIMITS are what the page of sources says of it."""

    EXAMPLE: str
    FINDS: str
    LIMITS: str

    def first(self, question: SourceQuery) -> tuple[SourceRequest, ...]:
        """What to ask first; raises UsageError where the words are none for this source."""

    def read(self, question: SourceQuery, answer: SourceAnswer) -> SourceReading:
        """What one answer names and what to ask next; raises nothing, whatever the answer holds."""


def source_request(address: str, *, page: bool = False) -> tuple[SourceRequest, ...]:
    """One ask; none where the address is no web address, such as a host that cannot exist."""
    url = canonical_url(address)
    return () if url is None else (SourceRequest(url, page=page),)


def decode_json(snapshot: Snapshot, shape: type[T]) -> T | None:
    """The answer's JSON in the shape its protocol promises; None where it is anything else."""
    try:
        return msgspec.json.decode(snapshot.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def seed_candidate(address: str | None, words: str = "", by: str = "") -> Iterator[SeedCandidate]:
    """The address as a lead, freed from the Internet Archive's frame; nothing for accounts and what is no address."""
    if not address or len(address) > MAX_TEXT:
        return
    if framed := ARCHIVED.match(address):
        address = re.sub(r"^(https?:)/+", r"\1//", framed[1])
    url = canonical_url(address)
    if url is not None and (host_of(url) in TENANT_PATH_HOSTS or not is_account(url)):
        yield SeedCandidate(url, plain_text_of(words), by)


def unique_by_url(leads: Iterable[SeedCandidate]) -> tuple[SeedCandidate, ...]:
    """Leads in their order, the same address by the same hand once."""
    found: dict[tuple[Url, str], SeedCandidate] = {}
    for one in leads:
        found.setdefault((one.url, one.by), one)
    return tuple(found.values())


def addresses_in(markup: str | None) -> Iterator[str]:
    """Web addresses written in HTML, Markdown or plain text, in order; what ends a sentence ends no address."""
    for match in ADDRESS.finditer((markup or "")[:MAX_TEXT]):
        yield unescape(match[0]).rstrip(".,;:!?*_~")


def plain_text_of(markup: str) -> str:
    """Words without markup, white space folded, clipped."""
    words = " ".join(unescape(TAGS.sub(" ", markup[: 10 * MAX_WORDS])).split())
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…"


def page_candidates(extraction: Extraction, *, by: str = "") -> Iterator[SeedCandidate]:
    """Links that posts of a page or feed lead to, in the words of the post; each post's writer is a hand of its own."""
    for post in extraction.posts:
        hand = by or (post.authors[0].name if post.authors else str(post.url))
        for link in post.links:
            yield from seed_candidate(link.target, link.sentence or post.title, hand)
