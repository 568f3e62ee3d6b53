"""Every format, packed every way, in every encoding, gives the same documents."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.readers import READERS, ReadOptions
from pipeline.stages.ingest import ingest
from pipeline.stages.survey import survey

TITLE = "Østerrikes ambassadør på Åmot"
PARAGRAPHS = (
    "– Det er et æreverdig møte, sier Bjørn Ødegård om «Håp».",
    "Møtet tok tre timer; “alle” var enige, og M4 ble åpnet.",
)
TEXT = "\n\n".join((TITLE, *PARAGRAPHS))
PUBLISHED = datetime(2020, 3, 5, tzinfo=UTC)

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
NEEDS_EXTRA = {".html", ".htm"}
try:
    import trafilatura  # noqa: F401
except ImportError:
    HAS_HTML = False
else:
    HAS_HTML = True


def table(delimiter):
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter)
    writer.writerow(["id", "dato", "tittel", "tekst"])
    writer.writerow([7, "05.03.2020", TITLE, "\n\n".join(PARAGRAPHS)])
    return sink.getvalue()


def markdown():
    return f"---\ndato: 2020-03-05\n---\n# {TITLE}\n\n" + "\n\n".join(PARAGRAPHS)


def page():
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    meta = '<meta property="article:published_time" content="2020-03-05T00:00:00Z">'
    return (
        f"<!doctype html><html><head><title>{TITLE}</title>{meta}</head>"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )


def parquet():
    sink = io.BytesIO()
    row = {"id": 7, "published": PUBLISHED, "title": TITLE, "text": "\n\n".join(PARAGRAPHS)}
    pq.write_table(pa.Table.from_pylist([row]), sink)
    return sink.getvalue()


JSON = json.dumps(
    {"id": "7", "date": "2020-03-05", "headline": TITLE, "body": "\n\n".join(PARAGRAPHS)},
    ensure_ascii=False,
)
CONTENT = {
    ".txt": TEXT,
    ".md": markdown(),
    ".markdown": markdown(),
    ".jsonl": JSON,
    ".ndjson": JSON,
    ".json": JSON,
    ".csv": table(";"),
    ".tsv": table("\t"),
    ".html": page(),
    ".htm": page(),
}
ROWS = {".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"}


def zstd(data):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


PACK = {"": bytes, ".gz": gzip.compress, ".zst": zstd}


def test_every_format_is_tested():
    assert {*CONTENT, ".parquet", ".docx"} == set(READERS)


def read(path):
    return [
        tables for source in survey([str(path)]).sources for tables in ingest(source, ReadOptions())
    ]


def check(path, suffix, encoding):
    [(documents, failures)] = read(path)
    [row] = documents.to_pylist()
    if suffix in NEEDS_EXTRA and not HAS_HTML:
        assert row["status"] == "failed"
        assert failures["message"].to_pylist()[0].endswith("Run: pip install 'nb-entities[html]'")
        return
    assert failures.num_rows == 0
    assert row["doc_id"] == path.name + ("#7" if suffix in ROWS else "")
    assert (row["title"], row["text"]) == (TITLE, TEXT)
    assert (row["published"], row["language"], row["status"]) == (PUBLISHED, "nb", "ok")
    assert row["encoding"] == encoding
    # A table's mark stands before its header, in no document.
    assert set(row["repairs"]) <= {"bom", "cp1252", "newline"}


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", CONTENT)
def test_text_formats_give_the_same_document(tmp_path, suffix, encoding, packing):
    path = tmp_path / f"20200305-sak{suffix}{packing}"
    path.write_bytes(PACK[packing](CONTENT[suffix].encode(encoding)))
    check(path, suffix, encoding.removesuffix("-sig"))


@pytest.mark.parametrize("packing", PACK)
def test_parquet_gives_the_same_document(tmp_path, packing):
    path = tmp_path / f"sak.parquet{packing}"
    path.write_bytes(PACK[packing](parquet()))
    check(path, ".parquet", None)


def word(paragraphs, style=None):
    docx = pytest.importorskip("docx", exc_type=ImportError)
    document = docx.Document()
    for n, paragraph in enumerate(paragraphs):
        document.add_paragraph(paragraph, style=style if n == 0 else None)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("style", [None, "Title", "Heading 1"])
def test_docx_gives_the_same_document(tmp_path, packing, style):
    path = tmp_path / f"2020-03-05-sak.docx{packing}"
    path.write_bytes(PACK[packing](word([TITLE, "", *PARAGRAPHS], style)))
    check(path, ".docx", None)


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (["Støre møtte Macron.", "De var enige."], None),
        (["Støre møtte Macron"], None),
        ([], None),
        (["Tittel", "a\nb"], "Tittel"),
    ],
)
def test_docx_without_a_title_is_all_body(tmp_path, paragraphs, title):
    path = tmp_path / "sak.docx"
    path.write_bytes(word(paragraphs))
    [(documents, _)] = read(path)
    assert documents["title"].to_pylist() == [title]
    assert documents["text"].to_pylist() == ["\n\n".join(paragraphs)]


def test_docx_keeps_tables_in_their_place(tmp_path):
    docx = pytest.importorskip("docx", exc_type=ImportError)
    document = docx.Document()
    document.add_paragraph("Før.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Oslo", "Norge"
    document.add_paragraph("Etter.")
    document.save(tmp_path / "sak.docx")
    [(documents, _)] = read(tmp_path / "sak.docx")
    assert documents["text"].to_pylist() == ["Før.\n\nOslo\nNorge\n\nEtter."]


def word_of(xml):
    """A Word file whose body is this XML."""
    docx = pytest.importorskip("docx", exc_type=ImportError)
    space = "http://schemas.openxmlformats.org"
    prefixes = {
        "w": f"{space}/wordprocessingml/2006/main",
        "mc": f"{space}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }
    document = docx.Document()
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in prefixes.items())
    body = docx.oxml.parse_xml(f"<w:body {names}>{xml}</w:body>")
    document.element.replace(document.element.body, body)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


OSLO = "<w:r><w:t>Oslo</w:t></w:r>"
BOX = f"<w:txbxContent>{paragraph('Foto: NTB')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:p><w:smartTag>{OSLO}</w:smartTag></w:p>", "Oslo"),
        (f"<w:p>{OSLO}<w:ins>{OSLO}</w:ins><w:moveTo>{OSLO}</w:moveTo></w:p>", "OsloOsloOslo"),
        (
            f"<w:p>{OSLO}<w:moveFrom>{OSLO}</w:moveFrom>"
            "<w:del><w:r><w:delText>Moss</w:delText></w:r></w:del></w:p>",
            "Oslo",
        ),
        (f"<w:sdt><w:sdtContent>{paragraph('Oslo')}</w:sdtContent></w:sdt>", "Oslo"),
        (f"<w:p><w:sdt><w:sdtContent>{OSLO}</w:sdtContent></w:sdt></w:p>", "Oslo"),
        (
            f'<w:p><w:hyperlink><w:fldSimple w:instr="X">{OSLO}</w:fldSimple></w:hyperlink></w:p>',
            "Oslo",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Idlib</w:t><w:noBreakHyphen/>"
            "<w:t>provinsen</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r></w:p>",
            "Idlib-provinsen\ta\nb\nc",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>"
            f"{paragraph('Oslo')}</w:tc></w:tr></w:tbl>{paragraph('Norge')}</w:tc>"
            f"<w:sdt><w:sdtContent><w:tc>{paragraph('EU')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
            "Oslo\nNorge\nEU",
        ),
        (
            f"<w:p>{OSLO}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            "Oslo\n\nFoto: NTB",
        ),
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Oslo')}</w:sdtContent></w:sdt>",
            "",
        ),
    ],
)
def test_docx_has_all_that_is_seen_and_nothing_twice(tmp_path, xml, text):
    (tmp_path / "sak.docx").write_bytes(word_of(paragraph("Før.") + xml + paragraph("Etter.")))
    [(documents, _)] = read(tmp_path / "sak.docx")
    assert documents["text"].to_pylist() == ["\n\n".join(filter(None, ["Før.", text, "Etter."]))]


def test_docx_has_its_title_in_a_content_control(tmp_path):
    titled = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Hva nå?</w:t></w:r></w:p>'
    xml = f"<w:sdt><w:sdtContent>{titled}</w:sdtContent></w:sdt>{paragraph('Oslo.')}"
    (tmp_path / "sak.docx").write_bytes(word_of(xml))
    [(documents, _)] = read(tmp_path / "sak.docx")
    assert documents["title"].to_pylist() == ["Hva nå?"]


@pytest.mark.parametrize("cut", [0, 10, 1000])
def test_docx_that_is_damaged_is_a_failure(tmp_path, cut):
    path = tmp_path / "sak.docx"
    path.write_bytes(word(["x"])[:cut] or b"x")
    [(_, failures)] = read(path)
    assert failures["code"].to_pylist() == ["BAD_FILE"]


def test_docx_without_the_extra_says_what_to_install(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    (tmp_path / "a.docx").write_bytes(b"x")
    [(_, failures)] = read(tmp_path)
    assert failures["message"].to_pylist()[0].endswith("Run: pip install 'nb-entities[docx]'")


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_truncated_file_is_a_failure(tmp_path, packing, cut):
    path = tmp_path / f"sak.txt{packing}"
    path.write_bytes(PACK[packing](TEXT.encode())[:-cut])
    [(documents, failures)] = read(path)
    assert documents["status"].to_pylist() == ["failed"]
    assert failures["code"].to_pylist() == ["BAD_COMPRESSION"]


@pytest.mark.parametrize(
    ("packing", "code"), [(".gz", "BAD_COMPRESSION"), (".zst", "BAD_COMPRESSION")]
)
def test_a_bomb_is_a_failure(tmp_path, monkeypatch, packing, code):
    from pipeline.readers import compression

    monkeypatch.setattr(compression, "ALWAYS_ALLOWED", 2**20)
    path = tmp_path / f"sak.jsonl{packing}"
    path.write_bytes(PACK[packing](b" " * 2**24))
    [(_, failures)] = read(path)
    assert failures["code"].to_pylist() == [code]


def test_a_document_too_large_is_a_failure(tmp_path, monkeypatch):
    from pipeline.readers import decode, txt

    monkeypatch.setattr(txt, "MAX_TEXT", 1000)
    monkeypatch.setattr(decode, "MAX_TEXT", 1000)
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)
    (tmp_path / "b.jsonl").write_text('{"text": "%s"}\n{"text": "b"}' % ("x" * 5000))
    found = [failures["code"].to_pylist() for _, failures in read(tmp_path)]
    assert found == [["TOO_LARGE"], ["TOO_LARGE"]]


@pytest.mark.skipif(not HAS_HTML, reason="needs the extra html")
@pytest.mark.parametrize(
    ("page", "title", "text"),
    [
        ("<p>Hei på deg.</p>", None, "Hei på deg."),
        ("Bare tekst", None, "Bare tekst"),
        ("<html><body></body></html>", None, ""),
        (
            "<html><head><title>Kort</title></head><body><nav><a href='/'>Hjem</a></nav>"
            "<article><h1>Kort</h1><p>Støre i Oslo.</p><p>Foto: NTB</p></article></body></html>",
            "Kort",
            "Kort\n\nStøre i Oslo.\n\nFoto: NTB",
        ),
    ],
)
def test_html_of_a_line_or_two_is_read_too(tmp_path, page, title, text):
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    [(documents, _)] = read(path)
    [row] = documents.to_pylist()
    assert (row["title"], row["text"]) == (title, text)


@pytest.mark.skipif(not HAS_HTML, reason="needs the extra html")
@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8", "no-such"])
def test_html_may_declare_its_encoding_even_wrongly(tmp_path, declared):
    path = tmp_path / "a.html"
    path.write_bytes(
        page().replace("<head>", f'<head><meta charset="{declared}">').encode("cp1252")
    )
    [(documents, _)] = read(path)
    assert documents["text"].to_pylist() == [TEXT]


@pytest.mark.skipif(not HAS_HTML, reason="needs the extra html")
@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-32", "cp037"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_html_does_not_declare_what_could_not_be_read(tmp_path, declared, encoding):
    path = tmp_path / "a.html"
    text = page().replace("<head>", f'<head><meta charset="{declared}">')
    path.write_bytes((text + " " * (len(text.encode(encoding)) % 2)).encode(encoding))
    [(documents, _)] = read(path)
    assert documents["text"].to_pylist() == [TEXT]
    assert documents["encoding"].to_pylist() == [encoding]


@pytest.mark.skipif(not HAS_HTML, reason="needs the extra html")
@pytest.mark.parametrize(
    "said",
    [
        '<meta property="article:published_time" content="{}">',
        '<meta content="{}" property="article:published_time">',
        "<meta content='{}' data-x=1 property=article:published_time>",
        "<META PROPERTY=article:published_time CONTENT={}>",
        '<meta name="article:published_time" content="{}">',
        '<meta property="og:article:published_time" content="{}">',
        '<meta itemprop="datePublished" content="{}">',
        '<script type="application/ld+json">{{"datePublished": "{}"}}</script>',
        '<meta property="article:published_time" content="i går"><meta itemprop="datePublished"'
        ' content="{}">',
    ],
)
def test_html_says_when_it_was_published_however_it_is_written(tmp_path, said):
    path = tmp_path / "a.html"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    head = f"<head><title>{TITLE}</title>{said.format('2020-03-05T14:30:00+01:00')}</head>"
    path.write_text(f"<html>{head}<body><article>{text}</article></body></html>", "utf-8")
    [(documents, _)] = read(path)
    assert documents["published"].to_pylist() == [datetime(2020, 3, 5, 13, 30, tzinfo=UTC)]


def test_html_without_the_extra_says_what_to_install(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(page(), "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (_, failures), (documents, _) = read(tmp_path)
    assert failures["code"].to_pylist() == ["EXTRA_MISSING"]
    assert documents["status"].to_pylist() == ["ok"]


def test_a_folder_of_two_thousand_small_files(tmp_path):
    for n in range(2000):
        (tmp_path / f"{n:04}.txt").write_text(f"Sak {n}\n\nTekst {n}.", "utf-8")
    found = [documents["doc_id"][0].as_py() for documents, _ in read(tmp_path)]
    assert found == [f"{tmp_path.name}/{n:04}.txt" for n in range(2000)]
