"""Blocks back to running text: the whole of it, and the part that is the writer's own voice."""

from __future__ import annotations

import re

from generator.extract.blocks import Block

BLANK_LINES = re.compile(r"\n\s*\n+")


def join_blocks(blocks: tuple[Block, ...], limit: int) -> str:
    """Paragraphs separated by blank lines, cut at a word where longer than the limit."""
    whole = "\n\n".join(BLANK_LINES.sub("\n", block.text) for block in blocks if block.text.strip())
    return whole if len(whole) <= limit else whole[:limit].rsplit(" ", 1)[0]


def own_text(blocks: tuple[Block, ...]) -> str:
    """The text without listings and quotations."""
    return "\n\n".join(b.text for b in blocks if not b.quoted and b.code * 2 < max(len(b.text), 1))


def code_share(blocks: tuple[Block, ...]) -> float:
    """Share of the characters that are code, 0–1, two decimals."""
    total = sum(len(b.text) for b in blocks)
    return round(sum(b.code for b in blocks) / total, 2) if total else 0.0
