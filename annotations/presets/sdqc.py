"""The replies' stance of RumourEval (SDQC): support, deny, query, comment."""

from annotations.presets.base import Preset, attributes, choice, entity, relation

SDQC = Preset(
    key="sdqc",
    title_fa="شایعه: پشتیبانی، رد، پرسش، نظر",
    title_en="Rumours: support, deny, query, comment",
    source="RumourEval 2017 and 2019, task A",
    labels=(
        entity("PER", "شخص", "Person", "rust", "Digit1"),
        entity("ORG", "سازمان", "Organization", "blue", "Digit2"),
        entity("LOC", "مکان", "Location", "green", "Digit3"),
        relation(
            "stance", "stance", "موضع", "Stance", "slate",
            attributes(
                "polarity",
                polarity=choice(
                    "قطب", "Polarity",
                    {
                        "support": ("پشتیبانی", "support"), "deny": ("رد", "deny"),
                        "query": ("پرسش", "query"), "comment": ("نظر", "comment"),
                    },
                ),
            ),
        ),
    ),
)  # fmt: skip
