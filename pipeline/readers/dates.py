"""Dates as sources write them. Never the file system's: that is when somebody copied the file."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")

# 5.3.2020, 05.03.2020 14.30, torsdag 5. mars 2020 kl. 14:30
_NORWEGIAN = re.compile(
    r"(?:(?:man|mån|tirs?|tys|ons|tors?|fre|lør|laur|søn|sun)(?:dag|\.),?\s*(?:den\s+)?)?"
    r"(?P<day>\d{1,2})\.\s*(?:(?P<month>\d{1,2})\.|(?P<name>[a-zæøå]{3,9})\.?)\s*(?P<year>\d{4})"
    r"(?:,?\s*(?:kl\.?\s*)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?)?",
    re.IGNORECASE,
)

# 2020-03-05, 2020_03_05, 2020/03/05 and 20200305, not inside a longer number.
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_./]?)(?P<month>0[1-9]|1[0-2])(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)

# Thu, 05 Mar 2020 14:30:00 +0100, as feeds and mails have it. No other names of zones: what is not
# known would be taken for UTC.
_MAIL = re.compile(
    r"(?:[a-z]{3,9},\s*)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)?"
    r"(?: (?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T))?",
    re.IGNORECASE | re.ASCII,
)

# 2020/03/05. With the year last, nobody knows which is the month: 05/03/2020.
_SLASHED = re.compile(r"(\d{4})/(\d\d)/(\d\d)(?!\d)")

# 2020-03-05 14.30, as Norwegians write times
_DOTTED = re.compile(r"(\d{4}-\d\d-\d\d[ T]\d\d)[.,](\d\d)(?:[.,](\d\d))?")

# 2020-03-05 14:30:00 +0100 and 2020-03-05 13:30:00 UTC, as Jekyll and databases write times
_ZONE = re.compile(r"(?<=\d) (UTC|[+-]\d\d:?\d\d)\Z")

# 202003051430 and 20200305143000
_STAMP = re.compile(r"(?:19|20)\d{10}(?:\d{2})?")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_date(value: Any) -> datetime | None:
    """A date or time in UTC; times without a zone are taken as UTC.

    Args:
        value: A datetime or date; text as ISO 8601, Norwegians or feeds (RFC 2822) write it; or a
            number: yyyymmdd, maybe with hours, minutes and seconds, or seconds or milliseconds
            since 1970.

    Returns:
        None where the value is none of these.
    """
    try:
        if isinstance(value, str):
            return _from_text(value.strip())
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return _from_number(value)
        if isinstance(value, datetime):
            return _in_utc(value)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    return None


def date_in_name(name: str) -> datetime | None:
    """The date in a file's path, such as 2020-03-05-idlib.txt; the file's name goes first."""
    folder, _, file = name.rpartition("/")
    for part in (file, f"{folder}/{file}"):
        for match in _IN_NAME.finditer(part):
            year, month, day = (int(match[k]) for k in ("year", "month", "day"))
            try:
                return datetime(year, month, day, tzinfo=UTC)
            except ValueError:  # 2020-02-31
                continue
    return None


def _in_utc(value: datetime) -> datetime:
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value.replace(microsecond=0)


def _from_text(text: str) -> datetime | None:
    if text.isascii() and text.isdigit():
        return _from_number(int(text[:20]))
    if match := _NORWEGIAN.fullmatch(text):
        return _from_norwegian(match)
    if _MAIL.fullmatch(text):
        from email.utils import parsedate_to_datetime

        return _in_utc(parsedate_to_datetime(text))
    text = _SLASHED.sub(r"\1-\2-\3", text, count=1)
    text = _ZONE.sub(lambda zone: zone[1].replace("UTC", "Z"), text)
    dotted = _DOTTED.fullmatch(text)
    iso = f"{dotted[1]}:{dotted[2]}:{dotted[3] or '00'}" if dotted else text
    return _in_utc(datetime.fromisoformat(iso))


def _from_norwegian(match: re.Match[str]) -> datetime:
    month = match["month"] or _MONTHS.index(match["name"][:3].lower()) + 1
    hour, minute, second = (int(match[k] or 0) for k in ("hour", "minute", "second"))
    day = datetime(int(match["year"]), int(month), int(match["day"]), tzinfo=UTC)
    return day.replace(hour=hour, minute=minute, second=second)


def _from_number(value: float) -> datetime | None:
    if 1900_01_01 <= value <= 2100_12_31 and value == int(value):
        return datetime(int(value) // 10000, int(value) // 100 % 100, int(value) % 100, tzinfo=UTC)
    stamp = str(value).removesuffix(".0")  # as pandas has whole numbers with gaps
    if _STAMP.fullmatch(stamp):
        with suppress(ValueError):  # the thirteenth month: a time in milliseconds
            return _in_utc(datetime.fromisoformat(f"{stamp[:8]}T{stamp[8:]}"))
    if value < 1e8:  # before 1973: a year or a row number rather than a time
        return None
    seconds = value / 1000 if value >= 1e11 else value
    return (_EPOCH + timedelta(seconds=seconds)).replace(microsecond=0)
