"""What an owner states in passing: their age, a wish to be left out, whether comments are open.

Looks for plain first-person sentences only; silence means nothing.
"""

from __future__ import annotations

import re
from datetime import datetime

from generator import text
from generator.extract.dom import Element
from generator.extract.structured_data import by_class, by_value

ADULT = 18  # years
NUMBER_WORDS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
}
_AGE = r"(?P<age>1[0-7]|[89]|" + "|".join(NUMBER_WORDS) + r")"
MINOR = re.compile(
    r"\bI\s*(?:['’]m|\s+am)\s+(?:(?:an?|only|just|currently|now|almost)\s+)*"
    + _AGE
    + r"(?:[\s-]*(?:years?|yrs?)[\s-]*(?:old|of\s+age)\b|\s*(?:yo|y/o|y\.o\.)(?![\w])"
    r"|(?=\s*(?:[.!]|,?\s+and\s+(?:live|go|love|like|study)\b)))",
    re.IGNORECASE,
)
_OWN = r"(?:this|my|our)\s+(?:web\s?site|site|blog|weblog|page|pages|posts|writing|feed|name)\b"
_REGISTER = (
    r"(?<!mailing )(?:lists?|director(?:y|ies)|rankings?|indexes|index|catalogu?e?s?|databases?|aggregators?|"
    r"round-?ups?|leader-?boards?|blogrolls?)\b"
)
_ENTER = r"(?:list|index|include|rank|add|catalogu?e|profile|feature|scrape|aggregate)"
_ENTERED = r"(?:listed|indexed|included|ranked|added|catalogu?ed|profiled|featured|scraped|aggregated)"
_NOT = r"(?:do\s+not|don['’]t|never|not\s+to|rather\s+you\s+did\s+not)"
LEFT_OUT = re.compile(
    rf"\b{_NOT}\s+{_ENTER}\s+(?:{_OWN}|(?:me|us)\b[^.!?]{{0,60}}?\b{_REGISTER})"
    rf"|\b(?:not|never)\s+(?:(?:want|wish|like|agree|consent)\s+)?(?:to\s+)?be\s+{_ENTERED}\s+(?:in|on|by)\b"
    rf"[^.!?]{{0,60}}?\b{_REGISTER}"
    rf"|\b(?:leave|keep)\s+(?:{_OWN}|me|us)\s+(?:out\s+of|off)\b[^.!?]{{0,60}}?\b{_REGISTER}",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"\bcomments?\s+(?:are|is|have\s+been|were)\s+(?:now\s+)?(?:closed|disabled|turned\s+off)\b", re.IGNORECASE
)
OPEN_MARKS = ("comment-form", "comment-respond", "utterances", "giscus")
OPEN_IDS = (
    "commentform",
    "respond",
    "disqus_thread",
    "isso-thread",
    "commento",
    "comment-form",
    "cusdis_thread",
    "remark42",
)
OPEN_SCRIPTS = re.compile(
    r"utteranc\.es|giscus\.app|disqus\.com/embed|/embed/comments|commento|isso\.|remark42|cusdis", re.IGNORECASE
)


def stated_age(words: str) -> int | None:
    """The age under 18 that the writer gives as their own, None where they give none."""
    match = MINOR.search(words)
    if not match:
        return None
    age = match["age"].lower()
    return NUMBER_WORDS.get(age) or int(age)


def says_minor(words: str, written_at: datetime | None, fetched_at: datetime) -> bool:
    """Whether the writer of these words is, by their own words, still under 18 when they are read.

    Args:
        words: text in the owner's own voice, without quotations.
        written_at: when it was written; None for a page that speaks of today.
        fetched_at: when it was read.
    """
    age = stated_age(words)
    if age is None:
        return False
    elapsed = (fetched_at - written_at).days // 365 if written_at else 0
    return age + max(elapsed, 0) < ADULT


def asks_left_out(words: str) -> str:
    """The sentence by which a site asks not to be listed, "" where there is none."""
    if not LEFT_OUT.search(text.fold(words) if len(words) < 20_000 else words):
        return ""
    return next((text.clip(s) for s in text.sentences(words) if LEFT_OUT.search(s)), "")


def comments_open(root: Element, words: str) -> bool | None:
    """Whether readers can comment; None where the page does not tell."""
    if CLOSED.search(words):
        return False
    if by_class(root, *OPEN_MARKS) or by_value(root, "id", *OPEN_IDS):
        return True
    if any(OPEN_SCRIPTS.search(script.get("src") or "") for script in root.iter("script")):
        return True
    return True if any((e.get("name") or "") == "comment" for e in root.iter("textarea")) else None
