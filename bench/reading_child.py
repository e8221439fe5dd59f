"""Makes what the readings are measured on: the seed article, and one of 50,000 characters with 1,000 spans."""

import json
import random
import time

import django


def main() -> None:
    """Prints the addresses, and how long analysing took, as JSON."""
    django.setup()
    from django.core.management import call_command

    from annotations.actions.analyses import analyse
    from annotations.actions.demonstration import load_demonstration
    from annotations.actions.imports import import_drafts
    from annotations.models import AnnotationSet, Project, User
    from annotations.queries.analyses import unanalysed
    from annotations.records import Draft, DraftSet
    from bench.corpus import make_spans, make_text, seed_sentences
    from newsroom.start import collect_static_files

    call_command("migrate", verbosity=0)
    collect_static_files()
    load_demonstration()
    rng, sentences = random.Random(1), seed_sentences()
    text = make_text(rng, sentences, 50_000)
    spans = make_spans(rng, text, entities=900, claims=100)
    work = DraftSet(kind="annotator", annotator="a", status="in_progress", spans=spans)
    project, annotator = Project.objects.get(slug="demo"), User.objects.get(username="annotator")
    draft = Draft(text=text, annotation_sets=(work,))
    long = import_drafts(project, [(1, draft)], by=None, annotators={"a": annotator}).article_ids[0]
    seed = AnnotationSet.objects.get(annotator=annotator, status="in_progress", article__source__name="تسنیم")
    analyse(seed.article_id)
    began = time.perf_counter()
    analyse(long)
    spent = (time.perf_counter() - began) * 1000
    for article in unanalysed():
        analyse(article)
    workspaces = {
        f"seed, {seed.spans.count()} spans": f"/sets/{seed.pk}/",
        "50,000 characters, 1,000 spans": f"/sets/{AnnotationSet.objects.get(article=long).pk}/",
    }
    print(json.dumps({"workspaces": workspaces, "analysed_ms": spent}))


if __name__ == "__main__":
    main()
