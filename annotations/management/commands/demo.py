"""`manage.py demo`: loads the demonstration project with its users, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.actions.demonstration import PASSWORD, load_demonstration

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}


class Command(BaseCommand):
    """Makes users with a known password, so it refuses where others could reach them."""

    help = "Load the demonstration project and its users (password: newsroom)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Defines the options."""
        parser.add_argument("--loopback", action="store_true", help="the server binds to this machine only")
        parser.add_argument("--force", action="store_true", help="load it although others may reach this server")

    def handle(self, *args: Any, loopback: bool, force: bool, **options: Any) -> None:
        """Loads the project unless it is there."""
        reachable = not set(settings.ALLOWED_HOSTS) <= LOOPBACK
        if not (force or settings.DEBUG or (loopback and not reachable)):
            raise CommandError(
                "The demonstration users have a known password, and others may reach this server. "
                "Run it with DEBUG=true, with --loopback where ALLOWED_HOSTS names this machine only, or with --force."
            )
        loaded = load_demonstration()
        self.stdout.write(
            f"Loaded the demonstration project; password of all users: {PASSWORD}" if loaded else "It is there already."
        )
