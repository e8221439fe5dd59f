"""How does a project come to be? With a preset's labels and its first manager."""

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from annotations.actions.guidelines import first_guideline
from annotations.actions.schemes import first_version
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Label, Membership, Project, Role, SetKind, User
from annotations.presets import PRESETS, LabelSpec
from annotations.queries.guidelines import entries_of

RESERVED = {"new"}  # the address of the page that makes projects
SLUG_LENGTH = 50  # leaves room for what tells two apart


class PresetUnknown(NewsroomError):
    """Raised for a preset that does not exist."""

    def __init__(self, *, key: str) -> None:
        super().__init__(
            code="preset_unknown",
            message=gettext_noop("There is no preset «{key}»."),
            hint=gettext_noop("Choose one of: {known}."),
            data={"key": key, "known": ", ".join(PRESETS)},
        )


@transaction.atomic
def create_project(
    *, title: str, by: User, preset: str = "news-fa", copy_of: Project | None = None, slug: str = "", **fields: object
) -> Project:
    """Makes a project with the labels of a preset, or of another project; who makes it manages it.

    Scheme and guideline have their first version then. A copy takes the guideline, too, unless one is given; labels
    that are archived stay behind. Raises PresetUnknown.
    """
    if preset not in PRESETS:
        raise PresetUnknown(key=preset)
    slug = slug or slugify(str(fields.get("title_en") or title))[:SLUG_LENGTH] or "project"
    if slug in RESERVED or Project.objects.filter(slug=slug).exists():
        slug = f"{slug}-{secrets.token_hex(3)}"
    entries: dict[str, str] = {}
    if copy_of is not None:
        preset, entries = copy_of.preset, entries_of(copy_of)
        fields = {"guideline": copy_of.guideline} | fields
    project = Project.objects.create(title=title, slug=slug, preset=preset, **fields)
    specs: Iterable[Label | LabelSpec] = (
        Label.objects.filter(project=copy_of).active() if copy_of is not None else PRESETS[preset].labels
    )
    Label.objects.bulk_create(label_row(project, spec, order=order) for order, spec in enumerate(specs))
    first_version(project, by=by)
    first_guideline(project, entries, by=by)
    add_member(project, by, role=Role.MANAGER)
    return project


def label_row(project: Project, spec: LabelSpec | Label, *, order: int) -> Label:
    """Returns an unsaved label of the project as a preset or another project's label specifies it."""
    return Label(
        project=project, key=spec.key, kind=spec.kind, title_fa=spec.title_fa, title_en=spec.title_en,
        color=spec.color, shortcut=spec.shortcut, attributes=spec.attributes, ends=spec.ends, order=order,
    )  # fmt: skip


def add_member(project: Project, user: User, *, role: str, pseudonym: str = "") -> Membership:
    """Makes somebody a member, or changes a member's role; their pseudonym stays what it was, also if they had left.

    The pseudonym is drawn by lot: nothing of the account can be computed back from it.
    """
    pseudonym = pseudonym or _pseudonym_before(project, user) or f"a-{secrets.token_hex(4)}"
    membership, _created = Membership.objects.update_or_create(
        project=project,
        user=user,
        defaults={"role": role},
        create_defaults={"role": role, "pseudonym": pseudonym},
    )
    return membership


def _pseudonym_before(project: Project, user: User) -> str:
    """Returns the pseudonym that the person's work in the project is exported under, unless another has it now."""
    works = AnnotationSet.objects.filter(project=project, annotator=user, kind=SetKind.ANNOTATOR).exclude(pseudonym="")
    found = works.order_by("-id").values_list("pseudonym", flat=True).first() or ""
    return "" if project.memberships.filter(pseudonym=found).exclude(user=user).exists() else found
