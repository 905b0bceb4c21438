"""E-mail addresses written out in words, such as “ada at example dot org”, as fragments of regular expressions.

Extraction finds addresses with the strict fragments; redaction removes known addresses with the loose ones.
"""

from __future__ import annotations

from generator.languages.registry import merged_words


def _spelled(words: tuple[str, ...]) -> str:
    """Words in brackets or between spaces, these also in capitals."""
    bracketed = [rf"\{left}\s*{w}\s*\{right}" for w in words for left, right in ("[]", "()", "{}")]
    angled = [rf"<\s*{w}\s*>" for w in words]
    spaced = [rf"\s+{w}\s+" for word in words for w in (word, word.upper())]
    return "|".join((*bracketed, *angled, *spaced))


def _loose(words: tuple[str, ...], sign: str) -> str:
    """Words or their sign, with or without brackets and spaces around them."""
    either = "|".join((sign, *(rf"\b{word}\b" for word in words)))
    return rf"\s*[\[({{<]?\s*(?:{either})\s*[\])}}>]?\s*"


AT_WORDS = merged_words("contact", "at_words")
DOT_WORDS = merged_words("contact", "dot_words")
WRITTEN_AT = rf"\s*(?:{_spelled(AT_WORDS)}|\(a\)|\[@\]|\(@\))\s*"
"""An @ that is disguised; a plain one does not match."""
WRITTEN_DOT = rf"\s*(?:{_spelled(DOT_WORDS)}|\[\.\]|\(\.\)|\.)\s*"
"""A dot of an address, disguised or plain."""
ANY_AT = _loose(AT_WORDS, r"@|\(a\)")
"""An @ in any form."""
ANY_DOT = _loose(DOT_WORDS, r"\.")
"""A dot in any form."""
BRACKETED_SIGN = rf"[\[({{<]\s*(?:{'|'.join(AT_WORDS)}|@|a|{'|'.join(DOT_WORDS)}|\.)\s*[\])}}>]"
"""An @ or a dot in brackets, which nothing but an address has."""
SPACED_DOT = rf"\s(?:{'|'.join(DOT_WORDS)})\s"
"""A dot as a word of its own."""
