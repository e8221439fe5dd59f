"""The seven entity types of PEYMA (Shahshahani et al., 2018), for corpora that are to be merged with it."""

from annotations.presets.base import Preset, entity

PEYMA = Preset(
    key="peyma",
    title_fa="پیما: هفت نوع موجودیت",
    title_en="PEYMA: seven entity types",
    source="PEYMA: A Tagged Corpus for Persian Named Entities",
    labels=(
        entity("PER", "شخص", "Person", "rust", "Digit1"),
        entity("ORG", "سازمان", "Organization", "blue", "Digit2"),
        entity("LOC", "مکان", "Location", "green", "Digit3"),
        entity("DAT", "تاریخ", "Date", "ochre", "Digit4"),
        entity("TIM", "زمان", "Time", "teal", "Digit5"),
        entity("MON", "پول", "Money", "olive", "Digit6"),
        entity("PCT", "درصد", "Percent", "brown", "Digit7"),
    ),
)
