"""Does the tree stay easy to read? Sizes, style, layers, and nothing of one machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shape.files import ROOT, project_files

CAP = 300
CAP_OF_TESTS = 400
UNCOUNTED = ("/migrations/", "/vendor/")
TOOLS = {
    "style": [sys.executable, "-m", "ruff", "check", "--output-format=concise", "."],
    "layers": [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"],
    "types": [sys.executable, "-m", "mypy"],
}
# Folders of one machine, and package registries: what a reader elsewhere can't use.
MACHINE = re.compile(r"(?<![\w.}>-])/(?:work|root|home|Users|opt)/|pypi\.org|pythonhosted\.org|--(?:extra-)?index-url")
GUARDS = {"tests/shape/test_files.py"}


@pytest.mark.parametrize("pattern", ["*.py", "*.js", "*.css"])
def test_no_file_outgrows_its_reader(pattern: str) -> None:
    too_long = {}
    for path in project_files(pattern):
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text(encoding="utf-8").count("\n")
        cap = CAP_OF_TESTS if name.startswith("tests/") else CAP
        if lines > cap and not any(part in f"/{name}" for part in UNCOUNTED):
            too_long[name] = lines
    assert too_long == {}


@pytest.mark.parametrize("check", TOOLS)
def test_the_linters_are_content(check: str) -> None:
    answer = subprocess.run(TOOLS[check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("pattern", ["*.md", "*.txt", "*.toml", "*.sh", "*.py", "*.js", "Makefile", "Procfile"])
def test_nothing_names_one_machine(pattern: str) -> None:
    named = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in project_files(pattern)
        if path.relative_to(ROOT).as_posix() not in GUARDS
        and (found := MACHINE.search(path.read_text(encoding="utf-8")))
    }
    assert named == set()


def test_links_between_documents_lead_somewhere() -> None:
    dead = set()
    for path in project_files("*.md"):
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                dead.add(f"{path.relative_to(ROOT)} -> {target}")
    assert dead == set()


def test_every_command_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    offered = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"setup", "setup-dev"}
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert offered == described
