"""What does Django have to know about the one app?"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AnnotationsConfig(AppConfig):
    """The domain: articles, schemes, annotation sets and everything done with them."""

    name = "annotations"

    def ready(self) -> None:
        """Puts the database's own guards back after each migration."""
        from annotations.models.guards import install_guards  # the app registry is not ready at import

        post_migrate.connect(install_guards, sender=self)
