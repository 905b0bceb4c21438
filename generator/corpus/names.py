"""Which of the names a site gives is its author's: believable names, spellings joined, most trusted first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.records import Mention, NameSource
from generator.text import fold, slug

NOBODY = frozenset(
    {
        "admin",
        "administrator",
        "administrators",
        "author",
        "authors",
        "webmaster",
        "editor",
        "editors",
        "editorial",
        "staff",
        "root",
        "user",
        "guest",
        "anonymous",
        "unknown",
        "owner",
        "me",
        "myself",
        "blog",
        "blogger",
        "home",
        "site",
        "website",
        "posts",
        "post",
        "noreply",
        "no-reply",
        "team",
        "info",
        "contact",
        "hello",
        "support",
        "default",
        "test",
        "null",
        "none",
        "nobody",
        "moderator",
        "everyone",
        "various",
        "contributors",
        "contributor",
        "the",
        "name",
        "your-name",
        "yourname",
        "wordpress",
        "ghost",
        "jekyll",
        "hugo",
        "octopress",
        "about",
        "archive",
        "comments",
        "untitled",
    }
)
COLLECTIVE = re.compile(
    r"\b(team|project|group|foundation|collective|committee|society|association|club|company|inc|ltd|llc|gmbh|corp|crew|"
    r"labs?|studios?|editors|staff|authors|contributors|developers|maintainers|community|council|institute|university|"
    r"school|department|ministry|magazine|press|media|network|alliance|guild|co-?op|partners|ventures|organi[sz]ation|wg|"
    r"shop|store|brewery|outfitters|industries|systems|solutions|services|agency|newsroom|news|official|centre|center|"
    r"verein|patrol|bureau|resort|resorts|works|mountaineering|federation|board of)\b",
    re.IGNORECASE,
)
SITE_WORD = re.compile(
    r"\b(blog|weblog|website|homepage|diary|journal|notes|log|thoughts|posts|feed|podcast|newsletter|rss|guide|archives?|"
    r"online|review|reviews|best|deals|tips|daily|weekly|digest|chronicles|adventures|tales|stories|and|on|the|of|in|my)\b",
    re.IGNORECASE,
)
NOT_NAME = re.compile(r"[<>{}\[\]|\\/=;:!?#*_~^%$@]|https?|www\.|\.(com|org|net|io|dev)\b|\d{3,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameFact:
    """A name of a site's author with where it was found and in how many places."""

    name: str
    found: NameSource
    places: int
    mention: Mention


@lru_cache(maxsize=20_000)  # each post of a site bears its author's name
def strip_site_name(name: str) -> str:
    """The name without titles of address, copyright marks and mail wrapping; "" for what is no name."""
    name = fold(name)
    if match := re.fullmatch(r"\S+@\S+\s*\((?P<name>[^()]+)\)", name):
        name = match["name"]
    name = re.sub(r"<[^<>]*@[^<>]*>|\((?:[^()]*@[^()]*)\)", " ", name)
    name = re.sub(
        r"^(?:copyright|©|\(c\)|by|posted by|written by|author:|all rights reserved)[\s:,]*",
        "",
        name.strip(),
        flags=re.IGNORECASE,
    )
    name = re.sub(r"[\s,]*(?:all rights reserved.*)$", "", name, flags=re.IGNORECASE)
    name = re.sub(r"^\d{4}(?:\s*[-–]\s*(?:\d{2,4}|present))?[\s,]*|[\s,]*\d{4}(?:\s*[-–]\s*\d{2,4})?$", "", name).strip(
        " .,–-·|"
    )
    return fold(name) if plausible_name(name) else ""


def plausible_name(name: str) -> bool:
    """Whether the words could be what somebody is called, person, handle or body: no label, address or sentence."""
    words = name.split()
    if not 2 <= len(name) <= 60 or not 1 <= len(words) <= 6 or NOT_NAME.search(name):
        return False
    if name.casefold() in NOBODY or slug(name) in NOBODY or not any(c.isalpha() for c in name):
        return False
    return not all(word.casefold().strip(".,'’") in NOBODY for word in words)


def is_collective(name: str) -> bool:
    """Whether the name is that of a body rather than of one person."""
    return bool(COLLECTIVE.search(name)) or name.casefold().startswith("the ")


def looks_like_title(name: str, titles: Iterable[str]) -> bool:
    """Whether a name given as author is the site's title and not the name of a person the site is called after."""
    if name_key(name) not in {name_key(title) for title in titles if title}:
        return False
    words = name.split()
    personal = len(words) <= 4 and all(not word[0].islower() for word in words) and not SITE_WORD.search(name)
    return not personal


OWN_VOICE = frozenset(
    {NameSource.H_CARD, NameSource.JSON_LD, NameSource.ABOUT}
)  # where somebody is named as a person on purpose
COMMON_SHARE = 0.3  # of the pages that bear a byline, from which a name is no guest's


def title_echoes(mentions: Sequence[Mention], titles: Iterable[str]) -> frozenset[str]:
    """Keys of titles that feeds give as author although the site names somebody else as its writer.

    Many engines fill the author with the title of the blog. A title that is a personal name stays where the site
    itself presents a person of that name, or nobody else.

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
    echoed = {key for key in called & set(sources) if not sources[key] & OWN_VOICE}
    others = [
        key
        for key, found in sources.items()
        if key not in called
        and (found & {*OWN_VOICE, NameSource.COPYRIGHT} or len(places[key]) >= max(2.0, COMMON_SHARE * len(signed)))
    ]
    return frozenset(echoed if others else ())


def name_key(name: str) -> str:
    """What spellings of one name on one site share."""
    return slug(name) or name.casefold()


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
