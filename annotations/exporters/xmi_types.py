"""Which types do the XMI files use? DKPro's for documents, tokens, sentences and entities, Newsroom's for the rest."""

from xml.sax.saxutils import quoteattr

_DKPRO = "http:///de/tudarmstadt/ukp/dkpro/core/api"
NAMESPACES = {
    "xmi": "http://www.omg.org/XMI",
    "cas": "http:///uima/cas.ecore",
    "tcas": "http:///uima/tcas.ecore",
    "meta": f"{_DKPRO}/metadata/type.ecore",
    "segmentation": f"{_DKPRO}/segmentation/type.ecore",
    "ner": f"{_DKPRO}/ner/type.ecore",
    "custom": "http:///webanno/custom.ecore",
}
_API = "de.tudarmstadt.ukp.dkpro.core.api"
_ANNOTATION, _STRING = "uima.tcas.Annotation", "uima.cas.String"
_TYPES: dict[str, tuple[str, dict[str, str]]] = {
    f"{_API}.metadata.type.DocumentMetaData": (
        "uima.tcas.DocumentAnnotation",
        dict.fromkeys(("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"), _STRING)
        | {"isLastSegment": "uima.cas.Boolean"},
    ),
    f"{_API}.segmentation.type.Token": (_ANNOTATION, {}),
    f"{_API}.segmentation.type.Sentence": (_ANNOTATION, {}),
    f"{_API}.ner.type.NamedEntity": (_ANNOTATION, {"value": _STRING, "identifier": _STRING}),
    "webanno.custom.NewsroomSpan": (_ANNOTATION, dict.fromkeys(("value", "identifier", "attributes"), _STRING)),
    "webanno.custom.NewsroomRelation": (
        _ANNOTATION,
        {"Governor": _ANNOTATION, "Dependent": _ANNOTATION, "value": _STRING, "attributes": _STRING},
    ),
}


def _described(name: str, above: str, features: dict[str, str]) -> str:
    inner = "".join(
        f"<featureDescription><name>{feature}</name><description/><rangeTypeName>{kind}</rangeTypeName>"
        "</featureDescription>\n"
        for feature, kind in features.items()
    )
    return (
        f"<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName>\n"
        f"<features>\n{inner}</features></typeDescription>\n"
    )


TYPE_SYSTEM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f"<typeSystemDescription xmlns={quoteattr('http://uima.apache.org/resourceSpecifier')}>\n<types>\n"
    + "".join(_described(name, above, features) for name, (above, features) in _TYPES.items())
    + "</types>\n</typeSystemDescription>\n"
)
