"""Pages and posts that stand in for content: error pages served as if they existed, challenges, parked domains.

Also the examples that publishing systems come with. A title decides only as a whole, so that a post about error pages
is still a post.
"""

from __future__ import annotations

import re

from generator.extract.dom import Element
from generator.extract.structured_data import by_class
from generator.languages.alternation import alternation
from generator.records import RefusalReason

MAX_STAND_IN_CHARS = 1_500  # characters of prose; error pages and challenges have fewer
MAX_PARKED_CHARS = 3_000  # characters of a page that offers its domain for sale
START_CHARS = 400  # characters at the start of a text by which an example is recognised
CODE = r"(?:(?:http\s|error\s)?\d{3}\W{1,4})?"
MISSING = re.compile(
    rf"\W*{CODE}{alternation('pages', 'missing_page_titles')}(?:\W{{1,4}}(?:error\s)?\(?\d{{3}}\)?)?\W*", re.IGNORECASE
)
BARE_CODE = re.compile(r"\W*(?:http\s|error\s)*(?:404|410)(?:\serror)?\W*", re.IGNORECASE)
CHALLENGE = re.compile(rf"\W*{alternation('pages', 'challenge_titles')}\W*", re.IGNORECASE)
PARKED = re.compile(rf"(?<!\w){alternation('pages', 'parked_domain_lines')}", re.IGNORECASE)
PLACEHOLDER = re.compile(rf"\W*{alternation('pages', 'placeholder_texts')}", re.IGNORECASE | re.MULTILINE)
CHALLENGE_CLASSES = ("cf-browser-verification", "cf-error-details", "g-recaptcha-challenge", "challenge-running")


def refusal_of_page(root: Element, titles: tuple[str, ...], body: str, prose_chars: int) -> RefusalReason | None:
    """Why a page holds nothing of its site; None for an ordinary page.

    Args:
        root: the page.
        titles: its title and the pieces of it, between separators.
        body: its main text.
        prose_chars: characters of the main text outside headings and lists of links.
    """
    if prose_chars > MAX_STAND_IN_CHARS:
        return None
    headings = tuple(" ".join("".join(map(str, e.itertext())).split()) for e in list(root.iter("h1"))[:2])
    if any(MISSING.fullmatch(title) or BARE_CODE.fullmatch(title) for title in (*titles, *headings)):
        return RefusalReason.NOT_FOUND
    if any(CHALLENGE.fullmatch(title) for title in titles) or by_class(root, *CHALLENGE_CLASSES):
        return RefusalReason.CHALLENGE
    if len(body) <= MAX_PARKED_CHARS and (PARKED.match(body.strip()) or any(map(PARKED.search, titles))):
        return RefusalReason.PARKED
    return None


def is_placeholder(text: str) -> bool:
    """Whether a text is an example that a publishing system comes with, by its beginning."""
    lines = [line for line in text[:START_CHARS].replace("’", "'").split("\n") if line.strip()]
    return any(PLACEHOLDER.match(line) for line in lines[:3])
