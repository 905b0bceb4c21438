"""Shared by all tests: hypothesis profiles, the order in which test files start, and the floors of coverage.

Only loopback can be reached: see `--allow-hosts` in pyproject.toml.
"""

from __future__ import annotations

import contextlib
import os
import subprocess

import pytest
from hypothesis import HealthCheck, settings

# No deadlines: a busy machine is not a bug. CI draws the same examples every time, so a red build can be repeated.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

LONG_MARKERS = ("slow", "browser")

pytest_plugins = ("tests.coverage_floors",)


CRAWLER_MODULE = "generator.crawl.worker"
SAVING_S = 10.0  # seconds; saving took under one second on a busy machine


def kill_after_saving(process: subprocess.Popen[bytes], kill=subprocess.Popen.kill) -> None:
    """Kill a process; wait first for a crawler process to save its coverage.

    `Crawler` closes the pipe before it kills, and a crawler process whose pipe is closed ends by itself.
    """
    if isinstance(process.args, list) and CRAWLER_MODULE in process.args:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=SAVING_S)
    kill(process)


if "COVERAGE_PROCESS_CONFIG" in os.environ:  # set where coverage measures subprocesses
    subprocess.Popen.kill = kill_after_saving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the long files first, so that no worker is left with one of them when the others have finished.

    pytest-randomly has shuffled files and tests before; the sort is stable and keeps its order among the long ones
    and among the others. Tests of one file stay together.
    """
    long_files = {item.path for item in items if any(item.get_closest_marker(name) for name in LONG_MARKERS)}
    items.sort(key=lambda item: item.path not in long_files)
