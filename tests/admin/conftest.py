"""What do the admin's tests share? A set with something of everything in it, somebody signed in, staff."""

import re
import uuid
from copy import deepcopy

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from annotations.actions.comments import write_comment
from annotations.actions.restorations import restore
from annotations.actions.transitions import move
from annotations.models import (
    AnnotationSet,
    User,
)
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, op, perform, span_op, uid


@pytest.fixture(scope="module")
def kept(kept_rows: None) -> tuple[Cast, AnnotationSet]:
    """The cast and their set: what a test changes is undone, these stay for all tests of a file."""
    cast = make_cast()
    return cast, worked(cast, EMOJI_TEXT)


@pytest.fixture
def cast(kept: tuple[Cast, AnnotationSet]) -> Cast:
    return deepcopy(kept[0])


@pytest.fixture
def work(kept: tuple[Cast, AnnotationSet]) -> AnnotationSet:
    return deepcopy(kept[1])


def worked(cast: Cast, text: str) -> AnnotationSet:
    """A set with something of everything in it."""
    work = make_set(cast, text)
    claim, source = span_op(text, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(text, "کیم جونگ اون")
    relation = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=source["id"])
    perform(work, claim, source, relation, op("label.set", label="category", value="economy"))
    perform(work, span_op(text, "تهران", "LOC"))
    restore(work, 4, by=cast.annotator, uid=str(uuid.uuid4()))
    write_comment(work, by=cast.reviewer, uid=str(uuid.uuid4()), text="چرا؟")
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="دوباره")
    return work


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def listed(model: type[Model]) -> str:
    return reverse(f"admin:annotations_{model._meta.model_name}_changelist")


def changed(row: Model) -> str:
    return reverse(f"admin:annotations_{row._meta.model_name}_change", args=[row.pk])


def rows_of(html: str) -> int:
    return len(re.findall(r'<tr>?<td class="action-checkbox"|<tr><th class="field-|<tr><td class="field-', html))


@pytest.fixture
def staff(cast: Cast) -> User:
    """An annotator who may view everything by Django's permissions, and nothing more by ours."""
    cast.annotator2.is_staff = True
    cast.annotator2.save()
    cast.annotator2.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return cast.annotator2
