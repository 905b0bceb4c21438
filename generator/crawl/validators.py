"""The validator of a conditional request, as the server that made it compares it.

RFC 9110, section 13.1.2: If-None-Match is compared weakly, so a weak and a strong tag match. Many servers compare
bytes.
"""

from __future__ import annotations

import re

# Apache's mod_deflate and others append it to the tag of a compressed answer, and do not know the longer tag again.
PACKED = re.compile(r"(?P<tag>[^\"]+?)(?:-|;|--)(?:gzip|br|zstd|deflate|df)(?P<end>\"?)$")
WEAK = "W/"


def strong_tag(etag: str) -> str:
    """An ETag without the marks of a proxy: no `W/`, no `-gzip`."""
    return PACKED.sub(r"\g<tag>\g<end>", etag.strip().removeprefix(WEAK))


def if_none_match(etag: str, *, dated: bool) -> str:
    """The value of If-None-Match.

    A proxy that compresses makes a tag weak. WordPress compares bytes with its own strong tag, and sends a date with
    it. Frameworks that make weak tags themselves, and compare bytes too, send no date.

    Args:
        etag: as the server sent it.
        dated: whether Last-Modified came with it.
    """
    strong, given = strong_tag(etag), etag.strip()
    if dated or strong == given:
        return strong
    return given if strong == given.removeprefix(WEAK) else f"{strong}, {given}"
