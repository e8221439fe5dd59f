"""How do forty small ES modules travel as one file? When static files are collected, an entry takes its imports in.

Developers and tests run the modules as they are. The bundler knows the forms the project uses (`import { a, b as c }
from "./x.js"`, `export` before a declaration) and raises BundleError for any other; comments on lines of their own are
left out.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ENTRIES = ("js/workspace/main.js", "js/adjudication/main.js")

IMPORT = re.compile(r'^import\s+\{([^}]*)\}\s+from\s+"(\.{1,2}/[^"]+)";[ \t]*\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let)\s+(\w+))", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)


class BundleError(ValueError):
    """Raised for a form of import or export the bundler does not know, or for modules that import each other."""


def bundle(entry: Path, *, read: Callable[[Path], str] = lambda path: path.read_text(encoding="utf-8")) -> str:
    """Returns one module that does what the entry does with all it imports."""
    order: dict[Path, tuple[str, list[str]]] = {}
    _visit(entry.resolve(), read, order, ())
    *modules, (main, _) = order.values()
    wrapped = [
        f"const m{at} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"
        for at, (body, exported) in enumerate(modules)
    ]
    return "".join(wrapped) + main


def _visit(
    path: Path, read: Callable[[Path], str], order: dict[Path, tuple[str, list[str]]], above: tuple[Path, ...]
) -> None:
    """Adds a module's body and the names it exports behind those it imports."""
    if path in above:
        raise BundleError(f"{path.name} imports itself by way of {' and '.join(one.name for one in above)}")
    if path in order:
        return
    source = COMMENT.sub("", read(path))
    for _, name in IMPORT.findall(source):
        _visit((path.parent / name).resolve(), read, order, (*above, path))
    places = {module: at for at, module in enumerate(order)}

    def take(match: re.Match[str]) -> str:
        names = re.sub(r"\s+as\s+", ": ", " ".join(match[1].split()).rstrip(", "))
        return f"const {{ {names} }} = m{places[(path.parent / match[2]).resolve()]};\n"

    exported = EXPORT.findall(source)
    body = EXPORT.sub("", IMPORT.sub(take, source)).lstrip("\n")
    if unknown := LEFT_OVER.search(body):
        raise BundleError(f"{path.name}: {unknown[0]}")
    order[path] = body, exported


class BundledModules:
    """A mixin for the static files' storage: bundles the entries among the collected files before they are hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Replaces each collected entry by its bundle, then lets the storage go on."""
        for name in ENTRIES:
            if name in paths and not dry_run:
                storage, source = paths[name]
                place = Path(self.path(name))  # type: ignore[attr-defined]
                place.write_text(bundle(Path(storage.path(source))), encoding="utf-8")
                # The storage hashes what it reads from here; by itself it would read the source again.
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[misc]
