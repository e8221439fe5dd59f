"""The default scheme for Persian news: ten entity types, claims with their source, stances.

The entity types are the union of PEYMA and ARMAN, so that both map without loss. Claims and attribution follow
PARC3 and PolNeAR, check-worthiness ClaimBuster, polarity SemEval-2016 Task 6, headline and body stance FNC-1.
"""

from annotations.presets.base import LabelSpec, Preset, attributes, choice, entity, relation

MENTION = choice(
    "نوع اشاره", "Mention",
    {"name": ("نام", "name"), "nominal": ("اسم عام", "nominal"), "pronoun": ("ضمیر", "pronoun")},
)  # fmt: skip
METONYMY = choice("مجاز", "Metonymy", {"government": ("به جای دولت", "for the government")})
VALUE = {"type": "string", "maxLength": 40, "x-title": {"fa": "مقدار (ISO 8601)", "en": "Value (ISO 8601)"}}
NAMED = attributes(mention=MENTION, metonymy=METONYMY)
TIMEX = attributes(mention=MENTION, value=VALUE)
AMOUNT = attributes(mention=MENTION)

CLAIM = attributes(
    "kind",
    kind=choice(
        "نوع", "Kind",
        {
            "fact": ("واقعیت", "fact"), "prediction": ("پیش‌بینی", "prediction"),
            "opinion": ("نظر", "opinion"), "policy": ("سیاست", "policy"),
        },
    ),
    quotation=choice(
        "نقل", "Quotation", {"direct": ("مستقیم", "direct"), "indirect": ("غیرمستقیم", "indirect")}
    ),
    checkworthy=choice(
        "نیاز به راستی‌آزمایی", "Check-worthiness",
        {
            "NFS": ("گزارهٔ واقعی نیست", "not factual"), "UFS": ("واقعیت کم‌اهمیت", "unimportant factual"),
            "CFS": ("نیازمند راستی‌آزمایی", "check-worthy"),
        },
    ),
)  # fmt: skip

POLARITY = attributes(
    "polarity",
    polarity=choice(
        "قطب", "Polarity",
        {"FAVOR": ("موافق", "favor"), "AGAINST": ("مخالف", "against"), "NONE": ("بی‌موضع", "none")},
    ),
)  # fmt: skip

LEVEL = {"type": "integer", "minimum": 1, "maximum": 9, "x-title": {"fa": "لایهٔ نقل", "en": "Level of nesting"}}
FOUR_WAY = {
    "agree": {"fa": "موافق", "en": "agree"},
    "disagree": {"fa": "مخالف", "en": "disagree"},
    "discuss": {"fa": "بی‌داوری", "en": "discuss"},
    "unrelated": {"fa": "نامرتبط", "en": "unrelated"},
}


def four_way(key: str, title_fa: str, title_en: str) -> LabelSpec:
    """Returns a document label with FNC-1's four values, asked of each topic."""
    return LabelSpec(
        key=key, kind="article", title_fa=title_fa, title_en=title_en, color="violet",
        attributes={"topic": True, "values": list(FOUR_WAY), "titles": FOUR_WAY},
    )  # fmt: skip


NEWS_FA = Preset(
    key="news-fa",
    title_fa="خبر فارسی: موجودیت، ادعا، موضع",
    title_en="Persian news: entities, claims, stances",
    source="PEYMA, ARMAN, PARC3, PolNeAR, ClaimBuster, SemEval-2016 Task 6, FNC-1",
    labels=(
        entity("PER", "شخص", "Person", "rust", "Digit1", NAMED),
        entity("ORG", "سازمان", "Organization", "blue", "Digit2", NAMED),
        entity("LOC", "مکان", "Location", "green", "Digit3", NAMED),
        entity("DAT", "تاریخ", "Date", "ochre", "Digit4", TIMEX),
        entity("TIM", "زمان", "Time", "teal", "Digit5", TIMEX),
        entity("MON", "پول", "Money", "olive", "Digit6", AMOUNT),
        entity("PCT", "درصد", "Percent", "brown", "Digit7", AMOUNT),
        entity("FAC", "سازه", "Facility", "plum", "Digit8", NAMED),
        entity("PRO", "ساخته", "Product", "magenta", "Digit9", NAMED),
        entity("EVE", "رویداد", "Event", "violet", "Digit0", NAMED),
        LabelSpec(
            key="CLAIM", kind="claim", title_fa="ادعا", title_en="Claim", color="gold", shortcut="KeyC",
            attributes=CLAIM,
        ),
        LabelSpec(key="CUE", kind="cue", title_fa="نشانهٔ نقل", title_en="Cue", color="slate", shortcut="KeyQ"),
        LabelSpec(
            key="EXPRESSION", kind="expression", title_fa="عبارت موضع", title_en="Stance expression", color="moss",
            shortcut="KeyX",
        ),
        relation("attribution", "attribution", "انتساب", "Attribution", "gold", attributes(level=LEVEL)),
        relation("stance", "stance", "موضع", "Stance", "slate", POLARITY),
        LabelSpec(
            key="category", kind="article", title_fa="موضوع خبر", title_en="Category", color="violet",
            attributes={
                "topic": False,
                "values": [
                    "politics-international", "politics-domestic", "economy", "society", "culture", "science",
                    "sport", "health", "environment", "accident", "other",
                ],
                "titles": {
                    "politics-international": {"fa": "سیاست خارجی", "en": "international politics"},
                    "politics-domestic": {"fa": "سیاست داخلی", "en": "domestic politics"},
                    "economy": {"fa": "اقتصاد", "en": "economy"},
                    "society": {"fa": "جامعه", "en": "society"},
                    "culture": {"fa": "فرهنگ و هنر", "en": "culture"},
                    "science": {"fa": "علم و فناوری", "en": "science and technology"},
                    "sport": {"fa": "ورزش", "en": "sport"},
                    "health": {"fa": "سلامت", "en": "health"},
                    "environment": {"fa": "محیط زیست", "en": "environment"},
                    "accident": {"fa": "حوادث", "en": "accidents"},
                    "other": {"fa": "دیگر", "en": "other"},
                },
            },
        ),
        four_way("headline_stance", "موضع تیتر", "Stance of the headline"),
        four_way("body_stance", "موضع متن", "Stance of the body"),
    ),
)  # fmt: skip
