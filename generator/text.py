"""Words: tokens, sentences, quotations cut at word ends, slugs, and what tells a noun by its neighbours.

No language model, no state; the words that name no subject stand in `everyday.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

import yaml

TOKEN = re.compile(r"[^\W_]+(?:[’'+#./-][^\W_]+)*[+#]{0,2}")
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\sa-z])|\n{2,}")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|st|approx|[A-Z])\.$", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:no|fig|vol|ch|pp?)\.$", re.IGNORECASE)  # an abbreviation only before a figure
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for tab and line feed
MAX_QUOTE = 280  # characters; short enough for fair quotation, long enough to carry its reason


def fold(text: str) -> str:
    """White space folded to single spaces, control characters gone."""
    return " ".join(CONTROL.sub("", text).split())


def tokens(text: str) -> list[str]:
    """Lower-case words in order; keeps c++, c#, node.js and don't whole."""
    return TOKEN.findall(text.casefold())


def sentences(text: str) -> Iterator[str]:
    """Sentences in order, verbatim but for folded white space; blank lines end a sentence."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        piece = text[start : match.start()]
        runs_on = ABBREVIATION.search(piece) or (
            NUMBERED.search(piece) and text[match.end() : match.end() + 1].isdigit()
        )
        if "\n\n" not in match[0] and runs_on:
            continue
        if folded := fold(text[start : match.end()]):
            yield folded
        start = match.end()
    if folded := fold(text[start:]):
        yield folded


def clip(text: str, limit: int = MAX_QUOTE, around: str = "") -> str:
    """At most `limit` characters, cut at word ends with `…`, keeping `around` inside where it occurs."""
    text = fold(text)
    if len(text) <= limit:
        return text
    at = max(text.find(fold(around)), 0) if around else 0
    start = max(0, min(at - (limit - min(len(around), limit)) // 2, len(text) - limit))
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space < max(at, start + 1) else start
    room = limit - 1 - (1 if start else 0)
    piece = text[start : start + room]
    if start + room < len(text):
        cut = piece.rfind(" ")
        piece = (piece[:cut] if cut > limit // 3 else piece).rstrip(" ,;:–-") + "…"
    return ("…" if start else "") + piece


@lru_cache(maxsize=20_000)  # the same few names sign all the posts of a site, and are asked for in every round
def slug(name: str, limit: int = 60) -> str:
    """`[a-z0-9-]+` for a name: accents dropped, everything else a hyphen; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return (
        re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))
        .strip("-")[:limit]
        .strip("-")
    )


CODE_SIGNS = re.compile(r"[<>{}\\]|::|->|=>|\w\(\)|https?://")
TELLING_WORDS = 5  # a sentence of fewer says nothing of why
POINTER_WORDS = 12  # a sentence of no more that begins by sending its reader elsewhere says nothing else
POINTER = re.compile(
    r"^\W*(?:and |or |but |also,? |please |edit: |update: |note: )*"
    r"(?:see(?: also)?|(?:go |you (?:can|may|should) )?(?:read|check|look|find|learn|watch|visit|refer)|cf\.?"
    r"|more (?:on|about|in|details?|information)|here(?:['’]s| is| are)|(?:an? )?(?:update|edit)"
    r"|for (?:more|further|additional|all|the|full|some|a) (?:\w+ )?"
    r"(?:details?|information|info|background|history|discussion|explanation)s?)(?!\w)",
    re.IGNORECASE,
)
ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
RETURN_MARK = re.compile(r"[\s↩⤴↑\ufe0e\ufe0f]*[↩⤴][\s↩⤴↑\ufe0e\ufe0f]*$")  # the arrow that leads back from a footnote


def is_code(quote: str) -> bool:
    """Whether a quotation holds code or a bare address, which say nothing to a reader."""
    return bool(CODE_SIGNS.search(quote))


def is_telling(quote: str) -> bool:
    """Whether a quotation can stand by itself: five words or more, whole, no mere pointer or title, no code in it."""
    words = len(quote.split())
    if words < TELLING_WORDS or is_code(quote) or _is_torn(quote):
        return False
    # Without an end it is a title or a list's item; both say what is linked, not why.
    return words > POINTER_WORDS or bool(ENDED.search(quote) and not POINTER.match(quote))


def _is_torn(quote: str) -> bool:
    """Whether a quotation begins behind a bracket that it closes: "Sorry) Ada, Bo, Cy."."""
    closes, opens = quote.find(")"), quote.find("(")
    return closes >= 0 and (opens < 0 or closes < opens) and not re.match(r"\W*\w{1,2}\)|\W*[:;]-?\)", quote)


def without_return(words: str) -> str:
    """A stretch of text without the arrow at its end that leads back from a footnote."""
    return RETURN_MARK.sub("", words)


