"""Hosts that many owners share, and which part of an address is the owner's: a name below the host, or a folder.

The private section of the Public Suffix List knows providers that registered there (github.io, netlify.app). Most blog
providers did not, so they are listed here. The list is the snapshot inside tldextract; nothing is downloaded.

Source: https://publicsuffix.org/list/ ("private domains")
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

# Providers with a folder per owner: medium.com/@ada is a site, medium.com is not.
FOLDER_PROVIDERS = frozenset(
    [
        "blog.csdn.net",
        "blog.naver.com",
        "brunch.co.kr",
        "cnblogs.com",
        "dev.to",
        "hackernoon.com",
        "hashnode.com",
        "juejin.cn",
        "kinja.com",
        "livejournal.com",
        "medium.com",
        "note.com",
        "people.csail.mit.edu",
        "people.mozilla.org",
        "qiita.com",
        "sdf.org",
        "sites.google.com",
        "substack.com",
        "telegra.ph",
        "tilde.club",
        "velog.io",
        "write.as",
        "zenn.dev",
    ]
)
# Folders that hold the owners' folders: juejin.cn/user/123 is an owner's, juejin.cn/post/456 tells no owner.
OWNERS_FOLDER = {"juejin.cn": "user"}

# Providers with a name below theirs per owner that are not in the Public Suffix List.
NAME_PROVIDERS = frozenset(
    [
        "bearblog.dev",
        "cocolog-nifty.com",
        "dreamwidth.org",
        "exblog.jp",
        "ghost.io",
        "hashnode.dev",
        "home.blog",
        "livejournal.com",
        "medium.com",
        "micro.blog",
        "neocities.org",
        "over-blog.com",
        "posthaven.com",
        "substack.com",
        "svbtle.com",
        "tistory.com",
        "tumblr.com",
        "typepad.com",
        "weebly.com",
        "wordpress.com",
        "write.as",
    ]
)
BLOGSPOT = re.compile(r"(?:^|\.)blogspot\.(?:com?\.)?[a-z]{2,3}$")  # Blogger has a domain per country
# Names below a provider that are its own.
PROVIDER_NAMES = frozenset({"www", "about", "api", "blog", "docs", "en", "help", "status", "support"})


class Tenancy(NamedTuple):
    """The provider of a host, "" where the host has one owner; the owner's name below the provider, "" if none."""

    provider: str
    name: str


def international_host(host: str) -> str:
    """The host under which a provider with a domain per country keeps every owner: ada.blogspot.de as .com."""
    return BLOGSPOT.sub(lambda found: f"{'.' if found[0].startswith('.') else ''}blogspot.com", host)


def is_shared_host(host: str) -> bool:
    """Whether many owners publish on this host or below it: medium.com, github.io; ada.github.io has one owner.

    Args:
        host: lower case, without `www.`; a port is ignored.
    """
    tenancy = tenancy_of(host)
    return has_folders(host) or bool(tenancy.provider and not tenancy.name)


def has_folders(host: str) -> bool:
    """Whether owners have folders on this host."""
    return host in FOLDER_PROVIDERS


def provider_of(host: str) -> str:
    """The provider that gives out names below its domain or folders on it; "" where the host has one owner."""
    return tenancy_of(host).provider or (host if has_folders(host) else "")


def owner_name(host: str) -> str:
    """The name an owner has below a provider: `ada` of ada.github.io; "" for any other host."""
    return tenancy_of(host).name


def owner_folder(host: str, path: str) -> str:
    """The folder of an owner at the start of a path, such as `@ada/` or `~ada/`; "" where the host has one owner.

    Args:
        host: lower case, without `www.`.
        path: path of the address, beginning with a slash.
    """
    segments = path.split("/")[1:]
    first = segments[0] if segments else ""
    second = segments[1] if len(segments) > 1 else ""
    if has_folders(host):
        if first == OWNERS_FOLDER.get(host):
            return f"{first}/{second}/" if second else ""
        if host in OWNERS_FOLDER:
            return ""
        if first == "feed" and second:  # medium.com/feed/@ada is the feed of medium.com/@ada
            first = second
        return f"{first}/" if first else ""
    return f"{first}/" if first.startswith(("~", "%7E")) else ""


def owner_handle(address: str) -> str:
    """The account name in an address on a shared host: `ada` of ada.github.io and of medium.com/@ada; "" elsewhere.

    Args:
        address: with or without its scheme; `www.` is ignored.
    """
    parts = urlsplit(address if "://" in address else f"https://{address}")
    host = parts.netloc.lower().removeprefix("www.")
    folder = owner_folder(host, parts.path).strip("/")
    name = owner_name(host) or unquote(folder.rpartition("/")[2]).lstrip("@~")
    return "" if len(name) < 2 or name.isdigit() else name


def host_labels(host: str) -> tuple[str, ...]:
    """The labels of a host that its owner chose: `ada` of ada.github.io, `ada`, `example` of ada.example."""
    name = owner_name(host)
    return (name,) if name else () if is_shared_host(host) else tuple(host.split("."))


def tenant_root(url: str) -> str | None:
    """The root address of the owner on a shared host: https://medium.com/@ada/, https://ada.github.io/.

    Returns:
        None where the host has one owner, or where the address does not tell the owner.
    """
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    folder = owner_folder(host, parts.path)
    return f"{parts.scheme}://{parts.netloc}/{folder}" if folder or owner_name(host) else None


@lru_cache(maxsize=65_536)
def tenancy_of(host: str) -> Tenancy:
    """Provider and owner's name of a host, by the lists above and the Public Suffix List."""
    host = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
    provider = _listed_provider(host)
    if not provider:
        extracted = _suffix_list()(host)
        if not extracted.is_private:
            return Tenancy("", "")
        provider = extracted.suffix
    name = host.removesuffix(provider).rstrip(".").rpartition(".")[2]
    return Tenancy(provider, "" if name in PROVIDER_NAMES else name)


def _listed_provider(host: str) -> str:
    if found := BLOGSPOT.search(host):
        return found[0].lstrip(".")
    labels = host.split(".")
    return next((end for n in range(len(labels)) if (end := ".".join(labels[n:])) in NAME_PROVIDERS), "")


@cache
def _suffix_list() -> Any:
    # Imported on first use, because most commands start without it and it takes a quarter of a second.
    return import_module("tldextract").TLDExtract(suffix_list_urls=(), include_psl_private_domains=True, cache_dir=None)
