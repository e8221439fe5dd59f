"""What is asked of somebody who makes a project?"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import field_of
from annotations.models import Project
from annotations.presets import PRESETS


def preset_choices() -> list[tuple[str, str]]:
    """The ready label schemes by their titles in the language of the interface."""
    english = get_language() == "en"
    return [(preset.key, preset.title_en if english else preset.title_fa) for preset in PRESETS.values()]


class ProjectForm(forms.Form):
    """Title, address and the scheme to begin with: a preset's, or that of a project the person can see."""

    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.SlugField(label=_("Address"), max_length=60)
    preset = forms.ChoiceField(label=_("Label scheme"), choices=preset_choices, widget=forms.RadioSelect)
    copy_of = forms.ModelChoiceField(
        Project.objects.none(), label=_("Labels of another project"), required=False, to_field_name="slug"
    )
    description = forms.CharField(label=_("Description"), required=False, max_length=2000)

    def __init__(self, data: Any = None, *, projects: QuerySet[Project]) -> None:
        super().__init__(data)
        field_of(self, "copy_of", forms.ModelChoiceField).queryset = projects

    def clean_slug(self) -> str:
        """Refuses an address that is taken, or that leads elsewhere."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug == "new" or Project.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This address is taken; choose another."))
        return slug
