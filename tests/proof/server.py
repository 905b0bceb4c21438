"""Many hosts on 127.0.0.0/8 in one process, on one port: `python -m tests.proof.server PLAN`.

Says its port, then answers each line on its standard input: `stats` with what it saw, `latency S` and `reset` with
`ok`. It ends when its input does, and by itself after half an hour.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.proof.blogs import blogs
from tests.proof.dns_server import ADDRESS, Names
from tests.proof.faults import KINDS, Asked, Fault, robots, to

LIFETIME_S = 1_800.0


class Web:
    """The hosts, and what was asked of them."""

    def __init__(self, plan: dict, port: int) -> None:
        self.port, self.latency_s, self.flapping = port, plan.get("latency_s", 0.0), set(plan.get("flapping", ()))
        self.faults: dict[str, str] = plan.get("faults", {})
        self.pages = blogs(plan.get("blogs", []), port, posts=plan.get("posts", 6))
        self.hosts = sorted({*plan.get("blogs", []), *self.faults})
        self.names = Names(plan.get("names", {}))
        self.reset()

    def reset(self) -> None:
        self.seen: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.open, self.busiest = Counter(), Counter()
        self.canaries: list[str] = []
        self.sent_credentials = 0
        self.names.forget()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self._answer(host, reader, writer):
                await writer.drain()
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # whoever asked has gone, or the test is over
        finally:
            writer.close()

    def count(self, host: str, step: int) -> None:
        """A connection came or went."""
        self.open[host] += step
        self.busiest[host] = max(self.busiest[host], self.open[host])

    async def _answer(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        self.sent_credentials += "authorization" in headers or "cookie" in headers or "@" in headers.get("host", "")
        path = request.split(" ")[1]
        times = sum(1 for asked, _ in self.seen[host] if asked == path)
        asked = Asked(host, path, headers, f"http://{host}:{self.port}", times, writer)
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if host not in self.faults:
            return self._page(asked)
        self.seen[host].append((path, 0))
        if path == "/robots.txt" and not self.faults[host].startswith("robots"):
            return asked.log_event(404)
        return await _fault(self.faults[host])(asked)

    def _page(self, asked: Asked) -> bool:
        status, body, kind, etag = self.pages.get(asked.host, {}).get(asked.path, (404, b"", "text/html", ""))
        if asked.host in self.flapping:
            etag = f'{etag[:-1]}-{asked.times}"' if etag else ""
        if etag and asked.headers.get("if-none-match") == etag:
            status, body = 304, b""
        self.seen[asked.host].append((asked.path, status))
        return asked.log_event(status, body, kind, ETag=etag)

    def stats(self) -> dict:
        return {
            "seen": self.seen,
            "busiest": self.busiest,
            "canaries": self.canaries,
            "credentials": self.sent_credentials,
            "lookups": self.names.lookups,
        }


def _fault(kind: str) -> Fault:
    """The fault of that name; `to ADDRESS` redirects there, `robots to ADDRESS` does so at /robots.txt alone."""
    if kind in KINDS:
        return KINDS[kind][0]
    redirect = to(kind.rpartition(" ")[2])
    return robots(redirect) if kind.startswith("robots") else redirect


class Counted(asyncio.StreamReaderProtocol):
    """A connection, counted from its first to its last moment as the system tells them."""

    def __init__(self, web: Web) -> None:
        super().__init__(asyncio.StreamReader(limit=1 << 20), web.serve)
        self._web = web

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._host = transport.get_extra_info("sockname")[0]
        self._web.count(self._host, 1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._web.count(self._host, -1)
        super().connection_lost(error)


async def canary(web: Web, address: str, port: int, sock: socket.socket | None = None) -> None:
    """Listens where nobody may ever come; only where the namespace is ours to put it."""

    async def caught(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        web.canaries.append(f"{address}:{port}")
        writer.close()

    await (asyncio.start_server(caught, sock=sock) if sock else asyncio.start_server(caught, address, port))


async def main(plan: dict) -> None:
    """Bind everything, then obey."""
    first = socket.create_server(("127.0.0.1", plan.get("port", 0)), backlog=512)
    web = Web(plan, first.getsockname()[1])
    loop = asyncio.get_running_loop()
    for host in web.hosts:
        await loop.create_server(lambda: Counted(web), host, web.port, backlog=64)
    for address in plan.get("canaries", ()):
        for port in (80, 443, 8080):
            await canary(web, address, port, first if (address, port) == first.getsockname() else None)
    if plan.get("names"):
        await loop.create_datagram_endpoint(lambda: web.names, ADDRESS)
    loop.call_later(LIFETIME_S, loop.stop)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print(web.port, flush=True)
    while line := (await lines.readline()).decode().split():
        if line[0] == "reset":
            web.reset()
        elif line[0] == "latency":
            web.latency_s = float(line[1])
        print(json.dumps(web.stats() if line[0] == "stats" else "ok"), flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, RuntimeError):
        asyncio.run(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
