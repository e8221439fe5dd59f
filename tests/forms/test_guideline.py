"""The guideline: what its Markdown may hold, and which passage speaks of which label."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from annotations.actions.demonstration import DATA
from annotations.forms.guideline import Names, language_of, passages, render_guideline
from annotations.forms.markdown import render_markdown, render_sections
from annotations.models import Label, Project
from annotations.presets import PRESETS
from tests.factories import Cast, make_cast

DEMO = (DATA / "GUIDELINE.fa.md").read_text(encoding="utf-8")
LABELS = tuple(Names(spec.key, (spec.title_fa, spec.title_en)) for spec in PRESETS["news-fa"].labels)
HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](https://elsewhere.example/x.png)",
    "<style>body{display:none}</style>",
    '<a href="https://x.example" style="position:fixed" onclick="x()">x</a>',
    "<iframe src=https://elsewhere.example></iframe>",
    "# heading <b onmouseover=x()>x</b>",
    "| a | b |\n|---|---|\n| <svg onload=x()> | <form action=x> |",
]
# What would run or reach another host: a tag of it, an attribute of an event or a style, an address that is a script.
RUNS = re.compile(
    r"<(?:script|style|img|iframe|svg|form|input|object|link|meta)\b|<[^>]+\s(?:on\w+|style|src)="
    r"|<[^>]+href=\"(?!https?:|mailto:)"
)


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_in_a_guideline_runs_or_fetches(text: str) -> None:
    for html in (render_markdown(text), render_guideline(text, LABELS)):
        assert not RUNS.search(html), html


@given(st.lists(st.sampled_from([*HARMFUL, "شخص (PER)", "# ", "- ", "\n\n", "> ", "`", "**"]), max_size=8))
def test_no_mixture_of_pieces_runs(pieces: list[str]) -> None:
    assert not RUNS.search(render_guideline("".join(pieces), LABELS))


def test_a_link_to_a_page_stays_a_link() -> None:
    assert '<a href="https://fa.wikipedia.org/"' in render_guideline("[ویکی](https://fa.wikipedia.org/)", LABELS)


def test_the_sections_are_the_whole_of_the_text() -> None:
    joined = "".join(section.html for section in render_sections(DEMO))
    assert joined == render_markdown(DEMO)


def test_every_label_of_the_scheme_has_its_passage_in_the_demonstration() -> None:
    found = passages(DEMO, LABELS)
    assert found.keys() == {names.key for names in LABELS}
    for names in LABELS:
        assert names.key in found[names.key]
    assert len(set(found.values())) == len(LABELS)


@pytest.mark.parametrize("names", LABELS, ids=lambda names: names.key)
def test_a_passage_of_the_demonstration_has_examples_and_counter_examples(names: Names) -> None:
    sections = {section.heading: section.html for section in render_sections(DEMO)}
    html = sections[passages(DEMO, LABELS)[names.key]]
    assert "بله" in html
    assert "<strong>نه:</strong>" in html


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("## شخص (PER)", "PER"), ("## `PER`", "PER"), ("## PER", "PER"), ("## ۲-۱ شخص", "PER"), ("## 3. Person", "PER"),
        ("## شخص، سازمان", "ORG"), ("## تاريخ و زمان", "TIM"), ("## ادعا: چه چیزی ادعاست", "CLAIM"),
        ("## موضع تيتر", "headline_stance"), ("## نشانه‌ی نقل", "CUE"), ("## person and organization", "ORG"),
    ],
)  # fmt: skip
def test_a_heading_names_a_label_by_key_or_title(heading: str, key: str) -> None:
    assert key in passages(f"{heading}\n\nx", LABELS)


@pytest.mark.parametrize(
    "heading", ["## شخصیت‌ها", "## personal", "## per", "## سازمان‌دهی کار", "شخص (PER)", "> ## شخص"]
)
def test_other_words_name_none(heading: str) -> None:
    assert passages(f"{heading}\n\nx", LABELS) == {}


def test_a_key_goes_before_a_title_and_the_narrower_heading_before_the_wider() -> None:
    text = "# شخص، سازمان، مکان\n\n## شخص\n\n## کسان (PER)\n\n## مکان\n"
    assert passages(text, LABELS) == {"PER": "کسان (PER)", "ORG": "شخص، سازمان، مکان", "LOC": "مکان"}


def test_a_passage_holds_what_stands_below_its_heading() -> None:
    html = render_guideline("## ادعا\n\na\n\n### نوع\n\nb\n\n## نشانهٔ نقل\n\nc", LABELS)
    claim = re.search(r'<section id="passage-0" data-labels="CLAIM">(.*)</section><section', html, re.DOTALL)
    assert claim is not None
    assert "<p>b</p>" in claim[1]
    assert "<p>c</p>" not in claim[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Entities\n\nA person is «شخص».", ("en", "ltr")),
        ("# موجودیت\n\nشخص `PER`", ("fa", "rtl")),
        ("", ("fa", "rtl")),
    ],
)
def test_the_direction_is_that_of_the_guideline(text: str, said: tuple[str, str]) -> None:
    assert language_of(text) == said


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def test_who_has_the_guideline_is_not_sent_it_again(cast: Cast) -> None:
    Project.objects.update(guideline="## شخص (PER)\n\nنام انسان")
    client = client_of("annotator")
    first = client.get("/projects/test/guideline/")
    assert first.status_code == 200
    assert 'data-labels="PER"' in first.content.decode()
    assert (first["Guideline-Version"], first["Cache-Control"]) == ("1", "private, no-cache")
    again = client.get("/projects/test/guideline/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Project.objects.update(guideline_version=2)
    assert client.get("/projects/test/guideline/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_archived_label_has_no_passage_any_more(cast: Cast) -> None:
    Project.objects.update(guideline="## شخص (PER)\n\nنام انسان")
    Label.objects.filter(key="PER").update(archived_at="2026-01-01T00:00Z")
    assert "data-labels" not in client_of("annotator").get("/projects/test/guideline/").content.decode()


def test_a_project_without_a_guideline_says_so(cast: Cast) -> None:
    assert client_of("annotator").get("/projects/test/guideline/").status_code == 204
