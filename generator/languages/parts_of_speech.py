"""Parts of speech guessed from neighbouring function words, without a model."""

from __future__ import annotations

import re
from enum import IntEnum


class WordClass(IntEnum):
    """What a word does for its neighbours, as far as a closed list of English function words tells."""

    BREAK = 0  # punctuation, the end of a paragraph
    DETERMINER = 1
    WHERE = 2  # prepositions of places and tools: what follows is no person
    OTHER_PREPOSITION = 3
    SUBJECT = 4  # pronouns, modals: a verb follows
    BEING = 5  # is, seems: an adjective follows, and a noun stands before
    DEGREE = 6  # very, more: an adjective follows
    JOINING = 7  # and, which, than: a noun may end here
    CONTENT = 8


_PLACES = {
    WordClass.DETERMINER: "the a an my your our his its their her this these those every each another no some any",
    WordClass.WHERE: "in on at into inside onto using across along around through near via within",
    WordClass.OTHER_PREPOSITION: "of for from with by about between without under over against behind like",
    WordClass.SUBJECT: "i we you he she it they who can could will would should must may might don't doesn't didn't "
    "can't won't couldn't wouldn't shouldn't i'll we'll you'll they'll i've we've let's",
    WordClass.BEING: "is are was were be been being isn't aren't wasn't seems seemed looks looked feels felt gets got",
    WordClass.DEGREE: "very so too more most less quite rather really pretty extremely fairly as",
    WordClass.JOINING: "and or but nor that which when where while if because than then to has have had does did not "
    "also",
}
WORD_CLASSES = {word: place for place, words in _PLACES.items() for word in words.split()}
_ENDS = (
    WordClass.BREAK,
    WordClass.WHERE,
    WordClass.OTHER_PREPOSITION,
    WordClass.SUBJECT,
    WordClass.BEING,
    WordClass.JOINING,
)
_NOUN_AFTER = (WordClass.DETERMINER, WordClass.WHERE, WordClass.OTHER_PREPOSITION)
PARTICIPLE = re.compile(r"[^\W_]{3}[^e\W_]ed$")  # "knocked", not "speed" nor "sled"
DOUBTFUL_ENDINGS = ("ed", "ing", "ly", "est", "ful", "ous", "ible", "able", "less", "ish", "ive", "ary", "ical")
SURE, DOUBTFUL = 0.6, 0.8  # share of noun-like uses from which a word is a noun; of one that ends as others do


class Role(IntEnum):
    """As what a word is used between two neighbours; NONE where they do not tell."""

    NONE = 0
    NOUN = 1
    VERB = 2
    ADJECTIVE = 3


def role_between(before: WordClass, after: WordClass) -> Role:
    """As what a word is used, by what stands before and after it: "the … is" holds a noun, "we … the" a verb."""
    if before in _NOUN_AFTER:
        return Role.NOUN if after in _ENDS else Role.NONE
    if before is WordClass.SUBJECT or after is WordClass.DETERMINER:
        return Role.VERB
    if before in (WordClass.BEING, WordClass.DEGREE):
        return Role.ADJECTIVE if after in _ENDS else Role.NONE
    return Role.NONE


def is_noun(word: str, nouns: float, verbs: float, adjectives: float, *, fewest: int = 1) -> bool:
    """Whether a word is mostly a noun, by how often its neighbours show it as one, a verb or an adjective.

    Args:
        word: casefolded; endings of adverbs, participles and adjectives must be outweighed clearly.
        nouns: uses as a noun.
        verbs: uses as a verb.
        adjectives: uses as an adjective that stands alone.
        fewest: uses as a noun there must be; with 0 a word nothing is known of passes by its ending.
    """
    needed = DOUBTFUL if word.endswith(DOUBTFUL_ENDINGS) else SURE
    told = nouns + verbs + adjectives
    if not told:
        return fewest == 0 and needed == SURE
    return nouns >= fewest and nouns >= needed * told
