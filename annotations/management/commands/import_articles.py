"""`manage.py import_articles`: brings files of articles into a project."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Max
from tqdm import tqdm

from annotations.actions import import_jobs
from annotations.actions.jobs import NotResumable, drop_files, make_ready, notice_dead
from annotations.errors import NewsroomError
from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import head_of
from annotations.importers.fetch import fetch
from annotations.jobs.files import stamp_of
from annotations.jobs.labels import MappingInvalid, said_choices
from annotations.jobs.runner import run_slice
from annotations.models import Job, JobState, Project, Severity, User


class Command(BaseCommand):
    """Reads each file as a stream; a record is stored wholly or not at all. The import is a job that can be resumed."""

    help = "Import articles, with their annotations where the format has them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options."""
        parser.add_argument("project", nargs="?", default="", help="the project's slug")
        parser.add_argument("files", nargs="*", metavar="FILE|URL")
        parser.add_argument("--format", choices=list(IMPORTERS), help="by default the file itself says it")
        parser.add_argument("--by", default="", help="the user who is noted as having added them")
        parser.add_argument(
            "--annotator", action="append", default=[], metavar="PSEUDONYM=USER",
            help="the account a pseudonym in the files stands for",
        )  # fmt: skip
        parser.add_argument(
            "--option", action="append", default=[], metavar="KEY=VALUE", help="what the format is to be told"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="INCOMING=LABEL",
            help="the project's label that a label of the files becomes; «-» leaves it out, «+KIND» makes a new one",
        )  # fmt: skip
        parser.add_argument("--resume", type=int, metavar="JOB", help="go on with an import that broke off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports the files and says what became of their records."""
        job = self._resumed(options["resume"]) if options["resume"] else self._begun(options)
        self._told = job.problems.aggregate(last=Max("pk"))["last"] or 0
        try:
            state = self._run(job)
        except KeyboardInterrupt:
            raise CommandError(
                f"Interrupted. Go on with: manage.py import_articles --resume {job.pk}", returncode=130
            ) from None
        job.refresh_from_db()
        for file in job.files.all():
            self.stdout.write(_summary(file.name, file.counts))
        if state in (JobState.FAILED, JobState.CANCELLED, ""):
            said = job.message.format(**job.error) if job.message else f"The job is {job.get_state_display()}."
            raise CommandError(f"{said} Job {job.pk}.")
        if job.count("failed"):
            raise CommandError(f"{job.count('failed')} records were not stored.")

    def _begun(self, options: dict[str, Any]) -> Job:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        if not options["files"]:
            raise CommandError("Name the files to import.")
        annotators = {
            pseudonym: self._user(name).pk
            for pseudonym, _, name in (pair.partition("=") for pair in options["annotator"])
        }
        by = self._user(options["by"]) if options["by"] else None
        told = {key: value for key, _, value in (pair.partition("=") for pair in options["option"])}
        try:
            params = {"annotators": annotators, "labels": said_choices(project, options["map"])}
        except MappingInvalid as error:
            raise CommandError(f"{error} {error.hint.format(**error.data)}") from error
        # All are looked at before the first is imported: a slip in the last name stops nothing halfway.
        job = import_jobs.draft_import(project, by=by, by_hand=True)
        try:
            for name in options["files"]:
                self._add(job, name, options["format"], told)
        except BaseException as error:
            drop_files([job])
            job.delete()
            if isinstance(error, NewsroomError):
                raise CommandError(f"{error} {error.hint.format(**error.data)}".rstrip()) from error
            raise
        import_jobs.confirm(job, params=params, total=None)
        make_ready(job, by_hand=True)
        return Job.objects.get(pk=job.pk)

    def _add(self, job: Job, name: str, named: str | None, told: dict[str, str]) -> None:
        """Adds a file of this machine to the job, or what lies at an address."""
        if name.startswith(("http://", "https://")):
            fetched = fetch(name)
            with fetched.content:
                file = import_jobs.add_fetched(job, fetched)
            importer = IMPORTERS.get(named or file.importer)
            if importer is not None:
                import_jobs.read_as(file, importer.key, {**file.options, **told})
        else:
            path = Path(name)
            try:
                with path.open("rb") as content:
                    importer = IMPORTERS.get(named or "") or recognised(path.name, head_of(content))
            except OSError as error:
                raise CommandError(f"{name}: {error.strerror}") from error
            if importer is not None:
                options = import_jobs.checked_options(importer, told)
                import_jobs.add_path(job, path, importer=importer, stamp=stamp_of(path), options=options)
        if importer is None:
            raise CommandError(f"{name}: say its --format, one of {', '.join(IMPORTERS)}.")

    def _resumed(self, pk: int) -> Job:
        job = Job.objects.filter(pk=pk, kind="import").first()
        if job is None:
            raise CommandError(f"There is no import {pk}.")
        notice_dead()
        try:
            make_ready(job, by_hand=True)
        except NotResumable as error:
            raise CommandError(str(error)) from error
        job.refresh_from_db()
        return job

    def _run(self, job: Job) -> str:
        """Runs the job to its end under a bar, where somebody sees it; failures are told as they come."""
        # tqdm asks whether it writes to a terminal; what is redirected gets no bar.
        shown = None if self.stderr._out is sys.stderr else True
        bar = tqdm(
            total=job.total, initial=job.done, unit="B", unit_scale=True, disable=shown, leave=False, file=sys.stderr
        )
        with closing(bar):

            def saw(current: Job) -> None:
                bar.update(current.done - bar.n)
                bar.set_postfix(stored=current.count("stored"), failed=current.count("failed"))
                self._tell(current)

            return run_slice(job.pk, leave=lambda: False, saw=saw)

    def _tell(self, job: Job) -> None:
        """Says what has failed since this was last asked."""
        names = dict(job.files.values_list("place", "name"))
        failures = job.problems.filter(severity=Severity.FAILURE, pk__gt=self._told).order_by("pk")
        for problem in failures.iterator():
            said = problem.message.format(**problem.filling)
            with tqdm.external_write_mode(file=sys.stderr):
                self.stderr.write(f"{names[problem.file]}:{problem.place}: {said} [{problem.code}]")
            self._told = problem.pk

    def _user(self, name: str) -> User:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user «{name}».")
        return user


def _summary(name: str, counts: dict[str, int]) -> str:
    stored, skipped, failed, sets, spans, relations = (
        counts.get(what, 0) for what in ("stored", "skipped", "failed", "sets", "spans", "relations")
    )
    return (
        f"{name}: {stored} stored, {skipped} there already, {failed} failed; "
        f"{sets} sets, {spans} spans, {relations} relations"
    )
