"""Publish a rendered site to OUT/site and to a hand-off zip.

Takes `RenderedSite`, the site section of the topic and the report's day; returns `Published`. Unused files of the
theme are left out. A site that would request anything from another server is not published, and the previous
site stays in place until the new one is complete.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from generator.config import SiteSection
from generator.errors import PublishError
from generator.interrupts import defer_interrupts
from generator.publish.assets import FOLDER, logo_file, static_files
from generator.publish.bundle import BUILDING, restore_interrupted_swap, swap_in, write_zip
from generator.publish.offline_check import foreign_requests
from generator.publish.site_build import build_site
from generator.records import RenderedPage, RenderedSite

__all__ = ["Published", "foreign_requests", "publish_site"]

FOREIGN_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Published:
    """Paths and sizes of the published site and zip."""

    site: Path
    zip: Path
    pages: int
    site_bytes: int
    zip_bytes: int


def publish_site(site: RenderedSite, out: Path, *, settings: SiteSection, topic_slug: str, as_of: date) -> Published:
    """Build the site and its zip beside the old ones, then swap.

    Args:
        site: pages and files, as `render_report` returns them.
        out: folder that receives `site/` and `<topic_slug>-report.zip`; made if it is not there.
        settings: title, address, logo and accent.
        topic_slug: `[a-z0-9-]+`, names the zip.
        as_of: the report's day, used for all timestamps.

    Raises:
        PublishError: the folder cannot be written or is full, mkdocs failed or warned, a path leaves the
            site, or a page would ask a foreign server for something. What was there before is still there.
    """
    _check_paths(site)
    building = out / BUILDING
    try:
        out.mkdir(parents=True, exist_ok=True)
        restore_interrupted_swap(out)
        building.mkdir()
        built, new_zip = building / "site", building / "report.zip"
        replaced = _build(site, built, settings=settings, as_of=as_of)
        _refuse_foreign(built)
        write_zip(built, new_zip, folder=f"{topic_slug}-report", replaced=replaced, as_of=as_of)
        sizes = sum(path.stat().st_size for path in built.rglob("*") if path.is_file()), new_zip.stat().st_size
        final_zip = out / f"{topic_slug}-report.zip"
        with defer_interrupts():  # an interrupt must not leave a new site with an old zip
            place = swap_in(built, out)
            new_zip.replace(final_zip)
    except OSError as error:
        raise PublishError(
            f"The report cannot be written to {out}: {error.strerror or error}. What was there before is untouched."
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Published(place, final_zip, len(site.pages), *sizes)


def _build(site: RenderedSite, built: Path, *, settings: SiteSection, as_of: date) -> dict[str, bytes]:
    """Build the hosted site; return the pages of the hand-off that differ from it, by path."""
    files = {file.path: file.content for file in site.files} | static_files()
    client_logo = logo_file(settings)
    logo = f"{FOLDER}/logo.svg"
    if client_logo:
        logo, files[client_logo[0]] = client_logo
    build_site(site, built, pages=site.pages, files=files, settings=settings, logo=logo, as_of=as_of)
    if not site.handoff_pages:
        return {}
    # The same navigation around other bodies: a second, small build of the index pages alone.
    theirs = {page.path: page for page in site.handoff_pages}
    around = [theirs.pop(page.path, page) for page in site.pages if page.in_navigation]
    handoff = built.parent / "handoff"
    build_site(site, handoff, pages=[*around, *theirs.values()], files=files, settings=settings, logo=logo, as_of=as_of)
    _refuse_foreign(handoff)
    return {page.path: (handoff / page.path).read_bytes() for page in site.handoff_pages}


def _check_paths(site: RenderedSite) -> None:
    """Every path is relative, plain, and used once."""
    pages: tuple[RenderedPage, ...] = site.pages + site.handoff_pages
    for path in [page.path for page in pages] + [file.path for file in site.files]:
        parts = PurePosixPath(path).parts
        if path != "/".join(parts) or not parts or path.startswith("/") or ".." in parts or "\\" in path:
            raise PublishError(f"{path!r} is not a path inside the site.")
    taken = [page.path for page in site.pages] + [file.path for file in site.files]
    if twice := sorted({path for path in taken if taken.count(path) > 1}):
        raise PublishError(f"Two pages claim one path: {', '.join(twice[:5])}.")
    if "index.html" not in {page.path for page in site.pages if page.in_navigation}:
        raise PublishError("The site has no index.html in its navigation.")


def _refuse_foreign(built: Path) -> None:
    if found := list(foreign_requests(built)):
        shown = "; ".join(found[:FOREIGN_SHOWN])
        raise PublishError(f"The site would ask foreign servers {len(found)} times, so it is not published: {shown}")
