"""How words are used in the posts read: as nouns, verbs, adjectives or names, told by neighbours and capitals.

Knows no dictionary but the closed lists of `text`; refuses to know what a word means.
"""

from __future__ import annotations

import re
from collections import Counter

from generator.languages.parts_of_speech import WORD_CLASSES, Role, WordClass, is_noun, role_between

WORD_OR_BREAK = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]")
CAPITAL_SHARE = 0.7  # of uses inside sentences from which a word is a name: of a place, a product, somebody


class WordUsage:
    """Counts of each word's uses over all lines read; the order of reading is irrelevant."""

    def __init__(self) -> None:
        self._roles: Counter[tuple[str, Role]] = Counter()
        self._inside: Counter[str] = Counter()  # uses within a sentence, where capitals tell
        self._raised: Counter[str] = Counter()  # of which with a capital

    def read(self, line: str) -> None:
        """Count the words of one line."""
        signs = [sign.replace("’", "'").removesuffix("'s") for sign in WORD_OR_BREAK.findall(line)]
        words = [sign.casefold() for sign in signs]
        places = [WORD_CLASSES.get(word, WordClass.CONTENT) if word[0].isalnum() else WordClass.BREAK for word in words]
        for at, word in enumerate(words):
            if places[at] is not WordClass.CONTENT:
                continue
            before = places[at - 1] if at else WordClass.BREAK
            after = places[at + 1] if at + 1 < len(words) else WordClass.BREAK
            if before is not WordClass.BREAK:
                self._inside[word] += 1
                self._raised[word] += signs[at][0].isupper()
            role = role_between(before, after)
            if before is WordClass.CONTENT and at > 1 and role_between(places[at - 2], WordClass.BREAK) is Role.NOUN:
                # "the weak layer is": one word may stand between a noun and what opens it.
                role = role_between(places[at - 2], after)
            if role is not Role.NONE:
                self._roles[word, role] += 1

    def is_noun(self, word: str, *, fewest: int) -> bool:
        """Whether a word is mostly a noun, shown as one at least `fewest` times; one never shown goes by its ending."""
        noun, verb, adjective = (float(self._roles[word, role]) for role in (Role.NOUN, Role.VERB, Role.ADJECTIVE))
        return is_noun(word, noun, verb, adjective, fewest=fewest if noun + verb + adjective else 0)

    def is_verb(self, word: str) -> bool:
        """Whether a word is used as a verb more than as anything else."""
        return self._roles[word, Role.VERB] > self._roles[word, Role.NOUN] + self._roles[word, Role.ADJECTIVE]

    def is_name(self, word: str) -> bool:
        """Whether a word is mostly written with a capital inside sentences."""
        return self._raised[word] >= CAPITAL_SHARE * max(self._inside[word], 1)
