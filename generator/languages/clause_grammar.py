"""Grammars over the clauses of a sentence: classes of words, and productions that are sequences of classes.

A grammar is a data file `languages/<code>/<name>.yaml`: `classes` maps a class name in capitals to words and phrases,
every other key but `elided` is a section of productions. The syntax of productions stands at the top of
`en/refusals.yaml`. It does not depend on what a grammar is about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.languages.registry import language_data
from generator.languages.tokens import fold

WORD = re.compile(r"/?[^\W_]+(?:['./-][^\W_]+)*'?|[^\w\s]")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts written without blanks between words
CLAUSE_END = frozenset(".!?;:()[]—–…。！？；：（）|•·*")
PASSED_OVER = frozenset(",、，\"'“”-")
CONTRAST = "CONTRAST"  # class of words that begin a clause of their own: "but", "however"
ANY_WORD = r"\x01[^\x03]*\x03"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a clause with its classes."""

    text: str
    classes: frozenset[str]

    def encoded(self) -> str:
        """The word in the form that compiled productions match."""
        return f"\x01{self.text}\x02|{'|'.join(sorted(self.classes))}|\x03"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Phrases by their first word, longest first, and compiled productions by section."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    productions: Mapping[str, tuple[re.Pattern[str], ...]]
    elision: re.Pattern[str] | None  # prefixes written together with the next word: "n'accepte"
    triggers: Mapping[str, frozenset[str]]  # by section: tokens of which every match has at least one

    def may_match(self, tokens: Collection[str], sections: Collection[str]) -> bool:
        """Whether a sentence with these tokens can match at all: a cheap look before clauses are tagged."""
        return any(not self.triggers.get(section, frozenset()).isdisjoint(tokens) for section in sections)

    def tokens(self, sentence: str) -> tuple[str, ...]:
        """The words and marks of a sentence as this grammar reads them, folded."""
        return _tokens(sentence, self.elision)

    def clauses(self, sentence: str) -> list[list[Word]]:
        """The clauses of a sentence as tagged words; commas are passed over, contrast and stronger marks divide."""
        clauses: list[list[Word]] = [[]]
        for word in self._tagged(_tokens(sentence, self.elision)):
            if word.text in CLAUSE_END or CONTRAST in word.classes:
                clauses.append([])
            elif word.text not in PASSED_OVER:
                clauses[-1].append(word)
        return [clause for clause in clauses if clause]

    def matches(self, clause: Sequence[Word], sections: Collection[str]) -> Iterator[tuple[str, int, int]]:
        """Section, first and last word position (exclusive) of every match that does not overlap a `harmless` one."""
        offsets, stream = [0], ""
        for word in clause:
            stream += word.encoded()
            offsets.append(len(stream))
        harmless = [
            found.span() for pattern in self.productions.get("harmless", ()) for found in pattern.finditer(stream)
        ]
        for section in sections:
            for pattern in self.productions.get(section, ()):
                for found in pattern.finditer(stream):
                    if not any(begin < found.end() and found.start() < end for begin, end in harmless):
                        yield section, offsets.index(found.start()), offsets.index(found.end())

    def _tagged(self, tokens: tuple[str, ...]) -> Iterator[Word]:
        """Tokens joined to the longest phrases the grammar knows, each with its classes."""
        at = 0
        while at < len(tokens):
            for phrase, classes in self.phrases.get(tokens[at], ()):
                if tokens[at : at + len(phrase)] == phrase:
                    yield Word(" ".join(phrase), classes)
                    at += len(phrase)
                    break
            else:
                yield Word(tokens[at], frozenset())
                at += 1


@cache
def grammar_of(code: str, name: str) -> Grammar | None:
    """The grammar `name` of a language; None where the language has none.

    Args:
        code: ISO 639-1, lower case.
        name: file name without `.yaml`, such as `refusals`.
    """
    raw = language_data(code, name)
    if not raw:
        return None
    elided = raw.get("elided")
    elision = re.compile(rf"\b({'|'.join(elided)})'") if elided else None
    classes: dict[tuple[str, ...], set[str]] = {}
    for class_name, entries in raw["classes"].items():
        for entry in entries:
            classes.setdefault(_tokens(str(entry), elision), set()).add(class_name)
    phrases: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for phrase in sorted(classes, key=lambda phrase: (-len(phrase), phrase)):
        phrases.setdefault(phrase[0], []).append((phrase, frozenset(classes[phrase])))
    sections = {section: tuple(lines or ()) for section, lines in raw.items() if section not in ("classes", "elided")}
    return Grammar(
        {first: tuple(found) for first, found in phrases.items()},
        {section: tuple(map(_compiled, lines)) for section, lines in sections.items()},
        elision,
        {section: _triggers(lines, classes) for section, lines in sections.items()},
    )


def _triggers(lines: Iterable[str], classes: Mapping[tuple[str, ...], Collection[str]]) -> frozenset[str]:
    """First tokens of the words that productions need: of each production the element with the fewest of them."""
    found: set[str] = set()
    for line in lines:
        needed = []
        for element in line.split():
            if element in ("^", "$") or element.startswith("~") or element.endswith("?"):
                continue
            first: set[str] = set()
            for choice in element.split("|"):
                if choice == "$":
                    first |= {token for phrase in classes for token in phrase}
                elif choice.isascii() and choice.isupper():
                    first |= {phrase[0] for phrase, names in classes.items() if choice in names}
                else:
                    first.add(_tokens(choice, None)[0])
            needed.append(first)
        found |= min(needed, key=len, default=set())
    return frozenset(found)


@lru_cache(maxsize=256)  # one sentence is read in many languages, one after the other
def _tokens(sentence: str, elision: re.Pattern[str] | None) -> tuple[str, ...]:
    """Words and marks, folded; text without blanks between words comes character by character."""
    text = fold(sentence).replace("’", "'").replace("‘", "'").casefold()
    found: list[str] = []
    for token in WORD.findall(elision.sub(r"\1 ", text) if elision else text):
        found += list(token) if UNSPACED.search(token) else [token.rstrip("'") or token]
    return tuple(found)


def _compiled(line: str) -> re.Pattern[str]:
    """A production as an expression over encoded words."""
    parts = []
    for element in line.split():
        if element == "^":
            parts.append(r"\A")
        elif element == "$":
            parts.append(r"\Z")
        elif element.startswith("~"):
            parts.append(rf"(?:{ANY_WORD}){{0,{int(element[1:])}}}?")
        else:
            optional = element.endswith("?")
            one = "|".join(_one(choice) for choice in element.removesuffix("?").split("|"))
            parts.append(f"(?:{one}){'?' if optional else ''}")
    return re.compile("".join(parts))


def _one(choice: str) -> str:
    """The expression of one class or literal phrase, or of the end of the clause."""
    if choice == "$":
        return r"\Z"
    if choice.isascii() and choice.isupper():
        return rf"\x01[^\x03]*\|{choice}\|[^\x03]*\x03"
    return rf"\x01{re.escape(' '.join(_tokens(choice, None)))}\x02[^\x03]*\x03"
