"""Does a CAS come in as JSON as it does as XMI? cassis's own files, and what cassis writes of Persian behind emoji."""

import json
import tracemalloc
from pathlib import Path

import cassis
import pytest

from annotations.importers import recognised
from annotations.importers.base import Item
from annotations.importers.cas_types import plain_features, root_of
from annotations.records import Draft
from tests.conftest import shared
from tests.importers.hostile import zipped
from tests.importers.linear import seconds
from tests.importers.reading import read

TEXT = "🔴👩‍👩‍👧‍👦 مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."


def said(items: list[Item]) -> list[tuple[object, ...]]:
    """Returns texts, spans and relations, and what was left out, without ids."""
    found: list[tuple[object, ...]] = []
    for _place, item in items:
        if not isinstance(item, Draft):
            found.append((item.code, item.data.get("layer"), item.data.get("count")))
            continue
        for work in item.annotation_sets:
            spans = {one.id: (one.label, one.quote, one.ranges) for one in work.spans}
            found += [(item.text, *spans[one.id], sorted(one.attributes.items())) for one in work.spans]
            found += [(one.label, spans[one.head], spans[one.tail]) for one in work.relations]  # type: ignore[index]
    return sorted(found, key=str)


def cas() -> cassis.Cas:
    """Returns a claim with a slot for who says it, beside names and a relation."""
    types = cassis.TypeSystem()
    entity = types.create_type(name="ner.NamedEntity")
    types.create_feature(domainType=entity, name="value", rangeType="uima.cas.String")
    link = types.create_type(name="my.ClaimSourceLink", supertypeName="uima.cas.TOP")
    types.create_feature(domainType=link, name="role", rangeType="uima.cas.String")
    types.create_feature(domainType=link, name="target", rangeType="uima.tcas.Annotation")
    claim = types.create_type(name="my.Claim")
    types.create_feature(domainType=claim, name="checkworthy", rangeType="uima.cas.Boolean")
    types.create_feature(domainType=claim, name="level", rangeType="uima.cas.Integer")
    types.create_feature(domainType=claim, name="source", rangeType="uima.cas.FSArray", elementType=link.name)
    relation = types.create_type(name="my.Near")
    types.create_feature(domainType=relation, name="Governor", rangeType="uima.tcas.Annotation")
    types.create_feature(domainType=relation, name="Dependent", rangeType="uima.tcas.Annotation")
    made = cassis.Cas(typesystem=types)
    made.sofa_string = TEXT

    def at(quote: str) -> dict[str, int]:
        return {"begin": TEXT.index(quote), "end": TEXT.index(quote) + len(quote)}

    person, city = entity(**at("مریم رضایی"), value="PER"), entity(**at("تهران"), value="LOC")
    said_by = types.get_type("uima.cas.FSArray")(elements=[link(role="speaker", target=person)])
    made.add_all([
        person, city, claim(**at("صادرات نفت رشد می‌کند"), checkworthy=True, level=42, source=said_by),
        relation(**at("تهران"), Governor=person, Dependent=city),
    ])  # fmt: skip
    return made


def test_what_cassis_writes_as_json_is_what_it_writes_as_xmi() -> None:
    content = cas().to_json().encode()
    assert recognised("user.json", content[:65536]).key == "cas-json"  # type: ignore[union-attr]
    found = said(read("cas-json", content))
    assert found == said(read("xmi", cas().to_xmi().encode()))
    assert [row[1:3] for row in found if row[0] == TEXT] == [
        ("Claim", "صادرات نفت رشد می‌کند"), ("LOC", "تهران"), ("PER", "مریم رضایی"),
    ]  # fmt: skip
    assert {row[0] for row in found} == {TEXT, "speaker", "Near"}
    [claim] = [row for row in found if row[1] == "Claim"]
    assert claim[-1] == [("checkworthy", "true"), ("level", "42")]


def samples() -> list[Path]:
    found = sorted(shared("peers/cassis/json").rglob("data.json"))
    return [path for path in found if (path.parent / "debug.xmi").exists()]


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.parent.name)
def test_cassiss_own_files_say_what_their_xmi_says(path: Path) -> None:
    assert said(read("cas-json", path.read_bytes())) == said(read("xmi", (path.parent / "debug.xmi").read_bytes()))


NO_CAS = [b"{}", b"[]", b'{"%VIEWS": {}, "%FEATURE_STRUCTURES": 3}', b'{"%VIEWS": ', b"\xff"]


@pytest.mark.parametrize("content", NO_CAS)
def test_what_is_no_cas_is_refused(content: bytes) -> None:
    [(_place, problem)] = read("cas-json", content)
    assert problem.code in {"not_cas", "not_json"}  # type: ignore[union-attr]


def test_structures_by_id_are_read_as_well() -> None:
    content = b"""{"%VIEWS": {}, "%FEATURE_STRUCTURES": {"1": {"%TYPE": "uima.cas.Sofa", "sofaString": "abc"},
        "2": {"%TYPE": "ner.NamedEntity", "@sofa": 1, "begin": 0, "end": 2, "value": "PER"}}}"""
    assert [row[:3] for row in said(read("cas-json", content))] == [("abc", "PER", "ab")]


def json_cas(*structures: dict[str, object], texts: tuple[str, ...] = ("abcdef",)) -> bytes:
    """Returns a CAS with a text for each sofa, whose ids count from 1, and other structures."""
    sofas = [{"%ID": at, "%TYPE": "uima.cas.Sofa", "sofaString": text} for at, text in enumerate(texts, 1)]
    return json.dumps({"%VIEWS": {}, "%FEATURE_STRUCTURES": [*sofas, *structures]}).encode()


def name(id: int, **features: object) -> dict[str, object]:
    return {"%ID": id, "%TYPE": "ner.Name", "@sofa": 1, "begin": 0, "end": 3} | features


