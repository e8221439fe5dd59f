"""What does a manager say who assigns by hand? Which articles, to whom, how many each."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.errors import NewsroomError
from annotations.forms.fields import field_of
from annotations.models import Membership, Project, Source
from annotations.queries.assigning import MOST, Choice, members
from annotations.text.day_range import day_range

if TYPE_CHECKING:
    Members = forms.ModelMultipleChoiceField[Membership]
else:
    Members = forms.ModelMultipleChoiceField  # takes no types where it runs

LARGEST = 2**63 - 1
DAY = forms.TextInput(
    attrs={"placeholder": _("2023-09-17"), "dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}
)


class PeopleField(Members):
    """Members of the project, by the name they go by."""

    def label_from_instance(self, obj: Membership) -> str:
        """The person's own name."""
        return obj.user.display_name


class AssignForm(forms.Form):
    """A choice of articles and people. All of it may stay empty: that chooses every article and nobody."""

    source = forms.ChoiceField(label=_("Outlet"), required=False)
    since = forms.CharField(label=_("Published from"), required=False, max_length=40, widget=DAY)
    until = forms.CharField(label=_("to"), required=False, max_length=40, widget=DAY)
    story = forms.IntegerField(label=_("Same story as article"), required=False, min_value=1, max_value=LARGEST)
    first = forms.IntegerField(label=_("Articles from number"), required=False, min_value=1, max_value=LARGEST)
    last = forms.IntegerField(label=_("to number"), required=False, min_value=1, max_value=LARGEST)
    most = forms.IntegerField(label=_("At most"), required=False, min_value=1, max_value=MOST)
    each = forms.IntegerField(label=_("People for each article"), required=False, min_value=1, max_value=1000)
    people = PeopleField(label=_("People"), queryset=Membership.objects.none(), required=False)
    without = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        """Takes the project whose articles and members there are to choose from."""
        super().__init__(*args, **kwargs)
        self.project = project
        names = Source.objects.filter(articles__projects=project).order_by("name").distinct()
        outlets = ((name, name) for name in names.values_list("name", flat=True))
        field_of(self, "source", forms.ChoiceField).choices = [("", _("All outlets")), *outlets]
        field_of(self, "people", PeopleField).queryset = members(project)
        left_out = self.data.getlist("without") if hasattr(self.data, "getlist") else []
        numbers = [value for value in left_out[:MOST] if value.isdecimal() and len(value) < 19]
        field_of(self, "without", forms.ChoiceField).choices = [(value, value) for value in numbers]

    def clean_since(self) -> str:
        """Refuses what is no day."""
        return _readable(self.cleaned_data["since"])

    def clean_until(self) -> str:
        """Refuses what is no day."""
        return _readable(self.cleaned_data["until"])

    def choice(self) -> Choice:
        """Returns the choice of articles; of a valid form."""
        said = self.cleaned_data
        names = ("source", "since", "until", "story", "first", "last")
        return Choice(**{name: said[name] for name in names}, without=tuple(said["without"]), most=said["most"] or MOST)

    def per_article(self) -> int:
        """Returns how many people each article is given to: as many as the project's overlap unless said otherwise."""
        return self.cleaned_data["each"] or self.project.overlap


def _readable(typed: str) -> str:
    if typed:
        try:
            day_range(typed)
        except NewsroomError as error:
            raise forms.ValidationError(_("This is no day: write 2023-09-17 or 1402/6/26.")) from error
    return typed
