"""Import contracts: a stage that imports another stage fails the check."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        pytest.param("graph/__init__.py", "import generator.score", "One way down", id="stage imports stage"),
        pytest.param("score/__init__.py", "import random", "Pure stages touch no network", id="chance in a pure stage"),
        pytest.param("records/ids.py", "import generator.pipeline", "One way down", id="vocabulary looks up"),
    ],
)
def test_breaking_a_contract_fails_the_check(tmp_path, module, line, contract):
    """A forbidden import is found, and the contract it breaks is named."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "generator" / module
    target.write_text(target.read_text("utf-8") + f"\n{line}\n", "utf-8")
    run = lint(tmp_path)
    assert run.returncode != 0
    assert f"{contract}" in run.stdout
    assert "BROKEN" in run.stdout
