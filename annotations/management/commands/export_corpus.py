"""`manage.py export_corpus`: writes a project's records, byte for byte what the API streams."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.errors import NewsroomError
from annotations.exporters import EXPORTERS, Exporter
from annotations.exporters.base import OptionInvalid
from annotations.exporters.compress import gzipped
from annotations.exporters.losses import HAPPENED, Losses
from annotations.models import Project
from annotations.queries.exports import begun
from annotations.queries.selection import FILTERS, FLAGS, selection_from


class Command(BaseCommand):
    """Streams to standard output or into a file, which appears only when it is whole; losses go to standard error."""

    help = "Export a project in one of the formats."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options; the filters are those of the API."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--format", default="jsonl", choices=list(EXPORTERS))
        parser.add_argument(
            "--option", action="append", default=[], metavar="KEY=VALUE", help="an option of the format"
        )
        parser.add_argument("--output", type=Path, help="a file; without it, standard output")
        parser.add_argument("--gzip", action="store_true", help="compress")
        parser.add_argument("--strict", action="store_true", help="refuse what the format can't hold as it is")
        parser.add_argument("--loss-report", type=Path, help="a file that lists each case, one JSON object a line")
        for name, described in FILTERS.items():
            flag: dict[str, Any] = {"default": ""}
            if name in FLAGS:
                flag = {"action": "store_const", "const": "true", "default": "false"}
            parser.add_argument(f"--{name.replace('_', '-')}", help=described, **flag)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the records."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        exporter = EXPORTERS[options["format"]]
        try:
            selection = selection_from(options, project=project)
            chosen = _options(exporter, options["option"])
            chunks, losses = begun(exporter, selection, options=chosen, strict=options["strict"])
            with losses:
                _write(gzipped(chunks) if options["gzip"] else chunks, options["output"])
                self._report(losses, options["loss_report"])
            if selection.window is not None:
                self.stderr.write(f"cursor: {selection.window.cursor}")
        except NewsroomError as error:
            raise CommandError(" ".join([str(error), error.hint.format(**error.data)]).strip()) from error

    def _report(self, losses: Losses, path: Path | None) -> None:
        for code, count in sorted(losses.counts.items(), key=lambda pair: -pair[1]):
            self.stderr.write(f"{count:>9,}  {code:<12} {HAPPENED[code]}")
        if path is not None:
            with path.open("wb") as file:
                file.writelines(losses.lines())


def _options(exporter: Exporter, given: list[str]) -> dict[str, str]:
    known = [option.key for option in exporter.options]
    chosen = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if key not in known or not equals:
            raise OptionInvalid(option="--option", value=pair, known=", ".join(f"{name}=…" for name in known) or "–")
        chosen[key] = value
    return chosen


def _write(chunks: Iterator[bytes], output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.writelines(chunks)
        return
    draft = output.with_name(output.name + ".part")
    with draft.open("wb") as file:
        file.writelines(chunks)
    draft.replace(output)
