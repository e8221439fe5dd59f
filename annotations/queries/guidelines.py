"""What does a project's guideline say, what did it say before, and what has a member not read yet?"""

from dataclasses import dataclass

from annotations.models import GuidelineVersion, Membership, Project, User
from annotations.text.changes import Bound, Change, Piece, changes

LATEST = 50
CONTEXT = 2  # lines around a change


def entries_of(project: Project) -> dict[str, str]:
    """Returns the entries of the latest version by the label's key, Markdown."""
    rows = GuidelineVersion.objects.filter(project=project, number=project.guideline_version)
    return rows.values_list("entries", flat=True).first() or {}


def versions_of(project: Project) -> list[GuidelineVersion]:
    """Returns the latest versions, the newest first, without their texts."""
    rows = GuidelineVersion.objects.filter(project=project).select_related("by").defer("text", "entries")
    return list(rows.order_by("-number")[:LATEST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two versions: the guideline's lines, and by label those of its entry.

    Of lines that are the same, those near a change are kept; an empty one stands for each row of others.
    """

    text: list[list[Piece]]
    entries: dict[str, list[list[Piece]]]


def difference(old: GuidelineVersion, new: GuidelineVersion) -> Difference:
    """Compares two versions word by word; entries that are the same are left out."""
    before, after = old.text.rstrip(), new.text.rstrip()
    keys = [key for key in {**old.entries, **new.entries} if old.entries.get(key, "") != new.entries.get(key, "")]
    bound = Bound()
    text = _near(changes(before, after, bound)) if before != after else []
    entries = {key: _near(changes(old.entries.get(key, ""), new.entries.get(key, ""), bound)) for key in keys}
    return Difference(text=text, entries=entries)


def _near(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Leaves out lines that are far from any change."""
    changed = [at for at, line in enumerate(lines) if any(state != Change.SAME for state, _words in line)]
    kept = {near for at in changed for near in range(at - CONTEXT, at + CONTEXT + 1)}
    found: list[list[Piece]] = []
    for at, line in enumerate(lines):
        if at in kept:
            found.append(line)
        elif not found or found[-1]:
            found.append([])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The version that holds, the one a member read last (0 for none), and what the newer ones say of themselves."""

    version: int
    read: int
    notes: list[str]


def reading_of(project: Project, user: User) -> Reading:
    """Tells how far a person has read the guideline; who is no member has nothing to catch up with."""
    read = Membership.objects.filter(project=project, user=user).values_list("guideline_read", flat=True).first()
    version = project.guideline_version
    read = version if read is None else read
    notes: list[str] = []
    if 0 < read < version:
        rows = GuidelineVersion.objects.filter(project=project, number__gt=read).exclude(note="").order_by("-number")
        notes = list(rows.values_list("note", flat=True)[:5])
    return Reading(version=version, read=read, notes=notes)
