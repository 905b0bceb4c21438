"""How words are used in the posts read: as nouns, verbs, adjectives or names, by neighbours and capitals.

The only part-of-speech reader: key phrases and circle names both use it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.languages.parts_of_speech import PartsOfSpeech, Role, WordClass, role_between

Ids = NDArray[np.int64]
Bools = NDArray[np.bool_]
BREAK = -1  # in a stream: punctuation, code, the end of a paragraph
CAPITAL_SHARE = 0.7  # of uses inside sentences from which a word with a capital is a name
THING_SHARE = 0.12  # of uses after an article or "in", "at", "using" from which a name is not a person's
MIN_PERSON_VERBS, PERSON_VERB_SHARE = 3, 0.12  # uses before a verb of speaking, and their share, of a person's name
WORD_OR_SIGN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]")
_ROLES = np.array([[int(role_between(a, b)) for b in WordClass] for a in WordClass], dtype=np.int64)
_ENDS_NOUN = np.array([role_between(WordClass.DETERMINER, after) is Role.NOUN for after in WordClass])
_OPENS_NOUN = np.array([role_between(before, WordClass.BREAK) is Role.NOUN for before in WordClass])


@dataclass(frozen=True, slots=True)
class TokenStream:
    """Words of many texts in order, as numbers.

    Arrays have one entry per position; three breaks stand at the end, so that no phrase wraps around.
    """

    tokens: Ids  # index into `surfaces`, or `BREAK`
    surfaces: tuple[str, ...]  # the words as they are written
    language: Ids  # index of the text's language at each position
    running: Bools  # False in titles, where capitals say nothing


@dataclass(frozen=True, slots=True)
class WordUsage:
    """How each word is used. All arrays have one entry per word of `words`, which are casefolded.

    `named` words have a capital inside sentences or are used as people's handles; `person` are those of them that
    name people only.
    """

    words: tuple[str, ...]
    number: Mapping[str, int]
    spelled: tuple[str, ...]
    nouns: NDArray[np.float64]
    verbs: NDArray[np.float64]
    adjectives: NDArray[np.float64]
    uses: Ids
    named: Bools
    person: Bools

    def shown(self, term: str) -> str:
        """A term as it is shown, with the capitals its words usually have."""
        return " ".join(self.spelled[self.number[word]] if word in self.number else word for word in term.split())

    def is_noun(self, word: str, cues: PartsOfSpeech, *, min_uses: int) -> bool:
        """Whether a word is mostly a noun; see `PartsOfSpeech.is_noun`."""
        n = self.number.get(word)
        counts = (0.0, 0.0, 0.0) if n is None else (self.nouns[n], self.verbs[n], self.adjectives[n])
        return cues.is_noun(word, *map(float, counts), min_uses=min_uses)

    def is_classified(self, word: str) -> bool:
        """Whether any use of a word shows it as a noun, a verb or an adjective."""
        n = self.number.get(word)
        return n is not None and bool(self.nouns[n] + self.verbs[n] + self.adjectives[n])

    def is_verb(self, word: str) -> bool:
        """Whether a word is used as a verb more than as anything else."""
        n = self.number.get(word)
        return n is not None and bool(self.verbs[n] > self.nouns[n] + self.adjectives[n])

    def is_name(self, word: str) -> bool:
        """Whether a word is a name: of a place, a product or a person."""
        n = self.number.get(word)
        return n is not None and bool(self.named[n])


def count_word_usage(stream: TokenStream, cues: Sequence[PartsOfSpeech]) -> tuple[Ids, Ids, WordUsage]:
    """Count how the words of a stream are used.

    Args:
        stream: the texts.
        cues: part-of-speech cues by language index.

    Returns:
        The word of each position as index into `WordUsage.words` (`BREAK` at breaks); its `WordClass`; the usage.
    """
    number: dict[str, int] = {}
    fold = np.array(
        [number.setdefault(word.casefold(), len(number)) for word in stream.surfaces] or [0], dtype=np.int64
    )
    word = stream.tokens >= 0
    folded = np.where(word, fold[stream.tokens], stream.tokens)
    size = max(len(number), 1)
    classes = _classes_by_position(folded, stream.language, number, cues)
    before, after = np.roll(classes, 1), np.roll(classes, -1)
    # "the weak layer is": a noun may stand one content word behind what opens it, which is weaker evidence.
    behind = (before == WordClass.CONTENT) & _OPENS_NOUN[np.roll(classes, 2)]
    opened = behind & _ENDS_NOUN[after]
    # "oiled the split hinge each time": in an opened phrase a following article does not show a verb.
    role = np.where(behind & (after == WordClass.DETERMINER), int(Role.NONE), _ROLES[before, after])

    def count(where: Bools) -> Ids:
        return np.bincount(folded[word & where], minlength=size).astype(np.int64)

    nouns = count(role == Role.NOUN) + 0.5 * count((role == Role.NONE) & opened)
    things = count((before == WordClass.PLACE_PREPOSITION) | (before == WordClass.DETERMINER))
    inside = stream.running & (before != WordClass.BREAK)
    spelled, capital = _spellings(stream.tokens, inside, stream.surfaces, fold, tuple(number))
    uses = count(word)
    never_thing = things < THING_SHARE * uses
    handle = never_thing & _acts_as_person(folded, stream.language, number, cues, uses, count)
    return (
        folded,
        classes,
        WordUsage(
            words=tuple(number),
            number=number,
            spelled=spelled,
            nouns=nouns,
            verbs=count(role == Role.VERB).astype(np.float64),
            adjectives=count(role == Role.ADJECTIVE).astype(np.float64),
            uses=uses,
            named=capital | handle,
            person=(capital & never_thing) | handle,
        ),
    )


def _classes_by_position(folded: Ids, language: Ids, number: Mapping[str, int], cues: Sequence[PartsOfSpeech]) -> Ids:
    """The word class at each position, in the language of its text."""
    classes = np.full((max(len(cues), 1), max(len(number), 1)), int(WordClass.CONTENT), dtype=np.int64)
    for index, one in enumerate(cues):
        for text, word_class in one.word_classes.items():
            if text in number:
                classes[index, number[text]] = int(word_class)
    return np.where(folded >= 0, classes[language, folded], int(WordClass.BREAK))


def _acts_as_person(
    folded: Ids,
    language: Ids,
    number: Mapping[str, int],
    cues: Sequence[PartsOfSpeech],
    uses: Ids,
    count: Callable[[Bools], Ids],
) -> Bools:
    """Which words are often followed by a verb of speaking or by "and I", as people's handles are."""
    following, second = np.roll(folded, -1), np.roll(folded, -2)
    acts = np.zeros(len(folded), dtype=np.bool_)
    for index, one in enumerate(cues):
        verbs = np.zeros(len(uses) + 1, dtype=np.bool_)
        verbs[[number[verb] for verb in one.person_verbs if verb in number]] = True
        found = verbs[np.where(following >= 0, following, len(uses))]
        if len(one.and_me) == 2:
            link, me = (number.get(text, -2) for text in one.and_me)
            found |= (following == link) & (second == me)
        acts |= found & (language == index)
    times = count(acts)
    return (times >= MIN_PERSON_VERBS) & (times >= PERSON_VERB_SHARE * uses)


