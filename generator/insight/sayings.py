"""What people ask their readers and what they speak up for, in their own words.

Verbatim sentences of on-topic posts; picky: what does not stand on its own, is put for effect, or might be
code is left out. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.insight.lexicon import Lexicon
from generator.insight.passages import word_tokens
from generator.insight.texts import Library, prose
from generator.records import PersonId, Post, Quotation
from generator.text import MAX_QUOTE, fold, sentences

PER_PERSON = 5
LATEST_POSTS = 80  # of a person that are read for sayings, latest first; older ones speak of older cares
SHORTEST = 25  # characters of a paragraph that can hold a saying
CLOSING = 3  # last paragraphs of a post, in which readers are spoken to
QUESTION_WORDS = (7, 40)
CHAMPION_WORDS = (7, 45)
# A sentence that opens like this leans on the one before it.
LEANING = frozenset(["and", "but", "or", "so", "because", "then", "also", "however", "therefore", "thus", "this", "that",
                     "these", "those", "it", "he", "she", "they", "which", "such", "here", "there", "otherwise",
                     "instead", "nor", "yet", "still", "anyway", "hence", "it's", "that's", "they're", "he's", "she's",
                     "if", "in", "as", "for", "with", "again", "similarly", "likewise", "both", "either", "neither",
                     "not", "first", "second", "third", "finally", "maybe", "perhaps", "him", "her", "his", "its",
                     "their", "them", "else", "except"])  # fmt: skip
POINTING = re.compile(
    r"\b(above|below|previous(ly)? (post|section|example|paragraph)|following|former|latter|in this (post|case|example|article)|"
    r"this (one|way|time|means|is why)|as follows|these two|either of these|the same (thing|way|problem)|do (this|that|so|it)|"
    r"(of|with|about|like|for|to|from|do|does) (this|that|these|those|them)\b)\b",
    re.IGNORECASE,
)
ODD = re.compile(r"[{}<>|\\=$`#*_\[\]]|::|\(\)|->|https?:|\.\.\.|…|:[a-z_]+:|\d+\.\d+|[\"“”«»]")
# What a question that holds one of these asks about stands in another sentence.
DEPENDENT = frozenset(["it", "its", "it's", "they", "them", "their", "he", "she", "his", ":", "that's"])
# A cheap look before sentences are taken apart: no pattern of the language file matches without one of these.
CHAMPIONING = re.compile(
    r"\b(should|needs?|must|deserves?|ought|wish|love|like|please|let['’]s|encourage|urge|care|time|convinced|hopeful|adamant|"
    r"believe|want)\b",
    re.IGNORECASE,
)
# The sentence after a question that its writer answers.
ANSWERS = ("yes", "no", "well", "because", "of course", "turns out", "it turns out", "the answer", "not ", "sure", "nope",
           "yep", "absolutely", "probably", "simple", "i think", "it depends", "to ", "by ", "first", "let's", "this is",
           "we can", "you can", "if so", "if you", "then", "great", "good", "me neither", "me too")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one person asks and champions, latest first."""

    questions: tuple[Quotation, ...]
    champions: tuple[Quotation, ...]


def sayings_of(person: PersonId, library: Library, words: Lexicon, *, limit: int = PER_PERSON) -> Sayings:
    """Questions they put to readers or the community, and what they speak up for, latest first."""
    questions: list[Quotation] = []
    champions: list[Quotation] = []
    for post in _readable(person, library):
        paragraphs = prose(post.text, library.habitual.get(person, frozenset()))
        for place, paragraph in enumerate(paragraphs):
            asks = "?" in paragraph
            if len(paragraph) < SHORTEST or not (asks or CHAMPIONING.search(paragraph)):
                continue
            pieces = list(sentences(paragraph))
            for at, sentence in enumerate(pieces):
                if asks and sentence[-1] == "?":
                    following = pieces[at + 1] if at + 1 < len(pieces) else ""
                    closing = place >= len(paragraphs) - CLOSING
                    if _is_question(sentence, following, words, closing=closing, alone=len(pieces) == 1):
                        questions.append(_quotation(sentence, post))
                elif sentence[-1] in ".!" and _is_championing(sentence, words):
                    champions.append(_quotation(sentence, post))
    return Sayings(_pick(questions, limit), _pick(champions, limit))


def _is_question(sentence: str, following: str, words: Lexicon, *, closing: bool, alone: bool) -> bool:
    """Whether a question is put to readers, stands alone, and is not answered in the next breath.

    Args:
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
    if _for_effect(tokens, words) or not DEPENDENT.isdisjoint(tokens) or not words.sensitive.isdisjoint(tokens):
        return False
    if not _stands_alone(sentence, tokens) or _is_title(sentence):
        return False
    if following.casefold().startswith(ANSWERS):
        return False
    return to_all or closing


def _for_effect(tokens: tuple[str, ...], words: Lexicon) -> bool:
    """Whether a question begins or ends as questions put for effect do."""
    return any(match.start <= 1 or match.end == len(tokens) for match in words.rhetorical.matches(tokens))


def _is_title(sentence: str) -> bool:
    """Whether a sentence is written with the capitals of a headline."""
    long_words = [word for word in sentence.split() if len(word) > 3]
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) > 0.6 * len(long_words)


def _is_championing(sentence: str, words: Lexicon) -> bool:
    """Whether a sentence begins by speaking up for something and stands alone."""
    if not CHAMPION_WORDS[0] <= sentence.count(" ") + 1 <= CHAMPION_WORDS[1] or not CHAMPIONING.search(sentence):
        return False
    tokens = _tokens(sentence)
    for match in words.champions.matches(tokens):
        if match.start > 2:
            return False
        opening = all(token in _OPENERS for token in tokens[: match.start])
        inside = {token for token in tokens[match.start : match.end] if token not in ("wish", "hope", "would")}
        negated = tokens[match.start] not in ("please", "let's") and not words.negators.isdisjoint(inside)
        if opening and not negated:
            leans = tokens[-2:-1] and tokens[-2] in DEPENDENT
            return not leans and _stands_alone(sentence, tokens) and words.sensitive.isdisjoint(tokens)
    return False


_OPENERS = frozenset(["so", "but", "and", "personally", ",", "also", "really", "still", "again", "overall"])


def _readable(person: PersonId, library: Library) -> list[Post]:
    """Their posts that may be quoted, latest first."""
    posts = [post for post in library.topical.get(person, ()) if post.quotable and post.language in ("en", "")]
    return posts[::-1][:LATEST_POSTS]


def _tokens(sentence: str) -> tuple[str, ...]:
    """Words and punctuation, capitals ignored."""
    return tuple(token.casefold() for token in word_tokens(sentence))


def _stands_alone(sentence: str, tokens: tuple[str, ...]) -> bool:
    """Whether a sentence can be quoted without what surrounds it."""
    if (
        len(sentence) > MAX_QUOTE
        or not tokens
        or (tokens[0] in LEANING and tokens[0] != "which")
        or not sentence[0].isupper()
    ):
        return False
    if ODD.search(sentence) or POINTING.search(sentence) or sentence.count("(") != sentence.count(")"):
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
