"""What sentences of own pages say about being approached: refusals, invitations, and how to reach their writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.insight.citations.citation_context import word_tokens
from generator.languages.code_detection import is_code_paragraph
from generator.languages.language import Language
from generator.languages.patterns import Match
from generator.languages.refusals import Refusal, RefusalScope, refusal_in_any
from generator.records import DoorRule, OwnPage, PageKind, Post, Quotation
from generator.text import clip, fold, sentences

MAX_SENTENCE_WORDS, MAX_SENTENCE_CHARS = 60, 600  # a longer "sentence" is a list or a torn page
MAX_HOME_REFUSAL_WORDS, MAX_HOME_OFFER_WORDS = 30, 40  # of a sentence on a home page
MIN_UNSPACED_CHARS = 4  # of a sentence in a script without blanks between words
PUNCTUATION = frozenset({",", ".", ":", ";", "—", "–"})
RULES = {RefusalScope.APPROACH: DoorRule.REFUSES_ALL, RefusalScope.KIND: DoorRule.REFUSES_KIND}
ON_REQUEST, WELCOME = "on_request", "welcome"  # pattern groups that are not a rule of their own


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an own page and the rule it met; `refused` names the kinds that a refusal names."""

    rule: DoorRule
    quote: Quotation
    refused: tuple[str, ...] = ()


def contact_statements(
    pages: Sequence[OwnPage], posts: Sequence[Post], language: Language | None
) -> tuple[Statement, ...]:
    """What own pages say about being approached, in the order of `pages`.

    Args:
        pages: own pages; a home page among the posts is passed over.
        posts: posts of the same site.
        language: the owner's main language; None: only refusals are looked for.
    """
    found: list[Statement] = []
    post_urls = {post.url for post in posts}
    own_urls = {page.url for page in pages if page.kind is not PageKind.HOME}

    @cache
    def post_texts() -> tuple[str, ...]:
        # A feed may list an about page among the posts: its sentences stay a policy.
        return tuple(fold(post.text) for post in posts if post.url not in own_urls)

    for page in pages:
        home = page.kind is PageKind.HOME
        if home and page.url in post_urls:
            continue
        for sentence in _own_sentences(page):
            rules = rules_of_sentence(sentence, language, home=home)
            # A home page shows beginnings of posts; a sentence of a post is not a policy.
            if rules and not any(sentence in text for text in post_texts()):
                quote = Quotation(clip(sentence), page.url, None, page.title)
                found += [Statement(rule, quote, refused) for rule, refused in rules]
    return tuple(found)


def _own_sentences(page: OwnPage) -> list[str]:
    """Sentences of a page; lines that are not running text are left out."""
    found: list[str] = []
    for block in page.text.split("\n\n"):
        if not is_code_paragraph(block):
            found += sentences(block)
    return [sentence for sentence in found if _is_sentence(sentence)]


def _is_sentence(sentence: str) -> bool:
    """Whether a sentence has a plausible length; scripts without blanks between words are measured in characters."""
    words = len(sentence.split())
    enough = words >= 2 or (not sentence.isascii() and len(sentence) >= MIN_UNSPACED_CHARS)
    return enough and words <= MAX_SENTENCE_WORDS and len(sentence) <= MAX_SENTENCE_CHARS


def rules_of_sentence(
    sentence: str, language: Language | None, *, home: bool
) -> tuple[tuple[DoorRule, tuple[str, ...]], ...]:
    """The rules a sentence meets, the most forbidding first, each with the words of what it refuses.

    A refusal counts in whichever language it is written. A sentence that refuses named kinds only may also invite.

    Args:
        sentence: of an own page.
        language: its language; None: only refusals are looked for.
        home: it stands on a home page, where fewer sentences are policies.
    """
    refusal = refusal_in_any(sentence, language.code if language else "")
    if refusal and home and len(sentence.split()) > MAX_HOME_REFUSAL_WORDS:
        refusal = None
    if refusal is None:
        invitation = _invitation(sentence, language, home=home)
        return ((invitation, ()),) if invitation else ()
    found = [(RULES[refusal.scope], _shown(refusal))]
    if refusal.scope is RefusalScope.KIND:
        rules = {_invitation(clause, language, home=home) for clause in refusal.rest}
        found += [(rule, ()) for rule in (DoorRule.INVITES, DoorRule.REACHABLE) if rule in rules]
    return tuple(found)


def _shown(refusal: Refusal) -> tuple[str, ...]:
    """The words for what is refused as the report shows them: words of other languages are quoted."""
    return refusal.what if refusal.code == "en" else tuple(f"“{word}”" for word in refusal.what)


def _invitation(sentence: str, language: Language | None, *, home: bool) -> DoorRule | None:
    """Whether a sentence invites being approached, or says how to reach its writer."""
    if language is None:
        return None
    tokens = tuple(token.casefold() for token in word_tokens(sentence if sentence[-1] in ".!?:" else sentence + " ."))
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
