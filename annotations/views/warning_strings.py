"""Which words does the workspace say about warnings? A part of workspace_strings.py."""

from django.utils.translation import gettext_lazy as _

from annotations.models.warnings import WarningKind

WARNING_STRINGS = {
    # Warnings
    "warnings": _("Warnings"),
    "warnings_open": _("Open warnings: {n}"),
    "warnings_none": _("Nothing looks like a slip."),
    "warnings_dismissed": _("Dismissed: {n}"),
    "warning_dismiss": _("Dismiss"),
    "warning_restore": _("Bring back"),
    "warning_go": _("Show in the text"),
    "warning_unsent": _("Kept on this device until the server can be reached."),
    "key_warning": _("Next warning"),
    **{f"warn_{kind}": title for kind, title in WarningKind.choices},
    # What is wrong, and how it is mended
    "why_edge": _("White space or punctuation hangs at an edge. Without it: {becomes}"),
    "why_cut": _("An edge lies inside {words}. As a whole: {becomes}. What hangs on a word may stay out on purpose."),
    "why_duplicate": _("The same is there twice. One is enough."),
    "why_otherwise": _("The same words are something else elsewhere: {others}. As here: {own}"),
    "why_required": _("{name} is not said yet."),
    "why_source": _("Nobody is named who claims this. «Implicit» and «The article itself» are answers, too."),
    "why_end": _("{slot}: what stood there is gone, or the scheme does not allow it any more."),
    "mend_edge": _("Trim"),
    "mend_cut": _("Take the whole word"),
    "mend_duplicate": _("Delete this one"),
    "mend_otherwise": _("Label as {label}"),
    "mend_source": _("Name the source"),
    # Handing in
    "finish_hint": _("Look at them once more, or hand the work in as it is: nothing forbids it."),
    "finish_anyway": _("Hand in anyway"),
    "finish_back": _("Go back and look"),
    # Who quotes whom
    "quoting": _("quoting"),
}
