"""`manage.py analyse`: analyses and indexes what is missing, for those who run no worker."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.actions.steps import steps
from annotations.text.normalise import engine


class Command(BaseCommand):
    """Goes through the articles by the batch; what is done stands when it is stopped, and is not done again."""

    help = "Analyse and index the texts of which that is still to be done (the worker does it by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes what is missing, step by step, and counts."""
        made = {step.name: sum(step.make(batch) for batch in step.batches()) for step in steps()}
        self.stdout.write(
            f"{made['analysis']} texts analysed by {engine()}, {made['index']} indexed for the search, "
            f"{made['stories']} placed in stories."
        )
