"""The site on disk: whole, linked, quiet, the same twice, and never half there."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config import SiteSection
from generator.errors import PublishError
from generator.publish import foreign_requests, publish_site
from generator.records import RenderedFile, RenderedPage, RenderedSite
from tests.factories import report as fixture_report

AS_OF = date(2026, 1, 31)


def tiny(body: str = "<h1>Hello</h1>", title: str = "Tiny", **more) -> RenderedSite:
    return RenderedSite(title, (RenderedPage("index.html", title, body, in_navigation=True),), (), **more)


def publish(site: RenderedSite, out: Path, **settings):
    return publish_site(site, out, settings=SiteSection(**settings), topic_slug="snow", as_of=AS_OF)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_every_page_and_file_is_there(rendered, published):
    """What was rendered stands at its path, files unchanged."""
    for page in rendered.pages:
        assert (published.site / page.path).is_file()
    for file in rendered.files:
        assert (published.site / file.path).read_bytes() == file.content
    assert published.pages == len(rendered.pages)


def test_every_relative_link_and_anchor_resolves(published):
    """A crawler over the built site finds every file and every #anchor it is sent to."""
    pages = {path: LexborHTMLParser(path.read_text()) for path in published.site.rglob("*.html")}
    ids = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    checked = 0
    for path, page in pages.items():
        wanted = [n.attributes["href"] for n in page.css("[href]")] + [n.attributes["src"] for n in page.css("[src]")]
        for address in wanted:
            if not address or address.startswith(("http://", "https://", "mailto:", "data:", "javascript:void")):
                continue
            file, anchor = urldefrag(unquote(address))
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), (path.name, address)
            # The map reads its own anchors: people and circles, not places on the page.
            if anchor and target.suffix == ".html" and not file.endswith("map/index.html"):
                assert anchor in ids[target], (path.name, address)
            checked += 1
    assert checked > 500


def test_bodies_never_went_through_markdown(tmp_path):
    """What Markdown would change stays as it is."""
    body = "<h1>x</h1>\n    <p>*not* _emphasis_ [no](link) `code`</p>"
    out = publish(tiny(body), tmp_path)

    assert body in (out.site / "index.html").read_text()


def test_no_page_asks_a_foreign_server(published):
    """The guard finds nothing in the site as built, the theme's own scripts included."""
    assert list(foreign_requests(published.site)) == []


def test_html_basics(published):
    """A language, a title of its own, one h1, a viewport: on each page."""
    titles = set()
    for path in published.site.rglob("*.html"):
        page = LexborHTMLParser(path.read_text())
        assert page.css_first("html").attributes["lang"] == "en"
        assert len(page.css("h1")) == 1, path
        assert page.css_first('meta[name="viewport"]')
        titles.add((page.css_first("title").text(), path.name if path.parent.name == "people" else ""))
    assert len(titles) == 29


def test_hostile_titles_are_text_in_title_header_and_navigation(published):
    """The theme does not escape; what it is given is escaped already."""
    page = LexborHTMLParser((published.site / "people" / "bo-script.html").read_text())

    assert page.css_first("title").text().strip().startswith(f"Bo {fixture_report.SCRIPT} - Who matters in")
    assert not [s for s in page.css("script") if "pwned" in s.text()]


def test_search_learns_names_whys_and_titles_only(published):
    """One entry a page; escaped, because the theme writes results as HTML."""
    index = json.loads((published.site / "search" / "search_index.json").read_text())
    found = {doc["location"]: doc for doc in index["docs"]}

    assert len(found) == 29
    assert found["people/dee-img.html"] == {
        "location": "people/dee-img.html", "title": "Dee &lt;img src=x onerror=window.pwned=1&gt;",
        "text": "Credited by 3 people for field notes that others teach from.",
    }  # fmt: skip
    script = (published.site / "search" / "search_index.js").read_text()
    assert json.loads(script.removeprefix("var __index = ")) == index


