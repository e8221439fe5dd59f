"""How does an import begin? As a draft that holds the files, and says how each is to be read; nothing is stored yet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files import File

from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import Importer, head_of
from annotations.importers.fetch import Fetched
from annotations.models import Job, JobFile, JobState, Project, Unit, User


class OptionUnknown(NewsroomError):
    """Raised for an option that a format does not have, or a value that the option can't have."""

    def __init__(self, *, option: str, importer: str, known: str) -> None:
        super().__init__(
            code="option_unknown",
            message=gettext_noop("«{option}» is nothing that the format {importer} can be told."),
            hint=gettext_noop("Possible: {known}."),
            data={"option": option, "importer": importer, "known": known},
        )


def draft_import(project: Project, *, by: User | None, **fields: Any) -> Job:
    """Makes an import job without files, which begins when it is told to."""
    with write_turn():
        return Job.objects.create(kind="import", project=project, by=by, unit=Unit.BYTES, **fields)


def add_upload(job: Job, content: "File[bytes]", *, name: str, url: str = "") -> JobFile:
    """Keeps a file that was uploaded, or fetched from an address, and recognises its format where it can be."""
    importer = recognised(name, head_of(content))
    row = JobFile(
        job=job, place=job.files.count(), name=name[-400:], size=content.size, url=url,
        importer=importer.key if importer else "",
    )  # fmt: skip
    row.file.save(name, content, save=False)
    with write_turn():
        row.save()
    return row


def add_fetched(job: Job, fetched: Fetched) -> JobFile:
    """Keeps what was fetched from an address; a server that states the encoding of a page knows it."""
    file = add_upload(job, File(fetched.content, name=fetched.name), name=fetched.name, url=fetched.final_url)
    options = {option.key for option in IMPORTERS[file.importer].options} if file.importer else set()
    if fetched.encoding and "encoding" in options:
        read_as(file, file.importer, {"encoding": fetched.encoding})
    return file


def add_path(job: Job, path: Path, *, importer: Importer, stamp: str, options: dict[str, Any]) -> JobFile:
    """Names a file of this machine for a job; it stays where it is."""
    with write_turn():
        return JobFile.objects.create(
            job=job, place=job.files.count(), name=str(path), size=path.stat().st_size, path=str(path.resolve()),
            stamp=stamp, importer=importer.key, options=options,
        )  # fmt: skip


def read_as(file: JobFile, importer: str, options: dict[str, str | bool]) -> None:
    """Says how a file is to be read. Raises OptionUnknown."""
    file.importer = importer if importer in IMPORTERS else ""
    file.options = checked_options(IMPORTERS[importer], options) if file.importer else {}
    with write_turn():
        file.save(update_fields=["importer", "options"])


def checked_options(importer: Importer, given: Mapping[str, str | bool]) -> dict[str, str | bool]:
    """Returns the given values by key, of the kinds that the format's options have. Raises OptionUnknown."""
    known = {option.key: option for option in importer.options}
    checked: dict[str, str | bool] = {}
    for key, value in given.items():
        if key not in known:
            raise OptionUnknown(option=key, importer=importer.key, known=", ".join(known) or "–")
        option = known[key]
        if isinstance(option.default, bool):
            checked[key] = value if isinstance(value, bool) else value.strip().lower() in ("1", "true", "yes", "on")
        elif option.choices and value not in (choices := [choice for choice, _title in option.choices]):
            raise OptionUnknown(option=f"{key}={value}", importer=importer.key, known=", ".join(choices))
        else:
            checked[key] = str(value).replace("\x00", "")  # PostgreSQL keeps none in JSON
    return checked


def confirm(job: Job, *, params: dict[str, Any], total: int | None) -> None:
    """Writes down what the person has said of a draft; `total` is its number of records where that is known."""
    whole = sum(file.size for file in job.files.all())
    job.params = params
    unit, amount = (Unit.BYTES, whole) if total is None else (Unit.RECORDS, total)
    with write_turn():
        Job.objects.filter(pk=job.pk, state=JobState.DRAFT).update(params=params, unit=unit, total=amount)


def note_preview(job: Job, seen: dict[str, Any]) -> None:
    """Keeps what was seen in a draft's files, so that showing it again costs nothing."""
    job.params = job.params | {"seen": seen}
    with write_turn():
        Job.objects.filter(pk=job.pk, state=JobState.DRAFT).update(params=job.params)


def leave_out(job: Job, *, place: str) -> None:
    """Takes a file out of a draft; what was seen has to be looked at again."""
    with write_turn():
        for file in job.files.all():
            if str(file.place) == place:
                file.file.delete(save=False)
                file.delete()
