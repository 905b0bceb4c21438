"""Whether a person invites being approached, by the words of their own pages.

Statements count only on about, contact, policy and home pages, since a post may discuss pitching without meaning it.
A refusal of all approaches beats everything. Every state rests on a quoted sentence or a named fact; without either
the door is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.formatting import month
from generator.insight.citations.citation_context import word_tokens
from generator.languages.code_detection import is_code_paragraph
from generator.languages.language import Language, all_languages, refusals_without_language
from generator.languages.patterns import Match
from generator.languages.post_languages import PostLanguages
from generator.records import (
    CitationFunction,
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
    Url,
)
from generator.text import clip, fold, sentences

MAX_SENTENCE_WORDS = 60  # a longer "sentence" is a list or a torn page
MAX_HOME_REFUSAL_WORDS, MAX_HOME_OFFER_WORDS = 30, 40  # of a sentence on a home page
WRITTEN = (ContactKind.EMAIL, ContactKind.FORM)  # contact points that are published to be written to
QUIET_DAYS = 548  # a year and a half without a post: mentioned beside any open door
MIN_REPLIED_TO = 2  # people replied to, from which answering in public is a habit
PUNCTUATION = frozenset({",", ".", ":", ";", "—", "–"})
REFUSALS = (DoorRule.REFUSES_ALL, DoorRule.REFUSES_KIND)
ON_REQUEST, WELCOME = "on_request", "welcome"  # pattern groups that are not a rule of their own


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence of an own page and the rule it met: a refusal, an invitation, or that they can be reached."""

    rule: DoorRule
    quote: Quotation


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
    return tuple(
        (
            person.id,
            _door(
                person,
                _statements(pages[person.id], posts[person.id], languages.main(person.id)),
                len(replies[person.id]),
                _quiet_since(posts[person.id], as_of),
            ),
        )
        for person in corpus.people
    )


def _door(person: Person, statements: Sequence[_Statement], replied_to: int, quiet: date | None) -> Door:
    """The state of one door, strongest words first."""
    by_rule: dict[DoorRule, Quotation] = {}
    for statement in statements:
        by_rule.setdefault(statement.rule, statement.quote)
    note = f" Nothing new has been heard since {month(quiet)}." if quiet else ""
    if DoorRule.REFUSES_ALL in by_rule:
        return _spoken(DoorState.CLOSED, "Says so in so many words.", by_rule, DoorRule.REFUSES_ALL)
    if DoorRule.REFUSES_KIND in by_rule:
        state, because = _partial_refusal(person, by_rule, note)
        return _spoken(state, because, by_rule, DoorRule.REFUSES_KIND)
    if DoorRule.INVITES in by_rule:
        return _spoken(DoorState.OPEN, f"Invites it in their own words.{note}", by_rule, DoorRule.INVITES)
    if DoorRule.REACHABLE in by_rule:
        because = f"Says how to reach them, without inviting it.{note}"
        return _spoken(DoorState.AJAR, because, by_rule, DoorRule.REACHABLE)
    return _by_facts(person, replied_to, note)


def _partial_refusal(person: Person, by_rule: Mapping[DoorRule, Quotation], note: str) -> tuple[DoorState, str]:
    """State and reason for a person who refuses one kind of request."""
    if DoorRule.INVITES in by_rule:
        return DoorState.AJAR, f"Invites mail, but refuses one kind of request.{note}"
    if DoorRule.REACHABLE in by_rule or any(contact.kind in WRITTEN for contact in person.contacts):
        return DoorState.AJAR, f"Says how to reach them, but refuses one kind of request.{note}"
    return DoorState.CLOSED, "Refuses this kind of request, and invites no other."


def _spoken(state: DoorState, because: str, by_rule: Mapping[DoorRule, Quotation], rule: DoorRule) -> Door:
    """A door that rests on a sentence."""
    return Door(state, because, by_rule[rule], by_rule[rule].url, rule)


def _by_facts(person: Person, replied_to: int, note: str) -> Door:
    """A door that rests on what is published or done rather than on words."""
    contact = next((c for c in person.contacts if c.kind in WRITTEN), None)
    if contact:
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


def _quiet_since(posts: Sequence[Post], as_of: date) -> date | None:
    """The day of the last post if it is more than `QUIET_DAYS` ago; None otherwise, or where nothing is dated."""
    dated = [post.published_on for post in posts if post.published_on and post.published_on <= as_of]
    last = max(dated, default=None)
    return last if last and (as_of - last).days > QUIET_DAYS else None


