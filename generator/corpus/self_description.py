"""What somebody says of themselves: the sentences of their own pages that tell who they are and what they do.

Family, home, health and the like are left unsaid though they published it; former jobs, CVs and links to
profiles are no portrait; headings are no sentences. The ways of saying it are a language's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

import yaml

from generator.languages.word_lists import mentions_private_life, stop_words
from generator.records import Extraction, PageKind, Quotation
from generator.text import MAX_QUOTE, clip, fold, sentences, tokens

READ_CHARACTERS = 6_000  # of a page; who somebody is stands before it
READ_BLOCKS = 8  # of a home page, from its top or from a heading such as "About me"; below stand posts
ENOUGH = 4  # sentences
LONGEST_HEADING = 60  # characters of a line without an end that may be a heading
# By the last part of its address a page is about its owner; other own pages are lists, rules or somebody else's.
ABOUT_PAGE = re.compile(
    r"(?:^|[-_])(?:about|me|bio|whoami|who|author|hello|aboutme|about_me|ueber|über|mich)(?:$|[-_])"
)
CONTACT_PAGE = re.compile(r"^(?:contact(?:[-_]?me)?|kontakt|hire(?:-me)?|work-with-me|now|speaking|consulting)$")
END = re.compile(r"[.!?…。][\"'”’)\]]*$")
LEADING_MARKUP = re.compile(r"^(?:\{[^{}]{0,80}\}|!?\[[^\]]{0,80}\](?:\([^)]{0,200}\))?|[^\w\"“„'(]+)\s*")
DATED_LINE = re.compile(r"^.{0,24}\b(?:19|20)\d\d\b.{0,12}$")
LEANS = re.compile(r"^\W*(?:\w+['’]?\w*\W+){0,2}(?:also|too|still|auch)\b", re.IGNORECASE)
INTRODUCING = frozenset(
    ["i", "i'm", "i’m", "am", "my", "name", "is", "name's", "name’s", "ich", "bin", "mein", "heiße"]
)
# "A climber.", "A programmer (…)", "A guide from the hills": who somebody is, without a verb.
BARE = re.compile(
    r"an? (?!blog|site|list|few|lot)(?:(?:[\w-]+ )?[\w-]+(?:[.,(!;]| \()|(?:[\w-]+ ){1,4}(?:who|from|with|based|at)\b)",
    re.IGNORECASE,
)
GOES_ON = 3
CUT = " … "  # between sentences that do not follow one another on the page


@dataclass(frozen=True, slots=True)
class _Ways:
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
        ways = _ways(page.language if page.language in _data() else "en", name)
        said = _chosen(tuple(_sentences(page, ways, written)), home=page.kind is PageKind.HOME)
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


def _sentences(page: Extraction, ways: _Ways, written: Mapping[str, str]) -> Iterator[_Said]:
    """The sentences of a page that might be said, in order; numbers have a gap wherever something stands between."""
    home = page.kind is PageKind.HOME
    at, left, introduced = 0, READ_BLOCKS, not home
    told = False
    titles = {title.casefold() for title in written.values()}
    for block in page.text[:READ_CHARACTERS].split("\n\n"):
        line = fold(block)
        if ways.heading.match(line):
            left, introduced, at = READ_BLOCKS, True, at + 2
            continue
        if ways.apart.match(line) and len(line) <= LONGEST_HEADING and not END.search(line):
            return
        if home and (left <= 0 or line.casefold() in titles or DATED_LINE.match(line)):
            left = 0
            continue
        left -= 1
        for sentence in sentences(block):
            bare = LEADING_MARKUP.sub("", sentence)
            at += 1 if bare == sentence else 2
            if not END.search(bare) and (len(bare) <= LONGEST_HEADING and not ways.now.match(bare)):
                at += 2  # a heading, or a line of a list
                left = 0 if home and told else left  # what stands below it is another matter
                continue
            rank = _rank(bare, ways, introduced=introduced)
            fit = not (
                ways.past.search(bare)
                or ways.elsewhere.search(bare)
                or mentions_private_life(bare, page.language)
                or "://" in bare
                or bare.endswith(":")
                or (home and any(bare in text for text in written))
            )
            told = told or (fit and rank == 0)
            yield _Said(bare, at, rank, fit)


def _rank(sentence: str, ways: _Ways, *, introduced: bool) -> int | None:
    """What a sentence says of its writer; a bare "A climber." only where a heading or the page says whose it is."""
    if ways.now.match(sentence) or (introduced and BARE.match(sentence)):
        return 0
    ranked = ((1, ways.also), (2, ways.site), (GOES_ON, ways.goes_on))
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


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    """The data file: one expression by language and kind."""
    raw: dict[str, dict[str, str | list[str]]] = yaml.safe_load(
        files("generator.corpus").joinpath("self_description.yaml").read_text(encoding="utf-8")
    )
    return {
        language: {kind: said if isinstance(said, str) else "|".join(said) for kind, said in kinds.items()}
        for language, kinds in raw.items()
    }


@lru_cache(maxsize=256)
def _ways(language: str, name: str) -> _Ways:
    """A language's expressions, with somebody's name put in."""
    raw = _data()[language]
    filled = {"{name}": re.escape(name) if name else "(?!)", "(?:<still>)?": f"(?:(?:{raw['still']}) )*"}

    def begins(kind: str) -> re.Pattern[str]:
        words = raw[kind]
        for mark, stands_for in filled.items():
            words = words.replace(mark, stands_for)
        return re.compile(f"(?:{raw['greeting']})?(?:{words})", re.IGNORECASE)

    def found(kind: str) -> re.Pattern[str]:
        return re.compile(raw[kind], re.IGNORECASE)

    return _Ways(
        begins("now"),
        begins("also"),
        begins("site"),
        begins("goes_on"),
        found("past"),
        found("elsewhere"),
        found("heading"),
        found("apart"),
    )
