"""A proxy on port 80 in front of the engines, which notes each request and the status of its answer."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "te", "trailer", "upgrade"}
CONDITIONS = ("If-None-Match", "If-Modified-Since")
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Asked:
    """One request; `client`: its User-Agent; `revalidates`: it names a copy that the client has."""

    host: str
    path: str
    status: int
    client: str
    revalidates: bool


class Proxy(ThreadingHTTPServer):
    """Passes requests on by their Host header; `ports`: the port on 127.0.0.1 of each host."""

    daemon_threads = True

    def __init__(self, address: str, ports: dict[str, int]) -> None:
        self.ports, self.asked = ports, list[Asked]()
        super().__init__((address, 80), _Passed)


class _Passed(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").lower()
        port = self.server.ports.get(host)
        status, reason, headers, body = self._ask(port) if port else (421, "Misdirected Request", [], b"")
        revalidates = any(name in self.headers for name in CONDITIONS)
        self.server.asked.append(Asked(host, self.path, status, self.headers.get("User-Agent", ""), revalidates))
        self.send_response_only(status, reason)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _ask(self, port: int) -> tuple[int, str, list[tuple[str, str]], bytes]:
        inner = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            inner.request(self.command, self.path, headers=headers)
            answer = inner.getresponse()
            return answer.status, answer.reason, answer.getheaders(), answer.read()
        except (OSError, HTTPException) as error:
            return 502, "Bad Gateway", [], repr(error).encode()
        finally:
            inner.close()

    def log_message(self, *_: object) -> None:
        """Nothing on standard error: requests are counted, not printed."""


@contextmanager
def proxy(address: str, ports: dict[str, int]):
    """The proxy, running; its `asked` grows."""
    server = Proxy(address, ports)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
