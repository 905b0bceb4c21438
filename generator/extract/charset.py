"""Decodes answers to text, and removes characters that parsers and pages must not contain.

Uses byte order marks, HTTP headers, XML declarations and meta elements, any of which may be wrong. Does not raise
errors: undecodable bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

import webencodings

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
# C0 and C1 controls except tab and line ends, surrogates, non-characters, and the byte order mark.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")
SURROGATE = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\x0c\x85]")
# Codecs of Python that are not character encodings, or that no browser reads.
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
        "utf-7",
    }
)
IN_PAIRS = re.compile(rb"[\x80-\xff]{2,}")
MAX_NUL_SHARE = 0.2  # share of NUL bytes; with more, unmarked bytes are UTF-16
MAX_BROKEN_SHARE = 0.2  # share of non-ASCII bytes that do not decode; with more, an encoding is contradicted
MIN_PAIRED_SHARE = 0.6  # share of non-ASCII bytes beside another one; less in languages with Latin letters


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
    if b"\x1b" in body:
        for label in _labels(body, content_type):
            if label.startswith("iso2022"):
                return body.decode(label, "replace")
    return text


def _decode_by_label(body: bytes, content_type: str) -> str:
    """Bytes that are not valid UTF-8, decoded by the first encoding that they do not contradict.

    The header comes first, then the declaration in the bytes, then UTF-8, which is the default of XML and the most
    frequent encoding of pages without a label, then Windows-1252.
    """
    labels = _labels(body, content_type)
    if len(labels) > 1 and _contradicts_one_byte(body, *labels[:2]):
        labels = labels[1:]
    high = sum(map(body.count, range(0x80, 0x100)))
    xml = body.lstrip()[:5] == b"<?xml"  # without a label it is UTF-8, so one bad byte contradicts nothing
    for label in (*labels, "utf-8"):
        text = body.decode(label, "replace")
        if text.count("\ufffd") <= max(MAX_BROKEN_SHARE * high, 1 if label == "utf-8" and not labels and xml else 0):
            return text
    return body.decode("cp1252", "replace")


def _contradicts_one_byte(body: bytes, header: str, declared: str) -> bool:
    """Whether bytes fit a declared East Asian encoding and not the one-byte encoding of the header.

    An encoding of one byte for each letter decodes any bytes, but text in it seldom has letters beyond ASCII side by
    side where the declared encoding also decodes without an error.
    """
    one_byte = header.startswith(("cp125", "iso8859", "windows-125"))
    if not one_byte or declared.startswith(("cp125", "iso8859", "utf-8")):
        return False
    high = sum(map(body.count, range(0x80, 0x100)))
    paired = sum(len(run) for run in IN_PAIRS.findall(body))
    return paired >= MIN_PAIRED_SHARE * high and "\ufffd" not in body.decode(declared, "replace")


def _labels(body: bytes, content_type: str) -> tuple[str, ...]:
    """Python's names of the encodings that header and declaration state, header first; unknown ones are left out."""
    inside = DECLARED_CHARSET.search(body[:HEAD_BYTES])
    header = HEADER_CHARSET.search(content_type)
    stated = [header[1]] if header else []
    if inside:
        stated.append(inside[1].decode("ascii", "replace"))
    return tuple(dict.fromkeys(name for label in stated if (name := _codec_name(label))))


def _codec_name(label: str) -> str:
    """Python's name of the encoding that browsers use for a label (WHATWG Encoding Standard); "" if unknown."""
    known = webencodings.lookup(label)
    if known is not None:
        if known.name in ("utf-16le", "utf-16be"):
            return "utf-8"  # bytes in which a label could be read are not UTF-16
        if known.name in ("replacement", "x-user-defined"):
            return ""
        return "gb18030" if known.name == "gbk" else known.codec_info.name
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # The labels of UTF-16 and UTF-32 are wrong for the same reason.
    return "utf-8" if info.name.startswith(("utf-16", "utf-32")) else "" if info.name in NON_TEXT_CODECS else info.name
