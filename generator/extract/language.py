"""Detects the language of a text. The model is loaded on first use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from py3langid import langid

MIN_CHARS = 160  # characters of prose; for shorter texts the declared language is used
MIN_SCRIPT_CHARS = 30  # the same, of a script that few languages share
MIN_SCRIPT_CHARS_TO_DOUBT = 5  # of such a script in a short text, which contradict a declaration
SAMPLE_CHARS = 1_000  # characters classified; more did not change a result
MIN_PROBABILITY = 0.6  # normalised probability of the model
DECLARED = re.compile(r"^([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
DISTINCT_SCRIPTS = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff\u0590-\u05ff\u0e00-\u0e7f\u0900-\u097f\u0400-\u04ff]"
)


@lru_cache(maxsize=1)
def _model() -> Any:
    """The classifier with normalised probabilities; takes about 0.5 s and 50 MB once a process."""
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def detect_language(prose: str, declared: str = "") -> str:
    """ISO 639-1 code of a text.

    Args:
        prose: the text without code; only its first 1,000 characters are used.
        declared: language that the page or feed declares (`en-GB`); used where the text is too short.

    Returns:
        Two letters, or "" where the language is uncertain.
    """
    sample = prose[:SAMPLE_CHARS]
    declared_code = match[1].lower() if (match := DECLARED.match(declared.strip())) else ""
    script_chars = len(DISTINCT_SCRIPTS.findall(sample))
    if len(sample) < MIN_CHARS and script_chars < MIN_SCRIPT_CHARS:
        return declared_code if script_chars < MIN_SCRIPT_CHARS_TO_DOUBT else ""
    code, confidence = _model().classify(sample)
    if code == declared_code or (confidence >= MIN_PROBABILITY and len(code) == 2):
        return str(code)
    return declared_code if script_chars < MIN_SCRIPT_CHARS else ""
