"""Helpers that sources share: build requests, decode JSON, turn what an answer holds into candidate sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TypeVar

import msgspec

from generator.records import Extraction, Snapshot, Url
from generator.shared_hosts import has_folders
from generator.sources.descriptor import SeedCandidate, SourceRequest
from generator.urls import canonical_url, host_of, is_account

MAX_WORDS = 200  # characters kept of the words that came with an address
MAX_TEXT = 100_000  # characters of one text that are searched for addresses
ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(https?:/.*)", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}|\\^]+")
TAGS = re.compile(r"<[^<>]{0,2000}>")
T = TypeVar("T")


def source_request(address: str, *, page: bool = False) -> tuple[SourceRequest, ...]:
    """One request, or none where the address is not a web address, such as one with an impossible host."""
    url = canonical_url(address)
    return () if url is None else (SourceRequest(url, page=page),)


def decode_json(snapshot: Snapshot, shape: type[T]) -> T | None:
    """The JSON body decoded into `shape`; None where the body is anything else."""
    try:
        return msgspec.json.decode(snapshot.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def seed_candidate(address: str | None, words: str = "", by: str = "") -> Iterator[SeedCandidate]:
    """Yield a candidate site; unwrap web.archive.org addresses, skip accounts and invalid addresses."""
    if not address or len(address) > MAX_TEXT:
        return
    if wrapped := ARCHIVED.match(address):
        address = re.sub(r"^(https?:)/+", r"\1//", wrapped[1])
    url = canonical_url(address)
    if url is not None and (has_folders(host_of(url)) or not is_account(url)):
        yield SeedCandidate(url, plain_text_of(words), by)


def unique_by_url(candidates: Iterable[SeedCandidate]) -> tuple[SeedCandidate, ...]:
    """The candidates in order, each address once per person who named it."""
    found: dict[tuple[Url, str], SeedCandidate] = {}
    for candidate in candidates:
        found.setdefault((candidate.url, candidate.by), candidate)
    return tuple(found.values())


def addresses_in(markup: str | None) -> Iterator[str]:
    """Yield web addresses in HTML, Markdown or plain text, in order, without trailing punctuation."""
    for match in ADDRESS.finditer((markup or "")[:MAX_TEXT]):
        yield unescape(match[0]).rstrip(".,;:!?*_~")


def plain_text_of(markup: str) -> str:
    """The text of a fragment: tags removed, entities decoded, white space folded, clipped to MAX_WORDS characters."""
    words = " ".join(unescape(TAGS.sub(" ", markup[: 10 * MAX_WORDS])).split())
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…"


def page_candidates(extraction: Extraction, *, by: str = "") -> Iterator[SeedCandidate]:
    """Yield the links of a page's or feed's posts; without `by`, each post's author counts as the one who named it."""
    for post in extraction.posts:
        named_by = by or (post.authors[0].name if post.authors else str(post.url))
        for link in post.links:
            yield from seed_candidate(link.target, link.sentence or post.title, named_by)
