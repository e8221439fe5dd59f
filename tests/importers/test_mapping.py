"""Do a file's labels find their way into a project, with nothing lost in silence?"""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.importers.base import Remark, Unreadable
from annotations.importers.label_names import legal_key
from annotations.importers.mapping import Known, mapped, proposed
from annotations.importers.survey import survey
from annotations.kinds.scheme import LabelRule
from annotations.presets import PRESETS
from annotations.records import ArticleLabelRecord, Draft, DraftRelation, DraftSet, DraftSpan, LabelTitle

PROJECT = {
    spec.key: Known(
        rule=LabelRule(key=spec.key, kind=spec.kind, attributes=spec.attributes, ends=spec.ends),
        titles=(spec.title_fa, spec.title_en),
    )
    for spec in PRESETS["news-fa"].labels
}
TEXT = "کیم در تهران گفت"


def span(label: str, start: int, end: int, **fields: Any) -> DraftSpan:
    return DraftSpan(label=label, ranges=((start, end),), quote=TEXT[start:end], **fields)


def draft(*spans: DraftSpan, labels: tuple[LabelTitle, ...] = (), **fields: Any) -> Draft:
    return Draft(text=TEXT, labels=labels, annotation_sets=(DraftSet(spans=spans, **fields),))


def test_a_survey_counts_what_is_there_and_keeps_few_samples() -> None:
    items = [(at, draft(span("شخص", 0, 3), span("LOC", 7, 12))) for at in range(5)]
    items += [(6, Unreadable(place=6, code="x", message="")), (7, Remark(place=7, code="y", message=""))]
    found = survey(items)
    assert (found.records, found.unreadable, found.remarks, found.spans, found.whole) == (5, 1, 1, 10, True)
    used = [(use.label, use.count, use.samples) for use in found.labels]
    assert used == [("LOC", 5, ("تهران",)), ("شخص", 5, ("کیم",))]
    assert [sample.headline for sample in found.samples] == [TEXT] * 3
    assert survey(items, most=2).whole is False


def test_names_of_other_corpora_find_the_projects_labels_and_the_rest_is_offered_for_creation() -> None:
    names = ("PER", "per", "B_PER", "I-pers", "person", "شخص", "Location", "سازمان", "Polar_expression", "حیوان")
    proposal = proposed(survey([(1, draft(*[span(name, 0, 3) for name in names]))]), PROJECT)
    found = {label: target for (_kind, label), target in proposal.items()}
    new = found.pop("حیوان")
    assert isinstance(new, LabelTitle)
    assert (new.key, new.title_fa) == ("entity", "حیوان")
    assert found == {
        "PER": "PER", "per": "PER", "B_PER": "PER", "I-pers": "PER", "person": "PER", "شخص": "PER", "Location": "LOC",
        "سازمان": "ORG", "Polar_expression": "EXPRESSION",
    }  # fmt: skip


def test_a_relation_is_never_proposed_for_a_span() -> None:
    proposal = proposed(survey([(1, draft(span("stance", 0, 3)))]), PROJECT)
    target = proposal["entity", "stance"]
    assert isinstance(target, LabelTitle)
    assert target.key not in PROJECT


def test_what_is_left_out_is_said_and_takes_along_what_stands_on_it() -> None:
    work = draft(
        span("PER", 0, 3, id="a"), span("حیوان", 7, 12, id="b"),
        relations=(DraftRelation(label="near", head="a", tail="b"),),
    )  # fmt: skip
    items = list(mapped([(4, work)], {("entity", "حیوان"): None}, PROJECT))
    kept = items[0][1]
    assert isinstance(kept, Draft)
    assert [found.label for found in kept.annotation_sets[0].spans] == ["PER"]
    assert kept.annotation_sets[0].relations == ()
    assert {(place, remark.code) for place, remark in items[1:]} == {(4, "label_left_out"), (4, "end_left_out")}


def test_attributes_and_values_that_the_scheme_does_not_know_are_left_out_and_said() -> None:
    work = draft(
        span("CLAIM", 0, 16, attributes={"kind": "fact", "colour": "red"}),
        span("PER", 0, 3, attributes={"mention": "name"}),
    )
    [(_, kept), (_, remark)] = mapped([(1, work)], {}, PROJECT)
    assert [found.attributes for found in kept.annotation_sets[0].spans] == [{"kind": "fact"}, {"mention": "name"}]
    assert (remark.code, remark.data) == ("attribute_unknown", {"what": "CLAIM.colour", "count": 1})


def test_a_value_that_the_label_does_not_have_is_left_out_and_said() -> None:
    work = Draft(
        text=TEXT,
        annotation_sets=(
            DraftSet(labels=(ArticleLabelRecord("category", None, "sport"), ArticleLabelRecord("category", None, "?"))),
        ),
    )
    [(_, kept), (_, remark)] = mapped([(1, work)], {}, PROJECT)
    assert [label.value for label in kept.annotation_sets[0].labels] == ["sport"]
    assert remark.code == "value_unknown"


def test_a_new_label_is_defined_in_each_record_that_uses_it_and_the_files_own_definition_goes() -> None:
    title = LabelTitle(key="animal", kind="entity", title_fa="حیوان", title_en="Animal")
    own = LabelTitle(key="beast", kind="entity", title_fa="", title_en="")
    items = list(mapped([(1, draft(span("beast", 0, 3), labels=(own,)))], {("entity", "beast"): title}, PROJECT))
    assert items[0][1].labels == (title,)
    assert items[0][1].annotation_sets[0].spans[0].label == "animal"


names = st.one_of(st.sampled_from(["PER", "شخص", "B-LOC", "x y", "٣", "", "claim"]), st.text(max_size=12))


@given(st.lists(names, max_size=12))
def test_every_annotation_is_kept_or_counted_as_lost(labels: list[str]) -> None:
    work = draft(*[span(label, 0, 3) for label in labels])
    label_map = proposed(survey([(1, work)]), PROJECT)
    dropped = {incoming: None if at % 2 else target for at, (incoming, target) in enumerate(label_map.items())}
    kept, *remarks = [item for _place, item in mapped([(1, work)], dropped, PROJECT)]
    lost = Counter({remark.data["what"]: remark.data["count"] for remark in remarks})
    assert len(kept.annotation_sets[0].spans) + lost.total() == len(labels)


@given(st.lists(names, max_size=20))
def test_made_keys_are_legal_and_differ(labels: list[str]) -> None:
    taken: set[str] = set()
    for label in labels:
        key = legal_key(label, taken=taken, fallback="entity")
        LabelTitle(key=key, kind="entity", title_fa="", title_en="")
        assert key.isascii()
        assert 0 < len(key) <= 40
        assert key[0].isalpha()
        assert key not in taken
        taken.add(key)
