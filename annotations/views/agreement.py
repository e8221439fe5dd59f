"""The page of a project's agreement: its figures, where people differ with examples, tables as CSV, measuring anew."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import policy
from annotations.agreement.plain import LONGEST_QUOTE
from annotations.exporters.agreement import TABLES
from annotations.exporters.spreadsheet import rows_as_csv
from annotations.jobs import runner
from annotations.jobs.agreement import measure
from annotations.models import AgreementReport, Job, JobState, Label, LabelKind, Project, Topic
from annotations.queries.agreement import (
    FEWEST_ARTICLES,
    examples_of,
    fingerprint,
    last_job,
    last_report,
    parse_cell,
    shared,
)
from annotations.queries.jobs import progress
from annotations.queries.trend import load_trend, main_alpha, month_before
from annotations.queries.workspace import title
from annotations.text.kwic import row as kwic_row
from annotations.views import agreement_charts as charts
from annotations.views.line_charts import trend_chart, trend_rows
from annotations.views.projects import visible_project
from annotations.views.reader import place_in_reader
from annotations.views.signed import SignedRequest

CONTEXT = 44
PERIODS = ("30", "90")  # days of the trend; all without
PART_NAMES = {"examples": "#examples", "live": "#live"}


def measured_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project whose agreement the person may see, else 404 or 403."""
    project = visible_project(request, slug)
    if not policy.can_see_agreement(request.user, project):
        raise PermissionDenied
    return project


@login_required
@require_http_methods(["GET", "POST"])
def agreement(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows the last figures, or measures anew; `?part=` names what the page asks for again: examples, live."""
    project = measured_project(request, slug)
    if request.method == "POST":
        measure(project, by=request.user)
        return redirect("agreement", slug=slug)
    part = PART_NAMES.get(request.GET.get("part", ""), "")
    report, context = last_report(project), {"project": project}
    if part != "#examples":
        context |= _work(last_job(project))
    if part != "#live":
        context |= _figures(request, project, report)
    return render(request, f"agreement/agreement.html{part}", context)


def _work(job: Job | None) -> dict[str, Any]:
    """Returns what the page says of the last measuring: under way, failed, or nothing."""
    if job is None:
        return {}
    if job.is_unfinished:
        runner.look_after()
        job.refresh_from_db()
    seen, failed = progress(job), ""
    if job.state == JobState.FAILED:
        failed = _(job.message).format(**job.error)
    elif job.by_hand and seen.state == JobState.INTERRUPTED:  # no worker takes it up
        failed = _("The computing was broken off.")
    return {"job": job, "seen": seen, "failed": failed, "running": job.is_unfinished and not failed}


def _figures(request: HttpRequest, project: Project, report: AgreementReport | None) -> dict[str, Any]:
    if report is None or not report.result["articles"]:
        return {"waiting": shared(project).articles().count(), "overlap": project.overlap}
    result, rtl = report.result, get_language_bidi()
    labels = {label.key: label for label in Label.objects.filter(project=project)}
    topics = {topic.key: title(topic) for topic in Topic.objects.filter(project=project)}
    known = [(row["label"], title(labels[row["label"]])) for row in result["labels"] if row["label"] in labels]
    of = request.GET.get("label", "") if request.GET.get("label") in dict(known) else ""
    axis, heat = charts.Axis(rtl=rtl), charts.heat_map(result, labels, of=of)
    measure = "partial" if request.GET.get("f1") == "partial" else "exact"
    kind, alpha = main_alpha(result["alpha"])
    figures = {
        "report": report,
        "result": result,
        "stale": report.fingerprint != fingerprint(project),
        "few": result["articles"] < FEWEST_ARTICLES,
        "fewest": FEWEST_ARTICLES,
        "dials": {name: charts.dial(result[name], axis) for name in ("exact", "partial", "relations")},
        "alpha": charts.dial(alpha, axis, marked=True),
        "alpha_kind": LabelKind(kind).label,
        "alphas": [(LabelKind(key).label, figure) for key, figure in result["alpha"].items()],
        "label_choices": known,
        "label_chosen": of,
        "bells": charts.dumbbells(result, labels, rtl=rtl, of=of),
        "heat": heat,
        "measure": measure,
        "pairs": charts.pair_matrix(result, measure=measure),
        "documents": charts.documents(result, labels, topics),
    }
    return figures | _over_time(request, project, measure) | _chosen(request, project, report, heat)


def _over_time(request: HttpRequest, project: Project, measure: str) -> dict[str, Any]:
    """Returns how the figures moved since a month before the last measuring, and the lines of the chosen period."""
    whole, days = load_trend(project), request.GET.get("days", "")
    days = days if days in PERIODS else ""
    since = timezone.localdate() - timedelta(days=int(days) - 1) if days else None
    trend = load_trend(project, since=since) if days else whole
    return {
        "changes": charts.changes(whole.last, month_before(whole)),
        "days": days,
        "periods": PERIODS,
        "trend": trend,
        "chart": trend_chart(trend, measure=measure) if trend.points else None,
        "rows": trend_rows(trend),
    }


def _chosen(request: HttpRequest, project: Project, report: AgreementReport, heat: dict[str, Any]) -> dict[str, Any]:
    """Returns the chosen cell of the heat map and its examples, each in the sentence it stands in."""
    said = request.GET.get("cell") or charts.most_confused(heat)
    cell = parse_cell(said)
    titles = {column["key"]: column for column in heat["columns"]}
    row = next((row for row in heat["rows"] if row["key"] == cell[0]), {"total": 0})
    count = heat["counts"].get(cell, 0)
    found = examples_of(report, cell) if count else []
    rows = policy.articles_of(request.user, project).select_related("source")
    articles = {article.uid: article for article in rows.filter(uid__in={example["article"] for example in found})}
    return {
        "cell_chosen": said,
        "cell_one": titles.get(cell[0]),
        "cell_other": titles.get(cell[1]),
        "cell_count": count,
        "cell_share": round(100 * count / row["total"]) if row["total"] else 0,
        "examples": [_example(one, articles[one["article"]]) for one in found if one["article"] in articles],
    }


def _example(example: dict[str, Any], article: Any) -> dict[str, Any]:
    """Returns an example with its context: the first span that is there, and the other's words where they differ."""
    ours, theirs = example["spans"]
    shown = ours or theirs
    start, end = shown["ranges"][0][0], shown["ranges"][-1][1]
    around = kwic_row(article.text, start, end, context=CONTEXT)
    return {
        "article": article,
        "people": example["people"],
        "before": article.text[slice(*around.before)],
        "quote": shown["quote"] + ("…" if len(shown["quote"]) == LONGEST_QUOTE else ""),
        "after": article.text[slice(*around.after)],
        "other": theirs["quote"] if ours and theirs and ours["ranges"] != theirs["ranges"] else "",
        "address": place_in_reader(article.pk, article.text, end),
    }


@login_required
@require_GET
def agreement_csv(request: SignedRequest, slug: str, part: str) -> StreamingHttpResponse:
    """Returns one of the page's tables: figures, labels, confusion, pairs, documents."""
    project = measured_project(request, slug)
    if part not in TABLES:
        raise Http404
    report = last_report(project)
    columns, rows_of = TABLES[part]
    rows: Iterable[Sequence[object]] = rows_of(report.result) if report else ()
    response = StreamingHttpResponse(rows_as_csv(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreement-{project.slug}-{part}.csv"'
    return response