def _spellings(
    tokens: Ids, inside: Bools, surfaces: Sequence[str], fold: Ids, words: Sequence[str]
) -> tuple[tuple[str, ...], Bools]:
    """How each word is mostly written inside sentences, and whether that is with one capital, as names are."""
    times = np.bincount(tokens[inside & (tokens >= 0)], minlength=len(surfaces))
    forms: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for index, surface in enumerate(surfaces):
        if times[index]:
            forms[int(fold[index])].append((int(times[index]), surface))
    spelled, capital = list(words), np.zeros(max(len(words), 1), dtype=np.bool_)
    for index, found in forms.items():
        raised = [(count, surface) for count, surface in found if surface != words[index]]
        if raised and sum(count for count, _ in raised) >= CAPITAL_SHARE * sum(count for count, _ in found):
            spelled[index] = max(raised)[1]
            capital[index] = spelled[index][0].isupper() and spelled[index][1:].islower()
    return tuple(spelled), capital


def word_usage_of_lines(lines: Iterable[tuple[str, PartsOfSpeech]]) -> WordUsage:
    """Count how words are used in lines of running text, each given with the cues of its language."""
    surfaces: dict[str, int] = {}
    known: list[PartsOfSpeech] = []
    tokens: list[int] = [BREAK]
    language: list[int] = [0]
    for line, cues in lines:
        if cues not in known:
            known.append(cues)
        for sign in WORD_OR_SIGN.findall(line.replace("’", "'")):
            is_word = sign[0].isalnum()
            tokens.append(surfaces.setdefault(sign.removesuffix("'s"), len(surfaces)) if is_word else BREAK)
        tokens.append(BREAK)
        language += [known.index(cues)] * (len(tokens) - len(language))
    tokens += [BREAK] * 3
    language += [0] * 3
    stream = TokenStream(
        np.array(tokens, dtype=np.int64),
        tuple(surfaces),
        np.array(language, dtype=np.int64),
        np.ones(len(tokens), dtype=np.bool_),
    )
    return count_word_usage(stream, known)[2]
