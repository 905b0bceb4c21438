"""Words and terms that can name a subject."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml

from generator.languages.parts_of_speech import PARTICIPLE


@lru_cache(maxsize=1)
def common_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that name no subject: those that never do, the vague, which do so beside a word that tells, and adjectives.

    Plain adjectives are among those that never do, but may open a phrase: "weak layer".
    """
    raw = yaml.safe_load(files("generator.languages").joinpath("en", "common_words.yaml").read_text(encoding="utf-8"))
    never, vague, plain = (frozenset(str(raw[kind]).split()) for kind in ("never", "vague", "adjectives"))
    return never | plain, vague, plain


def can_name_subject(term: str, *, held: bool = False) -> bool:
    """Whether the words of a term can name a subject at all: none that never does, one that is not vague.

    Args:
        term: words joined by single spaces, casefolded.
        held: its words belong together by use ("type system"), so that vague ones may tell in company.
    """
    never, vague, plain = common_words()
    parts = term.split()
    if parts[-1] in never or PARTICIPLE.search(parts[-1]) or (parts[0] in never - plain) or parts[0].endswith("ly"):
        return False
    return any(part not in vague and part not in never for part in parts) or (held and len(parts) > 1)
