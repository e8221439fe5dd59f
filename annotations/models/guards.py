"""What does the database itself do, whoever writes? It refuses changed texts, revisions and sealed releases, and
numbers the changes of annotation sets."""

from typing import Any

from django.db import connections

from annotations.models.annotation_sets import ChangeClock
from annotations.models.clock import catch_up

# Put back after every migrate: SQLite drops a table's triggers whenever a migration rebuilds the table.
SQLITE = """
CREATE TRIGGER IF NOT EXISTS article_text_immutable
BEFORE UPDATE OF text, text_sha256, length ON annotations_article
WHEN OLD.text IS NOT NEW.text OR OLD.text_sha256 IS NOT NEW.text_sha256 OR OLD.length IS NOT NEW.length
BEGIN SELECT RAISE(ABORT, 'article_text_immutable'); END;
CREATE TRIGGER IF NOT EXISTS revision_append_only
BEFORE UPDATE OF annotation_set_id, version, op_id, created_at, operations ON annotations_revision
BEGIN SELECT RAISE(ABORT, 'revision_append_only'); END;
CREATE TRIGGER IF NOT EXISTS set_made
AFTER INSERT ON annotations_annotationset
BEGIN
  UPDATE annotations_changeclock SET value = value + 1;
  UPDATE annotations_annotationset SET change = (SELECT value FROM annotations_changeclock) WHERE id = NEW.id; END;
CREATE TRIGGER IF NOT EXISTS set_changed
AFTER UPDATE OF uid, project_id, article_id, kind, annotator_id, pseudonym, status, version, created_at, updated_at,
  submitted_at ON annotations_annotationset
BEGIN
  UPDATE annotations_changeclock SET value = value + 1;
  UPDATE annotations_annotationset SET change = (SELECT value FROM annotations_changeclock) WHERE id = NEW.id; END;
CREATE TRIGGER IF NOT EXISTS release_sealed
BEFORE UPDATE OF uid, project_id, name, note, authors, license, dated, filter, formats, split, scheme,
  scheme_version, guideline_version, counts, agreement, losses, previous_id, difference, sha256, sealed_at
ON annotations_release
WHEN OLD.sealed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'release_sealed'); END;
CREATE TRIGGER IF NOT EXISTS release_file_sealed
BEFORE UPDATE ON annotations_releasefile
WHEN (SELECT sealed_at FROM annotations_release WHERE id = OLD.release_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'release_file_sealed'); END;
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION newsroom_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE TRIGGER article_text_immutable
BEFORE UPDATE ON annotations_article FOR EACH ROW
WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.text_sha256 IS DISTINCT FROM NEW.text_sha256
      OR OLD.length IS DISTINCT FROM NEW.length)
EXECUTE FUNCTION newsroom_refuse('article_text_immutable');
CREATE OR REPLACE TRIGGER revision_append_only
BEFORE UPDATE OF annotation_set_id, version, op_id, created_at, operations ON annotations_revision
FOR EACH ROW EXECUTE FUNCTION newsroom_refuse('revision_append_only');
CREATE OR REPLACE FUNCTION newsroom_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.change := pg_current_xact_id()::text::bigint; RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER set_changed
BEFORE INSERT OR UPDATE ON annotations_annotationset FOR EACH ROW EXECUTE FUNCTION newsroom_change();
CREATE OR REPLACE TRIGGER release_sealed
BEFORE UPDATE OF uid, project_id, name, note, authors, license, dated, filter, formats, split, scheme,
  scheme_version, guideline_version, counts, agreement, losses, previous_id, difference, sha256, sealed_at
ON annotations_release
FOR EACH ROW WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION newsroom_refuse('release_sealed');
CREATE OR REPLACE FUNCTION newsroom_refuse_file() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF (SELECT sealed_at FROM annotations_release WHERE id = OLD.release_id) IS NOT NULL THEN
    RAISE EXCEPTION 'release_file_sealed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER release_file_sealed
BEFORE UPDATE ON annotations_releasefile FOR EACH ROW EXECUTE FUNCTION newsroom_refuse_file();
"""


def install_guards(*, using: str, **signal: Any) -> None:
    """Creates the triggers on the database just migrated, and mends its clock; receives Django's `post_migrate`."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {"annotations_article", "annotations_revision", "annotations_changeclock"} <= set(tables):
        return  # migrated back
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE.strip().split("END;"):
                if statement.strip():
                    cursor.execute(statement + "END;")
        else:
            cursor.execute(POSTGRESQL)
    clocks = ChangeClock.objects.using(using)
    if not clocks.exists():
        clocks.create()
    catch_up(using=using)
