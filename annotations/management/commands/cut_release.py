"""`manage.py cut_release`: freezes a data set of a project under a name, and waits until it is sealed."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.actions import jobs
from annotations.actions.releases import draft_release
from annotations.errors import NewsroomError
from annotations.exporters import EXPORTERS
from annotations.jobs import runner
from annotations.models import JobState, Project, Release
from annotations.queries.selection import FILTERS, FLAGS
from annotations.releases.splits import WAYS, Plan


class Command(BaseCommand):
    """Builds here and now; a release of the same name that was broken off is gone on with."""

    help = "Cut a release: immutable files with sums, splits, a card and a citation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options; the filters are those of the export."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("name", help="the release's name, for instance 1.0")
        parser.add_argument("--format", action="append", choices=list(EXPORTERS), help="again for each format")
        parser.add_argument("--split", choices=WAYS, default="story")
        parser.add_argument("--shares", type=int, nargs=3, default=(80, 10, 10), metavar=("TRAIN", "DEV", "TEST"))
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dev-from", default="", help="with --split date")
        parser.add_argument("--test-from", default="", help="with --split date")
        parser.add_argument("--dated", type=date.fromisoformat, help="the date it bears; today unless said")
        parser.add_argument("--author", action="append", default=[], help="again for each author")
        parser.add_argument("--license", default="", help="an SPDX identifier")
        parser.add_argument("--note", default="")
        for name, described in FILTERS.items():
            flag: dict[str, Any] = {"default": ""}
            if name in FLAGS:
                flag = {"action": "store_const", "const": "true", "default": "false"}
            parser.add_argument(f"--{name.replace('_', '-')}", help=described, **flag)

    def handle(self, *args: Any, **options: Any) -> None:
        """Builds the release and says where its files are."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        try:
            release = self._unfinished(project, options["name"]) or self._new(project, options)
        except NewsroomError as error:
            raise CommandError(" ".join([str(error), error.hint.format(**error.data)]).strip()) from error
        if release.job_id is not None:
            runner.run_slice(release.job_id, leave=lambda: False)
        release.refresh_from_db()
        if release.sealed_at is None:
            raise CommandError(f"The release is not sealed; its job {release.job_id} says why.")
        for file in release.files.all():
            self.stdout.write(f"{file.sha256}  {file.size:>12}  {file.path}")

    def _unfinished(self, project: Project, name: str) -> Release | None:
        release = Release.objects.filter(project=project, name=name, sealed_at=None).exclude(job=None).first()
        job = release.job if release is not None else None
        if job is not None and job.state not in (JobState.WAITING, JobState.RUNNING):
            jobs.make_ready(job, by_hand=True)
        return release

    def _new(self, project: Project, options: dict[str, Any]) -> Release:
        plan = Plan(
            way=options["split"], shares=tuple(options["shares"]), seed=options["seed"],
            dev_from=options["dev_from"], test_from=options["test_from"],
        )  # fmt: skip
        release = draft_release(
            project, by=None, name=options["name"], plan=plan, dated=options["dated"], note=options["note"],
            formats=options["format"] or ["jsonl"], authors=options["author"], license=options["license"],
            filter={field: options[field] for field in FILTERS},
        )  # fmt: skip
        if release.job is not None:
            jobs.make_ready(release.job, by_hand=True)
        return release
