"""Joins blocks to running text, with or without quotations and code."""

from __future__ import annotations

import re

from generator.extract.blocks import Block

BLANK_LINES = re.compile(r"\n\s*\n+")


def join_blocks(blocks: tuple[Block, ...], limit: int) -> str:
    """The text of all blocks, paragraphs separated by blank lines, cut between words to the limit."""
    whole = "\n\n".join(BLANK_LINES.sub("\n", block.text) for block in blocks if block.text.strip())
    return whole if len(whole) <= limit else whole[:limit].rsplit(" ", 1)[0]


def own_text(blocks: tuple[Block, ...]) -> str:
    """The text of all blocks without code listings and quotations, in the writer's own words."""
    return "\n\n".join(b.text for b in blocks if not b.quoted and b.code * 2 < max(len(b.text), 1))


def code_share(blocks: tuple[Block, ...]) -> float:
    """Share of the characters that are code, 0–1, two decimals."""
    total = sum(len(b.text) for b in blocks)
    return round(sum(b.code for b in blocks) / total, 2) if total else 0.0
