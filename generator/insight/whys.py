"""One sentence a person that says concretely why: counts, names and their own phrases, no praise of ours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.insight.texts import Library
from generator.records import (
    Circles,
    Circumstance,
    Citation,
    CitationGraph,
    Direction,
    Judgement,
    Kind,
    PersonId,
    ProfileInsight,
    Standing,
)
from generator.text import clip

WEIGHTIEST: Mapping[Circumstance, int] = {
    Circumstance.CREDITS: 6,
    Circumstance.AGREES: 5,
    Circumstance.THANKS: 4,
    Circumstance.QUOTES: 3,
    Circumstance.REPLIES: 2,
    Circumstance.DISAGREES: 1,
}
VERBS: Mapping[Circumstance, str] = {
    Circumstance.CREDITS: "credits them",
    Circumstance.AGREES: "praises their work",
    Circumstance.THANKS: "thanks them",
    Circumstance.QUOTES: "quotes them",
    Circumstance.REPLIES: "answers them",
    Circumstance.DISAGREES: "argues with them",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BRIDGED = 3  # circles


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known of one person when their sentence is made."""

    standing: Standing
    profile: ProfileInsight
    kind: Kind
    citations: Sequence[Citation]
    circles: Mapping[PersonId, str]
    library: Library

    @property
    def citers(self) -> int:
        """Distinct people who cite them in the window."""
        return len({citation.citing for citation in self.citations})

    @property
    def circles_citing(self) -> int:
        """Distinct circles those people are in."""
        found = {self.circles.get(citation.citing, "") for citation in self.citations}
        return len(found - {"", "others"})

    @property
    def inside(self) -> int:
        """Of those people, how many are of their own circle."""
        home = self.circles.get(self.standing.person)
        return len(
            {c.citing for c in self.citations if home not in (None, "others") and self.circles.get(c.citing) == home}
        )


def whys(
    library: Library,
    graph: CitationGraph,
    circles: Circles,
    judgement: Judgement,
    profiles: Mapping[PersonId, ProfileInsight],
) -> tuple[tuple[PersonId, str], ...]:
    """Everybody's sentence, in rank order."""
    received: dict[PersonId, list[Citation]] = defaultdict(list)
    for citation in graph.citations:
        if citation.in_window and citation.citing_relevance >= 0.5:
            received[citation.cited].append(citation)
    circle_of = circles.circle_of()
    said: list[tuple[PersonId, str]] = []
    for standing in judgement.standings:
        if (profile := profiles.get(standing.person)) is None:
            continue
        person = library.people[standing.person]
        case = _Case(standing, profile, person.kind, received[standing.person], circle_of, library)
        said.append((standing.person, _sentence(case)))
    return tuple(said)


def _sentence(case: _Case) -> str:
    """The sentence of what is strongest in somebody's case."""
    if not case.citers:
        return _uncited(case)
    if case.profile.direction is Direction.NEW:
        opening = f"A new voice, already cited by {_people(case.citers)}"
    elif case.circles_citing >= BRIDGED and case.inside * 2 < case.citers:
        opening = f"Cited across {_number(case.circles_citing)} circles, by {_people(case.citers)}"
    elif case.inside == case.citers >= 2:
        opening = f"Cited by {_people(case.citers)}, all of their own circle"
    elif case.inside >= 2:
        opening = f"Cited by {_people(case.citers)}, {_number(case.inside)} of their own circle"
    else:
        opening = f"Cited by {_people(case.citers)}"
    subject = _cited_for(case)
    often = "most often for" if case.citers > 1 else "for"
    tail = [text for text in (f"{often} {subject}" if subject else "", _rising(case)) if text]
    sentence = ", ".join([opening, *tail])
    voice = _voice(case) or ("" if subject else _own_subjects(case))
    return f"{sentence}; {voice}." if voice else f"{sentence}."


def _uncited(case: _Case) -> str:
    """The sentence of somebody nobody on topic cites."""
    posts, subjects = case.standing.posts_on_topic, [phrase.text for phrase in case.profile.phrases[:2]]
    wrote = "Wrote one post" if posts == 1 else f"Wrote {_number(posts)} posts"
    about = f", most distinctively on {' and '.join(subjects)}" if subjects else ""
    return f"{wrote} on the topic{about}; no citation by others was heard in the window."


def _rising(case: _Case) -> str:
    """Whether their writing rises or has stopped, where that is worth a word."""
    if case.profile.direction is Direction.RISING:
        return "and writing more than before"
    return "though silent of late" if case.standing.silent else ""


def _cited_for(case: _Case) -> str:
    """The phrase of theirs that most citers' sentences or the posts they link speak of; "" unless two do."""
    citers: dict[str, set[PersonId]] = defaultdict(set)
    for citation in case.citations:
        post = case.library.posts.get(citation.target_post) if citation.target_post else None
        said = f" {citation.quote} {post.title if post else ''} ".casefold()
        for phrase in case.profile.phrases:
            if phrase.text in said:
                citers[phrase.text].add(citation.citing)
    z = {phrase.text: phrase.weight for phrase in case.profile.phrases}
    best = max(citers, key=lambda text: (len(citers[text]), z[text], text), default="")
    return best if best and len(best) >= 4 and len(citers[best]) >= min(2, case.citers) else ""


def _voice(case: _Case) -> str:
    """What one of them does, by name: a credit before praise before thanks; the latest."""
    spoken = [citation for citation in case.citations if citation.circumstance in WEIGHTIEST]
    if not spoken:
        return _times(case)
    best = max(spoken, key=lambda c: (WEIGHTIEST[c.circumstance], str(c.published_on), c.post, c.target))
    return f"{case.library.name(best.citing)} {VERBS[best.circumstance]} in “{clip(best.post_title, 70)}”"


def _own_subjects(case: _Case) -> str:
    """What sets their writing apart, where nobody else's words say what they are cited for."""
    subjects = [phrase.text for phrase in case.profile.phrases[:2]]
    return f"what sets their posts apart is {' and '.join(subjects)}" if subjects else ""


def _times(case: _Case) -> str:
    """Who cites them most, where one does so again and again."""
    counted = Counter(citation.citing for citation in case.citations)
    person, times = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return (
        f"{case.library.name(person)} alone does so {_number(times)} times" if times >= 3 and len(counted) > 1 else ""
    )


def _people(count: int) -> str:
    return f"{_number(count)} {'person' if count == 1 else 'people'}"


def _number(count: int) -> str:
    """A count in words up to twelve, in figures beyond."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"
