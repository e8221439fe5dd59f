"""The Persian catalogue: complete, compiled, and with the same places to fill in."""

import gettext
import re
from pathlib import Path

from annotations.kinds.reasons import REASONS
from annotations.views.workspace_strings import strings

LOCALE = Path(__file__).resolve().parents[2] / "locale" / "fa" / "LC_MESSAGES"
ENTRY = re.compile(r'^(msgctxt ".*"\n)?msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)
PLURAL = re.compile(r"^msgid_plural .*\n((?:msgstr\[\d\] .*\n(?:\".*\n)*)+)", re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)s|\{\w*\}")


def entries() -> dict[str, str]:
    """Returns the catalogue's messages with their translations; those of a context aren't what gettext returns."""

    def joined(lines: str) -> str:
        return "".join(line[1:-1] for line in lines.splitlines()).replace('\\"', '"').replace("\\n", "\n")

    source = (LOCALE / "django.po").read_text(encoding="utf-8")
    found = ((joined(msgid), joined(msgstr)) for context, msgid, msgstr in ENTRY.findall(source) if not context)
    return {msgid: msgstr for msgid, msgstr in found if msgid}


def test_every_message_has_its_persian() -> None:
    assert [msgid for msgid, msgstr in entries().items() if not msgstr] == []


def test_every_plural_has_its_persian_twice() -> None:
    source = (LOCALE / "django.po").read_text(encoding="utf-8")
    plurals = PLURAL.findall(source)
    assert len(plurals) == source.count("\nmsgid_plural ")
    for said in plurals:
        assert said.count("msgstr[") == 2, said
        assert not re.search(r'msgstr\[\d\] ""\n(?!")', said), said


def test_a_translation_fills_in_the_same_places() -> None:
    for msgid, msgstr in entries().items():
        assert sorted(PLACE.findall(msgid)) == sorted(PLACE.findall(msgstr)), msgid


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for msgid, msgstr in entries().items():
        assert compiled.gettext(msgid) == msgstr


def test_what_the_workspace_and_the_verdicts_say_stands_in_the_catalogue() -> None:
    known = entries()
    from django.utils import translation

    with translation.override("en"):
        said = [*strings().values(), *REASONS.values()]
    assert [text for text in said if text not in known and re.search("[a-z]{3}", text)] == []


def test_every_string_of_the_templates_stands_in_the_catalogue() -> None:
    known = entries()
    templates = LOCALE.parents[2] / "templates"
    for path in templates.rglob("*.html"):
        for text in re.findall(r"""{% translate (?:"([^"]+)"|'([^']+)')""", path.read_text(encoding="utf-8")):
            assert (text[0] or text[1]) in known, path
