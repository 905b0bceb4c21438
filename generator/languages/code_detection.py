"""The code detector: tells program text from prose, for quotations and for paragraphs."""

from __future__ import annotations

import re

CODE_SIGNS = re.compile(r"[<>{}\\]|::|->|=>|\w\(\)|https?://")
CODE_MARKS = "{}();=<>|\\$`[]#*&^%_/"
SAMPLE_CHARACTERS = 600  # read of a paragraph
CODE_SHARE = 0.08  # code marks by characters above which a paragraph is code; prose stays under 0.04
CODE_LINE = re.compile(
    r"^\s*(?:\$ |# |> |>>> |//|/\*|\*/|use \S+;|let |fn |pub |impl |import |from \S+ import|def |class |#include|"
    r"error(?:\[|:)|warning:|note:|-->|\d+ \||\+\+\+|---|@@ )"
)
URL_IN_TEXT = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")


def is_code(quote: str) -> bool:
    """Whether a quotation holds code or a bare address. One sign is enough: quotations are short."""
    return bool(CODE_SIGNS.search(quote))


def is_code_paragraph(paragraph: str) -> bool:
    """Whether a paragraph is code, output or a formula rather than prose."""
    if CODE_LINE.match(paragraph):
        return True
    sample = paragraph[:SAMPLE_CHARACTERS]
    if sum(map(sample.count, CODE_MARKS)) <= CODE_SHARE * len(sample):
        return False
    bare = URL_IN_TEXT.sub("", sample)  # addresses are full of marks but not code
    return sum(map(bare.count, CODE_MARKS)) > CODE_SHARE * max(len(bare), 1)
