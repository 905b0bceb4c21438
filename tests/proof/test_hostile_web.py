"""The same web, small: what `make test` has time for."""

from __future__ import annotations

import json
import signal
import time

import pytest

from generator.crawl import Crawler
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, Snapshot, Url
from tests.proof.faults import KINDS
from tests.proof.fuzz import fuzz
from tests.proof.isolated import play, stage, topic

pytestmark = pytest.mark.slow


def one_of_each(folder):
    """One host for each way to misbehave, asked for its home with eight seconds of patience."""
    faults = {f"127.0.2.{n}": kind for n, kind in enumerate(KINDS, start=1)}
    with (
        stage(folder, {"faults": faults}) as web,
        Crawler(
            user_agent="x/1 (+https://agency.example/)", delay_s=0, loopback_port=web.port, timeout_s=8.0
        ) as crawler,
    ):
        wave = [FetchRequest(Url(web.url(host)), Purpose.HOME) for host in faults]
        reasons = {}
        for answer in crawler.fetch(wave):
            host = answer.url.split("/")[2].partition(":")[0]
            reasons[faults[host]] = answer.reason.value if isinstance(answer, Refusal) else ""
        seen = web.tell("stats")
    return {
        "reasons": reasons,
        "canaries": seen["canaries"],
        "credentials": seen["credentials"],
        "busiest": seen["busiest"],
    }


def test_each_fault_has_its_reason_and_nothing_inside_is_asked(tmp_path):
    """Fifty ways to misbehave, fifty answers; no canary sang, no credentials went out, one connection a host."""
    found = play(one_of_each, tmp_path)

    assert [(kind, said) for kind, said in found["reasons"].items() if said not in KINDS[kind][1]] == []
    assert found["reasons"].keys() == KINDS.keys()
    assert (found["canaries"], found["credentials"]) == ([], 0)
    assert max(found["busiest"].values()) == 1


def let_be(folder):
    """Twelve addresses each of hosts that say no or fail; how often they were asked."""
    faults = {
        "127.0.2.1": "forbidding",
        "127.0.2.2": "limited",
        "127.0.2.3": "peace",
        "127.0.2.4": "reset",
        "127.0.2.5": "failing",
    }
    with (
        stage(folder, {"faults": faults}) as web,
        Crawler(user_agent="x/1", delay_s=0, loopback_port=web.port, timeout_s=8.0) as crawler,
    ):
        wave = [FetchRequest(Url(web.url(host, f"/{n}")), Purpose.POST) for host in faults for n in range(12)]
        reasons = [(answer.url, answer.reason.value) for answer in crawler.fetch(wave)]
        seen = web.tell("stats")["seen"]
    asked = {faults[host]: sum(path != "/robots.txt" for path, _ in requests) for host, requests in seen.items()}
    return {"asked": asked, "reasons": sorted({reason for _, reason in reasons}), "answers": len(reasons)}


def test_a_host_that_says_no_or_fails_is_let_be(tmp_path):
    """Three noes in a row, six failures in a row, or one wish for peace: the rest of its addresses stay unasked."""
    found = play(let_be, tmp_path)

    assert found["answers"] == 60
    assert found["asked"]["forbidding"] == 3
    assert found["asked"]["limited"] == 3
    assert found["asked"]["peace"] == 1
    assert found["asked"]["reset"] == 6
    assert found["asked"]["failing"] == 6
    assert "site-said-no" in found["reasons"]


