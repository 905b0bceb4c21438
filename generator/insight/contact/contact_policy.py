"""Whether somebody invites being approached, by their own words on their own pages.

Statements count only on about, contact, policy and home pages; a post may discuss pitching without
meaning it. "No pitches" beats everything. Every state rests on a quoted sentence or a named fact; where there
is neither, the door is unknown, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.formatting import month
from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import is_code_paragraph
from generator.languages.patterns import Language, Match, load_language
from generator.records import (
    CitationFunction,
    ContactKind,
    Corpus,
    Door,
    DoorState,
    LabelledGraph,
    OwnPage,
    PageKind,
    Person,
    PersonId,
    Post,
    Quotation,
    Url,
)
from generator.text import clip, fold, sentences

LONGEST = 60  # words; a longer "sentence" is a list or a torn page
WRITTEN = (ContactKind.EMAIL, ContactKind.FORM)  # contact points that are published to be written to
QUIET_DAYS = 548  # a year and a half without a post: said beside any open door


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence of theirs and which rule it met: no_pitches, no_kind, invites or reachable."""

    rule: str
    quote: Quotation


def read_contact_policies(corpus: Corpus, graph: LabelledGraph, *, as_of: date) -> tuple[tuple[PersonId, Door], ...]:
    """Everybody's door, in the order of `corpus.people`.

    Args:
        corpus: people with their contacts, and their own pages.
        graph: labelled citations; replying to others is a fact beside the words.
        as_of: the day silence is measured to.
    """
    words = load_language()
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
    return tuple(
        (
            person.id,
            _door(
                person,
                _statements(pages[person.id], posts[person.id], words),
                len(replies[person.id]),
                _quiet_since(posts[person.id], as_of),
            ),
        )
        for person in corpus.people
    )


def _door(person: Person, said: Sequence[_Statement], replied_to: int, quiet: date | None) -> Door:
    """The state of one door, strongest words first."""
    by_rule: dict[str, Quotation] = {}
    for statement in said:
        by_rule.setdefault(statement.rule, statement.quote)
    note = f" Nothing new has been heard since {month(quiet)}." if quiet else ""
    if refusal := by_rule.get("no_pitches"):
        return _spoken(DoorState.CLOSED, "Says so in so many words.", refusal)
    invitation, partial = by_rule.get("invites"), by_rule.get("no_kind")
    if partial and invitation:
        return _spoken(DoorState.AJAR, f"Invites mail, but refuses one kind of request.{note}", partial)
    if partial:
        told = "reachable" in by_rule or any(contact.kind in WRITTEN for contact in person.contacts)
        state = DoorState.AJAR if told else DoorState.CLOSED
        because = f"Says how to reach them, but refuses one kind of request.{note}"
        return _spoken(state, because if told else "Refuses this kind of request, and invites no other.", partial)
    if invitation:
        return _spoken(DoorState.OPEN, f"Invites it in their own words.{note}", invitation)
    if reachable := by_rule.get("reachable"):
        return _spoken(DoorState.AJAR, f"Says how to reach them, without inviting it.{note}", reachable)
    return _by_facts(person, replied_to, note)


def _spoken(state: DoorState, because: str, quote: Quotation) -> Door:
    """A door that rests on a sentence."""
    return Door(state=state, because=because, quote=quote, url=quote.url)


def _by_facts(person: Person, replied_to: int, note: str) -> Door:
    """A door that rests on what is published or done rather than on words."""
    contact = next((c for c in person.contacts if c.kind in WRITTEN), None)
    if contact:
        what = "an e-mail address" if contact.kind is ContactKind.EMAIL else "a contact form"
        return Door(DoorState.AJAR, f"Publishes {what} for contact.{note}", None, contact.found_on)
    if person.comments_open:
        url = Url(person.sites[0]) if person.sites else None
        return Door(DoorState.AJAR, f"Comments are open under their posts.{note}", None, url)
    if replied_to >= 2:
        return Door(
            DoorState.AJAR, f"Answers others in public: {replied_to} people replied to in posts.{note}", None, None
        )
    return Door(DoorState.UNKNOWN, "Nothing found on their pages that says either way.", None, None)


