"""What the annotations are about beyond the text: a project's entities and topics."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.projects import Project


class Entity(models.Model):
    """A thing that mentions are linked to; `label_key` is the entity label it takes."""

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="entities"
    )
    key = models.CharField(_("key"), max_length=80)
    label_key = models.CharField(_("label"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    external_id = models.CharField(_("external id"), max_length=80, blank=True, help_text=_("Wikidata, Q…"))
    aliases = models.JSONField(_("aliases"), default=list, blank=True)

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="entity_key_once")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A target of stances that need not be mentioned; `proposition` is what headline and body are judged against."""

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="topics"
    )
    key = models.CharField(_("key"), max_length=80)
    title_fa = models.CharField(_("Persian title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    proposition = models.TextField(_("proposition"), blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="topic_key_once")]

    def __str__(self) -> str:
        return self.title_fa