@pytest.mark.parametrize("value", ["@5", " 5", "5", "\x1f5", "[5]"])
def test_a_value_that_looks_like_an_id_is_a_value(value: str) -> None:
    found = said(read("cas-json", json_cas(name(5), name(6, note=value, Governor=value, Dependent=value))))
    values = [("Dependent", value), ("Governor", value), ("note", value)]
    assert [row[-1] for row in found] == [values, []]


def test_numbers_of_an_array_are_values_and_ids_are_pointers() -> None:
    numbers = {"%ID": 7, "%TYPE": "uima.cas.IntegerArray", "%ELEMENTS": [5, 6]}
    pointers = {"%ID": 8, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [5, None, 6]}
    host = name(9, **{"@counts": 7, "@who": 8, "@none": None})
    found = said(read("cas-json", json_cas(name(5), name(6), host, numbers, pointers)))
    assert [row[-1] for row in found if row[0] == "abcdef"] == [[("counts", "5 6")], [], []]
    assert [row[0] for row in found if row[0] != "abcdef"] == ["who", "who"]


def refusal(key: str, content: bytes) -> str:
    [(_place, problem)] = read(key, content)
    return getattr(problem, "code", "")


@pytest.mark.parametrize("elements", [[2] * 2_000, ["نام"] * 10_000, [2] * 1_000_001])
def test_many_that_point_at_one_long_array_are_refused(elements: list[object]) -> None:
    array = {"%ID": 3, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": elements}
    hosts = [name(at, **{"@who": 3}) for at in range(4, 2_004)]
    tracemalloc.start()
    try:
        content = json_cas(name(2), array, *hosts)
        tracemalloc.reset_peak()
        assert refusal("cas-json", content) == "too_many"
        assert tracemalloc.get_traced_memory()[1] < 40 * len(content)
    finally:
        tracemalloc.stop()


def test_texts_that_share_many_structures_are_refused_and_few_are_shared() -> None:
    links = [{"%ID": at, "%TYPE": "my.Link", "role": "by"} for at in range(1_000, 3_000)]
    assert refusal("cas-json", json_cas(*links, texts=("abc",) * 500)) == "too_many"
    sofas = "".join(f'<cas:Sofa xmi:id="{at}" sofaString="abc"/>' for at in range(1, 501))
    tops = "".join(f'<my:Link xmi:id="{at}" role="by"/>' for at in range(1_000, 3_000))
    xmi = f'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="cas" xmlns:my="my">{sofas}{tops}</xmi:XMI>'
    assert refusal("xmi", xmi.encode()) == "too_many"
    link = {"%ID": 9, "%TYPE": "my.Link", "role": "by", "@target": 8}
    found = said(read("cas-json", json_cas(name(7, **{"@who": 9}), name(8), link, texts=("abc", "defg"))))
    assert [row[0] for row in found if row[0] in ("by", "abc", "defg")] == ["abc", "abc", "by"]


def test_many_pointers_at_one_link_of_many_targets_take_linear_time() -> None:
    targets = {"%ID": 3, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [2] * 60_000}
    link = {"%ID": 4, "%TYPE": "my.Link", "role": "by", "@target": 3}
    who = {"%ID": 5, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [4] * 60_000}
    with seconds(15):
        found = read("cas-json", json_cas(name(2), link, targets, who, name(6, **{"@who": 5})))
    assert sum(
        len(work.relations) for _place, item in found if isinstance(item, Draft) for work in item.annotation_sets
    )


def test_a_grade_is_no_pointer_at_a_description_that_has_its_number() -> None:
    xmi = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="cas" xmlns:c="c">
        <cas:Sofa xmi:id="1" sofaString="abcdef"/><c:TagDescription xmi:id="5" name="five"/>
        <c:Rating xmi:id="6" sofa="1" begin="0" end="3" value="5" grade="5" by="7" of="8 6" all="9"/>
        <c:Link xmi:id="7" role="judge" target="8"/><c:Name xmi:id="8" sofa="1" begin="3" end="6"/>
        <cas:FSArray xmi:id="9" elements="8"/></xmi:XMI>"""
    found = said(read("xmi", xmi.encode()))
    assert [row for row in found if row[0] == "abcdef"] == [
        ("abcdef", "5", "abc", ((0, 3),), [("grade", "5")]), ("abcdef", "Name", "def", ((3, 6),), []),
    ]  # fmt: skip
    assert [row[0] for row in found if row[0] != "abcdef"] == ["judge", "of", "of"]


def test_a_type_system_beside_it_tells_a_grade_from_the_annotation_with_its_number() -> None:
    made = cas()
    (city,) = (one for one in made.select("ner.NamedEntity") if one.value == "LOC")
    (claim,) = made.select("my.Claim")
    claim.level = city.xmiID
    alone = {"a.xmi": made.to_xmi().encode()}
    types = {"a/TypeSystem.xml": made.typesystem.to_xml().encode()}
    expected = said(read("cas-json", made.to_json().encode()))
    assert said(read("xmi", zipped(alone))) != expected, "without one the number looks like a pointer"
    assert [one[1:] for one in said(read("xmi", zipped(alone | types)))] == [one[1:] for one in expected]
    assert said(read("xmi", zipped(alone | {"TypeSystem.xml": b"<types"}))) == said(read("xmi", zipped(alone)))


def test_types_that_inherit_from_each_other_in_circles_end() -> None:
    circle = "".join(
        f"<typeDescription><name>{name}</name><supertypeName>{parent}</supertypeName></typeDescription>"
        for name, parent in (("a", "b"), ("b", "a"))
    )
    assert plain_features([root_of(f"<types>{circle}</types>".encode())]) == {"a": frozenset(), "b": frozenset()}
