"""What counts as asking a foreign server, and what does not."""

from __future__ import annotations

import pytest

from generator.publish.offline_check import foreign_requests, in_css, in_html, in_script, is_data, sealed_script

ASKING = [
    '<script src="https://cdn.example/x.js"></script>',
    '<script src="//cdn.example/x.js"></script>',
    "<script src=' HTTPS://cdn.example/x.js'></script>",
    '<img src="http://a.example/pixel.gif">',
    '<img srcset="x.png 1x, https://a.example/y.png 2x">',
    '<link rel="stylesheet" href="https://fonts.example/css">',
    '<link rel="preconnect" href="https://fonts.example">',
    '<link rel="shortcut icon" href="//a.example/i.ico">',
    '<iframe src="https://a.example"></iframe>',
    '<video poster="https://a.example/p.png"></video>',
    '<object data="https://a.example/o"></object>',
    '<svg><image href="https://a.example/i.png"></image></svg>',
    '<svg><use xlink:href="https://a.example/i.svg#x"></use></svg>',
    '<base href="https://a.example/">',
    '<p style="background:url(https://a.example/i.png)">x</p>',
    "<style>@import 'https://a.example/x.css';</style>",
    '<script>fetch("https://a.example/x")</script>',
    '<meta http-equiv="refresh" content="0;url=https://a.example">',
]
QUIET = [
    '<a href="https://a.example">x</a>',
    '<link rel="canonical" href="https://a.example/">',
    '<link rel="alternate" type="application/atom+xml" href="https://a.example/f">',
    '<script src="../assets/x.js"></script>',
    '<script type="application/json">{"url": "https://a.example"}</script>',
    '<img src="data:image/png;base64,AAAA">',
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "<p>url(https://a.example/i.png)</p>",
]


@pytest.mark.parametrize("page", ASKING)
def test_a_page_that_asks_is_caught(page):
    """Whatever makes a browser ask another server is found, in any spelling."""
    assert in_html(page)


@pytest.mark.parametrize("page", QUIET)
def test_a_page_that_links_or_speaks_is_not(page):
    """Plain links, data URLs and text cause no request."""
    assert in_html(page) == []


def test_style_sheets_are_read_without_comments():
    """A licence address in a comment is a word; url() and @import are requests."""
    assert in_css("/* see url(https://a.example) */ a{background:url(x.png)}") == []
    assert in_css("a{background:url( 'https://a.example/x.png')}") == ["url( 'https://a.example/x.png"]
    assert in_css("@import url(//a.example/x.css);") == ["url(//a.example/x.css"]


def test_scripts_are_read_strictly():
    """A literal that begins with a foreign address is a request to be; namespaces and licence fields are not."""
    assert in_script('load("https://cdn.example/x.js")')
    assert in_script("const r=`https://api.example/${e}`")
    assert in_script('new WebSocket("wss://a.example")')
    assert in_script('document.createElementNS("http://www.w3.org/2000/svg","g")') == []
    assert in_script('{license:"https://a.example/LICENSE",source:"https://a.example"}') == []
    assert in_script('/* https://a.example */ x = "a//b"') == []


@pytest.mark.parametrize(
    ("script", "data"),
    [
        ('var __index = {"docs": [{"title": "//evil.example/x"}]}', True),
        ('window.people = ["https://a.example"];\n', True),
        ('names={"a": "`//b.example/c`"}', True),
        ('var a = {"x": "//evil.example/x"}; fetch(a.x)', False),
        ('var a = {"x": "//evil.example/x"}\nfetch(a.x)', False),
        ('var a = new Image("//evil.example/x")', False),
        ('src = "//evil.example/x"', False),  # a global setter could be meant by it
        ('window.location = ["//evil.example/x"]', False),
        ('a == {"x": "//evil.example/x"}', False),
        ('fetch("//evil.example/x")', False),
        ("var a = " + "[" * 100_000, False),
    ],
)
def test_a_script_that_only_assigns_json_is_data(script, data):
    """One variable, one object or list of JSON, and nothing behind it; all else is code, read strictly."""
    assert is_data(script) is data
    assert bool(in_script(script)) is (not data and "//" in script)


@pytest.mark.parametrize("kind", ["application/json-seq", "text/json+javascript", "module", "text/javascript", ""])
def test_only_json_types_make_a_script_element_data(kind):
    """A type with "json" somewhere in its name can still be code."""
    assert in_html(f'<script type="{kind}">fetch("https://a.example/x")</script>')


def test_sealing_makes_foreign_addresses_into_data():
    """A sealed script passes the guard and keeps its namespaces."""
    sealed = sealed_script('t("https://unpkg.com/x"),r=`https://${e}/api`,n="http://www.w3.org/2000/svg"')

    assert sealed == 't("data:,unpkg.com/x"),r=`data:,${e}/api`,n="http://www.w3.org/2000/svg"'
    assert in_script(sealed) == []


def test_the_guard_names_file_and_request(tmp_path):
    """A finding says where and what, in file order; other kinds of file are not read."""
    (tmp_path / "b.html").write_text('<img src="https://a.example/i.png">')
    (tmp_path / "a.css").write_text("a{background:url(//b.example/x)}")
    (tmp_path / "c.csv").write_text("https://a.example")

    assert list(foreign_requests(tmp_path)) == [
        "a.css: url(//b.example/x", "b.html: <img src=https://a.example/i.png>",
    ]  # fmt: skip