def _statements(pages: Sequence[OwnPage], posts: Sequence[Post], language: Language | None) -> list[_Statement]:
    """What own pages say about being approached, contact and policy pages before the home page."""
    found: list[_Statement] = []
    post_urls = {post.url for post in posts}

    @cache
    def post_texts() -> tuple[str, ...]:
        return tuple(fold(post.text) for post in posts)

    for page in pages:
        if page.url in post_urls:
            continue
        for sentence in _own_sentences(page):
            rule = rule_of_sentence(sentence, language, home=page.kind is PageKind.HOME)
            # A home page shows beginnings of posts; a sentence of a post is not a policy.
            if rule and not any(sentence in text for text in post_texts()):
                found.append(_Statement(rule, Quotation(clip(sentence), page.url, None, page.title)))
    return found


def _own_sentences(page: OwnPage) -> list[str]:
    """Sentences of a page; lines that are not running text are left out."""
    found: list[str] = []
    for block in page.text.split("\n\n"):
        if not is_code_paragraph(block):
            found += sentences(block)
    return [sentence for sentence in found if 2 <= len(sentence.split()) <= MAX_SENTENCE_WORDS]


def rule_of_sentence(sentence: str, language: Language | None, *, home: bool) -> DoorRule | None:
    """The rule a sentence meets, the most forbidding first; None for all other sentences.

    Args:
        sentence: of an own page.
        language: its language; None: only refusals are looked for.
        home: it stands on a home page, where fewer sentences are policies.
    """
    tokens = tuple(token.casefold() for token in word_tokens(sentence if sentence[-1] in ".!?:" else sentence + " ."))
    for one in all_languages():
        if rule := _refusal(tokens, one, home=home):
            return rule
    if tokens[-1] != "?" and any(_opens_clause(tokens, match) for match in refusals_without_language().matches(tokens)):
        return DoorRule.REFUSES_ALL
    return _invitation(tokens, language, home=home) if language else None


def _refusal(tokens: tuple[str, ...], language: Language, *, home: bool) -> DoorRule | None:
    """The refusal a sentence states; None where it states none."""
    own = not _first_person(language).isdisjoint(tokens)
    for rule in REFUSALS:
        for match in language.contact_policy[rule].matches(tokens):
            if _is_policy(tokens, match, language, own=own, home=home):
                return rule
    return None


def _invitation(tokens: tuple[str, ...], language: Language, *, home: bool) -> DoorRule | None:
    """Whether a sentence invites being approached, or says how to reach its writer."""
    rules = language.contact_policy
    if rules[ON_REQUEST].found(tokens):
        # "You can send me an email" says how, as "if you want to contact me, send me an email" does.
        return DoorRule.INVITES if rules[WELCOME].found(tokens) else DoorRule.REACHABLE
    own = not _first_person(language).isdisjoint(tokens)
    for rule in (DoorRule.INVITES, DoorRule.REACHABLE):
        for match in rules[rule].matches(tokens):
            if _is_offer(tokens, match, language, own=own, home=home):
                return rule
    return None


def _first_person(language: Language) -> frozenset[str]:
    """The words by which a writer says "I" or "we"."""
    return language.pronouns["i"] | language.pronouns["we"]


def _opens_clause(tokens: tuple[str, ...], match: Match, openings: frozenset[str] = frozenset()) -> bool:
    """Whether a match stands at the beginning of a sentence or clause."""
    return match.start <= 1 or tokens[match.start - 1] in PUNCTUATION | {"("} | openings


def _is_policy(tokens: tuple[str, ...], match: Match, language: Language, *, own: bool, home: bool) -> bool:
    """Whether a refusal is the owner's policy and not a remark: short, in the first person, or an order."""
    if tokens[-1] == "?" or not language.other_requests.isdisjoint(tokens):
        return False
    words = language.contact_words
    # "a business with no sponsors" is about something else; "no pitches" opens a clause.
    own = own and tokens[match.start] not in words["determiners"]
    begins = _opens_clause(tokens, match, words["clause_openings"])
    return (own or begins) and (not home or len(tokens) <= MAX_HOME_REFUSAL_WORDS)


def _is_offer(tokens: tuple[str, ...], match: Match, language: Language, *, own: bool, home: bool) -> bool:
    """Whether an invitation is the owner's to the reader: not negated, not a report, not about code."""
    words = language.contact_words
    before = tokens[max(0, match.start - 5) : match.start]
    if not (language.negators - words["soft_negators"]).isdisjoint(before):
        return False
    # "subscribe to the feed and feel free to contact me": what the sentence says before is another matter.
    rest = {*tokens[match.start :]}
    if not language.other_requests.isdisjoint(rest) and not words["mail"] & rest:
        return False
    inside = tokens[match.start : match.end]
    to_owner = not _first_person(language).isdisjoint((*inside, *tokens[match.end : match.end + 6]))
    reader = not words["reader"].isdisjoint(tokens)
    imperative = match.start == 0 or tokens[match.start - 1] in PUNCTUATION | words["offer_openings"]
    if home:
        return to_owner and (reader or imperative) and len(tokens) <= MAX_HOME_OFFER_WORDS
    return (to_owner or own or reader) and (reader or imperative or own)
