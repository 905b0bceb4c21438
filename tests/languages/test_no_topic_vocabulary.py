"""General rules hold no words of a topic: those of the demo and of Rust must come from their topic files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
# Everyday English by category, sport and landscape among it: these words select no site and no person.
FALSE_FRIENDS = frozenset({("patterns.yaml", "hut")})  # German praise: "Hut ab"
EVERYDAY = frozenset({"personality.yaml", "common_words.yaml"})
# Words of the two topics that their files do not list as keywords, or list in another form.
DISTINCTIVE = [
    "avalanches",
    "brewery",
    "climb",
    "climber",
    "climbs",
    "crates",
    "freeriding",
    "mountain",
    "mountaineer",
    "mountaineering",
    "mountains",
    "outfitters",
    "patrol",
    "patroller",
    "resort",
    "resorts",
    "ride",
    "rider",
    "riders",
    "rides",
    "riding",
    "rustacean",
    "rustup",
    "ski",
    "skier",
    "skiing",
    "skis",
    "snow",
    "snowboard",
    "snowboards",
    "splitboards",
]


def vocabulary() -> frozenset[str]:
    """Keywords of both topic files, lower case, and the list above."""
    topics = [
        yaml.safe_load((ROOT / name).read_text("utf-8")) for name in ("config/demo/topic.yaml", "config/rust.yaml")
    ]
    return frozenset([*DISTINCTIVE, *(word.casefold() for topic in topics for word in topic["topic"]["keywords"])])


def strings_of_yaml(path: Path) -> Iterator[str]:
    """Every key and value of a data file; comments do not count."""
    waiting = [yaml.safe_load(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += [*node, *node.values()]
        elif isinstance(node, list):
            waiting += node
        elif isinstance(node, str):
            yield node


def strings_of_python(path: Path) -> Iterator[str]:
    """Every string of a module but its docstrings, so that examples in prose are free."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            yield node.value


@pytest.mark.parametrize(
    "pattern",
    [
        "generator/corpus/*.py",
        "generator/languages/*/author_names.yaml",
        "generator/languages/*/organisations.yaml",
        "generator/languages/*/self_description.yaml",
        "generator/languages/*/*.yaml",
    ],
)
def test_general_rules_hold_no_words_of_a_topic(pattern: str) -> None:
    """No string of these files contains a word that belongs to the demo's topic or to Rust."""
    words = "|".join(re.escape(word) for word in sorted(vocabulary(), key=len, reverse=True))
    topical = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    files = sorted(path for path in ROOT.glob(pattern) if path.name not in EVERYDAY)
    assert files
    found = {
        (path.name, match[0].casefold())
        for path in files
        for text in (strings_of_yaml if path.suffix == ".yaml" else strings_of_python)(path)
        for match in topical.finditer(text)
    }
    assert found - FALSE_FRIENDS == set()
