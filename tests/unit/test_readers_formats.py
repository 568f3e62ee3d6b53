"""Each reader by itself: what it takes for title, text, id and date, and what it refuses."""

import csv
import io
import json
import os
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import errors
from pipeline.readers import READERS, RawDocument, RawFailure, ReadOptions, read_file, stdin
from pipeline.readers import csv as csv_reader
from pipeline.readers.rows import as_id
from pipeline.readers.txt import split_title, title_end

DAY = datetime(2020, 3, 5, tzinfo=UTC)


def read(suffix, data, **options):
    stream = io.BufferedReader(io.BytesIO(data if isinstance(data, bytes) else data.encode()))
    return list(READERS[suffix](stream, ReadOptions(**options)))


def codes(raws):
    return [raw.problem.code if isinstance(raw, RawFailure) else "ok" for raw in raws]


# txt -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Tittel\n\nBrødtekst.", "Tittel", "Brødtekst."),
        ("\n\n  Tittel  her \n \nBrødtekst.\n\nMer.\n", "Tittel her", "Brødtekst.\n\nMer."),
        ("Bare en linje.", None, "Bare en linje."),
        ("Tittel\n\n", None, "Tittel"),
        (
            "Første linje\nandre linje\n\nNytt avsnitt.",
            None,
            "Første linje\nandre linje\n\nNytt avsnitt.",
        ),
        (f"{'x' * 200}\n\ny", "x" * 200, "y"),
        (f"{'x' * 201}\n\ny", None, f"{'x' * 201}\n\ny"),
        ("", None, ""),
    ],
)
def test_split_title_wants_a_line_alone(text, title, body):
    assert split_title(text) == (title, body)
    assert " ".join(text[: title_end(text)].split()) == (title or "")


def test_title_ends_where_it_does_in_the_text_itself():
    assert title_end("\n  To  ord \n\nBrødtekst.\n") == len("\n  To  ord")


# md --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Tittel *her*\n\nTekst.", "Tittel her", "Tekst."),
        ("Byline\n\n# Tittel\n\nTekst.\n\n# Andre", "Tittel", "Byline\n\nTekst.\n\nAndre"),
        ("---\ntitle: 'Hei: du'\nlang: nb\n---\n# Mellom\n\nTekst.", "Hei: du", "Mellom\n\nTekst."),
        ("Tekst uten **tittel**.", None, "Tekst uten tittel."),
        ("[Støre](http://x.no/) i\n[Oslo][1].\n\n[1]: y", None, "Støre i Oslo."),
        (
            "Tekst ![Putin i Kreml. Foto: AP](x.jpg) her.",
            None,
            "Tekst  her.\n\nPutin i Kreml. Foto: AP",
        ),
        ("- én\n- to\n  - tre", None, "én\n\nto\n\ntre"),
        ("> – Nei, sier Støre.", None, "– Nei, sier Støre."),
        ("a `kode` \\* &amp; <b>c</b>  \nd", None, "a kode * & c\nd"),
        ("|Sted|Land|\n|---|---|\n|Oslo|Norge|", None, "Sted\nLand\n\nOslo\nNorge"),
        ("<!-- skjult -->\n\n<div>Synlig &oslash;</div>\n\n<script>x()</script>", None, "Synlig ø"),
        ("---\ntitle: >-\n  En lang\n  tittel\nlang: nb\n---\nTekst.", "En lang tittel", "Tekst."),
        ("---\ntitle: |2+ # merk\n  Tittel\n\n  her\n---\nTekst.", "Tittel her", "Tekst."),
        ("---\ntitle: En lang\n  tittel # merk\n---\nTekst.", "En lang tittel", "Tekst."),
        ('---\ntitle: "Erna: i Bergen" # tittel\n---\nTekst.', "Erna: i Bergen", "Tekst."),
        ('---\ntitle: "Hun sa \\"nei\\"\\u2026"\n---\nTekst.', 'Hun sa "nei"…', "Tekst."),
        ("---\ntitle: 'Erna''s # 1'\n---\nTekst.", "Erna's # 1", "Tekst."),
        ('---\ntitle: "Ja" og "nei"\n---\nTekst.', '"Ja" og "nei"', "Tekst."),
        ("---\ntitle: Erna: C# i skolen\n---\nTekst.", "Erna: C# i skolen", "Tekst."),
        ("---\ntitle:\n  no: x\ntags:\n- a: b\n---\n# Tittel\n\nTekst.", "Tittel", "Tekst."),
        ('+++\ntitle = "Erna"\n[params]\ntitle = "x"\n+++\nTekst.', "Erna", "Tekst."),
        ("+++\ntitle = ['x']\nslik: er det ikke\n+++\n# Tittel\n\nTekst.", "Tittel", "Tekst."),
        ("+++\ntitle = ['x']\n+++\n# Tittel\n\nTekst.", "Tittel", "Tekst."),
        ("+++\n\nEtter tre pluss.", None, "+++\n\nEtter tre pluss."),
        ("Fremskritts&shy;partiet&nbsp;vant.", None, "Fremskrittspartiet vant."),
        ("---\n\nEtter en strek.", None, "Etter en strek."),
        ("", None, ""),
    ],
)
def test_md_gives_visible_text(text, title, body):
    [document] = read(".md", text)
    assert (document.title, document.body) == (title, body)


