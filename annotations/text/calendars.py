"""By which words do months, days of the week and parts of the day have in Persian and English news?

The keys are as `plain` leaves them: small letters, Persian yeh and kaf, without half-spaces and diacritics.
"""

JALALI, GREGORIAN, LUNAR = "jalali", "gregorian", "lunar"
_JALALI_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن",
    "اسفند اسپند",

)  # fmt: skip
_GREGORIAN_MONTHS = (
    "ژانویه january jan", "فوریه february feb", "مارس march mar", "آوریل اپریل april apr", "مه می may", "ژوئن june jun",
    "ژوئیه ژولای جولای july jul", "اوت آگوست august aug", "سپتامبر september sep sept", "اکتبر october oct",
    "نوامبر november nov", "دسامبر december dec",
)  # fmt: skip
LUNAR_NAMES = frozenset(["محرم", "صفر", "ربیع", "جمادی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"])

MONTHS: dict[str, tuple[str, int]] = {
    name: (calendar, number)
    for calendar, months in ((JALALI, _JALALI_MONTHS), (GREGORIAN, _GREGORIAN_MONTHS))
    for number, names in enumerate(months, 1)
    for name in names.split()
}
# Monday is 0, as in `datetime.weekday`.
_DAYS = (
    "دوشنبه monday mon", "سهشنبه tuesday tue tues", "چهارشنبه wednesday wed", "پنجشنبه پنجشنه thursday thu thurs",
    "جمعه friday fri", "شنبه saturday sat", "یکشنبه sunday sun",
)  # fmt: skip
DAYS: dict[str, int] = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
# Half of the day that an hour of twelve is meant in; True adds twelve hours.
HALVES: dict[str, bool] = {
    "am": False, "a.m": False, "قظ": False, "ق.ظ": False, "صبح": False, "pm": True, "p.m": True,
    "بظ": True, "ب.ظ": True, "عصر": True, "بعدازظهر": True,
}  # fmt: skip
# What may stand beside a date without saying another one.
FILLERS = frozenset((
    "تاریخ", "انتشار", "مخابره", "خبر", "ساعت", "روز", "ماه", "سال", "مورخ", "در", "به", "وقت", "تهران",
    "شمسی", "ه.ش", "هجری", "خورشیدی", "میلادی", "published", "date", "time", "at", "on", "of", "the",
    "st", "nd", "rd", "th",
))  # fmt: skip
