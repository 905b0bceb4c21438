"""File names of pages: legal on every file system, and no two the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.page_names import RESERVED, page_name


@pytest.mark.parametrize(
    ("wishes", "taken", "made"),
    [
        (["Ada Example"], set(), "ada-example"),
        (["Ada Example", "Ada Example a.example"], {"ada-example"}, "ada-example-a-example"),
        (["Ada", "Ada"], {"ada"}, "ada-2"),
        (["Ada"], {"ada", "ada-2", "ada-3"}, "ada-4"),
        (["INDEX"], set(), "index-2"),
        (["Con"], set(), "con-2"),
        (["com¹"], set(), "com1-2"),
        (["Aux", "Aux b.example"], set(), "aux-b-example"),
        (["Contour"], set(), "contour"),
        (["com10"], set(), "com10"),
        (["😀", "b.example"], set(), "b-example"),
        (["😀", ""], set(), "someone"),
        (["😀"], {"someone"}, "someone-2"),
        ([], set(), "someone"),
        (["x" * 80], {"x" * 60}, "x" * 58 + "-2"),
        (["x" * 57 + " yy"], {"x" * 57 + "-yy"}, "x" * 57 + "-2"),
    ],
)
def test_the_first_free_wish_names_the_page(wishes, taken, made):
    """Else the first wish with a number; a name that Windows or the site needs itself is never free."""
    assert page_name(wishes, taken, otherwise="someone") == made


@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(sorted(RESERVED))), max_size=30))
def test_pages_of_any_names_are_told_apart(names):
    """Each gets a name of its own, of 1 to 60 of a-z, 0-9 and hyphen."""
    taken: set[str] = set()
    for name in names:
        made = page_name((name,), taken, otherwise="someone")
        assert re.fullmatch(r"[a-z0-9-]{1,60}", made)
        assert made not in taken | RESERVED
        taken.add(made)
