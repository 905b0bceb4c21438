"""What a citation does: credits, agrees, disagrees, thanks, replies, lists, quotes, or merely mentions.

Rules over the words near the link's anchor, with negation; the words are a language's data file. Anything
unsure is a mention.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from generator.insight.citations.citation_context import (
    CitationContext,
    NameForms,
    citation_context,
    name_forms,
    word_tokens,
)
from generator.insight.citations.link_lists import is_link_list, listed_items
from generator.insight.citations.rebuttals import opens_rebuttal
from generator.languages.language import Language
from generator.languages.patterns import LINK, NAME, Match
from generator.languages.post_languages import PostLanguages
from generator.records import (
    Citation,
    CitationFunction,
    CitationGraph,
    Corpus,
    LabelledCitation,
    LabelledGraph,
    Link,
    Person,
    PersonId,
    Post,
    PublisherKind,
    Url,
)
from generator.text import fold, sentences
from generator.urls import host_of, is_platform, url_key

NEAR = 4  # words between a pattern and the anchor; further away it speaks of something else
NEGATION_REACH = 4  # words before a pattern in which a negator turns it off
MIN_QUOTED = 4  # words between quotation marks; fewer are scare quotes or a title
LIST_SITES = 4  # different sites linked from one sentence make it a list
ITEM_SITES = 3  # different sites that the bare links of a post must lead to
ROUNDUP_SITES = 5  # different sites linked from a post whose title announces links
LINKDUMP_SITES = 12  # different sites linked from a post with few words a link
LINKDUMP_WORDS = 35  # words a link below which such a post is a list whatever its title
BARE_SHARE = 0.6  # share of a sentence's words that stand in its anchor: a list's item
CLAUSE_ENDS = frozenset(".;!?")
OBJECT_FOLLOWS = frozenset({"of", "with", "by", "to", "on", "against", "about", "from", "upon"})
# Praise and replies must be about the linked thing itself; names and credits carry further.
REACH: Mapping[str, int] = {"agrees": 3, "disagrees": NEAR, "credits": NEAR, "thanks": 8, "replies": 2}


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a post's links are together: which of its links stand in lists, whether all of it is one."""

    roundup: bool
    bare_items: frozenset[tuple[Url, str]]
    crowded: frozenset[str]  # sentences that link many sites


def label_citation_functions(graph: CitationGraph, corpus: Corpus) -> LabelledGraph:
    """The same graph, each citation with what it does, read in the language of its post.

    Where no data file for that language ships, only form tells: marked up as a reply, or a list by its links.

    Args:
        graph: citations as built; their circumstances are set anew.
        corpus: the posts they stand in and the people they name.

    Returns:
        A graph equal to `graph` in all but `function`, and without the asides that tell nothing new.
    """
    posts = {post.url: post for post in corpus.posts}
    people = {person.id: person for person in corpus.people}
    namings = {person.id: name_forms(person) for person in corpus.people}
    languages = PostLanguages(corpus)
    by_post: dict[Url, list[Citation]] = defaultdict(list)
    for citation in (*graph.citations, *graph.secondary_citations):
        by_post[citation.post].append(citation)
    around = {
        url: _surroundings(posts[url], people, languages.of_citations(posts[url])) for url in by_post if url in posts
    }
    labelled, besides = (
        tuple(_labelled(citation, posts, namings, around, by_post[citation.post], languages) for citation in citations)
        for citations in (graph.citations, graph.secondary_citations)
    )
    return LabelledGraph(
        people=graph.people,
        citations=labelled,
        ties=graph.ties,
        half_life_days=graph.half_life_days,
        centrality=graph.centrality,
        secondary_citations=_telling(labelled, besides),
    )


def _telling(
    citations: Sequence[LabelledCitation], secondary_citations: Sequence[LabelledCitation]
) -> tuple[LabelledCitation, ...]:
    """The asides that do what no other sentence of their post does with the same person; a mention adds nothing."""
    done = {(one.post, one.cited, one.function) for one in citations}
    kept: list[LabelledCitation] = []
    for one in secondary_citations:
        key = one.post, one.cited, one.function
        if one.function not in (CitationFunction.MENTIONS, CitationFunction.LISTS) and key not in done:
            done.add(key)
            kept.append(one)
    return tuple(kept)


