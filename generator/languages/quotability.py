"""Whether a sentence can be quoted on its own: complete, in words, and more than a pointer."""

from __future__ import annotations

import re

from generator.languages.code_detection import is_code
from generator.languages.tokens import has_unspaced, word_count

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
ENDED = re.compile(r"[.!?:;…。！？：；｡؟۔।։።][\"'”’“»«)\]」』）》]*$")
RETURN_MARK = re.compile(r"[\s↩⤴↑\ufe0e\ufe0f]*[↩⤴][\s↩⤴↑\ufe0e\ufe0f]*$")  # the arrow that leads back from a footnote


def is_quotable(quote: str) -> bool:
    """Whether a quotation can stand by itself: five words or more, whole, no mere pointer or title, no code in it."""
    words = word_count(quote) if has_unspaced(quote) else len(quote.split())
    if words < TELLING_WORDS or is_code(quote) or _is_torn(quote):
        return False
    # Without an end it is a title or a list's item; both say what is linked, not why.
    return words > POINTER_WORDS or bool(ENDED.search(quote) and not POINTER.match(quote))


def _is_torn(quote: str) -> bool:
    """Whether a quotation begins behind a bracket that it closes: "Sorry) Ada, Bo, Cy."."""
    closes, opens = quote.find(")"), quote.find("(")
    return closes >= 0 and (opens < 0 or closes < opens) and not re.match(r"\W*\w{1,2}\)|\W*[:;]-?\)", quote)


def strip_return_mark(words: str) -> str:
    """A stretch of text without the arrow at its end that leads back from a footnote."""
    return RETURN_MARK.sub("", words)
