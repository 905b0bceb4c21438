"""One worksheet a short-listed person: what a human needs to know before writing in their own words.

Quotations, dates and matches only. No message is drafted here or anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.config import Topic
from generator.formatting import language_name, plain_day
from generator.insight.brief.client_story import read_story
from generator.insight.brief.common_ground import common_ground
from generator.insight.brief.introductions import (
    evidence_of,
    find_people,
    introduction_path,
    introduction_paths,
    nearest_in_circle,
)
from generator.insight.brief.offers import matching_offers, read_offers
from generator.insight.profile.rationale import WEIGHTIEST
from generator.insight.terms.post_index import PostIndex
from generator.languages.language import Language
from generator.records import (
    Circles,
    ContactKind,
    Door,
    DoorRule,
    DoorState,
    Evidence,
    Judgement,
    LabelledCitation,
    LabelledGraph,
    PersonId,
    Post,
    ProfileInsight,
    Relationship,
    Standing,
    Worksheet,
)
from generator.text import clip

FULL_SENTENCE = 9  # words from which a sentence about a person says more than that they exist
UNSURE = 0.75  # confidence below which something is to be verified


def make_worksheets(
    post_index: PostIndex,
    graph: LabelledGraph,
    circles: Circles,
    judgement: Judgement,
    *,
    topic: Topic,
    profiles: Mapping[PersonId, ProfileInsight],
    rationales: Mapping[PersonId, str],
    kept: Sequence[Relationship],
    language: Language | None,
) -> tuple[Worksheet, ...]:
    """One worksheet for each person of the short list, in its order.

    `language` is that of the brief; where it is None, neither common ground nor matching offers are looked for.
    """
    offers = read_offers(topic.brief.offer, language) if language else ()
    barred = find_people(topic.brief.never_contact, post_index)
    known = find_people(topic.brief.known, post_index) - barred
    joins = introduction_paths(graph, post_index, barred)
    standings = {standing.person: standing for standing in judgement.standings}
    circle_of = circles.circle_of()
    members = {circle.id: [member.person for member in circle.members] for circle in circles.circles}
    story = read_story(topic, post_index, language) if language else None
    noted = {one.person: one.entries for one in kept if one.person}
    sheets: list[Worksheet] = []
    for entry in judgement.shortlist.entries:
        person, standing = entry.person, standings[entry.person]
        profile, shared = profiles[person], common_ground(person, story, post_index) if story else ()
        path = introduction_path(known, person, joins)
        near = members.get(circle_of[person], []) if person in circle_of else []
        sheets.append(
            Worksheet(
                person=person,
                why=rationales.get(person, ""),
                why_quote=best_quote(standing, post_index.name(person), graph),
                listen_first=profile.read_first,
                common_ground=shared,
                offers=matching_offers(person, offers, profile, shared, story, post_index) if story else (),
                path=path,
                path_note=""
                if path
                else _path_note(person, known, near, graph, post_index, barred, named=bool(topic.brief.known)),
                verify=facts_to_verify(person, standing, post_index, profile.door),
                avoid=what_to_avoid(person, profile.door, standing, post_index),
                history=noted.get(person, ()),
            )
        )
    return tuple(sheets)


def best_quote(standing: Standing, name: str, graph: LabelledGraph) -> Evidence | None:
    """The strongest citation of a person: a credit before praise before a bare mention; by name, and in
    a sentence long enough to say something, first.
    """
    parts = [part for part in name.casefold().split() if len(part) > 2]
    said = (*graph.citations, *graph.secondary_citations)
    mine = [c for c in said if c.cited == standing.person and c.in_window and len(c.quote.split()) >= 6]

    def weight(citation: LabelledCitation) -> tuple[int, bool, bool, str, str, str]:
        named = any(part in citation.quote.casefold() for part in parts)
        told = WEIGHTIEST.get(citation.function, 0)
        full = len(citation.quote.split()) >= FULL_SENTENCE
        return told, named, full, str(citation.published_on), citation.post, citation.target

    if mine:
        return evidence_of(max(mine, key=weight))
    return standing.evidence[0] if standing.evidence else None


def _path_note(
    person: PersonId,
    known: frozenset[PersonId],
    members: Sequence[PersonId],
    graph: LabelledGraph,
    post_index: PostIndex,
    barred: frozenset[PersonId],
    *,
    named: bool,
) -> str:
    """The note where no path exists: why, and who in their circle is nearest."""
    if person in known:
        return "You know them already."
    near = nearest_in_circle(person, members, graph, post_index, barred)
    where = f" Nearest to them in their circle is {post_index.name(near)}." if near else ""
    if not known and named:
        return f"None of the people you know was heard in this report, so no path begins anywhere.{where}"
    if not known:
        return f"No path can be shown without people you know: the topic file names none under “known”.{where}"
    return f"No chain of credits, thanks or replies leads from the people you know to them.{where}"


def facts_to_verify(person: PersonId, standing: Standing, post_index: PostIndex, door: Door) -> tuple[str, ...]:
    """What to check with one's own eyes before writing."""
    known = post_index.people[person]
    facts: list[str] = []
    written = (*post_index.by_author.get(person, ()), *post_index.guest_posts.get(person, ()))
    posts = sorted((post for post in written if post.published_on), key=lambda post: str(post.published_on))
    if posts:
        facts.append(_last_heard(posts))
    if standing.silent:
        facts.append("By their own rhythm they are silent on the topic: see whether they still write, and where.")
    facts += [
        f"That {confirmation.what} is theirs rests on one sign only ({confirmation.how}): check it."
        if confirmation.what != known.name
        else f"The name rests on one sign only ({confirmation.how}): check how they call themselves."
        for confirmation in known.confirmations
        if confirmation.confidence < UNSURE
    ]
    contacts = [contact for contact in known.contacts if contact.kind is not ContactKind.ACCOUNT] or list(
        known.contacts
    )
    if contacts:
        latest = max(contact.seen_on for contact in contacts)
        facts.append(
            f"Their contact was seen on {contacts[0].found_on} on {plain_day(latest)}: "
            "check that it still stands there."
        )
    elif door.state is not DoorState.CLOSED:
        facts.append("No published contact was found: look for one on their own pages, and do not guess.")
    return tuple(facts)


