"""Adding a signal takes one module and one line of the registry."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import generator
from generator.records import CitationGraph, LabelledCitation, LabelledGraph
from generator.score import judge
from generator.signals import MODULES, SIGNALS

PACKAGE = Path(generator.__file__).parent
REPOSITORY = Path(__file__).parents[2]

TOY_MODULE = """
from generator.signals.descriptor import SignalDescriptor

SIGNAL = SignalDescriptor(
    name="toy", unit="posts", default_weight=0.0,
    measure=lambda view: view.per_author(view.arrays.decay),
    summary="How much they play.", label="how much they play", cause="how much they play",
    sentence="they play {value:.1f} times", formula="The number of toys.", reference="Toy (2026)",
    limits="Broken toys count.",
)
"""

BUILD = """
import json
from dataclasses import replace
from generator.config import Scoring, ShortlistSection, Weights
from generator.render import render_report
from generator.score import judge
from tests.factories.report import make_report, topic

given = make_report()
scoring = Scoring.model_validate({"weights": {"toy": 0.25}})
judgement = judge(
    given.corpus, given.graph, given.circles, (), scoring=scoring, shortlist=ShortlistSection(),
    trusted_seeds=given.graph.people[:3], excluded=frozenset(), as_of=given.as_of,
)
rendered = render_report(replace(given, judgement=judgement), topic())
pages = {page.path: page.body for page in rendered.pages}
files = {file.path: file.content for file in rendered.files}
first = judgement.standings[0].person
print(json.dumps({
    "default": Weights().toy,
    "weight": [round(signal.weight, 9) for signal in judgement.standings[0].signals if signal.name == "toy"],
    "method": all(text in pages["method/index.html"] for text in ("The number of toys.", "Toy (2026)")),
    "profile": "how much they play" in pages[f"people/{first}.html"],
    "people.json": [path for path, content in files.items() if path.endswith("people.json") and b'"toy"' in bytes(content)],
}))
"""


@pytest.fixture
def package_with_toy(tmp_path):
    """A copy of the package with one module and one line more."""
    copy = tmp_path / "generator"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "signals" / "toy.py").write_text(TOY_MODULE)
    registry = copy / "signals" / "__init__.py"
    registry.write_text(registry.read_text().replace('    "brokerage",\n', '    "brokerage",\n    "toy",\n'))
    (tmp_path / "site_templates").symlink_to(REPOSITORY / "site_templates")
    return tmp_path


def test_a_new_signal_is_accepted_measured_and_shown(package_with_toy):
    """Its weight is a key of the topic file with default 0; judgements, profiles, method page and data show it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(package_with_toy), str(REPOSITORY)])}
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        env=environment,
        cwd=package_with_toy,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "default": 0.0,
        "weight": [0.2],
        "method": True,
        "profile": True,
        "people.json": ["data/people.json"],
    }


def test_every_module_of_the_package_is_registered():
    """A descriptor that is not registered is not measured; names are unique and default weights sum to 1."""
    modules = {path.stem for path in (PACKAGE / "signals").glob("*.py")} - {"__init__", "descriptor", "view"}
    assert modules == set(MODULES)
    assert [signal.name for signal in SIGNALS] == list(MODULES)
    assert sum(signal.default_weight for signal in SIGNALS) == pytest.approx(1)


def test_only_a_labelled_graph_can_be_scored():
    """The unlabelled graph is another type, functions have no default, and contact policies are required."""
    assert get_type_hints(judge)["graph"] is LabelledGraph
    assert not issubclass(CitationGraph, LabelledGraph)
    with pytest.raises(TypeError, match="function"):
        LabelledCitation("a", "b", "", "", "", None, None, "", 1.0, 1.0, in_window=True)
    with pytest.raises(TypeError, match="doors"):
        judge(None, None, None, scoring=None, shortlist=None, trusted_seeds=(), excluded=frozenset(), as_of=None)
