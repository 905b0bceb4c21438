"""Lines of a main text that are no text: date and name beside the title; copyright, subjects, bare headings at the end.

Publishing by hand and small generators leave them unmarked between title and text. They are set aside as
furniture, where names and dates are looked for; nothing is rewritten or lost.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from generator import text
from generator.extract.blocks import Block, DocumentBlocks
from generator.extract.dates import bare_date
from generator.extract.dom import HEADINGS

AT_START = 4  # body blocks among which the lines beside a title stand
AT_END = 3  # body blocks among which the lines below a text stand
LONG_LINE = 120  # characters; a longer block is a paragraph
RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
SUBJECTS = re.compile(r"(?:tags?|tagged|labels?|categor(?:y|ies)|filed\s+under|posted\s+in)\s*:", re.IGNORECASE)
BY = re.compile(r"by\s+[^.!?\d]{2,60}$", re.IGNORECASE)


def strip_byline_lines(reading: DocumentBlocks, titles: tuple[str, ...], fetched_at: datetime) -> DocumentBlocks:
    """The reading with such lines marked as furniture.

    Args:
        reading: a page, its main text marked.
        titles: what the page may be called; a line may begin with it.
        fetched_at: the latest believable day but one.
    """
    body = [n for n, b in enumerate(reading.blocks) if b.main and not b.furniture and not b.comment]
    aside: set[int] = set()
    for number in body[:AT_START]:
        block = reading.blocks[number]
        if block.tag in HEADINGS:
            continue
        if not _beside_title(block, titles, fetched_at):
            break
        aside.add(number)
    for number in reversed(body[-AT_END:]):
        block = reading.blocks[number]
        if not _below_text(block):
            break
        aside.add(number)
    if not aside or len(aside) == len(body):
        return reading
    blocks = tuple(replace(b, furniture=True) if n in aside else b for n, b in enumerate(reading.blocks))
    return DocumentBlocks(blocks, reading.links_left_out)


def strip_title_line(words: str, titles: tuple[str, ...]) -> str:
    """A line without the title it begins with; "" where it is nothing but the title."""
    folded = text.fold(words)
    lower = folded.casefold()
    for title in titles:
        if title and lower.startswith(title.casefold()):
            return folded[len(title) :].strip(" |·•,–—-")
    return folded


def _below_text(block: Block) -> bool:
    """Whether a block signs a text, or is a heading with nothing below it."""
    if block.tag == "address" or block.tag in HEADINGS:
        return True
    return len(block.text) <= LONG_LINE and bool(RIGHTS.match(block.text) or SUBJECTS.match(block.text))


def _beside_title(block: Block, titles: tuple[str, ...], fetched_at: datetime) -> bool:
    """Whether a block is a date, a byline or the title once more."""
    line = strip_title_line(block.text[: 3 * LONG_LINE], titles)
    if not line:
        return bool(block.text)
    if block.code or len(line) > LONG_LINE:
        return False
    return bool(BY.match(line)) or bare_date(line, fetched_at) is not None
