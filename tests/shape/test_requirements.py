"""Is what is installed what is declared? pyproject.toml, the two pinned files, and the limit to what users install."""

import re
import tomllib
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shape.files import ROOT

# The readers of web pages, feeds, sheets and other systems' files bring 22, most of them small.
MOST_PACKAGES = 80


def declared() -> dict[str, list[Requirement]]:
    """Returns what pyproject.toml asks for, to run and to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"run": project["dependencies"], "dev": project["optional-dependencies"]["dev"]}
    return {name: [Requirement(line) for line in lines] for name, lines in groups.items()}


def pinned(file: str) -> dict[str, str]:
    """Returns the versions by name; every line must pin one."""
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    pins = [re.fullmatch(r"([A-Za-z0-9._-]+)==(\S+)", line) for line in lines if line]
    assert all(pins), [line for line in lines if line and "==" not in line]
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def closure(requirements: list[Requirement]) -> set[str]:
    """Returns the names of everything that the requirements need here, read from what is installed."""
    names: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    open_ends = list(requirements)
    while open_ends:
        needed = open_ends.pop()
        if (needed.name, frozenset(needed.extras)) in seen:
            continue
        seen.add((needed.name, frozenset(needed.extras)))
        found: Distribution = distribution(needed.name)
        names.add(canonicalize_name(needed.name))
        for line in found.requires or []:
            further = Requirement(line)
            wanted = further.marker is None or any(further.marker.evaluate({"extra": x}) for x in needed.extras or {""})
            if wanted:
                open_ends.append(further)
    return names


def test_requirements_txt_is_the_closure_of_what_is_declared() -> None:
    assert set(pinned("requirements.txt")) == closure(declared()["run"])


def test_the_developers_file_adds_to_the_users_and_contradicts_nothing() -> None:
    run, dev = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert run.items() <= dev.items()
    assert {canonicalize_name(wanted.name) for wanted in declared()["dev"]} <= dev.keys()


def test_what_is_installed_alone_finds_what_it_needs_and_changes_no_other_pin() -> None:
    dev, alone = pinned("requirements-dev.txt"), pinned("requirements-consumers.txt")
    assert not alone.keys() & dev.keys()
    assert {name: distribution(name).version for name in alone} == alone


def test_every_pin_fits_what_is_declared_and_what_is_installed() -> None:
    dev = pinned("requirements-dev.txt")
    for wanted in [*declared()["run"], *declared()["dev"]]:
        assert wanted.specifier.contains(dev[canonicalize_name(wanted.name)]), wanted
    assert {name: distribution(name).version for name in dev} == dev


def test_users_install_few_packages() -> None:
    assert len(pinned("requirements.txt")) < MOST_PACKAGES
