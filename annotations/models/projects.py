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


class Project(models.Model):
    """A label scheme, a guideline, members and articles that belong together."""

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
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="projects")
    articles = models.ManyToManyField(Article, through="ProjectArticle", related_name="projects")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(overlap__gte=1), name="project_overlap_at_least_one"),
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
    """An article's place in a project; the same article may stand in several."""

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="project_articles"
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="project_articles"
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("article of a project")
        verbose_name_plural = _("articles of projects")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "article"], name="project_article_once")]
        # Exports go through a project in this order, a batch at a time.
        indexes = [models.Index(fields=["project", "id"], name="project_article_in_order")]

    def __str__(self) -> str:
        return f"{self.article} · {self.project}"
