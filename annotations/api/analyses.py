"""/articles/{id}/analysis/: the normalised view of an article, aligned with its text."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.api.errors import problem
from annotations.api.serializers import ProblemSerializer
from annotations.jobs.analyses import ask_for
from annotations.queries.analyses import analysis_of, analysis_tag

POLL_SECONDS = 1


class AnalysisSerializer(serializers.Serializer[Any]):
    """What the engine makes of a text."""

    text_sha256 = serializers.CharField(help_text="Of the published text.")
    engine = serializers.CharField()
    text = serializers.CharField(help_text="hazm's normalised text, line by line.", source="normalised")
    sections = serializers.ListField(
        child=serializers.IntegerField(),
        source="alignment",
        help_text="From the published to the normalised text: code points copied, removed, inserted, …, copied.",
    )


class PreparingSerializer(serializers.Serializer[Any]):
    """Says that the analysis is being made."""

    status = serializers.ChoiceField(["preparing"])


class AnalysisView(APIView):
    """For those who may read the article. It never changes for one text and one version of the engine."""

    @extend_schema(
        operation_id="articles_analysis",
        parameters=[OpenApiParameter("v", str, description="The ETag; with it the answer may be kept for good.")],
        responses={
            200: AnalysisSerializer,
            202: OpenApiResponse(PreparingSerializer, "Being made; ask again after `Retry-After` seconds"),
            404: OpenApiResponse(ProblemSerializer, "No such article for you"),
            503: OpenApiResponse(ProblemSerializer, "The text could not be analysed"),
        },
    )
    def get(self, request: Request, pk: int) -> Response | HttpResponse:
        """The analysis; where it is not made yet, it is queued."""
        article = get_object_or_404(policy.visible_articles(request.user).only("pk", "text_sha256"), pk=pk)
        tag = analysis_tag(article.text_sha256)
        unchanged = get_conditional_response(request, etag=quote_etag(tag))
        if unchanged is not None:
            return unchanged
        analysis = analysis_of(article.text_sha256)
        if analysis is not None:
            kept = "max-age=31536000, immutable" if request.query_params.get("v") == tag else "no-cache"
            headers = {"ETag": quote_etag(tag), "Cache-Control": f"private, {kept}"}
            return Response(AnalysisSerializer(analysis).data, headers=headers)
        later = {"Retry-After": str(POLL_SECONDS), "Cache-Control": "no-store"}
        if ask_for(article) == "preparing":
            return Response({"status": "preparing"}, status=202, headers=later)
        return problem(503, "not_analysed", _("The text could not be analysed."))
