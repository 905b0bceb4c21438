"""Common ground: a clause of the client's story and a sentence of a person about the same thing, both quoted.

A sentence counts only where its writer takes a stand (wishes, struggles, cares or thinks), or where the post is named
by what the client makes. What both say is weighed by how rare it is in this circle; the topic's own words weigh
nothing. Below the threshold nothing is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from generator.insight.brief.client_story import Story, named_in
from generator.insight.citations.citation_context import word_tokens
from generator.insight.profile.statements import stands_alone
from generator.insight.terms.post_index import PostIndex, prose_sentences
from generator.languages.language import Language
from generator.languages.stemming import stem
from generator.records import CommonGround, PersonId, Post, Quotation, Stance
from generator.text import clip, fold, tokens

GROUNDS = 3
# nats: as rare as what stands in one post of sixteen; swept 2.2 to 3.5 on two real archives, 2026-08-31
ENOUGH = 2.75
FEWEST_SHARED = 2  # words, where they do not name what the client makes
HEAD_COUNTS = 2  # times what the client makes counts
VIEW_SHARE = 0.75  # of its weight that a bare view counts: people have views on everything
TITLE_SHARE = 0.5  # of its weight that a word of the post's title counts which the sentence leaves out
QUOTED_WORDS = (8, 45)
NEAR, FAR = 10, 25  # words between a difficulty, any other stand, and what both say; the others look forward
NEGATED = 3  # words before a stand in which a negator undoes it


def common_ground(person: PersonId, story: Story, post_index: PostIndex) -> tuple[CommonGround, ...]:
    """The person's sentence that best meets each clause of the story, highest weight first."""
    if story.pattern is None:
        return ()
    found: list[CommonGround] = []
    for post in post_index.on_topic.get(person, ()):
        # Stems can be compared within one language only.
        if post.quotable and post_index.languages.of(post) is story.language:
            found += _of_post(post, story, post_index.boilerplate.get(person, frozenset()), story.language)
            found += _named_by_it(post, story, post_index.boilerplate.get(person, frozenset()), story.language)
    kept: dict[str, CommonGround] = {}
    for ground in sorted(found, key=_order, reverse=True):
        kept.setdefault(ground.ours, ground)
    return tuple(list(kept.values())[:GROUNDS])


def _order(ground: CommonGround) -> tuple[float, int, str, str, str]:
    """Sort key: weight first, then what a stand tells, then the latest."""
    said = ground.theirs
    return ground.weight, -list(Stance).index(ground.stance), str(said.published_on or ""), said.url, said.text


def _of_post(post: Post, story: Story, repeated: frozenset[str], language: Language) -> list[CommonGround]:
    """The sentences of one post that meet the story."""
    found: list[CommonGround] = []
    title = frozenset(stem(word, language.code) for word in tokens(post.title))
    for sentence, _ in prose_sentences(post.text, repeated):
        short = QUOTED_WORDS[0] <= sentence.count(" ") + 1 <= QUOTED_WORDS[1]
        if not short or not story.pattern or not story.pattern.search(sentence):
            continue
        said = _said(sentence)
        clause, shared, weight = _meeting(said, title, story)
        if weight < ENOUGH:
            continue
        places = [at for at, word in enumerate(said) if stem(word, language.code) in shared]
        stance = _stance(sentence, places, language)
        if stance is Stance.VIEWS:
            weight *= VIEW_SHARE if len(shared) >= FEWEST_SHARED else 0
        if stance and weight >= ENOUGH and quotable(sentence, language):
            found.append(
                CommonGround(
                    clause,
                    Quotation(fold(sentence), post.url, post.published_on, post.title),
                    stance,
                    tuple(sorted(shared)),
                    round(weight, 2),
                )
            )
    return found


def _named_by_it(post: Post, story: Story, repeated: frozenset[str], language: Language) -> list[CommonGround]:
    """A post whose title names what the client makes: its first sentence that does so too, else the title."""
    weight = HEAD_COUNTS * story.head_weight
    if weight < ENOUGH or not named_in(_said(post.title), story.head, language):
        return []
    told = (
        sentence
        for sentence, _ in prose_sentences(post.text, repeated)
        if QUOTED_WORDS[0] <= sentence.count(" ") + 1 <= QUOTED_WORDS[1]
        and sentence[0].isupper()
        and named_in(_said(sentence), story.head, language)
        and quotable(sentence, language)
    )
    if best := next(told, ""):
        said = Quotation(fold(best), post.url, post.published_on, post.title)
    else:
        said = Quotation(clip(post.title), post.url, post.published_on)
    shared = tuple(sorted(stem(word, language.code) for word in story.head))
    return [CommonGround(story.clauses[0].text, said, Stance.SUBJECTS, shared, round(weight, 2))]


def _said(text: str) -> list[str]:
    """Words and punctuation, capitals and possessives ignored."""
    return [word.casefold().removesuffix("'s") for word in word_tokens(text)]


def _meeting(said: Sequence[str], title: frozenset[str], story: Story) -> tuple[str, frozenset[str], float]:
    """The clause that a sentence meets, the stems they share, and their weight."""
    spoken = [stem(word, story.language.code) for word in said]
    near = {pair for step in (1, 2) for pair in zip(spoken, spoken[step:], strict=False)}
    named = named_in(said, story.head, story.language)
    titled = title.intersection(story.weights).difference(spoken)
    best: tuple[str, frozenset[str], float] = ("", frozenset(), 0.0)
    for place, clause in enumerate(story.clauses):
        shared = {one for one in clause.stems if one in spoken and story.weights[one]}
        weight = fsum(story.weights[one] for one in shared - named)
        for pair in clause.pairs:
            if pair in near and pair in story.pairs:
                weight += max(0.0, story.pairs[pair] - fsum(story.weights.get(one, 0.0) for one in pair))
                shared.update(pair)
        if named and (shared - named or not place):
            weight += HEAD_COUNTS * story.head_weight
        elif len(shared) < FEWEST_SHARED:
            continue
        weight += TITLE_SHARE * fsum(story.weights[one] for one in titled)
        if weight > best[2]:
            ours = f"{story.clauses[0].text} … {clause.text}" if named and place else clause.text
            best = ours, frozenset(shared | named), weight
    return best


def _stance(sentence: str, places: Sequence[int], language: Language) -> Stance | None:
    """Where the writer stands on what both speak of; None: nowhere near it."""
    said = tuple(word.casefold() for word in word_tokens(sentence))
    for stance, patterns in language.stances:
        for match in patterns.matches(said):
            before = said[max(0, match.start - NEGATED) : match.start]
            inside = said[match.start : match.end]
            leans = said[match.end : match.end + 1]
            if (
                not language.negators.isdisjoint(before)
                or "not" in inside
                or not language.context_words.isdisjoint(leans)
            ):
                continue
            far = NEAR if stance == Stance.DIFFICULTIES else FAR
            back = NEAR if stance == Stance.DIFFICULTIES else 0
            if any(-back <= place - match.start <= far for place in places):
                return Stance(stance)
    return None


def quotable(sentence: str, language: Language) -> bool:
    """Whether a sentence can be quoted without what surrounds it; "It would be nice to" leans on nothing."""
    plain = language.removable_parts.sub("", sentence)
    plain = language.impersonal_it.sub("One", plain[:1].upper() + plain[1:])
    said = tuple(word.casefold() for word in word_tokens(plain))
    return plain[-1:] in (".", "!") and language.sensitive.isdisjoint(said) and stands_alone(plain, said, language)
