"""One language's words and patterns, read once from a data file; knows nothing of what they are used for.

A pattern is a short sequence of words with gaps and sets (the syntax stands at the top of `language/en.yaml`).
It is compiled to a regular expression over a *stream*: the tokens of one sentence joined by single spaces, the
link's anchor between `⟦` and `⟧`, names of the cited as `§name`, other links as `§link`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from generator.languages.word_lists import sensitive_words

OPEN, CLOSE, NAME, LINK = "⟦", "⟧", "§name", "§link"

_MARKS = f"(?:[{OPEN}{CLOSE}] )*"
# "not" is never passed over: a pattern that allows it says so.
_GAP_WORD = rf"(?:(?![.,!?;:] |not |never |§name |[{OPEN}] )\S+ {_MARKS})"
# Capitals count here: a run of names is what follows "thanks to", "thanks to the type system" is a cause.
_NAMES = rf"(?:(?-i:,|and|&|@\S+|§link|§name|[A-Z]\S*|[{OPEN}{CLOSE}]) ){{0,40}}?"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stood in a stream, as token positions `[start, end)`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class PatternMatcher:
    """Patterns filed by the words they may begin with, so that a sentence tries only a few."""

    by_first: Mapping[str, tuple[re.Pattern[str], ...]]

    def matches(self, tokens: tuple[str, ...]) -> Iterator[Match]:
        """Every match in order of its first token; the longest of each pattern's readings is not sought."""
        offsets: list[int] | None = None
        stream = ""
        for at, token in enumerate(tokens):
            if (filed := self.by_first.get(token.casefold())) is None:
                continue
            if offsets is None:
                offsets, stream = _stream(tokens)
            for pattern in filed:
                if found := pattern.match(stream, offsets[at]):
                    words = found[0].strip()
                    yield Match(at, at + words.count(" ") + 1, words)

    def found(self, tokens: tuple[str, ...]) -> bool:
        """Whether any pattern matches anywhere."""
        return next(self.matches(tokens), None) is not None


def _stream(tokens: tuple[str, ...]) -> tuple[list[int], str]:
    """Offsets of the tokens in the joined stream, and the stream."""
    offsets, at = [], 0
    for token in tokens:
        offsets.append(at)
        at += len(token) + 1
    return offsets, " ".join(tokens) + " "


@dataclass(frozen=True, slots=True)
class Language:
    """A language's words and patterns; see the data file for what each is."""

    circumstances: tuple[tuple[str, PatternMatcher], ...]
    shown: frozenset[str]
    answering: PatternMatcher
    calling: PatternMatcher
    heeding: PatternMatcher
    unsaid: PatternMatcher
    contrary: PatternMatcher
    doubts: frozenset[str]
    quotation: PatternMatcher
    roundup_titles: PatternMatcher
    door: Mapping[str, PatternMatcher]
    champions: PatternMatcher
    convictions: PatternMatcher
    oughts: frozenset[str]
    disclaimers: PatternMatcher
    wishes: PatternMatcher
    stances: tuple[tuple[str, PatternMatcher], ...]
    asks_all: PatternMatcher
    asks_reader: PatternMatcher
    rhetorical: PatternMatcher
    negators: frozenset[str]
    hedges: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    leaning: frozenset[str]
    answers: tuple[str, ...]
    dependent: frozenset[str]
    elsewhere: frozenset[str]
    pointing: re.Pattern[str]
    joining: re.Pattern[str]
    impersonal: re.Pattern[str]
    championing: re.Pattern[str]
    stop_words: frozenset[str]
    sensitive: frozenset[str]
    trade_words: frozenset[str]


@lru_cache(maxsize=32)
def language_of(language: str) -> Language | None:
    """The words of a post's language, English where it is unsure; None where no data file for it ships."""
    code = (language or "en").casefold().split("-")[0]
    here = files("generator.languages").joinpath(code, "patterns.yaml")
    return load_language(code) if code.isalpha() and here.is_file() else None


