"""What the annotations are about beyond the text: a project's entities and topics."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.projects import Project


class Entity(models.Model):
    """A thing that mentions are linked to; `label_key` is the entity label it takes.

    `aliases` are its other names. Those in `learned` came from the words of linked mentions and go with the last of
    them; `refused` are keys of words that somebody took away and that are not learned again.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="entities"
    )
    key = models.CharField(_("key"), max_length=80)
    label_key = models.CharField(_("label"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    external_id = models.CharField(_("external id"), max_length=80, blank=True, help_text=_("Wikidata, Q…"))
    aliases = models.JSONField(_("aliases"), default=list, blank=True)
    learned = models.JSONField(_("learned names"), default=list, blank=True, editable=False)
    refused = models.JSONField(_("refused names"), default=list, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="entity_key_once")]

    def __str__(self) -> str:
        return self.name


class EntityName(models.Model):
    """Where a search finds an entity: one row for each word of each of its names, the key from that word on.

    The key is bytes (annotations/text/names.py): a collation of the database would sort letters its own way, and what
    begins with a key would be no range of the index any more.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="+"
    )
    entity = models.ForeignKey(
        Entity, db_index=False, verbose_name=_("entity"), on_delete=models.CASCADE, related_name="keys"
    )
    key = models.BinaryField(_("key"))
    whole = models.BooleanField(_("whole name"))

    class Meta:
        verbose_name = _("key of a name")
        verbose_name_plural = _("keys of names")
        constraints = [models.UniqueConstraint(fields=["entity", "key"], name="entity_name_once")]
        indexes = [models.Index(fields=["project", "key"], name="entity_by_name")]

    def __str__(self) -> str:
        return bytes(self.key).decode(errors="replace")


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