def _quiet_since(posts: Sequence[Post], as_of: date) -> date | None:
    """The day of their last post if it lies long back, None otherwise or where nothing is dated."""
    dated = [post.published_on for post in posts if post.published_on and post.published_on <= as_of]
    last = max(dated, default=None)
    return last if last and (as_of - last).days > QUIET_DAYS else None


def _statements(pages: Sequence[OwnPage], posts: Sequence[Post], words: Language) -> list[_Statement]:
    """What their own pages say of being approached, contact and policy pages before the home page."""
    said: list[_Statement] = []
    written = {post.url for post in posts}

    @cache
    def told() -> tuple[str, ...]:
        return tuple(fold(post.text) for post in posts)

    for page in pages:
        if page.url in written:
            continue
        for sentence in _own_sentences(page):
            rule = _rule(sentence, words, home=page.kind is PageKind.HOME)
            # A home page shows beginnings of posts; what stands in a post is no policy.
            if rule and not any(sentence in text for text in told()):
                said.append(_Statement(rule, Quotation(clip(sentence), page.url, None, page.title)))
    return said


def _own_sentences(page: OwnPage) -> list[str]:
    """Sentences of a page, lines that are none of running words left out."""
    found: list[str] = []
    for block in page.text.split("\n\n"):
        if not is_code_paragraph(block):
            found += sentences(block)
    return [sentence for sentence in found if 2 <= len(sentence.split()) <= LONGEST]


def _rule(sentence: str, words: Language, *, home: bool) -> str | None:
    """Which rule a sentence meets, the most forbidding first; None for all others."""
    tokens = tuple(token.casefold() for token in word_tokens(sentence if sentence[-1] in ".!?:" else sentence + " ."))
    own = not _first_person(words).isdisjoint(tokens)
    for rule in ("no_pitches", "no_kind", "on_wish", "invites", "reachable"):
        for match in words.door[rule].matches(tokens):
            if rule in ("no_pitches", "no_kind"):
                if _is_policy(tokens, match, words, own=own, home=home):
                    return rule
            elif rule == "on_wish":
                # "You can send me an email" tells how, as "if you want to contact me, send me an email" does.
                return "invites" if words.door["welcome"].found(tokens) else "reachable"
            elif _is_offer(tokens, match, words, own=own, home=home):
                return rule
    return None


def _first_person(words: Language) -> frozenset[str]:
    """The words by which a writer says "I" or "we"."""
    return words.pronouns["i"] | words.pronouns["we"]


def _is_policy(tokens: tuple[str, ...], match: Match, words: Language, *, own: bool, home: bool) -> bool:
    """Whether a refusal is the owner's policy and no remark: short, in the first person, or an order."""
    if tokens[-1] == "?" or not words.elsewhere.isdisjoint(tokens):
        return False
    begins = match.start <= 1 or tokens[match.start - 1] in {",", ".", ":", ";", "please", "and", "but", "(", "—", "–"}
    # "a business with no sponsors" tells of something else; "no pitches" opens a clause.
    own = own and tokens[match.start] != "no"
    return (own or begins) and (not home or len(tokens) <= 30)


def _is_offer(tokens: tuple[str, ...], match: Match, words: Language, *, own: bool, home: bool) -> bool:
    """Whether an invitation is the owner's to the reader: not negated, not a report, not about code."""
    before = tokens[max(0, match.start - 5) : match.start]
    if any(token in words.negators and token not in {"if", "would", "could", "hope", "hoping"} for token in before):
        return False
    # "subscribe to the feed and feel free to contact me": what the sentence says before is another matter.
    said = {*tokens[match.start :]}
    if not words.elsewhere.isdisjoint(said) and not {"email", "e-mail", "mail"} & said:
        return False
    inside = tokens[match.start : match.end]
    to_owner = not _first_person(words).isdisjoint((*inside, *tokens[match.end : match.end + 6]))
    reader = any(token in {"you", "your", "you're", "please", "feel", "welcome"} for token in tokens)
    imperative = match.start == 0 or tokens[match.start - 1] in {
        ",",
        ".",
        ":",
        ";",
        "—",
        "–",
        "and",
        "or",
        "please",
        "to",
    }
    if home:
        return to_owner and (reader or imperative) and len(tokens) <= 40
    return (to_owner or own or reader) and (reader or imperative or own)
