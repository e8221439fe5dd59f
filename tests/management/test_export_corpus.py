"""`manage.py export_corpus`: every format into a file, its losses on the screen and in a report."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.exporters import EXPORTERS
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    perform(make_set(cast, EMOJI_TEXT), span_op(EMOJI_TEXT, "روسی", "LOC"), span_op(EMOJI_TEXT, "کیم جونگ اون"))
    return cast


def test_losses_are_told_on_the_screen_and_listed_in_the_report(cast: Cast, tmp_path: Path) -> None:
    said = StringIO()
    call_command(
        "export_corpus", "test", format="conll", output=tmp_path / "out.zip", loss_report=tmp_path / "losses.jsonl",
        stderr=said,
    )  # fmt: skip
    assert said.getvalue().split()[:2] == ["1", "moved"]
    summary, case = map(json.loads, (tmp_path / "losses.jsonl").read_text("utf-8").splitlines())
    assert (summary["counts"], case["quote"]) == ({"moved": 1}, "روسی")
    assert (tmp_path / "out.zip").stat().st_size > 500


def test_a_strict_export_that_loses_leaves_no_file(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="moved 1"):
        call_command("export_corpus", "test", format="conll", strict=True, output=tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []
    call_command("export_corpus", "test", format="brat", strict=True, output=tmp_path / "out.zip")
    assert (tmp_path / "out.zip").exists()


@pytest.mark.parametrize("pair", ["spelling=greek", "colour=red", "scheme"])
def test_an_option_that_the_format_lacks_is_named(cast: Cast, pair: str) -> None:
    with pytest.raises(CommandError, match="Possible"):
        call_command("export_corpus", "test", format="conll", option=[pair])


@pytest.mark.parametrize("key", EXPORTERS)
def test_command_and_api_write_the_same_bytes(cast: Cast, tmp_path: Path, key: str) -> None:
    client = Client()
    client.force_login(cast.manager)
    streamed = b"".join(client.get(f"/api/v1/projects/test/export/?format={key}&label=PER").streaming_content)
    call_command("export_corpus", "test", format=key, label="PER", output=tmp_path / "out", stderr=StringIO())
    assert (tmp_path / "out").read_bytes() == streamed
