"""Decides whether a string is a name, without looking at the page around it.

Roles ("admin", "staff"), addresses, credits, sentences and titles of sites or pages are not names. A title that could
be a person's name counts as one unless the site writes its words in lower case elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from itertools import islice

from generator import text
from generator.extract.byline_text import CATEGORY, byline_pieces, decoded
from generator.languages.alternation import alternation
from generator.languages.name_words import ORGANISATION_WORDS, PLACEHOLDER_NAMES, SITE_WORDS
from generator.languages.registry import merged_words

MAX_NAME_CHARS = 80  # longer strings are not names
MAX_NAME_SPACES = 6
MIN_LOWER_CASE_USES = 2  # a word written in lower case this often is not a surname
MAX_SAMPLE_BLOCKS = 80  # blocks in which lower-case uses are counted
PLACEHOLDERS = PLACEHOLDER_NAMES | frozenset(merged_words("names", "placeholder_bylines"))
ORGANISATION = re.compile(
    rf"\b(?:{ORGANISATION_WORDS}|{alternation('names', 'organisation_endings')})\b\.?(?:\s*$|,)", re.IGNORECASE
)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A credit for software or hosting in the place of a name.
CREDIT = re.compile(
    rf"^(?:{alternation('names', 'credit_adverbs')}\s+)?{alternation('names', 'credit_verbs')}\s+"
    rf"{alternation('names', 'credit_prepositions')}\b",
    re.IGNORECASE,
)
NAME_SEPARATOR = re.compile(
    rf"\s*(?:,?\s+{alternation('names', 'conjunctions')}\s+|\s+[&+/|·•]\s+|\s*[;；、，]\s*|,\s+)\s*", re.IGNORECASE
)
UNSPACED_NAME = re.compile(r"[\u3400-\u9fff]{2,5}|[\u3040-\u30ff\u3400-\u9fff]{2,10}|[\uac00-\ud7a3]{2,5}")
HANDLE = re.compile(r"@?(?=[\w-]*[^\W\d_])(?:(?P<marked>(?=[\w-]*[\d_]))|(?=[a-z]))[\w-]{3,30}")
NAME_SUFFIX = re.compile(rf",\s*{alternation('names', 'name_suffixes')}\b\.?", re.IGNORECASE)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΆ-ΏΑ-ΫЀ-Я\u0490Ḁ-ỹ]"
_WORD = rf"(?:{_CAPITAL}\.(?:[A-Z]\.)*|{_CAPITAL}[\w'’-]{{0,30}})"
FULL_NAME = rf"{_WORD}(?:\s+(?:{alternation('names', 'name_particles')}\s+){{0,2}}{_WORD}){{0,3}}"
INTRODUCTION = re.compile(rf"\b{alternation('names', 'introductions')}\s+(?P<name>{FULL_NAME})(?=[\s,.!;(–—-]|$)")
NOT_NAMES = frozenset(merged_words("names", "not_names"))
TITLE_WORD = re.compile(rf"\b(?:{SITE_WORDS}|{alternation('names', 'title_words')})\b", re.IGNORECASE)
GIVEN_NAME_WORDS = frozenset(merged_words("names", "given_names_that_are_words"))


def clean_person_name(raw: str, *, site_titles: Iterable[str] = ()) -> str:
    """A name fit to be shown; "" where the string is not a name.

    Args:
        raw: text of a field or element, perhaps with "by", an address or a date around the name.
        site_titles: titles that are not names on this site, from `non_name_titles`.
    """
    name = decoded(raw)
    titles = {title.casefold() for title in site_titles}
    if name.casefold() in titles:
        return ""
    if introduced := INTRODUCTION.match(name):
        name = introduced["name"]
    name = EMAIL.sub("", name).strip(" ()<>[]\"'“”,:-–—") if EMAIL.search(name) else name.strip(' <>[]"“”,:-–—')
    if CREDIT.match(name):
        return ""
    name = _best_piece(byline_pieces(name, titles))
    if name.casefold() in titles or not _could_be_name(name):
        return ""
    return name.removeprefix("@")


def _best_piece(pieces: tuple[tuple[str, bool], ...]) -> str:
    """The piece of a byline that is the name: the one after “by”, else the first full name, else the first piece."""
    led = (piece for piece, after_preposition in pieces if after_preposition)
    full = (piece for piece, _ in pieces if is_person_name(piece))
    name = next(led, "") or next(full, "") or next((piece for piece, _ in pieces), "")
    shorter = CATEGORY.sub("", name)
    return shorter if is_person_name(shorter) else name


def signed_name(line: str, titles: Container[str] = ()) -> str:
    """The words after “by” in a line that holds little else; "" where there are no such words."""
    pieces = byline_pieces(decoded(line), titles)
    signed = [piece for piece, led in pieces if led]
    return signed[0] if len(signed) == 1 and len(pieces) == 1 and not re.search(r"[.!?]\s", signed[0]) else ""


def _could_be_name(name: str) -> bool:
    """Whether a cleaned string is of a name's length and not a placeholder or an address."""
    return (
        0 < len(name) <= MAX_NAME_CHARS
        and name.count(" ") <= MAX_NAME_SPACES
        and name.casefold().strip(" .") not in PLACEHOLDERS
        and "://" not in name
        and not name.startswith("www.")
        and any(c.isalpha() for c in name)
    )