@pytest.mark.parametrize(
    ("date", "published", "repairs"),
    [
        ("2020-03-05", DAY, ()),
        ("5. mars 2020", DAY, ()),
        ("2020-03-05 # publisert", DAY, ()),
        ("'2020-03-05 01:00:00 +0100' # publisert", DAY, ()),
        ("i går", None, ("date",)),
    ],
)
def test_md_takes_the_date_of_its_front_matter(date, published, repairs):
    [document] = read(".md", f"---\ndate: {date}\n---\nTekst.")
    assert (document.published, document.repairs) == (published, repairs)


@pytest.mark.parametrize(
    "date", ["2020-03-05", '"5. mars 2020"', "2020-03-05T01:00:00+01:00", "2020-03-05 00:00:00"]
)
def test_md_takes_the_date_of_toml(date):
    [document] = read(".md", f"+++\nDate = {date}\n+++\nTekst.")
    assert (document.published, document.repairs, document.body) == (DAY, (), "Tekst.")


@pytest.mark.parametrize("matter", ["a." * 32_000 + "a = 1", "a = " + "[" * 50_000, "#" * 50_000])
def test_toml_takes_no_time(matter):
    began = time.process_time()
    [document] = read(".md", f"+++\n{matter}\n+++\nTekst.")
    assert document.body == "Tekst."
    assert time.process_time() - began < 5


# jsonl -----------------------------------------------------------------------------------------


def test_jsonl_reads_good_lines_around_bad_ones():
    data = '\ufeff{"id": 1, "tekst": "En"}\n\n{"id": 2,\n[1]\n{"id": 3, "tekst": "Tre"}'
    raws = read(".jsonl", data)
    assert codes(raws) == ["ok", "BAD_ROW", "BAD_ROW", "ok"]
    assert [raw.key for raw in raws if isinstance(raw, RawDocument)] == ["1", "3"]
    assert "Line 3" in raws[1].message
    assert "Line 4" in raws[2].message
    assert raws[0].repairs == ("bom",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"text": "Hei"}, "ok"),
        ({"Body": "Hei"}, "ok"),
        ({"brødtekst": ["Avsnitt", "To"]}, "ok"),
        ({"brødtekst": ["Avsnitt", None, "To"]}, "ok"),
        ({"text": 42}, "ok"),
        ({"text": [None]}, "NO_TEXT"),
        ({"text": ""}, "NO_TEXT"),
        ({"text": "\0 \n"}, "NO_TEXT"),
        ({"text": None, "title": "Bare tittel"}, "NO_TEXT"),
        ({"title": "Bare tittel"}, "NO_TEXT_COLUMN"),
        ({"text": {"a": 1}}, "BAD_ROW"),
        ({"text": [{"a": 1}]}, "NO_TEXT"),
        ({}, "NO_TEXT_COLUMN"),
    ],
)
def test_jsonl_wants_text(row, code):
    assert codes(read(".jsonl", json.dumps(row))) == [code]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>Jonas <b>Gahr</b>&nbsp;Støre</p><p>R&amp;D</p>", "Jonas Gahr Støre\n\nR&D"),
        ("Equinor &amp; Aker BP, R&D og AT&T;", "Equinor & Aker BP, R&D og AT&T;"),
        ("&lt;p&gt;Hei &amp;amp; h&amp;aring;&lt;/p&gt;", "Hei & hå"),
        ("<h2>Ny</h2>\n<ul><li>Oslo</li><li>Bergen</li></ul>", "Ny\n\nOslo\nBergen"),
        ("<!-- wp:paragraph -->\n<p>Fremskritts&shy;partiet<br/>ja</p>", "Fremskrittspartiet\nja"),
        ("<script>if (a<b) x()</script><a href='x.no/Oslo'>Her</a>", "Her"),
        ("<figure><img src=a><figcaption>Foto: NTB</figcaption></figure>Så", "Foto: NTB\n\nSå"),
        (
            "Jeg <3 Oslo, 2 < 3 og 4 > 3 <kari@avis.no>",
            "Jeg <3 Oslo, 2 < 3 og 4 > 3 <kari@avis.no>",
        ),
        ("a <b c", "a <b c"),
    ],
)
def test_rows_are_read_as_a_browser_shows_them(written: str, text: str) -> None:
    [document] = read(".jsonl", json.dumps({"title": written, "text": written}))
    assert (document.title, document.body) == (" ".join(text.split()), text)
    assert ("markup" in document.repairs) == (text != written)


