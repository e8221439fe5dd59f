"""`manage.py sweep`: gives back to the queue what annotators have left lying longer than their project's time-out."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.actions.timeouts import sweep_all


class Command(BaseCommand):
    """A worker does it by itself, and so does «next article»; this is for a timer where there is no worker."""

    help = "Give work back to the queue that nobody touched for longer than its project's time-out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many sets went back."""
        self.stdout.write(f"Given back: {sweep_all(most=None)}")
