"""Whom the analyst means, and what a sheet may say of somebody's posts: small rules of the brief."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.insight.brief.introductions import find_people
from generator.insight.brief.worksheets import facts_to_verify
from generator.insight.terms.post_index import index_posts
from generator.records import Door, DoorState, Site, SiteState

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, corpus, person, post, standing


@pytest.mark.parametrize("written", ["https://old.example/x", "adah", "@adah", "ada.example", "ada"])
def test_people_are_found_by_former_hosts_and_handles(written):
    """An address the site used to have, the name of an account, the first word of a host."""
    ada = replace(
        person("ada-holt", "Ada Holt", accounts=("https://social.example/@adah",)), sites=("https://ada.example/",)
    )
    bo = person("bo", "Bo Lund")
    site = Site("https://ada.example/", "", SiteState.IN, "", "seed", 0, aliases=("https://old.example/",))
    post_index = index_posts(replace(corpus([ada, bo]), sites=(site,)), as_of=AS_OF)

    assert find_people((written if "." not in written or "//" in written else f"https://{written}/",), post_index) == {
        "ada-holt"
    }


def test_a_handle_that_two_people_have_or_that_is_a_name_means_nobody_else():
    """Names go before handles; of two handles alike neither is taken."""
    ada, bo = (
        person("x1", "Bo", accounts=("https://n.example/@sam",)),
        person("x2", "Lund", accounts=("https://m.example/sam",)),
    )
    cy = person("bo", "Cy")
    post_index = index_posts(corpus([ada, bo, cy]), as_of=AS_OF)

    assert find_people(("sam",), post_index) == frozenset()
    assert find_people(("Bo",), post_index) == {"x1"}


def test_a_last_post_about_something_else_is_not_named():
    """What else moves them, an illness perhaps, is theirs: only its date is told."""
    own = post("https://ada.example/9", "ada", title="My illness", on=date(2026, 1, 20), relevance=0.1)
    post_index = index_posts(corpus([person("ada")], [own]), as_of=AS_OF)

    found = facts_to_verify("ada", standing("ada"), post_index, Door(DoorState.UNKNOWN, "", None, None))
    assert (
        found[0] == "The last post heard is of 20 January 2026, about something else: see what they have written since."
    )
    assert "illness" not in " ".join(found)
