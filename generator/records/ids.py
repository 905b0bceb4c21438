"""Identifiers, addresses and the record of what a stage dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

AGENT = "whomatters"  # how we name ourselves to servers; their rules may name us
Url = NewType("Url", str)
"""A canonical absolute http(s) address, as `urls.canonical_url` returns it."""
UrlKey = NewType("UrlKey", str)
"""`urls.url_key` of a Url: what two spellings of one address share (no scheme, no www, no trailing slash)."""
SiteId = NewType("SiteId", str)
"""Root address of a site, ending in a slash: `https://a.example/` or `https://shared.example/~ada/`."""
PersonId = NewType("PersonId", str)
"""A person's permanent slug, `[a-z0-9-]+`, at most 60 characters; file names are made of it."""
CircleId = NewType("CircleId", str)
"""A circle's slug, `[a-z0-9-]+`."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something a stage received and left out, with the reason: kept + dropped = received."""

    what: str
    reason: str