def test_paragraphs_that_are_nothing_are_left_out() -> None:
    [document] = read(".jsonl", '{"text": ["En", null, "To"]}')
    assert document.body == "En\n\nTo"


@pytest.mark.parametrize(
    "date",
    ["2020-03-05T00:00:00Z", 1583366400000, {"$numberLong": "1583366400000"}],
)
def test_dates_are_read_as_mongodb_exports_them(date: object) -> None:
    [document] = read(".jsonl", json.dumps({"text": "En", "date": {"$date": date}}))
    assert (document.published, document.repairs) == (DAY, ())


def test_markup_without_text_is_no_text() -> None:
    assert codes(read(".jsonl", '{"text": "<p><img src=a></p>"}')) == ["NO_TEXT"]


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".ndjson"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "data",
    [
        '[{"id": 1, "text": "En"}, {"id": 2, "text": "To"}]',
        '\ufeff [\n  {"id": 1, "text": "En"},\n  {"id": 2, "text": "To"}\n]\n',
        '{"id": 1, "text": "En"}\n{"id": 2, "text": "To"}\n',  # as Spark writes it
    ],
)
def test_json_reads_arrays_and_lines(data: str, encoding: str, suffix: str) -> None:
    raws = read(suffix, data.encode(encoding))
    assert [(raw.key, raw.body) for raw in raws] == [("1", "En"), ("2", "To")]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_json_reads_one_object_over_several_lines(suffix: str) -> None:
    [document] = read(suffix, json.dumps({"title": "Møte", "tekst": "En\nto."}, indent=2))
    assert (document.title, document.body) == ("Møte", "En\nto.")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("[[]]", "BAD_ROW"),
        ('{\n"name": "et-program"}', "NO_TEXT_COLUMN"),
    ],
)
def test_json_that_has_no_articles_fails(data: str, code: str) -> None:
    assert codes(read(".json", data)) == [code]


@pytest.mark.parametrize("data", ["{\n", '[{"text": "En"}, ', "[" * 100_000, "{\n}\n{\n}"])
def test_json_that_breaks_off_fails_as_a_file(data: str) -> None:
    with pytest.raises(errors.DocumentError) as caught:
        read(".json", data)
    assert caught.value.problem is errors.BAD_FILE


def test_jsonl_reads_named_columns():
    row = {"a": "Tekst", "b": 7.0, "c": " T\nittel ", "d": "05.03.2020", "text": "nei", "id": "nei"}
    options = {"text_column": "a", "id_column": "b", "title_column": "c", "date_column": "d"}
    [document] = read(".jsonl", json.dumps(row), **options)
    assert document == RawDocument("7", "T ittel", "Tekst", DAY, "utf-8", ())


