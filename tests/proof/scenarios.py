"""What is tried in the namespace: `python -m tests.proof.scenarios SCENE FOLDER` prints its figures as JSON."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the moments are the same in every run

from generator.crawl import Crawler
from generator.records import FetchRequest, Purpose, Snapshot, Url
from tests.proof import kills
from tests.proof.faults import KINDS
from tests.proof.isolated import ROOT, has_namespaces, stage, topic

HEALTHY, HOSTILE = 60, 60


def healthy_beside_hostile(folder: Path, healthy: int = HEALTHY, hostile: int = HOSTILE) -> dict:
    """One crawl of both; who is complete, who was refused for what, what it cost."""
    blogs = [f"127.0.1.{n}" for n in range(1, healthy + 1)]
    kinds = list(KINDS)
    faults = {f"127.0.2.{n}": kinds[(n - 1) % len(kinds)] for n in range(1, hostile + 1)}
    with stage(folder, {"blogs": blogs, "faults": faults}) as web:
        path = topic(folder, [web.url(host) for host in [*blogs, *faults]], max_minutes=10)
        ran = web.run(
            "build", str(path), "--state", str(folder / "state"), "--out", str(folder / "out"), "--as-of", "2026-01-31",
            "--loopback-port", str(web.port), "--workers", "2", "--json",
        )  # fmt: skip
        seen = web.tell("stats")
        port = web.port
    sites = {row["site"]: row for row in csv.DictReader((folder / "out/site/data/sites.csv").open(encoding="utf-8"))}
    counts = next(e["counts"] for e in map(json.loads, ran.out.splitlines()) if "counts" in e)
    at = {host: sites.get(f"http://{host}:{port}/", {}) for host in [*blogs, *faults]}
    return {
        "code": ran.code, "err": ran.err[-2_000:], "seconds": ran.seconds, "cpu_s": ran.cpu_s, "peak_mb": ran.peak_mb, "peak_each": ran.peak_each,
        "isolated": has_namespaces(), "canaries": seen["canaries"], "credentials": seen["credentials"],
        "healthy": {host: at[host] for host in blogs},
        "hostile": {host: {"kind": faults[host], "asked": len(seen["seen"].get(host, ())), **at[host]} for host in faults},
        "refusals": counts["refusals"], "requests": counts["requests"], "busiest": seen["busiest"],
    }  # fmt: skip


def _tree(folder: Path) -> dict[str, str]:
    """Digest of every file of a report."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def killed_at_random(folder: Path, seed: int = 5) -> dict:
    """Builds killed with -9 at random moments of every part and begun again; each against one that was left alone."""
    blogs = [f"127.0.1.{n}" for n in range(1, 13)]
    faults = {
        "127.0.2.1": "endless body",
        "127.0.2.2": "failing",
        "127.0.2.3": "robots says no",
        "127.0.2.4": "gzip bomb",
    }
    chance = Random(seed)
    wanted = [(part, n, times) for part, times in kills.KILLS.items() for n in range(times)]
    with stage(folder, {"blogs": blogs, "faults": faults, "latency_s": 0.01}) as web:
        path = topic(folder, [web.url(host) for host in [*blogs[:6], *faults]])

        def words(name: str) -> tuple[str, ...]:
            return ("build", str(path), "--state", str(folder / name / "state"), "--out", str(folder / name / "out"),
                    "--as-of", "2026-01-31", "--loopback-port", str(web.port), "--workers", "1")  # fmt: skip

        def asked() -> int:
            return sum(map(len, web.tell("stats")["seen"].values()))

        run = kills.watched(words("whole"))
        codes, whole = [run.end()], kills.measured(run, asked())
        expected = _tree(folder / "whole/out/site")
        differing, fell, too_late, haste = [], [], 0, 1.0
        while len(fell) < len(wanted) and too_late < kills.MOST_TOO_LATE:
            name, (part, n, times) = f"killed{len(fell)}-{too_late}", wanted[len(fell)]
            web.tell("reset")
            share = haste * (n + chance.random()) / times  # spread over the part
            kill = kills.killed_in(part, words(name), folder / name / "state", whole, asked, share)
            if kill is None:
                too_late, haste = too_late + 1, haste * kills.EARLIER
            else:
                haste = 1.0
                codes.append(web.run(*words(name)).code)
                found = _tree(folder / name / "out/site")
                differing += [f"{name}: {f}" for f in sorted({*expected, *found}) if expected.get(f) != found.get(f)]
                fell.append(kill)
            shutil.rmtree(folder / name)
    return {"undisturbed": asdict(whole), "kills": fell, "too_late": too_late,
            "by_part": dict(Counter(part for part, *_ in fell)), "codes": codes, "differing": differing[:20],
            "files": len(expected), "err": "".join(run.lines)[-500:]}  # fmt: skip


