"""Stored extractions by key, compressed; read in blocks, because runs ask for them in the order of writing."""

from __future__ import annotations

import zlib

import duckdb
import msgspec

from generator.records import Extraction
from generator.workspace import tables
from generator.workspace.tables import Tables

BLOCK_ROWS = 250  # reading a row takes 0.4 ms alone and 5 µs in a block (DuckDB 2.0, 5,000 rows of 3 kB)

_decoder: msgspec.json.Decoder[Extraction] = msgspec.json.Decoder(Extraction)


class Extractions:
    """A cache of extractions; entries that cannot be read count as missing."""

    def __init__(self, store: Tables) -> None:
        self._tables = store
        self._rows = store.row_numbers(tables.EXTRACTIONS)
        self._new: set[str] = set()
        self._block: dict[str, bytes] = {}

    def get(self, key: str) -> Extraction | None:
        """The extraction under a key, or None if this version cannot read it."""
        packed = self._packed(key)
        if packed is None:
            return None
        try:
            return _decoder.decode(zlib.decompress(packed))
        except (zlib.error, msgspec.DecodeError):  # written by another version: extracted again
            return None

    def all_keys(self) -> tuple[str, ...]:
        """All keys, sorted."""
        return tuple(sorted({*self._rows, *self._new}))

    def put(self, key: str, extraction: Extraction) -> None:
        """Store an extraction; one with lone surrogates cannot be encoded and is not stored."""
        try:
            packed = zlib.compress(msgspec.json.encode(extraction), 3)
        except UnicodeEncodeError:
            return
        self._new.add(key)
        self._tables.put(tables.EXTRACTIONS, (key, packed))

    def keep_only(self, digests: frozenset[str]) -> None:
        """Remove the extractions of all payloads whose digest is not given."""
        gone = [key for key in (*self._rows, *self._new) if key.rpartition("|")[2] not in digests]
        self._tables.remove(tables.EXTRACTIONS, gone)
        for key in gone:
            self._rows.pop(key, None)
            self._new.discard(key)
            self._block.pop(key, None)

    def _packed(self, key: str) -> bytes | None:
        if key in self._new:
            row = self._tables.row(tables.EXTRACTIONS, key)
            return None if row is None else row[1]
        if key not in self._rows:
            return None
        if key not in self._block:
            try:
                self._block = dict(self._tables.block(tables.EXTRACTIONS, self._rows[key], BLOCK_ROWS))
            except duckdb.Error:  # damaged on disk: extracted again
                return None
        return self._block.get(key)
