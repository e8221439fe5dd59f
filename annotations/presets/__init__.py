"""Which ready label schemes can a project begin with? One file a preset; `PRESETS` finds them by key."""

from annotations.presets.arman import ARMAN
from annotations.presets.base import LabelSpec, Preset
from annotations.presets.fnc1 import FNC1
from annotations.presets.news_fa import NEWS_FA
from annotations.presets.peyma import PEYMA
from annotations.presets.sdqc import SDQC

PRESETS: dict[str, Preset] = {preset.key: preset for preset in (NEWS_FA, PEYMA, ARMAN, SDQC, FNC1)}

__all__ = ["PRESETS", "LabelSpec", "Preset"]
