"""Kinds of seed: an address as pasted, or `source:query` for places that list addresses.

One file a kind. To add one: a module with `requests(query)` and `links(snapshot)`, and its line in `SOURCES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.crawl.sources import hn
from generator.errors import UsageError
from generator.records import FetchRequest, Purpose, Snapshot, Url
from generator.urls import canonical_url

PREFIX = re.compile(r"^([a-z][a-z0-9]*):(?!//)(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of seed: what to ask for, and how to read the answer."""

    requests: Callable[[str], tuple[FetchRequest, ...]]
    links: Callable[[Snapshot], tuple[Url, ...]]
    example: str


SOURCES = {"hn": Source(hn.requests, hn.links, "hn:splitboarding")}


def seed_requests(seed: str) -> tuple[FetchRequest, ...]:
    """What to ask for first, for a seed as the analyst wrote it: an address, or `source:query`.

    Raises:
        UsageError: neither an address nor a source we know; the message names those there are.
    """
    found = _source(seed)
    if found is not None:
        source, query = found
        return source.requests(query)
    text = seed.strip()
    url = canonical_url(text if "://" in text else f"https://{text}")
    if url is None:
        raise UsageError(
            f"Seed {seed!r} is no web address.\n  Write an address such as https://powderlines.example/ or {_known()}."
        )
    return (FetchRequest(url, Purpose.SEED),)


def seed_links(seed: str, snapshot: Snapshot) -> tuple[Url, ...]:
    """The addresses a source's answer names, in its order; empty for a seed that is itself an address."""
    found = _source(seed)
    return found[0].links(snapshot) if found else ()


def _source(seed: str) -> tuple[Source, str] | None:
    match = PREFIX.match(seed.strip())
    if match is None or match[2].partition("/")[0].isdigit():  # example.org:8080 has a port, no query
        return None
    prefix, query = match[1], match[2].strip()
    if prefix not in SOURCES:
        raise UsageError(f"Seed {seed!r}: there is no source called {prefix!r}.\n  Known: an address, or {_known()}.")
    if not query:
        raise UsageError(f"Seed {seed!r} asks {prefix} for nothing.\n  Write {SOURCES[prefix].example}, for example.")
    return SOURCES[prefix], query


def _known() -> str:
    return ", ".join(source.example for _, source in sorted(SOURCES.items()))
