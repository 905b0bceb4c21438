"""Names whose answers change between one question and the next, through the system's resolver and the real crawl."""

from __future__ import annotations

import json
import socket
from collections import Counter

import pytest

from generator.crawl import Crawler
from generator.records import FetchRequest, Purpose, Refusal, Url
from tests.proof.isolated import CANARIES, PORT, PUBLIC, play, stage, topic

pytestmark = pytest.mark.slow

INSIDE = [*CANARIES, "127.0.0.1", "::1"]
SITE, RESETS, HOPS, LEADS, ROBOTS, NOBODY = PUBLIC[:6]

# Name -> its answers, one a lookup, the last for ever; and what its home must come to ("": a page).
NAMES: dict[str, tuple[list[list[str]], str]] = {
    "stays.example": ([[SITE], ["127.0.0.1"]], ""),
    "both.example": ([["127.0.0.1", SITE, "169.254.169.254", "::1"]], ""),
    "inside.example": ([["127.0.0.1", "::1"]], "forbidden-address"),
    "metadata.example": ([["169.254.169.254", "::ffff:169.254.169.254"]], "forbidden-address"),
    "mapped.example": ([["::ffff:127.0.0.1"]], "forbidden-address"),
    # Spelled as a name, read as a number by the system: no name server is asked. A topic file does not take them.
    "0x7f.1": ([[]], "forbidden-address"),
    "0xa9.0xfea9fe": ([[]], "forbidden-address"),
    "nat64.example": ([["64:ff9b::7f00:1"]], "forbidden-address"),
    # The first lookup finds nothing, the one of the retry an address inside.
    "late.example": ([[], ["169.254.169.254"]], "forbidden-address"),
    # The connection is reset, and what is asked again goes where the first question went.
    "retry.example": ([[RESETS], ["127.0.0.1"]], "connection"),
    "nobody.example": ([["127.0.0.1", NOBODY, "10.0.0.1"]], "connection"),
    # With a dot at its end a name is the same, and asked for anew: a redirect to itself is a rebinding.
    "hop.example": ([[HOPS], ["::ffff:127.0.0.1"]], "forbidden-address"),
    "leads.example": ([[LEADS]], "forbidden-address"),
    "robots.example": ([[ROBOTS]], "forbidden-address"),
}
PLAN = {
    "names": {name: answers for name, (answers, _) in NAMES.items()},
    "blogs": [SITE],
    "faults": {
        RESETS: "reset",
        HOPS: f"to http://hop.example.:{PORT}/in",
        LEADS: f"to http://inside.example:{PORT}/",
        ROBOTS: f"robots to http://inside.example:{PORT}/robots.txt",
    },
    "canaries": ["127.0.0.1", "::1"],
}


def asked_twice(folder):
    """Every name in a first night, and again in a second one, when each gives the later answers."""
    with stage(folder, PLAN) as web:
        nights, found = [], {}
        wave = [FetchRequest(Url(f"http://{name}:{PORT}/"), Purpose.HOME) for name in NAMES]
        for _ in range(2):
            with Crawler(user_agent="x/1 (+https://agency.example/)", delay_s=0, timeout_s=5.0) as crawler:
                answers = {a.url.split("/")[2].partition(":")[0]: a for a in crawler.fetch(wave)}
            nights.append({n: a.reason.value if isinstance(a, Refusal) else "" for n, a in answers.items()})
            found.setdefault("details", {n: a.detail for n, a in answers.items() if isinstance(a, Refusal)})
        found |= {"nights": nights, "lookups": web.tell("stats")["lookups"], "canaries": web.tell("stats")["canaries"]}
        for address in INSIDE:
            for port in (80, 443, PORT):
                with socket.create_connection((address, port), timeout=5) as bird:
                    bird.recv(1)  # until it has taken note, and hung up
        return found | {"singing": web.tell("stats")["canaries"]}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    return play(asked_twice, tmp_path_factory.mktemp("names"), names=True)


def test_a_name_that_changes_its_mind_leads_nowhere_inside(nights):
    """Each name comes to its reason, and no canary on any forbidden address sang; all of them can."""
    assert nights["nights"][0] == {name: outcome for name, (_, outcome) in NAMES.items()}
    assert nights["canaries"] == []
    assert Counter(nights["singing"]) == {f"{address}:{port}": 1 for address in INSIDE for port in (80, 443, PORT)}
    words = "robots.txt of hop.example.: hop.example. leads to a private or reserved network"
    assert nights["details"]["hop.example"] == words


def test_within_a_run_the_first_answer_holds_and_the_next_run_asks_again(nights):
    """A page, its robots.txt and its retries share one lookup; the night after, the rebound name is refused."""
    assert nights["lookups"]["stays.example"] == 2
    assert nights["lookups"]["retry.example"] == 2
    rebound = {"stays.example", "retry.example", "hop.example", "late.example"}
    assert {name: nights["nights"][1][name] for name in rebound} == dict.fromkeys(rebound, "forbidden-address")
    assert nights["nights"][1]["both.example"] == ""


def counted(folder):
    """The same names as seeds of a whole run of the command, whose loopback stays shut."""
    with stage(folder, PLAN) as web:
        path = topic(folder, [f"http://{name}:{PORT}/" for name in NAMES if name[0] != "0"], hops=0)
        ran = web.run("crawl", str(path), "--state", str(folder / "state"), "--as-of", "2026-01-31", "--json")
        counts = [json.loads(line)["counts"] for line in ran.out.splitlines() if "counts" in line]
        return {"code": ran.code, "err": ran.err[-500:], "counts": counts, "canaries": web.tell("stats")["canaries"]}


def test_refusals_of_rebound_names_are_counted_under_their_reason(tmp_path):
    """A run of the command says how many addresses led inside, and goes on with the rest."""
    found = play(counted, tmp_path, names=True)

    assert (found["code"], found["canaries"]) == (0, [])
    refusals = found["counts"][0]["refusals"]
    assert (refusals["forbidden-address"], refusals["connection"]) == (8, 2)
