"""Which resource has which address below /api/v1/?"""

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from annotations.api.adjudication import AdjudicationViewSet
from annotations.api.agreement import AgreementView
from annotations.api.analyses import AnalysisView
from annotations.api.annotation_sets import AnnotationSetViewSet
from annotations.api.articles import ArticleViewSet
from annotations.api.assigning import AssignmentsView, BatchUndoView, PrioritiesView, TakeAwayView
from annotations.api.bulk_edits import BulkEditsView, UndoView
from annotations.api.comments import CommentViewSet
from annotations.api.concordance import ConcordanceView, LabelHitsView
from annotations.api.dashboard import DashboardView
from annotations.api.entities import EntityViewSet
from annotations.api.export_formats import ExportFormatsView
from annotations.api.export_looks import ExportArticlesView, ExportPreviewView
from annotations.api.exports import ExportCountView, ExportLossesView, ExportView
from annotations.api.guidelines import GuidelineReadView, GuidelinesView, GuidelineVersionView
from annotations.api.history import HistoryView, RestoreView, VersionView
from annotations.api.imports import ImportView
from annotations.api.jobs import JobViewSet
from annotations.api.members import MemberViewSet
from annotations.api.notifications import NotificationViewSet
from annotations.api.operations import OperationsView
from annotations.api.project_settings import SettingsView
from annotations.api.projects import ProjectViewSet
from annotations.api.propagations import OccurrencesView, PropagationsView, PropagationView
from annotations.api.queue import NextArticleView
from annotations.api.releases import ReleaseDifferenceView, ReleaseFileView, ReleasesView, ReleaseView
from annotations.api.scheme import (
    SchemeConsequencesView,
    SchemeDraftView,
    SchemePublishView,
    SchemeReadView,
    SchemeRebaseView,
    SchemeUndoView,
    SchemeVersionsView,
    SchemeVersionView,
    SchemeView,
)
from annotations.api.tokens import TokenView
from annotations.api.transitions import TransitionsView
from annotations.api.visits import TimeView
from annotations.api.warnings import ElsewhereView, WarningsView
from annotations.api.webhooks import WebhookViewSet

router = SimpleRouter()
router.register("articles", ArticleViewSet)
router.register("projects", ProjectViewSet)
router.register("annotation-sets", AnnotationSetViewSet, basename="annotation-set")
router.register("notifications", NotificationViewSet, basename="api-notification")
router.register("jobs", JobViewSet, basename="api-job")

COMMENTS = "annotation-sets/<int:pk>/comments/"
comments = CommentViewSet.as_view({"get": "list", "post": "create"})
comment = CommentViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"})

ENTITIES = "projects/<slug:slug>/entities/"
entities = EntityViewSet.as_view({"get": "list", "post": "create"})
entity = EntityViewSet.as_view({"get": "retrieve", "patch": "partial_update"})

MEMBERS = "projects/<slug:slug>/members/"
members = MemberViewSet.as_view({"get": "list", "post": "create"})
member = MemberViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"})

HOOKS = "projects/<slug:slug>/webhooks/"
hooks = WebhookViewSet.as_view({"get": "list", "post": "create"}, pagination_class=None)
hook = WebhookViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"})
messages = WebhookViewSet.as_view({"get": "deliveries"})
again = WebhookViewSet.as_view({"post": "again"})
SCHEME = "projects/<slug:slug>/scheme/"
GUIDELINES = "projects/<slug:slug>/guidelines/"
ADJUDICATION = "projects/<slug:slug>/adjudication/"
ADJUDICATED = f"{ADJUDICATION}<int:pk>/"


def adjudication(verb: str, method: str = "post") -> Any:
    """Returns the view of one of the verbs of adjudication."""
    return AdjudicationViewSet.as_view({method: verb})


