"""What may be uploaded? One text or JSONL file, bounded."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import recognised
from annotations.importers.base import HEAD


class UploadForm(forms.Form):
    """A file, and what is to be noted of the article where the file does not say it."""

    file = forms.FileField(label=gettext_lazy("File"))
    source = forms.CharField(label=gettext_lazy("Outlet"), max_length=200, required=False)
    published = forms.DateField(label=gettext_lazy("Published"), required=False)

    def clean_published(self) -> date | None:
        """Refuses days that no calendar of the interface can say."""
        day = self.cleaned_data["published"]
        if day and not 1000 <= day.year <= 9000:
            raise forms.ValidationError(_("Choose a year between 1000 and 9000."))
        return day

    def clean_file(self) -> UploadedFile:
        """Refuses what is too large or of no known format."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s; %(most)s can be uploaded. Larger ones come in by manage.py import_articles.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            )
        head = file.read(HEAD)
        file.seek(0)
        if recognised(file.name, head) is None:
            raise forms.ValidationError(
                _("The name does not say a known format: use .txt for one article or .jsonl for many.")
            )
        return file
