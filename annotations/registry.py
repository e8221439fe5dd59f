"""How is a plug-in found, and what can be said to it? One file each in a package, known by the name it declares."""

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


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


def declared(package: str, path: Iterable[str], name: str) -> dict[str, Any]:
    """Returns what the modules of a package declare under a name, by its `key`, in the order of the modules."""
    modules = sorted(module.name for module in pkgutil.iter_modules(path))
    found = [getattr(importlib.import_module(f"{package}.{module}"), name, None) for module in modules]
    return {one.key: one for one in found if one}
