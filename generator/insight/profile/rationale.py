"""One sentence a person that says concretely why: counts, names and their own phrases, without praise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.formatting import month
from generator.insight.terms.post_index import PostIndex
from generator.records import (
    Circles,
    CitationFunction,
    Direction,
    Judgement,
    LabelledCitation,
    LabelledGraph,
    PersonId,
    ProfileInsight,
    PublisherKind,
    Standing,
)
from generator.text import clip, tokens

WEIGHTIEST: Mapping[CitationFunction, int] = {
    CitationFunction.CREDITS: 6,
    CitationFunction.AGREES: 5,
    CitationFunction.THANKS: 4,
    CitationFunction.QUOTES: 3,
    CitationFunction.REPLIES: 2,
    CitationFunction.DISAGREES: 1,
}
VERBS: Mapping[CitationFunction, str] = {
    CitationFunction.CREDITS: "credits them",
    CitationFunction.AGREES: "praises their work",
    CitationFunction.THANKS: "thanks them",
    CitationFunction.QUOTES: "quotes them",
    CitationFunction.REPLIES: "answers them",
    CitationFunction.DISAGREES: "argues with them",
}
SUBJECTS = 2  # phrases named in a sentence
SHORTEST = 5  # characters of a single word that may be named
TITLE_WORDS = 2  # of letters; "Note 1" does not say what a post is about
KIND = 3  # weight from which words speak for a person
QUIET_DAYS = 120  # a shorter silence is not worth a word, whatever their habit
AGAIN = 3  # citations by one person from which they are named
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BRIDGED = 3  # circles


@dataclass(frozen=True, slots=True)
class _CountWords:
    """Counts of one sentence, all in words or all in figures."""

    figures: bool

    def of(self, count: int) -> str:
        """A count as this sentence spells it; "one" is always a word."""
        return NUMBERS[count] if count < len(NUMBERS) and (count <= 1 or not self.figures) else f"{count:,}"

    def people(self, count: int) -> str:
        """A count of people."""
        return f"{self.of(count)} {'person' if count == 1 else 'people'}"


@dataclass(frozen=True, slots=True)
class _PersonSummary:
    """What is known of one person when their sentence is made."""

    standing: Standing
    profile: ProfileInsight
    kind: PublisherKind
    citations: Sequence[LabelledCitation]
    secondary_citations: Sequence[LabelledCitation]
    circles: Mapping[PersonId, str]
    post_index: PostIndex
    places: Mapping[PersonId, int]

    @property
    def voices(self) -> frozenset[PersonId]:
        """All who cite them in the window, organisations and round-ups included."""
        return frozenset(citation.citing for citation in self.citations)

    @property
    def people(self) -> frozenset[PersonId]:
        """The persons of those."""
        return frozenset(voice for voice in self.voices if self.post_index.is_person(voice))

    @property
    def numbers(self) -> _CountWords:
        """Figures where any count of the sentence is too large for words."""
        counts = [len(self.people)] if self.citations else [self.standing.posts_on_topic]
        if not any(citation.function in WEIGHTIEST for citation in (*self.citations, *self.secondary_citations)):
            counts += Counter(citation.citing for citation in self.citations).values()
        return _CountWords(max(counts) >= len(NUMBERS))

    @property
    def circles_citing(self) -> int:
        """Distinct circles those people are in."""
        return len({self.circles.get(person, "") for person in self.people} - {"", "others"})

    @property
    def inside(self) -> int:
        """Of those people, how many are of their own circle."""
        home = self.circles.get(self.standing.person)
        return sum(home not in (None, "others") and self.circles.get(person) == home for person in self.people)


def _received(citations: Iterable[LabelledCitation]) -> Mapping[PersonId, Sequence[LabelledCitation]]:
    """Citations in on-topic posts of the window, by cited person."""
    received: dict[PersonId, list[LabelledCitation]] = defaultdict(list)
    for citation in citations:
        if citation.in_window and citation.citing_on_topic:
            received[citation.cited].append(citation)
    return received


def rationales(
    post_index: PostIndex,
    graph: LabelledGraph,
    circles: Circles,
    judgement: Judgement,
    profiles: Mapping[PersonId, ProfileInsight],
) -> tuple[tuple[PersonId, str], ...]:
    """The sentence of each person, in rank order."""
    received, besides = _received(graph.citations), _received(graph.secondary_citations)
    circle_of = circles.circle_of()
    places = {standing.person: standing.rank for standing in judgement.standings}
    said: list[tuple[PersonId, str]] = []
    for standing in judgement.standings:
        if (profile := profiles.get(standing.person)) is None:
            continue
        person = post_index.people[standing.person]
        summary = _PersonSummary(
            standing,
            profile,
            person.kind,
            received.get(standing.person, ()),
            besides.get(standing.person, ()),
            circle_of,
            post_index,
            places,
        )
        said.append((standing.person, _sentence(summary)))
    return tuple(said)


def _sentence(summary: _PersonSummary) -> str:
    """The sentence about a person's strongest facts."""
    if not summary.voices:
        return _uncited(summary)
    subject, voice = _cited_for(summary), _voice(summary)
    named = f", {summary.post_index.name(min(summary.people))}," if len(summary.people) == 1 and not voice else ""
    opening = f"{_who_cite(summary)}{named}{_bodies(summary)}"
    sentence = f"{opening.removesuffix(',')}, {subject}" if subject else opening.removesuffix(",")
    clauses = [sentence, voice or ("" if subject else _own_subjects(summary)), _lately(summary)]
    return "; ".join(clause for clause in clauses if clause) + "."


