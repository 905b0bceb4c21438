"""Common Crawl in small: its list of crawls, an index and WARC files, by https and under its own names.

`KeptWeb` runs inside `with_names`: a name server of its own sends the names here, and the name of the site that is
gone nowhere.
"""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import json
import ssl
import threading
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.proof.dns_server import ADDRESS, Names

INDEX, DATA = "index.commoncrawl.org", "data.commoncrawl.org"
CRAWL = "CC-MAIN-2025-33"
FILE = f"crawl-data/{CRAWL}/segments/1754151279521.11/warc/CC-MAIN-20250802220907-20250803010907-00228.warc.gz"
CAPTURED = datetime(2025, 8, 3, 0, 11, 22, tzinfo=UTC)


def packed(url: str, body: bytes) -> bytes:
    """One answer as a WARC record, one gzip member."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {CAPTURED:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>\r\nWARC-Payload-Digest: sha1:{digest(body)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def digest(body: bytes) -> str:
    return b32encode(sha1(body, usedforsecurity=False).digest()).decode()


class KeptWeb:
    """The server, started; `pages` of sites that are gone, by address. `live`: names that lead to `at` instead."""

    def __init__(self, folder: Path, at: str, pages: dict[str, bytes], *, live: dict[str, str]) -> None:
        self.seen: list[tuple[str, str, str]] = []  # host, path, range
        self._file, self._lines = b"", []
        for url, body in sorted(pages.items()):
            member = packed(url, body)
            self._lines.append(_line(url, body, offset=len(self._file), length=len(member)))
            self._file += member
        self._server = ThreadingHTTPServer((at, 443), _handler(self))
        self._server.daemon_threads = True
        self._server.socket = _context(folder, at).wrap_socket(self._server.socket, server_side=True)
        names = {INDEX: [[at]], DATA: [[at]], **{name: [[number]] for name, number in live.items()}}
        for work in (self._server.serve_forever, lambda: asyncio.run(_name_server(names))):
            threading.Thread(target=work, daemon=True).start()

    def answer(self, host: str, path: str, wanted: str) -> tuple[int, str, bytes]:
        """Status, type and body of one request."""
        self.seen.append((host, path.partition("?")[0], wanted))
        if host == INDEX and path == "/collinfo.json":
            crawls = [{"id": CRAWL, "name": "August 2025", "cdx-api": f"https://{INDEX}/{CRAWL}-index"}]
            return 200, "application/json", json.dumps(crawls).encode()
        if host == INDEX and path.startswith(f"/{CRAWL}-index?"):
            site = unquote(path.partition("url=")[2].partition("%2F")[0])
            lines = [line for line in self._lines if f"://{site}/" in line]
            return (200, "text/x-ndjson", "\n".join(lines).encode()) if lines else (404, "text/plain", b"No Captures")
        if host == DATA and path == f"/{FILE}" and wanted:
            first, last = map(int, wanted.removeprefix("bytes=").split("-"))
            return 206, "application/octet-stream", self._file[first : last + 1]
        return 404, "text/plain", b""

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _line(url: str, body: bytes, *, offset: int, length: int) -> str:
    """What the index says of a page."""
    return json.dumps({
        "urlkey": "example,gone)/", "timestamp": f"{CAPTURED:%Y%m%d%H%M%S}", "url": url, "mime": "text/html",
        "mime-detected": "text/html", "status": "200", "digest": digest(body), "length": str(length),
        "offset": str(offset), "filename": FILE, "languages": "eng", "encoding": "UTF-8",
    })  # fmt: skip


def _handler(web: KeptWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            status, kind, body = web.answer(host, self.path, self.headers.get("Range", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _context(folder: Path, at: str) -> ssl.SSLContext:
    """TLS with a certificate that holds in any year this is run in."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, INDEX)])
    names = [x509.DNSName(INDEX), x509.DNSName(DATA), x509.IPAddress(ipaddress.ip_address(at))]
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC)).add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "kept.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def _name_server(names: dict[str, list[list[str]]]) -> None:
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: Names(names), ADDRESS)
    await asyncio.Event().wait()
