"""The command line: import, export, the demonstration, and the doctor."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.actions.demonstration import load_demonstration
from annotations.models import Article, Project, Span, User
from tests.factories import TEXT, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db


def test_the_doctor_finds_the_demonstration_healthy() -> None:
    load_demonstration()
    said = StringIO()
    call_command("doctor", stdout=said)
    assert "must be" in said.getvalue()


def test_the_doctor_finds_a_span_that_no_history_led_to() -> None:
    work = make_set(make_cast())
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    Span.objects.update(end=work.article.length + 5)
    said = StringIO()
    with pytest.raises(CommandError, match="2 problems"):
        call_command("doctor", stderr=said)
    assert "outside the text" in said.getvalue()
    assert "history does not lead" in said.getvalue()


def test_files_come_in_and_the_pseudonyms_become_accounts(tmp_path: Path) -> None:
    cast = make_cast()
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"text": "سلام تهران", "annotation_sets": [{"kind": "annotator", "annotator": "p1", "status": "assigned"}]}\n',
        encoding="utf-8",
    )
    said = StringIO()
    call_command("import_articles", "test", str(file), annotator=["p1=annotator"], stdout=said)
    assert "1 stored" in said.getvalue()
    assert cast.annotator.annotation_sets.get().article.text == "سلام تهران"
    call_command("import_articles", "test", str(file), stdout=said)
    assert "1 there already" in said.getvalue()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "x.txt"], "no project"),
        (["test", "manage.py"], "--format"),
        (["test", "missing.txt"], "No such file"),
    ],
)
def test_a_wrong_import_says_what_is_wrong(arguments: list[str], said: str) -> None:
    make_cast()
    with pytest.raises(CommandError, match=said):
        call_command("import_articles", *arguments)


def test_a_file_with_bad_records_ends_with_an_error_that_names_the_line(tmp_path: Path) -> None:
    make_cast()
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "خوب"}\nبد\n', encoding="utf-8")
    complained = StringIO()
    with pytest.raises(CommandError, match="1 records"):
        call_command("import_articles", "test", str(file), stderr=complained)
    assert "a.jsonl:2:" in complained.getvalue()
    assert Article.objects.count() == 1


def test_an_unknown_project_or_filter_can_not_be_exported() -> None:
    make_cast()
    with pytest.raises(CommandError, match="no project"):
        call_command("export_corpus", "nothing")
    with pytest.raises(CommandError, match="kind"):
        call_command("export_corpus", "test", kind="golden")


def test_the_demonstration_is_loaded_once_and_not_where_others_could_sign_in(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["newsroom.example.ir"]
    with pytest.raises(CommandError, match="known password"):
        call_command("demo", loopback=True)
    assert not User.objects.exists()
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    call_command("demo", loopback=True, stdout=StringIO())
    call_command("demo", loopback=True, stdout=StringIO())
    assert Project.objects.get().articles.count() == 7
    assert User.objects.get(username="annotator").check_password("newsroom")
