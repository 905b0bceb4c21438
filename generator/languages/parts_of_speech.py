"""Parts of speech guessed from neighbouring function words, without a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from generator.languages.registry import language_data, words_of

NOUN_SHARE = 0.6  # share of the classified uses from which a word is a noun
DOUBTFUL_NOUN_SHARE = 0.8  # the same for a word with an ending that other parts of speech have


class WordClass(IntEnum):
    """What a function word says about its neighbours."""

    BREAK = 0  # punctuation, the end of a paragraph
    DETERMINER = 1
    PLACE_PREPOSITION = 2  # of places and tools: a person's name does not follow
    OTHER_PREPOSITION = 3
    SUBJECT = 4  # pronouns, modals: a verb follows
    BEING = 5  # is, seems: an adjective follows, and a noun stands before
    DEGREE = 6  # very, more: an adjective follows
    JOINING = 7  # and, which, than: a noun may end here
    CONTENT = 8  # every other word


class Role(IntEnum):
    """How a word is used between two neighbours; NONE where they do not say."""

    NONE = 0
    NOUN = 1
    VERB = 2
    ADJECTIVE = 3


@dataclass(frozen=True, slots=True)
class PartsOfSpeech:
    """The part-of-speech cues of one language; `<code>/parts_of_speech.yaml` describes them."""

    word_classes: Mapping[str, WordClass]
    doubtful_endings: tuple[str, ...]
    participle: re.Pattern[str]
    adverb: re.Pattern[str]
    person_verbs: frozenset[str]
    and_me: tuple[str, ...]

    def word_class(self, word: str) -> WordClass:
        """The class of a casefolded word."""
        return self.word_classes.get(word, WordClass.CONTENT)

    def is_noun(self, word: str, nouns: float, verbs: float, adjectives: float, *, min_uses: int = 1) -> bool:
        """Whether a word is mostly a noun, by how often its neighbours show it as a noun, a verb or an adjective.

        Args:
            word: casefolded; with a doubtful ending the share of noun uses must be higher.
            nouns: uses as a noun.
            verbs: uses as a verb.
            adjectives: uses as an adjective that stands alone.
            min_uses: least uses as a noun; with 0 a word without any classified use passes by its ending.
        """
        doubtful = word.endswith(self.doubtful_endings)
        classified = nouns + verbs + adjectives
        if not classified:
            return min_uses == 0 and not doubtful
        return nouns >= min_uses and nouns >= (DOUBTFUL_NOUN_SHARE if doubtful else NOUN_SHARE) * classified


_BEFORE_NOUN = (WordClass.DETERMINER, WordClass.PLACE_PREPOSITION, WordClass.OTHER_PREPOSITION)
_AFTER_PHRASE = (
    WordClass.BREAK,
    WordClass.PLACE_PREPOSITION,
    WordClass.OTHER_PREPOSITION,
    WordClass.SUBJECT,
    WordClass.BEING,
    WordClass.JOINING,
)


def role_between(before: WordClass, after: WordClass) -> Role:
    """The role of a word by the classes of its neighbours: "the … is" holds a noun, "we … the" a verb."""
    if before in _BEFORE_NOUN:
        return Role.NOUN if after in _AFTER_PHRASE else Role.NONE
    if before is WordClass.SUBJECT or after is WordClass.DETERMINER:
        return Role.VERB
    if before in (WordClass.BEING, WordClass.DEGREE):
        return Role.ADJECTIVE if after in _AFTER_PHRASE else Role.NONE
    return Role.NONE


@cache
def parts_of_speech(code: str) -> PartsOfSpeech:
    """The cues of one language; empty for a language without `parts_of_speech.yaml`."""
    raw = language_data(code, "parts_of_speech")
    return PartsOfSpeech(
        word_classes={
            word: WordClass[name.upper()]
            for name, words in raw.get("word_classes", {}).items()
            for word in words.split()
        },
        doubtful_endings=words_of(code, "parts_of_speech", "doubtful_endings"),
        participle=re.compile(raw.get("participle", "(?!)")),
        adverb=re.compile(raw.get("adverb", "(?!)")),
        person_verbs=frozenset(words_of(code, "parts_of_speech", "person_verbs")),
        and_me=words_of(code, "parts_of_speech", "and_me"),
    )
