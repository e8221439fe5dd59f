"""`manage.py analyse`: analyses what is missing, for those who run no worker."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.actions.analyses import analyse
from annotations.queries.analyses import unanalysed
from annotations.text.normalise import engine


class Command(BaseCommand):
    """Goes through the articles one by one; what is done stands when it is stopped, and is not done again."""

    help = "Analyse the texts that the present engine has not analysed (the worker does it by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Analyses and counts."""
        made = sum(analyse(article) for article in unanalysed())
        self.stdout.write(f"{made} texts analysed by {engine()}.")
