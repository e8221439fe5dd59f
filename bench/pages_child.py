"""Makes what the pages are measured on: 10,000 articles, one with 45 spans and one of 50,000 characters with 1,000."""

import json
import random

import django


def main() -> None:
    """Prints the addresses as JSON."""
    django.setup()
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import add_member, create_project
    from annotations.models import AnnotationSet, Article, User
    from annotations.records import Draft, DraftSet
    from bench.corpus import corpus, make_spans, make_text, seed_sentences
    from newsroom.start import collect_static_files

    call_command("migrate", verbosity=0)
    collect_static_files()
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    annotator = User(username="annotator")
    annotator.set_password("annotator")
    annotator.save()
    add_member(project, annotator, role="annotator", pseudonym="a")
    import_drafts(project, enumerate(corpus(10_000, with_spans=False)), by=None)
    rng, sentences = random.Random(1), seed_sentences()
    workspaces = {}
    sizes = (("4,500 characters, 45 spans", 4_500, 40, 5), ("50,000 characters, 1,000 spans", 50_000, 900, 100))
    for name, length, entities, claims in sizes:
        text = make_text(rng, sentences, length)
        spans = make_spans(rng, text, entities=entities, claims=claims)
        work = DraftSet(kind="annotator", annotator="a", status="in_progress", spans=spans)
        report = import_drafts(
            project, [(1, Draft(text=text, annotation_sets=(work,)))], by=None, annotators={"a": annotator}
        )
        workspaces[name] = f"/sets/{AnnotationSet.objects.get(article=report.article_ids[0]).pk}/"
    first = Article.objects.order_by("pk")[25].pk
    lists = {
        "library, first page": "/library/",
        "library, last page": f"/library/?before={first}",
        "API, first page": "/api/v1/articles/",
    }
    print(json.dumps({"lists": lists, "workspaces": workspaces}))


if __name__ == "__main__":
    main()
