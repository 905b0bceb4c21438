"""The prose check finds mannered words and long sentences, and accepts plain text and quotations."""

from __future__ import annotations

import pytest

from tests.prose_check import MAX_SENTENCE_WORDS, check_source, main

LONG = " ".join(["word"] * (MAX_SENTENCE_WORDS + 1))


def findings(source: str) -> list[str]:
    return [finding.partition(": ")[0] for finding in check_source(source, "a.py")]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param('"""Return the site of somebody else."""', ["a.py:1"], id="module docstring"),
        pytest.param('def f():\n    """Whoever asks is told."""', ["a.py:2", "a.py:2"], id="two words"),
        pytest.param('LIMIT = 3\n"""It is no\nlimit."""', ["a.py:2"], id="across lines, after a constant"),
        pytest.param("x = 1\n# Nobody\n# reads this.", ["a.py:2"], id="comment"),
        pytest.param("x = 1  # were it 2", ["a.py:1"], id="comment at the end of a line"),
        pytest.param(f'"""{LONG}."""', ["a.py:1"], id="long sentence"),
        pytest.param(f'"""Sum.\n\nArgs:\n    x: {LONG}.\n"""', ["a.py:1"], id="long argument"),
    ],
)
def test_a_bad_docstring_or_comment_is_found(source, lines):
    """A finding names the file and the line."""
    assert findings(source) == lines


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('"""Return the owner\'s site, which is no longer online."""', id="is no longer"),
        pytest.param('"""The word “nobody”, `whom` and "told" are pronouns."""', id="quotations"),
        pytest.param('text = "nobody was told"', id="a string that is data"),
        pytest.param("x = 1  # noqa: E501 - nobody reads it", id="a directive"),
        pytest.param(f'"""{LONG[:100]}.\n\n- {LONG[:100]}\n- {LONG[:100]}\n"""', id="items are sentences"),
    ],
)
def test_plain_text_passes(source):
    """Quotations, directives and list items are not findings."""
    assert findings(source) == []


def test_the_command_prints_findings_and_fails(tmp_path, capsys):
    """Its exit code fails `make lint`."""
    (tmp_path / "bad.py").write_text('"""Somebody wrote this."""\n')
    assert main([str(tmp_path)]) == 1
    assert "bad.py:1: “Somebody” has a plainer word" in capsys.readouterr().out
    (tmp_path / "bad.py").write_text('"""Say what it returns."""\n')
    assert main([str(tmp_path)]) == 0