def test_jsonl_tells_of_a_named_column_that_no_row_has():
    raws = read(".jsonl", '{"text": "a"}\n{"text": "b"}', date_column="datoo")
    assert codes(raws) == ["ok", "ok", "NO_COLUMN"]
    assert raws[-1].key is None
    assert "--date-column" in raws[-1].message


def test_jsonl_decodes_each_line_by_itself():
    data = (
        '{"text": "på"}\n'.encode() + '{"text": "på"}\n'.encode("cp1252") + b'{"text": "\x81\xff"}'
    )
    raws = read(".jsonl", data)
    assert codes(raws) == ["ok", "ok", "BAD_ENCODING"]
    assert [(raw.body, raw.encoding) for raw in raws[:2]] == [("på", "utf-8"), ("på", "cp1252")]


@pytest.mark.parametrize(
    "line", ["[" * 100_000, "1" * 5000, '{"text": NaN', "\x00" * 3, "{'text': 1}"]
)
def test_jsonl_survives_hostile_lines(line):
    assert codes(read(".jsonl", line + '\n{"text": "Hei"}')) == ["BAD_ROW", "ok"]


# csv, tsv --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".csv", 'id,title,text\n1,T,"a, b"\n'),
        (".csv", "id;Tittel;Tekst\r\n1;T;a, b\r\n"),
        (".csv", "\ufeffsep=;\nid;title;text\n1;T;a, b"),
        (".csv", "id|title|text\n1|T|a, b\n"),
        (".csv", 'id\ttitle\t"text"\n1\tT\ta, b\n'),
        (".csv", '"id, nr",id;title;text\n1;T;a, b\n'),
        (".tsv", "id\ttitle\ttext\n1\tT\ta, b\n"),
    ],
)
def test_csv_finds_its_delimiter_in_the_header(suffix, data):
    raws = read(suffix, data)
    assert codes(raws) == ["ok"]
    assert (raws[0].title, raws[0].body) == ("T", "a, b")


def test_csv_keeps_quotes_and_line_breaks():
    [document] = read(".csv", 'text,id\r\n"Han sa ""nei"".\r\n\r\nNytt avsnitt.",7\r\n')
    assert document == RawDocument(
        "7", None, 'Han sa "nei".\n\nNytt avsnitt.', None, "utf-8", ("newline",)
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,a\n\n2,b\n", ["ok", "ok"]),
        ("1,a\n2\n", ["ok", "NO_TEXT"]),
        ("1,\n,,\n", ["NO_TEXT"]),
        ("1,a,,\n", ["ok"]),
        ("1,a,b\n2,c\n", ["BAD_ROW", "ok"]),
        ('1,"a\n2,b\n3,c\n', ["BAD_ROW", "ok", "ok"]),
        ('1,"a\n2,"b\n3,c\n', ["BAD_ROW", "BAD_ROW", "ok"]),  # no quote closes amidst a field
        ('1,"a\n2,b\n3,"c"\n', ["BAD_ROW", "ok", "ok"]),
        ('1,"a ""b""\nc"\n2,d\n', ["ok", "ok"]),
        ('1,"a\n2,b\n3,"c"\n' * 150, ["BAD_ROW", "ok", "ok"] * 150),
        ('1,a "b" c\n', ["ok"]),
        ("1,O\0slo\n", ["ok"]),
        ("1,a\n2,\x81\xff\n3,b\n", ["ok", "BAD_ENCODING", "ok"]),
    ],
)
def test_csv_fails_by_the_row(rows, expected):
    assert codes(read(".csv", b"id,text\n" + rows.encode("latin-1"))) == expected


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"Vi vinner" sa Kari', '"Vi vinner" sa Kari'),
        ('"Ja, ja" sa hun og "nei, nei"', '"Ja, ja" sa hun og "nei, nei"'),
        ('"Han sa "hei" til Kari"', '"Han sa "hei" til Kari"'),
        (r'"Han sa \"hei, du\" til Kari"', 'Han sa "hei, du" til Kari'),
        (r'"\"Nei\", sa Kari"', '"Nei", sa Kari'),
        ('"Kari:\n\\"Nei\\"\nog gikk"', 'Kari:\n"Nei"\nog gikk'),
    ],
)
def test_csv_reads_quotes_that_are_not_its_own(suffix, delimiter, cell, text):
    rows = (["id", "text", "title"], ["1", cell, "T"], ["2", '"En ""to"""', f'"A{delimiter} B"'])
    first, second = read(suffix, "\r\n".join(map(delimiter.join, rows)))
    assert (first.key, first.title, first.body) == ("1", "T", text)
    assert first.repairs == ("quote",)
    assert (second.key, second.body, second.repairs) == ("2", 'En "to"', ())


