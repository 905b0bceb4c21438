"""Names of the pages of people, tags and circles: one function, so that no name can end a build or hide a page.

A name is `[a-z0-9-]+`, at most 60 characters, and differs from every other page of its folder on every file system.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count

from generator.text import slug

MAX_STEM = 60
# Windows opens a device under each of these names, whatever the ending of the file.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
RESERVED = DEVICES | {"index"}  # index.html is the overview of each folder


def page_name(wishes: Iterable[str], taken: Collection[str], *, otherwise: str) -> str:
    """The first wish that can name a page, else the first wish with the lowest free number behind it.

    Args:
        wishes: texts to make the name from, best first; those without a letter or digit are passed over.
        taken: names of the other pages in the folder.
        otherwise: used where no wish has a letter or digit; itself a name that is not reserved.
    """
    stems = [stem for wish in wishes if (stem := slug(wish, MAX_STEM))] or [otherwise]
    for stem in stems:
        if stem not in RESERVED and stem not in taken:
            return stem
    return next(name for n in count(2) if (name := _numbered(stems[0], n)) not in taken)


def _numbered(stem: str, number: int) -> str:
    """`stem-2`, shortened so that the number fits; never a device name, because `com-2` is not one."""
    ending = f"-{number}"
    return stem[: MAX_STEM - len(ending)].strip("-") + ending