def test_two_builds_are_the_same_to_the_byte(rendered, published, tmp_path, monkeypatch):
    """Another folder, another day, another time zone: same site, same zip."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = publish_site(rendered, tmp_path, settings=SiteSection(), topic_slug="snow", as_of=AS_OF)

    assert tree(again.site) == tree(published.site)
    assert again.zip.read_bytes() == published.zip.read_bytes()
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


def test_the_zip_is_the_site_but_for_the_handed_over_pages(rendered, published):
    """Sorted names under one folder; the brief alone differs, and holds what the hosted one does not."""
    with zipfile.ZipFile(published.zip) as bundle:
        names = bundle.namelist()
        held = {name.removeprefix("snow-report/"): bundle.read(name) for name in names}
        stamps = {info.date_time for info in bundle.infolist()}
    site = tree(published.site)

    assert names == sorted(names, key=lambda name: name.split("/"))
    assert set(held) == set(site)
    assert [name for name in held if held[name] != site[name]] == ["brief/index.html"]
    assert b"SECRET chat" in held["brief/index.html"]
    assert not [name for name in site if b"SECRET chat" in site[name]]
    assert stamps == {(2026, 1, 31, 0, 0, 0)}


def test_a_foreign_request_is_refused_and_the_old_site_stays(tmp_path):
    """A page that would ask a foreign server is never published."""
    before = tree(publish(tiny(), tmp_path).site)

    with pytest.raises(
        PublishError, match=r"foreign servers 1 times.*index\.html: <img src=https://a\.example/i\.png>"
    ):
        publish(tiny('<h1>x</h1><img src="https://a.example/i.png">'), tmp_path)
    assert tree(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "snow-report.zip"]


def test_a_foreign_request_in_the_handed_over_page_is_refused_too(tmp_path):
    """The zip is held to the same rule."""
    handed = RenderedPage("index.html", "Tiny", '<h1>x</h1><img src="//a.example/i.png">', in_navigation=True)

    with pytest.raises(PublishError, match="foreign servers"):
        publish(tiny(handoff_pages=(handed,)), tmp_path)


def test_a_new_site_replaces_the_old_one_whole(tmp_path):
    """Nothing of the old site is left among the new."""
    first = RenderedSite("Tiny", tiny().pages, (RenderedFile("data/old.csv", b"x"),))
    publish(first, tmp_path)
    publish(tiny("<h1>New</h1>"), tmp_path)

    assert not (tmp_path / "site" / "data" / "old.csv").exists()
    assert "<h1>New</h1>" in (tmp_path / "site" / "index.html").read_text()


def test_a_run_killed_between_two_renames_loses_nothing(tmp_path):
    """The site taken down half-way comes back before the next build begins."""
    before = tree(publish(tiny(), tmp_path).site)
    (tmp_path / "site").rename(tmp_path / ".whomatters-replaced")
    (tmp_path / ".whomatters-building").mkdir()

    with pytest.raises(PublishError, match="foreign"):
        publish(tiny('<h1>x</h1><script src="//a.example/x.js"></script>'), tmp_path)
    assert tree(tmp_path / "site") == before


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    """A file where the folder should be: a sentence, no traceback, the file untouched."""
    blocked = tmp_path / "out"
    blocked.write_text("mine")

    with pytest.raises(PublishError, match="cannot be written"):
        publish(tiny(), blocked)
    assert blocked.read_text() == "mine"


def test_a_full_disk_leaves_the_old_site(tmp_path, monkeypatch):
    """Running out of room while zipping ends in a message, and the report before stays readable."""
    before = tree(publish(tiny(), tmp_path).site)

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.publish.write_zip", full)
    with pytest.raises(PublishError, match="No space left on device"):
        publish(tiny("<h1>New</h1>"), tmp_path)
    assert tree(tmp_path / "site") == before
    assert not (tmp_path / ".whomatters-building").exists()


def test_a_symlink_in_place_of_the_site_is_left_alone(tmp_path):
    """A path that is not a folder is not replaced."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PublishError, match="is not a folder"):
        publish(tiny(), tmp_path)
    assert (tmp_path / "site").is_symlink()


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path, monkeypatch):
    """If the new folder cannot be moved into place, the old one returns."""
    before = tree(publish(tiny(), tmp_path).site)
    rename = Path.rename

    def refuse(self, target):
        if self.parent.name == ".whomatters-building":
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PublishError, match="Permission denied"):
        publish(tiny("<h1>New</h1>"), tmp_path)
    assert tree(tmp_path / "site") == before


