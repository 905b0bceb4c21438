"""The sentence around a link: verbatim text of the post, found by the link's place in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from generator import text
from generator.extract.blocks import Anchor, Block
from generator.languages.quotability import strip_return_mark


@dataclass(frozen=True, slots=True)
class BlockSentences:
    """A block's text, white space folded, and where its sentences begin and end in it."""

    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    listing: bool = False  # a code listing, a line a sentence


SIGNS = 12  # characters; what stands beside an anchor and is longer has words in it
SHORT = 80  # characters; a stretch this short takes part of a long neighbour along
GLUED = 120  # characters of nothing but code without a line end that are a listing run together
NO_SENTENCES = BlockSentences("", (), ())


def sentences_of(block: Block) -> BlockSentences:
    """Find a block's sentences once for all its links; in a code listing each line is one."""
    listing = block.code > 0 and "\n" in block.text
    if not listing and block.code > GLUED and 10 * block.code > 9 * len(block.text):
        return NO_SENTENCES  # a listing whose lines the page only draws apart
    words = block.text if listing else text.fold(block.text)
    starts, ends, cursor = [], [], 0
    for sentence in block.text.split("\n") if listing else text.sentences(block.text):
        at = words.find(sentence, cursor)
        if at >= 0:
            cursor = at + len(sentence)
            starts.append(at)
            ends.append(cursor)
    return BlockSentences(words, tuple(starts), tuple(ends), listing)


def sentence_around(sentences: BlockSentences, anchor: Anchor) -> str:
    """The sentence that holds the anchor, verbatim up to white space, at most 280 characters.

    An anchor that runs over several sentences takes them along; one that is a sentence by itself says nothing
    of why it is linked and takes its neighbours along. "" where the block has no words, or only code run together.
    """
    first = bisect_right(sentences.ends, anchor.start)
    if first >= len(sentences.ends):
        return ""
    last = min(bisect_left(sentences.ends, anchor.end, lo=first), len(sentences.ends) - 1)
    begin, end = sentences.starts[first], sentences.ends[last]
    if not sentences.listing and _only(sentences.words, begin, end, anchor):
        begin, end = _neighbours(sentences, first, last)
    return _window(sentences.words, begin, end, anchor)


def _only(words: str, begin: int, end: int, anchor: Anchor) -> bool:
    """Whether a stretch is the anchor's text and signs around it."""
    if (end - begin) - (anchor.end - anchor.start) > SIGNS:
        return False
    around = words[begin : max(anchor.start, begin)] + words[min(anchor.end, end) : end]
    return not any(c.isalnum() for c in around)


def _neighbours(sentences: BlockSentences, first: int, last: int) -> tuple[int, int]:
    """The stretch of whole sentences around some of them that a quotation has room for: what follows first."""
    starts, ends = sentences.starts, sentences.ends
    begin, end = starts[first], ends[last]
    for following in range(last + 1, len(ends)):
        # The next sentence may be a long one: cut, it says more than none.
        if ends[following] - begin > text.MAX_QUOTE and (following > last + 1 or end - begin >= SHORT):
            break
        # A smiley or the arrow of a footnote says nothing.
        if any(c.isalnum() for c in sentences.words[starts[following] : ends[following]]):
            end = ends[following]
    while first > 0 and end - starts[first - 1] <= text.MAX_QUOTE:
        first -= 1
    return starts[first], end


def _window(words: str, begin: int, end: int, anchor: Anchor) -> str:
    """The stretch `begin:end`, cut to 280 characters around the anchor where it is longer."""
    if end - begin <= text.MAX_QUOTE:
        return strip_return_mark(text.fold(words[begin:end]))
    room = text.MAX_QUOTE - min(anchor.end - anchor.start, text.MAX_QUOTE)
    start = max(begin, min(anchor.start - room // 2, end - text.MAX_QUOTE + 2))
    if start > begin:
        space = words.find(" ", start, anchor.start)
        start = space + 1 if space >= 0 else anchor.start
    lead = "…" if start > begin else ""
    # clip() sees no more than it may keep and a word beyond, however long the sentence is.
    piece = text.clip(words[start : min(end, start + 2 * text.MAX_QUOTE)], limit=text.MAX_QUOTE - len(lead))
    return lead + strip_return_mark(piece)
