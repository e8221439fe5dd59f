"""What may be brought in, and what is to be said of it? Files and pasted text first; then how each is read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.days import typed_date
from annotations.forms.fields import field_of
from annotations.importers import IMPORTERS
from annotations.models import Job, JobFile

MOST_FILES = 100


class ManyFilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files, each bounded."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Refuses what is too large or too much."""
        files = [super(ManyFiles, self).clean(file, initial) for file in data or ()]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files at once; a ZIP holds more.") % {"most": MOST_FILES})
        for file in files:
            if file.size > settings.UPLOAD_MAX_BYTES:
                raise forms.ValidationError(
                    _(
                        "The file has %(size)s; %(most)s can be uploaded. "
                        "Larger ones come in by manage.py import_articles."
                    )
                    % {"size": filesizeformat(file.size), "most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
                )
        return files


class UploadForm(forms.Form):
    """Files, a text that was pasted, or an address for those who may have it fetched."""

    file = ManyFiles(label=gettext_lazy("Files"), required=False, allow_empty_file=True)
    text = forms.CharField(label=gettext_lazy("Text"), required=False, strip=False, widget=forms.Textarea)
    url = forms.CharField(label=gettext_lazy("Address"), max_length=2000, required=False)

    def __init__(self, *args: Any, can_fetch: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not can_fetch:
            del self.fields["url"]

    def clean(self) -> dict[str, Any]:
        """Refuses a form with nothing in it."""
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("file") or cleaned.get("text", "").strip() or cleaned.get("url")
        if not self.errors and not given:
            raise forms.ValidationError(_("Choose a file, or paste a text."))
        return cleaned

    def contents(self) -> "list[tuple[str, File[bytes]]]":
        """Returns what came in, each with its name."""
        found: list[tuple[str, File[bytes]]] = [(file.name or "", file) for file in self.cleaned_data["file"]]
        if self.cleaned_data["text"].strip():
            found.append((_("Pasted text") + ".txt", ContentFile(self.cleaned_data["text"].encode())))
        return found


class NotedForm(forms.Form):
    """What is to be noted of articles where their file does not say it."""

    source = forms.CharField(label=gettext_lazy("Outlet"), max_length=200, required=False)
    published = forms.CharField(label=gettext_lazy("Published"), max_length=40, required=False)

    def clean_published(self) -> date | None:
        """Reads a day of either calendar."""
        return typed_date(self.cleaned_data["published"])

    @classmethod
    def of(cls, job: Job) -> "NotedForm":
        """Returns the form as it was filled in before, the day as it was typed."""
        typed = job.params.get("published_typed", "")
        return cls(initial={"source": job.params.get("source", ""), "published": typed})

    def said(self) -> dict[str, str]:
        """Returns what is noted, as the job keeps it."""
        day = self.cleaned_data["published"]
        return {
            "source": self.cleaned_data["source"], "published": day.isoformat() if day else "",
            "published_typed": self.data.get("published", ""),
        }  # fmt: skip


class ReadingForm(forms.Form):
    """How one file is to be read: its format, and the options that the format has."""

    importer = forms.ChoiceField(label=gettext_lazy("Format"), required=False)

    def __init__(self, data: Any, *, file: JobFile) -> None:
        super().__init__(data, prefix=f"f{file.place}", initial={"importer": file.importer})
        self.file = file
        choices = [(key, _(importer.title)) for key, importer in IMPORTERS.items()]
        field_of(self, "importer", forms.ChoiceField).choices = [("", _("not recognised: choose one")), *choices]
        for option in IMPORTERS[file.importer].options if file.importer else ():
            said = file.options.get(option.key, option.default)
            common = {"label": _(option.title), "help_text": _(option.hint) if option.hint else "", "initial": said}
            if isinstance(option.default, bool):
                field: forms.Field = forms.BooleanField(required=False, **common)
            elif option.choices:
                titled = [(value, _(title)) for value, title in option.choices]
                field = forms.ChoiceField(choices=titled, required=False, **common)
            else:
                field = forms.CharField(max_length=200, required=False, **common)
            self.fields[f"o-{option.key}"] = field

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """The controls of the format's own options."""
        return [self[name] for name in self.fields if name.startswith("o-")]

    def said(self) -> tuple[str, dict[str, str | bool]]:
        """Returns the chosen format, and its options where they were those of this format."""
        chosen = self.cleaned_data["importer"]
        if chosen != self.file.importer:
            return chosen, {}
        values = {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("o-")}
        return chosen, self._told(values)

    @property
    def says_otherwise(self) -> bool:
        """Whether the file is to be read otherwise than it was: a default that is sent back says nothing new."""
        return self.said() != (self.file.importer, self._told(self.file.options))

    def _told(self, values: Mapping[str, str | bool]) -> dict[str, str | bool]:
        """Returns the options that differ from what the format takes anyway."""
        options = IMPORTERS[self.file.importer].options if self.file.importer else ()
        defaults = {option.key: option.default for option in options}
        return {key: value for key, value in values.items() if value not in ("", defaults.get(key, ""))}
