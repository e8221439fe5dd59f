"""The six entity types of ARMAN (PersoNER; Poostchi et al., 2016), under the keys of its own tags."""

from annotations.presets.base import Preset, entity

ARMAN = Preset(
    key="arman",
    title_fa="آرمان: شش نوع موجودیت",
    title_en="ARMAN: six entity types",
    source="PersoNER: Persian Named-Entity Recognition",
    labels=(
        entity("pers", "شخص", "Person", "rust", "Digit1"),
        entity("org", "سازمان", "Organization", "blue", "Digit2"),
        entity("loc", "مکان", "Location", "green", "Digit3"),
        entity("fac", "سازه", "Facility", "plum", "Digit4"),
        entity("pro", "ساخته", "Product", "magenta", "Digit5"),
        entity("event", "رویداد", "Event", "violet", "Digit6"),
    ),
)
