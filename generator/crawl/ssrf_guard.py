"""Guard against server-side request forgery: which schemes, ports and networks may be requested.

Redirect targets and literal addresses pass through it too. Names are resolved here and connected to by the public
addresses only, so a redirect, a rebound name or an embedded IPv4 address cannot reach a private network. One option,
meant for tests, opens a single port of this machine.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver

PORTS = frozenset({80, 443, 8080, 8443})  # of web sites; not of mail, databases or administration
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Not public, although some versions of Python call them global: protocol assignments, 6to4 relays, local NAT64,
# documentation, and deprecated site-local addresses.
NEVER = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "fec0::/10")))
LOCAL_SUFFIXES = (".localhost", ".local", ".internal", ".home.arpa")

_forbidden_hosts: set[str] = set()  # hosts all of whose addresses were withheld; one crawl per process


def is_forbidden_error(host: str) -> bool:
    """Whether the resolver withheld all addresses of a host."""
    return host in _forbidden_hosts


def is_public(number: str) -> bool:
    """Whether an IP address is public; IPv4 addresses embedded in IPv6 are checked as well."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if any(address in network for network in NEVER):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if int(address) >> 32 == 0:  # ::a.b.c.d, the deprecated IPv4-compatible form
            return False
        if inner := _wrapped(address):
            return all(is_public(str(number)) for number in inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses embedded in an IPv6 address, if any."""
    if address in NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.teredo:
        return address.teredo
    return tuple(filter(None, (address.ipv4_mapped, address.sixtofour)))


def forbidden_reason(url: str, *, loopback_port: int | None = None) -> str | None:
    """Why a URL must not be requested, judged by its text alone; None where it may be.

    Args:
        url: absolute address.
        loopback_port: a port of this machine that may be requested nevertheless (tests).
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "not a web address"
    if parts.scheme not in ("http", "https") or not host:
        return f"not a web address: {parts.scheme or 'no scheme'}"
    if port is not None and port == loopback_port and is_loopback(host):
        return None
    if port is not None and port not in PORTS:
        return f"port {port} is none where a site lives"
    return _forbidden_host(host)


def _forbidden_host(host: str) -> str | None:
    if host == "localhost" or host.endswith(LOCAL_SUFFIXES):
        return f"{host} is a name of the local network"
    if ":" in host or host.replace(".", "").isdigit():
        return None if is_public(host) else f"{host} is a private or reserved address"
    return None if "." in host else f"{host} is no public name"


def is_loopback(host: str) -> bool:
    """Whether a host names this machine: localhost or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _PublicOnly:
    """Resolution receiver that passes on public addresses only."""

    # `Any`: zope's interfaces describe methods without self, which mypy cannot match with an object.
    def __init__(self, inner: Any, host: str, port: int, loopback_port: int | None) -> None:
        self._inner, self._host, self._port, self._loopback_port = inner, host, port, loopback_port
        self._withheld = self._passed = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's interface
        self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's interface
        number = str(getattr(address, "host", ""))
        opened = self._port == self._loopback_port and is_loopback(number)
        if opened or is_public(number):
            self._passed += 1
            self._inner.addressResolved(address)
        else:
            self._withheld += 1

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's interface
        if self._withheld and not self._passed:
            _forbidden_hosts.add(self._host)
        self._inner.resolutionComplete()


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver restricted to public addresses; literal addresses pass through it as well."""

    def __init__(self, reactor: ReactorBase, cache_size: int, loopback_port: int | None) -> None:
        super().__init__(reactor, cache_size)
        self._loopback_port = loopback_port

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Scrapy's way of building a resolver."""
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), crawler.settings.get("LOOPBACK_PORT"))

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted's interface
        hostName: str,  # noqa: N803 - Twisted's interface
        portNumber: int = 0,  # noqa: N803 - Twisted's interface
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's interface
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's interface
    ) -> Any:
        """Resolve a name and withhold every address that is not public."""
        receiver: Any = _PublicOnly(resolutionReceiver, hostName, portNumber, self._loopback_port)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
