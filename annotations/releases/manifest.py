"""What belongs to a release, and is it all there unchanged? The manifest and the list for `sha256sum --check`."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


class File(msgspec.Struct, frozen=True):
    """A file of a release: its path there, bytes and SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def manifest_of(about: dict[str, Any], files: Iterable[File]) -> bytes:
    """Returns the manifest: what the release is, and its files by path; equal releases have equal bytes."""
    said = about | {"files": [msgspec.to_builtins(file) for file in sorted(files, key=lambda file: file.path)]}
    packed = msgspec.json.encode(said, order="sorted")
    return msgspec.json.format(packed, indent=2) + b"\n"


def sums_of(files: Iterable[File]) -> bytes:
    """Returns the files' sums as `sha256sum --check` reads them."""
    lines = (f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return "".join(lines).encode()


def checksum(content: bytes) -> str:
    """Returns the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
