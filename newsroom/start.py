"""What happens before the first page is served by `make run`? Database, static files, demonstration project."""

import os
from io import StringIO

import django
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Migrates, collects static files where they changed and loads the demonstration project once."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", loopback=True, stdout=StringIO())
    port = os.environ.get("PORT", "8000")
    print(f"\n  تحریریه · Newsroom   http://127.0.0.1:{port}\n")  # noqa: T201
    print("  annotator, annotator2, reviewer, manager, admin · password: newsroom\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    django.setup()
    # The manifest is written here and read by the server that starts next.
    settings.STORAGES["staticfiles"]["BACKEND"] = "newsroom.storage.ModuleManifestStorage"
    prepare()
