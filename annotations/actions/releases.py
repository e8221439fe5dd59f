"""How is a data set frozen? Named and described first, then built file by file in a job, sealed at the end."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from annotations.actions.turns import write_turn
from annotations.actions.webhooks import send_release
from annotations.errors import NewsroomError, gettext_noop
from annotations.exporters import EXPORTERS
from annotations.models import Job, Project, Release, ReleaseFile, Unit, User
from annotations.models.releases import release_storage
from annotations.queries.releases import agreement_now, scheme_of
from annotations.queries.selection import FilterInvalid, selection_from
from annotations.releases.splits import Plan, as_builtins, checked

RELEASE = "release"
PASSES = 2  # over the articles, beside one for each format: they are read, and they are counted


class NameInvalid(NewsroomError):
    """Raised for a name that is none, or taken."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="release_name_invalid",
            message=gettext_noop("«{name}» can't be the name of a release."),
            hint=gettext_noop("Up to 40 ASCII letters, digits, _ . - that no other release of the project has."),
            data={"name": name},
        )


class NothingChosen(NewsroomError):
    """Raised where the filter leaves no article."""

    def __init__(self) -> None:
        super().__init__(
            code="release_empty",
            message=gettext_noop("This filter leaves no article to release."),
            hint=gettext_noop("Ask for the count first, and loosen the filter."),
        )


class FormatUnknown(NewsroomError):
    """Raised for a format that can't be written here."""

    def __init__(self, *, format: str) -> None:
        super().__init__(
            code="release_format_unknown",
            message=gettext_noop("«{format}» is no format that can be written here."),
            hint=gettext_noop("Choose from: {known}."),
            data={"format": format, "known": ", ".join(key for key, one in EXPORTERS.items() if one.available)},
        )


def draft_release(
    project: Project, *, by: User | None, name: str, filter: Mapping[str, str] | None = None,
    formats: Iterable[str] = ("jsonl",), plan: Plan | None = None, dated: date | None = None, **about: Any,
) -> Release:  # fmt: skip
    """Makes a release that its job will build; `about` may hold note, authors (a list) and license.

    Raises NameInvalid, FormatUnknown, SplitInvalid, FilterInvalid or NothingChosen.
    """
    plan, formats = checked(plan or Plan()), list(dict.fromkeys(formats))
    for key in formats:
        if key not in EXPORTERS or not EXPORTERS[key].available:
            raise FormatUnknown(format=key)
    said = {field: value for field, value in (filter or {}).items() if value not in ("", "false")}
    if "updated_after" in said:
        raise FilterInvalid(field="updated_after", value=said["updated_after"], known="–")
    articles = selection_from(said, project=project).articles().count()
    if not articles:
        raise NothingChosen
    release = Release(
        project=project, name=name, by=by, filter=said, formats=formats, split=as_builtins(plan),
        dated=dated or timezone.localdate(), scheme=scheme_of(project), scheme_version=project.scheme_version,
        guideline_version=project.guideline_version, agreement=agreement_now(project), **about,
    )  # fmt: skip
    with write_turn():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # two of one name: the second is refused
        _check_name(release)
        sealed = Release.objects.filter(project=project).exclude(sealed_at=None)
        release.previous = sealed.order_by("-sealed_at", "-pk").first()
        total = articles * (PASSES + len(formats))
        release.job = Job.objects.create(kind=RELEASE, project=project, by=by, unit=Unit.RECORDS, total=total)
        release.save()
    return release


def _check_name(release: Release) -> None:
    try:
        release.clean_fields(exclude={field.name for field in Release._meta.fields} - {"name"})
    except ValidationError as error:
        raise NameInvalid(name=release.name) from error
    if Release.objects.filter(project=release.project, name=release.name).exists():
        raise NameInvalid(name=release.name)


def write_file(release: Release, path: str, chunks: Iterable[bytes], *, media_type: str) -> ReleaseFile:
    """Writes a file into the storage, where none lay before, and returns its row, unsaved."""
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as draft:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            draft.write(chunk)
        draft.seek(0)
        row = ReleaseFile(release=release, path=path, media_type=media_type, size=size, sha256=digest.hexdigest())
        row.content.save(path, File(draft), save=False)
    return row


def keep_file(row: ReleaseFile) -> None:
    """Notes a file that was written; within the transaction of the chunk that wrote it."""
    ReleaseFile.objects.update_or_create(
        release=row.release, path=row.path,
        defaults={"media_type": row.media_type, "size": row.size, "sha256": row.sha256, "content": row.content.name},
    )  # fmt: skip


def seal(release: Release, *, sha256: str) -> None:
    """Closes a release for good; within the transaction of its job's last chunk.

    What builders that died have left in the storage goes once that is committed, as far as the storage lets it.
    """
    release.sha256, release.sealed_at = sha256, timezone.now()
    release.save(update_fields=["sha256", "sealed_at"])
    send_release(release)
    transaction.on_commit(partial(drop_strays, release), robust=True)


def drop_strays(release: Release) -> None:
    """Deletes what lies in the storage under a release and no row of it names."""
    named = set(release.files.values_list("content", flat=True))
    storage = release_storage()
    for name in [name for name in _lying(storage, release.uid) if name not in named]:
        storage.delete(name)


def drop_files(rows: Iterable[ReleaseFile]) -> None:
    """Deletes from the storage what was written in vain: rows of it were never committed."""
    for row in rows:
        if row.content.name:
            row.content.storage.delete(row.content.name)


def _lying(storage: Storage, folder: str) -> Iterator[str]:
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _lying(storage, f"{folder}/{name}")
