"""Who works on which articles under which guideline?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article


class Role(models.TextChoices):
    """What a member does in a project; each may also do what stands before it."""

    ANNOTATOR = "annotator", _("annotator")
    REVIEWER = "reviewer", _("reviewer")
    MANAGER = "manager", _("manager")


class QueueOrder(models.TextChoices):
    """In which order «next article» hands out work; what has a priority always goes first."""

    ADDED = "added", _("as they were added")
    NEWEST = "newest", _("newest first")
    SOURCE = "source", _("outlet by outlet")
    STORY = "story", _("story by story")
    DISAGREEMENT = "disagreement", _("lowest agreement first")
    UNCERTAINTY = "uncertainty", _("most uncertain suggestions first")


class Project(models.Model):
    """A label scheme, a guideline, members and articles that belong together.

    `ranked_by` is the order of the queue that the ranks of its articles were made for (actions/ranks.py).
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    guideline = models.TextField(_("guideline"), blank=True, help_text=_("Markdown."))
    guideline_version = models.PositiveIntegerField(_("guideline version"), default=1)
    preset = models.CharField(_("preset"), max_length=40, blank=True, help_text=_("The scheme it began with."))
    overlap = models.PositiveSmallIntegerField(
        _("overlap"), default=1, help_text=_("How many annotators read each article.")
    )
    self_assign = models.BooleanField(_("annotators take articles themselves"), default=True)
    blind = models.BooleanField(
        _("blind"), default=True, help_text=_("Annotators never see each other's work before adjudication.")
    )
    reviewer_not_author = models.BooleanField(_("reviewers don't judge articles they annotated"), default=True)
    queue_order = models.CharField(
        _("order of the queue"), max_length=12, choices=QueueOrder.choices, default=QueueOrder.ADDED
    )
    ranked_by = models.CharField(max_length=12, blank=True, default="", editable=False)
    timeout_hours = models.PositiveSmallIntegerField(
        _("time-out in hours"), null=True, blank=True,
        help_text=_("Work that nobody touched for so long goes back to the queue; empty for never."),
    )  # fmt: skip
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    threshold = models.FloatField(
        _("agreement to reach"), default=0.8, help_text=_("F1 or α below it is shown as too low.")
    )
    scheme_version = models.PositiveIntegerField(_("version of the label scheme"), default=1)
    archived_at = models.DateTimeField(
        _("archived"), null=True, blank=True, help_text=_("Nothing new is begun or brought in; what there is stays.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="projects")
    articles = models.ManyToManyField(Article, through="ProjectArticle", related_name="projects")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(overlap__gte=1), name="project_overlap_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(queue_order__in=QueueOrder.values), name="project_queue_order_known"
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=0, threshold__lte=1), name="project_threshold_between_0_and_1"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """One person's role in one project, and the pseudonym their work is exported under."""

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.ANNOTATOR)
    pseudonym = models.CharField(_("pseudonym"), max_length=40)
    guideline_read = models.PositiveIntegerField(
        _("read up to guideline version"), default=0, help_text=_("0 until the guideline was opened.")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
            models.UniqueConstraint(fields=["project", "pseudonym"], name="membership_pseudonym_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(condition=~models.Q(pseudonym=""), name="membership_pseudonym_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.project} · {self.get_role_display()}"


class ProjectArticle(models.Model):
    """An article's place in a project; the same article may stand in several.

    `taken` counts the slots that are held, the sets of annotators in a state of `states.HOLDING`: the queue hands out
    an article while `taken` is below the project's overlap. `agreement` is the mean F1 of its finished sets, in pairs;
    `uncertainty` is how unsure a suggester was of it; both are null where nothing is known. `rank` is its place in the
    queue's order, lower first: worked out from the article when the queue next comes by, and null until then. Whoever
    changes what an order is made of sets it to null (actions/ranks.py). `removal` is the number of the change by which
    a set was last taken away from it, for queries/changes.py, null where none was.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="project_articles"
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="project_articles"
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    priority = models.SmallIntegerField(_("priority"), default=0, db_default=0, help_text=_("Higher goes first."))
    taken = models.PositiveSmallIntegerField(_("slots taken"), default=0, db_default=0, editable=False)
    agreement = models.FloatField(_("agreement"), null=True, blank=True, editable=False)
    uncertainty = models.FloatField(_("uncertainty"), null=True, blank=True, editable=False)
    rank = models.BigIntegerField(_("place in the queue"), null=True, blank=True, editable=False)
    removal = models.BigIntegerField(_("removal of a set"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("article of a project")
        verbose_name_plural = _("articles of projects")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "article"], name="project_article_once")]
        indexes = [
            # Exports go through a project in this order, a batch at a time.
            models.Index(fields=["project", "id"], name="project_article_in_order"),
            # The queue goes through it in this one; articles without a free slot are passed in the index itself.
            models.Index(fields=["project", "-priority", "rank", "id", "taken"], name="project_article_in_queue"),
            models.Index(fields=["project"], condition=models.Q(rank=None), name="project_article_unranked"),
            # Hardly an article has lost a set.
            models.Index(
                fields=["project", "removal"],
                condition=models.Q(removal__isnull=False),
                name="project_article_by_removal",
            ),
            # Adjudication begins where people agree least.
            models.Index(
                fields=["project", "agreement", "id"],
                condition=models.Q(agreement__isnull=False),
                name="project_article_by_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.project}"
