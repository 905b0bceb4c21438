"""Seconds and peak memory per stage at three sizes, compared with a bare mkdocs build of as many pages.

    python -m tests.quality.bench [--people 40 80 160]

Each size runs in a separate process, so that peak memory is measured separately. Extraction workers are
reported in a column of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

STAGES = (
    "crawled",
    "graph_built",
    "communities_found",
    "contact_policies_read",
    "scored",
    "insights_built",
    "rendered",
    "published",
)
LARGE_PEOPLE, LARGE_POSTS = 400, 65_000  # size that scoring has to handle in 60 s and 1.5 GB


def _peak_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def bench_build(people: int, folder: Path) -> dict[str, object]:
    """One whole build of a simulated world."""
    from generator.config import load_topic
    from generator.pipeline import build_report
    from tests.quality.simulator import Settings, simulate
    from tests.quality.webpages import write_world

    written = write_world(simulate(Settings(people=people)), folder)
    stages: dict[str, tuple[float, float]] = {}

    def log_event(event: str, /, **fields: str | float) -> None:
        if "seconds" in fields:
            stages[event] = float(fields["seconds"]), float(fields["peak_mb"])

    done = build_report(load_topic(written.topic), out=folder / "out", state=folder / "state", replay=(written.warc,),
                 as_of=Settings().as_of, log_event=log_event)  # fmt: skip
    return {
        "people": done.counts.people, "posts": done.counts.posts, "stages": stages,
        "pages": sum(1 for _ in done.site.rglob("*.html")), "workers_mb": _peak_mb(resource.RUSAGE_CHILDREN),
    }  # fmt: skip


def bench_mkdocs(pages: int, folder: Path) -> dict[str, object]:
    """A bare mkdocs-material build of as many small pages."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    docs = folder / "docs"
    docs.mkdir(parents=True)
    for number in range(pages):
        name = "index.md" if number == 0 else f"page-{number}.md"
        (docs / name).write_text(f"# Page {number}\n\n" + "A plain paragraph of text.\n\n" * 20, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Bare\nuse_directory_urls: false\ntheme: {name: material, font: false}\n"
    )
    start = perf_counter()
    build(load_config(str(folder / "mkdocs.yml")))
    return {"seconds": perf_counter() - start, "peak_mb": _peak_mb(resource.RUSAGE_SELF)}


def bench_score(folder: Path) -> dict[str, object]:
    """Graph, circles, scores, intervals and short list for 400 people and 65,000 posts."""
    from generator.config import Scoring, ShortlistSection
    from generator.graph import build_graph, find_circles
    from generator.records import Url
    from generator.score import judge
    from tests.factories.graph import labelled
    from tests.quality.known_truth import perfect_corpus, person_id
    from tests.quality.simulator import Settings, seeds, simulate

    world = simulate(
        Settings(people=LARGE_PEOPLE, weeks=60)
    )  # the smallest world that has every role; copied until there are enough posts
    corpus = perfect_corpus(world)
    posts = list(corpus.posts)
    copy = 0
    while len(posts) < LARGE_POSTS:
        copy += 1
        posts += [
            replace(
                p, url=Url(f"{p.url}-{copy}"), published_at=p.published_at and p.published_at - timedelta(days=copy)
            )
            for p in corpus.posts
        ]
    corpus = replace(corpus, posts=tuple(posts[:LARGE_POSTS]))
    before, start = _peak_mb(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_SELF)
    graph = labelled(build_graph(corpus, half_life_days=182.0, as_of=world.settings.as_of))
    judge(corpus, graph, find_circles(graph, corpus), (), scoring=Scoring(), shortlist=ShortlistSection(),
          trusted_seeds=tuple(person_id(i) for i in seeds(world)), excluded=frozenset(),
          as_of=world.settings.as_of)  # fmt: skip
    end = resource.getrusage(resource.RUSAGE_SELF)
    cpu = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return {
        "cpu_s": cpu,
        "peak_mb": _peak_mb(resource.RUSAGE_SELF),
        "corpus_mb": before,
        "citations": len(graph.citations),
    }


def _apart(verb: str, size: int) -> dict[str, object]:
    """Run one measurement in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", verb, str(size)], check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--people", type=int, nargs=3, default=[40, 80, 160])
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "SIZE"), help="one measurement as JSON; used by this script")
    arguments = parser.parse_args()
    if arguments.one:
        what, size = arguments.one[0], int(arguments.one[1])
        with TemporaryDirectory(prefix="whomatters-bench-") as folder:
            runs = {"build": lambda: bench_build(size, Path(folder)), "mkdocs": lambda: bench_mkdocs(size, Path(folder)),
                    "score": lambda: bench_score(Path(folder))}  # fmt: skip
            print(json.dumps(runs[what]()))
        return
    for people in arguments.people:
        built = _apart("build", people)
        bare = _apart("mkdocs", int(str(built["pages"])))
        print(f"{people} simulated: {built['people']} people, {built['posts']} posts, {built['pages']} pages")
        stages = built["stages"]
        assert isinstance(stages, dict)
        for stage in STAGES:
            seconds, peak = stages[stage]
            print(f"  {stage:<12} {seconds:7.1f} s  {peak:6.0f} MB so far")
        print(f"  {'(workers)':<12} {'':7}    {float(str(built['workers_mb'])):6.0f} MB at most each")
        print(f"  {'bare mkdocs':<12} {float(str(bare['seconds'])):7.1f} s  {float(str(bare['peak_mb'])):6.0f} MB")
    large = _apart("score", 0)
    print(f"{LARGE_PEOPLE} people, {LARGE_POSTS} posts, {large['citations']} citations: graph, circles, scores and short "
          f"list {float(str(large['cpu_s'])):.1f} s CPU, {float(str(large['peak_mb'])):.0f} MB "
          f"({float(str(large['corpus_mb'])):.0f} MB of it the posts)")  # fmt: skip


if __name__ == "__main__":
    main()
