"""Does WebAnno TSV come in as the XMI of the same document does, slots, chains, stacks, parts of tokens and all?"""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from annotations.importers import recognised
from annotations.importers.base import Item
from annotations.importers.webanno_lines import split, unescaped, values
from annotations.records import Draft, DraftSet
from tests.conftest import shared
from tests.importers.reading import read

# Pairs whose two files differ in themselves: the blanks at the ends of annotations and texts are not in a TSV.
BLANKS = {
    "testAnnotationWithLeadingWhitespace", "testAnnotationWithTrailingWhitespace",
    "testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken",
}  # fmt: skip
HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.NamedEntity|identifier|value\n#T_RL=my.Relation|value|BT_de.NamedEntity\n\n\n"


def only(items: list[Item]) -> tuple[Draft, DraftSet]:
    [draft] = [item for _place, item in items if isinstance(item, Draft)]
    [work] = draft.annotation_sets
    return draft, work


def said(items: list[Item], layer: str = "") -> tuple[str, Counter[object], Counter[object]]:
    """Returns the text, the spans and the relations; labels named as the layer are the layer's, whatever its name."""
    draft, work = only(items)
    spans = {one.id: (one.label.replace(layer, "Span") if layer else one.label, one.ranges) for one in work.spans}
    attributes = Counter((spans[one.id], tuple(sorted(one.attributes.items()))) for one in work.spans)
    relations = Counter((one.label, spans[one.head], spans[one.tail]) for one in work.relations)  # type: ignore[index]
    return draft.text, attributes, relations  # type: ignore[return-value]


def pairs() -> list[Path]:
    return sorted(path.parent for path in shared("peers/inception/webanno-tsv3").rglob("reference.xmi"))


@pytest.mark.parametrize("folder", pairs(), ids=lambda folder: folder.name)
def test_a_tsv_says_what_the_xmi_of_its_document_says(folder: Path) -> None:
    tsv, xmi = (folder / "reference.tsv").read_bytes(), (folder / "reference.xmi").read_bytes()
    # Some TSV call a layer otherwise than their XMI.
    renamed = "NamedEntity" if b"NamedEntity" in xmi and b"NamedEntity" not in tsv else ""
    text, spans, relations = said(read("webanno", tsv))
    other_text, other_spans, other_relations = said(read("xmi", xmi), renamed)
    assert text == other_text.rstrip() or folder.name in BLANKS
    if folder.name in BLANKS:
        assert sum(spans.values()) == sum(other_spans.values())
    else:
        assert (spans, relations) == (other_spans, other_relations)


def tsv_files() -> list[Path]:
    return sorted(shared("peers/inception").rglob("*.tsv"))


@pytest.mark.parametrize("path", tsv_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_filled_cell_of_inceptions_files_is_read_or_the_file_is_refused(path: Path) -> None:
    content = path.read_bytes()
    assert recognised(path.name, content[:65536]).key == "webanno"  # type: ignore[union-attr]
    items = read("webanno", content)
    if not content.startswith(b"#FORMAT=WebAnno TSV 3"):
        assert [item.code for _place, item in items] == ["not_webanno"]  # type: ignore[union-attr]
        return
    draft, work = only(items)
    tokens = re.findall(r"^\d+-\d+\t(\d+)-(\d+)\t([^\t\n]*)", content.decode(), re.MULTILINE)
    assert all(draft.text[int(start) : int(end)] == token for start, end, token in tokens if "\\" not in token)
    bare = re.findall(r"^\d+-\d+(?:\.\d+)?\t\d+-\d+\t[^\t\n]*\t?(.*)$", content.decode(), re.MULTILINE)
    if any(cell not in ("_", "") for row in bare for cell in row.split("\t")):
        assert work.spans or any(getattr(item, "code", "") == "span_empty" for _place, item in items)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-le"])
def test_persian_behind_emoji_is_read_in_either_unit(encoding: str) -> None:
    unit = len("a".encode(encoding))
    rows, at = [], 0
    for number, (word, label) in enumerate((("👩‍👩‍👧‍👦", "_"), ("می‌خواهیم", "LOC[1]"), ("خوب", "LOC[1]")), 1):
        end = at + len(word.encode(encoding)) // unit
        rows.append(f"1-{number}\t{at}-{end}\t{word}\t_\t{label}\t_\t_\t\n")
        at = end + 1
    draft, work = only(read("webanno", (HEAD + "#Text=👩‍👩‍👧‍👦 می‌خواهیم خوب\n" + "".join(rows)).encode()))
    assert draft.text == "👩‍👩‍👧‍👦 می‌خواهیم خوب"
    assert [(span.label, span.quote) for span in work.spans] == [("LOC", "می‌خواهیم خوب")]


def test_values_keep_what_the_format_escapes() -> None:
    assert [one.text for one in values(r"a\|b[3]|\*|*|\_")] == [r"a\|b", r"\*", None, r"\_"]
    assert [one.number for one in values(r"a\|b[3]|x\[1\]|*[4_0]")] == ["3", "", "4_0"]
    assert split(r"p\;1;p2;", ";") == [r"p\;1", "p2", ""]
    assert unescaped(r"\\n \n \t \[1\] \_") == "\\n \n \t [1] _"


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ("#Text=یک دو\n1-1\t0-2\tدو\t_\t_\t_\t_\t\n", "token_elsewhere", 7),
        ("#Text=یک دو\n1-1\t0-2\tیک\t_\t_\n", "row_broken", 7),
        ("#Text=یک دو\n1-1\t0-2\tیک\t_\t_\t_\t_\tX\n", "row_broken", 7),
        ("#Text=یک دو\nیک\n", "row_broken", 7),
        ("1-1\t0-2\tیک\t_\t_\t_\t_\t\n", "row_broken", 6),
        ("#Text=یک دو\n1-1\t0-2\tیک\t_\tPER\tby\t1-9\t\n", "end_unknown", 7),
    ],
)
def test_a_broken_file_is_refused_with_its_line(lines: str, code: str, line: int) -> None:
    [(_place, problem)] = read("webanno", (HEAD + lines).encode())
    assert (problem.code, problem.data["line"]) == (code, line)  # type: ignore[union-attr]


def test_a_far_offset_takes_no_memory() -> None:
    lines = "#Text=یک\n1-1\t999999990-999999992\tیک\t_\t_\t_\t_\t\n"
    [(_place, problem)] = read("webanno", (HEAD + lines).encode())
    assert problem.code == "token_elsewhere"  # type: ignore[union-attr]


def test_inceptions_archive_gives_each_annotator_a_set() -> None:
    file = io.BytesIO()
    folder = shared("peers/inception/curation-user1-user2-curator/simpleSpanDiffWithLabelTest")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("user1", "user2"):
            archive.writestr(f"annotation/doc.txt/{name}.tsv", (folder / f"{name}.tsv").read_bytes())
    content = file.getvalue()
    assert recognised("export.zip", content).key == "webanno"  # type: ignore[union-attr]
    drafts = [item for _place, item in read("webanno", content) if isinstance(item, Draft)]
    assert [work.annotator for draft in drafts for work in draft.annotation_sets] == ["user1", "user2"]
    assert drafts[0].id == drafts[1].id
