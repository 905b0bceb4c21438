"""Words that distinguish names of people, organisations and sites; shared by the stages that read names."""

from __future__ import annotations

from generator.languages.alternation import alternation
from generator.languages.registry import merged_words

PLACEHOLDER_NAMES = frozenset(merged_words("names", "placeholder_names"))
"""Words in the place of an author's name that do not name a person, such as “admin”; lower case."""

ORGANISATION_WORDS = alternation("names", "organisation_words")
"""Fragment of a regular expression: words of an organisation's name, such as “foundation”."""

SITE_WORDS = alternation("names", "site_words")
"""Fragment of a regular expression: words of a site's title that a person's name does not have, such as “weblog”."""
