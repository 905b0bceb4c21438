"""Addresses as a report may show them: an allow-list of schemes outwards, checked file names inwards."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.errors import PublishError

FILE_STEM = re.compile(r"[a-z0-9-]{1,60}")
OUTWARD = frozenset({"http", "https", "mailto"})


def web_link(address: str | None) -> str | None:
    """The address if a reader may be sent there (http, https or mailto), else None: then text is shown unlinked."""
    if not address or re.search(r"[\x00-\x20\x7f]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    complete = bool(parts.path) if scheme == "mailto" else bool(parts.netloc)
    return address if scheme in OUTWARD and complete else None


def mail_link(address: str) -> str | None:
    """`mailto:` for one plain e-mail address, None for anything that is not."""
    return f"mailto:{address}" if re.fullmatch(r"[^\s<>?&,;:\"'()@]+@[^\s<>?&,;:\"'()@]+", address) else None


def file_path(folder: str, stem: str, ending: str = ".html") -> str:
    """`people/ada-example.html`.

    Raises:
        PublishError: the id could leave its folder or name no file everywhere.
    """
    if not FILE_STEM.fullmatch(stem):
        raise PublishError(f"{stem!r} cannot be a file name: ids hold 1 to 60 of a-z, 0-9 and hyphen.")
    return f"{folder}/{stem}{ending}"


def shown_address(address: str) -> str:
    """An address as people write it: no scheme, no www, no final slash."""
    return re.sub(r"^(https?://)?(www\.)?", "", address).rstrip("/")
