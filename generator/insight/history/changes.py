"""What changed between two runs: who is new, gone, silent, back, moved and newly cited. Each thing as a sentence.

Two verdicts are compared, whichever two; names, titles and days of writing come from what is known now, so that
people who opted out since leave no trace in the comparison of earlier runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from generator.formatting import plain_day
from generator.insight.terms.post_index import PostIndex
from generator.records import (
    Change,
    ChangeKind,
    Changes,
    PastPerson,
    PastRun,
    PersonId,
    RefusalReason,
    Site,
    SiteId,
    SiteState,
    Url,
)
from generator.records.activity import is_silent, usual_interval
from generator.signals import SIGNALS
from generator.text import clip

LISTED = 40  # ranks within which arrivals and departures are listed one by one
MOVED = 3  # places, and
MOVED_SHARE = 0.25  # of the earlier rank, from which a move is listed
FELT = 0.01  # of the score: a smaller move of a signal is not a reason
LATE_DAYS = 31  # a citation dated before the earlier run, but read only after it, is news for so long
SIGNAL_CAUSES = {signal.name: signal.cause for signal in SIGNALS}
ROBOTS = frozenset({RefusalReason.ROBOTS, RefusalReason.ROBOTS_UNREACHABLE})
SILENCE, DISTANCE = "silence", "distance"  # penalties, kept beside the signals as what they take off the score
PENALTIES = {
    (SILENCE, True): ", as they write on the topic again",
    (SILENCE, False): ", as they have fallen silent on the topic",
    (DISTANCE, True): ", as citations from the seeds reach them now",
    (DISTANCE, False): ", as no citation from the seeds reaches them any more",
}


class RunComparison:
    """Tells changes between any two runs, by what is known now."""

    def __init__(self, post_index: PostIndex) -> None:
        """File what is known now by person and site."""
        self._library = post_index
        self._sites = {site.id: site for site in post_index.corpus.sites}
        self._owner = {site: person.id for person in post_index.corpus.people for site in person.sites}
        self._days: dict[PersonId, list[date]] = defaultdict(list)
        for person, own in post_index.by_author.items():
            posts = (*own, *post_index.guest_posts.get(person, ()))
            self._days[person] = sorted({p.published_on for p in posts if p.published_on and p.on_topic})

    def between(self, old: PastRun, new: PastRun) -> Changes:
        """All that changed from one run to a later one."""
        known = self._library.people
        before = {person.person: person for person in old.people}
        now = {person.person: person for person in new.people if person.person in known}
        told = [
            *self._new(before, now, old, new),
            *self._gone(before, now),
            *self._quiet(before, now, old, new),
            *self._moved(before, now, new),
            *self._cited(old, new, before, now),
        ]
        return Changes(old.as_of, tuple(told), new.as_of)

    def _change(self, kind: ChangeKind, person: PersonId, sentence: str, as_of: date) -> Change:
        return Change(kind, person, self._library.name(person), sentence, self._latest(person, as_of))

    def _new(
        self, before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, PastPerson], old: PastRun, new: PastRun
    ) -> Iterable[Change]:
        """People missing from the earlier run, and those who joined or left the short list."""
        for person, standing in now.items():
            name, was = self._library.name(person), before.get(person)
            if was is None:
                if standing.rank <= LISTED:
                    days = self._days[person]
                    how = (
                        f"began writing on the topic on {plain_day(days[0])}"
                        if days and days[0] > old.as_of
                        else "heard for the first time"
                    )
                    yield self._change(
                        ChangeKind.NEW, person, f"{name} is new at rank {standing.rank}: {how}.", new.as_of
                    )
            elif standing.shortlist is not None and was.shortlist is None:
                sentence = f"{name} joined the short list at place {standing.shortlist}, at rank {standing.rank} now."
                yield self._change(ChangeKind.LISTED, person, sentence, new.as_of)
            elif standing.shortlist is None and was.shortlist is not None:
                sentence = (
                    f"{name} left the short list, where they stood at place {was.shortlist}; rank {was.rank} then, "
                    f"{standing.rank} now."
                )
                yield self._change(ChangeKind.UNLISTED, person, sentence, new.as_of)

    def _gone(self, before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, PastPerson]) -> Iterable[Change]:
        """People who are no longer scored, and why; those who asked to be left out are never named.

        A person who is missing from the corpus may have opted out. Such a person is listed only if all their sites
        are still listed: under another name, off topic or not answering.
        """
        for person, old in before.items():
            if person in now or old.rank > LISTED:
                continue
            if person in self._library.people:
                why = "nothing they wrote inside the window is on topic any more"
            elif not (why := self._why_gone(old.sites)):
                continue
            name = self._library.name(person) if person in self._library.people else old.name
            yield Change(
                ChangeKind.GONE, person, name, f"{name}, at rank {old.rank} before, is no longer scored: {why}."
            )

    def _why_gone(self, sites: Sequence[SiteId]) -> str:
        """Why a person is gone, by the state of their sites; "" where it is not certain."""
        found: list[Site] = [site for root in sites if (site := self._sites.get(root)) is not None]
        if not found or len(found) < len(sites) or any(ROBOTS & {*site.refusals} for site in found):
            return ""
        for site in found:
            if site.id in self._owner:
                return f"what stands on their site is now counted as {self._library.name(self._owner[site.id])}’s"
        first = found[0]
        reason = first.reason.rstrip(".")
        return (
            f"their site is off topic now ({reason})"
            if first.state is SiteState.OUT
            else (f"their site gave nothing this time ({reason})" if first.state is SiteState.UNREACHED else "")
        )

    def _quiet(
        self, before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, PastPerson], old: PastRun, new: PastRun
    ) -> Iterable[Change]:
        """Who has fallen silent in between, and who wrote again after a silence, by their own cadence."""
        for person in now:
            if person not in before:
                continue
            was, is_now = self._silent(person, old.as_of), self._silent(person, new.as_of)
            name = self._library.name(person)
            if is_now and not was:
                days = [day for day in self._days[person] if day <= new.as_of]
                sentence = (
                    f"{name} has fallen silent on the topic: the last post on it is of {plain_day(days[-1])}, "
                    f"{_count((new.as_of - days[-1]).days, 'day')} before{_habit(days)}."
                )
                yield self._change(ChangeKind.SILENT, person, sentence, new.as_of)
            elif was and not is_now:
                before_it = [day for day in self._days[person] if day <= old.as_of]
                since = [day for day in self._days[person] if old.as_of < day <= new.as_of]
                if since:
                    sentence = (
                        f"{name} wrote on the topic again on {plain_day(since[0])}; the post before is of "
                        f"{plain_day(before_it[-1])}{_habit(before_it)}."
                    )
                    yield self._change(ChangeKind.BACK, person, sentence, new.as_of)

    def _silent(self, person: PersonId, as_of: date) -> bool:
        """Whether a person counted as silent on a day, by their posts until then."""
        return is_silent(self._days[person], as_of)

    def _moved(
        self, before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, PastPerson], new: PastRun
    ) -> Iterable[Change]:
        """Moves in rank that are worth a word, with the signal that moved most."""
        for person, standing in now.items():
            old = before.get(person)
            if old is None or min(old.rank, standing.rank) > LISTED:
                continue
            places = old.rank - standing.rank
            if abs(places) < max(MOVED, MOVED_SHARE * old.rank):
                continue
            way = "rose" if places > 0 else "fell"
            reason = _reason(old, standing, rose=places > 0)
            sentence = f"{self._library.name(person)} {way} from rank {old.rank} to {standing.rank}{reason}."
            yield self._change(ChangeKind.MOVED, person, sentence, new.as_of)

    def _cited(
        self, old: PastRun, new: PastRun, before: Mapping[PersonId, PastPerson], now: Mapping[PersonId, PastPerson]
    ) -> Iterable[Change]:
        """Citations among the short list that the earlier run did not have."""
        known = set(old.citations)
        fresh: list[tuple[date, Url, PersonId, PersonId]] = []
        for citing, cited, post in new.citations:
            found = self._library.posts.get(post)
            if (citing, cited, post) in known or citing not in now or cited not in now or found is None:
                continue
            both = all(who in before and before[who].shortlist is not None for who in (citing, cited))
            since = old.as_of - timedelta(days=LATE_DAYS if both else 0)
            if found.published_on and since < found.published_on <= new.as_of:
                fresh.append((found.published_on, post, citing, cited))
        for on, post, citing, cited in sorted(fresh):
            title = clip(self._library.posts[post].title, 90)
            name = self._library.name(citing)
            sentence = f"{name} cites {self._library.name(cited)} in “{title}” ({plain_day(on)})."
            yield Change(ChangeKind.CITED, citing, name, sentence, post)

    def _latest(self, person: PersonId, as_of: date) -> Url | None:
        """Their latest dated topical post by a day."""
        dated = [p for p in self._library.on_topic.get(person, ()) if p.published_on and p.published_on <= as_of]
        return dated[-1].url if dated else None


def _reason(old: PastPerson, now: PastPerson, *, rose: bool) -> str:
    """Which signal moved most in the same direction, with its figures; else that others moved rather than they."""
    levels, values = dict(old.levels), dict(old.values)
    moves = [(level - levels[name], name) for name, level in now.levels if name in levels]
    same = [(abs(move), name) for move, name in moves if (move > 0) == rose and abs(move) > FELT]
    if not same:
        return ", as others moved past" if not rose else ", as others fell behind"
    _, name = max(same)
    if told := PENALTIES.get((name, rose)):
        return told
    was, is_now = values.get(name), dict(now.values).get(name)
    told = SIGNAL_CAUSES.get(name, name)
    if was is None or is_now is None:
        return f", most of all for {told}"
    if (is_now > was) is not rose:
        # Levels are measured against the others: standing still among the moving is a move.
        return f", most of all for {told} beside the others’ ({_figure(was)}, now {_figure(is_now)})"
    return f", most of all for {told} ({_figure(was)}, now {_figure(is_now)})"


def _habit(days: Sequence[date]) -> str:
    """How often a person usually writes; "" for fewer than two posts."""
    usual = usual_interval(days)
    return f", and they usually write on it every {_count(round(usual), 'day')}" if usual else ""


def _figure(value: float) -> str:
    """A raw value to three figures."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
