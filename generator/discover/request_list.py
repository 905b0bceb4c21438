"""The requests to one site in one wave, without duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.records import Purpose, Url, UrlKey
from generator.urls import url_key


class RequestList:
    """Addresses that were not requested yet, in order of priority."""

    def __init__(self, asked: Iterable[UrlKey], forbidden: Callable[[Url], bool]) -> None:
        self._seen = set(asked)
        self._forbidden = forbidden
        self.requests: list[tuple[Url, Purpose]] = []

    def add(self, offers: Iterable[tuple[Url, Purpose]], limit: int | None = None) -> None:
        """Append the offers that are new and not forbidden, at most `limit` of them."""
        left = limit if limit is not None else 1_000_000
        for url, purpose in offers:
            key = url_key(url)
            if left <= 0:
                return
            if key not in self._seen and not self._forbidden(url):
                self._seen.add(key)
                self.requests.append((url, purpose))
                left -= 1
