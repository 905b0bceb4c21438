"""What changed since an earlier run: who is new, gone, silent, moved and newly cited. Each thing as a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from generator.insight.rhythm import silent_after
from generator.insight.texts import Library
from generator.records import Change, Changes, CitationGraph, Judgement, PastPerson, PastRun, PersonId, Standing, Url
from generator.text import clip

LISTED = 40  # ranks within which coming and going is told one by one
MOVED = 3  # places, and
MOVED_SHARE = 0.25  # of the earlier rank, from which a move is told
WORDED = {
    "reach": "their reach in the circle",
    "resonance": "how much trusted people take them up",
    "devotion": "how much they write on the topic",
    "trust": "the trust that reaches them",
    "relevance": "how much of it is on topic",
    "originality": "how often they say it first",
}


def changes_since(past: Sequence[PastRun], judgement: Judgement, graph: CitationGraph, library: Library) -> Changes:
    """Between this run and the last of `past`; `since` None and nothing told on a first run."""
    if not past:
        return Changes(None, ())
    last = max(past, key=lambda run: run.as_of)
    before = {person.person: person for person in last.people}
    now = {standing.person: standing for standing in judgement.standings}
    places = {entry.person: entry.place for entry in judgement.shortlist.entries}
    told = [
        *_new(before, now, places, last, library),
        *_gone(before, now, library),
        *_silent(before, now, last, library),
        *_moved(before, now, library),
        *_cited(last, graph, places, library),
    ]
    return Changes(last.as_of, tuple(told))


def _new(
    before: Mapping[PersonId, PastPerson],
    now: Mapping[PersonId, Standing],
    places: Mapping[PersonId, int],
    last: PastRun,
    library: Library,
) -> list[Change]:
    """People not heard at the last run, and people new on the short list."""
    told = []
    for person, standing in now.items():
        name, url = library.name(person), _latest(person, library)
        if person not in before and standing.rank <= LISTED:
            began = standing.first_on and standing.first_on > last.as_of
            how = (
                f"began writing on {_day(standing.first_on)}"
                if began and standing.first_on
                else "heard for the first time"
            )
            told.append(Change("new", person, name, f"{name} is new at rank {standing.rank}: {how}.", url))
        elif person in before and person in places and before[person].shortlist is None:
            told.append(Change("new", person, name, f"{name} joined the short list at place {places[person]}.", url))
        elif person in before and person not in places and before[person].shortlist is not None:
            told.append(Change("moved", person, name, f"{name} left the short list, where they stood at place "
                                                      f"{before[person].shortlist}.", url))  # fmt: skip
    return told


def _gone(before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, Standing], library: Library) -> list[Change]:
    """People of the last run who are no longer scored; those who asked to be left out are never named.

    Whoever the corpus does not hold at all may have asked to go: only those it still holds are told of.
    """
    return [
        Change("gone", person, old.name, f"{old.name}, at rank {old.rank} before, is no longer scored: too little of "
                                         "what they write is on topic.")
        for person, old in before.items()
        if person not in now and person in library.people and old.rank <= LISTED
    ]  # fmt: skip


def _silent(
    before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, Standing], last: PastRun, library: Library
) -> list[Change]:
    """People who have fallen silent since, by their own cadence."""
    told = []
    for person in now:
        days = [p.published_on for p in library.by_author.get(person, ()) if p.published_on and p.on_topic]
        if person not in before or not days:
            continue
        limit, latest = silent_after(days), max(days)
        was, is_now = (last.as_of - latest).days > limit, (library.as_of - latest).days > limit
        if is_now and not was:
            name = library.name(person)
            since = f"the last post on the topic is of {_day(latest)}, longer ago than their habit"
            sentence = f"{name} has fallen silent: {since}."
            told.append(Change("silent", person, name, sentence, _latest(person, library)))
    return told


def _moved(before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, Standing], library: Library) -> list[Change]:
    """Moves in rank that are worth a word, with the signal that moved most."""
    told = []
    for person, standing in now.items():
        old = before.get(person)
        if old is None or min(old.rank, standing.rank) > LISTED:
            continue
        places = old.rank - standing.rank
        if abs(places) < max(MOVED, MOVED_SHARE * old.rank):
            continue
        name = library.name(person)
        way = "rose" if places > 0 else "fell"
        sentence = f"{name} {way} from rank {old.rank} to {standing.rank}{_reason(old, standing, rose=places > 0)}."
        told.append(Change("moved", person, name, sentence, _latest(person, library)))
    return told


def _reason(old: PastPerson, standing: Standing, *, rose: bool) -> str:
    """Which signal moved most in the same direction; nothing where others moved rather than they."""
    levels = dict(old.levels)
    moves = [(signal.level * signal.weight - levels[signal.name], signal.name)
             for signal in standing.signals if signal.weight and signal.name in levels]  # fmt: skip
    same = [(abs(move), name) for move, name in moves if (move > 0) == rose and abs(move) > 0.01]
    if not same:
        return ", as others moved past" if not rose else ", as others fell behind"
    _, name = max(same)
    return f", most of all for {WORDED.get(name, name)}"


def _cited(last: PastRun, graph: CitationGraph, places: Mapping[PersonId, int], library: Library) -> list[Change]:
    """Citations among the short list that the last run had not heard."""
    known = set(last.citations)
    told: dict[tuple[PersonId, PersonId, Url], Change] = {}
    since: Counter[tuple[PersonId, PersonId]] = Counter()
    for citation in sorted(graph.citations, key=lambda c: (str(c.published_on), c.post, c.target)):
        key = (citation.citing, citation.cited, citation.post)
        if citation.citing not in places or citation.cited not in places or key in known or key in told:
            continue
        if (
            citation.published_on is None
            or citation.published_on <= last.as_of
            or citation.published_on > library.as_of
        ):
            continue
        since[citation.citing, citation.cited] += 1
        citing, cited = library.name(citation.citing), library.name(citation.cited)
        title = clip(citation.post_title, 90)
        sentence = f"{citing} cites {cited} in “{title}” ({_day(citation.published_on)})."
        told[key] = Change("cited", citation.citing, citing, sentence, citation.post)
    return list(told.values())


def _latest(person: PersonId, library: Library) -> Url | None:
    """Their latest dated topical post."""
    dated = [post for post in library.topical.get(person, ()) if post.published_on]
    return dated[-1].url if dated else None


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