def second_night(folder: Path, hosts: int = 60, posts: int = 30) -> dict:
    """Two crawls of a web that did not change; how much the second asked and cost."""
    blogs = [f"127.0.1.{n}" for n in range(1, hosts + 1)]
    figures = {}
    with stage(folder, {"blogs": blogs, "posts": posts}) as web:
        path = topic(folder, [web.url(host) for host in blogs])
        for night, day in (("first", "2026-01-30"), ("second", "2026-01-31")):
            web.tell("reset")
            ran = web.run(
                "crawl", str(path), "--state", str(folder / "state"), "--as-of", day, "--loopback-port", str(web.port)
            )
            seen = web.tell("stats")["seen"]
            feeds = [status for asked in seen.values() for where, status in asked if where == "/feed.xml"]
            figures[night] = {
                "code": ran.code, "cpu_s": ran.cpu_s, "seconds": ran.seconds, "requests": sum(map(len, seen.values())),
                "feeds": len(feeds), "feeds_304": feeds.count(304), "err": ran.err[-300:], "out": ran.out[:200],
            }  # fmt: skip
    return figures


def throughput(folder: Path, hosts: int = 300, pages: int = 10, rounds: int = 3) -> dict:
    """The same pages asked by our crawl and by a bare Scrapy spider, in turns; requests a second of each."""
    blogs = [f"127.0.{1 + n // 200}.{1 + n % 200}" for n in range(hosts)]
    ours, bare, busiest = [], [], 0
    with stage(folder, {"blogs": blogs, "latency_s": 0.02, "posts": pages}) as web:
        urls = [web.url(host, f"/p{n}") for host in blogs for n in range(pages)]
        (folder / "urls.txt").write_text("\n".join(urls), "utf-8")
        for _ in range(rounds):
            web.tell("reset")
            with Crawler(
                user_agent="whomatters/0.1 (+https://agency.example/)", delay_s=0, loopback_port=web.port
            ) as crawler:
                wave = [FetchRequest(Url(url), Purpose.POST) for url in urls]
                began = time.monotonic()
                kept = sum(isinstance(answer, Snapshot) for answer in crawler.fetch(wave))
                took = time.monotonic() - began
            seen = web.tell("stats")
            busiest = max(busiest, *seen["busiest"].values())
            ours.append((kept, sum(map(len, seen["seen"].values())), took))
            web.tell("reset")
            done = subprocess.run([sys.executable, "-m", "tests.proof.bare_scrapy", str(folder / "urls.txt")], capture_output=True,
                                  text=True, check=True, cwd=ROOT)  # fmt: skip
            kept, took = json.loads(done.stdout)
            bare.append((kept, sum(map(len, web.tell("stats")["seen"].values())), took))

    def best(runs: list[tuple[int, int, float]]) -> float:
        return max(requests / took for _, requests, took in runs)

    return {"ours": ours, "bare": bare, "share": best(ours) / best(bare), "busiest": busiest, "asked": len(urls)}


SCENES = {s.__name__: s for s in (healthy_beside_hostile, killed_at_random, second_night, throughput)}

if __name__ == "__main__":
    print(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]), *map(int, sys.argv[3:]))))
