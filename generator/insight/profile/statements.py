"""What people ask their readers, what they wish for and what they speak up for, in their own words.

Verbatim sentences of on-topic posts; picky: what does not stand on its own, is put for effect, or might be
code is left out. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import PostIndex, prose_paragraphs
from generator.languages.patterns import Language, PatternMatcher
from generator.records import PersonId, Post, Quotation
from generator.text import MAX_QUOTE, fold, sentences

PER_PERSON = 5
LATEST_POSTS = 40  # of a person that are read for sayings, latest first; older ones speak of older cares
SHORTEST = 25  # characters of a paragraph that can hold a saying
CLOSING = 3  # last paragraphs of a post, in which readers are spoken to
QUESTION_WORDS = (7, 40)
CHAMPION_WORDS = (7, 45)
# "Is the gap small enough?": which one was said before. "The community", "the compiler of …" need no saying.
NAMED_BEFORE = re.compile(
    r"\b(?:think|that|if|whether|is|are|was|were) the (?!community|ecosystem|industry|field|sport|scene)\w+ "
    r"(?:is|are|was|were|small|large|big|good|bad)\b",
    re.IGNORECASE,
)
ODD = re.compile(r"[{}<>|\\=$`#*_\[\]]|::|\(\)|->|https?:|\.\.\.|…|:[a-z_]+:|\d+\.\d+|[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Statements:
    """What one person asks, champions and wishes for, latest first."""

    questions: tuple[Quotation, ...]
    champions: tuple[Quotation, ...]
    wishes: tuple[Quotation, ...]


def statements_of(person: PersonId, post_index: PostIndex, words: Language, *, limit: int = PER_PERSON) -> Statements:
    """Questions they put to readers or the community, and what they speak up for, latest first."""
    questions: list[Quotation] = []
    champions: list[Quotation] = []
    wishes: list[Quotation] = []
    for post in _readable(person, post_index):
        paragraphs = prose_paragraphs(post.text, post_index.habitual.get(person, frozenset()))
        for place, paragraph in enumerate(paragraphs):
            asks = "?" in paragraph
            if len(paragraph) < SHORTEST or not (asks or words.championing.search(paragraph)):
                continue
            pieces = list(sentences(paragraph))
            for at, sentence in enumerate(pieces):
                if asks and sentence[-1] == "?":
                    following = pieces[at + 1] if at + 1 < len(pieces) else ""
                    closing = place >= len(paragraphs) - CLOSING
                    asked = not _in_a_run(pieces, at, paragraphs, place)
                    if asked and _is_question(sentence, following, words, closing=closing, alone=len(pieces) == 1):
                        questions.append(_quotation(sentence, post))
                elif sentence[-1] in ".!" and _speaks_up(sentence, words.champions, words):
                    champions.append(_quotation(sentence, post))
                elif sentence[-1] in ".!" and _speaks_up(sentence, words.wishes, words):
                    wishes.append(_quotation(sentence, post))
        if len(questions) >= 2 * limit and len(champions) >= 2 * limit:
            break  # at most two of one post are picked, so enough stands there
    return Statements(_pick(questions, limit), _pick(champions, limit), _pick(wishes, limit))


def _in_a_run(pieces: Sequence[str], at: int, paragraphs: Sequence[str], place: int) -> bool:
    """Whether a question stands beside another: such runs think aloud, and what they ask about was named before."""
    before = pieces[at - 1] if at else paragraphs[place - 1] if place else ""
    after = pieces[at + 1] if at + 1 < len(pieces) else paragraphs[place + 1] if place + 1 < len(paragraphs) else ""
    whole_after = at + 1 < len(pieces) or after.count("?") == 1
    return before.endswith("?") or (after.endswith("?") and whole_after)


def _is_question(sentence: str, following: str, words: Language, *, closing: bool, alone: bool) -> bool:
    """Whether a question is put to readers, stands alone, and is not answered in the next breath.

    Args:
        sentence: ends in a question mark.
        words: the language.
        following: the sentence after it, "" at a paragraph's end.
        closing: it stands among the post's last paragraphs, where readers are spoken to.
        alone: it is a paragraph of its own, as headings are.
    """
    if not QUESTION_WORDS[0] <= sentence.count(" ") + 1 <= QUESTION_WORDS[1]:
        return False
    tokens = _tokens(sentence)
    to_all = words.asks_all.found(tokens)
    if not to_all and (alone or not words.asks_reader.found(tokens)):
        return False
    if _for_effect(tokens, words) or not words.dependent.isdisjoint(tokens) or not words.sensitive.isdisjoint(tokens):
        return False
    if not stands_alone(sentence, tokens, words) or _is_title(sentence) or NAMED_BEFORE.search(sentence):
        return False
    if following.casefold().startswith(words.answers):
        return False
    return to_all or closing


def _for_effect(tokens: tuple[str, ...], words: Language) -> bool:
    """Whether a question begins or ends as questions put for effect do."""
    return any(match.start <= 1 or match.end == len(tokens) for match in words.rhetorical.matches(tokens))


def _is_title(sentence: str) -> bool:
    """Whether a sentence is written with the capitals of a headline."""
    long_words = [word for word in sentence.split() if len(word) > 3]
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) > 0.6 * len(long_words)


def _speaks_up(sentence: str, patterns: PatternMatcher, words: Language) -> bool:
    """Whether a sentence begins by speaking up or wishing for something, as the patterns say, and stands alone."""
    if not CHAMPION_WORDS[0] <= sentence.count(" ") + 1 <= CHAMPION_WORDS[1] or not words.championing.search(sentence):
        return False
    tokens = _tokens(sentence)
    for match in patterns.matches(tokens):
        if match.start > 2:
            return False
        opening = all(token in _OPENERS for token in tokens[: match.start])
        inside = {token for token in tokens[match.start : match.end] if token not in ("wish", "hope", "would")}
        negated = tokens[match.start] not in ("please", "let's") and not words.negators.isdisjoint(inside)
        if opening and not negated:
            # "Everyone should check their beacon" stands alone, "I encourage everyone to try it" does not.
            return (
                not _leans(tokens, words)
                and not words.disclaimers.found(tokens)
                and (not words.convictions.found(tokens) or not words.oughts.isdisjoint(tokens))
                and stands_alone(sentence, tokens, words)
                and words.sensitive.isdisjoint(tokens)
            )
    return False


def _leans(tokens: tuple[str, ...], words: Language) -> bool:
    """Whether a championing sentence speaks of what another sentence names; "their" may mean everybody in it."""
    return bool((words.dependent - {"their", "they"}).intersection(tokens[1:])) or tokens[-2:-1] == ("they",)


_OPENERS = frozenset(["so", "but", "and", "personally", ",", "also", "really", "still", "again", "overall"])


def _readable(person: PersonId, post_index: PostIndex) -> list[Post]:
    """Their posts that may be quoted, latest first."""
    posts = [post for post in post_index.topical.get(person, ()) if post.quotable and post.language in ("en", "")]
    return posts[::-1][:LATEST_POSTS]


def _tokens(sentence: str) -> tuple[str, ...]:
    """Words and punctuation, capitals ignored."""
    return tuple(token.casefold() for token in word_tokens(sentence))


def stands_alone(sentence: str, tokens: tuple[str, ...], words: Language) -> bool:
    """Whether a sentence can be quoted without what surrounds it."""
    if (
        len(sentence) > MAX_QUOTE
        or not tokens
        or (tokens[0] in words.leaning and tokens[0] != "which")
        or not sentence[0].isupper()
    ):
        return False
    if ODD.search(sentence) or words.pointing.search(sentence) or sentence.count("(") != sentence.count(")"):
        return False
    letters = sum(character.isalpha() or character.isspace() for character in sentence)
    return letters > 0.88 * len(sentence)


def _quotation(sentence: str, post: Post) -> Quotation:
    """A sentence with where and when."""
    return Quotation(fold(sentence), post.url, post.published_on, post.title)


def _pick(found: Sequence[Quotation], limit: int) -> tuple[Quotation, ...]:
    """The first of an order, each sentence once, at most two of one post."""
    kept: list[Quotation] = []
    said: set[str] = set()
    for quotation in found:
        if quotation.text.casefold() in said or sum(other.url == quotation.url for other in kept) >= 2:
            continue
        said.add(quotation.text.casefold())
        kept.append(quotation)
        if len(kept) == limit:
            break
    return tuple(kept)
