"""Parent and child: whichever end disappears, the other ends too, with words and without a hang."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.crawl import Crawler
from generator.errors import GeneratorError
from generator.records import FetchRequest, Purpose, Url

WAVE = [FetchRequest(Url(f"https://a.example/{n}"), Purpose.POST) for n in range(3)]

PARENT = """
import sys, time
from pathlib import Path
from generator.crawl import Crawler
with Crawler(user_agent="x/1", delay_s=0, replay=(Path(sys.argv[1]),)) as crawler:
    print(crawler._process.pid, flush=True)
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_that_dies_is_an_error_with_words(new_warc):
    """A killed crawler process ends the run with a message, at once."""
    path = new_warc().add("https://a.example/", b"x").write()
    with Crawler(user_agent="x/1", delay_s=0, replay=(path,)) as crawler:
        os.kill(crawler._process.pid, signal.SIGKILL)
        with pytest.raises(
            GeneratorError, match=r"crawler process ended .* \(exit code -9\)(.|\n)*run the same command"
        ):
            list(crawler.fetch(WAVE))


def test_ctrl_c_is_the_parents_to_answer(new_warc):
    """An interrupt that reaches the whole group leaves the child at work until the parent lets go."""
    path = new_warc().add("https://a.example/", b"x").write()
    with Crawler(user_agent="x/1", delay_s=0, replay=(path,)) as crawler:
        os.kill(crawler._process.pid, signal.SIGINT)

        assert len(list(crawler.fetch(WAVE))) == 3


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see whether a process is gone")
def test_a_killed_parent_takes_its_child_with_it(new_warc):
    """No crawler process is left behind, even by kill -9."""
    path = new_warc().add("https://a.example/", b"x").write()
    with subprocess.Popen([sys.executable, "-c", PARENT, str(path)], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not alive(child)


def test_closing_twice_and_asking_afterwards(new_warc):
    """A closed crawler says so; closing again does no harm."""
    crawler = Crawler(user_agent="x/1", delay_s=0)
    crawler.close()
    crawler.close()

    with pytest.raises(GeneratorError, match="outside its `with` block"):
        list(crawler.fetch(WAVE))
