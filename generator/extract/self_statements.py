"""Statements of owners about themselves: an age under 18, a request not to be listed, whether comments are open.

Ages and requests are recognised by `languages.ages` and `languages.opt_outs`.
"""

from __future__ import annotations

import re
from datetime import datetime

from generator import text
from generator.extract.dom import Element
from generator.extract.structured_data import by_class, by_value
from generator.languages.ages import ADULT, stated_age
from generator.languages.alternation import alternation
from generator.languages.opt_outs import wishes_to_be_left_out

DAYS_PER_YEAR = 365
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


def states_minor(prose: str, written_at: datetime | None, fetched_at: datetime, *, introduction: bool = True) -> bool:
    """Whether the writer, by their own statement, is still under 18 when the text is fetched.

    Args:
        prose: text in the owner's own voice, without quotations.
        written_at: when it was written; None for a page that describes the present.
        fetched_at: when it was fetched.
        introduction: an undated text introduces its owner; a home page, which shows parts of posts, does not.
    """
    age = stated_age(prose, own_page=introduction and written_at is None)
    if age is None:
        return False
    elapsed_years = (fetched_at - written_at).days // DAYS_PER_YEAR if written_at else 0
    return age + max(elapsed_years, 0) < ADULT


def opt_out_request(prose: str) -> str:
    """The sentence by which a site asks not to be listed, in whichever language; "" if absent."""
    return text.clip(next(wishes_to_be_left_out(prose), ""))


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
