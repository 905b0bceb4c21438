"""Ways in which a host misbehaves, each one function: it gets the request and the stream and does its worst.

Nothing here ends by itself unless it says so: `LONGEST_S` and `MOST_BYTES` bound every one of them, so that a crawler
that is not careful finishes its test badly rather than never.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

LONGEST_S = 120.0
MOST_BYTES = 400_000_000
PIECE = b"x" * 65_536
HOUR = "3600"


@dataclass
class Asked:
    """One request as a fault sees it. `times`: how often this host was asked for this path before."""

    host: str
    path: str
    headers: dict[str, str]
    base: str  # http://host:port
    times: int
    writer: asyncio.StreamWriter

    def log_event(self, status: int, body: bytes = b"", kind: str = "text/html; charset=utf-8", **headers: str) -> bool:
        """Answer properly; the connection may be used again."""
        named = {"Content-Type": kind, "Content-Length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
        self.writer.write(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode("latin-1") + (b"" if status == 304 else body))
        return True

    def head(self, *lines: str) -> None:
        self.writer.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + "".join(f"{x}\r\n" for x in lines)).encode()
        )

    async def drip(self, piece: bytes, *, every_s: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_S
        while loop.time() < until:
            self.writer.write(piece)
            await self.writer.drain()
            await asyncio.sleep(every_s)

    async def pour(self, piece: bytes) -> None:
        for _ in range(MOST_BYTES // len(piece)):
            self.writer.write(piece)
            await self.writer.drain()


Fault = Callable[[Asked], Awaitable[bool]]  # whether the connection may be used again


async def slow_body(asked: Asked) -> bool:
    """A byte now and then, for ever."""
    asked.head("Content-Length: 100000", "")
    await asked.drip(b"x", every_s=0.2)
    return False


async def slow_head(asked: Asked) -> bool:
    """A header now and then, and never an empty line."""
    asked.head()
    await asked.drip(b"X-More: x\r\n", every_s=0.2)
    return False


async def silent(asked: Asked) -> bool:
    """Takes the request and says nothing."""
    await asyncio.sleep(LONGEST_S)
    return False


async def endless_body(asked: Asked) -> bool:
    """A body without a length and without an end."""
    asked.head("Connection: close", "")
    await asked.pour(PIECE)
    return False


async def endless_head(asked: Asked) -> bool:
    """Headers without an end, as fast as they are taken."""
    asked.head()
    await asked.pour(b"X-More: " + b"x" * 2_000 + b"\r\n")
    return False


async def continues(asked: Asked) -> bool:
    """`100 Continue` without an end."""
    await asked.pour(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)
    return False


async def long_line(asked: Asked) -> bool:
    """One header line without an end."""
    asked.head()
    asked.writer.write(b"X-Long: ")
    await asked.pour(PIECE)
    return False


async def gzip_bomb(asked: Asked) -> bool:
    """200 kB that unpack to 200 MB."""
    return asked.log_event(200, BOMB, Content_Encoding="gzip")


async def nested_gzip(asked: Asked) -> bool:
    """Packed twice, and says so."""
    return asked.log_event(200, gzip.compress(gzip.compress(b"<p>twice</p>")), Content_Encoding="gzip, gzip")


async def nested_bomb(asked: Asked) -> bool:
    """A bomb in a parcel: a few hundred bytes that unpack twice."""
    return asked.log_event(200, gzip.compress(BOMB), Content_Encoding="gzip, gzip")


async def not_gzip(asked: Asked) -> bool:
    """Says gzip and is none."""
    return asked.log_event(200, b"<p>plain</p>", Content_Encoding="gzip")


async def circle(asked: Asked) -> bool:
    """Redirects from one address to another and back."""
    return asked.log_event(302, Location="/b" if asked.path != "/b" else "/a")


async def endless_hops(asked: Asked) -> bool:
    """A new redirect for every address."""
    return asked.log_event(302, Location=f"/hop{asked.times + len(asked.path)}x{asked.path[-20:].strip('/')}")


async def cookie_wall(asked: Asked) -> bool:
    """Shows nothing to whoever brings no cookie."""
    if "cookie" in asked.headers:
        return asked.log_event(200, b"<p>welcome</p>")
    return asked.log_event(302, Location=asked.path, Set_Cookie="seen=1; Path=/")


def to(target: str) -> Fault:
    """Redirects everything to one address."""

    async def redirect(asked: Asked) -> bool:
        return asked.log_event(302, Location=target)

    return redirect


async def to_credentials(asked: Asked) -> bool:
    """Redirects to itself with a name and a password that are not ours to send."""
    if asked.path == "/in":
        return asked.log_event(200, b"<p>in</p>")
    return asked.log_event(302, Location=asked.base.replace("://", "://user:secret@") + "/in")


async def too_short(asked: Asked) -> bool:
    """Fewer bytes than promised."""
    asked.head("Content-Length: 4000", "")
    asked.writer.write(b"half")
    return False


async def too_long(asked: Asked) -> bool:
    """More bytes than promised: the rest looks like another answer."""
    asked.head("Content-Length: 12", "")
    asked.writer.write(b"<p>short</p>HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad")
    return False


async def two_lengths(asked: Asked) -> bool:
    """Two lengths that contradict each other."""
    asked.head("Content-Length: 5", "Content-Length: 500", "")
    asked.writer.write(b"hello")
    return False


async def bad_chunks(asked: Asked) -> bool:
    """A chunk size that is no number."""
    asked.head("Transfer-Encoding: chunked", "")
    asked.writer.write(b"zz\r\nhello\r\n")
    return False


async def reset(asked: Asked) -> bool:
    """Resets the connection in the middle of the body."""
    asked.head("Content-Length: 4000", "")
    asked.writer.write(b"x" * 100)
    await asked.writer.drain()
    asked.writer.transport.abort()
    return False


async def nonsense(asked: Asked) -> bool:
    """No HTTP at all."""
    asked.writer.write(b"\x16\x03\x01 SSH-2.0 220 hello\r\n\r\n" * 3)
    return False


async def peace(asked: Asked) -> bool:
    """Wants to be asked again in an hour."""
    return asked.log_event(429, Retry_After=HOUR)


async def limited(asked: Asked) -> bool:
    """429 without saying how long."""
    return asked.log_event(429)


async def failing(asked: Asked) -> bool:
    """500, whatever is asked."""
    return asked.log_event(500, b"oops")


async def locked(asked: Asked) -> bool:
    """Wants a password."""
    return asked.log_event(401, b"who?", WWW_Authenticate='Basic realm="x"')


async def forbidding(asked: Asked) -> bool:
    """403, whatever is asked."""
    return asked.log_event(403, b"no")


def links(*targets: str, words: str = "") -> bytes:
    """A page that leads on."""
    return (
        f"<html><body><p>{words}</p>{''.join(f'<a href={t!r}>next month</a> ' for t in targets)}</body></html>".encode()
    )


async def calendar(asked: Asked) -> bool:
    """A calendar: every month leads to the one before and the one after."""
    month = int(asked.path.rsplit("=", 1)[-1]) if asked.path.rsplit("=", 1)[-1].lstrip("-").isdigit() else 0
    return asked.log_event(200, links(f"/calendar/?month={month + 1}", f"/calendar/?month={month - 1}"))


async def sessions(asked: Asked) -> bool:
    """A new session id in every link."""
    return asked.log_event(
        200, links(*(f"/post-about-snow-{n}?PHPSESSID={asked.times}{n}{len(asked.path)}" for n in range(30)))
    )


async def facets(asked: Asked) -> bool:
    """Filters that combine without end."""
    more = "&" if "?" in asked.path else "?"
    return asked.log_event(200, links(*(f"{asked.path}{more}f{n}={len(asked.path)}" for n in range(30))))


async def depth(asked: Asked) -> bool:
    """Each page one folder deeper than the last."""
    return asked.log_event(200, links(*(f"{asked.path.rstrip('/')}/a-very-deep{n}/" for n in range(5))))


def feed(body: bytes) -> Fault:
    """A home that names a feed, and this feed."""

    async def answer(asked: Asked) -> bool:
        if asked.path == "/feed.xml":
            return asked.log_event(200, body, "application/rss+xml")
        return asked.log_event(
            200, b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head></html>"
        )

    return answer


def robots(inner: Fault) -> Fault:
    """Misbehaves at /robots.txt alone."""

    async def answer(asked: Asked) -> bool:
        if asked.path.startswith(("/robots.txt", "/a", "/b", "/hop")):
            return await inner(asked)
        return asked.log_event(200, b"<p>not to be read</p>")

    return answer


def robots_says(status: int, body: bytes = b"") -> Fault:
    """A robots.txt with this answer."""

    async def inner(asked: Asked) -> bool:
        return asked.log_event(status, body, "text/plain")

    return robots(inner)


BOMB = gzip.compress(b"\0" * 200_000_000, 9)
LAUGHS = (
    b"<!DOCTYPE l [<!ENTITY a 'ha'>"
    + b"".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(12))
    + b"]><rss version='2.0'><channel><title>&m;</title></channel></rss>"
)
FOREIGN = (
    b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'http://169.254.169.254/latest/'><!ENTITY y SYSTEM 'file:///etc/passwd'>]>"
    b"<rss version='2.0'><channel><title>&x;&y;</title></channel></rss>"
)
DTD = b"<!DOCTYPE rss SYSTEM 'http://169.254.169.254/rss.dtd'><rss version='2.0'><channel><title>Quiet</title></channel></rss>"
HUGE = b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 1_000_000
DEEP = b"<html><body>" + b"<div>" * 200_000
ATTRIBUTES = b"<html><body><p " + b" ".join(b"a%d=b" % n for n in range(100_000)) + b">x</p></body></html>"


async def deep_page(asked: Asked) -> bool:
    """200,000 open elements."""
    return asked.log_event(200, DEEP)


async def many_attributes(asked: Asked) -> bool:
    """An element with 100,000 attributes."""
    return asked.log_event(200, ATTRIBUTES)


# Name of the fault -> what it does, and the reasons one of which its host must be refused for ("" where it may answer).
KINDS: dict[str, tuple[Fault, frozenset[str]]] = {
    "slow body": (slow_body, frozenset({"timeout"})),
    "slow head": (slow_head, frozenset({"timeout"})),
    "silent": (silent, frozenset({"timeout", "robots-unreachable"})),
    "endless body": (endless_body, frozenset({"too-large"})),
    "endless head": (endless_head, frozenset({"connection"})),
    "continues": (continues, frozenset({"connection"})),
    "long line": (long_line, frozenset({"connection"})),
    "gzip bomb": (gzip_bomb, frozenset({"too-large"})),
    "nested gzip": (nested_gzip, frozenset({"broken"})),
    "nested bomb": (nested_bomb, frozenset({"broken"})),
    "not gzip": (not_gzip, frozenset({"broken", "connection"})),
    "circle": (circle, frozenset({"redirect-loop"})),
    "endless hops": (endless_hops, frozenset({"redirect-loop"})),
    "cookie wall": (cookie_wall, frozenset({"redirect-loop"})),
    "to loopback": (to("http://127.0.0.1:9/secret"), frozenset({"forbidden-address"})),
    "to metadata": (to("http://169.254.169.254/latest/meta-data/"), frozenset({"forbidden-address"})),
    "to private": (to("http://10.0.0.1/"), frozenset({"forbidden-address"})),
    "to mapped": (to("http://[::ffff:10.0.0.1]/"), frozenset({"forbidden-address"})),
    "to file": (to("file:///etc/passwd"), frozenset({"forbidden-address"})),
    "to mail port": (to("http://mail.example:25/"), frozenset({"forbidden-address"})),
    "to credentials": (to_credentials, frozenset({""})),
    "too short": (too_short, frozenset({"connection"})),
    "too long": (too_long, frozenset({""})),
    "two lengths": (two_lengths, frozenset({"connection", "broken"})),
    "bad chunks": (bad_chunks, frozenset({"connection", "broken"})),
    "reset": (reset, frozenset({"connection"})),
    "nonsense": (nonsense, frozenset({"connection", "broken"})),
    "peace": (peace, frozenset({"rate-limited"})),
    "limited": (limited, frozenset({"rate-limited"})),
    "failing": (failing, frozenset({"server-error"})),
    "locked": (locked, frozenset({"forbidden"})),
    "forbidding": (forbidding, frozenset({"forbidden"})),
    "calendar": (calendar, frozenset({""})),
    "sessions": (sessions, frozenset({""})),
    "facets": (facets, frozenset({""})),
    "depth": (depth, frozenset({""})),
    "laughs": (feed(LAUGHS), frozenset({""})),
    "foreign entity": (feed(FOREIGN), frozenset({""})),
    "foreign dtd": (feed(DTD), frozenset({""})),
    "huge feed": (feed(HUGE), frozenset({""})),
    "deep page": (deep_page, frozenset({"", "broken"})),
    "many attributes": (many_attributes, frozenset({"", "broken"})),
    "robots says no": (robots_says(200, b"User-agent: *\nDisallow: /\n"), frozenset({"robots"})),
    "robots 503": (robots_says(503), frozenset({"robots-unreachable"})),
    "robots 429": (robots_says(429), frozenset({"robots-unreachable"})),
    "robots slow": (robots(slow_body), frozenset({"robots-unreachable"})),
    "robots endless": (robots(endless_body), frozenset({"robots-unreachable"})),
    "robots bomb": (robots(gzip_bomb), frozenset({"robots-unreachable"})),
    "robots reset": (robots(reset), frozenset({"connection"})),
    "robots inside": (robots(to("http://169.254.169.254/robots.txt")), frozenset({"forbidden-address"})),
}
