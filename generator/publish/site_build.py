"""Run one mkdocs build: a plugin passes finished HTML bodies to the theme, without Markdown.

The theme's templates do not escape, so titles and descriptions are escaped here. The search index holds names,
rationales and titles only. A warning of mkdocs is an error.
"""

from __future__ import annotations

import html
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.config import SiteSection
from generator.errors import PublishError
from generator.publish.assets import FOLDER
from generator.publish.offline_check import sealed_script
from generator.records import RenderedPage, RenderedSite

SEARCH = "material/search"
HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SOURCE_MAP = re.compile(r"\n?(?://#|/\*#) sourceMappingURL=[^\n*]*(?:\*/)?\s*$")
CONTENTS_FROM = 4  # headings from which a page gets a table of contents
UNUSED = re.compile(r"\.map$|^assets/javascripts/lunr/")  # source maps, stemmers for languages search does not use
SEPARATOR = r"[\s\-.,;:!?\"'’“”«»()\[\]{}|/<>&]+"


class _NoSettings(Config):  # type: ignore[no-untyped-call]  # the same for its settings
    """The plugin has no settings."""


class _Bodies(BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call]  # mkdocs leaves its subclass hook untyped
    """Plugin that generates the pages in memory and replaces their empty Markdown by finished bodies."""

    def __init__(self, pages: Sequence[RenderedPage], files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.pages = {page.path: page for page in pages}
        self.site_files = files

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the rendered pages and files, and remove unused files of the theme."""
        for file in [file for file in files if UNUSED.search(file.src_uri)]:
            files.remove(file)
        for path in self.pages:
            files.append(File.generated(config, path.removesuffix(".html") + ".md", content=""))
        for path, content in self.site_files.items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_page_content(self, _html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Return the finished body, and set the metadata that the theme uses."""
        ours = self.pages[page.file.dest_uri]
        contents = [
            AnchorLink(TAG.sub("", title).strip(), anchor, int(level))
            for level, anchor, title in HEADING.findall(ours.body)
        ]
        top = _nested(contents)
        page.toc = TableOfContents(top)
        wide = len(top) < CONTENTS_FROM or page.is_homepage
        page.meta = {"hide": ["navigation", "toc"] if wide else ["navigation"], "search": {"exclude": True}}
        if not page.is_homepage:
            page.meta["title"] = _shown(ours.title)
        if ours.description:
            page.meta["description"] = _shown(ours.description)
        return ours.body

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Add the title and summary of each page to the search index."""
        index = vars(config.plugins[SEARCH])["search_index"]
        for file in files.documentation_pages():
            ours = self.pages[file.dest_uri]
            # The theme inserts search results as HTML, so the texts must be escaped.
            index.entries.append({"location": file.url, "title": _shown(ours.title), "text": _shown(ours.search_text)})
        return env


def build_site(
    site: RenderedSite,
    into: Path,
    *,
    pages: Sequence[RenderedPage],
    files: Mapping[str, bytes],
    settings: SiteSection,
    logo: str,
    as_of: date,
) -> None:
    """Build `pages` and `files` into the folder `into`.

    Raises:
        PublishError: mkdocs failed or warned; the message says of what.
    """
    docs = into.parent / f"{into.name}-docs"
    docs.mkdir()
    warned: list[str] = []
    try:
        with _quiet(warned), _clock(as_of):
            config = _config(site, into, docs, settings=settings, logo=logo, as_of=as_of)
            config.plugins["whomatters"] = _Bodies(pages, files)
            build(config)
    except (MkDocsException, SystemExit) as error:
        raise PublishError(f"mkdocs could not build the site: {'; '.join(warned) or error}") from error
    finally:
        docs.rmdir()
    if warned:
        raise PublishError(f"mkdocs warned while building the site: {'; '.join(warned[:5])}")
    _tidy(into, published=bool(settings.url))


def _config(
    site: RenderedSite, into: Path, docs: Path, *, settings: SiteSection, logo: str, as_of: date
) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict(_options(site, into, docs, settings=settings, logo=logo, as_of=as_of))
    errors, warnings = config.validate()
    if errors or warnings:
        raise PublishError(
            f"mkdocs refused its settings: {'; '.join(f'{key}: {said}' for key, said in errors + warnings)}"
        )
    return config


def _options(
    site: RenderedSite, into: Path, docs: Path, *, settings: SiteSection, logo: str, as_of: date
) -> dict[str, Any]:
    colours = {"primary": settings.accent, "accent": settings.accent}
    return {
        "site_name": Markup(_shown(site.title)),  # noqa: S704 - escaped on this line
        "site_url": settings.url.rstrip("/") + "/" if settings.url else "",
        "docs_dir": str(docs),
        "site_dir": str(into),
        "use_directory_urls": False,
        "copyright": f"From the open web, up to {as_of.isoformat()}. Who, not how many.",
        "nav": [
            {"Overview" if page.path == "index.html" else _shown(page.title): page.path.removesuffix(".html") + ".md"}
            for page in site.pages
            if page.in_navigation
        ],
        "theme": {
            "name": "material",
            "language": "en",
            "font": False,
            "logo": logo,
            "favicon": f"{FOLDER}/favicon.svg",
            "features": [
                "navigation.tabs",
                "navigation.tabs.sticky",
                "navigation.top",
                "toc.follow",
                "search.highlight",
            ],
            "palette": [
                {
                    "media": "(prefers-color-scheme)",
                    "toggle": {"icon": "material/brightness-auto", "name": "As the system; switch to light"},
                    **colours,
                },
                {
                    "media": "(prefers-color-scheme: light)",
                    "scheme": "default",
                    "toggle": {"icon": "material/weather-sunny", "name": "Light; switch to dark"},
                    **colours,
                },
                {
                    "media": "(prefers-color-scheme: dark)",
                    "scheme": "slate",
                    "toggle": {"icon": "material/weather-night", "name": "Dark; switch to the system's"},
                    **colours,
                },
            ],
        },
        "extra": {"generator": False, "polyfills": [f"{FOLDER}/iframe-worker.js"]},
        "extra_css": [f"{FOLDER}/report.css"],
        "extra_javascript": [f"{FOLDER}/report.js"],
        "plugins": [{SEARCH: {"lang": "en", "separator": SEPARATOR, "pipeline": []}}],
        "validation": {"nav": {"omitted_files": "ignore", "not_found": "warn"}},
    }


def _shown(text: str) -> str:
    """Text as the theme may print it: escaped, and without braces a template could be made of."""
    return html.escape(text)


def _nested(flat: Sequence[AnchorLink]) -> list[AnchorLink]:
    """Second-level headings holding the third-level ones that follow them."""
    top: list[AnchorLink] = []
    for link in flat:
        if link.level == 2 or not top:
            top.append(link)
        else:
            top[-1].children.append(link)
    return top


def _tidy(into: Path, *, published: bool) -> None:
    """Write the search index as a script for file://, replace foreign addresses, and delete unused files."""
    index = (into / "search" / "search_index.json").read_text(encoding="utf-8")
    (into / "search" / "search_index.js").write_text(f"var __index = {index}", encoding="utf-8")
    for script in sorted((into / "assets" / "javascripts").rglob("*.js")):
        script.write_text(SOURCE_MAP.sub("", sealed_script(script.read_text(encoding="utf-8"))), encoding="utf-8")
    for sheet in sorted((into / "assets" / "stylesheets").rglob("*.css")):
        sheet.write_text(SOURCE_MAP.sub("", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    (into / "sitemap.xml.gz").unlink(missing_ok=True)
    if not published:
        # Both need absolute addresses, which do not exist without site.url.
        (into / "sitemap.xml").unlink(missing_ok=True)
        (into / "404.html").unlink(missing_ok=True)


class _Collector(logging.Handler):
    """Collects log messages."""

    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.into = into

    def emit(self, record: logging.LogRecord) -> None:
        """Append the message of a record."""
        self.into.append(record.getMessage())


@contextmanager
def _quiet(warned: list[str]) -> Iterator[None]:
    """Collect the warnings of mkdocs instead of printing them."""
    logger = logging.getLogger("mkdocs")
    before, handler = logger.propagate, _Collector(warned)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


@contextmanager
def _clock(as_of: date) -> Iterator[None]:
    """Let mkdocs date the site map by the report's day instead of the day of the build."""
    stamp = str(int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp()))
    wanted = {"SOURCE_DATE_EPOCH": stamp, "NO_MKDOCS_2_WARNING": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