def _last_heard(posts: Sequence[Post]) -> str:
    """The last post; by its title only where it is about the topic, what else moves them is theirs."""
    last = posts[-1]
    if last.on_topic and last.title:
        said = f"is “{clip(last.title, 90)}” of {plain_day(last.published_on, 'an unknown day')}"
    else:
        said = f"is of {plain_day(last.published_on, 'an unknown day')}, about something else"
    return f"The last post heard {said}: see what they have written since."


def what_to_avoid(person: PersonId, door: Door, standing: Standing, post_index: PostIndex) -> tuple[str, ...]:
    """What their door and habits say not to do."""
    known = post_index.people[person]
    avoid: list[str] = []
    said = f" They say: “{door.quote.text}”" if door.quote else ""
    if door.state is DoorState.CLOSED:
        avoid.append(f"Do not pitch them.{said}")
    elif door.state is DoorState.AJAR and door.rule is DoorRule.REFUSES_KIND:
        avoid.append(f"Do not send what they refuse.{said}")
    elif door.state is DoorState.UNKNOWN:
        avoid.append(
            "Do not take silence for an invitation: nothing on their pages says that they welcome being approached."
        )
    if known.languages and "en" not in known.languages:
        spoken = ", ".join(language_name(language, f"another language ({language})") for language in known.languages)
        avoid.append(f"Do not assume English: they write in {spoken}.")
    if known.contacts and all(contact.kind is ContactKind.ACCOUNT for contact in known.contacts):
        avoid.append("Do not look for a private address: they publish public accounts only.")
    if standing.silent:
        avoid.append("Do not hurry them: of late little of theirs on the topic was heard.")
    return tuple(avoid)
