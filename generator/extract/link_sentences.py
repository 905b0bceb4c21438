"""Finds the sentence around a link: verbatim text of the post, by the position of the link."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from generator import text
from generator.extract.blocks import Anchor, Block
from generator.languages.quotability import strip_return_mark


@dataclass(frozen=True, slots=True)
class BlockSentences:
    """A block's text, white space folded, and the offsets of its sentences."""

    content: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    listing: bool = False  # a code listing, in which each line is a sentence


MAX_SIGN_CHARS = 12  # characters beside an anchor; longer strings contain words
MAX_SHORT_CHARS = 80  # characters; a shorter stretch is extended by part of a long neighbour
MAX_INLINE_CODE_CHARS = 120  # more code without a line end is a listing whose lines were joined
NO_SENTENCES = BlockSentences("", (), ())


def sentences_of(block: Block) -> BlockSentences:
    """The sentences of a block; in a code listing each line is one."""
    listing = block.code > 0 and "\n" in block.text
    if not listing and block.code > MAX_INLINE_CODE_CHARS and 10 * block.code > 9 * len(block.text):
        return NO_SENTENCES
    content = block.text if listing else text.fold(block.text)
    starts, ends, cursor = [], [], 0
    for sentence in block.text.split("\n") if listing else text.sentences(block.text):
        at = content.find(sentence, cursor)
        if at >= 0:
            cursor = at + len(sentence)
            starts.append(at)
            ends.append(cursor)
    return BlockSentences(content, tuple(starts), tuple(ends), listing)


def sentence_around(sentences: BlockSentences, anchor: Anchor) -> str:
    """The sentence that holds the anchor, verbatim up to white space, at most 280 characters.

    An anchor across several sentences gives all of them. An anchor that is a whole sentence does not show why it is
    linked, so its neighbours are added. "" where the block has no text, or only code in one line.
    """
    first = bisect_right(sentences.ends, anchor.start)
    if first >= len(sentences.ends):
        return ""
    last = min(bisect_left(sentences.ends, anchor.end, lo=first), len(sentences.ends) - 1)
    begin, end = sentences.starts[first], sentences.ends[last]
    if not sentences.listing and _is_whole_stretch(sentences.content, begin, end, anchor):
        begin, end = _extend(sentences, first, last)
    return _cut_around(sentences.content, begin, end, anchor)


def _is_whole_stretch(content: str, begin: int, end: int, anchor: Anchor) -> bool:
    """Whether a stretch holds only the anchor's text and punctuation."""
    if (end - begin) - (anchor.end - anchor.start) > MAX_SIGN_CHARS:
        return False
    around = content[begin : max(anchor.start, begin)] + content[min(anchor.end, end) : end]
    return not any(c.isalnum() for c in around)


def _extend(sentences: BlockSentences, first: int, last: int) -> tuple[int, int]:
    """The stretch of sentences extended by its neighbours up to the limit, following sentences first."""
    starts, ends = sentences.starts, sentences.ends
    begin, end = starts[first], ends[last]
    for following in range(last + 1, len(ends)):
        # The first following sentence is taken even where it is too long, because its cut beginning gives context.
        if ends[following] - begin > text.MAX_QUOTE and (following > last + 1 or end - begin >= MAX_SHORT_CHARS):
            break
        # Skips a smiley or the arrow of a footnote.
        if any(c.isalnum() for c in sentences.content[starts[following] : ends[following]]):
            end = ends[following]
    while first > 0 and end - starts[first - 1] <= text.MAX_QUOTE:
        first -= 1
    return starts[first], end


def _cut_around(content: str, begin: int, end: int, anchor: Anchor) -> str:
    """The stretch `content[begin:end]`, cut to 280 characters around the anchor."""
    if end - begin <= text.MAX_QUOTE:
        return strip_return_mark(text.fold(content[begin:end]))
    room = text.MAX_QUOTE - min(anchor.end - anchor.start, text.MAX_QUOTE)
    start = max(begin, min(anchor.start - room // 2, end - text.MAX_QUOTE + 2))
    if start > begin:
        space = content.find(" ", start, anchor.start)
        start = space + 1 if space >= 0 else anchor.start
    lead = "…" if start > begin else ""
    # The input of clip() is bounded, because its time grows with the length of the sentence.
    piece = text.clip(content[start : min(end, start + 2 * text.MAX_QUOTE)], limit=text.MAX_QUOTE - len(lead))
    return lead + strip_return_mark(piece)
