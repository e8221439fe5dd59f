"""What is read: sources and their immutable articles."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from annotations.errors import NewsroomError, gettext_noop
from annotations.models.fields import UidField, new_uid
from annotations.text.fold import key_sha256
from annotations.text.freeze import text_sha256
from annotations.text.page_key import page_key

models.CharField.register_lookup(Length)


class Source(models.Model):
    """An outlet that publishes articles."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    domain = models.CharField(_("domain"), max_length=253, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TextIsImmutable(NewsroomError):
    """Raised when the text of a stored article would change."""

    def __init__(self) -> None:
        super().__init__(
            code="text_immutable",
            message=gettext_noop("The text of an article never changes."),
            hint=gettext_noop("Add the corrected text as a new article that supersedes this one."),
        )


class Article(models.Model):
    """One published text, frozen: decoded, CRLF to LF, BOM and NUL dropped, nothing else.

    `sections` are ranges of the text, `{"kind": "headline", "start": 0, "end": 82}`, in code points;
    `headline` repeats that range's text so that lists need not read whole articles.
    """

    uid = UidField(unique=True, default=new_uid, editable=False)
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, db_index=True, editable=False)
    key_sha256 = models.CharField(
        _("SHA-256 of the search key"), max_length=64, db_index=True, editable=False, default="",
        help_text=_("The same for texts that differ in spelling only."),
    )  # fmt: skip
    length = models.PositiveIntegerField(_("length"), editable=False, help_text=_("In code points."))
    headline = models.TextField(_("headline"), blank=True)
    sections = models.JSONField(_("sections"), default=list, blank=True)
    source = models.ForeignKey(
        Source, db_index=False, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="articles",
    )  # fmt: skip
    url = models.TextField(_("URL"), blank=True)
    page_key = models.CharField(
        max_length=64, db_index=True, editable=False, default="", help_text=_("The same for all spellings of the URL.")
    )
    author = models.CharField(_("author"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    language = models.CharField(_("language of the text"), max_length=15, default="fa")
    meta = models.JSONField(_("metadata"), default=dict, blank=True)
    supersedes = models.ForeignKey(
        "self", verbose_name=_("supersedes"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="superseded_by",
    )  # fmt: skip
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    _stored_sha256: str | None

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(text_sha256__length=64), name="article_sha256_whole"),
            models.CheckConstraint(condition=~models.Q(text=""), name="article_text_not_empty"),
        ]
        # Which articles an outlet, and a day, has is told by these alone: no text is read for it.
        indexes = [
            models.Index(fields=["source", "id"], name="article_by_source"),
            models.Index(fields=["published_at", "id"], name="article_by_day"),
        ]

    def __str__(self) -> str:
        return self.headline or f"#{self.pk}"

    def save(self, *args: Any, **options: Any) -> None:
        """Fills hash and length in; raises TextIsImmutable where a stored text would change."""
        if "text" in self.__dict__:
            digest = text_sha256(self.text)
            if getattr(self, "_stored_sha256", None) not in (None, digest):
                raise TextIsImmutable
            if digest != self.text_sha256 or not self.key_sha256:
                self.text_sha256, self.length, self.key_sha256 = digest, len(self.text), key_sha256(self.text)
        if "url" in self.__dict__:
            self.page_key = page_key(self.url)
        super().save(*args, **options)
        self._stored_sha256 = self.text_sha256

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, *, fetch_mode: Any = None) -> "Article":
        """Loads a row and remembers its hash, so that `save` can tell a changed text."""
        article = super().from_db(db, field_names, values, fetch_mode=fetch_mode)
        article._stored_sha256 = article.__dict__.get("text_sha256")
        return article

    def clean(self) -> None:
        """Refuses metadata that are no object: exports read their keys."""
        if not isinstance(self.meta, dict):
            raise ValidationError({"meta": _("Metadata are an object of names and values.")})

    @property
    def link(self) -> str:
        """The address where it was published, if it is one that a reader may follow."""
        return self.url if self.url.startswith(("https://", "http://")) else ""

    def section(self, kind: str) -> tuple[int, int] | None:
        """Returns the range of the first section of a kind, in code points."""
        for section in self.sections:
            if section["kind"] == kind:
                return section["start"], section["end"]
        return None
