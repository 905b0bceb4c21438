"""The pool of worker processes."""

import multiprocessing
import os
import resource
import signal
import sys
from multiprocessing import resource_tracker

import pytest

from generator.errors import ExtractionError
from generator.extract import Extractor
from generator.records import Extraction, Purpose, Refusal, RefusalReason
from tests.factories.extract import answer, article, page

# Many tags of many attributes each: seconds of a C parser that no Python code can interrupt.
BOMB = ("<p " + " ".join(f"a{n}=x" for n in range(6_000)) + ">") * 400


@pytest.fixture(scope="module")
def one():
    """A shared pool of one worker, which each test leaves usable."""
    with Extractor(workers=1, cpu_limit_s=1) as extractor:
        list(extractor.extract(snapshots(1)))
        yield extractor


def snapshots(count):
    return [answer(page(article(f"<p>Number {n}.</p>")), url=f"https://a.example/p/{n}") for n in range(count)]


def test_answers_come_in_input_order():
    """Each snapshot gives one result, in input order, whichever worker finishes first."""
    asked = [answer(page(article("<p>x</p>" * 3_000))), *snapshots(8)]
    with Extractor(workers=2) as extractor:
        answers = list(extractor.extract(iter(asked)))

    assert [snapshot for snapshot, _ in answers] == asked
    assert [said.posts[0].text[-9:] for _, said in answers[1:]] == [f"Number {n}." for n in range(8)]


def test_a_hostile_page_fails_alone(one):
    """A page that takes too long is refused as broken; its worker is replaced and the others are answered."""
    bomb = answer(BOMB, url="https://bad.example/", requested_url="https://bad.example/asked")
    answers = [said for _, said in one.extract([*snapshots(1), bomb, *snapshots(1)])]

    assert [type(said) for said in answers] == [Extraction, Refusal, Extraction]
    assert answers[1] == Refusal(
        "https://bad.example/asked", Purpose.POST, RefusalReason.BROKEN, "took too long or too much memory to read"
    )


def test_an_unreadable_answer_is_a_refusal(one):
    """An empty answer is refused with its reason, and the worker stays."""
    before = list(one._idle)
    ((snapshot, said),) = one.extract([answer(b"\0\0")])

    assert (said.reason, said.detail) == (RefusalReason.BROKEN, "https://a.example/p/slab: empty answer")
    assert (snapshot.body, one._idle) == (b"\0\0", before)


def test_a_dead_worker_is_replaced(one):
    """A worker that dies between two snapshots loses neither of them."""
    list(one.extract(snapshots(1)))
    (worker,) = one._idle
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.join()

    assert [type(said) for _, said in one.extract(snapshots(2))] == [Extraction, Extraction]


def test_snapshots_are_taken_as_needed(one):
    """No more than a handful of snapshots are taken in advance, and the iterator can be abandoned."""
    taken = []

    def source():
        for snapshot in snapshots(50):
            taken.append(snapshot)
            yield snapshot

    answers = one.extract(source())
    next(answers)
    assert len(taken) <= 4
    answers.close()

    assert len(list(one.extract(snapshots(2)))) == 2


def test_a_page_that_takes_too_much_memory_fails_alone(one):
    """A page that grows beyond 512 MB is refused as broken, and its worker is replaced."""
    (before,) = one._idle
    bomb = answer(b"<p>" * 6_000_000, url="https://bad.example/")
    answers = [said for _, said in one.extract([bomb, *snapshots(1)])]

    assert answers[0] == Refusal(
        "https://bad.example/", Purpose.POST, RefusalReason.BROKEN, "took too long or too much memory to read"
    )
    assert isinstance(answers[1], Extraction)
    assert one._idle != [before]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000  # kilobytes


def test_only_the_page_of_a_hanging_worker_is_refused():
    """A worker without a result within the silence limit is killed; its page is refused and the next one is read."""
    with Extractor(workers=1, silence_limit_s=5) as extractor:
        list(extractor.extract(snapshots(1)))
        (worker,) = extractor._idle
        extractor._silence_limit_s = 1
        os.kill(worker._process.pid, signal.SIGSTOP)
        answers = extractor.extract(snapshots(2))
        _, refused = next(answers)
        extractor._silence_limit_s = 120  # the next page is read at whatever speed this machine has
        _, read = next(answers)

    assert (refused.reason, refused.detail) == (RefusalReason.BROKEN, "hung while being read")
    assert isinstance(read, Extraction)


@pytest.mark.parametrize("executable", ["/bin/false", "/nowhere/python"], ids=["ends at once", "missing"])
@pytest.mark.parametrize("body", [b"<p>x", b"<p>x" * 1_000_000], ids=["small", "larger than a pipe holds"])
def test_workers_that_cannot_start_end_the_run(executable, body):
    """Where no worker can be started at all it is not the fault of a page: the run ends with an error."""
    resource_tracker.ensure_running()  # multiprocessing's own child would be started the same way
    spawn = multiprocessing.get_context("spawn")
    spawn.set_executable(executable)
    try:
        with Extractor(workers=2) as extractor, pytest.raises(ExtractionError, match="workers cannot start"):
            list(extractor.extract([answer(body), answer(body)]))
    finally:
        spawn.set_executable(sys.executable)
