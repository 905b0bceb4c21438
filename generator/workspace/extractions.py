"""Extractions remembered by key, packed; read ahead in the order they were written, which is how runs ask."""

from __future__ import annotations

import zlib

import duckdb
import msgspec

from generator.records import Extraction
from generator.workspace import tables
from generator.workspace.tables import Tables

BLOCK_ROWS = 250  # a row costs 0.4 ms asked for alone and 5 µs in a block (DuckDB 2.0, 5,000 rows of 3 kB)

_decoder: msgspec.json.Decoder[Extraction] = msgspec.json.Decoder(Extraction)


class Extractions:
    """The memory of what was extracted; never wrong, at worst empty."""

    def __init__(self, store: Tables) -> None:
        self._tables = store
        self._rows = store.row_numbers(tables.EXTRACTIONS)
        self._new: set[str] = set()
        self._block: dict[str, bytes] = {}

    def get(self, key: str) -> Extraction | None:
        """What is remembered under a key; None where nothing is, or nothing this version can read."""
        packed = self._packed(key)
        if packed is None:
            return None
        try:
            return _decoder.decode(zlib.decompress(packed))
        except (zlib.error, msgspec.DecodeError):  # written by another version: extracted anew
            return None

    def held(self) -> tuple[str, ...]:
        """Every key under which something is remembered, in order."""
        return tuple(sorted({*self._rows, *self._new}))

    def put(self, key: str, extraction: Extraction) -> None:
        """Remember an extraction; one with lone surrogates cannot be written and is extracted anew each time."""
        try:
            packed = zlib.compress(msgspec.json.encode(extraction), 3)
        except UnicodeEncodeError:
            return
        self._new.add(key)
        self._tables.put(tables.EXTRACTIONS, (key, packed))

    def forget_all_but(self, digests: frozenset[str]) -> None:
        """Forget what was extracted from payloads that are archived no longer."""
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
            except duckdb.Error:  # damaged on disk: what it held is extracted anew
                return None
        return self._block.get(key)
