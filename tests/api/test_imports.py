"""Does any format come in over the API, told what its file does not say, with its labels made the project's?"""

import json
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from annotations.importers import IMPORTERS
from annotations.models import AnnotationSet, Label, Span
from tests.factories import Cast, make_cast
from tests.importers.hostile import zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]
RECORD = {"text": "🔴 مریم رضایی در تهران گفت", "label": [[3, 13, "PERSON"], [17, 22, "جا"]]}
LINE = json.dumps(RECORD).encode()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def sent(cast: Cast, content: bytes, **said: Any) -> Any:
    """Returns the answer to a body that can be read but once, as a server hands it on."""
    client = APIClient()
    client.force_authenticate(cast.manager)
    return client.generic(
        "POST", "/api/v1/projects/test/import/", content, content_type="application/octet-stream", query_params=said
    )


def test_a_body_is_read_in_every_format(cast: Cast) -> None:
    for key in IMPORTERS:
        answer = sent(cast, zipped({"a.jsonl": LINE}) if key == "zip" else LINE, format=key)
        assert answer.status_code == 200, key
        assert any(answer.json()[became] for became in ("stored", "skipped", "failed")), key


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wait", ["true", "false"])
def test_offsets_are_read_as_is_said_and_labels_become_those_that_are_said(cast: Cast, wait: str) -> None:
    labels = ["PERSON=PER", "جا=+entity", "\x00=-"]
    said = {"format": "doccano", "offsets": "utf16", "annotator": "a\x00", "map": labels, "wait": wait}
    answer = sent(cast, LINE, **said)
    assert answer.status_code == (200 if wait == "true" else 202)
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    spans = Span.objects.order_by("start").values_list("label__key", "start", "end")
    assert list(spans) == [("PER", 2, 12), ("entity", 16, 21)]
    assert Label.objects.get(key="entity").title_fa == "جا"


def test_a_label_that_one_call_has_made_the_next_call_uses(cast: Cast) -> None:
    def bring(text: str, *labels: str) -> set[str]:
        before = set(Label.objects.values_list("key", flat=True))
        line = {"text": text, "label": [[0, 1, "MISC"], [1, 2, "جا"]]}
        answer = sent(cast, json.dumps(line).encode(), format="doccano", map=list(labels))
        assert (answer.json()["stored"], answer.json()["spans"]) == (1, 2)
        return set(Label.objects.values_list("key", flat=True)) - before

    assert bring("یک", "MISC=+entity", "جا=+entity") == {"MISC", "entity"}
    assert bring("دو", "MISC=+entity", "جا=+entity") == set()
    assert bring("سه", "MISC=+claim", "جا=+entity") == {"MISC-2"}
    assert bring("چهار", "MISC=+claim", "جا=+entity") == set()
    used = Span.objects.values_list("label__key", flat=True)
    assert sorted(used) == ["MISC"] * 2 + ["MISC-2"] * 2 + ["entity"] * 4


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"offsets": "utf8"}, "option_unknown"), ({"delimiter": ";"}, "option_unknown"),
        ({"map": ["PERSON=NOBODY"]}, "mapping_invalid"), ({"map": ["PERSON"]}, "mapping_invalid"),
        ({"map": ["\x00=x\x00"], "wait": "false"}, "mapping_invalid"),
    ],
)  # fmt: skip
def test_what_a_format_or_a_project_does_not_know_is_refused(cast: Cast, said: dict[str, Any], title: str) -> None:
    answer = sent(cast, LINE, format="doccano", **said)
    assert (answer.status_code, answer.json()["title"]) == (422, title)
    assert not AnnotationSet.objects.exists()
