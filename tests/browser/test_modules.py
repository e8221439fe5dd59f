"""The workspace's modules: every import leads somewhere, and the page asks for all of them at once."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "static" / "js" / "workspace" / "main.js"
IMPORT = re.compile(r'^(?:import|export)[^"\n]*"(\.{1,2}/[^"]+)"', re.MULTILINE)


def imported(module: Path, seen: set[Path]) -> set[Path]:
    """Returns all modules that one needs, itself left out."""
    for name in IMPORT.findall(module.read_text(encoding="utf-8")):
        found = (module.parent / name).resolve()
        if found not in seen:
            seen.add(found)
            imported(found, seen)
    return seen


def test_every_import_leads_to_a_file() -> None:
    assert not [module for module in imported(MAIN, set()) if not module.is_file()]


def test_the_page_preloads_what_main_imports_and_nothing_else() -> None:
    template = (ROOT / "templates" / "workspace" / "modules.html").read_text(encoding="utf-8")
    named = {(ROOT / "static" / name).resolve() for name in re.findall(r"static '([^']+)'", template)}
    assert named == imported(MAIN, set())


def test_modules_are_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "static" / "js").rglob("*.js")}
    assert not {path.name: length for path, length in lengths.items() if length > 300}