def _labelled(
    citation: Citation,
    posts: Mapping[Url, Post],
    namings: Mapping[PersonId, NameForms],
    around: Mapping[Url, _Surroundings],
    siblings: Sequence[Citation],
    languages: PostLanguages,
) -> LabelledCitation:
    """One citation with its circumstance."""
    post = posts.get(citation.post)
    if post is None:
        return _with_function(citation, CitationFunction.MENTIONS)
    link = _link_of(citation, post)
    anchor = link.text if link else ""
    here, language = around[citation.post], languages.of_citations(post)
    listed = citation.quote in here.crowded or (citation.target, citation.quote) in here.bare_items
    if _replies_formally(citation, post):
        kind = CitationFunction.REPLIES
    elif here.roundup:
        kind = CitationFunction.LISTS
    elif language is None:
        kind = CitationFunction.LISTS if listed else CitationFunction.MENTIONS
    else:
        theirs = {c.target for c in siblings if c.cited == citation.cited}
        others = [
            x.text for x in post.links if x.target not in theirs and x.sentence == (link.sentence if link else "")
        ]
        who = namings.get(citation.cited, NameForms(frozenset(), frozenset(), ()))
        opens = _opens(post, citation)
        cited = posts.get(citation.target_post) if citation.target_post else None
        kind = classify(
            citation.quote,
            anchor,
            who,
            language,
            others=others,
            cited_text=cited.text if cited else "",
            following=_following(post.text, citation.quote),
            then=_then(post.text, citation.quote) if opens else "",
            listed=listed,
            opening=opens,
        )
        if kind is CitationFunction.AGREES:
            kind = opens_rebuttal(post.text, citation.quote, who, language)
    return _with_function(citation, kind)


def _with_function(citation: Citation, function: CitationFunction) -> LabelledCitation:
    """The citation with its function; a function it had before is replaced."""
    values = {name.name: getattr(citation, name.name) for name in fields(Citation)}
    return LabelledCitation(**values, function=function)


def classify(
    sentence: str,
    anchor: str,
    who: NameForms,
    language: Language,
    *,
    others: Sequence[str] = (),
    cited_text: str = "",
    following: str = "",
    then: str = "",
    listed: bool = False,
    opening: bool = False,
) -> CitationFunction:
    """What one sentence does to the person it links: a mention also where the language does not vouch for the class.

    Args:
        sentence: the words around the link.
        anchor: the link's own words.
        who: how the cited may be named.
        language: the language of the sentence.
        others: anchors of links in the sentence that lead to others.
        cited_text: text of the cited post, "" where unknown.
        following: the paragraph after the sentence, "" where it introduces none.
        then: the sentence after it, looked at for an opening only.
        listed: the sentence is an item of a list, or links many sites.
        opening: the sentence stands in the first paragraph, and its link is the post's first.
    """
    around = citation_context(sentence, anchor, who, others)
    kind = CitationFunction.LISTS if listed else CitationFunction.MENTIONS
    if around is not None:
        kind = _read(
            sentence,
            around,
            language,
            cited_text=cited_text,
            following=following,
            then=then,
            listed=listed,
            opening=opening,
        )
    return kind if kind.value in language.reliable_functions else CitationFunction.MENTIONS


def _read(
    sentence: str,
    around: CitationContext,
    language: Language,
    *,
    cited_text: str,
    following: str,
    then: str,
    listed: bool,
    opening: bool,
) -> CitationFunction:
    """The class of a sentence whose link was found in it; see `classify`."""
    if _quotes(sentence, around, cited_text, following, language):
        return CitationFunction.QUOTES
    if opening and not listed and _answers(around, then, language):
        return CitationFunction.REPLIES
    for kind, patterns in language.citation_functions:
        if kind in {"replies", "agrees"} and listed:
            return CitationFunction.LISTS
        if kind == "replies" and not _may_reply(around, opening=opening):
            continue
        if any(_speaks_of(match, around, language, kind) for match in patterns.matches(around.tokens)):
            return CitationFunction(kind)
    return CitationFunction.LISTS if listed else CitationFunction.MENTIONS


def _answers(around: CitationContext, then: str, language: Language) -> bool:
    """Whether a post's first sentence, or the one after it, says of the post that it answers what is linked."""
    if language.call_responses.found(tuple(word_tokens(then))) and language.calls_for_posts.found(around.tokens):
        return True
    return any(
        not _inside_title(match, around) and not _negated(match, around, language, "replies")
        for match in language.reply_openings.matches(around.tokens)
    )


