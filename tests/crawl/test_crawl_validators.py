"""If-None-Match in the form that the server of the tag compares."""

from __future__ import annotations

import pytest

from generator.crawl.validators import if_none_match, strong_tag


@pytest.mark.parametrize(
    ("etag", "dated", "sent"),
    [
        pytest.param('"v1"', True, '"v1"', id="strong"),
        pytest.param('W/"v1"', True, '"v1"', id="weakened by a proxy; WordPress compares bytes"),
        pytest.param('W/"v1"', False, 'W/"v1"', id="weak by its framework, which compares bytes"),
        pytest.param('"v1-gzip"', True, '"v1"', id="Apache's suffix"),
        pytest.param('"v1--gzip"', True, '"v1"', id="Jetty's suffix"),
        pytest.param('W/"v1;br"', False, '"v1", W/"v1;br"', id="both forms where either may be known"),
        pytest.param('"my-gzip-notes"', True, '"my-gzip-notes"', id="a word inside a tag"),
    ],
)
def test_form_of_the_validator(etag, dated, sent):
    """Marks of a proxy are removed; a tag that its own server made weak is returned as it came."""
    assert if_none_match(etag, dated=dated) == sent


def test_a_hostile_tag_is_read_in_linear_time():
    """A long tag of suffixes is no trap."""
    assert strong_tag('"' + "-gzip" * 20_000) is not None
