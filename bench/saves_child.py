"""Makes what the saves are measured on: a project, an article and a set with a token for each client."""

import json
import random
import sys

import django


def main(clients: int) -> None:
    """Prints addresses and tokens as JSON."""
    django.setup()
    from django.core.management import call_command
    from knox.models import AuthToken

    from annotations.actions.articles import add_article
    from annotations.actions.assignments import assign
    from annotations.actions.projects import add_member, create_project
    from annotations.models import User
    from bench.corpus import make_text, seed_sentences

    call_command("migrate", verbosity=0)
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    rng, sentences = random.Random(1), seed_sentences()
    prepared = []
    for number in range(clients):
        user = User.objects.create(username=f"annotator{number}")
        add_member(project, user, role="annotator")
        article = add_article(project, text=make_text(rng, sentences), by=None)
        work = assign(project, article, annotator=user)
        prepared.append(
            {
                "path": f"/api/v1/annotation-sets/{work.pk}/operations/",
                "token": AuthToken.objects.create(user=user)[1],
                "sha256": article.text_sha256,
                "quote": article.text[:5],
            }
        )
    print(json.dumps(prepared))


if __name__ == "__main__":
    main(int(sys.argv[1]))
