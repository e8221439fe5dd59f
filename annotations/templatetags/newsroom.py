"""How do dates and numbers look? Jalali and Persian digits in the Persian interface, Gregorian and ASCII in English."""

from datetime import date, datetime, time

import jdatetime
from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.models import Label, Project
from annotations.text.direction import direction_of
from annotations.text.mentions import split_calls
from annotations.text.numerals import persian_digits

register = template.Library()

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip


@register.filter
def digits(value: object) -> str:
    """Returns a number or text with the digits of the interface's language."""
    text = str(value)
    return persian_digits(text) if get_language() == "fa" else text


@register.filter
def titled(thing: Project | Label) -> str:
    """Returns a project's or label's title in the language of the interface."""
    own = thing.title_fa if isinstance(thing, Label) else thing.title
    return thing.title_en if get_language() == "en" and thing.title_en else own


@register.filter
def direction(text: str) -> str:
    """Returns the `dir` of a headline: one that begins with «ICT» is Persian still."""
    return direction_of(text)


@register.filter
def with_calls(text: str) -> SafeString:
    """Returns the words of a comment, names apart: «@sara» at the head says nothing of the direction of the text."""
    apart = ((words, format_html("<bdi>{}</bdi>", call) if call else "") for words, call in split_calls(text))
    return format_html_join("", "{}{}", apart)


@register.filter
def number(value: int) -> str:
    """Returns a whole number in groups of three: ۴٬۱۴۹ or 4,149."""
    text = f"{value:,}"
    return persian_digits(text.replace(",", "٬")) if get_language() == "fa" else text


@register.filter
def duration(seconds: int) -> str:
    """Returns a time in whole minutes: ۱ ساعت و ۵ دقیقه, 12 min."""
    hours, minutes = divmod(seconds // 60, 60)
    said = _("%(h)s h %(m)s min") if hours else _("%(m)s min")
    return said % {"h": digits(hours), "m": digits(minutes)}


def jalali(moment: datetime) -> str:
    """Returns the day in the Jalali calendar: ۲۶ شهریور ۱۴۰۲; in the Gregorian where that one has no such year."""
    try:
        day = jdatetime.date.fromgregorian(date=timezone.localtime(moment).date())
    except ValueError:
        return gregorian(moment)
    return persian_digits(f"{day.day} {MONTHS[day.month - 1]} {day.year}")


@register.filter
def typed_day(day: date | str | None) -> str:
    """Returns a day as one types it, ۱۴۰۲/۰۶/۲۶ or 2023-09-17; what was typed already stays as it was."""
    if day is None or isinstance(day, str):
        return day or ""
    if get_language() != "fa":
        return day.isoformat()
    try:
        return digits(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))
    except ValueError:  # of no year of the Jalali calendar
        return day.isoformat()


def gregorian(moment: datetime) -> str:
    """Returns the day in the Gregorian calendar: 17 September 2023."""
    day = timezone.localtime(moment)
    return f"{day.day} {day:%B %Y}"


@register.filter
def day(moment: datetime | None) -> SafeString | str:
    """Returns a day in the reader's calendar, the other calendar on hover, both for a machine."""
    if moment is None:
        return ""
    here, there = jalali(moment), gregorian(moment)
    if get_language() != "fa":
        here, there = there, here
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.date().isoformat(), there, here)


@register.filter
def day_text(moment: datetime) -> str:
    """Returns a day in the reader's calendar as bare text, for an attribute."""
    return jalali(moment) if get_language() == "fa" else gregorian(moment)


@register.filter
def both_calendars(moment: datetime | None) -> SafeString | str:
    """Returns a day in both calendars, the Jalali first."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}"><bdi>{}</bdi> · <bdi>{}</bdi></time>',
        moment.date().isoformat(), jalali(moment), gregorian(moment),
    )  # fmt: skip


@register.filter
def calendar_day(day: date) -> str:
    """Returns a day that has no time, a deadline, in the reader's calendar."""
    return day_text(timezone.make_aware(datetime.combine(day, time.min)))


