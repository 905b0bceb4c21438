"""What to offer a person: the client's offers beside the person's own statements, each an inference with its rule.

An offer is chosen where its own words answer an interest they state, where they take a stand on the very thing it
gives, or where it is of a kind that one of the person's sentences supports (`en/offers.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.insight.brief.client_story import Story, is_informative
from generator.insight.brief.common_ground import quotable
from generator.insight.citations.citation_context import word_tokens
from generator.insight.terms.post_index import PostIndex, prose_sentences
from generator.languages.language import Language, word_sets
from generator.languages.patterns import PatternMatcher, compile_patterns
from generator.languages.registry import language_data
from generator.languages.stemming import stem
from generator.records import CommonGround, OfferMatch, PersonId, Post, ProfileInsight, Quotation, Stance
from generator.text import fold, tokens

SHARED = 2  # words an interest must have in common with an offer for it to be no chance
QUOTED_WORDS = (6, 40)
NEGATED = 3  # words before a match in which a negator undoes it
WANTED = {
    Stance.WISHES: "they wish for what you make",
    Stance.DIFFICULTIES: "they struggle where what you make is used",
    Stance.INTERESTS: "they care about what you make",
    Stance.SUBJECTS: "they write about what you make",
}


@dataclass(frozen=True, slots=True)
class OfferKind:
    """A kind of offer; see the data file. `welcome` holds all of its patterns, `ranked` each alone."""

    offered: PatternMatcher
    welcome: PatternMatcher
    ranked: tuple[PatternMatcher, ...]
    because: str
    made: bool


@cache
def offer_kinds(code: str) -> Mapping[str, OfferKind]:
    """The kinds of offers in one language, in the order of trial; empty for a language without `offers.yaml`."""
    raw = language_data(code, "offers")
    if not raw:
        return {}
    sets = {**word_sets(code), **{name: tuple(map(str, entries)) for name, entries in raw["sets"].items()}}
    return {
        name: OfferKind(
            compile_patterns(kind["offered"], sets),
            compile_patterns(kind["welcome"], sets),
            tuple(compile_patterns([line], sets) for line in kind["welcome"]),
            str(kind["because"]),
            bool(kind.get("made")),
        )
        for name, kind in raw["kinds"].items()
    }


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of the client's: the stems of its telling words, and its kind, "" where it is of none."""

    text: str
    stems: frozenset[str]
    kind: str


def read_offers(offers: Sequence[str], language: Language) -> tuple[Offer, ...]:
    """The client's offers, each with its kind."""
    kinds = offer_kinds(language.code)
    return tuple(
        Offer(
            text,
            frozenset(stem(word, language.code) for word in tokens(text) if is_informative(word, language)),
            next((name for name, kind in kinds.items() if kind.offered.found(_said(text))), ""),
        )
        for text in offers
    )


def matching_offers(
    person: PersonId,
    offers: Sequence[Offer],
    profile: ProfileInsight,
    grounds: Sequence[CommonGround],
    story: Story,
    post_index: PostIndex,
) -> tuple[OfferMatch, ...]:
    """The offers a person's own words support, in the client's order, each with the sentence it rests on."""
    spoken = _speaking_for({offer.kind for offer in offers} - {""}, person, post_index)
    found: list[OfferMatch] = []
    for offer in offers:
        match = (
            _by_words(offer, profile, post_index, person, story)
            or _by_the_thing(offer, grounds, story)
            or spoken.get(offer.kind)
        )
        if match:
            found.append(OfferMatch(offer.text, *match))
    return tuple(found)


Reason = tuple[str, Quotation]


def _by_words(
    offer: Offer, profile: ProfileInsight, post_index: PostIndex, person: PersonId, story: Story
) -> Reason | None:
    """An interest they state that the offer's own words answer.

    One word is chance: two of the offer's telling words stand in the interest, or the whole interest in the offer.
    """
    for because, interest in _interests(profile, post_index, person):
        theirs = {stem(word, story.language.code) for word in tokens(interest.text)}
        named = story.language.subject_words.can_name_subject(interest.text.casefold().strip())
        whole = theirs <= offer.stems and named
        if whole or len(offer.stems & theirs) >= SHARED:
            return because, interest
    return None


