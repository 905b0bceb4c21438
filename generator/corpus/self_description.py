"""Extracts a self-description: sentences of a person's own pages that say who they are and what they do.

Sentences on family, home or health are left out although they are published; so are former jobs, CVs, links to
profiles and headings. The expressions are data of each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from generator.languages.registry import language_codes, language_data, merged_words
from generator.languages.word_lists import mentions_private_life, stop_words
from generator.records import Extraction, PageKind, Quotation
from generator.text import MAX_QUOTE, clip, fold, sentences, tokens

DATA = "self_description"  # file of each language
READ_CHARACTERS = 6_000  # of a page; people introduce themselves near its top
READ_BLOCKS = 8  # of a home page, from its top or from a heading such as "About me"; below stand posts
ENOUGH = 4  # sentences
LONGEST_HEADING = 60  # characters of a line without an end that may be a heading
# The last part of an address tells a page about its owner from other own pages: lists, rules, pages on someone else.
ABOUT_PAGE = re.compile(rf"(?:^|[-_])(?:{'|'.join(merged_words(DATA, 'about_page'))})(?:$|[-_])")
CONTACT_PAGE = re.compile(rf"^(?:{'|'.join(merged_words(DATA, 'contact_page'))})$")
END = re.compile(r"[.!?…。][\"'”’)\]]*$")
LEADING_MARKUP = re.compile(r"^(?:\{[^{}]{0,80}\}|!?\[[^\]]{0,80}\](?:\([^)]{0,200}\))?|[^\w\"“„'(]+)\s*")
DATED_LINE = re.compile(r"^.{0,24}\b(?:19|20)\d\d\b.{0,12}$")
LEANS = re.compile(rf"^\W*(?:\w+['’]?\w*\W+){{0,2}}(?:{'|'.join(merged_words(DATA, 'leans'))})\b", re.IGNORECASE)
INTRODUCING = frozenset(merged_words(DATA, "introducing"))
BARE = re.compile("|".join(merged_words(DATA, "bare")), re.IGNORECASE)
GOES_ON = 3
CUT = " … "  # between sentences that do not follow one another on the page


@dataclass(frozen=True, slots=True)
class _Expressions:
    """One language's expressions; see the data file for what each is."""

    now: re.Pattern[str]
    also: re.Pattern[str]
    site: re.Pattern[str]
    goes_on: re.Pattern[str]
    past: re.Pattern[str]
    elsewhere: re.Pattern[str]
    heading: re.Pattern[str]
    apart: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a page: its place, and whether it says who they are (0), what else (1), or what the site is (2)."""

    text: str
    at: int
    rank: int | None  # 3: it goes on about them where it follows; None: it does not speak of its writer
    fit: bool


def self_description(pages: Sequence[Extraction], name: str, written: Mapping[str, str]) -> Quotation | None:
    """What they say of themselves, from their about page, their home page, their contact page; else the subtitle.

    Args:
        pages: what was read of their own sites.
        name: theirs; a page may speak of them in the third person.
        written: title by folded text of everything they posted, which is not about them.
    """
    shown = [page for page in pages if not page.noindex]
    for page in sorted((p for p in shown if p.text and _place(p) is not None), key=lambda p: (_place(p), p.url)):
        expressions = _expressions(page.language if page.language in _described_languages() else "en", name)
        said = _chosen(tuple(_sentences(page, expressions, written)), home=page.kind is PageKind.HOME)
        if not {*tokens(name), *INTRODUCING}.issuperset(tokens(said)):
            return Quotation(said, page.url, None, page.title)
    for page in shown:
        described = page.kind in (PageKind.FEED, PageKind.HOME) and len(page.description.split()) >= 3
        if described and not _is_excerpt(page.description, written) and _tells(page, name):
            return Quotation(clip(page.description), page.url, None, page.title)
    return None


def _place(page: Extraction) -> int | None:
    """How much a page is about its owner, 0 the most; None for all other pages."""
    if page.kind is PageKind.HOME:
        return 1
    last = unquote(urlsplit(page.url).path).casefold().rstrip("/").rsplit("/", 1)[-1].split(".")[0]
    if page.kind is not PageKind.ABOUT:
        return None
    return 0 if ABOUT_PAGE.search(last) else 2 if CONTACT_PAGE.match(last) else None


def _sentences(page: Extraction, expressions: _Expressions, written: Mapping[str, str]) -> Iterator[_Said]:
    """The sentences of a page that might be said, in order; numbers have a gap wherever something stands between."""
    home = page.kind is PageKind.HOME
    at, left, introduced = 0, READ_BLOCKS, not home
    introduced_before = False
    titles = {title.casefold() for title in written.values()}
    for block in page.text[:READ_CHARACTERS].split("\n\n"):
        line = fold(block)
        if expressions.heading.match(line):
            left, introduced, at = READ_BLOCKS, True, at + 2
            continue
        if expressions.apart.match(line) and len(line) <= LONGEST_HEADING and not END.search(line):
            return
        if home and (left <= 0 or line.casefold() in titles or DATED_LINE.match(line)):
            left = 0
            continue
        left -= 1
        for sentence in sentences(block):
            bare = LEADING_MARKUP.sub("", sentence)
            at += 1 if bare == sentence else 2
            if not END.search(bare) and (len(bare) <= LONGEST_HEADING and not expressions.now.match(bare)):
                at += 2  # a heading, or a line of a list
                left = 0 if home and introduced_before else left  # text below it is on another subject
                continue
            rank = _rank(bare, expressions, introduced=introduced)
            fit = not (
                expressions.past.search(bare)
                or expressions.elsewhere.search(bare)
                or mentions_private_life(bare, page.language)
                or "://" in bare
                or bare.endswith(":")
                or (home and any(bare in text for text in written))
            )
            introduced_before = introduced_before or (fit and rank == 0)
            yield _Said(bare, at, rank, fit)


def _rank(sentence: str, expressions: _Expressions, *, introduced: bool) -> int | None:
    """What a sentence says of its writer; a bare "A teacher." only where a heading or the page says whose it is."""
    if expressions.now.match(sentence) or (introduced and BARE.match(sentence)):
        return 0
    ranked = ((1, expressions.also), (2, expressions.site), (GOES_ON, expressions.goes_on))
    return next((rank for rank, way in ranked if way.match(sentence)), None)


def _chosen(said: Sequence[_Said], *, home: bool) -> str:
    """The sentences to show, from the first that says who they are; "" where the page says nothing of it."""
    ranks = [one.rank for one in said if one.fit and one.rank is not None and one.rank < GOES_ON]
    # On a home page "I like …" may be said in passing, and the site is described by its subtitle.
    if not ranks or (home and min(ranks) > 0):
        return ""
    best = [number for number, one in enumerate(said) if one.fit and one.rank == min(ranks)]
    # "I am also …" leans on what it is beside.
    start = next((number for number in best if not LEANS.search(said[number].text)), best[0])
    piece, last, count = clip(said[start].text), said[start].at, 1
    for one in said[start + 1 :]:
        follows = one.at == last + 1
        # What stands after a cut must not lean on what was cut; what goes on must still speak of its writer.
        if not one.fit or one.rank is None or not (follows or one.rank in (0, 1)):
            continue
        longer = f"{piece}{' ' if follows else CUT}{one.text}"
        if len(longer) > MAX_QUOTE or count == ENOUGH:
            break
        piece, last, count = longer, one.at, count + 1
    return piece


def _is_excerpt(description: str, written: Mapping[str, str]) -> bool:
    """Whether a description is the beginning of a post, as some themes put it: no word about the site."""
    said = fold(description).rstrip("… .")
    return description.rstrip().endswith(("…", "...")) or any(said in text for text in written)


def _tells(page: Extraction, name: str) -> bool:
    """Whether a description says more than the site's title and its owner's name, and nothing that is private."""
    known = {
        *tokens(page.title),
        *tokens(name),
        *stop_words(page.language),
        "content",
    }  # "Recent content on …" is software speaking
    words = (part for word in tokens(page.description) for part in (word.removesuffix("'s").removesuffix("’s"),))
    return not known.issuperset(words) and not mentions_private_life(page.description, page.language)


@cache
def _described_languages() -> frozenset[str]:
    """Languages whose data say how people introduce themselves."""
    return frozenset(code for code in language_codes() if "now" in language_data(code, DATA))


def _expression(language: str, kind: str) -> str:
    """One regular expression of a language: the alternatives of a kind."""
    said = language_data(language, DATA)[kind]
    return said if isinstance(said, str) else "|".join(said)


@lru_cache(maxsize=256)
def _expressions(language: str, name: str) -> _Expressions:
    """A language's expressions, with the person's name filled in."""
    filled = {
        "{name}": re.escape(name) if name else "(?!)",
        "(?:<still>)?": f"(?:(?:{_expression(language, 'still')}) )*",
    }

    def begins(kind: str) -> re.Pattern[str]:
        words = _expression(language, kind)
        for mark, stands_for in filled.items():
            words = words.replace(mark, stands_for)
        return re.compile(f"(?:{_expression(language, 'greeting')})?(?:{words})", re.IGNORECASE)

    def found(kind: str) -> re.Pattern[str]:
        return re.compile(_expression(language, kind), re.IGNORECASE)

    return _Expressions(
        begins("now"),
        begins("also"),
        begins("site"),
        begins("goes_on"),
        found("past"),
        found("elsewhere"),
        found("heading"),
        found("apart"),
    )
