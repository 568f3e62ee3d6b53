"""Dates as sources write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.dates import date_in_name, parse_date

DAY = datetime(2020, 3, 5, tzinfo=UTC)
AFTERNOON = DAY.replace(hour=14, minute=30)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-03-05", DAY),
        ("20200305", DAY),
        (20200305, DAY),
        (" 05.03.2020 ", DAY),
        ("5.3.2020", DAY),
        ("5. mars 2020", DAY),
        ("5. Mars 2020 kl. 14.30", AFTERNOON),
        ("05.03.2020, 14:30", AFTERNOON),
        ("5.3.2020 14:30:00", AFTERNOON),
        ("2020-03-05T14:30:00", AFTERNOON),
        ("2020-03-05T14:30:00Z", AFTERNOON),
        ("2020-03-05 15:30:00.250+01:00", AFTERNOON),
        ("2020-03-05 14.30", AFTERNOON),
        ("2020-03-05 15:30:00 +0100", AFTERNOON),
        ("2020-03-05 14:30:00 UTC", AFTERNOON),
        ("2020/03/05", DAY),
        ("2020/03/05 14:30", AFTERNOON),
        ("2020/03/05 14.30", AFTERNOON),
        ("torsdag 5. mars 2020 kl. 14.30", AFTERNOON),
        ("Torsdag den 5. mars 2020", DAY),
        ("tors. 5.3.2020", DAY),
        ("Thu, 05 Mar 2020 15:30:00 +0100", AFTERNOON),
        ("Thu, 5 Mar 2020 14:30:00 GMT", AFTERNOON),
        ("5 Mar 2020 09:30 EST", AFTERNOON),
        ("Thu, 05 Mar 2020 14:30:00", AFTERNOON),
        ("202003051430", AFTERNOON),
        (20200305143000, AFTERNOON),
        (202003051430.0, AFTERNOON),
        (195513000000, datetime(1976, 3, 12, 21, 10, tzinfo=UTC)),  # the thirteenth month of 1955
        (1583418600, AFTERNOON),
        (1583418600000, AFTERNOON),
        ("1583418600", AFTERNOON),
        (date(2020, 3, 5), DAY),
        (datetime(2020, 3, 5), DAY),  # naive times are taken as UTC
        (datetime(2020, 3, 5, 15, 30, tzinfo=timezone(timedelta(hours=1))), AFTERNOON),
        ("i går", None),
        ("5. brumaire 2020", None),
        ("31.02.2020", None),
        ("05/03/2020", None),  # in March, or in May?
        ("13/12/2020", None),  # others of its column may be either
        ("5.3.20", None),
        ("2020/13/05", None),
        ("Thu, 05 Mar 2020 15:30:00 CET", None),  # no zone that mails know
        ("Thu, 32 Mar 2020 14:30:00 GMT", None),
        ("Thu, 05 Mai 2020 14:30:00 GMT", None),
        ("Thu, 05 Mar 20 14:30:00 GMT", None),
        ("2020", None),
        (2020, None),
        (0, None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        ("", None),
        (None, None),
        ({}, None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_parse_date_reads_iso_and_norwegian(value, expected):
    assert parse_date(value) == expected


@given(st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.none()))
def test_parse_date_gives_whole_seconds_in_utc_or_none(value):
    parsed = parse_date(value)
    assert parsed is None or (parsed.tzinfo is UTC and parsed.microsecond == 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("corpus/2020-03-05-idlib.txt", DAY),
        ("corpus/20200305_idlib.txt", DAY),
        ("ap_20200305-242954.jsonl", DAY),
        ("arkiv/2020/03/05/idlib.txt", DAY),
        ("2019-01-01/2020-03-05.txt", DAY),
        ("idlib.txt", None),
        ("sak-120200305.txt", None),
        ("2020-0305.txt", None),
        ("2020-02-31.txt", None),
        ("2020.txt", None),
    ],
)
def test_date_in_name_reads_the_file_then_its_folders(name, expected):
    assert date_in_name(name) == expected
