"""Reports at the end of the run which data sets were missing."""

from __future__ import annotations

from tests.quality.essays import VARIABLE as ESSAYS
from tests.quality.polblogs import VARIABLE


def pytest_terminal_summary(terminalreporter) -> None:
    """Print one red line for each data set whose tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("test_essays" in report.nodeid for report in skipped):
        terminalreporter.write_line(
            f"*** ESSAYS NOT MEASURED: {ESSAYS} names no file; the personality weights went unjudged. ***", red=True
        )
    if any("test_polblogs" in report.nodeid for report in skipped):
        terminalreporter.write_line(
            f"*** POLBLOGS NOT MEASURED: {VARIABLE} names no file; circles and the farm went unjudged. ***", red=True
        )