def _who_cite(summary: _PersonSummary) -> str:
    """How many people cite them, and from where; nothing of organisations."""
    inside, people, n = summary.inside, len(summary.people), summary.numbers
    if not people:
        return "Cited by no person"
    if summary.profile.direction is Direction.NEW:
        return f"A new voice, already cited by {n.people(people)}"
    if summary.circles_citing >= BRIDGED and inside * 2 < people:
        return f"Cited by {n.people(people)} across {n.of(summary.circles_citing)} circles"
    if inside == people >= 2:
        return f"Cited by {n.people(people)}, all of their own circle"
    if inside >= 2:
        return f"Cited by {n.people(people)}, {n.of(inside)} of them in their own circle"
    return f"Cited by {n.people(people)}"


def _bodies(summary: _PersonSummary) -> str:
    """What else cites them: organisations and round-ups, which do not count as people."""
    kinds = [summary.post_index.people[voice].kind for voice in summary.voices - summary.people]
    said = [
        f"{summary.numbers.of(count)} {name if count == 1 else name + 's'}"
        for kind, name in ((PublisherKind.ORGANISATION, "organisation"), (PublisherKind.AGGREGATOR, "round-up"))
        if (count := kinds.count(kind))
    ]
    if not said:
        return ""
    comma = "," if summary.inside >= 2 or not summary.people else ""
    return f"{comma} {'and' if summary.people else 'but'} by {' and '.join(said)}"


def _uncited(summary: _PersonSummary) -> str:
    """The sentence about a person without on-topic citations."""
    posts, subjects = summary.standing.posts_on_topic, _subjects(summary)
    wrote = "Wrote one post" if posts == 1 else f"Wrote {summary.numbers.of(posts)} posts"
    about = f", most distinctively on {' and '.join(subjects)}" if subjects else ""
    return f"{wrote} on the topic{about}; no citation by others was heard in the window."


def _lately(summary: _PersonSummary) -> str:
    """Whether their writing rises, or since when it has stopped, where that is worth a word."""
    if summary.profile.direction is Direction.RISING:
        return "writes more of late than before"
    days = summary.post_index.days_on_topic(summary.standing.person)
    if not summary.standing.silent or not days or (summary.post_index.as_of - max(days)).days < QUIET_DAYS:
        return ""
    return f"nothing on the topic heard since {month(max(days))}"


