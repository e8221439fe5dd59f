"""What does each panel of a dashboard show? Its template, and what that is given."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import policy
from annotations.models import Label
from annotations.queries.dashboard_activity import Event
from annotations.queries.dashboard_figures import Figures
from annotations.queries.dashboard_progress import Stage, articles_at
from annotations.queries.forecast import Outlook
from annotations.queries.stances import stances_of
from annotations.queries.workspace import title
from annotations.templatetags.newsroom import number
from annotations.text.kwic import row as kwic_row
from annotations.views import dashboard_charts as charts
from annotations.views.chart_days import said
from annotations.views.line_charts import burn_up_chart, trend_chart, trend_rows
from annotations.views.reader import place_in_reader

CONTEXT = 60
Asked = Mapping[str, str]


def _figures(figures: Figures, asked: Asked) -> dict[str, Any]:
    progress, line, team = figures.progress, figures.burn_up, figures.scope.is_team
    return {
        "total": progress.total,
        "gold": progress.stages[Stage.GOLD],
        "share": charts.gold_share(progress),
        "pieces": charts.stacked(progress.stages, team=team),
        "minutes": figures.times.all,
        "alpha": figures.last_measured,
        "expected": said(line.forecast.day) if line.forecast.day else "",
        "why_not": "" if line.forecast.day else _no_forecast(line.forecast.outlook),
        "early": (line.deadline - line.forecast.day).days if line.deadline and line.forecast.day else None,
        "overdue": bool(line.deadline and not line.forecast.day and line.deadline < timezone.localdate()),
    }


def _no_forecast(outlook: Outlook) -> str:
    return {
        Outlook.DONE: _("Every article is gold."),
        Outlook.TOO_YOUNG: _("A forecast comes after seven days with gold articles."),
        Outlook.STANDING_STILL: _("No article became gold in the last four weeks."),
        Outlook.OUT_OF_SIGHT: _("At this pace the end is more than ten years away."),
    }[outlook]


def _progress(figures: Figures, asked: Asked) -> dict[str, Any]:
    line = figures.burn_up
    rows = list(zip(line.days, line.gold, line.handed_in, strict=True))
    weekly = [row for row in rows[::-1] if (line.days[-1] - row[0]).days % 7 == 0]
    return {
        "total": figures.progress.total,
        "nothing": not (line.gold[-1] or line.handed_in[-1]),
        "chart": burn_up_chart(line, team=figures.scope.is_team) if figures.progress.total else None,
        "rows": [(said(day, year=True), gold, handed_in) for day, gold, handed_in in weekly],
        "line": line,
    }


def _people(figures: Figures, asked: Asked) -> dict[str, Any]:
    rows = figures.people
    most = max((one.articles for one in rows), default=1)
    today = timezone.localdate()
    return {
        "people": [
            {
                "row": one,
                "pieces": charts.stacked(one.stages, team=False, whole=most),
                "done": one.stages[Stage.GOLD],
                "low": one.f1 is not None and one.f1 < figures.scope.project.threshold,
            }
            for one in rows
        ],
        "active": sum(1 for one in rows if one.last_at and timezone.localtime(one.last_at).date() == today),
        "titles": [one for one in charts.stage_titles(team=False).items() if one[0] != Stage.FREE],
        "threshold": figures.scope.project.threshold,
        "compared": any(one.f1 is not None for one in rows),
    }


def _network(figures: Figures, asked: Asked) -> dict[str, Any]:
    network = figures.network
    return {
        "network": network,
        "columns": [(one.key, charts.party_name(one)) for one in network.targets],
        "heat": charts.heat_map(network),
    } | _cell(figures, asked)


def _cell(figures: Figures, asked: Asked) -> dict[str, Any]:
    """Returns the stances behind the cell that was opened, each in the sentence it stands in."""
    holder, target = asked.get("holder", ""), asked.get("target", "")
    if not holder or not target:
        return {"opened": None}
    network = figures.network
    names = [next((charts.party_name(one) for one in side if one.key == key), "")
             for side, key in ((network.holders, holder), (network.targets, target))]  # fmt: skip
    found = stances_of(figures.scope, holder=holder, target=target)
    cell = network.cells.get((holder, target))
    return {
        "opened": {"holder": names[0], "target": names[1], "id": f"{holder}:{target}"},
        "stances": [_stance(one) for one in found],
        "behind": cell.count if cell else len(found),
    }


def _stance(relation: Any) -> dict[str, Any]:
    """Returns a stance around its expression, else its target, else its holder; without any span the headline."""
    work = relation.annotation_set
    article, polarity = work.article, relation.attributes.get("polarity")
    span = relation.via_span or relation.tail_span or relation.head_span
    shown: dict[str, Any] = {
        "article": article,
        "who": work.pseudonym,
        "side": {"FAVOR": "favor", "AGAINST": "against"}.get(polarity, "even"),
        "sign": {"FAVOR": "↑", "AGAINST": "↓"}.get(polarity, "–"),
        "address": place_in_reader(article.pk, article.text, span.end if span else 0),
    }
    if span:
        around = kwic_row(article.text, span.start, span.end, context=CONTEXT)
        shown |= {
            "before": article.text[slice(*around.before)], "quote": article.text[span.start : span.end][:300],
            "after": article.text[slice(*around.after)],
        }  # fmt: skip
    return shown


def _labels(figures: Figures, asked: Asked) -> dict[str, Any]:
    found = figures.corpus
    return {"corpus": found, "bars": charts.label_bars(found.span_labels), "first": charts.FIRST_LABELS}


def _entities(figures: Figures, asked: Asked) -> dict[str, Any]:
    found = figures.corpus
    labels = {label.key: label for label in Label.objects.filter(project=figures.scope.project)}
    most = found.entities[0]["mentions"] if found.entities else 1
    return {
        "corpus": found,
        "tallies": [
            (_("entities"), found.kinds.get("entity", 0)), (_("claims"), found.kinds.get("claim", 0)),
            (_("with a source"), found.kinds.get("attribution", 0)), (_("stances"), found.kinds.get("stance", 0)),
        ],
        "bars": [
            one | charts.bar(one["mentions"], most) | {"color": _color(labels.get(one["label"]))}
            | {"label_title": title(labels[one["label"]]) if one["label"] in labels else ""}
            for one in found.entities
        ],
    }  # fmt: skip


def _color(label: Label | None) -> str:
    return label.color if label else "slate"


def _pace(figures: Figures, asked: Asked) -> dict[str, Any]:
    return {"weeks": charts.columns(figures.pace), "nothing": not any(week.count for week in figures.pace)}


def _latest(figures: Figures, asked: Asked) -> dict[str, Any]:
    other = _("a reviewer") if figures.scope.whose == policy.OWN else _("somebody else")
    return {
        "events": [
            {"event": one, "said": _sentence(one), "who": one.who or (other if one.by_other else "")}
            for one in figures.latest
        ]
    }


def _sentence(event: Event) -> str:
    """Returns what happened, without who did it: that stands before it."""
    many, n = event.count > 1, number(event.count)
    said_of = {
        "begin": (_("began an article"), _("began {n} articles")),
        "submit": (_("handed in an article"), _("handed in {n} articles")),
        "accept": (_("accepted an article"), _("accepted {n} articles")),
        "return": (_("returned an article"), _("returned {n} articles")),
        "adjudicate": (_("adjudicated the work on an article"), _("adjudicated {n} sets")),
        "finish": (_("finished a gold set"), _("finished {n} gold sets")),
        "unseal": (_("opened a gold set again"), _("opened {n} gold sets again")),
        "skip": (_("gave an article back"), _("gave {n} articles back")),
        "expire": (_("An article went back to the queue: nobody had touched it."),
                   _("{n} articles went back to the queue: nobody had touched them.")),
        "take_away": (_("took an article away"), _("took {n} articles away")),
        "import": (_("An article was imported."), _("{n} articles were imported.")),
        "guideline": (_("published version {n} of the guideline"),) * 2,
    }.get(event.what, (_("moved an article on"), _("moved {n} articles on")))  # fmt: skip
    return said_of[many].format(n=n)


def _articles(figures: Figures, asked: Asked) -> dict[str, Any]:
    """Returns the articles of one stage: what stands behind a number of the band."""
    stage = Stage(asked["stage"]) if asked.get("stage") in list(Stage) else Stage.GOLD
    return {
        "name": charts.stage_titles(team=figures.scope.is_team)[stage],
        "count": figures.progress.stages[stage],
        "articles": articles_at(figures.scope, stage),
    }


def _trend(figures: Figures, asked: Asked) -> dict[str, Any]:
    trend = figures.trend
    return {
        "trend": trend,
        "chart": trend_chart(trend) if trend and trend.points else None,
        "rows": trend_rows(trend) if trend else [],
    }


Part = tuple[str, Callable[[Figures, Asked], dict[str, Any]]]
PARTS: dict[str, Part] = {
    "figures": ("dashboard/figures.html", _figures),
    "progress": ("dashboard/progress.html", _progress),
    "people": ("dashboard/people.html", _people),
    "network": ("dashboard/network.html", _network),
    "labels": ("dashboard/labels.html", _labels),
    "pace": ("dashboard/pace.html", _pace),
    "latest": ("dashboard/latest.html", _latest),
    "trend": ("dashboard/trend.html", _trend),
    "entities": ("dashboard/entities.html", _entities),
    "articles": ("dashboard/articles.html", _articles),  # behind the band: not on the board
}


def part_names() -> dict[str, str]:
    """Returns the panels in the order of the page, with what each is called until it has come."""
    return {
        "figures": _("Figures"), "progress": _("Progress"), "people": _("Annotators"),
        "network": _("Network of stances"), "labels": _("Labels"), "pace": _("Weekly pace"), "latest": _("Latest"),
        "trend": _("Agreement over time"), "entities": _("Entities and claims"),
    }  # fmt: skip