@pytest.mark.parametrize(
    "row",
    [
        '1,"Vi vinner" sa "Kari',  # which of them is open?
        '1,"Han sa "hei, du" til Kari"',  # three cells, or two
        r'1,"Han sa \"hei" til Kari',
        r'1,"Han sa \"hei til Kari',
    ],
)
def test_csv_fails_where_quotes_could_mean_more_than_one_thing(row):
    assert codes(read(".csv", f'id,text\n{row}\n2,b\n3,"c"\n')) == ["BAD_ROW", "ok", "ok"]


@pytest.mark.parametrize("line", ['x","a\\"b', '"a\\"b', '1,"a" b', '1,"a\\""b', '1,""""a,"b'])
def test_quotes_take_no_time(line):
    began = time.process_time()
    data = "id,text\n" + f"{line}\n" * 20_000 + '"z\n'
    with suppress(errors.DocumentError):
        assert read(".csv", data)
    assert time.process_time() - began < 5


def test_csv_gives_up_on_a_field_that_never_ends(monkeypatch):
    monkeypatch.setattr(csv_reader, "MAX_TEXT", 1000)
    data = 'id,text\n1,"' + "ord\n" * 400 + '2,b\n3,"' + "x" * 2000 + '"\n4,d\n'
    found = codes(read(".csv", data))
    assert found[0] == "BAD_ROW"
    assert found[-1] == "ok"


@pytest.mark.parametrize(
    ("data", "options", "code", "says"),
    [
        ("a,b\n1,2\n", {}, errors.NO_TEXT_COLUMN, "a, b"),
        ("a,text\n1,2\n", {"text_column": "x"}, errors.NO_COLUMN, "--text-column"),
        ("a,text\n1,2\n", {"id_column": "x"}, errors.NO_COLUMN, "--id-column"),
        ("\x81\xff\n1\n", {}, errors.BAD_ENCODING, "--encoding"),
        (",".join(f"k{n}" * 50 for n in range(99)), {}, errors.NO_TEXT_COLUMN, "and 79 more"),
    ],
)
def test_csv_without_its_columns_fails_as_a_file(data, options, code, says):
    with pytest.raises(errors.DocumentError, match=says) as caught:
        read(".csv", data.encode("latin-1"), **options)
    assert caught.value.problem is code
    assert len(str(caught.value)) < 1500


# parquet ---------------------------------------------------------------------------------------


def parquet(**columns):
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        pa.array(["På"]),
        pa.array(["På"], pa.large_string()),
        pa.array(["På"]).dictionary_encode(),
        pa.array(["På".encode()], pa.binary()),
        pa.array(["På".encode("cp1252")], pa.binary()),
        pa.array([["På"]], pa.list_(pa.string())),
    ],
)
def test_parquet_reads_every_kind_of_text(text):
    [document] = read(".parquet", parquet(text=text))
    assert (document.key, document.body, document.encoding) == ("", "På", None)


@pytest.mark.parametrize(
    "date",
    [
        pa.array([DAY], pa.timestamp("s", "UTC")),
        pa.array([DAY], pa.timestamp("ns", "Europe/Oslo")),
        pa.array([DAY.replace(tzinfo=None)], pa.timestamp("us")),
        pa.array([DAY.date()], pa.date32()),
        pa.array([DAY.date()], pa.date64()),
        pa.array(["05.03.2020"]),
        pa.array([20200305]),
        pa.array([20200305.0]),
    ],
)
def test_parquet_reads_every_kind_of_date(date):
    [document] = read(".parquet", parquet(text=["a"], dato=date))
    assert (document.published, document.repairs) == (DAY, ())


