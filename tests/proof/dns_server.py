"""A name server that changes its mind: each lookup of a name gets the next of its answers, the last one for ever."""

from __future__ import annotations

import asyncio
import ipaddress
import struct
from collections import Counter

ADDRESS = ("127.0.0.53", 53)  # what resolv.conf beside this file names
A, AAAA = 1, 28


class Names(asyncio.DatagramProtocol):
    """Answers with a time to live of 0, so that whoever asks twice is told twice. No answer: a name without numbers.

    A lookup is a question for each family of numbers; both are answered from the same step.
    """

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self._answers = answers
        self.forget()

    def forget(self) -> None:
        self._asked: Counter[tuple[str, int]] = Counter()

    @property
    def lookups(self) -> dict[str, int]:
        """How often each name was looked up."""
        return {name: times for (name, kind), times in self._asked.items() if kind == A}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple) -> None:
        name, kind, question = _question(data)
        steps = self._answers.get(name, [[]])
        numbers = [ipaddress.ip_address(number) for number in steps[min(self._asked[name, kind], len(steps) - 1)]]
        self._asked[name, kind] += 1
        packed = [number.packed for number in numbers if number.version == {A: 4, AAAA: 6}.get(kind)]
        head = data[:2] + struct.pack(">HHHHH", 0x8580, 1, len(packed), 0, 0)
        records = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(p)) + p for p in packed)
        self._transport.sendto(head + question + records, addr)


def _question(data: bytes) -> tuple[str, int, bytes]:
    """Name, kind and bytes of the one question in a packet."""
    labels, at = [], 12
    while length := data[at]:
        labels.append(data[at + 1 : at + 1 + length].decode("ascii").lower())
        at += 1 + length
    return ".".join(labels), int.from_bytes(data[at + 1 : at + 3]), data[12 : at + 5]
