"""The corpora of Fars, Hamshahri and Varzesh3: every article in the database with its source's own strings."""

import json
from typing import Any

import jdatetime
import pytest
from django.utils import timezone

from annotations.actions.imports import import_drafts
from annotations.importers import recognised
from annotations.importers.base import HEAD
from annotations.models import Article
from annotations.text.fold import key_sha256
from annotations.text.freeze import freeze
from tests.conftest import shared
from tests.factories import make_cast

pytestmark = pytest.mark.django_db


def imported(path: str, options: dict[str, str] | None = None) -> list[Article]:
    """Imports a file as a person would and returns the articles in the order of its records."""
    cast = make_cast()
    with shared(path).open("rb") as file:
        importer = recognised(path, file.read(HEAD))
        assert importer is not None
        file.seek(0)
        report = import_drafts(cast.project, importer.read(file, options or {}), by=cast.manager)
    assert report.failed == 0
    return list(Article.objects.order_by("pk").select_related("source"))


def frozen(said: str) -> str:
    """Returns a string as it stands within a text: what freezing changes is changed, a byte order mark is kept."""
    return freeze(f"\n{said}")[1:]


def assert_whole(article: Article, *, title: str, lead: str, paragraphs: list[str]) -> None:
    """Checks that each string is the slice that its section says, and that nothing else stands in the text."""
    text = article.text

    def slice_of(kind: str) -> str:
        found = article.section(kind)
        return text[slice(*found)] if found else ""

    assert slice_of("headline") == article.headline == frozen(title)
    assert slice_of("lead") == frozen(lead)
    assert slice_of("body") == "\n".join(map(frozen, paragraphs))
    assert text == "\n".join(map(frozen, filter(None, (title, lead, *paragraphs))))


def day_of(article: Article) -> str:
    assert article.published_at is not None
    return jdatetime.date.fromgregorian(date=timezone.localtime(article.published_at).date()).strftime("%Y-%m-%d")


@pytest.mark.parametrize("number", [1, 2])
def test_fars_comes_in_with_every_string_and_the_day_of_its_link(number: int) -> None:
    path = f"fars-news/fars-news-{number}.json"
    records = json.loads(shared(path).read_text(encoding="utf-8"))
    articles = imported(path)
    assert len(articles) == len(records) == 300
    dated = 0
    for article, record in zip(articles, records, strict=True):
        assert_whole(article, title=record["title"], lead=record["abstract"], paragraphs=record["paragraphs"])
        assert (article.url, article.source.name, article.source.domain) == (record["link"], "فارس", "farsnews.ir")
        for field, key in (("category", "cat"), ("subcategory", "subcat"), ("tags", "tags")):
            assert article.meta[field] == record[key]
        code = record["link"].split("/news/")[1].split("/")[0]
        if code.startswith("60"):
            assert article.published_at is None
            continue
        dated += 1
        year, rest = (code[:4], code[4:]) if code.startswith(("13", "14")) else (f"13{code[:2]}", code[2:])
        assert day_of(article) == f"{year}-{rest[:2]}-{rest[2:4]}"
        assert article.meta["published_precision"] == "day"
    assert dated == len(records) - sum("/news/60" in record["link"] for record in records)
    assert sum("lead_agency" in article.meta for article in articles) >= (100 if number == 1 else 20)


def test_varzesh3_comes_in_with_every_string() -> None:
    records = json.loads(shared("varzesh3/varzesh3-first150.json").read_text(encoding="utf-8"))
    articles = imported("varzesh3/varzesh3-first150.json")
    assert len(articles) == len(records) == 150
    for article, record in zip(articles, records, strict=True):
        assert_whole(article, title=record["title"], lead=record["abstract"], paragraphs=record["paragraphs"])
        assert article.meta == {"code": record["code"], "tags": record["tags"]}
        assert (article.url, article.source.name) == (record["link"], "ورزش سه")
        assert article.published_at is None


def test_hamshahri_comes_in_with_every_string_and_each_link_once() -> None:
    records = json.loads(shared("rss-hamshahri/hamshahri.json").read_text(encoding="utf-8"))
    by_text: dict[str, dict[str, Any]] = {}
    for record in records:
        by_text.setdefault("\n".join(map(frozen, (record["title"], record["summary"]))), record)
    # What says the same in another spelling comes in once, too.
    by_key = {key_sha256(text): text for text in reversed(by_text)}
    by_text = {text: by_text[text] for text in by_text if by_key[key_sha256(text)] == text}
    articles = {article.text: article for article in imported("rss-hamshahri/hamshahri.json")}
    assert articles.keys() == by_text.keys()
    for text, record in by_text.items():
        article = articles[text]
        assert_whole(article, title=record["title"], lead=record["summary"], paragraphs=[])
        assert (article.url, article.source.name) == (record["link"], "همشهری آنلاین")
        assert article.meta == {"tags": record["tags"]}
