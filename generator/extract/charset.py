"""Decodes answers to text, and removes characters that parsers and pages must not contain.

Uses byte order marks, HTTP headers, XML declarations and meta elements, any of which may be wrong. Does not raise
errors: undecodable bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED_CHARSET = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
HEAD_BYTES = 4_096  # bytes in which a declaration is looked for
# Labels that browsers decode as a larger, compatible encoding (WHATWG Encoding Standard, section 4.2).
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
# C0 and C1 controls except tab and line ends, surrogates, non-characters, and the byte order mark.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")
SURROGATE = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\x0c\x85]")
# Codecs of Python that are not character encodings.
NON_TEXT_CODECS = frozenset(
    {
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
    }
)
MAX_NUL_SHARE = 0.2  # share of NUL bytes; with more, unmarked bytes are UTF-16
MAX_BROKEN_SHARE = 0.2  # share of non-ASCII bytes that do not decode; with more, a UTF-8 label is wrong


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an answer, without control characters and with line feeds as line ends.

    Args:
        body: the payload, not compressed.
        content_type: the Content-Type header; "" if absent.
    """
    return LINE_ENDS.sub("\n", FORBIDDEN.sub("", _decode_bytes(body, content_type)))


def json_value(text: str) -> Any:
    """The value of a JSON text; control characters in strings are allowed, and half a surrogate pair is U+FFFD.

    Python cannot write half a pair to any file.

    Raises:
        ValueError: the text is not JSON.
    """
    value = json.loads(text, strict=False)
    if "\\u" not in text:
        return value
    plain = json.dumps(value, ensure_ascii=False)
    return json.loads(SURROGATE.sub("\ufffd", plain)) if SURROGATE.search(plain) else value


def _decode_bytes(body: bytes, content_type: str) -> str:
    """The text by byte order mark, else as UTF-16 or UTF-8 where the bytes show it, else by the declared encoding."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    if (nuls := body[:HEAD_BYTES].count(0)) > MAX_NUL_SHARE * min(len(body), HEAD_BYTES) and nuls:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        # Valid UTF-8 is UTF-8 whatever its label, except for seven-bit encodings such as ISO-2022-JP.
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_label(body, content_type)
    if b"\x1b" in body and (label := _label(body, content_type)) and label.startswith("iso2022"):
        return body.decode(label, "replace")
    return text


def _decode_by_label(body: bytes, content_type: str) -> str:
    """Bytes that are not valid UTF-8, decoded by header or declaration, else as Windows-1252."""
    label = _label(body, content_type) or "cp1252"
    label = SUPERSETS.get(label, label)
    text = body.decode(label, "replace")
    high = sum(map(body.count, range(0x80, 0x100))) if label == "utf-8" else 0
    if high and text.count("\ufffd") > MAX_BROKEN_SHARE * high:
        return body.decode("cp1252", "replace")
    return text


def _label(body: bytes, content_type: str) -> str | None:
    """Python's name of the declared encoding; None where none is declared or it is unknown."""
    inside = DECLARED_CHARSET.search(body[:HEAD_BYTES])
    for match in (HEADER_CHARSET.search(content_type), inside):
        if match:
            name = match[1].decode("ascii", "replace") if isinstance(match[1], bytes) else match[1]
            try:
                info = codecs.lookup(name)
            except (LookupError, ValueError):
                continue
            if info.name not in NON_TEXT_CODECS:
                return info.name
    return None
