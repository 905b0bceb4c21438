"""The floors of coverage: which file counts where, and what is complained of."""

from __future__ import annotations

import pytest

from tests.coverage_floors import complaints, part_of, percentages, raised


def summary(covered_lines, num_statements, covered_branches=0, num_branches=0):
    return {
        "covered_lines": covered_lines,
        "num_statements": num_statements,
        "covered_branches": covered_branches,
        "num_branches": num_branches,
    }


@pytest.mark.parametrize(
    ("file", "part"),
    [
        pytest.param("generator/text.py", "generator/text.py", id="the file itself"),
        pytest.param("generator/score/trust.py", "generator/score", id="the longest folder"),
        pytest.param("generator/cli/main.py", "generator", id="the only folder"),
        pytest.param("generator/scores.py", "generator", id="a name that begins alike"),
        pytest.param("elsewhere.py", None, id="no part"),
    ],
)
def test_a_file_counts_in_the_longest_part_that_contains_it(file, part):
    """Folders are compared by whole names."""
    assert part_of(file, ["generator", "generator/score", "generator/text.py"]) == part


def test_statements_and_branches_count_alike():
    """3 of 4 statements and 1 of 4 branches are 50 %; a second file of the part is added to both sums."""
    files = {"generator/a/x.py": summary(3, 4, 1, 4), "generator/a/y.py": summary(2, 2), "loose.py": summary(1, 2)}

    assert percentages(files, {"generator/a": 90.0}) == {"generator/a": 60.0, "loose.py": 50.0}


def test_a_part_without_statements_is_covered():
    """An empty package does not divide by zero."""
    assert percentages({"generator/a/__init__.py": summary(0, 0)}, {"generator/a": 100.0}) == {"generator/a": 100.0}


@pytest.mark.parametrize(
    ("percent", "floor", "complaint"),
    [
        pytest.param(90.0, 90.0, [], id="at the floor"),
        pytest.param(92.0, 90.0, [], id="two points above"),
        pytest.param(89.9, 90.0, ["a: 89.9 % covered, below its floor of 90.0 %; add tests."], id="below"),
        pytest.param(
            92.1, 90.0, ["a: 92.1 % covered, raise its floor of 90.0 % in coverage_floors.toml."], id="far above"
        ),
    ],
)
def test_coverage_stays_between_the_floor_and_two_points_above(percent, floor, complaint):
    """Below it tests are missing; above it the floor has to rise."""
    assert complaints({"a": percent}, {"a": floor}) == complaint


def test_every_file_has_a_floor_and_every_floor_a_file():
    """New and renamed packages are reported."""
    assert complaints({"new": 70.0}, {"old": 80.0}) == [
        "new: 70.0 % covered and no floor; add one to coverage_floors.toml.",
        "old: has a floor, but no file of it was measured; remove or rename the floor.",
    ]


def test_floors_are_raised_and_never_lowered():
    """A floor rises to what was measured, rounded down; a lower measurement leaves it; a new part gets one."""
    assert raised({"a": 91.29, "b": 70.0, "new": 50.0}, {"a": 90.0, "b": 80.0}) == (
        '[floors]\n"a" = 91.2\n"b" = 80.0\n"new" = 50.0\n'
    )