urlpatterns = [
    path(SCHEME, SchemeView.as_view(), name="api-scheme"),
    path(f"{SCHEME}draft/", SchemeDraftView.as_view(), name="scheme-draft"),
    path(f"{SCHEME}rebase/", SchemeRebaseView.as_view(), name="scheme-rebase"),
    path(f"{SCHEME}consequences/", SchemeConsequencesView.as_view(), name="scheme-consequences"),
    path(f"{SCHEME}publish/", SchemePublishView.as_view(), name="scheme-publish"),
    path(f"{SCHEME}read/", SchemeReadView.as_view(), name="scheme-read"),
    path(f"{SCHEME}versions/", SchemeVersionsView.as_view(), name="scheme-versions"),
    path(f"{SCHEME}versions/<int:number>/", SchemeVersionView.as_view(), name="scheme-version"),
    path(f"{SCHEME}versions/<int:number>/undo/", SchemeUndoView.as_view(), name="api-scheme-undo"),
    path(GUIDELINES, GuidelinesView.as_view(), name="guidelines"),
    path(f"{GUIDELINES}read/", GuidelineReadView.as_view(), name="guideline-read"),
    path(f"{GUIDELINES}<int:number>/", GuidelineVersionView.as_view(), name="guideline-version"),
    path("articles/<int:pk>/analysis/", AnalysisView.as_view(), name="article-analysis"),
    path("annotation-sets/<int:pk>/operations/", OperationsView.as_view(), name="operations"),
    path("annotation-sets/<int:pk>/history/", HistoryView.as_view(), name="api-history"),
    path("annotation-sets/<int:pk>/restore/", RestoreView.as_view(), name="api-restore"),
    path("annotation-sets/<int:pk>/versions/<int:version>/", VersionView.as_view(), name="api-version"),
    path("annotation-sets/<int:pk>/time/", TimeView.as_view(), name="time"),
    path("annotation-sets/<int:pk>/transitions/", TransitionsView.as_view(), name="transitions"),
    path("annotation-sets/<int:pk>/warnings/", WarningsView.as_view(), name="warnings"),
    path("annotation-sets/<int:pk>/warnings/elsewhere/", ElsewhereView.as_view(), name="warnings-elsewhere"),
    path(COMMENTS, comments, name="comments"),
    path(f"{COMMENTS}seen/", CommentViewSet.as_view({"post": "seen"}), name="comments-seen"),
    path(f"{COMMENTS}<uuid:uid>/", comment, name="comment"),
    path(f"{COMMENTS}<uuid:uid>/resolve/", CommentViewSet.as_view({"post": "resolve"}), name="comment-resolve"),
    path(f"{COMMENTS}<uuid:uid>/reopen/", CommentViewSet.as_view({"post": "reopen"}), name="comment-reopen"),
    path("projects/<slug:slug>/assignments/", AssignmentsView.as_view(), name="assignments"),
    path("projects/<slug:slug>/assignments/take-away/", TakeAwayView.as_view(), name="take-away"),
    path("projects/<slug:slug>/batches/<uuid:uid>/undo/", BatchUndoView.as_view(), name="api-batch-undo"),
    path("projects/<slug:slug>/priorities/", PrioritiesView.as_view(), name="priorities"),
    path("projects/<slug:slug>/bulk-edits/", BulkEditsView.as_view(), name="bulk-edits"),
    path("projects/<slug:slug>/bulk-edits/<uuid:uid>/undo/", UndoView.as_view(), name="bulk-edit-undo"),
    path("projects/<slug:slug>/concordance/", ConcordanceView.as_view(), name="concordance-hits"),
    path("projects/<slug:slug>/concordance/label/", LabelHitsView.as_view(), name="concordance-label"),
    path("projects/<slug:slug>/export/", ExportView.as_view(), name="export"),
    path("projects/<slug:slug>/export/articles/", ExportArticlesView.as_view(), name="export-articles"),
    path("projects/<slug:slug>/export/preview/", ExportPreviewView.as_view(), name="export-preview"),
    path("projects/<slug:slug>/export/count/", ExportCountView.as_view(), name="export-count"),
    path("projects/<slug:slug>/export/losses/", ExportLossesView.as_view(), name="export-losses"),
    path("export-formats/", ExportFormatsView.as_view(), name="export-formats"),
    path("projects/<slug:slug>/import/", ImportView.as_view(), name="import"),
    path(ENTITIES, entities, name="entities"),
    path(f"{ENTITIES}<str:key>/", entity, name="entity"),
    path("projects/<slug:slug>/occurrences/", OccurrencesView.as_view(), name="occurrences"),
    path("projects/<slug:slug>/propagations/", PropagationsView.as_view(), name="propagations"),
    path("projects/<slug:slug>/propagations/<uuid:uid>/", PropagationView.as_view(), name="propagation"),
    path(ADJUDICATION, adjudication("list", "get"), name="api-adjudication"),
    path(ADJUDICATED, adjudication("retrieve", "get"), name="api-adjudication-article"),
    path(f"{ADJUDICATED}verdicts/", adjudication("decide"), name="api-adjudication-verdicts"),
    path(f"{ADJUDICATED}agreed/", adjudication("accept"), name="api-adjudication-agreed"),
    path(f"{ADJUDICATED}undo/", adjudication("undo"), name="api-adjudication-undo"),
    path(f"{ADJUDICATED}finish/", adjudication("finish"), name="api-adjudication-finish"),
    path(f"{ADJUDICATED}reopen/", adjudication("reopen"), name="api-adjudication-reopen"),
    path(f"{ADJUDICATED}take-over/", adjudication("take_over"), name="api-adjudication-take-over"),
    path("projects/<slug:slug>/agreement/", AgreementView.as_view(), name="api-agreement"),
    path("projects/<slug:slug>/queue/next/", NextArticleView.as_view(), name="queue-next"),
    path("projects/<slug:slug>/settings/", SettingsView.as_view(), name="api-settings"),
    path(MEMBERS, members, name="api-members"),
    path(f"{MEMBERS}<str:user>/", member, name="api-member"),
    path(HOOKS, hooks, name="api-webhooks"),
    path(f"{HOOKS}<int:pk>/", hook, name="api-webhook"),
    path(f"{HOOKS}<int:pk>/ping/", WebhookViewSet.as_view({"post": "ping"}), name="api-webhook-ping"),
    path(f"{HOOKS}<int:pk>/deliveries/", messages, name="api-deliveries"),
    path(f"{HOOKS}<int:pk>/deliveries/<uuid:uid>/again/", again, name="api-delivery-again"),
    path("projects/<slug:slug>/dashboard/", DashboardView.as_view(), name="api-dashboard"),
    path("projects/<slug:slug>/releases/", ReleasesView.as_view(), name="api-releases"),
    path("projects/<slug:slug>/releases/<str:name>/", ReleaseView.as_view(), name="api-release"),
    path(
        "projects/<slug:slug>/releases/<str:name>/difference/",
        ReleaseDifferenceView.as_view(),
        name="api-release-difference",
    ),
    path("projects/<slug:slug>/releases/<str:name>/files/<path:path>", ReleaseFileView.as_view(), name="release-file"),
    path("tokens/", TokenView.as_view(), name="tokens"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("", include(router.urls)),
]
