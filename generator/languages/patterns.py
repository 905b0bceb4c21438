"""The pattern engine: matches short sequences of words, gaps and sets against the tokens of a sentence.

The comment at the top of `en/patterns.yaml` describes the syntax. A pattern is compiled to a regular expression over a
*stream*: the tokens of one sentence joined by single spaces. In a stream, `⟦` and `⟧` enclose the link's anchor,
`§name` stands for a name of the cited person and `§link` for another link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

OPEN, CLOSE, NAME, LINK = "⟦", "⟧", "§name", "§link"

_MARKS = f"(?:[{OPEN}{CLOSE}] )*"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched in a stream, as token positions `[start, end)`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class PatternMatcher:
    """Patterns indexed by the words they may begin with, so that few are tried at each token."""

    by_first: Mapping[str, tuple[re.Pattern[str], ...]]

    def matches(self, tokens: tuple[str, ...]) -> Iterator[Match]:
        """Yield matches in token order; at each token a pattern matches once, non-greedily."""
        offsets: list[int] | None = None
        stream = ""
        for at, token in enumerate(tokens):
            if (candidates := self.by_first.get(token.casefold())) is None:
                continue
            if offsets is None:
                offsets, stream = _stream(tokens)
            for pattern in candidates:
                if found := pattern.match(stream, offsets[at]):
                    words = found[0].strip()
                    yield Match(at, at + words.count(" ") + 1, words)

    def found(self, tokens: tuple[str, ...]) -> bool:
        """Whether any pattern matches anywhere."""
        return next(self.matches(tokens), None) is not None


def _stream(tokens: tuple[str, ...]) -> tuple[list[int], str]:
    """Character offset of each token in the joined stream, and the stream."""
    offsets, at = [], 0
    for token in tokens:
        offsets.append(at)
        at += len(token) + 1
    return offsets, " ".join(tokens) + " "


def compile_patterns(lines: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> PatternMatcher:
    """Compile pattern lines of a data file.

    Args:
        lines: one pattern each.
        sets: the word sets that `<name>` elements refer to.
    """
    by_first: dict[str, list[re.Pattern[str]]] = {}
    for line in lines:
        elements = line.split()
        pattern = re.compile("".join(_element(element, sets) for element in elements), re.IGNORECASE)
        for word in _first_words(elements, sets):
            by_first.setdefault(word, []).append(pattern)
    return PatternMatcher({word: tuple(patterns) for word, patterns in by_first.items()})


def _element(element: str, sets: Mapping[str, tuple[str, ...]]) -> str:
    """The regular expression of one element; each token it consumes includes its trailing space."""
    if element == "?":
        return r"\? "
    if element == "@":
        return f"{OPEN} "
    if element == "^":
        return rf"\A(?:{OPEN} )?"
    if element == "<names>":
        return _run_of_names(sets)
    if element.startswith("~"):
        return f"{_gap_word(sets)}{{0,{int(element[1:])}}}?{_MARKS}"
    optional = element.endswith("?")
    choices = sorted(_choices(element.removesuffix("?"), sets), key=lambda words: (-len(words), words))
    body = "|".join(" ".join(re.escape(word) for word in words.split()) for words in choices)
    return f"(?:(?:{body}) {_MARKS}){'?' if optional else ''}"


def _gap_word(sets: Mapping[str, tuple[str, ...]]) -> str:
    """The regular expression of one skipped word. A gap never skips a negator: a pattern that allows it names it."""
    barriers = "|".join(f"{re.escape(word)} " for word in sets["gap_barriers"])
    return rf"(?:(?![.,!?;:] |{barriers}|{NAME} |[{OPEN}] )\S+ {_MARKS})"


def _run_of_names(sets: Mapping[str, tuple[str, ...]]) -> str:
    """The regular expression of a run of names, possibly empty.

    Case-sensitive: "thanks to" before a run of names thanks people, "thanks to the type system" states a cause.
    """
    joiners = "|".join(map(re.escape, sets["name_joiners"]))
    return rf"(?:(?-i:,|{joiners}|&|@\S+|{LINK}|{NAME}|[A-ZÀ-ÖØ-ÞČĆŁŚŠŻŹŽ]\S*|[{OPEN}{CLOSE}]) ){{0,40}}?"


def _choices(element: str, sets: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The alternatives of an element, with sets replaced by their entries."""
    choices: set[str] = set()
    for part in element.split("|"):
        if part == "<name>":
            choices |= {NAME, f"{NAME}'s"}
        elif part.startswith("<"):
            choices |= set(sets[part.strip("<>")])
        else:
            choices.add(part)
    return choices


def _first_words(elements: list[str], sets: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The words a match may begin with."""
    first = elements[0]
    if first == "^":
        return {OPEN, *_first_words(elements[1:], sets)}
    words = {words.split()[0].casefold() for words in _choices(first.removesuffix("?"), sets)}
    return words | _first_words(elements[1:], sets) if first.endswith("?") and len(first) > 1 else words
