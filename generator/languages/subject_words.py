"""Words and terms that can name a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.languages.parts_of_speech import parts_of_speech
from generator.languages.registry import words_of


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The common words of one language that do not name a subject; `<code>/common_words.yaml` describes them."""

    never: frozenset[str]  # adjectives included
    vague: frozenset[str]
    adjectives: frozenset[str]
    participle: re.Pattern[str]
    adverb: re.Pattern[str]

    def can_name_subject(self, term: str, *, collocated: bool = False) -> bool:
        """Whether a term can name a subject: neither end rules it out, and one word is specific.

        Args:
            term: words joined by single spaces, casefolded.
            collocated: its words belong together by use ("type system"), so that vague words suffice.
        """
        parts = term.split()
        first, last = parts[0], parts[-1]
        if last in self.never or self.participle.search(last):
            return False
        if first in self.never - self.adjectives or self.adverb.search(first):
            return False
        return any(part not in self.vague and part not in self.never for part in parts) or (
            collocated and len(parts) > 1
        )


@cache
def subject_words(code: str) -> SubjectWords:
    """The common words of a language; empty lists where it ships none."""
    never, vague, adjectives = (
        frozenset(words_of(code, "common_words", key)) for key in ("never", "vague", "adjectives")
    )
    cues = parts_of_speech(code)
    return SubjectWords(never | adjectives, vague, adjectives, cues.participle, cues.adverb)