@pytest.mark.parametrize(
    ("ids", "keys"),
    [
        (pa.array([1, 2]), ["1", "2"]),
        (pa.array([1.0, None]), ["1", ""]),
        (pa.array([1.0, float("nan")]), ["1", ""]),
        (pa.array(["a/b", "../c"]), ["a/b", "../c"]),
    ],
)
def test_parquet_makes_ids_text(ids, keys):
    assert [raw.key for raw in read(".parquet", parquet(id=ids, text=["a", "b"]))] == keys


def test_parquet_of_odd_times_is_read_without_them():
    date = pa.array([2**55], pa.timestamp("ms"))
    [document] = read(".parquet", parquet(text=["a"], date=date))
    assert (document.published, document.repairs) == (None, ("date",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"nothing of the kind", errors.BAD_TABLE),
        (parquet(text=["a" * 5000])[:-20], errors.BAD_TABLE),
        (parquet(a=[1]), errors.NO_TEXT_COLUMN),
    ],
)
def test_parquet_that_cannot_be_read_fails_as_a_file(data, code):
    with pytest.raises(errors.DocumentError) as caught:
        read(".parquet", data)
    assert caught.value.problem is code


# every reader ----------------------------------------------------------------------------------

PIECES = (
    b'text id , ; " \n \r\n \t { "text": "a" } # ---\n title: [ ](x) <p> </p> | - ` <!-- * '
    b"\xe5 \xc3\xa5 \0 \\ud800 \xff\xfe \xef\xbb\xbf"
).split(b" ")
MARKUP = st.lists(st.sampled_from(PIECES)).map(b"".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


SUFFIXES = [*READERS, ".txt.gz", ".jsonl.zst", ".parquet.gz", ".pdf"]
# `make soak` gives many more.
INPUTS = int(os.environ.get("FUZZ_INPUTS", "2000")) // (len(SUFFIXES) + 2)
FUZZ = settings(deadline=None, max_examples=INPUTS, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("suffix", SUFFIXES)
@FUZZ
@given(data=st.one_of(st.binary(), MARKUP))
def test_any_bytes_give_documents_or_known_failures(folder, suffix, data):
    path = folder / f"any{suffix}"
    path.write_bytes(data)
    raws = list(read_file(path, ReadOptions()))
    assert raws
    for raw in raws:
        if isinstance(raw, RawFailure):
            assert raw.problem is not errors.DOCUMENT_FAILED, raw.message
            assert raw.message == " ".join(raw.message.split())
        else:
            raw.body.encode()
            (raw.title or "").encode()


LINE = st.lists(st.sampled_from([p for p in PIECES if p != b"\xff\xfe" and b"\n" not in p]))


@FUZZ
@given(lines=st.lists(LINE.map(b"".join).filter(lambda line: line.strip(b" \t\r\xef\xbb\xbf"))))
def test_any_line_of_jsonl_is_a_document_or_a_failure(lines):
    raws = read(".jsonl", b"\n".join([b'{"text": "a"}', *lines]))
    assert len(raws) == 1 + len(lines)


# A carriage return is a line end to csv.reader wherever it stands.
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


@FUZZ
@given(rows=st.lists(st.tuples(CELL, CELL.map("x{}".format))))
def test_any_row_of_csv_is_a_document_or_a_failure(rows):
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\n").writerows([("title", "text"), *rows])
    assert len(read(".csv", sink.getvalue().encode())) == len(rows)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1001"), "1001"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (date(2020, 3, 5), "2020-03-05"),
        ({"$oid": "5f1c"}, "5f1c"),
        ({"$binary": {"base64": "5f1c"}}, "5f1c"),
        ({"a": 1, "b": 2}, ""),
        (7.0, "7"),
        (None, ""),
    ],
)
def test_ids_are_read_as_databases_export_them(value: object, expected: str) -> None:
    assert as_id(value) == expected


def test_standard_input_may_begin_with_many_blank_lines() -> None:
    stream = io.BytesIO(b"\n" * 300_000 + b"Kari Hansen bor i Oslo.\n")
    began = time.monotonic()
    (document,) = stdin.read(stream, ReadOptions())
    assert isinstance(document, RawDocument)
    assert document.body == "Kari Hansen bor i Oslo."
    assert time.monotonic() - began < 10  # some four minutes if each line has all of them read
