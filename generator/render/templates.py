"""The jinja2 environment: autoescape is always on and an undefined name is an error.

Templates are in `site_templates`, beside the package in a checkout and inside it in a wheel.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.errors import PublishError

PACKAGE = Path(__file__).resolve().parent.parent


def template_folder() -> Path:
    """Where the templates are.

    Raises:
        PublishError: neither a checkout nor a whole wheel.
    """
    for folder in (PACKAGE.parent / "site_templates", PACKAGE / "_shipped" / "site_templates"):
        if (folder / "pages").is_dir():
            return folder
    raise PublishError("The report's templates (site_templates) are missing: install whomatters again.")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment; templates see only what their page's view holds."""
    return Environment(
        loader=FileSystemLoader(template_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render_template(template: str, *, root: str, view: object) -> str:
    """A page body: `root` leads from the page to the site's top ("" or "../"), `view` is all it may show."""
    return environment().get_template(f"pages/{template}").render(root=root, view=view)
