"""The four-way stance of FNC-1, also used by Zarharan et al. (2019) and FarExStance for Persian."""

from annotations.presets.base import Preset
from annotations.presets.news_fa import four_way

FNC1 = Preset(
    key="fnc1",
    title_fa="موضع چهارگانه: تیتر و متن",
    title_en="Four-way stance of headline and body",
    source="Fake News Challenge stage 1",
    labels=(
        four_way("headline_stance", "موضع تیتر", "Stance of the headline"),
        four_way("body_stance", "موضع متن", "Stance of the body"),
    ),
)