def _speaks_of(match: Match, around: CitationContext, language: Language, kind: str) -> bool:
    """Whether a match of a class's pattern is said of the link."""
    # "[x] (via Ada)" credits Ada and not x: behind the anchor a credit has to say a name.
    if kind == "credits" and match.start >= around.end and NAME not in match.words:
        return False
    if kind == "replies" and not {"my", "our"}.isdisjoint(around.tokens[match.end : around.start]):
        return False  # "in response to my sharing [x]"
    near = not _inside_title(match, around) and _near(match, around, REACH.get(kind, NEAR))
    return near and not _negated(match, around, language, kind)


def _near(match: Match, around: CitationContext, reach: int) -> bool:
    """Whether a match touches the anchor, or is within reach of it inside the same clause."""
    if match.start < around.end and match.end > around.start:
        return True
    after = match.start >= around.end
    between = around.tokens[around.end : match.start] if after else around.tokens[match.end : around.start]
    # "[x] was skeptical of the forecast": what it is said of comes after.
    if after and match.words.rsplit(" ", 1)[-1].casefold() in OBJECT_FOLLOWS:
        return False
    return not _parted(between, match, after=after) and sum(not _joins(token) for token in between) <= reach


def _parted(between: Sequence[str], match: Match, *, after: bool) -> bool:
    """Whether the words between a match and the anchor part them: a new clause, or a nearer link."""
    # After the anchor a new main clause begins sooner: "[x] and we had a great talk".
    if after and NAME not in match.words and not {",", ":", "and", "but"}.isdisjoint(between):
        return True
    if not CLAUSE_ENDS.isdisjoint(between):
        return True
    if NAME in between:
        return False
    # "inspired by the light, and [x]"; or another link stands nearer to the words.
    return ("," in between and LINK not in between) or (LINK in between and not all(_joins(token) for token in between))


def _joins(token: str) -> bool:
    """Tokens that do not count as distance: commas, conjunctions, other links, names."""
    return token in {",", "and", "&", "or", LINK, "(", ")", '"', "“", "”", ":"} or token.startswith(NAME)


def _inside_title(match: Match, around: CitationContext) -> bool:
    """Whether a match lies inside an anchor that is a title: "[You Are Missing the Point]"."""
    if match.start <= around.start or match.end >= around.end:
        return False
    first = around.tokens[match.start]
    # "a chapter, [In reply to Fisher]": a cue with a capital inside a sentence begins a title.
    if around.start and first[0].isupper() and first.split("'")[0] != "I" and around.tokens[around.start - 1] != ":":
        return True
    return _is_title(around.tokens[around.start + 1 : around.end - 1])


def _is_title(tokens: Sequence[str]) -> bool:
    """Whether words are capitalised as titles are."""
    words = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _negated(match: Match, around: CitationContext, language: Language, kind: str) -> bool:
    """Whether a negator or a conditional stands shortly before a match, in the same clause."""
    if kind in {"agrees", "disagrees"} and around.tokens[-1] == "?":
        return True
    if any(said.end <= match.start for said in language.attribution_to_others.matches(around.tokens)):
        return True
    if kind == "disagrees":  # these patterns bring their own negation
        return not language.doubt_words.isdisjoint(token.casefold() for token in around.tokens)
    before = around.tokens[max(0, match.start - NEGATION_REACH) : match.start]
    for index in range(len(before) - 1, -1, -1):
        token = before[index].casefold()
        if token in CLAUSE_ENDS or token in {",", ":", "but"}:
            return False
        if token in language.negators and not (
            kind in {"thanks", "credits"} and token in {"would", "could", "can't", "cannot"}
        ):
            # "I can't thank", "I would like to thank" thank; "if you haven't read" recommends.
            return not (kind == "agrees" and match.words.casefold().split()[0] in {"recommend", "highly", "strongly"})
    return False


def _may_reply(around: CitationContext, *, opening: bool) -> bool:
    """Replying is said of a person or their post near the start, not of every "reply to" in passing."""
    named = any(token.startswith(NAME) for token in around.tokens)
    return opening or named


