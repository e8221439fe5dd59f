"""Is it JSON-LD that an RDF store understands, and does each annotation select the words that were marked?"""

import io
import json
from typing import Any

import pytest
import rdflib
from pyld import jsonld

from annotations.importers import IMPORTERS
from annotations.records import Draft
from tests.exporters.corpus import FAMILY, FIRST, GOLD, RECORDS, SECOND, unpacked, written

OA = "http://www.w3.org/ns/oa#"
# Of the published context, which no test may fetch, the terms that are used here.
_IRI = {name: {"@id": f"oa:{iri}", "@type": "@id"} for name, iri in {
    "body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector",
}.items()}  # fmt: skip
ANNO = {
    "@context": {
        "oa": OA, "dcterms": "http://purl.org/dc/terms/", "as": "http://www.w3.org/ns/activitystreams#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "foaf": "http://xmlns.com/foaf/0.1/", "id": "@id", "type": "@type", **_IRI,
        "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource", "Composite": "oa:Composite", "Person": "foaf:Person",
        "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "tagging": "oa:tagging", "linking": "oa:linking", "classifying": "oa:classifying",
        "identifying": "oa:identifying", "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix",
        "suffix": "oa:suffix", "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"}, "nickname": "foaf:nick",
        "creator": {"@id": "dcterms:creator", "@type": "@id"},
        "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
        "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
        "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    }
}  # fmt: skip


def load(url: str, _options: Any) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": ANNO}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return unpacked(written("w3c"))


@pytest.fixture(scope="module")
def graph(files: dict[str, bytes]) -> rdflib.Graph:
    """All pages as triples."""
    graph = rdflib.Graph()
    for name, content in files.items():
        if name.endswith(".jsonld"):
            options = {"documentLoader": load, "format": "application/n-quads"}
            graph.parse(data=jsonld.to_rdf(json.loads(content), options), format="nt")
    return graph


def test_an_rdf_store_finds_every_place_by_position_and_quote(graph: rdflib.Graph) -> None:
    oa, texts = rdflib.Namespace(OA), {f"urn:newsroom:article:{record.id}": record.text for record in RECORDS}
    found = []
    for annotation in graph.subjects(oa.motivatedBy, oa.tagging):
        (tag,) = [body for body in graph.objects(annotation, oa.hasBody) if (body, oa.hasPurpose, oa.tagging) in graph]
        target = graph.value(annotation, oa.hasTarget)
        selectors = {graph.value(one, rdflib.RDF.type): one for one in graph.objects(target, oa.hasSelector)}
        if selectors:
            text = texts[str(graph.value(target, oa.hasSource))]
            place, quote = selectors[oa.TextPositionSelector], selectors[oa.TextQuoteSelector]
            start, end = (int(graph.value(place, edge)) for edge in (oa.start, oa.end))
            assert text[start:end] == str(graph.value(quote, oa.exact))
            found.append((str(graph.value(tag, rdflib.RDF.value)), text[start:end]))
    whole = [span for work in (GOLD, FIRST, SECOND) for span in work.spans if len(span.ranges) == 1]
    assert sorted(found) == sorted((span.label, span.quote) for span in whole)


def test_pieces_of_a_span_are_items_of_one_target(files: dict[str, bytes]) -> None:
    page = json.loads(files[f"{RECORDS[0].id}.jsonld"])
    (gap,) = [one for one in page["items"] if isinstance(one["target"], dict) and one["target"]["type"] == "Composite"]
    assert [item["selector"][0]["exact"] for item in gap["target"]["items"]] == ["مریم", "تهران"]


def test_relations_say_which_end_is_which(files: dict[str, bytes], graph: rdflib.Graph) -> None:
    page = json.loads(files[f"{RECORDS[0].id}.jsonld"])
    links = [one for one in page["items"] if one["motivation"] == "linking"]
    assert [one["roles"] for one in links] == [
        ["head", "via", "tail"],
        ["head", "tail"],
        ["head", "via", "tail"],
        ["head", "tail"],
    ]
    assert links[0]["target"] == [f"urn:newsroom:{GOLD.id}:{id}" for id in ("s3", "s2", "s1")]
    assert (links[2]["target"][0], links[3]["target"][1]) == (
        f"urn:newsroom:article:{RECORDS[0].id}",
        "urn:newsroom:topic:oil",
    )
    assert links[0]["attributes"] == {"level": 1}
    assert len(list(graph.triples((None, rdflib.URIRef(OA + "motivatedBy"), rdflib.URIRef(OA + "linking"))))) == 4


def test_what_leaves_comes_in_again() -> None:
    drafts = [item for _place, item in IMPORTERS["w3c"].read(io.BytesIO(written("w3c")), {}) if isinstance(item, Draft)]
    (first,) = [draft for draft in drafts if draft.text == FAMILY]
    gold, other = first.annotation_sets
    assert {(span.label, span.quote) for span in gold.spans} == {(span.label, span.quote) for span in GOLD.spans}
    assert [span.entity for span in gold.spans if span.entity] == ["http://www.wikidata.org/entity/Q56226"]
    assert {one.label for one in gold.relations} == {"attribution", "stance"}
    assert other.annotator == "a-one"
