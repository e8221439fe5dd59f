"""`manage.py agreement`: prints how far a project's annotators agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.agreement.report import Report
from annotations.agreement.tally import Figure
from annotations.models import Project
from annotations.queries.agreement import project_agreement


class Command(BaseCommand):
    """Tables of figures with their 95 % intervals; docs/agreement.md says what each means."""

    help = "Print the agreement of a project's annotators."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--source", default="", help="the outlet's name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the figures."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project «{options['project']}».")
        report = project_agreement(project, source=options["source"]).report()
        if not report.articles:
            raise CommandError("No article has been handed in by two annotators yet.")
        for line in lines(report):
            self.stdout.write(line)


def lines(report: Report) -> list[str]:
    """Returns the tables of a report, a line each."""
    found = [
        f"{report.articles} articles by two annotators or more",
        "",
        row("", "value", "95 %"),
        figure("span F1, exact", report.exact),
        figure("span F1, partial", report.partial),
        figure("relation F1", report.relations),
        figure("relation F1 on matched spans", report.relations_on_matched_spans),
        *(figure(f"alpha over words: {kind}", alpha) for kind, alpha in report.alpha.items()),
        "",
        row("label", "spans", "exact", "partial", "alpha"),
        *(
            row(label.label, str(label.spans), short(label.exact), short(label.partial), short(label.alpha))
            for label in report.labels
        ),
        "",
        row("pair", "articles", "exact", "partial", "relations"),
        *(
            row(" / ".join(pair.people), str(pair.articles), *map(short, (pair.exact, pair.partial, pair.relations)))
            for pair in report.pairs
        ),
    ]
    if report.documents:
        found += ["", row("article label", "units", "equal", "alpha")]
        found += [
            row(" ".join(filter(None, (each.label, each.topic))), str(each.units), short(each.equal), short(each.alpha))
            for each in report.documents
        ]
    return found


def figure(name: str, of: Figure) -> str:
    """Returns one figure with its interval."""
    interval = "" if of.low is None else f"{of.low:.3f} to {of.high:.3f}"
    return row(name, short(of), interval)


def short(figure: Figure) -> str:
    """Returns a figure's value, or a dash where nothing was there to be measured."""
    return "–" if figure.value is None else f"{figure.value:.3f}"


def row(name: str, *cells: str) -> str:
    """Returns a line of a table."""
    return (f"{name:<32}" + "".join(f"{cell:>18}" for cell in cells)).rstrip()
