"""What does the admin's first page look like? Its lists in groups, by what one comes for, not by the alphabet.

It stands outside of `annotations.admin`, whose import registers with the site: the site must be there before.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# What belongs together, in the order of the page; what is named nowhere stands in the last group.
GROUPS = (
    ("work", _("Work and review"), (
        "AnnotationSet", "StatusChange", "Comment", "Verdict", "AdjudicationStep", "Uncarried",
    )),
    ("history", _("History"), ("Revision", "RevisionStep", "BulkEdit", "BulkEditPart", "Propagation", "Visit")),
    ("corpus", _("Articles"), ("Article", "Source", "ProjectArticle", "StoryMember")),
    ("annotations", _("Annotations"), ("Span", "Relation", "ArticleLabel", "Provenance")),
    ("projects", _("Projects"), (
        "Project", "Membership", "Label", "Entity", "Topic", "SchemeVersion", "SchemeDraft", "GuidelineVersion",
        "AgreementReport", "ProjectChange", "Release", "ReleaseFile",
    )),
    ("people", _("People and messages"), ("User", "Group", "ApiToken", "Notification", "Webhook", "Delivery")),
    ("runs", _("Jobs"), ("Job", "JobProblem", "JobFile", "WorkerMark")),
    ("rest", _("Behind the scenes"), ()),
)  # fmt: skip


class NewsroomAdminSite(AdminSite):
    """The admin in groups, without a list of everything beside each page."""

    site_title = site_header = _("Newsroom")
    index_title = _("Admin")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leaves Knox's list of tokens out, which knows no Persian: ours names them, and takes them back."""
        models = model_or_iterable if isinstance(model_or_iterable, tuple | list) else [model_or_iterable]
        ours = [model for model in models if model._meta.label != "knox.AuthToken"]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Returns the lists that the person may open, in groups; those of one application as Django has them."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        found = []
        for key, title, names in GROUPS:
            chosen = names or tuple(sorted(models, key=lambda name: str(models[name]["name"])))
            rows = [models.pop(name) for name in chosen if name in models]
            if rows:
                address = next((row["admin_url"] for row in rows if row["admin_url"]), "")
                found.append(
                    {"name": title, "app_label": key, "app_url": address, "has_module_perms": True, "models": rows}
                )
        return found
