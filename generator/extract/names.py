"""What is a name: judges strings that stand where a name might, without knowing the page around them.

Takes no role ("admin", "staff"), address, credit or sentence for a name, and no title of a site or page; a title
that could be a person's counts as one unless the site writes its words in lower case elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from generator import text

MAX_NAME = 80  # characters; longer strings are no names
COMMON = 2  # times; a word written in lower case as often is no surname
MAX_PIECES = 80  # paragraphs looked at for it
ROLES = frozenset(
    {
        "admin",
        "administrator",
        "author",
        "editor",
        "editors",
        "staff",
        "guest",
        "guest author",
        "guest post",
        "webmaster",
        "root",
        "user",
        "anonymous",
        "unknown",
        "noreply",
        "no-reply",
        "nobody",
        "me",
        "team",
        "the team",
        "the editors",
        "contributor",
        "contributors",
        "default",
        "test",
        "blogger",
        "wordpress",
        "hugo",
        "jekyll",
        "ghost",
        "name",
        "your name",
        "the author",
        "the authors",
        "author name",
        "blog",
        "home",
        "website",
        "site",
        "us",
        "about",
        "null",
        "contact",
        "none",
        "undefined",
        "all rights reserved",
        "copyright",
        "various",
        "various authors",
        "super user",
        "site admin",
        "authors",
        "myself",
        "i",
        "posts",
        "feed",
        "writer",
        "posted",
        "by",
        "n/a",
        "info",
    }
)
ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|corporation|company|foundation|association|institute|university|project|team|group|labs?|"
    r"laborator(?:y|ies)|society|union|council|committee|contributors|developers|authors|maintainers|editors|staff|"
    r"magazine|media|press|publishing|software|systems|studios?|consulting|community|collective|network|solutions|"
    r"working\s+group|wg|sig|crew|guild|alliance|federation|club|e\.?v|s\.?a\.?s|plc|pty|b\.?v)\b\.?(?:\s*$|,)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
LEAD = re.compile(
    r"^(?:(?:posted|written|published|authored|created)\s+)?(?:by|von|par|por|di|av)[\s:]+|^(?:author|autor|auteur)\s*:\s*",
    re.IGNORECASE,
)
TAIL = re.compile(r"\s*(?:\bon\s+\w+\s+\d.*|\b\d{1,2}[\s/.-]\w+[\s/.-]\d{2,4}.*|\|.*|[·•].*|\(\s*[@#][^)]*\)|<.*)$")
# What a page says it is made with, where a name might stand.
CREDIT = re.compile(
    r"^(?:proudly\s+)?(?:powered|built|made|generated|hosted|designed|theme[ds]?|template|published)\s+"
    r"(?:by|with|using|on|in|from)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\s*(?:,?\s+(?:and|und|et|y)\s+|\s+&\s+|\s+\+\s+|\s*;\s*|,\s+)\s*")
SUFFIX = re.compile(r",\s*(?:jr|sr|ph\.?\s?d|m\.?d|md|esq|ii|iii|inc|ltd|llc|gmbh)\b\.?", re.IGNORECASE)
_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]{0,30})"
_NAME = _WORD + r"(?:\s+(?:(?:de|la|van|von|der|den|del|da|di|bin|al|el|le|du)\s+){0,2}" + _WORD + r"){0,3}"
INTRODUCTION = re.compile(
    r"\b(?:[Mm]y\s+name(?:\s+is|['’]s)|(?:Hi|Hello|Hey|Howdy|Welcome)\b[^.?]{0,20}?[,!.]?\s+I(?:['’]m|\s+am)|I(?:['’]m|\s+am|\s+go\s+by))\s+(?P<name>"
    + _NAME
    + r")(?=[\s,.!;(–—-]|$)"
)
NOT_A_NAME = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "Not",
        "Also",
        "Currently",
        "Now",
        "Just",
        "Still",
        "Very",
        "Always",
        "So",
        "Based",
        "In",
        "On",
        "At",
        "From",
        "By",
        "Here",
        "I",
        "It",
        "My",
        "Your",
        "Our",
        "We",
        "Sorry",
        "Glad",
        "Happy",
        "Excited",
        "Working",
        "Writing",
        "Looking",
        "Interested",
        "Senior",
        "Junior",
        "Lead",
        "Principal",
        "Software",
        "Web",
        "Research",
        "Engineer",
        "Developer",
        "Professor",
        "Student",
        "Available",
        "Open",
        "Passionate",
        "Born",
        "English",
        "American",
        "British",
        "German",
        "French",
        "Canadian",
        "Indian",
    ]
)
# Words that a site is called by and a person is not.
TITLE_WORD = re.compile(
    r"\b(?:a|an|and|at|by|for|from|in|my|of|on|or|our|the|to|with|your|academy|adventures|almanac|archives?|articles|"
    r"best|blogs?|book|books|buyers?|chronicles|code|coding|daily|deals|design|dev|diary|digest|essays|gear|guides?|"
    r"handbook|home|homepage|journal|kitchen|ledger|letters|lines|links|log|logbook|magazine|manual|media|mountains|"
    r"musings|news|newsletter|notebook|notes|official|online|outdoors|pages|podcast|posts|press|programming|project|"
    r"ramblings|reports?|reviews?|school|shop|shots|site|software|sports|store|stories|studios?|tales|tech|technology|"
    r"things|thoughts|tips|tours|trails|travels?|web|weblog|website|weekly|workshop|world|writings?)\b",
    re.IGNORECASE,
)
# Given names that are also words: a title of common words that begins with one is still a name.
GIVEN = frozenset(
    {
        "amber",
        "angel",
        "april",
        "art",
        "ash",
        "august",
        "autumn",
        "basil",
        "bill",
        "blake",
        "bob",
        "brook",
        "carol",
        "chase",
        "christian",
        "chuck",
        "clay",
        "cliff",
        "cooper",
        "crystal",
        "daisy",
        "dale",
        "dawn",
        "dean",
        "drew",
        "duke",
        "earl",
        "eve",
        "faith",
        "finn",
        "fletcher",
        "forest",
        "frank",
        "gene",
        "ginger",
        "glen",
        "grace",
        "grant",
        "gray",
        "hazel",
        "heath",
        "herb",
        "holly",
        "hope",
        "hunter",
        "iris",
        "ivy",
        "jack",
        "jade",
        "jay",
        "jean",
        "jo",
        "josh",
        "joy",
        "june",
        "lance",
        "laurel",
        "lily",
        "mark",
        "mason",
        "may",
        "mike",
        "miles",
        "nick",
        "norm",
        "olive",
        "pat",
        "pearl",
        "peg",
        "penny",
        "pierce",
        "ray",
        "reed",
        "rich",
        "rob",
        "robin",
        "rod",
        "rose",
        "ruby",
        "sandy",
        "scout",
        "skip",
        "sky",
        "stew",
        "sue",
        "summer",
        "terry",
        "tom",
        "tony",
        "trip",
        "tyler",
        "van",
        "victor",
        "violet",
        "wade",
        "ward",
        "will",
        "willow",
        "winter",
        "wren",
    }
)


def clean_person_name(raw: str, *, site_titles: Iterable[str] = ()) -> str:
    """A name fit to be shown, "" where the string is none.

    Args:
        raw: what stood there, perhaps with "by", an address or a date around it.
        site_titles: strings that are no name here, as `non_name_titles` gives them.
    """
    name = text.fold(raw[:400])
    forbidden = {title.casefold() for title in site_titles}
    if name.casefold() in forbidden:
        return ""
    if introduced := INTRODUCTION.match(name):
        name = introduced["name"]
    name = ADDRESS.sub("", name).strip(" ()<>[]\"'“”,:-–—") if "@" in name else name.strip(' <>[]"“”,:-–—')
    if CREDIT.match(name):
        return ""
    name = TAIL.sub("", LEAD.sub("", name)).strip(' "“”,:;-–—')
    if (
        not name
        or name.casefold() in forbidden
        or len(name) > MAX_NAME
        or name.casefold().strip(" .") in ROLES
        or "://" in name
        or name.startswith("www.")
    ):
        return ""
    if not any(c.isalpha() for c in name) or name.count(" ") > 6:
        return ""
    return name.removeprefix("@")


def is_person_name(name: str) -> bool:
    """Whether a string looks like a person's name: two to four capitalised words, none of them an article."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and bool(re.fullmatch(_NAME, name))
        and not NOT_A_NAME & set(words)
        and not TITLE_WORD.search(name)
        and not ORGANISATION.search(name)
    )


