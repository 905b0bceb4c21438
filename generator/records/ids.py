"""Identifiers, addresses and the record of what a stage dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

AGENT = "whomatters"  # our name in the User-Agent and in robots.txt
Url = NewType("Url", str)
"""A canonical absolute http(s) address, as `urls.canonical_url` returns it."""
UrlKey = NewType("UrlKey", str)
"""`urls.url_key` of a Url: equal for all spellings of one address (no scheme, no www, no trailing slash)."""
SiteId = NewType("SiteId", str)
"""Root address of a site, ending in a slash: `https://a.example/` or `https://shared.example/~ada/`."""
PersonId = NewType("PersonId", str)
"""A person's permanent slug, `[a-z0-9-]+`, at most 60 characters; also used in file names."""
CircleId = NewType("CircleId", str)
"""A circle's slug, `[a-z0-9-]+`."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input that a stage left out, with the reason; kept + dropped = received."""

    what: str
    reason: str
