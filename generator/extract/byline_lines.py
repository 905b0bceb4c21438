"""Marks lines of the main text that are metadata: date, byline and title at its start; rights and subjects at its end.

Hand-written pages and small site generators do not mark them up. They become furniture, where names and dates are
looked for; the text itself is not changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from generator import text
from generator.extract.blocks import Block, DocumentBlocks
from generator.extract.dates import read_date_line
from generator.extract.dom import HEADINGS
from generator.languages.alternation import alternation

MAX_LEADING_BLOCKS = 4  # blocks at the start of the main text that may be metadata
MAX_TRAILING_BLOCKS = 3  # blocks at its end that may be
MAX_LINE_CHARS = 120  # longer blocks are paragraphs
RIGHTS = re.compile(rf"©|\(c\)|{alternation('pages', 'rights_lines')}", re.IGNORECASE)
SUBJECTS = re.compile(rf"{alternation('pages', 'subject_labels')}\s*:", re.IGNORECASE)
BYLINE = re.compile(rf"{alternation('names', 'leading_prepositions')}\s+[^.!?\d]{{2,60}}$", re.IGNORECASE)


def strip_byline_lines(reading: DocumentBlocks, titles: tuple[str, ...], fetched_at: datetime) -> DocumentBlocks:
    """The document with metadata lines of its main text marked as furniture.

    Args:
        reading: a page whose main text is marked.
        titles: possible titles of the page; a line may begin with one.
        fetched_at: moment of the fetch; later dates are not plausible.
    """
    body = [n for n, b in enumerate(reading.blocks) if b.main and not b.furniture and not b.comment]
    metadata: set[int] = set()
    for number in body[:MAX_LEADING_BLOCKS]:
        block = reading.blocks[number]
        if block.tag in HEADINGS:
            continue
        if not _is_title_line(block, titles, fetched_at):
            break
        metadata.add(number)
    for number in reversed(body[-MAX_TRAILING_BLOCKS:]):
        block = reading.blocks[number]
        if not _is_closing_line(block):
            break
        metadata.add(number)
    if not metadata or len(metadata) == len(body):
        return reading
    blocks = tuple(replace(b, furniture=True) if n in metadata else b for n, b in enumerate(reading.blocks))
    return DocumentBlocks(blocks, reading.dropped_links)


def strip_title(line: str, titles: tuple[str, ...]) -> str:
    """A line without the title it begins with; "" where it holds only the title."""
    folded = text.fold(line)
    lower = folded.casefold()
    for title in titles:
        if title and lower.startswith(title.casefold()):
            return folded[len(title) :].strip(" |·•,–—-")
    return folded


def _is_closing_line(block: Block) -> bool:
    """Whether a block ends a text: an address, a heading without text below it, or a line of rights or subjects."""
    if block.tag == "address" or block.tag in HEADINGS:
        return True
    return len(block.text) <= MAX_LINE_CHARS and bool(RIGHTS.match(block.text) or SUBJECTS.match(block.text))


def _is_title_line(block: Block, titles: tuple[str, ...], fetched_at: datetime) -> bool:
    """Whether a block is a date, a byline or a repetition of the title."""
    line = strip_title(block.text[: 3 * MAX_LINE_CHARS], titles)
    if not line:
        return bool(block.text)
    if block.code or len(line) > MAX_LINE_CHARS:
        return False
    return bool(BYLINE.match(line)) or read_date_line(line, fetched_at) is not None
