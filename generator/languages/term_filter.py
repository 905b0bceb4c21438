"""Which terms may be shown as a subject, by how their words are used: nouns, not fragments, nobody's name.

Knows neighbours, capitals and lists of everyday words; refuses to know what a term means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.languages.parts_of_speech import WORD_CLASSES, Role, WordClass, is_noun, role_between
from generator.languages.subject_words import can_name_subject

Ids = NDArray[np.int64]
FEWEST_NOUN_USES = 2  # of a word that stands alone; one may be a slip of grammar
SURE_FRAGMENT = 0.7  # of a phrase's uses inside one longer phrase, from which it is a piece of that
ENDED_SHARE, ENOUGH_USES = 0.15, 10  # of a phrase's uses behind which a noun may end; of fewer uses nothing is asked
HELD_SHARE, HELD_USES = 0.08, 4  # of a part's uses that stand in the phrase, from which the two belong together
CAPITAL_SHARE = 0.7  # of uses in running text from which a word is a name
THING_SHARE = 0.12  # of uses after an article or "in", "at", "using" from which a name is no person's
ACTS = frozenset(
    {
        "said",
        "says",
        "thought",
        "thinks",
        "felt",
        "feels",
        "mentioned",
        "argued",
        "argues",
        "pointed",
        "wrote",
        "writes",
        "agreed",
        "agrees",
        "suggested",
        "suggests",
        "proposed",
        "proposes",
        "commented",
        "replied",
        "asked",
        "asks",
        "told",
        "explained",
        "explains",
        "noted",
        "notes",
        "wanted",
        "wants",
        "raised",
        "brought",
        "came",
        "put",
        "gave",
        "helped",
        "opened",
        "posted",
    }
)
FEWEST_ACTS, ACTS_SHARE = 3, 0.12  # uses before one of these, and their share, from which a word is somebody
_ROLES = np.array([[int(role_between(a, b)) for b in WordClass] for a in WordClass], dtype=np.int64)
_ENDS_NOUN = np.array([role_between(WordClass.DETERMINER, after) is Role.NOUN for after in WordClass])
_OPENS_NOUN = np.array([role_between(before, WordClass.BREAK) is Role.NOUN for before in WordClass])


@dataclass(frozen=True, slots=True)
class TermUsageCounts:
    """How each word is used, by word number: as noun, verb, adjective; how often at all; as a person's name.

    `named` words have a capital inside sentences, or act as people do, and are `somebody` where only people stand.
    `ends` tells whether a phrase may end before the word; its last entry stands for a break, which is number −1.
    """

    words: tuple[str, ...]
    spelled: tuple[str, ...]
    nouns: NDArray[np.float64]
    verbs: NDArray[np.float64]
    adjectives: NDArray[np.float64]
    uses: Ids
    named: NDArray[np.bool_]
    somebody: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    number: Mapping[str, int]

    def shown(self, term: str) -> str:
        """A term as it is to be read, with the capitals its words usually have."""
        return " ".join(self.spelled[self.number[word]] if word in self.number else word for word in term.split())


def count_term_usage(stream: Ids, running: NDArray[np.bool_], surfaces: Sequence[str]) -> tuple[Ids, TermUsageCounts]:
    """The stream with capitals folded, and how its words are used.

    Args:
        stream: numbers of words as they are written, negative at breaks.
        running: whether each place stands in running text rather than a title.
        surfaces: the words by number.
    """
    number: dict[str, int] = {}
    fold = np.array([number.setdefault(word.casefold(), len(number)) for word in surfaces] or [0], dtype=np.int64)
    folded = np.where(stream >= 0, fold[stream], stream)
    size = max(len(number), 1)
    places = np.array(
        [WORD_CLASSES.get(word, WordClass.CONTENT) for word in number] or [WordClass.CONTENT], dtype=np.int64
    )
    place = np.where(folded >= 0, places[folded], int(WordClass.BREAK))
    before, after = np.roll(place, 1), np.roll(place, -1)
    # "the weak layer is": a noun may stand one content word behind what opens it, which is weaker evidence.
    behind = (before == WordClass.CONTENT) & _OPENS_NOUN[np.roll(place, 2)]
    opened = behind & _ENDS_NOUN[after]
    # "oiled the split hinge each time": behind an opened phrase an article tells nothing of a verb.
    role = np.where(behind & (after == WordClass.DETERMINER), int(Role.NONE), _ROLES[before, after])
    word = folded >= 0

    def count(where: NDArray[np.bool_]) -> Ids:
        return np.bincount(folded[word & where], minlength=size).astype(np.int64)

    nouns = count(role == Role.NOUN) + 0.5 * count((role == Role.NONE) & opened)
    things = count((before == WordClass.WHERE) | (before == WordClass.DETERMINER))
    spelled, capital = _spellings(stream, running & (before != WordClass.BREAK), surfaces, fold, tuple(number))
    uses = count(word)
    no_thing = things < THING_SHARE * uses
    handle = no_thing & _acts_as_people_do(folded, number, uses, count)
    somebody = (capital & no_thing) | handle
    return folded, TermUsageCounts(
        tuple(number),
        spelled,
        nouns,
        count(role == Role.VERB).astype(np.float64),
        count(role == Role.ADJECTIVE).astype(np.float64),
        uses,
        capital | handle,
        somebody,
        np.append(places != WordClass.CONTENT, True),
        number,
    )


def _acts_as_people_do(
    folded: Ids, number: Mapping[str, int], uses: Ids, count: Callable[[NDArray[np.bool_]], Ids]
) -> NDArray[np.bool_]:
    """Which words say and think things, or stand before "and I": handles of people, whatever their capitals."""
    says = np.zeros(len(uses) + 1, dtype=np.bool_)
    says[[number[verb] for verb in ACTS if verb in number]] = True
    following = np.roll(folded, -1)
    with_me = (following == number.get("and", -2)) & (np.roll(folded, -2) == number.get("i", -2))
    acts = count(says[np.where(following >= 0, following, len(uses))] | with_me)
    return (acts >= FEWEST_ACTS) & (acts >= ACTS_SHARE * uses)


def _spellings(
    stream: Ids, inside: NDArray[np.bool_], surfaces: Sequence[str], fold: Ids, words: Sequence[str]
) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """How each word is mostly written inside sentences, and whether that is with one capital, as names are."""
    times = np.bincount(stream[inside & (stream >= 0)], minlength=len(surfaces))
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


def subject_terms(
    seen: Mapping[str, tuple[int, float]], wording: TermUsageCounts, tagged: frozenset[str]
) -> frozenset[str]:
    """The terms that may be shown as somebody's subject.

    Args:
        seen: every term with how often it is used, and the share of uses behind which a noun may end.
        wording: how their words are used.
        tagged: what posts are filed under, casefolded: a name among them is a thing.
    """
    good = {
        term
        for term, (times, ended) in seen.items()
        if (" " not in term or times < ENOUGH_USES or ended >= ENDED_SHARE) and _tells(term, times, wording, tagged)
    }
    pieces: set[str] = set()
    for term in good:
        parts = term.split()
        if len(parts) > 2:
            shorter = (" ".join(parts[:-1]), " ".join(parts[1:]))
            pieces.update(piece for piece in shorter if seen[term][0] >= SURE_FRAGMENT * seen.get(piece, (0, 0.0))[0])
    return frozenset(good - pieces)


def _tells(term: str, times: int, wording: TermUsageCounts, tagged: frozenset[str]) -> bool:
    """Whether one term is a noun or ends in one, names no person, and says something."""
    parts = term.split()
    numbers = [wording.number[part] for part in parts]
    names = [n for n in numbers if wording.named[n]]
    if names and all(wording.somebody[n] for n in names) and term not in tagged:
        return False
    rarest = min(int(wording.uses[n]) for n in numbers)
    if not can_name_subject(term, held=times >= HELD_USES and times >= HELD_SHARE * rarest):
        return False
    if not _noun(parts[-1], wording, fewest=FEWEST_NOUN_USES if len(parts) == 1 else 0):
        return False
    return len(parts) == 1 or not _mostly_verb(numbers[0], wording)


def _noun(word: str, wording: TermUsageCounts, *, fewest: int) -> bool:
    n = wording.number[word]
    return is_noun(word, float(wording.nouns[n]), float(wording.verbs[n]), float(wording.adjectives[n]), fewest=fewest)


def _mostly_verb(n: int, wording: TermUsageCounts) -> bool:
    """Whether a word is used as a verb more than as anything else."""
    return bool(wording.verbs[n] > wording.nouns[n] + wording.adjectives[n])
