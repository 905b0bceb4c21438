"""The workflows: pinned, without rights they do not need, without text from outside in a shell."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
NAMES = [path.stem for path in WORKFLOWS]


@pytest.fixture(params=WORKFLOWS, ids=NAMES)
def workflow(request):
    """One workflow, parsed; YAML 1.1 reads the key `on` as true."""
    parsed = yaml.safe_load(request.param.read_text())
    parsed["on"] = parsed.pop(True)
    return parsed


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_two():
    """Checks for every change, and the night."""
    assert NAMES == ["check", "nightly"]


def test_every_action_is_pinned_by_commit_with_its_version_beside_it():
    """A tag can be moved; a commit cannot."""
    uses = [line.strip() for path in WORKFLOWS for line in path.read_text().splitlines() if "uses:" in line]
    assert len(uses) >= 10
    assert [
        use for use in uses if not re.fullmatch(r"(- )?uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
    ] == []


def test_one_action_has_one_pin():
    """Two versions of one action are a slip of an update."""
    pins = re.findall(r"uses: (\S+)@([0-9a-f]{40})", "".join(path.read_text() for path in WORKFLOWS))
    assert len(set(pins)) == len({name for name, _ in pins})


def test_no_rights_by_default(workflow):
    """Each job names what it needs."""
    assert workflow["permissions"] == {}
    assert [name for name, job in workflow["jobs"].items() if not job.get("permissions")] == []


def test_only_these_jobs_may_write():
    """A right that appears here was thought about."""
    rights = {
        (path.stem, name, right)
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text())["jobs"].items()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert rights == {
        ("nightly", "deploy", "pages"),
        ("nightly", "deploy", "id-token"),
        ("nightly", "keep", "contents"),
        ("nightly", "tell", "issues"),
        ("nightly", "remind", "issues"),
    }


def test_no_expression_stands_in_a_shell(workflow):
    """What people outside can choose (branch names, titles, inputs) reaches scripts as environment only."""
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_checkouts_leave_no_token_behind(workflow):
    """Later steps cannot push by accident."""
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert [step for step in checkouts if step["with"].get("persist-credentials") is not False] == []


def test_every_job_ends(workflow):
    """A job that hangs costs six hours."""
    assert [name for name, job in workflow["jobs"].items() if not 0 < job.get("timeout-minutes", 0) <= 120] == []


def test_runs_do_not_overlap(workflow):
    """Two nights would write one state."""
    assert workflow["concurrency"]["group"]


def test_the_night_starts_at_an_odd_minute_or_by_hand():
    """Many schedules start on the hour."""
    nightly = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text())
    minute = nightly[True]["schedule"][0]["cron"].split()[0]
    assert int(minute) % 2 == 1
    assert "workflow_dispatch" in nightly[True]


def test_pull_requests_run_without_secrets():
    """`pull_request_target` and `workflow_run` would hand ours to theirs."""
    text = "".join(path.read_text() for path in WORKFLOWS)
    assert re.findall(r"pull_request_target|workflow_run|secrets\.", text) == []


@pytest.mark.parametrize("script", ["run", "nightly", "state", "tell", "idle"])
def test_scripts_stop_at_the_first_error(script):
    """And can be run."""
    path = ROOT / ".ci" / script
    assert path.stat().st_mode & 0o100
    assert "set -euo pipefail" in path.read_text()


def test_the_lock_names_no_index():
    """Where packages come from is the user's business; names, versions and hashes are ours."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    entry = re.compile(r"[a-z0-9][a-z0-9._-]*==[^ ]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*|")
    assert [line for line in lines if not entry.fullmatch(line)] == []
    assert "://" not in "".join(lines)


def test_the_action_is_pinned_and_keeps_expressions_out_of_shells():
    """What others build with is as careful as our own workflows, and reads every input it names."""
    text = (ROOT / "action.yml").read_text()
    action = yaml.safe_load(text)
    uses = [line.strip() for line in text.splitlines() if "uses:" in line and "/" in line]
    assert all(re.fullmatch(r"- uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in uses)
    assert [step["run"] for step in action["runs"]["steps"] if "${{" in step.get("run", "")] == []
    assert [name for name in action["inputs"] if f"inputs.{name} }}}}" not in text] == []


@pytest.fixture
def gh(tmp_path, monkeypatch):
    """A stand-in for GitHub's command: records its arguments and answers from a file."""
    stub = tmp_path / "gh"
    stub.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/said\ncase $1 in api) cat {tmp_path}/commit;; '
        f"issue) [ $2 != list ] || cat {tmp_path}/open;; esac\n"
    )
    stub.chmod(0o755)
    (tmp_path / "open").write_text("")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("GH_REPO", "somebody/something")
    return tmp_path


@pytest.mark.parametrize(
    ("committed", "warned"),
    [("2026-01-01T00:00:00Z", False), ("2025-12-12T00:00:00Z", True), ("2025-12-11T00:00:00Z", False)],
)
def test_an_idle_schedule_is_warned_of_before_it_is_disabled(gh, committed, warned):
    """From the 50th day without a commit on, every fifth day."""
    (gh / "commit").write_text(committed)
    subprocess.run([ROOT / ".ci/idle"], env=os.environ | {"TODAY": "2026-01-31"}, check=True, capture_output=True)
    assert ("issue create --title The nightly schedule" in (gh / "said").read_text()) is warned


@pytest.mark.parametrize(("number", "did"), [("", "issue create --title Night"), ("7\n", "issue comment 7 --body why")])
def test_one_trouble_is_one_issue(gh, number, did):
    """Opened where there is none, added to where there is."""
    (gh / "open").write_text(number)
    subprocess.run([ROOT / ".ci/tell", "Night", "why"], check=True, capture_output=True)
    assert did in (gh / "said").read_text()
