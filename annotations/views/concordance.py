"""The concordance of a project: a word in all its contexts, filtered by label; the same as a CSV file."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.errors import NewsroomError
from annotations.exporters.spreadsheet import rows_as_csv
from annotations.forms.told import told
from annotations.models import AnnotationSet, Label, Source, User
from annotations.queries.bulk_edits import tally, to_take_back
from annotations.queries.concordance import MOST_ARTICLES, MOST_COUNTED, Line, concordance, lines, spread
from annotations.queries.concordance_filter import CORPUS, DATE, LABEL, NEXT, PREVIOUS, WORD_KINDS, Choice, choice_from
from annotations.queries.giving import MOST_HITS
from annotations.queries.workspace import title
from annotations.templatetags.newsroom import digits
from annotations.views.concordance_strings import strings
from annotations.views.reader import place_in_reader
from annotations.views.signed import SignedRequest

RIGHT_TO_LEFT = ("fa", "ar", "ckb", "ur", "he", "ps", "azb")


@login_required
@require_GET
def concordance_page(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows a page of hits; the filter stands in the address, so that it can be sent."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    context: dict[str, Any] = {}
    try:
        choice = choice_from(request.GET, project=project, by=request.user)
        page = concordance(choice, by=request.user, cursor=request.GET.get("cursor", ""))
    except NewsroomError as error:
        choice = choice_from({}, project=project, by=request.user)
        page, context = concordance(choice, by=request.user), {"error": told(error)}
    labels = list(Label.objects.filter(project=project, kind__in=WORD_KINDS))
    context |= _frame(choice, request.user, labels)
    context |= {
        "page": page,
        "rows": _rows(page.lines, choice, labels, by=request.user),
        "text_dir": _direction(page.lines),
        "project": project,
        "has_query": bool(choice.query),
        "bounds": {"articles": MOST_ARTICLES, "counted": MOST_COUNTED},
    }
    return render(request, "concordance/concordance.html", context, status=422 if "error" in context else 200)


@login_required
@require_GET
def concordance_csv(request: SignedRequest, slug: str) -> HttpResponseBase:
    """Streams all hits of a choice as CSV."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    try:
        choice = choice_from(request.GET, project=project, by=request.user)
        rows = _table(choice, request.user) if choice.query else iter(())
    except NewsroomError as error:
        return HttpResponse(_(error.message).format(**error.data), status=422, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(rows_as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="concordance-{project.slug}.csv"'
    return response


def _table(choice: Choice, user: User) -> Iterator[tuple[object, ...]]:
    for line in lines(choice, by=user):
        article = line.hit.article
        published = article.published_at.isoformat() if article.published_at else ""
        labels = " ".join(f"{said.label}{'' if said.exact else '~'}" for said in line.hit.said)
        yield (
            article.pk, article.headline, article.source, published, article.url,
            line.hit.start, line.hit.end, line.before, line.words, line.after, labels,
        )  # fmt: skip


def _frame(choice: Choice, user: User, labels: list[Label]) -> dict[str, Any]:
    """Returns what surrounds the rows: filters, what is chosen, counts, what can be taken back, the script's data."""
    project, titles = choice.project, {label.key: label for label in labels}
    counted = spread(choice, by=user)
    edit = to_take_back(project, by=user)
    whose = policy.readable_work(user, project)
    return {
        "choice": choice,
        "query": urlencode(choice.parameters()),
        "chosen": _chosen(choice, titles),
        "whose": [(key, _whose(key)) for key in whose] if len(whose) > 1 else [],
        "labels": [(label, title(label)) for label in labels],
        "sources": Source.objects.all(),
        "orders": [(key, _order(key)) for key in (CORPUS, NEXT, PREVIOUS, LABEL, DATE)],
        "spread": [(titles[key], title(titles[key]), n) for key, n in counted.labels if key in titles],
        "spread_more": counted.more,
        "done": edit and _done(edit, titles),
        "data": _data(choice, user, labels, whose),
    }


def _data(choice: Choice, user: User, labels: list[Label], whose: tuple[str, ...]) -> dict[str, Any]:
    slug = choice.project.slug
    active = [label for label in labels if label.archived_at is None]
    into = [] if choice.whose == policy.EVERYONE else [choice.whose]
    return {
        "person": user.pk,
        "query": choice.parameters(),
        "most": MOST_HITS,
        "into": into or [key for key in whose if key != policy.EVERYONE],
        "labels": [
            {"key": label.key, "title": title(label), "color": label.color, "shortcut": label.shortcut}
            for label in active
        ],
        "urls": {
            "hits": reverse("concordance-hits", args=[slug]),
            "label": reverse("concordance-label", args=[slug]),
            "undo": reverse("bulk-edit-undo", args=[slug, "00000000-0000-0000-0000-000000000000"]),
        },
        "strings": strings(),
    }


def _done(edit: Any, titles: dict[str, Label]) -> dict[str, Any]:
    label = titles.get(edit.about.get("label", ""))
    counted = tally(edit)
    return counted | {
        "edit": edit,
        "hits": counted["new"] + counted["changed"] + counted["deleted"],
        "words": edit.about.get("words", ""),
        "label": label,
        "label_title": title(label) if label else "",
    }


def _chosen(choice: Choice, titles: dict[str, Label]) -> list[tuple[str, str]]:
    """Returns the filters in force, each with the query string that takes it off."""
    said = choice.parameters()
    names = {name: value for name, value in said.items() if name not in ("q", "order")}
    return [(_name(name, value, titles), urlencode(said | {name: ""})) for name, value in names.items()]


def _name(name: str, value: str, titles: dict[str, Label]) -> str:
    if name == "label" and value == "none":
        return _("without a label")
    if name == "label":
        said = title(titles[value.removeprefix("-")])
        return _("not %(label)s") % {"label": said} if value.startswith("-") else said
    if name == "whose":
        return _whose(value)
    if name in ("since", "until"):
        return (_("from %(day)s") if name == "since" else _("to %(day)s")) % {"day": digits(value)}
    return value


def _whose(key: str) -> str:
    return {policy.OWN: _("My work"), policy.GOLD: _("Gold"), policy.EVERYONE: _("All annotators")}[key]


def _order(key: str) -> str:
    return {
        CORPUS: _("As the corpus goes"), NEXT: _("By the next word"), PREVIOUS: _("By the previous word"),
        LABEL: _("By label"), DATE: _("By date"),
    }[key]  # fmt: skip


def _rows(found: list[Line], choice: Choice, labels: list[Label], *, by: User) -> list[dict[str, Any]]:
    """Returns the rows of the page: each hit with its labels' titles and the address it opens at."""
    titles = {label.key: (label, title(label)) for label in labels}
    into = policy.GOLD if choice.whose == policy.GOLD else policy.OWN
    sets = policy.work_of(by, choice.project, into).filter(article__in={line.hit.article.pk for line in found})
    works = {work.article_id: work for work in sets}
    return [
        {
            "line": line,
            "said": [(*titles[said.label], said) for said in line.hit.said if said.label in titles],
            "address": _address(line, works.get(line.hit.article.pk)),
        }
        for line in found
    ]


def _address(line: Line, work: AnnotationSet | None) -> str:
    """Returns where a hit is read in its place: in the work on its article, else in the reader at its paragraph."""
    if work is not None:
        return f"{reverse('workspace', args=[work.pk])}#at={line.hit.start}-{line.hit.end}"
    return place_in_reader(line.hit.article.pk, line.hit.article.text, line.hit.end)


def _direction(found: list[Line]) -> str:
    languages = {line.hit.article.language.partition("-")[0] for line in found}
    return "ltr" if languages and languages.isdisjoint(RIGHT_TO_LEFT) else "rtl"
