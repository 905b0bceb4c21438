"""Persistent state: kept between runs, and used to resume an interrupted one.               [door: disk]

Takes a run's snapshots, refusals, extractions, slugs and results; returns them in a later run, or in the same run
after it was killed. Drops only a truncated record at the end of an archive file, which no run has used.

The WARC files are authoritative for what was fetched; the DuckDB file is an index of them and holds everything else.
Where the two differ, the index is repaired from the archive. A database that cannot be read is set aside and rebuilt
from the archive and the backups of finished runs.

    STATE/lock                   held while a run is active
    STATE/archive/*.warc.gz      one file per run; identical payloads are stored once, repetitions as revisit records
    STATE/memory.duckdb          index, refusals, extractions, slugs, history
    STATE/left-out.json          salted hashes of people who opted out; nothing else about them stays in this folder
    STATE/runs/*.json            slugs and results of each finished run, so that report addresses survive the database
"""

from generator.workspace.dry_run_copy import copy_for_dry_run
from generator.workspace.workspace import Workspace

__all__ = ["Workspace", "copy_for_dry_run"]
