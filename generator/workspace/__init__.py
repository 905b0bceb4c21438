"""What a run leaves for the next one: the archive, the journal, and what was learned.         [door: disk]

Takes the run's snapshots, refusals, extractions, slugs and verdict; returns them in a later run, or in this one
after it was killed. Drops nothing but a torn record at the very end of an archive file, which no run has used.

The WARC files are the truth about what was fetched; the DuckDB file is an index of them and a memory beside it.
Where the two differ, the archive wins and the index is mended; where the database is broken it is set aside
and written anew from the archive and the keepsakes of finished runs.

    STATE/lock                   held while a run is at work
    STATE/archive/*.warc.gz      one file a run; identical payloads are stored once, later ones as revisit records
    STATE/memory.duckdb          index, refusals, extractions, slugs, history
    STATE/left-out.json          salted hashes of whoever is left out; nothing else of them stays in this folder
    STATE/keepsakes/*.json       slugs and verdict of each finished run, so that losing the database loses no address
"""

from generator.workspace.dry_run_copy import copy_for_dry_run
from generator.workspace.workspace import Workspace

__all__ = ["Workspace", "copy_for_dry_run"]
