"""Makes what is annotated by hand: the seed article in a project of its own, an empty set of it for each hand."""

import json

import django
import msgspec


def main() -> None:
    """Prints each annotator's address as JSON."""
    django.setup()
    from django.core.management import call_command

    from annotations.actions.assignments import assign
    from annotations.actions.demonstration import DATA
    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import add_member, create_project
    from annotations.models import Article, User
    from annotations.records import Draft
    from newsroom.start import collect_static_files

    call_command("migrate", verbosity=0)
    collect_static_files()
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    seed = msgspec.json.decode((DATA / "seed.jsonl").read_bytes(), type=Draft)
    import_drafts(project, [(1, Draft(text=seed.text, topics=seed.topics))], by=None)
    paths = {}
    for name in ("keyboard", "mixed"):
        user = User(username=name)
        user.set_password(name)
        user.save()
        add_member(project, user, role="annotator", pseudonym=name)
        paths[name] = f"/sets/{assign(project, Article.objects.get(), annotator=user).pk}/"
    print(json.dumps(paths))


if __name__ == "__main__":
    main()
