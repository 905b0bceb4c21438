"""Takes names out of lines such as `Posted by Ada Example on March 3, 2025 – 3 min read`.

Dates, reading times, words of publishing and titles are removed; what is left is split at separators. Whether a piece
is a name is decided in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from html import unescape

from generator import text
from generator.extract.dates import ANY_DATE, READING_TIME, RELATIVE_DATE, UPDATE_LABEL
from generator.languages.alternation import alternation
from generator.languages.registry import merged_words

MAX_RAW_CHARS = 400  # characters of a field in which a name is looked for
MAX_ESCAPES = 2  # some systems escape a field that is escaped
_PREPOSITION = alternation("names", "byline_prepositions", "line_prepositions")
_VERB = alternation("names", "byline_verbs", "byline_nouns")
_PARTICLES = frozenset(merged_words("names", "name_particles"))
LEAD = re.compile(
    rf"^(?:(?P<verb>{_VERB}(?:\s+{_VERB})?)\s+)?(?P<preposition>{_PREPOSITION})(?:\s*[:：]\s*|\s+)|"
    rf"^(?P<label>{alternation('names', 'author_labels')}\s*(?:[:：/／]\s*|\s*$)|{_VERB}\s*[:：]\s*)",
    re.IGNORECASE,
)
TAIL = re.compile(
    rf"\s*(?:(?<!\w){alternation('names', 'date_prepositions')}|\(\s*[@#][^()]*\)|[(（]\s*[)）]|<[^<>]*>?)\s*$",
    re.IGNORECASE,
)
CATEGORY = re.compile(rf"\s+{alternation('names', 'category_prepositions')}\s+\S.*$", re.IGNORECASE)
MARKS = " \"“”'‘’,:：;，、|·•–—-[]<>"
SEPARATOR = re.compile(r"\s*[|·•∙⋅]\s*|\s+[–—~/-]{1,2}\s+|\s*—\s*")
# Words that stand beside a date or a name and name nothing.
FILLER = re.compile(
    rf"(?<!\w)(?:{_VERB}|{alternation('dates', 'date_words')}|{alternation('names', 'date_prepositions')})(?!\w)",
    re.IGNORECASE,
)


def decoded(raw: str) -> str:
    """A field folded, with its character references decoded; also those that were escaped twice."""
    found = raw[:MAX_RAW_CHARS]
    for _ in range(MAX_ESCAPES):
        if "&" not in found:
            break
        found = unescape(found)
    return text.fold(found)


def byline_pieces(line: str, titles: Container[str] = ()) -> tuple[tuple[str, bool], ...]:
    """The pieces of a line that may be names, each with whether a word such as “by” stands before it.

    Args:
        line: a field or line, folded.
        titles: casefolded titles that are not names.
    """
    if " " in line:  # digits of an account's name are not a date
        for pattern in (ANY_DATE, RELATIVE_DATE, READING_TIME, UPDATE_LABEL):
            line = pattern.sub(" | ", line)
    found = []
    for raw in SEPARATOR.split(line):
        piece, led = without_lead(raw.strip(" ,:;"))
        piece = _without_tail(piece).strip(MARKS)
        named = any(c.isalpha() for c in FILLER.sub("", piece))
        if named and piece.casefold() not in titles:
            found.append((piece, led))
    return tuple(found)


def without_lead(piece: str) -> tuple[str, bool]:
    """A piece without a credit at its start, and whether it had one: `Guest post by Ada`, `作者：王小明`."""
    match = LEAD.match(piece)
    if match is None:
        return piece, False
    rest = piece[match.end() :]
    preposition = match["preposition"]
    # "von Trapp" is a surname with its particle, "von Maria Trapp" a credit.
    if preposition and not match["verb"] and preposition.casefold() in _PARTICLES and len(rest.split()) < 2:
        return piece, False
    return rest, True


def _without_tail(piece: str) -> str:
    """A piece without a preposition before a removed date, an account in brackets or an open tag at its end."""
    while (shorter := TAIL.sub("", piece)) != piece:
        piece = shorter
    return piece
