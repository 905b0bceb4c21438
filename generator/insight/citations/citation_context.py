"""A citation as words around a link: the stream the patterns of a language are tried on.

Knows where the link's anchor stands in its sentence and which words name the cited; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.languages.patterns import CLOSE, LINK, NAME, OPEN
from generator.languages.registry import merged_words
from generator.records import Person, PublisherKind
from generator.shared_hosts import host_labels
from generator.text import fold
from generator.urls import host_of

WORD = re.compile(r"@?\w(?:[\w@'+#*/-]|\.(?=\w))*|[.,;:!?()\[\]\"“”«»—–…&]")
QUOTE_OPENERS = frozenset('"“«')
# First labels of hosts that say what is there, not who.
NAMELESS_LABELS = frozenset(merged_words("pages", "nameless_labels"))


@dataclass(frozen=True, slots=True)
class NameForms:
    """The words that may name a person in a sentence, casefolded; `phrases` are whole names."""

    words: frozenset[str]
    capitalised: frozenset[str]  # parts of a name: they count only with a capital, "will" is a verb too
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CitationContext:
    """A sentence as tokens; the anchor is `tokens[start:end]`, its marks included."""

    tokens: tuple[str, ...]
    start: int
    end: int


def name_forms(person: Person) -> NameForms:
    """By which words a person may be named: names, their parts, handles and host labels."""
    words: set[str] = set()
    parts: set[str] = set()
    phrases = tuple(tuple(word_tokens(name)) for name in (person.name, *person.other_names) if name.strip())
    if person.kind is PublisherKind.PERSON:
        for phrase in phrases:
            parts |= {part.casefold() for part in phrase if len(part) >= 3 and part[0].isalpha()}
        for url in (*person.sites, *person.accounts):
            label = next(iter(host_labels(host_of(url))), "")
            words |= {label} if len(label) >= 4 and label not in NAMELESS_LABELS else set()
        for account in person.accounts:
            handle = account.rstrip("/").rsplit("/", 1)[-1].removeprefix("@").casefold()
            words |= {handle} if len(handle) >= 4 and "." not in handle else set()
    return NameForms(frozenset(words), frozenset(parts), phrases)


def word_tokens(text: str) -> list[str]:
    """Words and punctuation in order, apostrophes straight, capitals kept."""
    return WORD.findall(text.replace("’", "'").replace("‘", "'"))


def citation_context(sentence: str, anchor: str, who: NameForms, others: Iterable[str] = ()) -> CitationContext | None:
    """The sentence as a stream around its link.

    Args:
        sentence: verbatim words around the link.
        anchor: the link's own words.
        who: how the cited may be named.
        others: anchors of links in the same sentence that lead to other people; each becomes one token.

    Returns:
        None where the anchor is empty or not in the sentence.
    """
    sentence, anchor = fold(sentence), fold(anchor)
    at = sentence.find(anchor) if anchor else -1
    if at < 0:
        return None
    before, after = sentence[:at], sentence[at + len(anchor) :]
    for other in sorted({fold(other) for other in others} - {"", anchor}, key=lambda text: (-len(text), text)):
        before = before.replace(other, f" {LINK} ") if len(other) > 2 else before
        after = after.replace(other, f" {LINK} ") if len(other) > 2 else after
    head = _named(_with_links(before), who)
    middle = _named(word_tokens(anchor), who)
    tail = _named(_with_links(after), who)
    # A possessive or plural ending glued to the anchor belongs to it: [Ada]'s post.
    if tail and tail[0] == "s" and re.match(r"['’]s\b", after) and middle:
        middle, tail = [*middle[:-1], middle[-1] + "'s"], tail[1:]
    tokens = (*head, OPEN, *middle, CLOSE, *tail)
    return CitationContext(tokens, len(head), len(head) + len(middle) + 2)


def named_tokens(sentence: str, who: NameForms) -> tuple[str, ...]:
    """The tokens of a sentence without a link of its own, each name of the person as one name token."""
    return tuple(_named(word_tokens(sentence), who))


def _with_links(text: str) -> list[str]:
    """Tokens of a part of a sentence in which other links already stand as one token."""
    out: list[str] = []
    for index, piece in enumerate(text.split(LINK)):
        out += ([LINK] if index else []) + word_tokens(piece)
    return out


def _named(tokens: list[str], who: NameForms) -> list[str]:
    """The tokens with every naming of the cited as one name token."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        length, possessive = _name_at(tokens, at, who)
        if length:
            mark = f"{NAME}'s" if possessive else NAME
            if out and out[-1] == NAME:
                out[-1] = mark
            else:
                out.append(mark)
            at += length
        else:
            out.append(tokens[at])
            at += 1
    return out


def _name_at(tokens: list[str], at: int, who: NameForms) -> tuple[int, bool]:
    """How many tokens from here name the cited, and whether as a possessive."""
    for phrase in who.phrases:
        piece = tokens[at : at + len(phrase)]
        if phrase and [_bare(token) for token in piece] == [_bare(token) for token in phrase]:
            return len(phrase), piece[-1].endswith("'s") or piece[-1].endswith("s'")
    token = tokens[at]
    bare = _bare(token)
    if bare in who.words or (bare in who.capitalised and (token[0].isupper() or token[0] == "@")):
        return 1, token.endswith(("'s", "s'"))
    return 0, False


def _bare(token: str) -> str:
    """A token without its at sign, possessive and capitals."""
    token = token.casefold().removeprefix("@")
    return token.removesuffix("'s").removesuffix("'") if len(token) > 2 else token
