"""Does dkpro-cassis load the files with their type system, and does each annotation cover its words?"""

import io

import cassis
import msgspec
import pytest

from annotations.importers import IMPORTERS
from annotations.records import Draft
from tests.exporters.corpus import FAMILY, FIRST, GOLD, RECORDS, SECOND, lost, record, unpacked, written

NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
SPAN, RELATION = "webanno.custom.NewsroomSpan", "webanno.custom.NewsroomRelation"
SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"


@pytest.fixture(scope="module")
def views() -> dict[str, cassis.Cas]:
    files = unpacked(written("xmi"))
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return {
        name: cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=types)
        for name, content in files.items()
        if name.endswith(".xmi")
    }


def test_texts_are_the_articles_to_the_letter(views: dict[str, cassis.Cas]) -> None:
    for name, cas in views.items():
        (article,) = [one for one in RECORDS if one.id in name]
        assert cas.sofa_string == article.text


def test_annotations_cover_their_quotes(views: dict[str, cassis.Cas]) -> None:
    for at, work in ((0, GOLD), (1, SECOND)):
        cas = views[f"gold/{RECORDS[at].id}.xmi"]
        found = {(one.value, one.get_covered_text()) for kind in (NER, SPAN) for one in cas.select(kind)}
        assert found == {(span.label, span.quote) for span in work.spans}
    (kim,) = [one for one in views[f"gold/{RECORDS[0].id}.xmi"].select(NER) if one.identifier]
    assert (kim.identifier, kim.get_covered_text()) == ("Q56226", "کیم جونگ اون")


def test_relations_join_annotations(views: dict[str, cassis.Cas]) -> None:
    cas = views[f"gold/{RECORDS[0].id}.xmi"]
    found = {
        (one.value, one.Governor.get_covered_text(), one.Dependent.get_covered_text()) for one in cas.select(RELATION)
    }
    assert ("attribution", "صادرات نفت رشد می‌کند", "کیم جونگ اون") in found
    assert ("stance", "کره شمالی", "روسیه") in found
    assert len(found) == 4


def test_tokens_and_sentences_come_along(views: dict[str, cassis.Cas]) -> None:
    cas = views[f"a-one/{RECORDS[0].id}.xmi"]
    tokens = [one.get_covered_text() for one in cas.select(f"{SEGMENTS}.Token")]
    assert tokens[:5] == ["👩‍👩‍👧‍👦", "🇮🇷", "علاقه", "کره", "شمالی"]
    assert all(one.get_covered_text().strip() for one in cas.select(f"{SEGMENTS}.Sentence"))
    assert {one.get_covered_text() for one in cas.select(NER)} >= {"شمالی به تقویت", "روسی"}
    assert len(cas.select(NER)) == len(FIRST.spans)


def test_what_leaves_comes_in_again() -> None:
    items = [item for _place, item in IMPORTERS["xmi"].read(io.BytesIO(written("xmi")), {}) if isinstance(item, Draft)]
    quotes = [{(span.label, span.quote) for span in work.spans} for item in items for work in item.annotation_sets]
    assert {(span.label, span.quote) for span in GOLD.spans} in quotes


def test_what_xml_lacks_is_a_blank_and_is_said() -> None:
    odd = record("ffffffff-0000-4000-8000-000000000006", f"\x0c{FAMILY}\ufffe", GOLD)
    spans = tuple(
        msgspec.structs.replace(span, ranges=tuple((start + 1, end + 1) for start, end in span.ranges))
        for span in GOLD.spans
    )
    odd = msgspec.structs.replace(odd, annotation_sets=(msgspec.structs.replace(GOLD, spans=spans),))
    odd = msgspec.structs.replace(odd, entities=RECORDS[0].entities)
    files = unpacked(written("xmi", [odd]))
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    cas = cassis.load_cas_from_xmi(io.BytesIO(files[f"gold/{odd.id}.xmi"]), typesystem=types)
    assert cas.sofa_string == f" {FAMILY} "
    assert {one.get_covered_text() for one in cas.select(SPAN)} <= {span.quote for span in GOLD.spans}
    assert lost("xmi", [odd])["illegal"] == 2
