"""Which words does the concordance's JavaScript say? English here, in the person's language once the page is made."""

from django.utils.translation import gettext_lazy as _

STRINGS = {
    "hits_marked": _("{n} hits"),
    "let_go": _("Let go"),
    "mark_page": _("All on this page"),
    "mark_all": _("All hits, up to {n}"),
    "collecting": _("Collecting the hits…"),
    "apply": _("Label them"),
    "nothing_to_do": _("Nothing changes."),
    "new": _("{n} new"),
    "relabelled": _("{n} relabelled from {label}"),
    "same": _("{n} already so"),
    "several": _("{n} bear several labels on the same words and are left alone"),
    "not_begun": _("{n} in articles you have not begun"),
    "no_set": _("{n} in articles without work you may change"),
    "closed": _("{n} in work that is handed in"),
    "gone": _("{n} no longer stand there"),
    "begin_too": _("Begin these articles, too: {n}"),
    "into": _("Into"),
    "into_own": _("my work"),
    "into_gold": _("gold"),
    "working": _("Labelling…"),
    "applied": _("Labelled: {n} hits, in {m} articles."),
    "refused": _("Refused: {n}."),
    "undoing": _("Taking back…"),
    "undone": _("Taken back: {n}, in {m} articles."),
    "left": _("Left as they are: {n}."),
    "nothing_to_undo": _("There is nothing to take back."),
    "offline": _("The server can't be reached. Nothing was changed; try again."),
    "unsure": _("The server did not answer. Try again: what is done already is not done twice."),
    "signed_out": _("Sign in again, then go on here."),
}


def strings() -> dict[str, str]:
    """Returns the strings in the active language; `{n}` and `{m}` stand for numbers."""
    return {key: str(said) for key, said in STRINGS.items()}
