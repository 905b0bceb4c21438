"""The analyst's book: whose line is whose, through renames; what is due first; nobody lost."""

from __future__ import annotations

import sys
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from generator.insight.brief.contact_log import relationships
from generator.insight.terms.post_index import index_posts
from generator.records import HistoryEntry

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, corpus, person


def line(who, said="Hello.", *, on=date(2025, 5, 1), due=None):
    return HistoryEntry(who, on, "email", "out", said, due_on=due)


def kept(*lines, known_as=None):
    post_index = index_posts(corpus([person("ada-holt", "Ada Holt"), person("bo", "Bo Lund")]), as_of=AS_OF)
    return relationships(lines, post_index, known_as or {})


@pytest.mark.parametrize(
    "who", ["ada-holt", "Ada Holt", "ada holt", "https://ada-holt.example/", "https://www.ada-holt.example/about"]
)
def test_somebody_is_found_by_slug_name_or_site(who):
    """However the analyst writes them."""
    assert [one.person for one in kept(line(who))] == ["ada-holt"]


@pytest.mark.parametrize("who", ["ada-winter", "Ada Winter", "https://old.example/"])
def test_somebody_is_found_by_what_they_were_called_before(who):
    """A former slug, name or address leads to the present one."""
    was = {"ada-winter": "ada-holt", "ada winter": "ada-holt", "old.example": "ada-holt"}
    assert [one.person for one in kept(line(who), known_as=was)] == ["ada-holt"]


def test_who_has_vanished_is_kept_under_the_name_that_was_written():
    """Also where earlier runs knew them: the report does not."""
    assert [(one.person, one.name) for one in kept(line("Gil Gone"), known_as={"gil gone": "gil-gone"})] == [
        (None, "Gil Gone")
    ]


def test_what_is_due_comes_first_whatever_the_order_of_the_file():
    """Nearest due date, then whoever was spoken with last; the same within a person."""
    lines = (
        line("bo", "later", due=date(2026, 5, 1)), line("ada-holt", "old", on=date(2024, 1, 1)),
        line("bo", "soon", due=date(2026, 2, 1)), line("Gil Gone", "new", on=date(2025, 9, 1)),
    )  # fmt: skip
    for order in permutations(lines):
        found = kept(*order)
        assert [one.name for one in found] == ["Bo Lund", "Gil Gone", "Ada Holt"]
        assert [entry.said for entry in found[0].entries] == ["soon", "later"]


def test_every_line_is_kept_once():
    """Lines in = lines out."""
    lines = [line(who, str(n)) for n, who in enumerate(["ada-holt", "x", "bo", "Ada Holt", "x", "nobody"])]
    assert sorted(entry.said for one in kept(*lines) for entry in one.entries) == list("012345")
