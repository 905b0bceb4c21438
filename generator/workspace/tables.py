"""Tables of the DuckDB file. Rows in, rows out.

Writes are collected and written together (`flush`), because DuckDB is slow with single rows. Rows that are lost with a
killed process are rebuilt from the archive or fetched again. Ctrl-C is deferred during queries: DuckDB would turn it
into an error of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from generator.errors import WorkspaceError
from generator.interrupts import defer_interrupts

VERSION = 1
CONFIG: dict[str, Any] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",  # a database must not use the network
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns with types. The first column is the key; a later row replaces an earlier one."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def definition(self) -> str:
        """The statement that creates the table."""
        first, *rest = (f"{name} {kind}" for name, kind in self.columns)
        return f"CREATE TABLE {self.name} ({', '.join([f'{first} PRIMARY KEY', *rest])})"

    @property
    def insertion(self) -> str:
        """The statement that inserts rows, given as one list per column."""
        lists = ", ".join(f"unnest(?::{kind}[])" for _, kind in self.columns)
        return f"INSERT OR REPLACE INTO {self.name} SELECT {lists}"

    def selection(self, what: str = "*", where: str = "true") -> str:
        """The statement that reads rows in order of key.

        Args:
            what: columns of this table.
            where: a condition; values in it are bound to question marks.
        """
        # S608: every part is a constant of this file; names cannot be bound like values.
        return f"SELECT {what} FROM {self.name} WHERE {where} ORDER BY {self.key}"  # noqa: S608

    @property
    def removal(self) -> str:
        """The statement that removes the rows of a list of keys."""
        return f"DELETE FROM {self.name} WHERE {self.key} IN (SELECT unnest(?::VARCHAR[]))"  # noqa: S608 - as above

    @property
    def key(self) -> str:
        """The name of the first column."""
        return self.columns[0][0]


META = Table("meta", (("name", "VARCHAR"), ("value", "VARCHAR")))
FILES = Table("files", (("name", "VARCHAR"), ("size", "BIGINT")))
PAYLOADS = Table("payloads", (("digest", "VARCHAR"), ("file", "VARCHAR"), ("position", "BIGINT"), ("length", "BIGINT")))
PAGES = Table("pages", (("url", "VARCHAR"), ("run", "INTEGER"), ("snapshot", "VARCHAR")))
REFUSALS = Table("refusals", (("url", "VARCHAR"), ("run", "INTEGER"), ("refusal", "VARCHAR")))
EXTRACTIONS = Table("extractions", (("key", "VARCHAR"), ("body", "BLOB")))
SLUGS = Table("slugs", (("key", "VARCHAR"), ("slug", "VARCHAR")))
RUNS = Table("runs", (("as_of", "VARCHAR"), ("number", "INTEGER"), ("body", "VARCHAR")))
VERSIONS = Table("versions", (("key", "VARCHAR"), ("url", "VARCHAR"), ("snapshot", "VARCHAR")))
FAILING_HOSTS = Table("troubles", (("host", "VARCHAR"), ("trouble", "VARCHAR")))
ADDED = (VERSIONS, FAILING_HOSTS)  # added after format 1: older files get them when opened, older programs ignore them
TABLES = (META, FILES, PAYLOADS, PAGES, REFUSALS, EXTRACTIONS, SLUGS, RUNS, *ADDED)


class Tables:
    """An open database; rows put in are visible to readers after `flush`."""

    def __init__(self, path: Path) -> None:
        """Open or create the file.

        Raises:
            duckdb.Error: the file is damaged, not a database, or locked.
            LookupError: it is a database that this version cannot read.
        """
        self._path = path
        fresh = not path.exists()
        self._pending: dict[str, dict[Any, tuple[Any, ...]]] = {table.name: {} for table in TABLES}
        with defer_interrupts():
            self._connection = duckdb.connect(str(path), config=CONFIG)
            try:
                if fresh:
                    self._create()
                self._check()
            except BaseException:
                self._connection.close()
                raise

    def put(self, table: Table, row: Sequence[Any]) -> None:
        """Add a row, or replace the one with its key."""
        self._pending[table.name][row[0]] = tuple(row)

    def pending(self, table: Table, key: str) -> tuple[Any, ...] | None:
        """A row that is not flushed yet."""
        return self._pending[table.name].get(key)

    @property
    def waiting(self) -> int:
        """Rows not yet flushed."""
        return sum(len(rows) for rows in self._pending.values())

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """All rows, in order of key."""
        self.flush()
        return self._query(table.selection())

    def row_numbers(self, table: Table) -> dict[str, int]:
        """The row number of each key, for `block`."""
        self.flush()
        return dict(self._query(table.selection(f"{table.key}, rowid")))

    def block(self, table: Table, start: int, rows: int) -> list[tuple[Any, ...]]:
        """Consecutive rows from a row number on."""
        return self._query(table.selection(where="rowid BETWEEN ? AND ?"), [start, start + rows - 1])

    def row(self, table: Table, key: str) -> tuple[Any, ...] | None:
        """The row with a key."""
        if (waiting := self.pending(table, key)) is not None:
            return waiting
        return next(iter(self._query(table.selection(where=f"{table.key} = ?"), [key])), None)

    def remove(self, table: Table, keys: Iterable[str]) -> None:
        """Remove rows by key."""
        gone = sorted(keys)
        for key in gone:
            self._pending[table.name].pop(key, None)
        if gone:
            self._guarded([(table.removal, [gone])])

    def flush(self) -> None:
        """Write all pending rows in one transaction.

        Raises:
            WorkspaceError: the disk is full or the file cannot be written.
        """
        statements = [
            (table.insertion, [list(column) for column in zip(*rows.values(), strict=True)])
            for table in TABLES
            if (rows := self._pending[table.name])
        ]
        if statements:
            self._guarded(statements)
            for waiting in self._pending.values():
                waiting.clear()

    def close(self) -> None:
        """Close without flushing; safe to call twice."""
        self._connection.close()

    def _query(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with defer_interrupts():
            return self._connection.execute(query, list(values)).fetchall()

    def _guarded(self, statements: list[tuple[str, list[Any]]]) -> None:
        try:
            with defer_interrupts():
                self._connection.execute("BEGIN")
                for query, lists in statements:
                    self._connection.execute(query, lists)
                self._connection.execute("COMMIT")
        except (duckdb.Error, OSError) as error:
            with contextlib.suppress(duckdb.Error):  # there may be no transaction left to undo
                self._connection.execute("ROLLBACK")
            reason = str(error).splitlines()[0][:300]
            raise WorkspaceError(
                f"{self._path}: cannot write ({reason}).\n"
                "  Make room or mend the permissions, then run the same command again: what was fetched is kept."
            ) from error

    def _create(self) -> None:
        for table in TABLES:
            self._connection.execute(table.definition)
        self._connection.execute(META.insertion, [["version"], [str(VERSION)]])

    def _check(self) -> None:
        try:
            found = self._connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except duckdb.CatalogException as error:
            raise LookupError("it is some other database") from error
        if found is None or found[0] != str(VERSION):
            raise LookupError(f"it was written by another version (format {found[0] if found else 'unknown'})")
        for table in ADDED:
            self._connection.execute(table.definition.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1))
        for table in TABLES:
            shape = self._connection.execute(table.selection(where="false")).description or []
            if [column[0] for column in shape] != [name for name, _ in table.columns]:
                raise LookupError(f"its table of {table.name} has another shape")
