"""`manage.py doctor`: checks every invariant and replays every history against the state."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.queries.indexed import broken_index
from annotations.queries.invariants import (
    broken_analyses,
    broken_articles,
    broken_chains,
    broken_clock,
    broken_entities,
    broken_places,
    broken_sets,
)


class Command(BaseCommand):
    """Reads only; ends with an error if something is not as it must be."""

    help = "Check texts, spans, histories, states and the knowledge base."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what is wrong, a line each."""
        found = 0
        checks = (
            ("article", broken_articles()),
            ("analysis", broken_analyses()),
            ("searchable words of article", broken_index()),
            ("annotation set", broken_sets()),
            ("place of an article", broken_places()),
            ("status of annotation set", broken_chains()),
            ("clock of changes", broken_clock()),
            ("entity", broken_entities()),
        )
        for name, problems in checks:
            for pk, problem in problems:
                found += 1
                self.stderr.write(f"{name} {pk}: {problem}")
        if found:
            raise CommandError(f"{found} problems found.")
        self.stdout.write("Everything is as it must be.")
