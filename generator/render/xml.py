"""Write XML without the characters that XML 1.0 forbids."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return the text without characters forbidden by XML 1.0 (control characters, lone surrogates)."""
    return FORBIDDEN.sub("", text)


def document(root: Element) -> bytes:
    """The element as an indented UTF-8 document."""
    indent(root)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
