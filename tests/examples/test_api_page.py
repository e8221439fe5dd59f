"""The commands of docs/api.md, run one after the other in one shell against a server with the demonstration."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from annotations.actions.demonstration import load_demonstration

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "api.md"
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_commands_of_the_page_do_what_it_says(live_server: LiveServer, tmp_path: Path) -> None:
    load_demonstration()
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    script = "set -e\n" + "\necho\n".join(blocks).replace("localhost:8000", live_server.url.removeprefix("http://"))
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    projects, articles, status = (line for line in done.stdout.splitlines() if line)
    assert [one["slug"] for one in json.loads(projects)["results"]] == ["demo"]
    assert len(json.loads(articles)["results"]) == 2
    assert status == "304"
    records = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert records
    assert all(record["text"] for record in records)