class Place(IntEnum):
    """What a word does for its neighbours, as far as a closed list of English function words tells."""

    BREAK = 0  # punctuation, the end of a paragraph
    DETERMINER = 1
    WHERE = 2  # prepositions of places and tools: what follows is no person
    OTHER_PREPOSITION = 3
    SUBJECT = 4  # pronouns, modals: a verb follows
    BEING = 5  # is, seems: an adjective follows, and a noun stands before
    DEGREE = 6  # very, more: an adjective follows
    JOINING = 7  # and, which, than: a noun may end here
    CONTENT = 8


_PLACES = {
    Place.DETERMINER: "the a an my your our his its their her this these those every each another no some any",
    Place.WHERE: "in on at into inside onto using across along around through near via within",
    Place.OTHER_PREPOSITION: "of for from with by about between without under over against behind like",
    Place.SUBJECT: "i we you he she it they who can could will would should must may might don't doesn't didn't can't "
    "won't couldn't wouldn't shouldn't i'll we'll you'll they'll i've we've let's",
    Place.BEING: "is are was were be been being isn't aren't wasn't seems seemed looks looked feels felt gets got",
    Place.DEGREE: "very so too more most less quite rather really pretty extremely fairly as",
    Place.JOINING: "and or but nor that which when where while if because than then to has have had does did not also",
}
PLACE_OF = {word: place for place, words in _PLACES.items() for word in words.split()}
_ENDS = (Place.BREAK, Place.WHERE, Place.OTHER_PREPOSITION, Place.SUBJECT, Place.BEING, Place.JOINING)
_NOUN_AFTER = (Place.DETERMINER, Place.WHERE, Place.OTHER_PREPOSITION)
PARTICIPLE = re.compile(r"[^\W_]{3}[^e\W_]ed$")  # "knocked", not "speed" nor "sled"
DOUBTFUL_ENDINGS = ("ed", "ing", "ly", "est", "ful", "ous", "ible", "able", "less", "ish", "ive", "ary", "ical")
SURE, DOUBTFUL = 0.6, 0.8  # share of noun-like uses from which a word is a noun; of one that ends as others do


class Role(IntEnum):
    """As what a word is used between two neighbours; NONE where they do not tell."""

    NONE = 0
    NOUN = 1
    VERB = 2
    ADJECTIVE = 3


def role_between(before: Place, after: Place) -> Role:
    """As what a word is used, by what stands before and after it: "the … is" holds a noun, "we … the" a verb."""
    if before in _NOUN_AFTER:
        return Role.NOUN if after in _ENDS else Role.NONE
    if before is Place.SUBJECT or after is Place.DETERMINER:
        return Role.VERB
    if before in (Place.BEING, Place.DEGREE):
        return Role.ADJECTIVE if after in _ENDS else Role.NONE
    return Role.NONE


def is_noun(word: str, nouns: float, verbs: float, adjectives: float, *, fewest: int = 1) -> bool:
    """Whether a word is mostly a noun, by how often its neighbours show it as one, a verb or an adjective.

    Args:
        word: casefolded; endings of adverbs, participles and adjectives must be outweighed clearly.
        nouns: uses as a noun.
        verbs: uses as a verb.
        adjectives: uses as an adjective that stands alone.
        fewest: uses as a noun there must be; with 0 a word nothing is known of passes by its ending.
    """
    needed = DOUBTFUL if word.endswith(DOUBTFUL_ENDINGS) else SURE
    told = nouns + verbs + adjectives
    if not told:
        return fewest == 0 and needed == SURE
    return nouns >= fewest and nouns >= needed * told


@lru_cache(maxsize=1)
def everyday_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that name no subject: those that never do, the vague, which do so beside a word that tells, and adjectives.

    Plain adjectives are among those that never do, but may open a phrase: "weak layer".
    """
    raw = yaml.safe_load(files("generator").joinpath("everyday.yaml").read_text(encoding="utf-8"))
    never, vague, plain = (frozenset(str(raw[kind]).split()) for kind in ("never", "vague", "adjectives"))
    return never | plain, vague, plain


def names_a_subject(term: str, *, held: bool = False) -> bool:
    """Whether the words of a term can name a subject at all: none that never does, one that is not vague.

    Args:
        term: words joined by single spaces, casefolded.
        held: its words belong together by use ("type system"), so that vague ones may tell in company.
    """
    never, vague, plain = everyday_words()
    parts = term.split()
    if parts[-1] in never or PARTICIPLE.search(parts[-1]) or (parts[0] in never - plain) or parts[0].endswith("ly"):
        return False
    return any(part not in vague and part not in never for part in parts) or (held and len(parts) > 1)
