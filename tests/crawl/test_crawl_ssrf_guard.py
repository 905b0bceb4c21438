"""Which addresses may be asked: the rules in `guard`, by spelling and by number."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from generator.crawl.ssrf_guard import _PublicOnly, forbidden_reason, is_forbidden_error, is_public


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:c0a8:101::1",
        "2001:0:53aa:64c:0:0:80ff:fffe", "2001:0:7f00:1:0:0:f7f7:f7f7",
        "192.0.0.8", "192.88.99.1", "64:ff9b:1:7f00:0:100:808:808", "3fff::1", "fec0::1", "::ffff:0:127.0.0.1", "not a number", "",
    ],
)  # fmt: skip
def test_private_and_reserved_numbers_are_not_public(number):
    """Loopback, private, link-local, CGNAT, multicast, reserved, documentation; plain, mapped or translated."""
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_numbers_are_public(number):
    """The public internet stays reachable, through translation as well."""
    assert is_public(number)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "http:///x", "http://a.example:22/",
        "http://a.example:25/", "http://a.example:6379/", "http://a.example:99999/", "http://localhost/", "http://db.internal/",
        "http://printer.local/", "http://intranet/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://2130706433/",
        "http://a.localhost/", "http://[oops/",
    ],
)  # fmt: skip
def test_addresses_that_may_not_be_asked(url):
    """Only http(s), only ports where sites live, only public names and numbers; the reason is given in words."""
    assert forbidden_reason(url)


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https://a.example:8443/x", "http://93.184.216.34/", "https://xn--caf-dma.example/"]
)
def test_addresses_that_may_be_asked(url):
    """Ordinary sites pass."""
    assert forbidden_reason(url) is None


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:4711/", True),
        ("http://localhost:4711/", True),
        ("http://127.0.0.1:4712/", False),
        ("http://10.0.0.1:4711/", False),
        ("http://a.example:4711/", False),
    ],
)
def test_the_test_switch_opens_one_port_of_this_machine(url, allowed):
    """It opens nothing else: no other port, no other machine."""
    assert (forbidden_reason(url, loopback_port=4711) is None) is allowed


@dataclass
class Address:
    host: str


class Receiver:
    def __init__(self):
        self.got, self.complete = [], False

    def resolutionBegan(self, resolution):  # noqa: N802 - Twisted's interface
        pass

    def addressResolved(self, address):  # noqa: N802 - Twisted's interface
        self.got.append(address.host)

    def resolutionComplete(self):  # noqa: N802 - Twisted's interface
        self.complete = True


@pytest.mark.parametrize(
    ("host", "numbers", "passed", "all_withheld"),
    [
        pytest.param("mixed.example", ["10.0.0.1", "93.184.216.34"], ["93.184.216.34"], False, id="mixed"),
        pytest.param("rebound.example", ["127.0.0.1", "::1"], [], True, id="rebound to loopback"),
        pytest.param("unknown.example", [], [], False, id="no such name"),
    ],
)
def test_the_resolver_hands_on_public_numbers_only(host, numbers, passed, all_withheld):
    """What a name leads to is judged when connecting; a name with none left is remembered as forbidden."""
    receiver = Receiver()
    guard = _PublicOnly(receiver, host, 80, None)
    guard.resolutionBegan(None)
    for number in numbers:
        guard.addressResolved(Address(number))
    guard.resolutionComplete()

    assert (receiver.got, receiver.complete, is_forbidden_error(host)) == (passed, True, all_withheld)


def test_the_resolver_opens_the_test_port_for_loopback_only():
    """With the switch, this machine answers on that port and on no other."""
    here, elsewhere = Receiver(), Receiver()
    _PublicOnly(here, "127.0.0.1", 4711, 4711).addressResolved(Address("127.0.0.1"))
    _PublicOnly(elsewhere, "127.0.0.1", 80, 4711).addressResolved(Address("127.0.0.1"))

    assert (here.got, elsewhere.got) == (["127.0.0.1"], [])
