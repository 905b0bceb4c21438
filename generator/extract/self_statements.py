"""Statements of owners about themselves: an age under 18, a request not to be listed, whether comments are open.

Only plain first-person sentences of the languages that ship `statements.yaml` are recognised.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from generator import text
from generator.extract.dom import Element
from generator.extract.structured_data import by_class, by_value
from generator.languages.alternation import alternation, fragments
from generator.languages.registry import language_codes, language_data

ADULT_AGE = 18  # years
DAYS_PER_YEAR = 365
MAX_FOLDED_CHARS = 20_000  # longer texts are searched as they are
OPT_OUT = re.compile(alternation("statements", "opt_out"), re.IGNORECASE)
COMMENTS_CLOSED = re.compile(alternation("statements", "comments_closed"), re.IGNORECASE)
COMMENT_FORM_CLASSES = ("comment-form", "comment-respond", "utterances", "giscus")
COMMENT_FORM_IDS = (
    "commentform",
    "respond",
    "disqus_thread",
    "isso-thread",
    "commento",
    "comment-form",
    "cusdis_thread",
    "remark42",
)
COMMENT_SCRIPTS = re.compile(
    r"utteranc\.es|giscus\.app|disqus\.com/embed|/embed/comments|commento|isso\.|remark42|cusdis", re.IGNORECASE
)


@cache
def _age_patterns() -> tuple[tuple[re.Pattern[str], dict[str, int]], ...]:
    """For each language with age statements, their pattern and its words for numbers."""
    return tuple(
        (re.compile("|".join(found), re.IGNORECASE), dict(language_data(code, "statements").get("number_words", {})))
        for code in language_codes()
        if (found := fragments(code, "statements", "minor"))
    )


def stated_age(prose: str) -> int | None:
    """The age under 18 that the writer gives as their own; None if absent."""
    for pattern, number_words in _age_patterns():
        if match := pattern.search(prose):
            age = match["age"].lower()
            return number_words.get(age) or int(age)
    return None


def states_minor(prose: str, written_at: datetime | None, fetched_at: datetime) -> bool:
    """Whether the writer, by their own statement, is still under 18 when the text is fetched.

    Args:
        prose: text in the owner's own voice, without quotations.
        written_at: when it was written; None for a page that describes the present.
        fetched_at: when it was fetched.
    """
    age = stated_age(prose)
    if age is None:
        return False
    elapsed_years = (fetched_at - written_at).days // DAYS_PER_YEAR if written_at else 0
    return age + max(elapsed_years, 0) < ADULT_AGE


def opt_out_request(prose: str) -> str:
    """The sentence by which a site asks not to be listed; "" if absent."""
    if not OPT_OUT.search(text.fold(prose) if len(prose) < MAX_FOLDED_CHARS else prose):
        return ""
    return next((text.clip(s) for s in text.sentences(prose) if OPT_OUT.search(s)), "")


def comments_open(root: Element, frame: str) -> bool | None:
    """Whether readers can comment on a page; None where the page does not say.

    Args:
        root: the page.
        frame: text around its main text.
    """
    if COMMENTS_CLOSED.search(frame):
        return False
    if by_class(root, *COMMENT_FORM_CLASSES) or by_value(root, "id", *COMMENT_FORM_IDS):
        return True
    if any(COMMENT_SCRIPTS.search(script.get("src") or "") for script in root.iter("script")):
        return True
    return True if any((e.get("name") or "") == "comment" for e in root.iter("textarea")) else None
