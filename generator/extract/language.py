"""Which language a text is written in, as ISO 639-1; "" where unsure. The model loads on first use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from py3langid import langid

ENOUGH = 160  # characters of prose; below, a page's own declaration counts
ENOUGH_CJK = 30  # characters; a script that few languages share tells sooner
SAMPLE = 1_000  # characters classified; more changes no verdict and costs time
SURE = 0.6  # the model's normalised probability
DECLARED = re.compile(r"^([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
WIDE = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff\u0590-\u05ff\u0e00-\u0e7f\u0900-\u097f\u0400-\u04ff]"
)


@lru_cache(maxsize=1)
def _model() -> Any:
    """The identifier with probabilities between 0 and 1; about half a second and 50 MB, once a process."""
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def detect_language(prose: str, declared: str = "") -> str:
    """ISO 639-1 code of a text.

    Args:
        prose: the text without code; only its first 1,000 characters are read.
        declared: what the page or feed says (`en-GB`); used where the text is too short to tell.

    Returns:
        Two letters, or "" where neither the text nor the declaration tells.
    """
    sample = prose[:SAMPLE]
    said = match[1].lower() if (match := DECLARED.match(declared.strip())) else ""
    wide = len(WIDE.findall(sample))
    if len(sample) < ENOUGH and wide < ENOUGH_CJK:
        return said if wide < 5 else ""
    code, confidence = _model().classify(sample)
    if code == said or (confidence >= SURE and len(code) == 2):
        return str(code)
    return said if wide < ENOUGH_CJK else ""
