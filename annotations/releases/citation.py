"""How is a release cited? CITATION.cff, version 1.2.0 (https://citation-file-format.github.io), and a line of text."""

from typing import Any

import yaml


def citation_of(about: dict[str, Any]) -> bytes:
    """Returns the CITATION.cff of a release; authors are names of people or groups, the project where none is named."""
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite it as below.",
        "type": "dataset",
        "title": about["title"],
        "version": about["name"],
        "date-released": about["dated"],
        "authors": [{"name": author} for author in about["authors"] or [about["title"]]],
        "identifiers": [{"type": "other", "value": f"urn:uuid:{about['id']}", "description": "Id of the release"}],
    }
    if about["license"]:
        said["license"] = about["license"]
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False).encode()


def line_of(about: dict[str, Any]) -> str:
    """Returns the release as one line of a list of references."""
    authors = ", ".join(about["authors"] or [about["title"]])
    return f"{authors} ({about['dated'][:4]}). {about['title']}, {about['name']} [data set]. urn:uuid:{about['id']}"
