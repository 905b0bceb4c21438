"""Write a deterministic zip, and replace the old site by the new one in one step."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.errors import PublishError

BUILDING, REPLACED = ".whomatters-building", ".whomatters-replaced"


def write_zip(site: Path, into: Path, *, folder: str, replaced: Mapping[str, bytes], as_of: date) -> None:
    """Everything under `site` in one folder of a zip; `replaced` holds the bytes of pages that differ in it."""
    stamp = (max(1980, as_of.year), as_of.month, as_of.day, 0, 0, 0)  # zip timestamps start in 1980
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            info = zipfile.ZipInfo(f"{folder}/{name}", stamp)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            bundle.writestr(info, replaced.get(name) or path.read_bytes())


def restore_interrupted_swap(out: Path) -> None:
    """Clean up after a killed run: delete half-built folders and restore a site that was moved away."""
    replaced, site = out / REPLACED, out / "site"
    if replaced.is_dir() and not site.exists():
        replaced.rename(site)
    shutil.rmtree(replaced, ignore_errors=True)
    shutil.rmtree(out / BUILDING, ignore_errors=True)


def swap_in(built: Path, out: Path) -> Path:
    """Move the built folder to OUT/site and return its path; restore the old site if that fails."""
    site, replaced = out / "site", out / REPLACED
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise PublishError(f"{site} is not a folder: move it away, or give another --out.")
    if site.exists():
        site.rename(replaced)
    try:
        built.rename(site)
    except OSError:
        if replaced.exists():
            replaced.rename(site)
        raise
    shutil.rmtree(replaced, ignore_errors=True)
    return site
