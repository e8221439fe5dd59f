"""What does a project look like after nine weeks of work? One to look at its dashboard with, the same on every run.

`DEBUG=true python -m tests.busy_project` puts it into the database that the environment names; it is no part of the
demonstration. Rows are written in bulk, past the actions: nobody waits for a million operations.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

PEOPLE = (
    ("آ. مرادی", 0.05, 10), ("ن. رستمی", 0.07, 9), ("س. کاظمی", 0.08, 12), ("ر. نیک‌پی", 0.10, 11),
    ("ه. یوسفی", 0.13, 14), ("ف. دهقان", 0.24, 19),
)  # fmt: skip
SOURCES = ("ایسنا", "تسنیم", "ایرنا", "مهر", "دنیای اقتصاد", "شرق")
HOLDERS = (
    "وزارت خارجه ایران", "کاخ سفید", "واشنگتن پست", "کرملین", "پکن", "آژانس", "اتحادیه اروپا", "کیم جونگ اون", "ترکیه",
)  # fmt: skip
TARGETS = ("آمریکا", "تحریم‌ها", "برجام", "روسیه", "کره شمالی", "ناتو", "چین", "اسرائیل", "بریکس")
LABELS = ("LOC", "LOC", "LOC", "PER", "PER", "ORG", "ORG", "DAT", "EVE", "PRO", "FAC", "CUE", "CLAIM")
SPANS, STANCES = 12, 2
WEEKS, PACE_GROWTH = 9, 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many articles there are, and how many of them are gold, handed in, begun and assigned; the rest is free."""

    articles: int = 1200
    gold: int = 612
    review: int = 27
    in_hand: int = 118
    assigned: int = 143


def make_busy_project(*, now: datetime, plan: Plan = Plan(), seed: int = 7) -> Any:
    """Makes the project as it stands at `now` and returns it."""
    from django.db import transaction

    with transaction.atomic():
        return _Maker(now, plan, random.Random(seed)).make()


