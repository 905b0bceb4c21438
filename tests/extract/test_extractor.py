"""The pool of killable workers."""

import os
import signal

import pytest
from extract_makers import answer, article, page

from generator.extract import Extractor
from generator.records import Extraction, Purpose, Refusal, RefusalReason

# Many tags of many attributes each: seconds of a C parser that no Python code can interrupt.
BOMB = ("<p " + " ".join(f"a{n}=x" for n in range(6_000)) + ">") * 400


def snapshots(count):
    return [answer(page(article(f"<p>Number {n}.</p>")), url=f"https://a.example/p/{n}") for n in range(count)]


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_input_order(workers):
    """Each snapshot is answered once, in the order they came."""
    asked = snapshots(9)
    with Extractor(workers=workers) as extractor:
        answers = list(extractor.extract(iter(asked)))

    assert [snapshot for snapshot, _ in answers] == asked
    assert [said.posts[0].text[-9:] for _, said in answers if isinstance(said, Extraction)] == [
        f"Number {n}." for n in range(9)
    ]


def test_a_hostile_page_costs_only_itself():
    """A page that takes too long is refused as broken; its worker is replaced and the others are answered."""
    asked = [*snapshots(2), answer(BOMB, url="https://bad.example/", asked="https://bad.example/asked"), *snapshots(2)]
    with Extractor(workers=1, cpu_limit_s=1) as extractor:
        answers = [said for _, said in extractor.extract(asked)]
        again = [said for _, said in extractor.extract(snapshots(1))]

    assert [type(said) for said in answers] == [Extraction, Extraction, Refusal, Extraction, Extraction]
    assert answers[2] == Refusal(
        "https://bad.example/asked", Purpose.POST, RefusalReason.BROKEN, "took too long or too much memory to read"
    )
    assert [type(said) for said in again] == [Extraction]


def test_what_cannot_be_read_is_a_refusal():
    """An answer with nothing in it is refused in words, without costing a worker."""
    with Extractor(workers=1) as extractor:
        ((snapshot, said),) = extractor.extract([answer(b"\0\0")])

    assert (said.reason, said.detail) == (RefusalReason.BROKEN, "https://a.example/p/slab: empty answer")
    assert snapshot.body == b"\0\0"


def test_a_killed_worker_is_replaced():
    """A worker that dies between two snapshots costs neither."""
    with Extractor(workers=1) as extractor:
        list(extractor.extract(snapshots(1)))
        (worker,) = extractor._idle
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.join()
        answers = list(extractor.extract(snapshots(2)))

    assert [type(said) for _, said in answers] == [Extraction, Extraction]


def test_snapshots_are_taken_as_needed():
    """No more than a handful of snapshots are taken ahead of what was asked for, and leaving half way is clean."""
    taken = []

    def source():
        for snapshot in snapshots(50):
            taken.append(snapshot)
            yield snapshot

    with Extractor(workers=1) as extractor:
        answers = extractor.extract(source())
        next(answers)
        assert len(taken) <= 4
        answers.close()
        assert len(list(extractor.extract(snapshots(2)))) == 2
