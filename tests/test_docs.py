"""The documents match the program: every key, every command, and no broken link."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.cli.commands import app
from generator.config import KEYS_BEGIN, KEYS_END, load_topic, topic_schema, with_keys_table, with_sources_table
from generator.config.models import HistoryLine, Topic, Weights
from generator.errors import UsageError
from generator.signals import SIGNALS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md", "CHANGELOG.md", "config/README.md", "config/SOURCES.md", "generator/ARCHITECTURE.md", ".github/CONTRIBUTING.md",
    )
]  # fmt: skip
VERBS = [command.callback.__name__ for command in app.registered_commands]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb):
    """The README lists every command."""
    assert f"whomatters {verb}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("model", [Topic, HistoryLine])
def test_every_key_is_described(model):
    """The description feeds the schema and the table; it is a sentence."""
    bare = []

    def look(section, above):
        for name, field in section.model_fields.items():
            if not (field.description or "").rstrip().endswith((".", "email, call, meeting, comment, event.")):
                bare.append(above + name)
            for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
                if hasattr(inner, "model_fields"):
                    look(inner, f"{above}{name}.")

    look(model, "")
    assert bare == []


def test_the_schema_in_the_folder_is_fresh():
    """`make docs` updates it."""
    assert (ROOT / "config" / "topic.schema.json").read_text() == topic_schema()


def test_the_schema_refuses_unknown_keys_and_requires_three():
    """Editors underline what `check` would refuse."""
    schema = json.loads(topic_schema())
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["topic", "seeds"]
    assert schema["$defs"]["TopicSection"]["required"] == ["name", "keywords"]
    assert schema["$defs"]["Crawl"]["properties"]["hops"] == {
        "default": 2, "description": "Follow citations this many steps from the seeds.", "maximum": 5, "minimum": 0,
        "type": "integer",
    }  # fmt: skip


def test_the_table_of_keys_is_fresh():
    """`make docs` updates it."""
    text = (ROOT / "config" / "README.md").read_text()
    assert text == with_keys_table(text)
    assert "| `crawl.hops` | whole number, 0 to 5 | `2` | Follow citations this many steps from the seeds. |" in text


def test_the_table_needs_its_two_lines():
    """A README without the markers is not overwritten."""
    with pytest.raises(UsageError, match="has lost the lines"):
        with_keys_table(f"{KEYS_END}\n{KEYS_BEGIN}\n")


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "config").glob("*.yaml")), ROOT / "config" / "demo" / "topic.yaml"],
    ids=lambda path: path.parent.name + "/" + path.name,
)  # fmt: skip
def test_shipped_topics_check(path):
    """And tell editors where the schema is."""
    load_topic(path)
    assert "# yaml-language-server: $schema=" in path.read_text().splitlines()[0]


def test_the_topic_in_the_readme_checks(tmp_path):
    """The example that readers copy first is valid and has fifteen lines."""
    example = re.search(r"```yaml\n(topic:.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[1]
    (tmp_path / "t.yaml").write_text(example)
    load_topic(tmp_path / "t.yaml")
    assert len(example.splitlines()) == 15


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    """Every relative link leads to a file."""
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_named_in_documents_exist(path):
    """Recipes name real files; a made-up one is written in capitals."""
    named = re.findall(r"`((?:generator|tests|config|site_templates|\.ci|\.github)/[a-z0-9_./-]*)`", path.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_tests_named_in_documents_exist():
    """Invariants point at the test that keeps them."""
    named = re.findall(r"`(tests/[a-z0-9_/.]+)::(test_\w+)`", (ROOT / "generator" / "ARCHITECTURE.md").read_text())
    assert len(named) >= 12
    assert [(path, name) for path, name in named if f"def {name}(" not in (ROOT / path).read_text()] == []


def test_the_table_of_sources_is_fresh():
    """`make docs` changes nothing."""
    text = (ROOT / "config" / "SOURCES.md").read_text()
    assert with_sources_table(text) == text


def test_every_weight_is_a_signal():
    """A key that weighs nothing would be a promise nobody keeps."""
    assert list(Weights.model_fields) == [signal.name for signal in SIGNALS]


def test_every_dependency_is_accounted_for():
    """ARCHITECTURE lists each dependency with its reason and licence."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.match(r"[\w.-]+", entry)[0].lower() for entry in project["dependencies"]}
    text = (ROOT / "generator" / "ARCHITECTURE.md").read_text()
    borrowed = set(re.findall(r"^\| ([\w.-]+) \|", text.partition("## Borrowed")[2], re.MULTILINE)) - {"Library", "---"}
    assert borrowed == declared


def test_the_licence_is_the_whole_licence():
    """Apache-2.0, word for word."""
    import hashlib

    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
