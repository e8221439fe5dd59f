"""In which words is said what another setting of a project would do?"""

from django import template
from django.utils.translation import gettext_lazy, ngettext_lazy

from annotations.queries.project_consequences import Consequence
from annotations.templatetags.newsroom import number

register = template.Library()

COUNTED = {
    "slots_new": ngettext_lazy("{n} new slot to be given out.", "{n} new slots to be given out."),
    "slots_gone": ngettext_lazy("{n} free slot falls away.", "{n} free slots fall away."),
    "over_full": ngettext_lazy(
        "{n} article has more work than that; all of it stays.",
        "{n} articles have more work than that; all of it stays.",
    ),
    "take_themselves": ngettext_lazy(
        "{n} person may take work from the queue and begin any article.",
        "{n} people may take work from the queue and begin any article.",
    ),
    "wait_for_work": ngettext_lazy(
        "{n} person gets new work from managers only; the queue hands them nothing.",
        "{n} people get new work from managers only; the queue hands them nothing.",
    ),
    "reordered": ngettext_lazy(
        "{n} article with free slots is given out in the new order, what has a priority still first.",
        "{n} articles with free slots are given out in the new order, what has a priority still first.",
    ),
    "without_agreement": ngettext_lazy(
        "{n} of them has no agreement measured yet and comes last.",
        "{n} of them have no agreement measured yet and come last.",
    ),
    "without_uncertainty": ngettext_lazy(
        "{n} of them has no suggestions yet and comes last.", "{n} of them have no suggestions yet and come last."
    ),
    "never_expires": ngettext_lazy(
        "{n} piece of open work stays with its annotator, however long that takes.",
        "{n} pieces of open work stay with their annotators, however long that takes.",
    ),
    "expires": ngettext_lazy(
        "{n} piece of work has been untouched for longer and goes back to the queue.",
        "{n} pieces of work have been untouched for longer and go back to the queue.",
    ),
    "blind_again": ngettext_lazy(
        "{n} annotator sees nobody else's work from now on; what they have read, they have read.",
        "{n} annotators see nobody else's work from now on; what they have read, they have read.",
    ),
    "seen_by_peers": ngettext_lazy(
        "{n} annotator may read what others have finished: their work is independent no longer.",
        "{n} annotators may read what others have finished: their work is independent no longer.",
    ),
    "judged_by_authors": ngettext_lazy(
        "{n} piece of work handed in can also be judged by people who annotated the same article.",
        "{n} pieces of work handed in can also be judged by people who annotated the same article.",
    ),
    "kept_apart": ngettext_lazy(
        "{n} piece of work handed in can't be judged any more by a reviewer who annotated the same article.",
        "{n} pieces of work handed in can't be judged any more by reviewers who annotated the same article.",
    ),
    "without_judge": ngettext_lazy(
        "{n} piece of work handed in is left without anybody to judge it.",
        "{n} pieces of work handed in are left without anybody to judge them.",
    ),
    "too_low": ngettext_lazy(
        "{n} article is shown as too low in agreement.", "{n} articles are shown as too low in agreement."
    ),
    "put_away": ngettext_lazy(
        "The project leaves the bar and the first page. {n} free slot is not given out; nothing new is brought in.",
        "The project leaves the bar and the first page. {n} free slots are not given out; nothing new is brought in.",
    ),
    "may_be_finished": ngettext_lazy(
        "{n} piece of open work may still be finished.", "{n} pieces of open work may still be finished."
    ),
    "brought_back": ngettext_lazy("{n} free slot is given out again.", "{n} free slots are given out again."),
}
PLAIN = {
    "no_deadline": gettext_lazy("The dashboard shows no plan and no verdict on it."),
    "deadline_past": gettext_lazy("This day is past: the dashboard says that the project is late."),
    "deadline_set": gettext_lazy("The dashboard compares progress with a plan that ends on this day."),
}
# What somebody loses, or what can't be taken back.
GRAVE = {"wait_for_work", "expires", "seen_by_peers", "without_judge", "put_away", "over_full", "deadline_past"}


@register.filter
def said(consequence: Consequence) -> str:
    """Returns what a change does, in the words of the interface."""
    plain = PLAIN.get(consequence.key)
    # A lazy plural takes its number by `%`, whether it writes it or not.
    text = str(plain) if plain else COUNTED[consequence.key] % consequence.n
    return text.format(n=number(consequence.n))


@register.filter
def is_grave(consequence: Consequence) -> bool:
    """Whether somebody loses something by it, or it can't be taken back."""
    return consequence.key in GRAVE
