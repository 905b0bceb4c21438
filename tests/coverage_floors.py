"""Compares the measured branch coverage with the floors in coverage_floors.toml; a pytest plugin.

`pytest --cov --cov-report=json:FILE --coverage-floors=FILE` fails where a part of the package is below its floor, more than MAX_SLACK above it
(the floor has to rise), or has no floor. A part is a folder or a file of `generator`; a file counts in the longest
part that contains it.

    python -m tests.coverage_floors build/coverage.json      raises the floors to what a report of the whole suite holds
"""

from __future__ import annotations

import json
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import generator

FLOORS = Path(__file__).with_suffix(".toml")
MAX_SLACK = 2.0  # percentage points
TOLERANCE = 0.05  # percentage points; floors have one decimal
PACKAGE_PARENT = Path(generator.__file__).parents[1]


def part_of(file: str, parts: Iterable[str]) -> str | None:
    """The longest part that is the file or a folder above it; None where no part is."""
    return max((part for part in parts if file == part or file.startswith(f"{part}/")), key=len, default=None)


def percentages(files: Mapping[str, Mapping[str, int]], floors: Mapping[str, float]) -> dict[str, float]:
    """Percent of statements and branches covered, for each part with a floor and each file without one.

    Args:
        files: path of a file from the parent of `generator`, and its summary in coverage's JSON report.
        floors: percent by part.

    Returns:
        Percent by part; a part without statements counts as covered in full.
    """
    covered: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for file, summary in files.items():
        part = part_of(file, floors) or file
        covered[part] += summary["covered_lines"] + summary["covered_branches"]
        total[part] += summary["num_statements"] + summary["num_branches"]
    return {part: 100.0 * covered[part] / total[part] if total[part] else 100.0 for part in total}


def read_report(report: Path) -> dict[str, Mapping[str, int]]:
    """The summary of each file by its path from the parent of `generator`, wherever the package is installed."""
    files = json.loads(report.read_text("utf-8"))["files"]
    return {
        Path(name).resolve().relative_to(PACKAGE_PARENT).as_posix(): file["summary"] for name, file in files.items()
    }


def complaints(measured: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """One sentence for each floor that is missed, too low, missing or without files."""
    found = []
    for part in sorted(measured.keys() | floors.keys()):
        percent, floor = measured.get(part), floors.get(part)
        if percent is None:
            found.append(f"{part}: has a floor, but no file of it was measured; remove or rename the floor.")
        elif floor is None:
            found.append(f"{part}: {percent:.1f} % covered and no floor; add one to {FLOORS.name}.")
        elif percent < floor - TOLERANCE:
            found.append(f"{part}: {percent:.1f} % covered, below its floor of {floor:.1f} %; add tests.")
        elif percent > floor + MAX_SLACK:
            found.append(f"{part}: {percent:.1f} % covered, raise its floor of {floor:.1f} % in {FLOORS.name}.")
    return found


def raised(measured: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """The text of the floors file with every floor at least as high as measured, rounded down to one decimal."""
    higher = {part: max(floors.get(part, 0.0), math.floor(percent * 10) / 10) for part, percent in measured.items()}
    return "[floors]\n" + "".join(f'"{part}" = {higher[part]:.1f}\n' for part in sorted(higher))


def read_floors() -> dict[str, float]:
    """Percent by part, as recorded."""
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text("utf-8"))["floors"]
    return floors


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that turns the comparison on."""
    parser.addoption(
        "--coverage-floors",
        type=Path,
        metavar="REPORT",
        help="compare coverage's JSON report, which this run writes, with tests/coverage_floors.toml",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the check in the process that combines the data of all workers."""
    report = config.getoption("--coverage-floors")
    if report is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(FloorCheck(report), "coverage-floor-check")


class FloorCheck:
    """Reads the report that pytest-cov writes at the end of the run."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.lines: list[str] = []
        report.unlink(missing_ok=True)  # a report of an earlier run must not be taken for this one's

    # First in, last out: what follows the yield runs after pytest-cov has written its report.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Fail the session where a floor complains."""
        result = yield
        floors = read_floors()
        measured = percentages(read_report(self.report), floors)
        found = complaints(measured, floors)
        self.lines = [f"{part:<32}{measured[part]:6.1f} %" for part in sorted(measured)] + found
        session.testsfailed += len(found)
        return result

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the percentages and the complaints."""
        terminalreporter.section("coverage of statements and branches")
        for line in self.lines:
            terminalreporter.write_line(line)


if __name__ == "__main__":
    recorded = read_floors()
    FLOORS.write_text(raised(percentages(read_report(Path(sys.argv[1])), recorded), recorded), "utf-8")