@register.filter
def lately(moment: datetime | None) -> SafeString | str:
    """Returns when something happened, the more exactly the nearer: ۵ دقیقه پیش, a time of today, yesterday, a day."""
    if moment is None:
        return ""
    here, now = timezone.localtime(moment), timezone.localtime()
    minutes, days = int((now - here).total_seconds() // 60), (now.date() - here.date()).days
    if minutes < 1:
        said = _("now")
    elif minutes < 60:
        said = _("{n} min ago").format(n=digits(minutes))
    elif days == 0:
        said = _("today {time}").format(time=digits(f"{here:%H:%M}"))
    elif days == 1:
        said = _("yesterday")
    else:
        said = " ".join(day_text(moment).split()[: 2 + (days > 180)])
    whole = day_text(moment)
    return format_html('<time datetime="{}" title="{}">{}</time>', here.isoformat(timespec="minutes"), whole, said)


@register.filter
def initials(name: str) -> str:
    """Returns the first letters of the first two words of a name, what an avatar shows."""
    return "".join(word[0] for word in name.split()[:2])


@register.filter
def magnitude(value: int) -> int:
    """Returns a number without its sign."""
    return abs(value)


@register.filter
def lasting(seconds: float | None) -> str:
    """Returns a stretch of time as one says it: less than a minute, about 4 minutes, about 2 hours."""
    if seconds is None:
        return ""
    if seconds < 50:
        return _("less than a minute")
    minutes = round(seconds / 60)
    if minutes < 90:
        return _("about {n} min").format(n=digits(max(minutes, 1)))
    return _("about {n} h").format(n=digits(round(minutes / 60)))


@register.filter
def rate(value: float) -> str:
    """Returns a number of records a second, with one decimal where it is small."""
    if value >= 10:
        return number(round(value))
    return digits(f"{value:.1f}").replace(".", "٫" if get_language() == "fa" else ".")


@register.filter
def minutes(value: float) -> str:
    """Returns a number of minutes, whole from two on: ۱۲, ۱٫۴."""
    return number(round(value)) if value >= 2 else rate(value)


@register.filter
def ratio(value: float | None) -> str:
    """Returns a measure with two decimals, ۰٫۷۸ or 0.78, and a dash where nothing was there to be measured."""
    if value is None:
        return "–"
    text = decimal(f"{abs(value):.2f}")
    # A minus at the head of a run of Persian digits would jump to its other side.
    return f"\u200e−{text}" if round(value, 2) < 0 else text


@register.filter
def decimal(text: str) -> str:
    """Returns a number written in ASCII as the interface writes it: ۰٫۶۶۷ or 0.667."""
    return digits(text).replace(".", "٫" if get_language() == "fa" else ".")


@register.filter
def percent(value: int) -> str:
    """Returns a whole number with the sign for per cent: ۵۱٪ or 51 %."""
    return f"{digits(value)}٪" if get_language() == "fa" else f"{value} %"


@register.filter
def tenth(value: float) -> str:
    """Returns a number with one decimal, for the ticks of a scale."""
    return decimal(f"{value:.1f}")


@register.filter
def size(octets: int) -> str:
    """Returns the size of a file in the words of the interface: ۳۵٫۷ مگابایت or 35.7 MB."""
    if octets < 1000:
        return _("{n} bytes").format(n=number(octets))
    if octets < 1_000_000:
        return _("{n} kB").format(n=number(round(octets / 1000)))
    return _("{n} MB").format(n=rate(octets / 1_000_000))


@register.filter
def at(moment: datetime | None) -> SafeString | str:
    """Returns day and time of day, for what happened lately."""
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    said = jalali(moment) if get_language() == "fa" else gregorian(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', here.isoformat(timespec="seconds"), said, digits(f"{here:%H:%M}")
    )


@register.filter
def clock(moment: datetime) -> str:
    """Returns the time of day: ۱۲:۰۵."""
    return digits(f"{timezone.localtime(moment):%H:%M}")
