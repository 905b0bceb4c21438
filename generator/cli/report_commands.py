"""The commands that build and show reports: demo, build, crawl, explain, serve.

Each calls one function of the pipeline and prints its result.
"""

from __future__ import annotations

import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.arguments import (
    CORES,
    AsJson,
    AsOf,
    Debug,
    LoopbackPort,
    Minutes,
    Replay,
    State,
    TopicFile,
    Workers,
    build_date,
    bundled_dir,
    crawl_limits,
    ensure_writable,
    existing_state_dir,
    load_topic_argument,
)
from generator.cli.console import EventPrinter, console, print_json, strip_control_characters
from generator.cli.output import exit_code_for, print_build_summary, print_crawl_counts, print_planned_requests
from generator.cli.serve import site_folder, site_server
from generator.config import Topic, check_window, load_relationships, load_topic
from generator.errors import UsageError
from generator.records import Limits

DEMO_DAY = date(2026, 1, 31)


def demo(
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the report goes.")] = Path("build/demo"),
    state: Annotated[Path, typer.Option(metavar="DIR", help="The demo's memory.")] = Path("state/demo"),
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the report in a browser.")] = False,
    workers: Workers = CORES,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001 - read by entry_point.main
) -> None:
    """Build the bundled demo, offline, and open its report."""
    folder = bundled_dir("demo")
    topic = load_topic(folder / "topic.yaml")
    replay = (folder / "pages.warc.gz",)
    code = _build(topic, out=out, state=state, replay=replay, as_of=DEMO_DAY, workers=workers, as_json=as_json)
    if not no_open and not as_json and sys.stdout.isatty():
        webbrowser.open((out / "site" / "index.html").resolve().as_uri())
    raise typer.Exit(code)


def build(
    topic_file: TopicFile,
    *,
    replay: Replay = None,
    state: State = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the report goes. Default: build/TOPIC.", show_default=False),
    ] = None,
    as_of: AsOf = None,
    workers: Workers = CORES,
    minutes: Minutes = None,
    no_crawl: Annotated[
        bool, typer.Option("--no-crawl", help="Build from what the state folder holds; ask nobody for anything.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001 - read by entry_point.main
    loopback_port: LoopbackPort = None,
) -> None:
    """Crawl, score, render and zip: the whole report."""
    day = build_date(as_of)
    topic = load_topic_argument(topic_file, replay, as_of=day, live=not no_crawl)
    code = _build(
        topic,
        out=out or Path("build") / topic.slug,
        state=state or Path("state") / topic.slug,
        replay=tuple(replay or ()),
        as_of=day,
        workers=workers,
        as_json=as_json,
        offline=no_crawl,
        limits=crawl_limits(topic, minutes, loopback_port),
    )
    raise typer.Exit(code)


def crawl(
    topic_file: TopicFile,
    *,
    replay: Replay = None,
    state: State = None,
    as_of: AsOf = None,
    workers: Workers = CORES,
    minutes: Minutes = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be asked, as far as the state tells; ask nobody.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001 - read by entry_point.main
    loopback_port: LoopbackPort = None,
) -> None:
    """Only listen: fetch what is new into the state folder, build no report."""
    from generator import pipeline  # noqa: PLC0415 - imports Scrapy and the theme, which help and check do not need

    day = build_date(as_of)
    topic = load_topic_argument(topic_file, replay, as_of=day)
    folder = state or Path("state") / topic.slug
    if dry_run:
        if replay:
            raise UsageError("--dry-run lists what the web would be asked; with --replay it is not asked at all.")
        with EventPrinter(as_json=as_json):  # the spinner only; the list is the output
            wanted = pipeline.planned_requests(topic, state=folder, as_of=day, workers=workers, log_event=_ignore_event)
        print_planned_requests(wanted, topic, as_json=as_json)
        return
    with EventPrinter(as_json=as_json) as printer:
        counts = pipeline.crawl_only(
            topic,
            state=folder,
            replay=tuple(replay or ()),
            as_of=day,
            workers=workers,
            log_event=printer.log_event,
            limits=crawl_limits(topic, minutes, loopback_port),
        )
    print_crawl_counts(counts, as_json=as_json)


def explain(
    topic_file: TopicFile,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A name, an address, or a profile's file name.")],
    *,
    against: Annotated[
        str | None, typer.Option(metavar="OTHER", help="Compare with this person: why one stands above the other.")
    ] = None,
    replay: Replay = None,
    state: State = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001 - read by entry_point.main
) -> None:
    """Say where a person stands and why, signal by signal, with the evidence."""
    from generator import pipeline  # noqa: PLC0415 - as in crawl

    topic, day = load_topic(topic_file), build_date(as_of)
    check_window(topic_file, topic, day)
    with EventPrinter(as_json=as_json):  # the spinner only; the explanation is the output
        lines = pipeline.explain_rank(
            topic,
            person,
            against,
            state=existing_state_dir(state or Path("state") / topic.slug),
            replay=tuple(replay or ()),
            as_of=day,
            log_event=_ignore_event,
        )
    if as_json:
        print_json({"event": "explained", "person": person, "against": against, "lines": lines})
        return
    for line in lines:
        typer.echo(strip_control_characters(line))


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A build's folder.")] = Path("build/demo"),
    *,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes any free one.")] = 8000,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Show a built report in the browser, from this machine only; Ctrl-C ends it."""
    with site_server(site_folder(folder), port=port) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        console().print(f"{address} shows the report; Ctrl-C ends it")
        if not no_open and sys.stdout.isatty():
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _ignore_event(_event: str, /, **_fields: object) -> None:
    """Discard an event."""


def _build(
    topic: Topic,
    *,
    out: Path,
    state: Path,
    replay: tuple[Path, ...],
    as_of: date,
    workers: int,
    as_json: bool,
    offline: bool = False,
    limits: Limits | None = None,
) -> int:
    """Build a report, print its events and result, and return the exit code."""
    from generator import pipeline  # noqa: PLC0415 - as in crawl

    history = load_relationships(topic.relationships) if topic.relationships else ()
    with EventPrinter(as_json=as_json) as printer:
        result = pipeline.build_report(
            topic,
            out=ensure_writable(out),
            state=existing_state_dir(state) if offline else state,
            replay=replay,
            as_of=as_of,
            workers=workers,
            log_event=printer.log_event,
            history=history,
            offline=offline,
            limits=limits,
        )
    print_build_summary(result, as_json=as_json)
    return exit_code_for(result)