def _interests(profile: ProfileInsight, post_index: PostIndex, person: PersonId) -> Iterator[Reason]:
    """What they state, ask, wish and file posts under, as quotations."""
    for saying in (*profile.champions, *profile.questions, *profile.wishes):
        yield "they speak of this very thing", saying
    for phrase in profile.phrases:
        if phrase.example and (post := post_index.posts.get(phrase.example)):
            yield "it is among their own subjects", Quotation(phrase.text, post.url, post.published_on, post.title)
    for tag in profile.tags:
        for post in reversed(post_index.on_topic.get(person, ())):
            if tag.casefold() in {one.casefold() for one in post.tags}:
                yield "they file posts under it", Quotation(tag, post.url, post.published_on, post.title)
                break


def _by_the_thing(offer: Offer, grounds: Sequence[CommonGround], story: Story) -> Reason | None:
    """The person's stance on what the client makes, where the offer is that thing and names nothing else."""
    kind = offer_kinds(story.language.code).get(offer.kind)
    head = {stem(word, story.language.code) for word in story.head}
    if not kind or not kind.made or not head or not offer.stems <= head:
        return None
    for ground in grounds:
        if head <= set(ground.shared) and ground.stance in WANTED:
            return WANTED[ground.stance], ground.theirs
    return None


def _speaking_for(wanted: set[str], person: PersonId, post_index: PostIndex) -> dict[str, Reason]:
    """For each kind of offer, the person's most specific sentence that supports it, the latest of equals.

    What they say about themselves comes after what they say in posts.
    """
    found: dict[str, tuple[int, Reason]] = {}
    for post in reversed(post_index.on_topic.get(person, ())):
        if post.quotable and (language := post_index.languages.of(post)):
            for kind, rank, sentence in _in_post(post, sorted(wanted), post_index, language):
                if kind not in found or rank < found[kind][0]:
                    said = Quotation(fold(sentence), post.url, post.published_on, post.title)
                    found[kind] = rank, (offer_kinds(language.code)[kind].because, said)
    own, language = post_index.people[person].own_words, post_index.languages.main(person)
    kinds = offer_kinds(language.code) if language else {}
    for name in sorted(wanted & kinds.keys() - found.keys()):
        if own and language and _welcomes(_said(own.text), kinds[name], language) is not None:
            found[name] = len(kinds[name].ranked), (kinds[name].because, own)
    return {kind: reason for kind, (_, reason) in found.items()}


def _in_post(
    post: Post, wanted: Sequence[str], post_index: PostIndex, language: Language
) -> Iterator[tuple[str, int, str]]:
    """The sentences of a post that speak for a kind of offer and can be quoted, with how little each tells."""
    kinds = offer_kinds(language.code)
    for sentence, _ in prose_sentences(post.text, post_index.boilerplate.get(post.author, frozenset())):
        if QUOTED_WORDS[0] <= sentence.count(" ") + 1 <= QUOTED_WORDS[1]:
            said = _said(sentence)
            for kind in wanted:
                rank = _welcomes(said, kinds[kind], language) if kind in kinds else None
                if rank is not None and quotable(sentence, language):
                    yield kind, rank, sentence


def _welcomes(said: tuple[str, ...], kind: OfferKind, language: Language) -> int | None:
    """By which pattern a sentence says of its writer what makes such an offer welcome; None: by none, or negated."""
    if not kind.welcome.found(said):
        return None
    for rank, pattern in enumerate(kind.ranked):
        for match in pattern.matches(said):
            if language.negators.isdisjoint(said[max(0, match.start - NEGATED) : match.end]):
                return rank
    return None


def _said(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in word_tokens(text))