@lru_cache(maxsize=4)
def load_language(language: str = "en") -> Language:
    """The words of one language.

    Raises:
        FileNotFoundError: no data file for that language ships with the package.
    """
    raw = _read(language)
    sets = word_sets(language)

    def compiled(lines: Iterable[str]) -> PatternMatcher:
        return compile_patterns(lines, sets)

    return Language(
        circumstances=tuple((kind, compiled(lines)) for kind, lines in raw["circumstances"].items()),
        shown=_words(raw["shown"]),
        answering=compiled(raw["answering"]),
        calling=compiled(raw["calling"]),
        heeding=compiled(raw["heeding"]),
        unsaid=compiled(raw["unsaid"]),
        contrary=compiled(raw["contrary"]),
        doubts=_words(raw["doubts"]),
        quotation=compiled(raw["quotation"]),
        roundup_titles=compiled(raw["roundup_titles"]),
        door={kind: compiled(lines) for kind, lines in raw["door"].items()},
        champions=compiled(raw["champions"]),
        convictions=compiled(raw["convictions"]),
        oughts=_words(raw["oughts"]),
        disclaimers=compiled(raw["disclaimers"]),
        wishes=compiled(raw["wishes"]),
        stances=tuple((kind, compiled(lines)) for kind, lines in raw["stances"].items()),
        asks_all=compiled(raw["asks_all"]),
        asks_reader=compiled(raw["asks_reader"]),
        rhetorical=compiled(raw["rhetorical"]),
        negators=_words(raw["negators"]),
        hedges=_words(raw["hedges"]),
        pronouns={who: _words(words) for who, words in raw["pronouns"].items()},
        leaning=_words(raw["leaning"]),
        answers=tuple(raw["answers"]),
        dependent=_words(raw["dependent"]),
        elsewhere=_words(raw["elsewhere"]),
        pointing=re.compile(raw["pointing"], re.IGNORECASE),
        joining=re.compile(raw["joining"]),
        impersonal=re.compile(raw["impersonal"]),
        championing=re.compile(raw["championing"]),
        sensitive=sensitive_words(language),
        stop_words=_words(raw["stop_words"].split()),
        trade_words=_words(raw["trade_words"].split()),
    )


@lru_cache(maxsize=4)
def _read(language: str) -> dict[str, Any]:
    """A language's data file."""
    here = files("generator.languages").joinpath(language, "patterns.yaml")
    raw: dict[str, Any] = yaml.safe_load(here.read_text(encoding="utf-8"))
    return raw


def word_sets(language: str) -> dict[str, tuple[str, ...]]:
    """The sets of words that patterns of a language may name."""
    return {name: tuple(str(entry) for entry in entries) for name, entries in _read(language)["sets"].items()}


def _words(entries: Iterable[Any]) -> frozenset[str]:
    """Entries of the data file as words; YAML reads a bare `no` as False."""
    return frozenset("no" if entry is False else "yes" if entry is True else str(entry) for entry in entries)


def compile_patterns(lines: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> PatternMatcher:
    """Patterns of the data file, ready to be matched."""
    filed: dict[str, list[re.Pattern[str]]] = {}
    for line in lines:
        elements = line.split()
        pattern = re.compile("".join(_element(element, sets) for element in elements), re.IGNORECASE)
        for word in _first_words(elements, sets):
            filed.setdefault(word, []).append(pattern)
    return PatternMatcher({word: tuple(patterns) for word, patterns in filed.items()})


def _element(element: str, sets: Mapping[str, tuple[str, ...]]) -> str:
    """The expression of one element, each consumed token with its trailing space."""
    if element == "?":
        return r"\? "
    if element == "@":
        return f"{OPEN} "
    if element == "^":
        return rf"\A(?:{OPEN} )?"
    if element == "<names>":
        return _NAMES
    if element.startswith("~"):
        return f"{_GAP_WORD}{{0,{int(element[1:])}}}?{_MARKS}"
    optional = element.endswith("?")
    choices = sorted(_choices(element.removesuffix("?"), sets), key=lambda words: (-len(words), words))
    body = "|".join(" ".join(re.escape(word) for word in words.split()) for words in choices)
    return f"(?:(?:{body}) {_MARKS}){'?' if optional else ''}"


def _choices(element: str, sets: Mapping[str, tuple[str, ...]]) -> set[str]:
    """All that an element may stand for, sets opened."""
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
