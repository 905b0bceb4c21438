"""Bytes to text: which encoding an answer is in, and no character that a parser or a page must not meet.

Knows byte order marks, HTTP headers, XML declarations and meta elements, and that all of them may be wrong.
Never fails: undecodable bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
HEAD_BYTES = 4_096  # declarations further down are not looked for
# Labels that browsers read as a larger, compatible encoding (WHATWG Encoding Standard, section 4.2).
WIDER = {
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
# C0 and C1 controls but tab and line ends, surrogates, non-characters, and the byte order mark.
UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")
LINE_ENDS = re.compile("\r\n?|[\x0c\x85]")
# Python's codecs that are no character encodings.
NO_TEXT = frozenset(
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
MANY_NULS = 0.2  # share of NUL bytes above which unmarked bytes are taken for UTF-16
MANY_BROKEN = 0.2  # share of bytes above ASCII that do not decode, above which a UTF-8 label is not believed


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an answer, without control characters; a wrong label does not spoil it.

    Args:
        body: the decoded (not compressed) payload.
        content_type: the HTTP header, "" if there was none.
    """
    return LINE_ENDS.sub("\n", UNWANTED.sub("", _decoded(body, content_type)))


def _decoded(body: bytes, content_type: str) -> str:
    """The text as the first trustworthy witness has it."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    if (nuls := body[:HEAD_BYTES].count(0)) > MANY_NULS * min(len(body), HEAD_BYTES) and nuls:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        # Anything that is valid UTF-8 with letters above ASCII is UTF-8, whatever its label says;
        # only the seven-bit encodings (ISO-2022-JP) need the label.
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _by_label(body, content_type)
    if b"\x1b" in body and (label := _label(body, content_type)) and label.startswith("iso2022"):
        return body.decode(label, "replace")
    return text


def _by_label(body: bytes, content_type: str) -> str:
    """Bytes that are no clean UTF-8, by header or declaration, else Windows-1252."""
    label = _label(body, content_type) or "cp1252"
    label = WIDER.get(label, label)
    text = body.decode(label, "replace")
    high = sum(map(body.count, range(0x80, 0x100))) if label == "utf-8" else 0
    if high and text.count("\ufffd") > MANY_BROKEN * high:
        return body.decode("cp1252", "replace")
    return text


def _label(body: bytes, content_type: str) -> str | None:
    """Python's name of the declared encoding; None where none is declared or known."""
    inside = DECLARED.search(body[:HEAD_BYTES])
    for match in (HEADER.search(content_type), inside):
        if match:
            name = match[1].decode("ascii", "replace") if isinstance(match[1], bytes) else match[1]
            try:
                info = codecs.lookup(name)
            except (LookupError, ValueError):
                continue
            if info.name not in NO_TEXT:
                return info.name
    return None