def _quotes(sentence: str, around: CitationContext, cited_text: str, following: str, language: Language) -> bool:
    """Whether the sentence quotes the cited person's own words.

    Either the words are found in the cited post, or they stand in quotation marks with an attribution to
    the link.
    """
    quoted = [piece for piece in QUOTED.findall(fold(sentence)) if len(piece.split()) >= MIN_QUOTED]
    inside = [piece for piece in quoted if not _is_anchor(piece, around) and not _is_title(piece.split())]
    block = _plain(following)[:120]
    handed_on = [_plain(piece) for piece in inside if len(piece.split()) >= 6]
    handed_on += [block.rsplit(" ", 1)[0]] if len(block.split()) >= 8 else []
    if cited_text and handed_on:
        folded = _plain(cited_text)
        if any(piece in folded for piece in handed_on):
            return True
    named = any(token.startswith(NAME) for token in around.tokens)
    return (
        bool(inside) and named and any(_near(match, around, 3) for match in language.quotation.matches(around.tokens))
    )


QUOTED = re.compile(r"[\"“«]([^\"“”«»]{12,400})[\"”»]")


def _plain(text: str) -> str:
    """Words only, for comparing a quotation with its source."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_anchor(piece: str, around: CitationContext) -> bool:
    """Whether quotation marks merely enclose the link's own words, as titles are."""
    anchor = _plain(" ".join(around.tokens[around.start : around.end]))
    return _plain(piece) in anchor or (anchor in _plain(piece) and len(anchor.split()) >= len(piece.split()) - 1)


def _link_of(citation: Citation, post: Post) -> Link | None:
    """The link a citation was made from: same target, same sentence where there are several."""
    mine = [link for link in post.links if link.target == citation.target]
    same = [link for link in mine if link.sentence == citation.quote]
    return next(iter(same or mine), None)


def _replies_formally(citation: Citation, post: Post) -> bool:
    """Whether the post is marked up as a reply to the cited address."""
    keys = {url_key(url) for url in post.in_reply_to}
    return url_key(citation.target) in keys or bool(citation.target_post and url_key(citation.target_post) in keys)


def _opens(post: Post, citation: Citation) -> bool:
    """Whether a citation is the first of its post and stands near its beginning."""
    if not post.links or post.links[0].target != citation.target:
        return False
    return 0 <= fold(post.text[:2000]).find(citation.quote.strip("…")[:60]) <= 700


def _following(text: str, sentence: str) -> str:
    """The paragraph after a sentence that ends in a colon; "" where it does not introduce anything."""
    tail = sentence.strip("…")[-40:]
    if not sentence.rstrip().endswith(":") or not tail:
        return ""
    paragraphs = [fold(paragraph) for paragraph in text.split("\n\n")]
    for here, after in itertools.pairwise(paragraphs):
        if here.endswith(tail):
            return after
    return ""


def _then(text: str, sentence: str) -> str:
    """The sentence after one near a text's beginning; "" where there is none."""
    opening, told = fold(text[:3000]), sentence.strip("…")
    at = opening.find(told[:60])
    return next(iter(sentences(opening[at + len(told) :])), "") if at >= 0 else ""


def _surroundings(post: Post, people: Mapping[PersonId, Person], language: Language | None) -> _Surroundings:
    """What a post's links are together."""
    outward = [link for link in post.links if not is_platform(link.target)]
    sites = {host_of(link.target) for link in outward}
    title = tuple(word_tokens(post.title))
    author = people.get(post.author)
    gathers = author is not None and author.kind is PublisherKind.AGGREGATOR
    titled = len(sites) >= ROUNDUP_SITES and language is not None and language.roundup_titles.found(title)
    by_sentence: dict[str, list[Link]] = defaultdict(list)
    for link in outward:
        by_sentence[link.sentence].append(link)
    bare = [
        (link.target, link.sentence)
        for link in outward
        if len(link.text.split()) >= BARE_SHARE * max(len(link.sentence.split()), 1)
    ]
    hosts = {host_of(target) for target, _ in bare}
    dense = (
        len(bare) >= len(outward) / 2
        and len(sites) >= LINKDUMP_SITES
        and post.words / max(len(outward), 1) < LINKDUMP_WORDS
    )
    return _Surroundings(
        roundup=titled or dense or (gathers and len(sites) >= LIST_SITES),
        bare_items=listed_items(post, bare) if len(hosts) >= ITEM_SITES else frozenset(),
        crowded=frozenset(
            sentence
            for sentence, linked in by_sentence.items()
            if len({host_of(link.target) for link in linked}) >= LIST_SITES and is_link_list(linked)
        ),
    )
