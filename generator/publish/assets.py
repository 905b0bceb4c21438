"""Static files of the site: styles, scripts, the map library with its licence notice, logo and icon."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from generator.config import SiteSection
from generator.errors import PublishError

FOLDER = "assets/whomatters"
PACKAGE = Path(__file__).resolve().parent.parent
VIS_SCRIPT = "templates/lib/vis-9.1.2/vis-network.min.js"
LOGO_ENDINGS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico"})
LOGO_BYTES = 2_000_000  # a header image above this is a mistake
NOTICE = """vis-network (vis-network.min.js)
Copyright (c) 2011-2017 Almende B.V, http://almende.com
Copyright (c) 2017-2019 visjs contributors, https://github.com/visjs
Dual licensed under the Apache License 2.0 and the MIT License; used here under either.
http://www.apache.org/licenses/LICENSE-2.0
http://opensource.org/licenses/MIT

Theme: Material for MkDocs, Copyright (c) Martin Donath and contributors, MIT License.
Colours of circles: Masataka Okabe and Kei Ito, Color Universal Design (2008).
"""


def static_files() -> dict[str, bytes]:
    """Path in the site and bytes of every file that is the same in each report.

    Raises:
        PublishError: the installation is not whole.
    """
    folder = _static_folder()
    files = {f"{FOLDER}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    pyvis = find_spec("pyvis")
    if pyvis is None or pyvis.origin is None:
        raise PublishError("pyvis, which carries the map's script, is missing: install whomatters again.")
    script = Path(pyvis.origin).parent / VIS_SCRIPT
    try:
        files[f"{FOLDER}/vis-network.min.js"] = script.read_bytes()
    except OSError as error:
        raise PublishError(
            f"The map's script is missing from pyvis ({script.name}): install whomatters again."
        ) from error
    files[f"{FOLDER}/NOTICE.txt"] = NOTICE.encode()
    return files


def logo_file(settings: SiteSection) -> tuple[str, bytes] | None:
    """The client's logo as path in the site and bytes; None where the topic names none.

    Raises:
        PublishError: it cannot be read, does not have an image file name, or is too large.
    """
    if settings.logo is None:
        return None
    ending = settings.logo.suffix.lower()
    if ending not in LOGO_ENDINGS:
        raise PublishError(f"site.logo: {settings.logo} is not a picture: use {', '.join(sorted(LOGO_ENDINGS))}.")
    try:
        content = settings.logo.read_bytes()
    except OSError as error:
        raise PublishError(f"site.logo: {settings.logo} cannot be read ({error.strerror}).") from error
    if len(content) > LOGO_BYTES:
        raise PublishError(f"site.logo: {settings.logo} is larger than 2 MB: use a smaller picture.")
    return f"{FOLDER}/client-logo{ending}", content


def _static_folder() -> Path:
    for base in (PACKAGE.parent / "site_templates", PACKAGE / "_shipped" / "site_templates"):
        if (base / "static").is_dir():
            return base / "static"
    raise PublishError("The report's styles and scripts (site_templates/static) are missing: install whomatters again.")
