"""Which resource has which address below /api/v1/?"""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from annotations.api.agreement import AgreementView
from annotations.api.analyses import AnalysisView
from annotations.api.annotation_sets import AnnotationSetViewSet
from annotations.api.articles import ArticleViewSet
from annotations.api.bulk_edits import BulkEditsView, UndoView
from annotations.api.comments import CommentViewSet
from annotations.api.concordance import ConcordanceView, LabelHitsView
from annotations.api.entities import EntityViewSet
from annotations.api.export_formats import ExportFormatsView
from annotations.api.exports import ExportCountView, ExportLossesView, ExportView
from annotations.api.imports import ImportView
from annotations.api.jobs import JobViewSet
from annotations.api.operations import OperationsView
from annotations.api.projects import ProjectViewSet
from annotations.api.propagations import OccurrencesView, PropagationsView, PropagationView
from annotations.api.releases import ReleaseDifferenceView, ReleaseFileView, ReleasesView, ReleaseView
from annotations.api.tokens import TokenView
from annotations.api.visits import TimeView
from annotations.api.warnings import ElsewhereView, WarningsView

router = SimpleRouter()
router.register("articles", ArticleViewSet)
router.register("projects", ProjectViewSet)
router.register("annotation-sets", AnnotationSetViewSet, basename="annotation-set")
router.register("jobs", JobViewSet, basename="api-job")

COMMENTS = "annotation-sets/<int:pk>/comments/"
comments = CommentViewSet.as_view({"get": "list", "post": "create"})
comment = CommentViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"})

ENTITIES = "projects/<slug:slug>/entities/"
entities = EntityViewSet.as_view({"get": "list", "post": "create"})
entity = EntityViewSet.as_view({"get": "retrieve", "patch": "partial_update"})

urlpatterns = [
    path("articles/<int:pk>/analysis/", AnalysisView.as_view(), name="article-analysis"),
    path("annotation-sets/<int:pk>/operations/", OperationsView.as_view(), name="operations"),
    path("annotation-sets/<int:pk>/time/", TimeView.as_view(), name="time"),
    path("annotation-sets/<int:pk>/warnings/", WarningsView.as_view(), name="warnings"),
    path("annotation-sets/<int:pk>/warnings/elsewhere/", ElsewhereView.as_view(), name="warnings-elsewhere"),
    path(COMMENTS, comments, name="comments"),
    path(f"{COMMENTS}seen/", CommentViewSet.as_view({"post": "seen"}), name="comments-seen"),
    path(f"{COMMENTS}<uuid:uid>/", comment, name="comment"),
    path(f"{COMMENTS}<uuid:uid>/resolve/", CommentViewSet.as_view({"post": "resolve"}), name="comment-resolve"),
    path(f"{COMMENTS}<uuid:uid>/reopen/", CommentViewSet.as_view({"post": "reopen"}), name="comment-reopen"),
    path("projects/<slug:slug>/bulk-edits/", BulkEditsView.as_view(), name="bulk-edits"),
    path("projects/<slug:slug>/bulk-edits/<uuid:uid>/undo/", UndoView.as_view(), name="bulk-edit-undo"),
    path("projects/<slug:slug>/concordance/", ConcordanceView.as_view(), name="concordance-hits"),
    path("projects/<slug:slug>/concordance/label/", LabelHitsView.as_view(), name="concordance-label"),
    path("projects/<slug:slug>/export/", ExportView.as_view(), name="export"),
    path("projects/<slug:slug>/export/count/", ExportCountView.as_view(), name="export-count"),
    path("projects/<slug:slug>/export/losses/", ExportLossesView.as_view(), name="export-losses"),
    path("export-formats/", ExportFormatsView.as_view(), name="export-formats"),
    path("projects/<slug:slug>/import/", ImportView.as_view(), name="import"),
    path(ENTITIES, entities, name="entities"),
    path(f"{ENTITIES}<str:key>/", entity, name="entity"),
    path("projects/<slug:slug>/occurrences/", OccurrencesView.as_view(), name="occurrences"),
    path("projects/<slug:slug>/propagations/", PropagationsView.as_view(), name="propagations"),
    path("projects/<slug:slug>/propagations/<uuid:uid>/", PropagationView.as_view(), name="propagation"),
    path("projects/<slug:slug>/agreement/", AgreementView.as_view(), name="api-agreement"),
    path("projects/<slug:slug>/releases/", ReleasesView.as_view(), name="api-releases"),
    path("projects/<slug:slug>/releases/<str:name>/", ReleaseView.as_view(), name="api-release"),
    path(
        "projects/<slug:slug>/releases/<str:name>/difference/", ReleaseDifferenceView.as_view(),
        name="api-release-difference",
    ),
    path("projects/<slug:slug>/releases/<str:name>/files/<path:path>", ReleaseFileView.as_view(), name="release-file"),
    path("tokens/", TokenView.as_view(), name="tokens"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("", include(router.urls)),
]
