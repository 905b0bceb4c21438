"""Whether a person invites being approached, by the words of their own pages.

Statements count only on about, contact, policy and home pages, since a post may discuss pitching without meaning it.
A refusal of all approaches beats everything. Every state rests on a quoted sentence or a named fact; without either
the door is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.formatting import month
from generator.insight.contact.contact_statements import Statement, contact_statements
from generator.languages.post_languages import PostLanguages
from generator.records import (
    CitationFunction,
    Contact,
    ContactKind,
    Corpus,
    Door,
    DoorRule,
    DoorState,
    LabelledGraph,
    OwnPage,
    PageKind,
    Person,
    PersonId,
    Post,
    Quotation,
    SiteId,
    Url,
)

WRITTEN = (ContactKind.EMAIL, ContactKind.FORM)  # contact points that are published to be written to
QUIET_DAYS = 548  # a year and a half without a post: mentioned beside any open door
MIN_REPLIED_TO = 2  # people replied to, from which answering in public is a habit
MAX_KINDS = 5  # kinds of request named in the reason of a door
OF_BLOG = "The door of the blog."  # begins the reason of a door that an author shares with a blog
WEAK_RULES = frozenset({DoorRule.NOTHING, DoorRule.COMMENTS, DoorRule.REPLIES})  # no words and no contact point


def read_contact_policies(corpus: Corpus, graph: LabelledGraph, *, as_of: date) -> tuple[tuple[PersonId, Door], ...]:
    """The door of each person, in the order of `corpus.people`.

    Own pages are read in their owner's main language. Refusals are read in every language that ships: where an
    owner's language has no data files, only refusals and facts decide.

    Args:
        corpus: people with their contacts, and their own pages.
        graph: labelled citations; replying to others is a fact beside the words.
        as_of: the day silence is measured to.
    """
    languages = PostLanguages(corpus)
    pages: dict[PersonId, list[OwnPage]] = defaultdict(list)
    for page in sorted(corpus.pages, key=lambda page: (page.kind is PageKind.HOME, page.url)):
        pages[page.owner].append(page)
    posts: dict[PersonId, list[Post]] = defaultdict(list)
    for post in corpus.posts:
        posts[post.author].append(post)
    replies: dict[PersonId, set[PersonId]] = defaultdict(set)
    for citation in graph.citations:
        if citation.function is CitationFunction.REPLIES:
            replies[citation.citing].add(citation.cited)
    blogs = _blogs_of_authors(corpus)
    writers: dict[PersonId, list[PersonId]] = defaultdict(list)
    for author, groups in blogs.items():
        for group in groups:
            writers[group.id].append(author)

    def statements(person: PersonId) -> tuple[Statement, ...]:
        team = (person, *writers[person])
        language = next((found for one in team if (found := languages.main(one))), None)
        return contact_statements(pages[person], [post for one in team for post in posts[one]], language)

    said = {person.id: statements(person.id) for person in corpus.people}
    doors = []
    for person in corpus.people:
        note = _quiet_note(posts[person.id], as_of)
        door = _door(person, said[person.id], len(replies[person.id]), note)
        for blog in blogs.get(person.id, ()):
            door = _stronger(door, _door(blog, said[blog.id], 0, note))
        doors.append((person.id, door))
    return tuple(doors)


def _blogs_of_authors(corpus: Corpus) -> dict[PersonId, list[Person]]:
    """The publishers of the blogs that authors sign on, by author."""
    publishers: dict[SiteId, Person] = {
        site: person for person in corpus.people for site in person.sites if site not in person.signed_sites
    }
    return {
        person.id: [publishers[site] for site in person.signed_sites if site in publishers]
        for person in corpus.people
        if person.signed_sites
    }


def _stronger(own: Door, of_blog: Door) -> Door:
    """The door of an author of a blog of several: a closed one always applies, else own words and contact points."""
    inherited = replace(of_blog, because=f"{OF_BLOG} {of_blog.because}")
    if own.state is DoorState.CLOSED:
        return own
    if of_blog.state is DoorState.CLOSED:
        return inherited
    return inherited if own.rule in WEAK_RULES and of_blog.rule is not DoorRule.NOTHING else own


def _door(person: Person, statements: Sequence[Statement], replied_to: int, note: str) -> Door:
    """The state of one door, strongest words first."""
    by_rule: dict[DoorRule, Quotation] = {}
    for statement in statements:
        by_rule.setdefault(statement.rule, statement.quote)
    if DoorRule.REFUSES_ALL in by_rule:
        return _spoken(DoorState.CLOSED, "Says so in so many words.", by_rule, DoorRule.REFUSES_ALL)
    if DoorRule.REFUSES_KIND in by_rule:
        state, because = _partial_refusal(person, by_rule, _refused(statements), note)
        return _spoken(state, because, by_rule, DoorRule.REFUSES_KIND)
    if DoorRule.INVITES in by_rule:
        return _spoken(DoorState.OPEN, f"Invites it in their own words.{note}", by_rule, DoorRule.INVITES)
    if DoorRule.REACHABLE in by_rule:
        because = f"Says how to reach them, without inviting it.{note}"
        return _spoken(DoorState.AJAR, because, by_rule, DoorRule.REACHABLE)
    return _by_facts(person, replied_to, note)


def _refused(statements: Sequence[Statement]) -> str:
    """What is refused, in words: "guest posts and sponsored content"."""
    kinds = list(dict.fromkeys(kind for statement in statements for kind in statement.refused))[:MAX_KINDS]
    if not kinds:
        return "one kind of request"
    return f"{', '.join(kinds[:-1])} and {kinds[-1]}" if len(kinds) > 1 else kinds[0]


def _partial_refusal(
    person: Person, by_rule: Mapping[DoorRule, Quotation], refused: str, note: str
) -> tuple[DoorState, str]:
    """State and reason for a person who refuses named kinds of request."""
    if DoorRule.INVITES in by_rule:
        return DoorState.AJAR, f"Invites mail, but refuses {refused}.{note}"
    if DoorRule.REACHABLE in by_rule or _own_contact(person):
        return DoorState.AJAR, f"Says how to reach them, but refuses {refused}.{note}"
    return DoorState.CLOSED, f"Refuses {refused}, and invites nothing else."


def _own_contact(person: Person) -> Contact | None:
    """The first address or form that is published to be written to, without those of a blog of several."""
    return next((c for c in person.contacts if c.kind in WRITTEN and not c.of_blog), None)


def _spoken(state: DoorState, because: str, by_rule: Mapping[DoorRule, Quotation], rule: DoorRule) -> Door:
    """A door that rests on a sentence."""
    return Door(state, because, by_rule[rule], by_rule[rule].url, rule)


def _by_facts(person: Person, replied_to: int, note: str) -> Door:
    """A door that rests on what is published or done rather than on words."""
    if contact := _own_contact(person):
        what = "an e-mail address" if contact.kind is ContactKind.EMAIL else "a contact form"
        because = f"Publishes {what} for contact.{note}"
        return Door(DoorState.AJAR, because, None, contact.found_on, DoorRule.CONTACT_POINT)
    if person.comments_open:
        url = Url(person.sites[0]) if person.sites else None
        return Door(DoorState.AJAR, f"Comments are open under their posts.{note}", None, url, DoorRule.COMMENTS)
    if replied_to >= MIN_REPLIED_TO:
        because = f"Answers others in public: {replied_to} people replied to in posts.{note}"
        return Door(DoorState.AJAR, because, None, None, DoorRule.REPLIES)
    return Door(DoorState.UNKNOWN, "Nothing found on their pages that says either way.", None, None)


def _quiet_note(posts: Sequence[Post], as_of: date) -> str:
    """Since when nothing new was seen if the last post is more than `QUIET_DAYS` old; "" otherwise."""
    dated = [post.published_on for post in posts if post.published_on and post.published_on <= as_of]
    last = max(dated, default=None)
    silent = last is not None and (as_of - last).days > QUIET_DAYS
    return f" Nothing new has been heard since {month(last)}." if last and silent else ""
