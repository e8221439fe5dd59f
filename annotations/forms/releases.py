"""What is asked of somebody who cuts a release?"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from annotations.exporters import EXPORTERS
from annotations.forms.days import DayField
from annotations.forms.fields import field_of
from annotations.models import Label, Project, SetKind, SetStatus
from annotations.models.releases import NAME
from annotations.releases.splits import NAMES, Plan
from annotations.text.query import LONGEST_QUERY

WAYS = [
    ("story", _("by story: copies of one report stay together")),
    ("stratified", _("by story, rare labels in like shares")),
    ("date", _("by date")),
    ("source", _("by outlet")),
    ("none", _("not at all")),
]
FILTER = ("kind", "status", "source", "label", "q", "published_from", "published_to", "current")


def format_choices() -> list[tuple[str, str]]:
    """The formats that can be written here, by their titles."""
    return [(key, gettext(one.title)) for key, one in EXPORTERS.items() if one.available]


class ReleaseForm(forms.Form):
    """A name, a filter, formats, and how the articles are divided."""

    name = forms.CharField(label=_("Name"), max_length=40, validators=[NAME])
    kind = forms.MultipleChoiceField(label=_("Whose work"), choices=SetKind.choices, required=False)
    status = forms.MultipleChoiceField(label=_("In which state"), choices=SetStatus.choices, required=False)
    source = forms.ChoiceField(label=_("Outlet"), required=False)
    label = forms.ChoiceField(label=_("Label"), required=False)
    q = forms.CharField(label=_("Words"), required=False, max_length=LONGEST_QUERY)
    published_from = DayField(label=_("Published from"), required=False)
    published_to = DayField(label=_("Published to"), required=False)
    current = forms.BooleanField(label=_("Without superseded versions"), required=False)
    formats = forms.MultipleChoiceField(label=_("Formats"), choices=format_choices)
    way = forms.ChoiceField(label=_("Divided"), choices=WAYS)
    train = forms.IntegerField(label="train %", min_value=0, max_value=100, initial=80)
    dev = forms.IntegerField(label="dev %", min_value=0, max_value=100, initial=10)
    test = forms.IntegerField(label="test %", min_value=0, max_value=100, initial=10)
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=1)
    dev_from = DayField(label=_("dev from"), required=False)
    test_from = DayField(label=_("test from"), required=False)
    authors = forms.CharField(label=_("Authors"), required=False, max_length=2000)
    license = forms.CharField(label=_("Licence"), required=False, max_length=60)
    note = forms.CharField(label=_("Note"), required=False, max_length=10_000, widget=forms.Textarea)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        names = project.articles.exclude(source=None).order_by("source__name").values_list("source__name", flat=True)
        outlets = ((name, name) for name in names.distinct())
        field_of(self, "source", forms.ChoiceField).choices = [("", gettext("all")), *outlets]
        title = "title_en" if get_language() == "en" else "title_fa"
        labels = Label.objects.active().filter(project=project).values_list("key", title)
        field_of(self, "label", forms.ChoiceField).choices = [("", gettext("all")), *labels]

    def filter(self) -> dict[str, str]:
        """Returns the filter as parameters of an export, whose days end before `published_to`; one types the last."""
        said = self.cleaned_data
        first, last = said.get("published_from"), said.get("published_to")
        found = {field: ",".join(said.get(field) or ()) for field in ("kind", "status")}
        found |= {field: said.get(field) or "" for field in ("source", "label", "q")} | {
            "published_from": first.isoformat() if first else "",
            "published_to": (last + timedelta(days=1)).isoformat() if last else "",
            "current": "true" if said.get("current") else "",
        }
        return {field: value for field, value in found.items() if value}

    def chosen(self) -> list[tuple[str, str, Any]]:
        """Returns what the filter is narrowed to: the field, the value of a tick among several, what it is called."""
        found: list[tuple[str, str, Any]] = []
        for name in FILTER:
            value = self.cleaned_data.get(name)
            titles = dict(getattr(self.fields[name], "choices", ()))
            if isinstance(value, list):
                found += [(name, one, titles[one]) for one in value]
            elif value:
                found.append((name, "", titles.get(value, value)))
        return found

    def misread(self) -> list[tuple[str, str]]:
        """Returns what of the filter means nothing, each with why."""
        return [(str(self.fields[name].label), str(error)) for name in FILTER for error in self.errors.get(name, ())]

    def plan(self) -> Plan:
        """Returns how the articles are divided; whether it makes sense, the action says."""
        said = self.cleaned_data
        return Plan(
            way=said["way"], shares=tuple(said[name] for name in NAMES), seed=said["seed"],
            dev_from=said["dev_from"].isoformat() if said["dev_from"] else "",
            test_from=said["test_from"].isoformat() if said["test_from"] else "",
        )  # fmt: skip

    def about(self) -> dict[str, Any]:
        """Returns what the card and the citation say; authors are divided by ; or ، or a line's end."""
        said = self.cleaned_data
        authors = said["authors"].replace("،", ";").replace("\n", ";").split(";")
        return {
            "authors": [name.strip() for name in authors if name.strip()],
            "license": said["license"].strip(),
            "note": said["note"],
        }
