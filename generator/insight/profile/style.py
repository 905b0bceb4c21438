"""How a person writes: counts that are true by definition, and one sentence made from them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from generator.insight.terms.post_index import prose_paragraphs
from generator.insight.terms.term_counts import LanguageOf
from generator.languages.language import Language
from generator.records import PersonId, Post, StyleFacts
from generator.text import sentences, tokens

ENOUGH_WORDS = 600  # in all; below it a rate per thousand is noise
MEASURED_WORDS = 15_000  # of a person, latest posts first; more moves no rate by a tenth
LONG_POST, SHORT_POST = 1200, 350  # words
LONG_SENTENCE, SHORT_SENTENCE = 24.0, 14.0  # words
OFTEN = 1.5  # ratio to the circle's median from which a habit is called one
LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Measures:
    """Raw counts over one person's posts."""

    words: int
    in_sentences: int  # words of paragraphs that end as sentences do
    lengths: tuple[int, ...]
    sentences: int
    questions: int
    hedges: int
    first: int
    we: int
    you: int
    links_per_1000: float  # of the usual post: one list of links must not speak for the others


def style_facts(
    on_topic: Mapping[PersonId, Sequence[Post]],
    circle_of: Mapping[PersonId, str],
    boilerplate: Mapping[PersonId, frozenset[str]],
    language_of_post: LanguageOf,
) -> dict[PersonId, StyleFacts | None]:
    """Style facts by author; None for authors with too few words.

    Args:
        on_topic: posts by author, oldest first.
        circle_of: the circle of each author.
        boilerplate: paragraphs to leave out, by author.
        language_of_post: the language of a post; posts where it is None are not measured.
    """
    measures = {
        person: _measure(posts, boilerplate.get(person, frozenset()), language_of_post)
        for person, posts in on_topic.items()
    }
    of_circle: dict[str, list[int]] = {}
    for person, posts in on_topic.items():
        of_circle.setdefault(circle_of.get(person, ""), []).extend(post.words for post in posts)
    enough = {person: measured for person, measured in measures.items() if measured.words >= ENOUGH_WORDS}
    typical = {
        circle: _Typical(
            int(median(lengths)) if lengths else 0,
            _long_share(lengths),
            _median(m.in_sentences / max(m.sentences, 1) for p, m in enough.items() if circle_of.get(p, "") == circle),
            _median(m.links_per_1000 for p, m in enough.items() if circle_of.get(p, "") == circle),
        )
        for circle, lengths in of_circle.items()
    }
    return {
        person: _facts(enough[person], typical[circle_of.get(person, "")]) if person in enough else None
        for person in measures
    }


@dataclass(frozen=True, slots=True)
class _Typical:
    """What a circle usually does: of its posts the first two, of its writers the others."""

    words: int
    long_share: float
    words_per_sentence: float
    links_per_1000: float


def _long_share(lengths: Sequence[int]) -> float:
    """The share of posts that are long."""
    return round(sum(length >= LONG_POST for length in lengths) / max(len(lengths), 1), 3)


def _median(values: Iterable[float]) -> float:
    found = sorted(values)
    return round(median(found), 1) if found else 0.0


def _measure(posts: Sequence[Post], repeated: frozenset[str], language_of_post: LanguageOf) -> _Measures:
    """Counts over the latest posts; lists and headings count as words but not as sentences."""
    words_of: dict[str, Counter[str]] = defaultdict(Counter)
    languages: dict[str, Language] = {}
    counted = 0
    asked = ended = in_sentences = 0
    linked: list[float] = []
    for post in posts[::-1]:
        if counted >= MEASURED_WORDS:
            break
        if (language := language_of_post(post)) is None:
            continue
        languages[language.code] = language
        linked.append(1000 * len(post.links) / max(post.words, 1))
        for paragraph in prose_paragraphs(post.text, repeated):
            spoken = tokens(paragraph.replace("’", "'"))
            words_of[language.code].update(spoken)
            counted += len(spoken)
            if paragraph[-1] in '.!?…”")':
                whole = list(sentences(paragraph))
                ended += len(whole)
                in_sentences += len(spoken)
                asked += sum(sentence.endswith("?") for sentence in whole)
    hedges, first, we, you = (
        sum(words_of[code][word] for code, language in languages.items() for word in group(language))
        for group in _WORD_GROUPS
    )
    return _Measures(
        counted,
        in_sentences,
        tuple(post.words for post in posts),
        ended,
        asked,
        hedges,
        first,
        we,
        you,
        round(median(linked), 1) if linked else 0.0,
    )


_WORD_GROUPS: tuple[Callable[[Language], frozenset[str]], ...] = (
    lambda language: language.hedges,
    lambda language: language.pronouns["i"],
    lambda language: language.pronouns["we"],
    lambda language: language.pronouns["you"],
)


def _facts(measured: _Measures, typical: _Typical) -> StyleFacts:
    """Rates from counts."""
    per_1000 = 1000 / measured.words
    facts = StyleFacts(
        words=measured.words,
        median_words=int(median(measured.lengths)),
        words_per_sentence=round(measured.in_sentences / max(measured.sentences, 1), 1),
        questions=round(measured.questions / max(measured.sentences, 1), 3),
        hedges_per_1000=round(measured.hedges * per_1000, 1),
        i_per_1000=round(measured.first * per_1000, 1),
        we_per_1000=round(measured.we * per_1000, 1),
        you_per_1000=round(measured.you * per_1000, 1),
        links_per_1000=measured.links_per_1000,
        circle_median_words=typical.words,
        tone="",
        long_share=_long_share(measured.lengths),
        circle_long_share=typical.long_share,
        circle_words_per_sentence=typical.words_per_sentence,
        circle_links_per_1000=typical.links_per_1000,
    )
    return replace(facts, tone=_tone(facts))


def _tone(facts: StyleFacts) -> str:
    """One sentence from the facts: length, sentences, the reader it addresses, how often it asks."""
    length = (
        "long" if facts.median_words >= LONG_POST else "short" if facts.median_words <= SHORT_POST else "medium-length"
    )
    pace = (
        "long sentences"
        if facts.words_per_sentence >= LONG_SENTENCE
        else "short sentences"
        if facts.words_per_sentence <= SHORT_SENTENCE
        else ""
    )
    opening = f"{length.capitalize()} posts{f' in {pace}' if pace else ''}"
    manner = [text for text in (_address(facts), _asking(facts), _caution(facts)) if text]
    if not manner:
        return f"{opening}, about {facts.median_words:,} words each."
    if len(manner) == 1:
        return f"{opening} that {manner[0]}."
    return f"{opening} that {', '.join(manner[:-1])} and {manner[-1]}."


def _address(facts: StyleFacts) -> str:
    """The person the text speaks in, and the reader it addresses."""
    if facts.you_per_1000 >= 12:
        return "speak to the reader directly"
    if facts.we_per_1000 >= 12 and facts.we_per_1000 > facts.i_per_1000:
        return "speak as “we”"
    return "speak in the first person" if facts.i_per_1000 >= 15 else ""


def _asking(facts: StyleFacts) -> str:
    """How often they ask, as one in so many sentences."""
    if facts.questions < 0.004:
        return "hardly ever ask a question"
    every = round(1 / facts.questions)
    return f"ask a question every {every if every < 20 else 5 * round(every / 5)} sentences"


def _caution(facts: StyleFacts) -> str:
    """Whether they weigh their words."""
    if facts.hedges_per_1000 >= 14:
        return "weigh their claims with many a “maybe” and “probably”"
    return "put things plainly, with few hedges" if facts.hedges_per_1000 <= 4 else ""