def short_night(folder):
    """A run whose time is up at once in its second night, and one that is interrupted."""
    blogs = [f"127.0.1.{n}" for n in range(1, 9)]
    with stage(folder, {"blogs": blogs, "faults": {"127.0.2.1": "slow body"}}) as web:
        path = topic(folder, [web.url(host) for host in blogs])

        def words(day):
            return (
                "--state",
                str(folder / "state"),
                "--as-of",
                day,
                "--loopback-port",
                str(web.port),
                "--workers",
                "1",
            )

        first = web.run("crawl", str(path), *words("2026-01-30"), "--json")
        web.tell("reset")
        second = web.run(
            "build", str(path), *words("2026-01-31"), "--minutes", "0", "--out", str(folder / "out"), "--json"
        )
        asked = sum(map(len, web.tell("stats")["seen"].values()))
        listed = web.run("crawl", str(path), *words("2026-02-01"), "--dry-run", "--json")
        asked_by_list = sum(map(len, web.tell("stats")["seen"].values())) - asked
        slow = topic(folder, [web.url("127.0.2.1")])
        process = web.start("crawl", str(slow), "--state", str(folder / "other"), "--loopback-port", str(web.port))
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    counts = [
        json.loads(line)["counts"] for ran in (first, second) for line in ran.out.splitlines() if "counts" in line
    ]
    would = [json.loads(line) for line in listed.out.splitlines()]
    return {
        "codes": [first.code, second.code, listed.code, process.returncode], "posts": [c["posts"] for c in counts],
        "asked": asked, "asked_by_list": asked_by_list, "refusals": counts[1]["refusals"], "err": err,
        "would": sorted({line["purpose"] for line in would}), "known": sum(line["known"] for line in would),
    }  # fmt: skip


def test_short_of_time_it_publishes_what_it_has(tmp_path):
    """No minute left: nobody is asked, the report shows what the archive holds; a dry run asks nobody; Ctrl-C is 130."""
    found = play(short_night, tmp_path)

    assert found["codes"] == [0, 0, 0, 130]
    assert found["posts"] == [48, 48]
    assert (found["asked"], found["asked_by_list"]) == (0, 0)
    assert {"feed", "seed", "robots"} <= set(found["would"])
    assert found["known"] >= 16  # eight homes and eight feeds are asked for only if changed
    assert "kept" in found["err"]


def flapping_etags(folder):
    """Two nights of blogs that give every answer a new ETag though nothing changes."""
    blogs = [f"127.0.1.{n}" for n in range(1, 7)]
    nights = []
    with stage(folder, {"blogs": blogs, "flapping": blogs}) as web:
        path = topic(folder, [web.url(host) for host in blogs])
        for day in ("2026-01-30", "2026-01-31"):
            asked = web.tell("stats")["seen"]
            before = {host: len(requests) for host, requests in asked.items()}
            ran = web.run("crawl", str(path), "--state", str(folder / "state"), "--as-of", day,
                          "--loopback-port", str(web.port), "--workers", "1", "--json")  # fmt: skip
            seen = {host: requests[before.get(host, 0) :] for host, requests in web.tell("stats")["seen"].items()}
            statuses = [status for requests in seen.values() for path_, status in requests if path_ == "/feed.xml"]
            counts = next(e["counts"] for e in map(json.loads, ran.out.splitlines()) if "counts" in e)
            size = sum(file.stat().st_size for file in (folder / "state/archive").iterdir())
            nights.append({"code": ran.code, "feeds": statuses, "posts": counts["posts"], "bytes": size})
    return {"nights": nights}


def test_etags_that_change_without_a_change_cost_an_answer_and_nothing_else(tmp_path):
    """Asked again, answered in full, known by its bytes: no post twice, and no body archived again."""
    first, second = play(flapping_etags, tmp_path)["nights"]

    assert [first["code"], second["code"]] == [0, 0]
    assert (first["feeds"], second["feeds"]) == ([200] * 6, [200] * 6)
    assert first["posts"] == second["posts"] == 36
    assert second["bytes"] < 1.25 * first["bytes"]


def test_a_few_broken_documents_crash_nothing():
    """The first 150 of the long run."""
    found = fuzz(30.0, seed=1, most=150)

    assert found["killed"] == []
    assert found["read"] > 20


def test_answers_when_the_time_is_up_are_refusals(new_crawler_time):
    """Every request gets its answer, also those that were under way."""
    assert new_crawler_time == ["budget", "budget"]


@pytest.fixture
def new_crawler_time():
    with Crawler(user_agent="x/1", delay_s=0, loopback_port=9, budget_s=0.0) as crawler:
        wave = [FetchRequest(Url(f"http://127.0.0.1:9/{n}"), Purpose.POST) for n in range(2)]
        return [
            a.reason.value
            for a in crawler.fetch(wave)
            if not isinstance(a, Snapshot) and a.reason is RefusalReason.BUDGET
        ]
