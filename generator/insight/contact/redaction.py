"""Redaction of closed doors: a person who asks not to be approached is shown without address and form.

Their contact points are taken off the records before anything is scored or shown, and their e-mail addresses are
cut out of every sentence that might be quoted, by any author. Their public accounts stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.languages.contact_words import ANY_AT, ANY_DOT
from generator.records import (
    ContactKind,
    Corpus,
    Door,
    DoorState,
    LabelledCitation,
    LabelledGraph,
    Link,
    Person,
    PersonId,
    Post,
    Quotation,
)

CUT = "…"

Doors = tuple[tuple[PersonId, Door], ...]


def redact_closed_contacts(corpus: Corpus, graph: LabelledGraph, doors: Doors) -> tuple[Corpus, LabelledGraph, Doors]:
    """The same records without any way to reach those whose door is closed.

    Args:
        corpus: all people and posts.
        graph: citations with their quotes.
        doors: the door of each person.

    Returns:
        Corpus, graph and doors; equal to what was given where no door is closed.
    """
    closed = {person for person, door in doors if door.state is DoorState.CLOSED}
    if not closed:
        return corpus, graph, doors
    addresses = sorted(
        {
            contact.value.casefold()
            for person in corpus.people
            if person.id in closed
            for contact in person.contacts
            if contact.kind is ContactKind.EMAIL and not contact.of_blog
        }
    )
    redactor = _ContactRedactor(addresses)
    people = tuple(
        redactor.person(replace(person, contacts=()) if person.id in closed else person) for person in corpus.people
    )
    pages = tuple(replace(page, text=redactor.words(page.text)) for page in corpus.pages)
    kept = replace(corpus, people=people, posts=tuple(map(redactor.post, corpus.posts)), pages=pages)
    citations, secondary_citations = (
        tuple(map(redactor.citation, those)) for those in (graph.citations, graph.secondary_citations)
    )
    told = tuple((person, replace(door, quote=redactor.quotation(door.quote))) for person, door in doors)
    return kept, replace(graph, citations=citations, secondary_citations=secondary_citations), told


class _ContactRedactor:
    """Addresses that are not repeated, as they are and as `ada at example dot org`."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._hosts = tuple(sorted({address.rpartition("@")[2].split(".", maxsplit=1)[0] for address in addresses}))
        forms = []
        for address in addresses:
            user, _, host = address.rpartition("@")
            forms.append(re.escape(user) + ANY_AT + ANY_DOT.join(map(re.escape, host.split("."))))
        self._pattern = re.compile(rf"(?<![\w.+-])(?:{'|'.join(forms) or '(?!)'})(?![\w@])", re.IGNORECASE)

    def holds(self, text: str) -> bool:
        """Whether an address may stand in a text: a cheap look before the long one."""
        low = text.casefold() if self._hosts else ""
        return any(host in low for host in self._hosts)

    def words(self, text: str) -> str:
        """The text, an ellipsis where an address stood."""
        return self._pattern.sub(CUT, text) if self.holds(text) else text

    def quotation(self, said: Quotation | None) -> Quotation | None:
        """A quotation without the address."""
        return replace(said, text=self.words(said.text)) if said and self.holds(said.text) else said

    def citation(self, citation: LabelledCitation) -> LabelledCitation:
        """A citation whose sentence, and whose post's title, hold no address."""
        if not self.holds(citation.quote) and not self.holds(citation.post_title):
            return citation
        return replace(citation, quote=self.words(citation.quote), post_title=self.words(citation.post_title))

    def person(self, person: Person) -> Person:
        """A person without closed addresses in their own words and their contacts' sentences."""
        contacts = tuple(replace(one, sentence=self.words(one.sentence)) for one in person.contacts)
        return replace(person, own_words=self.quotation(person.own_words), contacts=contacts)

    def post(self, post: Post) -> Post:
        """A post without the address in its title, text and the sentences around its links."""
        links = (
            tuple(map(self._link, post.links)) if any(self.holds(one.sentence) for one in post.links) else post.links
        )
        if links is post.links and not self.holds(post.text) and not self.holds(post.title):
            return post
        return replace(post, title=self.words(post.title), text=self.words(post.text), links=links)

    def _link(self, link: Link) -> Link:
        return replace(link, text=self.words(link.text), sentence=self.words(link.sentence))
