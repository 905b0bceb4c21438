"""Killing a run in every part of it: when, told by the run's own events, and whether it really was under way."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.isolated import ROOT

# The event with which each part of a run begins ("" its start), in order; it lasts until the next one.
PARTS = {"crawling": "", "scoring": "crawled", "rendering": "insights_built", "publishing": "rendered"}
KILLS = {"crawling": 8, "scoring": 4, "rendering": 4, "publishing": 4}  # twenty
LOOK_EVERY_S = 0.02
MOST_TOO_LATE = 20  # moments drawn anew, each earlier: a run may be faster than the one that was measured
EARLIER = 0.7


@dataclass
class Watched:
    """A build in a process group of its own, and when it said what (seconds since its start)."""

    process: subprocess.Popen[str]
    began: float
    said: dict[str, float] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)
    reader: threading.Thread | None = None

    def _read(self) -> None:
        for line in self.process.stderr:
            with self.news:
                self.said.setdefault(line.split(" ")[0].strip(), time.monotonic() - self.began)
                self.lines.append(line)
                self.news.notify_all()
        with self.news:
            self.said["ended"] = time.monotonic() - self.began
            self.news.notify_all()

    def wait_for(self, event: str) -> None:
        """Until it has said this, or has ended."""
        with self.news:
            self.news.wait_for(lambda: not event or event in self.said or "ended" in self.said, timeout=600)

    def end(self) -> int:
        """Its exit code, once nothing of it is left to be heard."""
        self.reader.join(timeout=600)
        code = self.process.wait(timeout=60)
        self.process.stderr.close()
        return code

    def kill(self) -> int:
        """SIGKILL to it and all its processes; how it ended."""
        with contextlib.suppress(ProcessLookupError):  # it has ended and is gone
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.end()

    def part(self) -> str:
        """Which part it is in, by the last thing it said."""
        return [part for part, event in PARTS.items() if not event or event in self.said][-1]


def watched(words: tuple[str, ...]) -> Watched:
    """The command, begun and listened to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    run = Watched(process, time.monotonic())
    run.reader = threading.Thread(target=run._read, daemon=True)
    run.reader.start()
    return run


@dataclass(frozen=True)
class Whole:
    """A run that was left alone: how long each part took, and how many requests it made."""

    took_s: dict[str, float]
    asked: int


def measured(run: Watched, asked: int) -> Whole:
    """What an ended run tells of its parts."""
    begins = [run.said.get(event, 0.0) for event in PARTS.values()]
    ends = [*begins[1:], run.said["published"]]
    return Whole({part: end - begin for part, begin, end in zip(PARTS, begins, ends, strict=True)}, asked)


def killed_in(
    part: str, words: tuple[str, ...], state: Path, whole: Whole, asked: Callable[[], int], share: float
) -> tuple[str, float, int] | None:
    """One run, killed when a share of this part is done.

    Args:
        part: where to kill; while it listens the moment is told by how much it has asked, afterwards by time.
        words: the command.
        state: its state folder.
        whole: the same command, left alone.
        asked: how many requests have reached the server.
        share: how far into the part, 0–1.

    Returns:
        The part it had come to, how many seconds it had run, and how much it had asked; None: it had ended, or its
        verdict was kept already.
    """
    run = watched(words)
    if part == "crawling":
        while "ended" not in run.said and asked() < share * whole.asked:
            time.sleep(LOOK_EVERY_S)
    else:
        run.wait_for(PARTS[part])
        time.sleep(whole.took_s[part] * share)
    code = run.kill()
    if code != -signal.SIGKILL or list((state / "runs").glob("*.json")):
        return None
    return run.part(), round(run.said["ended"], 2), asked()
