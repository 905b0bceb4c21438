"""One worksheet a short-listed person: what a human needs to know before writing in their own words.

Quotations, dates and matches only. No message is drafted here or anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from generator.config import Topic
from generator.insight.lexicon import Lexicon
from generator.insight.paths import acquaintance, evidence_of, find_people, nearest_in_circle, warm_path
from generator.insight.sayings import ODD
from generator.insight.terms import TermTable
from generator.insight.texts import Library, prose_sentences
from generator.insight.whys import WEIGHTIEST
from generator.records import (
    Circles,
    Citation,
    CitationGraph,
    CommonGround,
    ContactKind,
    Door,
    DoorState,
    Evidence,
    Judgement,
    PersonId,
    Post,
    ProfileInsight,
    Quotation,
    Relationship,
    Standing,
    Worksheet,
)
from generator.text import clip, names_a_subject, tokens

GROUNDS = 4
MOST_WORDS = 12  # of the client's that are tried in pairs, those they use most
LATEST_POSTS = 40  # with a term in them that are searched for a sentence, latest first
USED = 2  # posts a term must stand in
SHARED = 2  # words a sentence or an interest must have in common with the client's for it to be no chance
SAYS_ENOUGH, SAYS_MOST = 2, 3
FEW_WRITERS = 5
READ_LANGUAGES = frozenset({"en", ""})  # those the word lists are of
LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
             "pl": "Polish", "cs": "Czech", "sv": "Swedish", "no": "Norwegian", "da": "Danish", "fi": "Finnish",
             "ru": "Russian", "uk": "Ukrainian", "ja": "Japanese", "zh": "Chinese", "ko": "Korean",
             "tr": "Turkish"}  # fmt: skip
QUOTED_WORDS = (7, 45)
FULL_SENTENCE = 9  # words from which a sentence about somebody says more than that they exist
UNSURE = 0.75  # confidence below which something is to be verified
COMMON_SHARE = 0.6  # share of people using a word above which it joins nobody in particular


@dataclass(frozen=True, slots=True)
class Campaign:
    """The client's words as terms: story and offers first, the topic's description after them."""

    terms: tuple[str, ...]
    offers: tuple[tuple[str, frozenset[str]], ...]  # each offer with the stems of its telling words


def campaign_terms(topic: Topic, words: Lexicon) -> Campaign:
    """The terms a client's story, offers and topic description are made of; the topic's own words join nobody."""
    own = {" ".join(tokens(keyword)) for keyword in (*topic.topic.keywords, topic.topic.name)}
    terms: dict[str, None] = {}
    for text in (topic.brief.story, *topic.brief.offer, topic.topic.description):
        found = tokens(text.replace("’", "'"))
        for length in (2, 1):
            for at in range(len(found) - length + 1):
                piece = found[at : at + length]
                if all(_telling(word, words) for word in piece) and " ".join(piece) not in own:
                    terms.setdefault(" ".join(piece))
    offers = tuple(
        (offer, frozenset(stem(word) for word in tokens(offer) if _telling(word, words))) for offer in topic.brief.offer
    )
    return Campaign(tuple(terms), offers)


def _telling(word: str, words: Lexicon) -> bool:
    """Whether a word says what something is about."""
    return len(word) >= 4 and word not in words.stop_words and word not in words.trade_words and word[0].isalpha()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its commonest endings, for comparison only: boards and board, editing and edit."""
    for ending in ("ings", "ing", "ers", "er", "ies", "es", "s", "ed", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def make_worksheets(
    library: Library,
    graph: CitationGraph,
    circles: Circles,
    judgement: Judgement,
    table: TermTable,
    *,
    topic: Topic,
    profiles: Mapping[PersonId, ProfileInsight],
    whys: Mapping[PersonId, str],
    kept: Sequence[Relationship],
    words: Lexicon,
) -> tuple[Worksheet, ...]:
    """A worksheet for everybody on the short list, in its order."""
    campaign = campaign_terms(topic, words)
    barred = find_people(topic.brief.never_contact, library)
    known = find_people(topic.brief.known, library) - barred
    joins = acquaintance(graph, library, barred)
    standings = {standing.person: standing for standing in judgement.standings}
    circle_of = circles.circle_of()
    members = {circle.id: [member.person for member in circle.members] for circle in circles.circles}
    ground = find_ground(campaign.terms, table)
    noted = {one.person: one.entries for one in kept if one.person}
    sheets: list[Worksheet] = []
    for entry in judgement.shortlist.entries:
        person, standing = entry.person, standings[entry.person]
        profile = profiles[person]
        path = warm_path(known, person, joins)
        near = members.get(circle_of[person], []) if person in circle_of else []
        sheets.append(
            Worksheet(
                person=person,
                why=whys.get(person, ""),
                why_quote=best_quote(standing, library.name(person), graph),
                listen_first=profile.read_first,
                common_ground=common_ground(person, ground, library, words),
                offers=matching_offers(campaign, profile),
                path=path,
                path_note=""
                if path
                else _path_note(person, known, near, graph, library, barred, named=bool(topic.brief.known)),
                verify=facts_to_verify(person, standing, library),
                avoid=what_to_avoid(person, profile.door, standing, library),
                history=noted.get(person, ()),
            )
        )
    return tuple(sheets)


def best_quote(standing: Standing, name: str, graph: CitationGraph) -> Evidence | None:
    """What somebody said of them that carries most: a credit before praise before a bare mention; by name, and in
    a sentence long enough to say something, first.
    """
    parts = [part for part in name.casefold().split() if len(part) > 2]
    mine = [c for c in graph.citations if c.cited == standing.person and c.in_window and len(c.quote.split()) >= 6]

    def weight(citation: Citation) -> tuple[int, bool, bool, str, str, str]:
        named = any(part in citation.quote.casefold() for part in parts)
        told = WEIGHTIEST.get(citation.circumstance, 0)
        full = len(citation.quote.split()) >= FULL_SENTENCE
        return told, named, full, str(citation.published_on), citation.post, citation.target

    if mine:
        return evidence_of(max(mine, key=weight))
    return standing.evidence[0] if standing.evidence else None


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the campaign's terms stand in the topical posts: posts of each term, those everybody uses left out."""

    posts_of: Mapping[str, tuple[Post, ...]]


def find_ground(terms: Sequence[str], table: TermTable) -> Ground:
    """The posts that use each term in any of its forms; terms of most people join nobody in particular."""
    forms: dict[str, list[int]] = {}
    for index, text in enumerate(table.terms):
        forms.setdefault(" ".join(stem(word) for word in text.split()), []).append(index)
    writers = len({post.author for post in table.posts})
    found: dict[str, tuple[Post, ...]] = {}
    for term in terms:
        spelled = forms.get(" ".join(stem(word) for word in term.split()), [])
        posts = tuple(
            table.posts[at] for at in sorted({int(at) for index in spelled for at in table.posts_with(index)})
        )
        if writers < FEW_WRITERS or len({post.author for post in posts}) <= COMMON_SHARE * writers:
            found[term] = posts
    return Ground(found)


def _pattern(term: str) -> re.Pattern[str]:
    """A term with its commonest endings, capitals ignored."""
    parts = [re.escape(stem(word)) + r"(?:s|es|ed|er|ers|ing|ings|ies|y)?" for word in term.split()]
    return re.compile(r"\b" + r"[\s-]+".join(parts) + r"\b", re.IGNORECASE)


def common_ground(person: PersonId, ground: Ground, library: Library, words: Lexicon) -> tuple[CommonGround, ...]:
    """What the client's words and their own sentences share: a phrase, two telling words in one sentence, a title.

    One word in common is chance, unless a post of theirs is named by it; so is what they said in one post only.
    """
    theirs = {
        term: [post for post in posts if post.author == person and post.quotable and post.language in READ_LANGUAGES]
        for term, posts in ground.posts_of.items()
    }
    used = [term for term in theirs if len(theirs[term]) >= USED and names_a_subject(term)]
    order = sorted(used, key=lambda term: (-len(theirs[term]), term))
    singles = [term for term in order if " " not in term][:MOST_WORDS]
    sought: list[tuple[str, ...]] = [(term,) for term in order if " " in term]
    sought += [(a, b) for a, b in combinations(singles, 2) if stem(a) != stem(b)]
    grounds: list[CommonGround] = []
    spent: set[str] = set()
    for shared in sought:
        if spent & {stem(word) for term in shared for word in term.split()}:
            continue
        holding = {post.url for post in theirs[shared[0]]}.intersection(*({p.url for p in theirs[t]} for t in shared))
        posts = [post for post in theirs[shared[0]] if post.url in holding]
        if quotation := _best_sentence(shared, posts, library.habitual.get(person, frozenset()), words):
            grounds.append(CommonGround(" and ".join(shared), quotation))
            spent |= {stem(word) for term in shared for word in term.split()}
        if len(grounds) == GROUNDS:
            return tuple(grounds)
    for term in singles:
        headed = [post for post in theirs[term] if _pattern(term).search(post.title)]
        if stem(term) not in spent and (
            quotation := _best_sentence((term,), headed, library.habitual.get(person, frozenset()), words)
        ):
            grounds.append(CommonGround(term, quotation))
    return tuple(grounds[:GROUNDS])


def _best_sentence(
    terms: Sequence[str], posts: Sequence[Post], repeated: frozenset[str], words: Lexicon
) -> Quotation | None:
    """The sentence that says most with all terms in it: of the first person before others, later before earlier."""
    patterns = [_pattern(term) for term in terms]
    best: tuple[int, Quotation] | None = None
    for post in sorted(posts, key=lambda post: (str(post.published_on), post.url), reverse=True)[:LATEST_POSTS]:
        for sentence, _ in prose_sentences(post.text, repeated):
            worth = _worth(sentence, words) if all(pattern.search(sentence) for pattern in patterns) else 0
            if worth >= SAYS_ENOUGH and (best is None or worth > best[0]):
                best = worth, Quotation(clip(sentence), post.url, post.published_on, post.title)
        if best and best[0] == SAYS_MOST:
            break
    return best[1] if best else None


def _worth(sentence: str, words: Lexicon) -> int:
    """0: not to be quoted; 1: may be; 2: says what they themselves do or think; 3: and stands alone."""
    count = len(sentence.split())
    if not QUOTED_WORDS[0] <= count <= QUOTED_WORDS[1] or not sentence[0].isupper() or sentence[-1] not in ".!?":
        return 0
    first = re.search(r"\b(I|I['’]\w+|[Mm]y|[Ww]e|[Oo]ur)\b", sentence)
    leans = (
        sentence.split(maxsplit=1)[0].casefold().strip(",") in words.leaning
        or ODD.search(sentence)
        or words.pointing.search(sentence)
    )
    return (1 if leans else SAYS_MOST) if first else (0 if leans else 2)


def matching_offers(campaign: Campaign, profile: ProfileInsight) -> tuple[tuple[str, str], ...]:
    """Offers that answer an interest they state, with that interest.

    One word is chance: two of the offer's telling words stand in the interest, or the whole interest in the offer.
    """
    interests = [
        *(phrase.text for phrase in profile.phrases),
        *profile.tags,
        *(f"“{saying.text}”" for saying in (*profile.champions, *profile.questions, *profile.wishes)),
    ]
    found: list[tuple[str, str]] = []
    for offer, stems in campaign.offers:
        for interest in interests:
            theirs = {stem(word) for word in tokens(interest)}
            whole = theirs <= stems and names_a_subject(interest.casefold().strip())
            if whole or len(stems & theirs) >= SHARED:
                found.append((offer, interest))
                break
    return tuple(found)


def _path_note(
    person: PersonId,
    known: frozenset[PersonId],
    members: Sequence[PersonId],
    graph: CitationGraph,
    library: Library,
    barred: frozenset[PersonId],
    *,
    named: bool,
) -> str:
    """What is said where there is no path: why, and who in their circle stands nearest."""
    if person in known:
        return "You know them already."
    near = nearest_in_circle(person, members, graph, library, barred)
    where = f" Nearest to them in their circle is {library.name(near)}." if near else ""
    if not known and named:
        return f"None of the people you know was heard in this report, so no path begins anywhere.{where}"
    if not known:
        return f"No path can be shown without people you know: the topic file names none under “known”.{where}"
    return f"No chain of credits, thanks or replies leads from the people you know to them.{where}"


def facts_to_verify(person: PersonId, standing: Standing, library: Library) -> tuple[str, ...]:
    """What to check with one's own eyes before writing."""
    known = library.people[person]
    facts: list[str] = []
    posts = [post for post in library.by_author.get(person, ()) if post.published_on]
    if posts:
        facts.append(_last_heard(posts))
    if standing.silent:
        facts.append("By their own rhythm they have fallen silent: see whether they still write, and where.")
    facts += [
        f"That {confirmation.what} is theirs rests on one sign only ({confirmation.how}): check it."
        if confirmation.what != known.name
        else f"The name rests on one sign only ({confirmation.how}): check how they call themselves."
        for confirmation in known.confirmations
        if confirmation.confidence < UNSURE
    ]
    contacts = [contact for contact in known.contacts if contact.kind is not ContactKind.ACCOUNT] or list(
        known.contacts
    )
    if contacts:
        latest = max(contact.seen_on for contact in contacts)
        facts.append(
            f"Their contact was seen on {contacts[0].found_on} on {_day(latest)}: check that it still stands there."
        )
    else:
        facts.append("No published contact was found: look for one on their own pages, and do not guess.")
    return tuple(facts)


def _last_heard(posts: Sequence[Post]) -> str:
    """The last post; by its title only where it is about the topic, what else moves them is theirs."""
    last = posts[-1]
    if last.on_topic and last.title:
        said = f"is “{clip(last.title, 90)}” of {_day(last.published_on)}"
    else:
        said = f"is of {_day(last.published_on)}, about something else"
    return f"The last post heard {said}: see what they have written since."


def what_to_avoid(person: PersonId, door: Door, standing: Standing, library: Library) -> tuple[str, ...]:
    """What their door and habits say not to do."""
    known = library.people[person]
    avoid: list[str] = []
    said = f" They say: “{door.quote.text}”" if door.quote else ""
    if door.state is DoorState.CLOSED:
        avoid.append(f"Do not pitch them.{said}")
    elif door.state is DoorState.AJAR and "refuses" in door.because:
        avoid.append(f"Do not send what they refuse.{said}")
    elif door.state is DoorState.UNKNOWN:
        avoid.append(
            "Do not take silence for an invitation: nothing on their pages says that they welcome being approached."
        )
    if known.languages and "en" not in known.languages:
        spoken = ", ".join(LANGUAGES.get(language, f"another language ({language})") for language in known.languages)
        avoid.append(f"Do not assume English: they write in {spoken}.")
    if known.contacts and all(contact.kind is ContactKind.ACCOUNT for contact in known.contacts):
        avoid.append("Do not look for a private address: they publish public accounts only.")
    if standing.silent:
        avoid.append("Do not hurry them: they publish seldom or have stopped.")
    return tuple(avoid)


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}" if day else "an unknown day"