class _Maker:
    def __init__(self, now: datetime, plan: Plan, rng: random.Random) -> None:
        from annotations.actions.projects import add_member, create_project
        from annotations.models import Label, Project, Role
        from tests.factories import make_user

        self.now, self.plan, self.rng = now, plan, rng
        self.began = now - timedelta(weeks=WEEKS)
        self.manager = make_user("radm", first_name="مریم", last_name="راد")
        self.project = create_project(
            title="موضع در خبر سیاست خارجی", title_en="Stance in foreign news", slug="busy", by=self.manager,
            overlap=3, deadline=(now + timedelta(weeks=9)).date(), guideline="راهنما", guideline_version=3,
            threshold=0.75,
        )  # fmt: skip
        Project.objects.filter(pk=self.project.pk).update(created_at=self.began)
        self.reviewer = make_user("sadeghi", first_name="ک.", last_name="صادقی")
        add_member(self.project, self.reviewer, role=Role.REVIEWER)
        self.people = []
        for number, (name, slips, minutes) in enumerate(PEOPLE, 1):
            first, last = name.split(maxsplit=1)
            user = make_user(f"busy{number}", first_name=first, last_name=last)
            member = add_member(self.project, user, role=Role.ANNOTATOR)
            self.people.append((user, member.pseudonym, slips, minutes))
        self.labels = {label.key: label for label in Label.objects.filter(project=self.project)}

    def make(self) -> Any:
        """Writes articles, sets, spans, stances, visits, changes and the history of agreement."""
        self._articles()
        self._entities()
        plan = self.plan
        stages = (
            ["gold"] * plan.gold + ["review"] * plan.review + ["in_hand"] * plan.in_hand + ["assigned"] * plan.assigned
        )
        for number, (article, stage) in enumerate(zip(self.articles, stages, strict=False)):
            self._work_on(article, stage, share=number / max(plan.gold + plan.review, 1))
        self._history()
        self.project.refresh_from_db()
        return self.project

    def _articles(self) -> None:
        from annotations.models import Article, ProjectArticle, Source
        from bench.corpus import make_text, seed_sentences

        sentences = seed_sentences()
        sources = [Source.objects.get_or_create(name=name)[0] for name in SOURCES]
        rows = []
        for number in range(self.plan.articles):
            text = f"خبر {number}: " + make_text(self.rng, sentences, 900)
            length = text.index("\n")
            rows.append(
                Article(
                    text=text,
                    text_sha256=f"busy{number:060d}",
                    headline=text[:length],
                    length=len(text),
                    sections=[{"kind": "headline", "start": 0, "end": length}],
                    source=self.rng.choice(sources),
                    published_at=self.began + timedelta(hours=number % 1400),
                    language="fa",
                )
            )
        self.articles = Article.objects.bulk_create(rows, batch_size=500)
        ProjectArticle.objects.bulk_create(
            [ProjectArticle(project=self.project, article=article) for article in self.articles]
        )

    def _entities(self) -> None:
        from annotations.models import Entity

        names = dict.fromkeys(HOLDERS + TARGETS)
        self.entities = {
            name: Entity.objects.create(project=self.project, key=f"e-{at}", name=name, label_key="ORG")
            for at, name in enumerate(names)
        }

    def _work_on(self, article: Any, stage: str, *, share: float) -> None:
        readers = self.rng.sample(self.people, 2 if stage == "assigned" else 3)
        truth = self._spans_of(article)
        # The pace grows from week to week.
        at = self.began + (self.now - self.began) * min(share, 1) ** (1 / PACE_GROWTH)
        statuses = {
            "gold": ["adjudicated"] * 3, "review": ["submitted"] * 3,
            "in_hand": ["submitted", "in_progress", "assigned"], "assigned": ["assigned"] * 2,
        }[stage]  # fmt: skip
        for reader, status in zip(readers, statuses, strict=False):
            self._set(article, truth, reader, status, at if stage in ("gold", "review") else self.now)
        if stage == "gold":
            self._gold(article, truth, at)

    def _spans_of(self, article: Any) -> list[tuple[int, int, str]]:
        words, place = [], 0
        for word in article.text.split(" "):
            words.append((place, place + len(word.strip("\n.،:"))))
            place += len(word) + 1
        chosen = self.rng.sample([one for one in words if one[1] - one[0] > 2 and one[0] > 40], SPANS)
        return [(start, end, self.rng.choice(LABELS)) for start, end in sorted(chosen)]

    def _set(self, article: Any, truth: list[tuple[int, int, str]], reader: Any, status: str, at: datetime) -> None:
        from annotations.models import AnnotationSet, StatusChange, Visit
        from annotations.models.fields import new_uid

        user, pseudonym, slips, minutes = reader
        done = status in ("submitted", "adjudicated")
        at = at - timedelta(hours=self.rng.uniform(0.1, 40) + (110 if status == "adjudicated" else 0))
        work = AnnotationSet.objects.create(
            project=self.project, article=article, annotator=user, pseudonym=pseudonym, status=status,
            submitted_at=at if done else None, updated_at=at,
        )  # fmt: skip
        if status == "assigned":
            return
        self._spans(work, [one for one in truth if self.rng.random() > slips], slips)
        seconds = int(60 * minutes * self.rng.lognormvariate(0, 0.4))
        Visit.objects.create(uid=new_uid(), user=user, annotation_set=work, seconds=seconds, began_at=at, updated_at=at)
        if done:
            StatusChange.objects.create(
                annotation_set=work, transition="submit", source="in_progress", target="submitted", actor=user, at=at
            )

    def _spans(self, work: Any, units: list[tuple[int, int, str]], slips: float = 0.0) -> list[Any]:
        from annotations.models import Span
        from annotations.models.fields import new_uid

        rows = []
        for start, end, label in units:
            said = self.rng.choice(LABELS) if self.rng.random() < slips else label
            rows.append(Span(annotation_set=work, uid=new_uid(), label=self.labels[said], start=start, end=end))
        return Span.objects.bulk_create(rows)

    def _gold(self, article: Any, truth: list[tuple[int, int, str]], at: datetime) -> None:
        from annotations.models import AnnotationSet, Relation, SetKind, StatusChange
        from annotations.models.fields import new_uid

        gold = AnnotationSet.objects.create(
            project=self.project, article=article, kind=SetKind.GOLD, status="accepted", updated_at=at
        )
        StatusChange.objects.create(
            annotation_set=gold, transition="finish", source="in_progress", target="accepted", actor=self.reviewer,
            at=at,
        )  # fmt: skip
        spans = self._spans(gold, truth)
        for _ in range(STANCES):
            holder, target = self._party(HOLDERS), self._party(TARGETS)
            head, tail = self.rng.sample(spans, 2)
            for span, name in ((head, holder), (tail, target)):
                span.entity = self.entities[name]
                span.save()
            mean = ((hash_of(holder, target) % 100) - 50) / 50
            against = self.rng.random() > (mean + 1) / 2
            polarity = "NONE" if self.rng.random() < 0.12 else "AGAINST" if against else "FAVOR"
            Relation.objects.create(
                annotation_set=gold, uid=new_uid(), label=self.labels["stance"], head_kind="span", head_span=head,
                tail_kind="span", tail_span=tail, attributes={"polarity": polarity},
            )  # fmt: skip

    def _party(self, names: tuple[str, ...]) -> str:
        return names[min(int(self.rng.expovariate(0.28)), len(names) - 1)]

    def _history(self) -> None:
        from annotations.models import AgreementReport, GuidelineVersion

        for number, weeks in ((1, WEEKS), (2, 6), (3, 3)):
            GuidelineVersion.objects.update_or_create(
                project=self.project, number=number,
                defaults={"published_at": self.now - timedelta(weeks=weeks), "by": self.manager},
            )  # fmt: skip
        for week, figures in enumerate(self._measured()):
            AgreementReport.objects.create(
                project=self.project, made_at=self.began + timedelta(weeks=week + 1), fingerprint=f"{week}",
                result=figures,
            )  # fmt: skip

    def _measured(self) -> Iterator[dict[str, Any]]:
        """Yields the figures of a measuring a week, from before the guideline was made clearer on."""
        for week in range(WEEKS - 1):
            value = 0.565 + 0.019 * week + self.rng.uniform(-0.012, 0.012)

            def figure(middle: float) -> dict[str, float]:
                return {"value": middle, "low": middle - 0.04, "high": middle + 0.035}

            yield {
                "articles": 20 * (week + 1), "alpha": {"entity": figure(value + 0.05)}, "exact": figure(value),
                "partial": figure(value + 0.08), "relations": figure(value - 0.05),
            }  # fmt: skip


def hash_of(*words: str) -> int:
    """Returns a number that is the same for the same words on every run."""
    return sum((at + 1) * ord(letter) for at, letter in enumerate("".join(words)))


def main() -> None:
    """Makes the project in the configured database, unless it is there."""
    import django

    django.setup()
    from django.utils import timezone

    from annotations.jobs import runner
    from annotations.jobs.agreement import measure
    from annotations.models import Project, User

    if not Project.objects.filter(slug="busy").exists():
        project = make_busy_project(now=timezone.now())
        runner.run_slice(measure(project, by=User.objects.get(username="radm")).pk, leave=lambda: False)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    main()
