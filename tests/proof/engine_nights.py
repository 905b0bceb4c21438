"""Two nights of the live crawl against WordPress, Ghost and Hugo: what it found, and what it asked."""

from __future__ import annotations

import csv
import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from generator.cli.output import BELOW_FLOOR
from tests.proof.counting_proxy import Asked, proxy
from tests.proof.engine_blogs import Blog, engine_blogs
from tests.proof.engine_servers import ENGINES
from tests.proof.isolated import PUBLIC, stage, topic

NIGHTS = {"first": "2025-02-01", "second": "2025-02-02"}
FIRST_PORT = 9_001
CRAWLER = "agency.example/crawler"  # in our User-Agent; WordPress and Ghost request pages of the others as well
FOLDED = str.maketrans({"’": "'", "“": '"', "”": '"'})  # the typography that engines add to titles


def two_nights(folder: Path) -> dict:
    """Per engine: posts with their mistakes, and requests of each night; `canaries`: addresses that nobody may ask.

    The blogs have ordinary names, which our own name server answers with numbers that are on the loopback interface,
    and port 80; so the crawl needs no exception.
    """
    blogs = engine_blogs()
    ports = {blog.host: port for port, blog in enumerate(blogs, FIRST_PORT)}
    figures: dict = {blog.engine: {"posts": len(blog.posts)} for blog in blogs}
    with ExitStack() as opened:
        web = opened.enter_context(stage(folder, {"names": {host: [[PUBLIC[0]]] for host in ports}}))
        passed = opened.enter_context(proxy(PUBLIC[0], ports))
        for blog in blogs:
            (folder / blog.engine).mkdir()
            opened.enter_context(ENGINES[blog.engine](folder / blog.engine, blog, ports[blog.host]))
        path = topic(folder, [blog.home for blog in blogs])
        for night, day in NIGHTS.items():
            passed.asked.clear()
            ran = web.run(
                "build", str(path), "--state", str(folder / "state"), "--out", str(folder / night), "--as-of", day,
                "--workers", "2",
            )  # fmt: skip
            if ran.code not in (0, BELOW_FLOOR):  # three blogs are too few for a ranking
                raise RuntimeError(f"the build of the {night} night ended with {ran.code}: {ran.err[-1_000:]}")
            for blog in blogs:
                asked = [one for one in passed.asked if one.host == blog.host and CRAWLER in one.client]
                figures[blog.engine][night] = _requests(asked) | _mistakes(folder / night / "site/data", blog)
        figures["canaries"] = web.tell("stats")["canaries"]
    return figures


def _requests(asked: list[Asked]) -> dict:
    again = [one for one in asked if one.revalidates]
    return {
        "requests": len(asked),
        "statuses": dict(sorted(Counter(str(one.status) for one in asked).items())),
        "revalidations": len(again),
        "not_modified": sum(one.status == 304 for one in again),
        "paths": [f"{one.status} {one.path}{' (revalidates)' if one.revalidates else ''}" for one in asked],
    }


def _mistakes(data: Path, blog: Blog) -> dict[str, list[str]]:
    """Posts that are missing, that are none, and that have another title, date or author."""
    people = {
        person["id"]: person["name"] for person in json.loads((data / "people.json").read_text("utf-8"))["people"]
    }
    with (data / "posts.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["url"].rstrip("/"): row for row in csv.DictReader(file) if row["url"].startswith(blog.home)}
    wrong: dict[str, list[str]] = {"missing": [], "title": [], "date": [], "author": []}
    for post in blog.posts:
        row = found.pop(post.url.rstrip("/"), None)
        if row is None:
            wrong["missing"].append(post.url)
            continue
        read = {
            "title": row["title"].translate(FOLDED),
            "date": row["date"][:10],
            "author": people.get(row["author"], ""),
        }
        wrong_keys = [key for key, value in read.items() if value != getattr(post, key)]
        for key in wrong_keys:
            wrong[key].append(f"{post.url}: {read[key]!r}")
    return wrong | {"false": sorted(found)}


def table(figures: dict) -> str:
    """The table of requests, a line per engine and night, and below it each mistake."""
    lines = [
        f"{'engine':<10} {'night':<7} {'posts':>5} {'requests':>8} {'a post':>6}   200   304   301   404 other  304 of revalidations"
    ]
    mistakes = []
    for engine, found in figures.items():
        for night in NIGHTS if isinstance(found, dict) else ():
            seen = found[night]
            each = {status: seen["statuses"].get(status, 0) for status in ("200", "304", "301", "404")}
            other = seen["requests"] - sum(each.values())
            cells = " ".join(f"{count:>5}" for count in (*each.values(), other))
            lines.append(
                f"{engine:<10} {night:<7} {found['posts']:>5} {seen['requests']:>8} {seen['requests'] / found['posts']:>6.2f} "
                f"{cells}  {seen['not_modified']} of {seen['revalidations']}"
            )
            mistakes += [
                f"{engine}, {night} night, {what}: {where}"
                for what in ("missing", "title", "date", "author", "false")
                for where in seen[what]
            ]
    return "\n".join([*lines, *mistakes])
