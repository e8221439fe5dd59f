"""What does Django have to know about the one app, and about the admin beside it?"""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """The domain: articles, schemes, annotation sets and everything done with them."""

    name = "annotations"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Puts the database's own guards back after each migration; queues the analysis of what is new; drops files."""
        # The app registry is not ready at import.
        from annotations import checks  # noqa: F401  # they register themselves
        from annotations.actions.imports import articles_stored
        from annotations.actions.jobs import drop_with_row
        from annotations.actions.search import index_at_once
        from annotations.actions.webhooks import messages_written, send_articles
        from annotations.jobs.analyses import queue_after_migrate, queue_missing
        from annotations.jobs.deliveries import queue_written
        from annotations.models import JobFile
        from annotations.models.guards import install_guards
        from annotations.models.search_index import keep_after_migrate

        post_migrate.connect(install_guards, sender=self)
        post_migrate.connect(keep_after_migrate, sender=self)
        post_migrate.connect(queue_after_migrate, sender=self)
        post_delete.connect(drop_with_row, sender=JobFile)
        articles_stored.connect(index_at_once)
        articles_stored.connect(queue_missing)
        articles_stored.connect(send_articles)
        messages_written.connect(queue_written)


class NewsroomAdminConfig(admin.AdminConfig):
    """Django's admin with our first page."""

    default = False  # of the two here, the settings name this one by its path
    default_site = "annotations.views.staff.NewsroomAdminSite"
