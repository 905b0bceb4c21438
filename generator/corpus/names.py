"""Chooses the author's name among those a site gives: plausible names, spellings merged, most trusted source first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.languages.registry import merged_words
from generator.records import Mention, NameSource
from generator.text import fold, is_latin, slug

DATA = "author_names"  # file of each language


def _any_of(key: str) -> str:
    """Alternatives of a regular expression: the words of all languages under a key."""
    return "|".join(merged_words(DATA, key))


PLACEHOLDERS = frozenset(merged_words(DATA, "placeholders"))
COLLECTIVE = re.compile(rf"\b({_any_of('collective')})\b", re.IGNORECASE)
COLLECTIVE_LEAD = merged_words(DATA, "collective_lead")
SITE_WORD = re.compile(rf"\b({_any_of('site_words')})\b", re.IGNORECASE)
# A whole word, so that "Byron" keeps its first letters.
CREDIT = re.compile(rf"^(?:©|\(c\)|(?:{_any_of('credit')})(?:(?!\w)|(?<=:)))[\s:,]*", re.IGNORECASE)
RIGHTS = re.compile(rf"[\s,]*(?:(?:{_any_of('rights')}).*)$", re.IGNORECASE)
YEARS = re.compile(
    rf"^\d{{4}}(?:\s*[-–]\s*(?:\d{{2,4}}|{_any_of('until_today')}))?(?!\w)[\s,]*|"
    r"(?:^|[\s,]+)\d{4}(?:\s*[-–]\s*\d{2,4})?$"
)
NOT_NAME = re.compile(
    r"[<>{}\[\]|\\/=;:!?#*~^%$@]|https?:|www\.|\.(com|org|net|io|dev)\b|(?<!\w)\d{3,}(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NameFact:
    """A name of a site's author with where it was found and in how many places."""

    name: str
    found: NameSource
    places: int
    mention: Mention


@lru_cache(maxsize=20_000)  # each post of a site bears its author's name
def strip_site_name(name: str) -> str:
    """The name without credit, copyright, years and mail address; "" if the rest is not a plausible name."""
    name = fold(name)
    if match := re.fullmatch(r"\S+@\S+\s*\((?P<name>[^()]+)\)", name):
        name = match["name"]
    name = re.sub(r"<[^<>]*@[^<>]*>|\((?:[^()]*@[^()]*)\)", " ", name)
    name = RIGHTS.sub("", CREDIT.sub("", name.strip()))
    name = YEARS.sub("", name).strip(" .,–-·|")
    return fold(name) if plausible_name(name) else ""


def plausible_name(name: str) -> bool:
    """Whether the words could name a person, an account or a group, rather than be a label, address or sentence."""
    words = name.split()
    if not 2 <= len(name) <= 60 or not 1 <= len(words) <= 6 or NOT_NAME.search(name):
        return False
    if name.casefold() in PLACEHOLDERS or slug(name) in PLACEHOLDERS or not any(c.isalpha() for c in name):
        return False
    return not all(word.casefold().strip(".,'’") in PLACEHOLDERS for word in words)


def is_collective(name: str) -> bool:
    """Whether the name is that of a group rather than of one person."""
    return bool(COLLECTIVE.search(name)) or name.casefold().startswith(COLLECTIVE_LEAD)


def looks_like_title(name: str, titles: Iterable[str]) -> bool:
    """Whether a name given as author is the site's title and not the name of a person the site is called after."""
    if name_key(name) not in {name_key(title) for title in titles if title}:
        return False
    words = name.split()
    capitals = all(not word[0].islower() for word in words)
    # One word without a capital letter is the name of an account, after which the site is called.
    personal = len(words) <= 4 and (capitals or len(words) == 1) and not SITE_WORD.search(name)
    return not personal


PRESENTING_SOURCES = frozenset(
    {NameSource.H_CARD, NameSource.JSON_LD, NameSource.ABOUT}
)  # sources that present a person on purpose
COMMON_SHARE = 0.3  # of the pages with a byline; a name on fewer may be a guest's


def title_echoes(mentions: Sequence[Mention], titles: Iterable[str]) -> frozenset[str]:
    """Keys of titles that feeds give as author although the site names another writer.

    Many engines fill the author with the title of the blog. A title that is a personal name stays where the site
    itself presents a person of that name, or names no one else.

    Args:
        mentions: all names that the site gives.
        titles: what the site is called.
    """
    signed = {mention.page for mention in mentions if mention.found is NameSource.BYLINE}
    places: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[NameSource]] = defaultdict(set)
    for mention in mentions:
        if (name := strip_site_name(mention.name)) and not is_collective(name):
            places[name_key(name)].add(mention.page)
            sources[name_key(name)].add(mention.found)
    called = {name_key(title) for title in titles if title}
    echoed = {key for key in called & set(sources) if not sources[key] & PRESENTING_SOURCES}
    others = [
        key
        for key, found in sources.items()
        if key not in called
        and (
            found & {*PRESENTING_SOURCES, NameSource.COPYRIGHT}
            or len(places[key]) >= max(2.0, COMMON_SHARE * len(signed))
        )
    ]
    return frozenset(echoed if others else ())


def name_key(name: str) -> str:
    """What spellings of one name on one site share: a slug for Latin letters; in other scripts many names share one."""
    return (slug(name) if is_latin(name) else "") or fold(name).casefold()


def rank_author_names(mentions: Iterable[Mention], titles: Iterable[str]) -> tuple[NameFact, ...]:
    """Names found, the most trusted source first, then the most frequent.

    A name equal to the site's title counts only where a post or page gives it too, and never when it
    reads like a title.
    """
    known_titles = tuple(titles)
    titles_keys = {name_key(title) for title in known_titles if title}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        name = strip_site_name(mention.name)
        if not name or looks_like_title(name, known_titles):
            continue
        groups[name_key(name)].append(mention)
    trust = list(NameSource)
    facts = []
    for key, found in groups.items():
        if (
            key in titles_keys
            and all(m.found in (NameSource.SITE_TITLE, NameSource.COPYRIGHT) for m in found)
            and len(key) < 4
        ):
            continue
        best = min(found, key=lambda m: (trust.index(m.found), m.page, m.name))
        spelling = Counter(strip_site_name(m.name) for m in found if m.found == best.found)
        name = max(
            sorted(spelling), key=lambda s: (spelling[s], sum(c.isupper() for c in s) <= len(s.split()) + 2, len(s))
        )
        facts.append(NameFact(name, best.found, len({m.page for m in found}), best))
    return tuple(sorted(facts, key=lambda f: (trust.index(f.found), -f.places, f.name)))


def longer_form(short: str, others: Sequence[NameFact]) -> NameFact | None:
    """A longer name on the same site that contains all of a shorter one: `Ada` → `Ada Example`."""
    words = short.casefold().split()
    for fact in others:
        longer = fact.name.casefold().split()
        if len(longer) > len(words) and all(word in longer for word in words):
            return fact
    return None
