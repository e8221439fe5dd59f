"""How does a guideline change? By publishing a version; none is ever written over."""

import re
from collections.abc import Mapping

from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import GuidelineVersion, Label, Membership, Project, User
from annotations.queries.guidelines import entries_of

LONGEST_TEXT = 400_000
LONGEST_ENTRY = 40_000
LONGEST_NOTE = 300


class GuidelineStale(NewsroomError):
    """Raised when another version was published since the person began to write."""

    def __init__(self, *, base: int, version: int) -> None:
        super().__init__(
            code="guideline_stale",
            message=gettext_noop("Version {version} was published while you wrote on version {base}."),
            hint=gettext_noop("Compare the two, take over what you need, and publish again."),
            data={"base": base, "version": version},
        )


class GuidelineSame(NewsroomError):
    """Raised when what is published would be no different."""

    def __init__(self) -> None:
        super().__init__(
            code="guideline_same",
            message=gettext_noop("Nothing differs from the published version."),
            hint=gettext_noop("Change something first."),
        )


class GuidelineInvalid(NewsroomError):
    """Raised for a guideline that can't be kept."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(
            code="guideline_invalid",
            message=gettext_noop("The guideline can't be kept: {problem}."),
            hint=gettext_noop("Text without NUL; entries for labels of this project; neither of them endless."),
            data={"problem": problem},
        )


def publish_guideline(
    project: Project, *, by: User, text: str, entries: Mapping[str, str], base: int, note: str = ""
) -> GuidelineVersion:
    """Makes a text and its entries by label the guideline that holds. Empty entries are left out.

    `base` is the version the person wrote on. Raises GuidelineStale, GuidelineSame or GuidelineInvalid.
    """
    text = re.sub(r"\r\n?", "\n", text).rstrip()
    said = {key: re.sub(r"\r\n?", "\n", entry).strip() for key, entry in entries.items()}
    said = {key: entry for key, entry in said.items() if entry}
    with write_turn():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if base != locked.guideline_version:
            raise GuidelineStale(base=base, version=locked.guideline_version)
        _check(locked, text, said)
        if text == locked.guideline.rstrip() and said == entries_of(locked):
            raise GuidelineSame
        keep_guideline(locked)
        number = locked.guideline_version + 1
        Project.objects.filter(pk=project.pk).update(guideline=text, guideline_version=number)
        version = GuidelineVersion.objects.create(
            project=locked, number=number, text=text, entries=said, note=note.strip()[:LONGEST_NOTE], by=by
        )
    project.guideline, project.guideline_version = text, number
    return version


def _check(project: Project, text: str, entries: Mapping[str, str]) -> None:
    known = set(Label.objects.filter(project=project).values_list("key", flat=True))
    if unknown := sorted(set(entries) - known):
        raise GuidelineInvalid(problem=", ".join(unknown))
    longest = max(map(len, entries.values()), default=0)
    if len(text) > LONGEST_TEXT or longest > LONGEST_ENTRY:
        raise GuidelineInvalid(problem=f"> {LONGEST_TEXT:,} / {LONGEST_ENTRY:,}")
    if "\x00" in text or any("\x00" in entry for entry in entries.values()):
        raise GuidelineInvalid(problem="NUL")


def keep_guideline(project: Project) -> None:
    """Keeps the published text as its version, where it was written before there were versions, or in the admin."""
    GuidelineVersion.objects.get_or_create(
        project=project, number=project.guideline_version, defaults={"text": project.guideline}
    )


def first_guideline(project: Project, entries: Mapping[str, str], *, by: User) -> None:
    """Writes the version that a new project begins with."""
    GuidelineVersion.objects.create(
        project=project, number=project.guideline_version, text=project.guideline, entries=dict(entries), by=by
    )


def mark_read(project: Project, *, by: User, version: int) -> None:
    """Notes up to which version a member has read the guideline; a mark never goes back."""
    version = min(version, project.guideline_version)
    with write_turn():
        Membership.objects.filter(project=project, user=by, guideline_read__lt=version).update(guideline_read=version)
