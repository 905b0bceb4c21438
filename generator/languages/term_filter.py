"""Which terms may be shown as a subject, by how their words are used: nouns, whole phrases, not people's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.languages.language import Language
from generator.languages.word_usage import WordUsage

MIN_NOUN_USES = 2  # of a word that stands alone; one use may be misread
FRAGMENT_SHARE = 0.7  # of a phrase's uses inside one longer phrase, from which it is a fragment of that
NOUN_END_SHARE, MIN_NOUN_END_USES = 0.15, 10  # uses after which a noun may end; of rarer phrases it is not required
COLLOCATION_SHARE, MIN_COLLOCATION_USES = 0.08, 4  # of a part's uses in the phrase, from which the two belong together


@dataclass(frozen=True, slots=True)
class TermUses:
    """Uses of one term: how many, the share after which a noun may end, and the language it is mostly used in."""

    times: int
    noun_end_share: float
    language: Language


def subject_terms(terms: Mapping[str, TermUses], usage: WordUsage, tagged: frozenset[str]) -> frozenset[str]:
    """The terms that may be shown as a subject.

    Args:
        terms: every term with its uses.
        usage: how their words are used.
        tagged: tags of posts, casefolded; a name among them is not a person's.
    """
    good = {
        term
        for term, uses in terms.items()
        if (" " not in term or uses.times < MIN_NOUN_END_USES or uses.noun_end_share >= NOUN_END_SHARE)
        and _is_subject(term, uses, usage, tagged)
    }
    fragments: set[str] = set()
    for term in good:
        parts = term.split()
        if len(parts) > 2:
            for piece in (" ".join(parts[:-1]), " ".join(parts[1:])):
                if piece in terms and terms[term].times >= FRAGMENT_SHARE * terms[piece].times:
                    fragments.add(piece)
    return frozenset(good - fragments)


def _is_subject(term: str, uses: TermUses, usage: WordUsage, tagged: frozenset[str]) -> bool:
    """Whether one term is a noun or ends in one, does not name a person, and is specific."""
    parts, cues = term.split(), uses.language.parts_of_speech
    numbers = [usage.number[part] for part in parts]
    names = [n for n in numbers if usage.named[n]]
    if names and all(usage.person[n] for n in names) and term not in tagged:
        return False
    rarest = min(int(usage.uses[n]) for n in numbers)
    collocated = uses.times >= MIN_COLLOCATION_USES and uses.times >= COLLOCATION_SHARE * rarest
    if not uses.language.subject_words.can_name_subject(term, collocated=collocated):
        return False
    if not usage.is_noun(parts[-1], cues, min_uses=MIN_NOUN_USES if len(parts) == 1 else 0):
        return False
    return len(parts) == 1 or not usage.is_verb(parts[0])
