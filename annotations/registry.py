"""How is a plug-in found, and what can be said to it? One file each in a package, known by the name it declares."""

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annotations.errors import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What can be said to a format that its file or record does not say itself; titles are msgids.

    `choices` are (value, title); without them a `bool` default makes a checkbox, a `str` one a line of text.
    """

    key: str
    title: str
    default: str | bool = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


CODE_POINT, UTF16 = "code_point", "utf16"


def offsets_option(default: str) -> Option:
    """Returns the option that says in which unit a format's offsets count."""
    return Option(
        key="offsets",
        title=gettext_noop("Offsets count"),
        default=default,
        choices=((CODE_POINT, gettext_noop("Unicode code points")), (UTF16, gettext_noop("UTF-16 units"))),
        hint=gettext_noop("They differ behind an emoji. Programs in a browser and in Java count UTF-16 units."),
    )


def declared(package: str, path: Iterable[str], name: str) -> dict[str, Any]:
    """Returns what the modules of a package declare under a name, by its `key`, in the order of the modules."""
    modules = sorted(module.name for module in pkgutil.iter_modules(path))
    found = [getattr(importlib.import_module(f"{package}.{module}"), name, None) for module in modules]
    return {one.key: one for one in found if one}
