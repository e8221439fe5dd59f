"""How does the demonstration project come in? Through the same import and operations as anybody's data."""

from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from annotations.actions.assignments import assign
from annotations.actions.imports import import_drafts
from annotations.actions.projects import add_member, create_project
from annotations.importers.jsonl import read
from annotations.models import Project, Role, User

DATA = Path(__file__).resolve().parent.parent / "demo"
SLUG = "demo"
PASSWORD = "newsroom"  # noqa: S105 - it is printed at the start; the command refuses to run on a public address
PEOPLE = (
    ("annotator", "آرزو مرادی", Role.ANNOTATOR),
    ("annotator2", "نیما رستمی", Role.ANNOTATOR),
    ("annotator3", "لیلا صدری", Role.ANNOTATOR),
    ("reviewer", "سارا کاظمی", Role.REVIEWER),
    ("manager", "مریم راد", Role.MANAGER),
)


@transaction.atomic
def load_demonstration() -> bool:
    """Makes the demonstration users and their project; returns whether there was anything to do."""
    if Project.objects.filter(slug=SLUG).exists():
        return False
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    admin = _person("admin", "مدیر سامانه", password=password, is_staff=True, is_superuser=True)
    people = {name: _person(name, full_name, password=password) for name, full_name, _role in PEOPLE}
    project = create_project(
        title="موضع در خبر سیاست خارجی",
        title_en="Stance in foreign news",
        slug=SLUG,
        by=people["manager"],
        description="پروژهٔ نمایشی: موجودیت، ادعا با منبع، و موضع در خبر فارسی.",
        guideline=(DATA / "GUIDELINE.fa.md").read_text(encoding="utf-8"),
        overlap=2,
    )
    for name, _full_name, role in PEOPLE:
        add_member(project, people[name], role=role, pseudonym=name)
    add_member(project, admin, role=Role.MANAGER, pseudonym="admin")
    for file_name in ("articles.jsonl", "seed.jsonl", "three_sets.jsonl"):
        with (DATA / file_name).open("rb") as file:
            report = import_drafts(project, read(file, {}), by=people["manager"], annotators=people)
        if report.failures:
            raise ValueError(f"{file_name}: {report.failures[0]}")
    for article in project.articles.order_by("id"):
        assign(project, article, annotator=people["annotator"])
    return True


def _person(username: str, full_name: str, **fields: bool | str) -> User:
    first, _, last = full_name.partition(" ")
    defaults = {"first_name": first, "last_name": last, **fields}
    return User.objects.get_or_create(username=username, defaults=defaults)[0]
