"""The Typer application: its commands in the order of the help, and `--version`."""

from __future__ import annotations

from typing import Annotated

import typer

from generator import __version__
from generator.cli import note_command, report_commands, topic_commands

app = typer.Typer(
    name="whomatters",
    help="Who matters in a topic, and how to become someone they want to talk to.",
    epilog="Exit codes: 0 done, 1 failed, 2 usage or topic file wrong, 3 built but below a floor.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the value alone
    if asked:
        typer.echo(f"whomatters {__version__}")
        raise typer.Exit


@app.callback()
def _whomatters(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who matters in a topic, and how to become someone they want to talk to."""


for report_command in (
    report_commands.demo,
    report_commands.build,
    report_commands.crawl,
    report_commands.explain,
    report_commands.serve,
):
    app.command(rich_help_panel="Reports")(report_command)
for topic_command in (topic_commands.init, topic_commands.seeds, topic_commands.check, topic_commands.schema):
    app.command(rich_help_panel="Topic files")(topic_command)
app.command(rich_help_panel="Your own book")(note_command.note)
