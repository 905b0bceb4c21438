"""Says aloud, in the last lines of the run, what could not be measured."""

from __future__ import annotations

from tests.quality.essays import VARIABLE as ESSAYS
from tests.quality.polblogs import VARIABLE


def pytest_terminal_summary(terminalreporter) -> None:
    """One loud line where the political blogs or the essays were asked for and are not at hand."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("test_essays" in report.nodeid for report in skipped):
        terminalreporter.write_line(
            f"*** ESSAYS NOT MEASURED: {ESSAYS} names no file; the personality weights went unjudged. ***", red=True
        )
    if any("test_polblogs" in report.nodeid for report in skipped):
        terminalreporter.write_line(
            f"*** POLBLOGS NOT MEASURED: {VARIABLE} names no file; circles and the farm went unjudged. ***", red=True
        )
