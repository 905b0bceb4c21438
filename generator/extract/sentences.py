"""The sentence around a link: verbatim text of the post, found by the link's place in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from generator import text
from generator.extract.blocks import Anchor, Block


@dataclass(frozen=True, slots=True)
class Sentences:
    """A block's text, white space folded, and where its sentences begin and end in it."""

    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


NO_SENTENCES = Sentences("", (), ())


def sentences_of(block: Block) -> Sentences:
    """Find a block's sentences once for all its links; in a code listing each line is one."""
    listing = block.code > 0 and "\n" in block.text
    words = block.text if listing else text.fold(block.text)
    starts, ends, cursor = [], [], 0
    for sentence in block.text.split("\n") if listing else text.sentences(block.text):
        at = words.find(sentence, cursor)
        if at >= 0:
            cursor = at + len(sentence)
            starts.append(at)
            ends.append(cursor)
    return Sentences(words, tuple(starts), tuple(ends))


def sentence_around(sentences: Sentences, anchor: Anchor) -> str:
    """The sentence that holds the anchor, verbatim up to white space, at most 280 characters.

    An anchor that runs over several sentences takes them along. "" where the block has no words.
    """
    first = bisect_right(sentences.ends, anchor.start)
    if first >= len(sentences.ends):
        return ""
    last = min(bisect_left(sentences.ends, anchor.end, lo=first), len(sentences.ends) - 1)
    begin, end = sentences.starts[first], sentences.ends[last]
    return _window(sentences.words, begin, end, anchor)


def _window(words: str, begin: int, end: int, anchor: Anchor) -> str:
    """The stretch `begin:end`, cut to 280 characters around the anchor where it is longer."""
    if end - begin <= text.MAX_QUOTE:
        return text.fold(words[begin:end])
    room = text.MAX_QUOTE - min(anchor.end - anchor.start, text.MAX_QUOTE)
    start = max(begin, min(anchor.start - room // 2, end - text.MAX_QUOTE + 2))
    if start > begin:
        space = words.find(" ", start, anchor.start)
        start = space + 1 if space >= 0 else anchor.start
    lead = "…" if start > begin else ""
    # clip() sees no more than it may keep and a word beyond, however long the sentence is.
    return lead + text.clip(words[start : min(end, start + 2 * text.MAX_QUOTE)], limit=text.MAX_QUOTE - len(lead))
