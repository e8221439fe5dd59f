"""`manage.py export_corpus`: writes a project's records, byte for byte what the API streams."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.errors import NewsroomError
from annotations.exporters import EXPORTERS
from annotations.exporters.compress import gzipped
from annotations.models import Project
from annotations.queries.records import stream_records
from annotations.queries.selection import selection_from


class Command(BaseCommand):
    """Streams to standard output or into a file, which appears only when it is whole."""

    help = "Export a project as JSONL."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options; the filters are those of the API."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--format", default="jsonl", choices=list(EXPORTERS))
        parser.add_argument("--output", type=Path, help="a file; without it, standard output")
        parser.add_argument("--gzip", action="store_true", help="compress")
        parser.add_argument("--kind", default="", help="kinds of sets, comma separated")
        parser.add_argument("--status", default="", help="statuses of sets, comma separated")
        parser.add_argument("--source", default="", help="the outlet's name")
        parser.add_argument("--published-from", default="", help="first day, for instance 2023-09-17")
        parser.add_argument("--published-to", default="", help="day after the last")
        parser.add_argument("--unannotated", action="store_const", const="true", default="false")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the records."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        try:
            selection = selection_from(options, project=project)
        except NewsroomError as error:
            raise CommandError(str(error)) from error
        chunks = EXPORTERS[options["format"]].write(stream_records(selection))
        if options["gzip"]:
            chunks = gzipped(chunks)
        output = options["output"]
        if output is None:
            sys.stdout.buffer.writelines(chunks)
            return
        draft = output.with_name(output.name + ".part")
        with draft.open("wb") as file:
            file.writelines(chunks)
        draft.replace(output)
