"""Releases: what is in them, that they are the same bytes whoever builds them, and that nothing changes them."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from annotations.actions import jobs
from annotations.actions.guidelines import publish_guideline
from annotations.actions.jobs import LeaseLost
from annotations.actions.releases import FormatUnknown, NameInvalid, NothingChosen, write_file
from annotations.actions.stories import place_articles
from annotations.actions.webhooks import make_webhook
from annotations.jobs import runner
from annotations.jobs.agreement import measure
from annotations.jobs.base import Run
from annotations.jobs.releases import JSON, cut, steps
from annotations.models import AnnotationSet, Article, Delivery, Job, Label, Project, Release, StoryMember
from annotations.queries.releases import RECORDS
from annotations.records import Record
from annotations.releases.splits import Plan
from tests.factories import TEXT, Cast, make_cast, perform, span_op
from tests.jobs.test_agreement import hand_in
from tests.jobs.test_killed import run_dying

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
ARTICLES = 12
FORMATS = ["jsonl", "conll", "csv"]


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for number in range(ARTICLES):
        hand_in(cast, f"👩‍👩‍👧‍👦 خبر {number}: کیم جونگ اون در تهران به تاس گفت.", differ=number % 2 == 0)
    return cast


@pytest.fixture(autouse=True)
def _cold() -> Iterator[None]:
    yield
    runner._warm.clear()


def built(cast: Cast, name: str = "1.0", **said: Any) -> Release:
    release = cut(cast.project, by=cast.manager, name=name, **said)
    assert runner.run_slice(release.job_id, leave=lambda: False) == "done"
    release.refresh_from_db()
    return release


def contents(release: Release) -> dict[str, bytes]:
    found = {}
    for file in release.files.all():
        with file.content.open("rb") as content:
            found[file.path] = content.read()
    return found


def test_a_release_has_its_records_parts_formats_card_citation_and_sums(cast: Cast) -> None:
    measure(cast.project, by=cast.reviewer)
    release = built(cast, formats=FORMATS, authors=["گروه تحریریه"], license="CC-BY-4.0", note="**نخستین**")
    files = contents(release)
    assert {"records.jsonl", "splits.csv", "README.md", "CITATION.cff", "guideline.md", "scheme.json"} <= set(files)
    records = [msgspec.json.decode(line, type=Record) for line in files["records.jsonl"].splitlines()]
    assert len(records) == ARTICLES
    parts = {row["article"]: row["part"] for row in csv.DictReader(io.StringIO(files["splits.csv"].decode()))}
    for part in set(parts.values()):
        here = [json.loads(line)["id"] for line in files[f"jsonl/{part}.jsonl"].splitlines()]
        assert here == [record.id for record in records if parts[record.id] == part]
    manifest = json.loads(files["manifest.json"])
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(files[file["path"]]).hexdigest()
        assert file["size"] == len(files[file["path"]])
    assert {file["path"] for file in manifest["files"]} == set(files) - {"manifest.json", "SHA256SUMS"}
    assert release.sha256 == hashlib.sha256(files["manifest.json"]).hexdigest()
    assert f"{release.sha256}  manifest.json" in files["SHA256SUMS"].decode()
    assert manifest["counts"]["total"] == {
        "articles": ARTICLES, "characters": sum(len(record.text) for record in records), "labels": 0, "relations": 0,
        "sets": 2 * ARTICLES, "spans": 6 * ARTICLES,
    }  # fmt: skip
    card = files["README.md"].decode()
    fields = yaml.safe_load(card.split("---")[1])
    assert (fields["language"], fields["license"], fields["size_categories"]) == (["fa"], "CC-BY-4.0", ["n<1K"])
    # 6 of 12 articles have 2 equal spans of 3, the others 3 of 3.
    assert "| span F1, exact | 0.833 |" in card
    assert "**نخستین**" in card
    citation = yaml.safe_load(files["CITATION.cff"])
    assert (citation["version"], citation["authors"]) == ("1.0", [{"name": "گروه تحریریه"}])
    assert json.loads(files["scheme.json"])[0]["key"] == cast.project.labels.order_by("order").first().key


def test_webhooks_hear_that_it_is_sealed(cast: Cast) -> None:
    make_webhook(cast.project, url="http://example.org/", events=["release.sealed"], by=cast.manager)
    release = built(cast)
    assert Delivery.objects.get().payload["data"] == {
        "release": "1.0", "id": release.uid, "sha256": release.sha256, "counts": release.counts,
    }  # fmt: skip


def test_copies_of_one_story_stand_in_one_part(cast: Cast) -> None:
    first = Article.objects.order_by("pk").first()
    for article in Article.objects.all():
        StoryMember.objects.create(article=article, story=first.pk, sketch=b"", cut=1)
    release = built(cast, plan=Plan(shares=(34, 33, 33)))
    rows = list(csv.DictReader(io.StringIO(contents(release)["splits.csv"].decode())))
    assert {row["story"] for row in rows} == {first.uid}
    assert len({row["part"] for row in rows}) == 1


def test_copies_that_nobody_has_put_into_stories_yet_stand_in_one_part_too(cast: Cast) -> None:
    for number in range(3):
        hand_in(cast, f"{number} {TEXT} کیم جونگ اون در تهران به تاس گفت.", differ=False)
    assert not StoryMember.objects.exists()
    release = cut(cast.project, by=cast.manager, name="1.0", plan=Plan(shares=(34, 33, 33)))
    # Each batch of articles is a chunk: whoever goes on finds them placed.
    assert runner.run_slice(release.job_id, leave=lambda: True) == "waiting"
    assert StoryMember.objects.count() == ARTICLES + 3
    assert not release.files.exists()
    assert runner.run_slice(release.job_id, leave=lambda: False) == "done"
    rows = list(csv.DictReader(io.StringIO(contents(release)["splits.csv"].decode())))
    parts = {(row["story"], row["part"]) for row in rows}
    assert len({row["story"] for row in rows}) == len(parts) == 2


def test_built_anew_it_is_the_same_bytes_and_what_was_built_stays(cast: Cast) -> None:
    release = built(cast, formats=FORMATS)
    before = contents(release)
    release.files.all().delete()
    Release.objects.filter(pk=release.pk).delete()
    again = Release(**{field.attname: getattr(release, field.attname) for field in Release._meta.concrete_fields})
    again.sealed_at, again.counts, again.losses = None, {}, {}
    again.save(force_insert=True)
    again.job.__class__.objects.filter(pk=again.job_id).update(state="failed", cursor={}, done=0)
    runner.resume(again.job.__class__.objects.get(pk=again.job_id))
    assert runner.run_slice(again.job_id, leave=lambda: False) == "done"
    assert contents(again) == before


def test_however_often_its_builder_is_killed_it_is_sealed_with_the_same_bytes(cast: Cast) -> None:
    whole = contents(built(cast, "whole", formats=FORMATS))
    release = cut(cast.project, by=cast.manager, name="killed", formats=FORMATS)
    kills = [6, 60, 5]  # while the records are read, some chunks later, and at once again
    dead = run_dying(release.job, kills)
    release.refresh_from_db()
    assert len(dead) == len(kills), dead
    assert release.sealed_at is not None
    killed = contents(release)
    told = {"README.md", "CITATION.cff", "manifest.json", "SHA256SUMS"}  # these name the release
    assert {path: killed[path] for path in killed if path not in told} == {
        path: whole[path] for path in whole if path not in told
    }
    sums = dict(reversed(line.split("  ")) for line in killed["SHA256SUMS"].decode().splitlines())
    assert sums == {path: hashlib.sha256(killed[path]).hexdigest() for path in killed if path != "SHA256SUMS"}


def test_guideline_and_scheme_are_those_of_the_moment_when_the_records_are_read(cast: Cast) -> None:
    def say(text: str, **entries: str) -> None:
        publish_guideline(
            cast.project, by=cast.manager, text=text, entries=entries, base=cast.project.guideline_version
        )

    say("پیش از سفارش")
    place_articles(list(Article.objects.values_list("pk", flat=True)))
    release = cut(cast.project, by=cast.manager, name="1.0")
    say("هنگام خواندن", PER="نام اشخاص", LOC="جای‌ها")
    Label.objects.filter(project=cast.project, key="PER").update(title_en="Human")
    Project.objects.update(scheme_version=7)
    assert runner.run_slice(release.job_id, leave=lambda: True) == "waiting"
    runner._warm.clear()
    say("پس از خواندن")
    Label.objects.filter(project=cast.project, key="PER").update(title_en="Later")
    Project.objects.update(scheme_version=8)
    assert runner.run_slice(release.job_id, leave=lambda: False) == "done"
    release.refresh_from_db()
    assert (release.guideline_version, release.scheme_version) == (cast.project.guideline_version - 1, 7)
    files = contents(release)
    order = [key for key in (label["key"] for label in release.scheme) if key in ("PER", "LOC")]
    said = {"PER": "نام اشخاص", "LOC": "جای‌ها"}
    parts = ["هنگام خواندن", *(f"{title_of(release, key)} `{key}`\n\n{said[key]}" for key in order)]
    assert files["guideline.md"].decode() == "\n\n## ".join(parts) + "\n"
    assert {"PER": "Human"}.items() <= {one["key"]: one["title_en"] for one in json.loads(files["scheme.json"])}.items()
    assert f"version {release.guideline_version} (`guideline.md`)" in files["README.md"].decode()


def test_a_guideline_without_versions_is_the_projects_own(cast: Cast) -> None:
    cast.project.guideline_versions.all().delete()
    Project.objects.update(guideline="آنچه پیش از نسخه‌ها نوشته شد")
    assert contents(built(cast))["guideline.md"].decode() == "آنچه پیش از نسخه‌ها نوشته شد"


def title_of(release: Release, key: str) -> str:
    return next(label["title_fa"] for label in release.scheme if label["key"] == key)


def test_a_builder_that_wakes_up_after_the_seal_reaches_no_file(cast: Cast) -> None:
    release = cut(cast.project, by=cast.manager, name="1.0")
    asleep = steps(Run(jobs.claim(release.job_id)))
    Job.objects.update(heartbeat=timezone.now() - timedelta(days=1))
    stray = write_file(release, RECORDS, [b"of another that died"], media_type=JSON)
    assert runner.run_slice(release.job_id, leave=lambda: False) == "done"
    work = AnnotationSet.objects.order_by("pk").first()
    AnnotationSet.objects.filter(pk=work.pk).update(status="returned")
    work.refresh_from_db()
    perform(work, span_op(work.article.text, "خبر", "ORG"))
    with pytest.raises(LeaseLost):
        next(asleep)
    sums = {file.path: file.sha256 for file in release.files.all()}
    assert {path: hashlib.sha256(content).hexdigest() for path, content in contents(release).items()} == sums
    assert not stray.content.storage.exists(stray.content.name)
    lying = [path for path in Path(stray.content.storage.path(release.uid)).rglob("*") if path.is_file()]
    assert len(lying) == len(sums), "neither of the two builders has left anything"


def test_the_next_release_says_what_came_went_and_changed(cast: Cast) -> None:
    built(cast)
    work = AnnotationSet.objects.order_by("pk").first()
    AnnotationSet.objects.filter(pk=work.pk).update(status="returned")
    work.refresh_from_db()
    perform(work, span_op(work.article.text, "خبر", "ORG"))
    hand_in(cast, "خبری دیگر: کیم جونگ اون در تهران به تاس گفت.", differ=False)
    release = built(cast, "1.1")
    assert release.previous.name == "1.0"
    assert release.difference["articles"] == {"added": 1, "removed": 0, "changed": 1}
    assert release.difference["annotations"] == {"added": 6 + 1, "removed": 0, "changed": 0}
    assert [case["what"] for case in release.difference["cases"]] == ["changed", "added"]


def test_a_sealed_release_is_changed_by_nobody(cast: Cast) -> None:
    release = built(cast)
    for change in ({"note": "x"}, {"sha256": "0" * 64}, {"counts": {}}, {"sealed_at": None}):
        with pytest.raises(DatabaseError):
            Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(DatabaseError):
        release.files.update(sha256="0" * 64)


def test_what_can_not_be_released_is_refused_before_anything_is_written(cast: Cast) -> None:
    built(cast)
    for error, said in (
        (NameInvalid, {"name": "1.0"}), (NameInvalid, {"name": "../x"}), (NameInvalid, {"name": "ن"}),
        (FormatUnknown, {"name": "2", "formats": ["doc"]}),
        (NothingChosen, {"name": "2", "filter": {"source": "هیچ"}}),
    ):  # fmt: skip
        with pytest.raises(error):
            cut(cast.project, by=cast.manager, **said)
    assert Release.objects.count() == 1


def test_the_command_cuts_one_and_says_the_sums(cast: Cast) -> None:
    said = StringIO()
    call_command(
        "cut_release", "test", "2.0", "--format", "jsonl", "--split", "none", "--status", "submitted", stdout=said
    )
    release = Release.objects.get()
    assert (release.filter, release.split) == ({"status": "submitted"}, {"way": "none"})
    assert [line.split()[2] for line in said.getvalue().splitlines()] == [file.path for file in release.files.all()]
    with pytest.raises(CommandError, match=r"«2\.0»"):
        call_command("cut_release", "test", "2.0")
