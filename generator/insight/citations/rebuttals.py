"""Whether praise is the polite opening of a rejoinder: what stands after a sentence may take back what it says.

Reads a few sentences after the praise; a disagreement counts only where it names the praised person.
"""

from __future__ import annotations

import itertools

from generator.insight.citations.citation_context import NameForms, named_tokens
from generator.languages.language import Language
from generator.languages.patterns import NAME
from generator.records import CitationFunction
from generator.text import fold, sentences

SENTENCES = 6  # after the praise; what is said later is of something else
CHARACTERS = 1_500


def opens_rebuttal(text: str, praise: str, who: NameForms, language: Language) -> CitationFunction:
    """Agrees, unless the sentences after it disagree: with the praised by name it is a quarrel, else a mention.

    Args:
        text: of the post.
        praise: the sentence, as quoted.
        who: how the praised may be named.
        language: the language of the text.
    """
    said = fold(text)
    told = praise.strip("…")
    at = said.find(told[:80])
    if at < 0:
        return CitationFunction.AGREES
    # From the end of the quotation; a sentence that was cut is read to its own end.
    rest = said[at + len(told) : at + len(told) + CHARACTERS]
    quarrels = next((patterns for kind, patterns in language.citation_functions if kind == "disagrees"), None)
    found = CitationFunction.AGREES
    for sentence in itertools.islice(sentences(rest), SENTENCES):
        tokens = named_tokens(sentence, who)
        if quarrels and any(
            NAME in " ".join(tokens[match.start : match.end + 1]) for match in quarrels.matches(tokens)
        ):
            return CitationFunction.DISAGREES if language.doubt_words.isdisjoint(tokens) else CitationFunction.MENTIONS
        if language.contrast.found(tokens):
            found = CitationFunction.MENTIONS
    return found
