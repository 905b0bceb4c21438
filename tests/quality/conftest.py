"""Says aloud, in the last lines of the run, what could not be measured."""

from __future__ import annotations

from polblogs import VARIABLE


def pytest_terminal_summary(terminalreporter) -> None:
    """One loud line where the political blogs were asked for and are not at hand."""
    if any("test_polblogs" in report.nodeid for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(
            f"*** POLBLOGS NOT MEASURED: {VARIABLE} names no file; circles and the farm went unjudged. ***", red=True
        )
