"""What people ask their readers, what they wish for and what they speak up for, in their own words.

Verbatim sentences of on-topic posts; picky: what does not stand on its own, is put for effect, or might be
code is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import PostIndex, prose_paragraphs
from generator.languages.language import Language
from generator.languages.patterns import PatternMatcher
from generator.records import PersonId, Post, Quotation
from generator.text import MAX_QUOTE, fold, sentences

PER_PERSON = 5
LATEST_POSTS = 40  # of a person that are read for sayings, latest first; older ones speak of older cares
SHORTEST = 25  # characters of a paragraph that can hold a saying
CLOSING = 3  # last paragraphs of a post, in which readers are spoken to
QUESTION_WORDS = (7, 40)
CHAMPION_WORDS = (7, 45)
ODD = re.compile(r"[{}<>|\\=$`#*_\[\]]|::|\(\)|->|https?:|\.\.\.|…|:[a-z_]+:|\d+\.\d+|[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Statements:
    """What one person asks, champions and wishes for, latest first."""

    questions: tuple[Quotation, ...]
    champions: tuple[Quotation, ...]
    wishes: tuple[Quotation, ...]


def statements_of(person: PersonId, post_index: PostIndex, *, limit: int = PER_PERSON) -> Statements:
    """A person's questions to readers or the community, and what they advocate and wish for, latest first."""
    questions: list[Quotation] = []
    champions: list[Quotation] = []
    wishes: list[Quotation] = []
    for post, language in _readable(person, post_index):
        paragraphs = prose_paragraphs(post.text, post_index.boilerplate.get(person, frozenset()))
        for place, paragraph in enumerate(paragraphs):
            asks = "?" in paragraph
            if len(paragraph) < SHORTEST or not (asks or language.advocacy_cue.search(paragraph)):
                continue
            pieces = list(sentences(paragraph))
            for at, sentence in enumerate(pieces):
                if asks and sentence[-1] == "?":
                    following = pieces[at + 1] if at + 1 < len(pieces) else ""
                    closing = place >= len(paragraphs) - CLOSING
                    asked = not _in_a_run(pieces, at, paragraphs, place)
                    if asked and _is_question(sentence, following, language, closing=closing, alone=len(pieces) == 1):
                        questions.append(_quotation(sentence, post))
                elif sentence[-1] in ".!" and _speaks_up(sentence, language.advocacy, language):
                    champions.append(_quotation(sentence, post))
                elif sentence[-1] in ".!" and _speaks_up(sentence, language.wishes, language):
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


def _is_question(sentence: str, following: str, language: Language, *, closing: bool, alone: bool) -> bool:
    """Whether a question is put to readers, stands alone, and is not answered in the next breath.

    Args:
        sentence: ends in a question mark.
        language: the language of the text.
        following: the sentence after it, "" at a paragraph's end.
        closing: it stands among the post's last paragraphs, where readers are spoken to.
        alone: it is a paragraph of its own, as headings are.
    """
    if not QUESTION_WORDS[0] <= sentence.count(" ") + 1 <= QUESTION_WORDS[1]:
        return False
    tokens = _tokens(sentence)
    to_all = language.questions_to_all.found(tokens)
    if not to_all and (alone or not language.questions_to_reader.found(tokens)):
        return False
    if (
        _for_effect(tokens, language)
        or not language.context_words.isdisjoint(tokens)
        or not language.sensitive.isdisjoint(tokens)
    ):
        return False
    if not stands_alone(sentence, tokens, language) or _is_title(sentence) or language.presupposition.search(sentence):
        return False
    if following.casefold().startswith(language.answer_openings):
        return False
    return to_all or closing


def _for_effect(tokens: tuple[str, ...], language: Language) -> bool:
    """Whether a question begins or ends as questions put for effect do."""
    return any(match.start <= 1 or match.end == len(tokens) for match in language.rhetorical_questions.matches(tokens))


def _is_title(sentence: str) -> bool:
    """Whether a sentence is written with the capitals of a headline."""
    long_words = [word for word in sentence.split() if len(word) > 3]
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) > 0.6 * len(long_words)


def _speaks_up(sentence: str, patterns: PatternMatcher, language: Language) -> bool:
    """Whether a sentence begins by speaking up or wishing for something, as the patterns say, and stands alone."""
    if not CHAMPION_WORDS[0] <= sentence.count(" ") + 1 <= CHAMPION_WORDS[1] or not language.advocacy_cue.search(
        sentence
    ):
        return False
    tokens = _tokens(sentence)
    for match in patterns.matches(tokens):
        if match.start > 2:
            return False
        opening = language.advocacy_openers.issuperset(tokens[: match.start])
        inside = set(tokens[match.start : match.end]) - language.wish_words
        negated = tokens[match.start] not in language.imperative_openers and not language.negators.isdisjoint(inside)
        if opening and not negated:
            # "Everyone should check their beacon" stands alone, "I encourage everyone to try it" does not.
            return (
                not _leans(tokens, language)
                and not language.disclaimers.found(tokens)
                and (not language.convictions.found(tokens) or not language.modals.isdisjoint(tokens))
                and stands_alone(sentence, tokens, language)
                and language.sensitive.isdisjoint(tokens)
            )
    return False


def _leans(tokens: tuple[str, ...], language: Language) -> bool:
    """Whether an advocating sentence refers to what another sentence names; "their" may refer to people in it."""
    plural = language.inclusive_plurals
    return bool((language.context_words - plural).intersection(tokens[1:])) or tokens[-2:-1] == ("they",)


def _readable(person: PersonId, post_index: PostIndex) -> list[tuple[Post, Language]]:
    """A person's posts that may be quoted and whose language has data files, latest first."""
    posts = [
        (post, language)
        for post in post_index.on_topic.get(person, ())
        if post.quotable and (language := post_index.languages.of(post))
    ]
    return posts[::-1][:LATEST_POSTS]


def _tokens(sentence: str) -> tuple[str, ...]:
    """Words and punctuation, capitals ignored."""
    return tuple(token.casefold() for token in word_tokens(sentence))


def stands_alone(sentence: str, tokens: tuple[str, ...], language: Language) -> bool:
    """Whether a sentence can be quoted without what surrounds it."""
    if len(sentence) > MAX_QUOTE or not tokens or tokens[0] in language.anaphoric_starts or not sentence[0].isupper():
        return False
    if ODD.search(sentence) or language.pointing_words.search(sentence) or sentence.count("(") != sentence.count(")"):
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
