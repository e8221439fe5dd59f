"""UIMA CAS as JSON, as INCEpTION and cassis write it: one file, or a ZIP of many.

Source: the UIMA JSON CAS serialisation 0.4 (Apache UIMA). Offsets are UTF-16 units. The types that a file declares are
not needed: a feature named `@…` points at another feature structure, an array's are its `%ELEMENTS`.
"""

from typing import Any

import msgspec

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR
from annotations.importers.base import Importer
from annotations.importers.cas import Feature, Said, View, too_many, views
from annotations.importers.cas_files import FOLDERS, MAGIC, reader
from annotations.importers.limits import MOST_ANNOTATIONS, MOST_RECORD, MOST_VALUES
from annotations.importers.objects import MARK

_STRUCTURES = b'"%FEATURE_STRUCTURES"'
_OWN = {"begin", "end", "@sofa"}
# Arrays whose numbers are no ids.
_VALUES = {"BooleanArray", "ByteArray", "ShortArray", "IntegerArray", "LongArray", "FloatArray", "DoubleArray"}


def parse(content: bytes) -> list[View]:
    """Reads a JSON CAS: a view for each sofa that has a text. Raises NewsroomError."""
    structures = {_id(one["%ID"]): one for one in _structures(content)}
    arrays = _arrays(structures)
    texts: dict[str, str] = {}
    found: list[tuple[str, Feature]] = []
    pointers = letters = 0
    for id, one in structures.items():
        layer = str(one.get("%TYPE", "")).rpartition(".")[2]
        if layer == "Sofa":
            if isinstance(one.get("sofaString"), str) and one["sofaString"]:
                texts[id] = one["sofaString"]
        elif id not in arrays:
            features = {
                name.lstrip("@#"): said for name, value in one.items()
                if name[:1] != "%" and name not in _OWN and (said := _said(name, value, structures, arrays))
            }  # fmt: skip
            place = _offset(one.get("begin")), _offset(one.get("end"))
            found.append((_id(one["@sofa"]) if "@sofa" in one else "", Feature(id, layer, *place, features)))
            # Many may point at one array: each relation, each copy of a text is written out.
            pointers += sum(len(said) - 1 for said in features.values() if isinstance(said, tuple))
            letters += sum(len(said) for said in features.values() if isinstance(said, str))
            if pointers > MOST_ANNOTATIONS or letters > MOST_RECORD:
                raise too_many(MOST_ANNOTATIONS)
    if not texts:
        raise NewsroomError(code="empty", message=gettext_noop("The file holds no text."))
    return views(texts, found)


def _structures(content: bytes) -> list[dict[str, Any]]:
    try:
        cas = msgspec.json.decode(content.removeprefix(MARK))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = gettext_noop("The file is no JSON: {problem}")
        raise NewsroomError(code="not_json", message=message, data={"problem": str(error)[:120]}) from error
    structures = cas.get("%FEATURE_STRUCTURES", []) if isinstance(cas, dict) and "%VIEWS" in cas else None
    if isinstance(structures, dict):  # by their ids
        structures = [one | {"%ID": id} for id, one in structures.items() if isinstance(one, dict)]
    if not isinstance(structures, list):
        raise NewsroomError(code="not_cas", message=gettext_noop("The file is no CAS in JSON."))
    return [one for one in structures if isinstance(one, dict) and "%ID" in one]


def _id(given: Any) -> str:
    """Returns an id that no word of a plain value is taken for: it has a blank."""
    return f" {given}"


def _arrays(structures: dict[str, dict[str, Any]]) -> dict[str, Said]:
    """Returns what each array holds, once for all that point at it."""
    found = {id: one for id, one in structures.items() if "%ELEMENTS" in one}
    if sum(len(one["%ELEMENTS"]) for one in found.values() if isinstance(one["%ELEMENTS"], list)) > MOST_VALUES:
        raise too_many(MOST_VALUES)
    return {id: _elements(one) for id, one in found.items()}


def _elements(one: dict[str, Any]) -> Said:
    """Returns the elements of an array: ids where it is one of structures, else their texts apart by blanks."""
    elements = one["%ELEMENTS"] if isinstance(one["%ELEMENTS"], list) else [one["%ELEMENTS"]]
    if str(one.get("%TYPE", "")).rpartition(".")[2] not in _VALUES and any(type(given) is int for given in elements):
        return tuple(_id(given) for given in elements if given is not None)
    return " ".join(filter(None, map(_plain, elements)))


def _said(name: str, value: Any, structures: dict[str, dict[str, Any]], arrays: dict[str, Said]) -> Said:
    """Returns a feature's value as text, or the ids of what it points at; "" for no value."""
    if name.startswith("@") and (id := _id(value)) in structures:
        return arrays.get(id, (id,))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str | int | float):
        return msgspec.json.encode(value).decode() if isinstance(value, bool) else str(value)
    return ""


def _offset(given: Any) -> int | None:
    return given if type(given) is int and 0 <= given < 10**9 else None


def recognise(name: str, head: bytes) -> int:
    """The names that only a CAS in JSON has, or an archive laid out by INCEpTION with a .json among its first files."""
    if head.startswith(MAGIC):
        return 2 * (b".json" in head and any(folder in head for folder in FOLDERS))
    return 3 * (_STRUCTURES in head or (b'"%TYPES"' in head and b'"%VIEWS"' in head))


IMPORTER = Importer(
    key="cas-json", title="UIMA CAS JSON", suffixes=(".json", ".zip"), read=reader(lambda _file: parse, ".json"),
    recognise=recognise, options=(ANNOTATOR,), annotated=True,
)  # fmt: skip
