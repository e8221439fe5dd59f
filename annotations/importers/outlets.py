"""Which outlet stands behind an address, and on which day does the address itself say that something was published?"""

import re
from datetime import date
from urllib.parse import urlsplit

from annotations.importers.limits import LONGEST_DOMAIN, LONGEST_OUTLET
from annotations.records import SourceRecord
from annotations.text.dates import jalali_day

# The names that outlets go by in Persian, by the domain they publish under; subdomains are the same outlet's.
OUTLETS = {
    "tasnimnews.com": "تسنیم", "farsnews.ir": "فارس", "farsnews.com": "فارس", "irna.ir": "ایرنا", "isna.ir": "ایسنا",
    "mehrnews.com": "مهر", "ilna.ir": "ایلنا", "ilna.news": "ایلنا", "yjc.ir": "باشگاه خبرنگاران جوان",
    "yjc.news": "باشگاه خبرنگاران جوان", "varzesh3.com": "ورزش سه", "hamshahrionline.ir": "همشهری آنلاین",
    "khabaronline.ir": "خبرآنلاین", "tabnak.ir": "تابناک", "asriran.com": "عصر ایران", "entekhab.ir": "انتخاب",
    "fararu.com": "فرارو", "mashreghnews.ir": "مشرق", "jamejamonline.ir": "جام‌جم آنلاین", "irinn.ir": "شبکهٔ خبر",
    "iribnews.ir": "خبرگزاری صداوسیما", "iqna.ir": "ایکنا", "ana.press": "آنا", "ana.ir": "آنا", "imna.ir": "ایمنا",
    "pana.ir": "پانا",
    "iscanews.ir": "ایسکانیوز", "snn.ir": "خبرگزاری دانشجو", "mizan.news": "میزان", "mizanonline.ir": "میزان",
    "qudsonline.ir": "قدس آنلاین", "javanonline.ir": "جوان آنلاین", "jahannews.com": "جهان‌نیوز",
    "rajanews.com": "رجانیوز",
    "mojnews.com": "موج", "hawzahnews.com": "حوزه", "rasanews.ir": "رسا", "abna24.com": "ابنا", "shafaqna.com": "شفقنا",
    "taghribnews.com": "تقریب", "dana.ir": "دانا", "aftabnews.ir": "آفتاب‌نیوز", "fardanews.com": "فردانیوز",
    "parsine.com": "پارسینه", "jamaran.news": "جماران", "ensafnews.com": "انصاف‌نیوز", "faradeed.ir": "فرادید",
    "etemadnewspaper.ir": "اعتماد", "etemadonline.com": "اعتمادآنلاین", "sharghdaily.com": "شرق",
    "ettelaat.com": "اطلاعات",
    "kayhan.ir": "کیهان", "donya-e-eqtesad.com": "دنیای اقتصاد", "donyaeeqtesad.com": "دنیای اقتصاد",
    "eghtesadnews.com": "اقتصادنیوز", "eghtesadonline.com": "اقتصادآنلاین", "tejaratnews.com": "تجارت‌نیوز",
    "salamatnews.com": "سلامت‌نیوز", "shana.ir": "شانا", "zoomit.ir": "زومیت", "digiato.com": "دیجیاتو",
    "bbc.com": "بی‌بی‌سی", "voanews.com": "صدای آمریکا", "radiofarda.com": "رادیو فردا", "dw.com": "دویچه‌وله",
    "iranintl.com": "ایران اینترنشنال", "euronews.com": "یورونیوز", "rfi.fr": "آر.اف.آی",
    "radiozamaneh.com": "رادیو زمانه",
    "independentpersian.com": "ایندیپندنت فارسی", "alarabiya.net": "العربیه", "iranwire.com": "ایران‌وایر",
}  # fmt: skip
# Where in an address of theirs the Jalali day stands.
_MONTH_AND_DAY = r"(?P<month>\d\d)(?P<day>\d\d)"
_DAYS = {
    "farsnews.ir": re.compile(rf"/news/(?:(?P<year>1[34]\d\d)|(?P<short>8[1-9]|9\d)){_MONTH_AND_DAY}\d{{4,6}}(?!\d)"),
    "isna.ir": re.compile(rf"/news/(?:(?P<year>14\d\d)|(?P<short>9\d)){_MONTH_AND_DAY}\d{{5,6}}(?!\d)"),
    "tasnimnews.com": re.compile(r"/news/(?P<year>1[34]\d\d)/(?P<month>\d\d)/(?P<day>\d\d)/\d"),
}
_DAYS["farsnews.com"] = _DAYS["farsnews.ir"]


def domain_of(address: str) -> str:
    """Returns the host of a web address without `www.`, '' where it is none."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    found = host.removeprefix("www.") if parts.scheme in ("http", "https") else ""
    return found if len(found) <= LONGEST_DOMAIN else ""


def known_outlet(address: str) -> str:
    """Returns the Persian name of an address' outlet, '' where it is not known."""
    return OUTLETS.get(_known(domain_of(address)), "")


def source_of(address: str) -> SourceRecord | None:
    """Returns the outlet of an address by its domain: the Persian name where it is known, else the domain."""
    domain = domain_of(address)
    return SourceRecord(known_outlet(address) or domain[:LONGEST_OUTLET], domain) if domain else None


def day_in(address: str) -> date | None:
    """Returns the day that an outlet writes into its addresses, None where it doesn't or there is no such day."""
    pattern = _DAYS.get(_known(domain_of(address)))
    found = pattern.search(urlsplit(address.strip()).path) if pattern else None
    if found is None:
        return None
    said = found.groupdict()
    year = int(said["year"] or 0) or 1300 + int(said["short"])
    try:
        return jalali_day(year, int(said["month"]), int(said["day"]))
    except ValueError:
        return None


def _known(domain: str) -> str:
    """Returns the domain in the table that this one is or lies under, else ''."""
    parts = domain.split(".")
    return next((name for at in range(len(parts)) if (name := ".".join(parts[at:])) in OUTLETS), "")
