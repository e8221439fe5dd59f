"""Makes what labelling is measured on: the seed's text and one of 50,000 characters, without and with many spans."""

import json
import random

import django
import msgspec

CASES = ((0, (0, 0), (130, 20)), (50_000, (0, 0), (900, 100), (4_500, 500)))


def main() -> None:
    """Prints the addresses as JSON."""
    django.setup()
    from django.core.management import call_command

    from annotations.actions.demonstration import DATA
    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import add_member, create_project
    from annotations.models import AnnotationSet, User
    from annotations.records import Draft, DraftSet
    from bench.corpus import make_spans, make_text, seed_sentences
    from newsroom.start import collect_static_files

    call_command("migrate", verbosity=0)
    collect_static_files()
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    annotator = User(username="annotator")
    annotator.set_password("annotator")
    annotator.save()
    add_member(project, annotator, role="annotator", pseudonym="a")
    seed = msgspec.json.decode((DATA / "seed.jsonl").read_bytes(), type=Draft).text
    workspaces = {}
    for length, *counts in CASES:
        rng = random.Random(1)
        text = make_text(rng, seed_sentences(), length) if length else seed
        for entities, claims in counts:
            # The same text again would be the same article.
            told = f"{entities + claims}\n{text}"
            spans = make_spans(rng, told, entities=entities, claims=claims)
            work = DraftSet(kind="annotator", annotator="a", status="in_progress", spans=spans)
            draft = Draft(text=told, annotation_sets=(work,))
            [pk] = import_drafts(project, [(1, draft)], by=None, annotators={"a": annotator}).article_ids
            name = f"{f'{length:,} characters' if length else 'seed'}, {len(spans):,} spans"
            workspaces[name] = f"/sets/{AnnotationSet.objects.get(article=pk).pk}/"
    print(json.dumps(workspaces))


if __name__ == "__main__":
    main()