def _subjects(summary: _PersonSummary) -> list[str]:
    """At most two of the person's phrases that can stand in a sentence, those of several words first."""
    if (language := summary.post_index.languages.main(summary.standing.person)) is None:
        return []
    can_name = language.subject_words.can_name_subject
    phrases = [phrase.text for phrase in summary.profile.phrases if can_name(phrase.text.casefold())]
    long = [text for text in phrases if " " in text][:SUBJECTS]
    return long or [text for text in phrases[:1] if len(text) >= SHORTEST]


def _cited_for(summary: _PersonSummary) -> str:
    """What they are cited for: their phrase or post that most citers mention; "" unless two do.

    A phrase of several words says most; a title comes next, and a single word is left to their own subjects.
    """
    citers: dict[str, set[PersonId]] = defaultdict(set)
    titles: dict[str, set[PersonId]] = defaultdict(set)
    for citation in summary.citations:
        post = summary.post_index.posts.get(citation.target_post) if citation.target_post else None
        said = f" {citation.quote} {post.title if post else ''} ".casefold()
        for phrase in summary.profile.phrases:
            if " " in phrase.text and re.search(rf"\b{re.escape(phrase.text.casefold())}\b", said):
                citers[phrase.text].add(citation.citing)
        if (
            post
            and post.quotable
            and sum(len(word) > 2 and word.isalpha() for word in tokens(post.title)) >= TITLE_WORDS
        ):
            titles[post.title].add(citation.citing)
    z = {phrase.text: phrase.weight for phrase in summary.profile.phrases}
    needed = min(2, len(summary.voices))
    best = max(citers, key=lambda text: (len(citers[text]), z[text], text), default="")
    title = max(titles, key=lambda text: (len(titles[text]), text), default="")
    if best and len(citers[best]) >= max(needed, len(titles.get(title, ()))):
        return f"{_often(best, citers, summary)} “{best}”"
    if title and len(titles[title]) >= needed:
        return f"{_often(title, titles, summary)} “{clip(title, 80)}”"
    return ""


def _often(best: str, by: Mapping[str, set[PersonId]], summary: _PersonSummary) -> str:
    """Whether that is what most cite them for, one thing of several, or the only one."""
    if len(by[best]) == 1:
        return "for"
    return "most often for" if 2 * len(by[best]) > len(summary.voices) else "among other things for"


def _voice(summary: _PersonSummary) -> str:
    """What one citer does, by name: kind words first; then the citer of the highest rank, since praise is easy;
    of that citer's a credit before praise before thanks, and the latest.
    """
    spoken = [
        citation for citation in (*summary.citations, *summary.secondary_citations) if citation.function in WEIGHTIEST
    ]
    if not spoken:
        return _times(summary)
    last = len(summary.places) + 1

    def telling(one: LabelledCitation) -> tuple[bool, int, int, str, str, str]:
        weight = WEIGHTIEST[one.function]
        place = summary.places.get(one.citing, last)
        return weight >= KIND, -place, weight, str(one.published_on), one.post, one.target

    best = max(spoken, key=telling)
    return f"{summary.post_index.name(best.citing)} {VERBS[best.function]} in “{clip(best.post_title, 70)}”"


def _own_subjects(summary: _PersonSummary) -> str:
    """What sets their writing apart, where no citation says what they are cited for."""
    subjects = _subjects(summary)
    return f"what sets their posts apart is {' and '.join(subjects)}" if subjects else ""


def _times(summary: _PersonSummary) -> str:
    """Who cites them most, where one does so again and again."""
    counted = Counter(citation.citing for citation in summary.citations)
    person, times = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    if times < AGAIN or len(counted) < 2:
        return ""
    return f"{summary.post_index.name(person)} alone does so {summary.numbers.of(times)} times"
