"""The admin's pages of the history, to look at: each revision as a sentence, steps of many, moves of sets."""

from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import when
from annotations.admin.people import NamingAdmin, name_of
from annotations.models import Revision, RevisionStep, StatusChange
from annotations.queries.history_revisions import tell
from annotations.queries.history_words import of_arrival, of_move, of_step
from annotations.queries.sentences import Phrase, Sentences

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Told = WithAnnotations[Revision, "Words"]

# An import is one revision with all its operations: more are counted, not told one by one.
MOST_TOLD = 5


class Words(TypedDict):
    """What a revision is told in."""

    phrases: list[Phrase]


class RevisionList(ChangeList):
    """A page of revisions, each told in words: a replay of the sets on the page."""

    def get_results(self, request: HttpRequest) -> None:
        """Reads the page and tells its revisions."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        tell_each(self.result_list)


def tell_each(revisions: "list[Told]") -> None:
    """Gives each revision its `phrases`; their sets are read along."""
    sets = {row.annotation_set_id: row.annotation_set for row in revisions}
    sentences = {project: Sentences(project) for project in {work.project_id for work in sets.values()}}
    told = tell(((row.annotation_set_id, row.version) for row in revisions), sets, sentences)
    for row in revisions:
        phrases = told[row.annotation_set_id, row.version]
        many = len(phrases) > MOST_TOLD
        row.phrases = [of_arrival(len(phrases), carried=False)] if many else phrases


@admin.register(Revision)
class RevisionAdmin(NamingAdmin):
    """The append-only history."""

    people = ("actor",)
    sets = "annotation_set"
    list_display = ["sentence", "annotation_set", "version", when("created_at")]
    list_select_related = ["annotation_set__article", "annotation_set__project", "annotation_set__annotator", "actor"]
    list_filter = ["annotation_set__project"]
    search_fields = ["op_id", "annotation_set__article__headline", "actor__username"]
    ordering = ["-id"]
    fields = ["sentence", "annotation_set", "version", "actor", when("created_at"), "op_id", "operations"]
    readonly_fields = ["sentence", fields[4], "op_id"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that tells its revisions."""
        return RevisionList

    @admin.display(description=_("what was done"))
    def sentence(self, row: "Told") -> SafeString:
        """Who did what."""
        if not hasattr(row, "phrases"):
            tell_each([row])
        who = self.shown(row, "actor") or _("The program")
        said = format_html_join(" · ", "{}", ((phrase.html(),) for phrase in row.phrases))
        return format_html("<bdi>{}</bdi> {}", who, said)


@admin.register(RevisionStep)
class RevisionStepAdmin(NamingAdmin):
    """Restores, bulk edits, labels on the same words: which revisions each is."""

    people = ("by",)
    sets = "annotation_set"
    list_display = ["sentence", "annotation_set", "first", "last", when("at")]
    list_filter = ["kind", "annotation_set__project"]
    list_select_related = ["annotation_set__article", "annotation_set__project", "by"]
    search_fields = ["annotation_set__article__headline", "by__username"]

    @admin.display(description=_("what was done"))
    def sentence(self, row: RevisionStep) -> SafeString:
        """Who did what."""
        return _by(self.shown(row, "by"), of_step(row, {}))


@admin.register(StatusChange)
class StatusChangeAdmin(NamingAdmin):
    """Who moved which work on, and why."""

    people = ("actor",)
    sets = "annotation_set"
    list_display = ["sentence", "annotation_set", "note", when("at")]
    list_filter = ["source", "target", "annotation_set__project"]
    list_select_related = ["annotation_set__article", "annotation_set__annotator", "actor"]
    search_fields = ["annotation_set__article__headline", "actor__username", "note"]
    ordering = ["-id"]

    @admin.display(description=_("what was done"))
    def sentence(self, row: StatusChange) -> SafeString:
        """Who did what."""
        return move_sentence(row)


def move_sentence(row: StatusChange) -> SafeString:
    """Returns who moved a set and how, under the names that the reader of the row knows."""
    work = row.annotation_set
    return _by(name_of(row.actor, row, work), of_move(row, name_of(work.annotator, row, work) or work.pseudonym))


def _by(who: str | None, what: Phrase) -> SafeString:
    return format_html("<bdi>{}</bdi> {}", who or _("The program"), what.html())