def is_person_name(name: str) -> bool:
    """Whether a string looks like a person's full name: two to four capitalised words without words of a title."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and bool(re.fullmatch(FULL_NAME, name))
        and not NOT_NAMES & set(words)
        and not TITLE_WORD.search(name)
        and not ORGANISATION.search(name)
    )


def _is_handle(title: str, others: Iterable[str]) -> bool:
    """Whether a title is the name of an account: one word with digits, or in small letters within a longer title."""
    match = HANDLE.fullmatch(title)
    if match is None or title.casefold() in PLACEHOLDERS or TITLE_WORD.fullmatch(title):
        return False
    return match["marked"] is not None or any(title != other and title in other for other in others)


def non_name_titles(titles: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Titles that are not person names; a byline equal to one of them is ignored.

    Args:
        titles: titles of the site and of the page.
        texts: blocks of the site's text, read only where a title might be a person's name.
    """
    known = tuple(dict.fromkeys(text.fold(title) for title in titles if title.strip()))
    name_like = {
        title: frozenset(title.casefold().split())
        for title in known
        if is_person_name(title) or _is_handle(title, known)
    }
    common = _lower_case_words(frozenset().union(*name_like.values()), texts) if name_like else frozenset()
    return tuple(
        title
        for title in known
        if title not in name_like
        or (name_like[title] <= common and title.split()[0].casefold() not in GIVEN_NAME_WORDS)
    )


def _lower_case_words(words: frozenset[str], texts: Iterable[str]) -> frozenset[str]:
    """The words that the texts also write in lower case, as no surname is written; addresses do not count."""
    either = "|".join(re.escape(word) for word in sorted(words))
    pattern = re.compile(rf"(?<![\w@./:#-])(?:{either})(?![\w@/-]|\.\w)")
    uses = Counter(pattern.findall("\n".join(islice(texts, MAX_SAMPLE_BLOCKS))))
    return frozenset(word for word, count in uses.items() if count >= MIN_LOWER_CASE_USES)


def split_names(raw: str, titles: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names in a byline of several full names, such as `Ada Example, Bo Example and Cy Example`.

    A string is split only where every part is a full name: `Rust and WebAssembly`, `Ada Example, Jr.` and titles
    stay whole.

    Args:
        raw: the byline.
        titles: titles that are not names on this site.
    """
    raw = decoded(raw)
    known = {title.casefold() for title in titles}
    if raw.casefold() in known:
        return (raw,)
    for piece, _ in byline_pieces(raw, known):
        parts = tuple(part for part in NAME_SEPARATOR.split(piece) if part)
        if len(parts) > 1 and all(_is_full_name(part) for part in parts) and not NAME_SUFFIX.search(piece):
            return parts
    whole = tuple(part for part in NAME_SEPARATOR.split(raw) if part)
    return whole if len(whole) > 1 and all(is_person_name(part) for part in whole) else (raw,)


def _is_full_name(name: str) -> bool:
    """Whether a string looks like a full name in any script."""
    return is_person_name(name) or bool(UNSPACED_NAME.fullmatch(name))
