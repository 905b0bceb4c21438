"""The commands about topic files: init, seeds, check, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.arguments import (
    CORES,
    AsJson,
    AsOf,
    Debug,
    Replay,
    Workers,
    archive_paths,
    build_date,
    pluralise,
    split_commas,
)
from generator.cli.console import EventPrinter, strip_control_characters
from generator.cli.output import print_seed_proposals
from generator.config import (
    load_relationships,
    load_topic,
    reachable_path,
    starter_topic,
    topic_schema,
    with_keys_table,
    with_sources_table,
)
from generator.errors import TopicError, UsageError


def init(
    path: Annotated[Path, typer.Argument(metavar="TOPIC", help="The file to write.")] = Path("topic.yaml"),
    *,
    name: Annotated[str | None, typer.Option(help="What the topic is called.", show_default=False)] = None,
    seed: Annotated[
        list[str] | None, typer.Option(help="An address or source:query to start from; repeatable.", show_default=False)
    ] = None,
    keyword: Annotated[
        list[str] | None, typer.Option(help="A word of the topic; repeatable.", show_default=False)
    ] = None,
) -> None:
    """Write a topic file to start from; asks for what is not given."""
    if path.exists():
        raise UsageError(f"{path}: exists already and is left as it is; choose another name.")
    asking = sys.stdin.isatty() and sys.stdout.isatty()
    if name is None:
        name = typer.prompt("What is the topic called") if asking else path.stem.replace("-", " ").capitalize()
    keywords = keyword or (split_commas(typer.prompt("Words people use, with commas", default=name)) if asking else [])
    seeds = seed or (typer.prompt("Blogs, feeds or hn:words to start from, with blanks").split() if asking else [])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(starter_topic(name, seeds=seeds, keywords=keywords), encoding="utf-8")
    schema_file = path.parent / "topic.schema.json"
    if not schema_file.exists():
        schema_file.write_text(topic_schema(), encoding="utf-8")
    typer.echo(f"{path}: written. " + ("" if seeds else "Put in a seed or two, then: ") + f"whomatters check {path}")


def seeds(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The topic, as a person would say it.")],
    *,
    ask: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE:QUERY",
            help="Ask this source, instead of the usual ones; repeatable. See config/SOURCES.md.",
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        str, typer.Option(help="A page or e-mail address of yours for who is asked; needed live.", show_default=False)
    ] = "",
    most: Annotated[int, typer.Option(min=1, max=500, help="Proposals at most.")] = 20,
    replay: Replay = None,
    as_of: AsOf = None,
    workers: Workers = CORES,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001 - read by entry_point.main
) -> None:
    """Propose seeds for a topic from public sources, with why, as lines to paste; writes into no file."""
    from generator import pipeline  # noqa: PLC0415 - imports Scrapy, which help and check do not need

    if not replay and not reachable_path(contact):
        raise UsageError(
            "--contact: is missing or no address: whoever is asked must be able to turn to you. Give a web page or an "
            "e-mail address of yours, or answer from an archive with --replay."
        )
    with EventPrinter(as_json=as_json) as printer:
        proposed = pipeline.propose_seeds(
            words,
            questions=tuple(ask or ()),
            contact=contact,
            replay=archive_paths(replay),
            as_of=build_date(as_of),
            workers=workers,
            most=most,
            log_event=printer.log_event,
        )
    print_seed_proposals(words, proposed, as_json=as_json)


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="TOPIC...", help="Topic files to look through.", show_default=False)
    ],
) -> None:
    """Look through topic files: every problem at once, with line and column."""
    problems = []
    for path in files:
        try:
            topic = load_topic(path)
            history = load_relationships(topic.relationships) if topic.relationships else ()
        except TopicError as error:
            problems.append(str(error))
            continue
        entries = f"; {len(history)} lines of history" if history else ""
        live = "" if topic.crawl.contact else "; for live crawls, crawl.contact is still to be filled in"
        typer.echo(
            f"{path}: fine: {strip_control_characters(topic.topic.name)}, "
            f"{pluralise(len(topic.seeds), 'seed')}{entries}{live}"
        )
    if problems:
        raise TopicError("\n".join(problems))


def schema(
    *,
    write: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write topic.schema.json into DIR and refresh the tables in README.md and SOURCES.md."
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of topic files, for completion in editors."""
    if write is None:
        typer.echo(topic_schema(), nl=False)
        return
    if not write.is_dir():
        raise UsageError(f"{write}: is not a folder.")
    (write / "topic.schema.json").write_text(topic_schema(), encoding="utf-8")
    for document, renew in ((write / "README.md", with_keys_table), (write / "SOURCES.md", with_sources_table)):
        if document.is_file():
            document.write_text(renew(document.read_text(encoding="utf-8")), encoding="utf-8")
    typer.echo(f"{write}: schema and table of keys written")
