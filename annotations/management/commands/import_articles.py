"""`manage.py import_articles`: brings files of articles into a project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.actions.imports import import_drafts
from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import HEAD
from annotations.models import Project, User


class Command(BaseCommand):
    """Reads each file as a stream; a record is stored wholly or not at all."""

    help = "Import articles, with their annotations where the format has them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--format", choices=list(IMPORTERS), help="by default the file's name says it")
        parser.add_argument("--by", default="", help="the user who is noted as having added them")
        parser.add_argument(
            "--annotator", action="append", default=[], metavar="PSEUDONYM=USER",
            help="the account a pseudonym in the files stands for",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports the files and says what became of their records."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        annotators = {
            pseudonym: self._user(name) for pseudonym, _, name in (pair.partition("=") for pair in options["annotator"])
        }
        by = self._user(options["by"]) if options["by"] else None
        failed = 0
        for path in options["files"]:
            try:
                with path.open("rb") as file:
                    importer = IMPORTERS.get(options["format"]) or recognised(path.name, file.read(HEAD))
                    if importer is None:
                        raise CommandError(f"{path}: say its --format, one of {', '.join(IMPORTERS)}.")
                    file.seek(0)
                    report = import_drafts(project, importer.read(file, {}), by=by, annotators=annotators)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
            failed += report.failed
            self.stdout.write(
                f"{path}: {report.stored} stored, {report.skipped} there already, {report.failed} failed; "
                f"{report.sets} sets, {report.spans} spans, {report.relations} relations"
            )
            for problem in report.failures:
                self.stderr.write(f"{path}:{problem.place}: {problem.message.format(**problem.data)} [{problem.code}]")
        if failed:
            raise CommandError(f"{failed} records were not stored.")

    def _user(self, name: str) -> User:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user «{name}».")
        return user