def test_what_mkdocs_warns_of_stops_the_build(tmp_path, monkeypatch):
    """A warning is an error with the warning's words."""
    import logging

    from generator.publish import site_build

    real = site_build.build
    monkeypatch.setattr(
        site_build, "build", lambda config: (logging.getLogger("mkdocs.x").warning("odd page"), real(config))
    )
    with pytest.raises(PublishError, match="mkdocs warned while building the site: odd page"):
        publish(tiny(), tmp_path)


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x.html", "a\\x.html", "./x.html", ""])
def test_a_path_outside_the_site_is_refused(tmp_path, path):
    """Every path is plain and relative."""
    site = replace(tiny(), files=(RenderedFile(path, b"x"),))

    with pytest.raises(PublishError, match="not a path inside the site"):
        publish(site, tmp_path)


def test_two_pages_of_one_path_are_refused(tmp_path):
    """One page does not overwrite another."""
    site = replace(tiny(), files=(RenderedFile("index.html", b"x"),))

    with pytest.raises(PublishError, match="claim one path"):
        publish(site, tmp_path)


def test_a_logo_is_shipped_and_shown(tmp_path):
    """The client's picture is copied into the site."""
    logo = tmp_path / "brand.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    out = publish(tiny(), tmp_path / "out", logo=logo)

    assert (out.site / "assets" / "whomatters" / "client-logo.svg").read_text() == logo.read_text()
    assert 'src="assets/whomatters/client-logo.svg"' in (out.site / "index.html").read_text()


def test_a_logo_that_asks_a_foreign_server_is_refused(tmp_path):
    """An SVG may hold requests; the guard reads it like a page."""
    logo = tmp_path / "brand.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"><image href="https://a.example/i.png"/></svg>')

    with pytest.raises(PublishError, match="foreign servers"):
        publish(tiny(), tmp_path / "out", logo=logo)


@pytest.mark.parametrize("name", ["missing.png", "brand.exe"])
def test_a_logo_that_cannot_be_used_is_said(tmp_path, name):
    """Missing or no picture: the message names the key."""
    if name.endswith("exe"):
        (tmp_path / name).write_bytes(b"x")

    with pytest.raises(PublishError, match=r"site\.logo"):
        publish(tiny(), tmp_path / "out", logo=tmp_path / name)


def test_an_address_gives_a_site_map_dated_by_the_report(tmp_path):
    """With site.url there is a site map and canonical links; without there is neither."""
    with_url = publish(tiny(), tmp_path / "a", url="https://reports.example/snow")
    without = publish(tiny(), tmp_path / "b")

    assert "<lastmod>2026-01-31</lastmod>" in (with_url.site / "sitemap.xml").read_text()
    assert '<link rel="canonical" href="https://reports.example/snow/' in (with_url.site / "index.html").read_text()
    assert not (without.site / "sitemap.xml").exists()


def test_the_accent_colours_the_theme(tmp_path):
    """site.accent is the theme's colour in light and dark."""
    out = publish(tiny(), tmp_path, accent="teal")

    assert (out.site / "index.html").read_text().count('data-md-color-primary="teal"') == 4


def test_nothing_is_printed_or_logged(tmp_path, capfd):
    """mkdocs and the theme stay silent."""
    publish(tiny(), tmp_path)

    assert capfd.readouterr() == ("", "")


def test_borrowed_scripts_carry_their_notice(published):
    """vis-network's licence header and our notice travel with the site."""
    folder = published.site / "assets" / "whomatters"

    assert "vis.js is dual licensed" in (folder / "vis-network.min.js").read_text()[:1500]
    assert "Apache License 2.0 and the MIT License" in (folder / "NOTICE.txt").read_text()
