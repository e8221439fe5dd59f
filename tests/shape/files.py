"""Which files is the project made of? What git tracks, and what is about to be added."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def project_files(*patterns: str) -> tuple[Path, ...]:
    """Returns the files whose names match any of the patterns, without those that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive: no git, and nothing ignored but what was made here
        found = (path for pattern in patterns for path in ROOT.rglob(pattern))
        paths = [path for path in found if not {".venv", "var"} & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))
