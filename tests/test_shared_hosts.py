"""Hosts that many owners share: which are, and which part of an address is an owner's."""

from __future__ import annotations

import pytest

from generator.shared_hosts import is_shared_host, owner_name, provider_of, tenant_root


@pytest.mark.parametrize(
    ("url", "root"),
    [
        pytest.param("https://medium.com/@ada/post-1", "https://medium.com/@ada/", id="folder"),
        pytest.param("https://medium.com/feed/@ada", "https://medium.com/@ada/", id="feed of a folder"),
        pytest.param("https://zenn.dev/ada/articles/1", "https://zenn.dev/ada/", id="zenn"),
        pytest.param("https://blog.naver.com/ada/220", "https://blog.naver.com/ada/", id="naver"),
        pytest.param("https://www.cnblogs.com/ada/p/1.html", "https://www.cnblogs.com/ada/", id="www is kept"),
        pytest.param("https://juejin.cn/user/12/posts", "https://juejin.cn/user/12/", id="folder of two segments"),
        pytest.param("https://juejin.cn/post/34", None, id="address without an owner"),
        pytest.param("https://cs.example.edu/~ada/notes.html", "https://cs.example.edu/~ada/", id="tilde"),
        pytest.param("https://ada.github.io/post", "https://ada.github.io/", id="name, from the suffix list"),
        pytest.param("https://ada.substack.com/p/1", "https://ada.substack.com/", id="name, from our list"),
        pytest.param("https://ada.example/blog/", None, id="a host with one owner"),
        pytest.param("https://ada.co.uk/", None, id="an ordinary suffix of two labels"),
    ],
)
def test_the_root_of_an_owner(url, root):
    """The folder or the name of an owner on a shared host; None elsewhere."""
    assert tenant_root(url) == root


@pytest.mark.parametrize(
    ("host", "provider", "name"),
    [
        ("ada.github.io", "github.io", "ada"),
        ("www2.ada.github.io", "github.io", "ada"),
        ("ada.blogspot.co.uk", "blogspot.co.uk", "ada"),
        ("ada.wordpress.com:8080", "wordpress.com", "ada"),
        ("en.wordpress.com", "wordpress.com", ""),
        ("notmedium.com", "", ""),
        ("medium.com", "medium.com", ""),
        ("ada.example", "", ""),
        ("127.0.0.1", "", ""),
    ],
)
def test_provider_and_name_of_a_host(host, provider, name):
    """Whole labels count; names that a provider uses itself are not an owner's."""
    assert (provider_of(host), owner_name(host)) == (provider, name)


@pytest.mark.parametrize(
    ("host", "shared"),
    [("medium.com", True), ("github.io", True), ("zenn.dev", True), ("ada.github.io", False), ("ada.example", False)],
)
def test_shared_hosts(host, shared):
    """A provider is shared, a host below it has one owner."""
    assert is_shared_host(host) is shared