def non_name_titles(titles: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Those of the titles that name no person, so that a byline which repeats one is none.

    Args:
        titles: what the site and the page are called.
        words: what is written there, in pieces; read only where a title might be a name.
    """
    known = tuple(dict.fromkeys(text.fold(title) for title in titles if title.strip()))
    doubtful = {title: frozenset(title.casefold().split()) for title in known if is_person_name(title)}
    common = _in_lower_case(frozenset().union(*doubtful.values()), words) if doubtful else frozenset()
    return tuple(
        title
        for title in known
        if title not in doubtful or (doubtful[title] <= common and title.split()[0].casefold() not in GIVEN)
    )


def _in_lower_case(wanted: frozenset[str], words: Iterable[str]) -> frozenset[str]:
    """Which words are written in lower case as well, as no surname is; addresses left out."""
    either = "|".join(re.escape(word) for word in sorted(wanted))
    pattern = re.compile(rf"(?<![\w@./:#-])(?:{either})(?![\w@/-]|\.\w)")
    found = Counter(pattern.findall("\n".join(islice(words, MAX_PIECES))))
    return frozenset(word for word, count in found.items() if count >= COMMON)


def split_names(raw: str, titles: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names in a byline of several full names, `Ada Example, Bo Example and Cy Example`.

    Everything else stays whole: `Rust and WebAssembly` is one name, and so is `Ada Example, Jr.`; a title
    is never taken to pieces.
    """
    raw = LEAD.sub("", text.fold(raw[:400]))
    if raw.casefold() in {title.casefold() for title in titles}:
        return (raw,)
    parts = tuple(part for part in SEVERAL.split(raw) if part)
    return parts if all(is_person_name(part) for part in parts) and not SUFFIX.search(raw) else (raw,)
