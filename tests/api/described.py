"""The OpenAPI document as the tests use it, and a demonstration in which each address leads to something."""

from typing import Any

from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from annotations.actions.demonstration import SLUG, load_demonstration
from annotations.api.description import operations
from annotations.models import AnnotationSet, Entity, Project, ProjectArticle, User
from tests.factories import Cast, make_user
from tests.views.test_access import address, make_work

UUID = "00000000-0000-4000-8000-000000000000"


def document() -> dict[str, Any]:
    """Returns the API's description, made anew."""
    return SchemaGenerator().get_schema(request=None, public=True)


def make_demonstration() -> AnnotationSet:
    """Loads the demonstration, makes one more of each thing that has an address; returns the annotator's set."""
    load_demonstration()
    Entity.objects.filter(key="org-tass").update(key="org-itar-tass")  # the name that `make_work` takes
    names = ("annotator", "annotator2", "reviewer", "manager", "admin")
    people = {name: User.objects.get(username=name) for name in names}
    return make_work(Cast(outsider=make_user("outsider"), project=Project.objects.get(slug=SLUG), **people))


def arguments(work: AnnotationSet) -> dict[str, dict[str, Any]]:
    """Returns for each path of the document the arguments with which it leads to something."""
    found: dict[str, dict[str, Any]] = {}
    for path, _method, operation in operations(document()):
        names = [one["name"] for one in operation.get("parameters", []) if one["in"] == "path"]
        if names and path not in found:
            found[path] = _arguments(path, names, work)
    return found


def _arguments(path: str, names: list[str], work: AnnotationSet) -> dict[str, Any]:
    ones = dict.fromkeys(names, "1") | {name: UUID for name in names if name == "uid"}
    name = resolve(path.format_map(ones)).url_name or ""
    if name.startswith("api-adjudication-"):  # the demonstration has one of three views: more than `address` knows
        judged = ProjectArticle.objects.filter(agreement__isnull=False).earliest("pk")
        return {"slug": judged.project.slug, "id": judged.article_id}
    values = resolve(address(name, work)).kwargs
    in_order = sorted(names, key=lambda name: path.index("{" + name + "}"))
    said = [value if isinstance(value, int) else str(value) for value in values.values()]
    return dict(zip(in_order, said, strict=True))
