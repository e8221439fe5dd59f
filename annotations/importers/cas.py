"""What stands in a UIMA CAS, in whichever of its files? The texts of its views, and feature structures by id."""

from dataclasses import dataclass, field

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.limits import MOST_ANNOTATIONS
from annotations.registry import UTF16

# A feature's value as text; or the ids of what it points at, where the format tells pointers from values.
Said = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature structure: its layer, where it stands if anywhere (as the file says), and its features.

    `plain` are those of which is known that they point at nothing, whatever their text looks like.
    """

    id: str
    layer: str
    begin: int | None
    end: int | None
    features: dict[str, Said]
    plain: frozenset[str] = frozenset()

    @property
    def placed(self) -> bool:
        """Whether it stands at a place of a text."""
        return self.begin is not None and self.end is not None

    def may_point(self, name: str) -> Said:
        """Returns the value of a feature that may point at others; "" of one that does not, or is not there."""
        return "" if name in self.plain else self.features.get(name, "")


@dataclass(slots=True)
class View:
    """A text (sofa) and all feature structures that are in it or in no view; their offsets are in `unit`."""

    text: str
    elements: dict[str, Feature] = field(default_factory=dict)
    unit: str = UTF16


def views(texts: dict[str, str], found: list[tuple[str, Feature]]) -> list[View]:
    """Gives each text the feature structures that name it, and those that name none of them.

    Raises NewsroomError where many texts would share many structures.
    """
    shared = sum(not of or of not in texts for of, _one in found)
    if len(texts) > 1 and shared * len(texts) > MOST_ANNOTATIONS:
        raise too_many(MOST_ANNOTATIONS)
    made = {sofa: View(text) for sofa, text in texts.items()}
    for of, one in found:
        for view in [made[of]] if of and of in made else made.values():
            view.elements[one.id] = one
    return [*made.values()]


def too_many(most: int) -> NewsroomError:
    """Returns the refusal of a file that would take more memory than its size tells."""
    message = gettext_noop(
        "The file holds more than {most} annotations or values. Export it in parts or with fewer layers."
    )
    return NewsroomError(code="too_many", message=message, data={"most": most})
