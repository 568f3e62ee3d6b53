"""From sources to documents: names, ids, statuses, text."""

import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import errors, schemas
from pipeline.readers import ReadOptions
from pipeline.stages import ingest as stage
from pipeline.stages import survey as finding
from pipeline.stages.ingest import ingest, join
from pipeline.stages.survey import Source, nothing_to_read, survey


def write(root, **files):
    for name, data in files.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def find_sources(sources):
    found = survey(sources)
    if not found.sources:
        raise nothing_to_read(sources, found)
    return found.sources


def names(*sources):
    return [source.name for source in find_sources([str(source) for source in sources])]


def documents(source, **options):
    rows, failures = [], []
    for table, failed in ingest(source, ReadOptions(**options)):
        table.validate(full=True)
        assert table.schema.equals(schemas.DOCUMENTS.schema, check_metadata=True)
        assert failed.schema.equals(schemas.FAILURES.schema, check_metadata=True)
        rows += table.to_pylist()
        failures += failed.to_pylist()
    assert {row["doc_id"] for row in rows if row["status"] == "failed"} == {
        row["doc_id"] for row in failures
    }
    assert len({row["doc_id"] for row in rows}) == len(rows)
    return rows, failures


def one(path, **options):
    [row], _ = documents(find_sources([str(path)])[0], **options)
    return row


# find_sources ----------------------------------------------------------------------------------


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    root = tmp_path / "corpus"
    write(root, b_DOT_txt="b", a__z_DOT_TXT="z", a__x_DOT_jsonl_DOT_gz="", c_DOT_pdf="%PDF")
    write(root, _DOT_git__config_DOT_txt="x", _DOT_hidden_DOT_txt="x", a__README_DOT_md="x")
    monkeypatch.chdir(tmp_path)
    return root


NAMES = ["corpus/b.txt", "corpus/a/x.jsonl.gz", "corpus/a/z.TXT"]


@pytest.mark.parametrize("given_as", ["corpus", "corpus/", "./corpus", "corpus/../corpus/."])
def test_find_sources_names_a_folder_alike_however_it_is_given(corpus, given_as):
    assert names(given_as) == NAMES
    assert names(corpus) == NAMES
    assert names(given_as, corpus) == NAMES


def test_find_sources_names_the_current_folder(corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    assert names(".") == NAMES
    assert names("b.txt") == ["b.txt"]


def test_find_sources_names_a_linked_folder_after_the_link(corpus, tmp_path):
    (tmp_path / "lenke").symlink_to(corpus)
    assert names("lenke") == [name.replace("corpus", "lenke") for name in NAMES]


def test_survey_tells_what_was_skipped(corpus):
    assert survey(["corpus"]).skipped == ["corpus/c.pdf"]
    assert names("corpus/a/README.md") == ["README.md"]  # named itself, it is read


def test_survey_leaves_out_the_results_of_another_run(corpus):
    (corpus / "a" / ".work").mkdir()  # of a run that came to nothing
    assert names("corpus") == NAMES
    (corpus / "a" / ".runs").mkdir()
    found = survey(["corpus"])
    assert [source.name for source in found.sources] == NAMES[:1]
    assert (found.skipped, found.results) == (["corpus/c.pdf"], ["corpus/a"])
    with pytest.raises(errors.UserError, match=r"only the results of a run \(a\)"):
        find_sources(["corpus/a"])


def test_survey_leaves_out_the_outputs(corpus):
    assert [s.name for s in survey([str(corpus)], [corpus / "a"]).sources] == NAMES[:1]


def test_find_sources_knows_size_and_time(corpus):
    [source] = find_sources(["corpus/b.txt"])
    assert source.size == 1
    assert source.mtime_ns == (corpus / "b.txt").stat().st_mtime_ns


def test_find_sources_survives_link_loops_and_pipes(corpus):
    (corpus / "a" / "loop").symlink_to(corpus)
    (corpus / "broken.txt").symlink_to("nowhere")
    os.mkfifo(corpus / "pipe.txt")
    assert names("corpus") == ["corpus/b.txt", "corpus/broken.txt", *NAMES[1:]]
    row = one(corpus / "broken.txt")
    assert (row["doc_id"], row["status"]) == ("broken.txt", "failed")


@pytest.mark.parametrize("name", ["lenke.txt", "lenke", "lenke.pdf"])
def test_broken_link_says_where_it_leads(corpus, tmp_path, name):
    link = corpus / name
    link.symlink_to("../nowhere/else")
    for source in (find_sources([str(link)])[0], find_sources(["corpus"])[1]):
        assert source.is_unseen
        _, [failure] = documents(source)
        assert failure["code"] == "SOURCE_UNREADABLE"
        assert f"it is a broken link to '{tmp_path}/nowhere/else'" in failure["message"]


@pytest.mark.parametrize(
    ("given_as", "problem"),
    [
        (["nowhere"], errors.SOURCE_MISSING),
        ([""], errors.SOURCE_MISSING),
        (["empty"], errors.SOURCE_EMPTY),
        ([], errors.SOURCE_EMPTY),
        (["corpus", "other/corpus"], errors.SOURCE_CLASH),
        (["corpus/b.txt", "other/b.txt"], errors.SOURCE_CLASH),
    ],
)
def test_find_sources_refuses(corpus, tmp_path, given_as, problem):
    write(tmp_path, other__corpus__b_DOT_txt="x", other__b_DOT_txt="x", empty__c_DOT_pdf="x")
    with pytest.raises(errors.UserError) as caught:
        find_sources(given_as)
    assert caught.value.problem is problem


def test_find_sources_names_both_that_clash(corpus, tmp_path):
    write(tmp_path, other__b_DOT_txt="x")
    with pytest.raises(errors.UserError, match=r"/corpus/b\.txt' and '.*/other/b\.txt'"):
        find_sources(["corpus/b.txt", "other/b.txt"])


def test_find_sources_makes_every_name_text(tmp_path):
    (tmp_path / "r").mkdir()
    for name in (b"bl\xe5.txt", b"a\nb.txt", "blå.txt".encode(), b"a.csv", b"a.csv#1.txt"):
        (tmp_path / "r" / os.fsdecode(name)).write_text("text\nx")
    found = names(tmp_path / "r")
    assert found[0] == "r/a\\nb.txt"
    assert found[1] == "r/a.csv"
    assert found[2].startswith("r/a.csv#1.txt~")  # else it could be the id of a row of a.csv
    assert set(found[3:]) == {"r/blå.txt", "r/bl\\xe5.txt"}


def test_find_sources_makes_every_root_text(tmp_path):
    root = tmp_path / os.fsdecode(b"art\xe5")
    write(root, a_DOT_txt="x")
    [in_folder], [named] = find_sources([str(root)]), find_sources([str(root / "a.txt")])
    assert (in_folder.name, named.name) == ("art\\xe5/a.txt", "a.txt")
    assert in_folder.root == str(tmp_path / "art\\xe5")
    assert named.root == f"{in_folder.root}/a.txt"
    assert finding.root(str(root))[0] == "art\\xe5"


def test_unreadable_folder_is_a_failure(corpus, monkeypatch):
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("corpus/a"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    sources = find_sources(["corpus"])
    assert [source.name for source in sources] == ["corpus/b.txt", "corpus/a"]
    _, [failure] = documents(sources[1])
    assert failure["code"] == "SOURCE_UNREADABLE"


# ingest ----------------------------------------------------------------------------------------


def test_ingest_of_an_article(tmp_path):
    write(tmp_path, **{"2020-03-05-idlib_DOT_txt": "Våpenhvile i Idlib\n\nDe er enige om det.\n"})
    row = one(tmp_path / "2020-03-05-idlib.txt")
    sha256 = row.pop("sha256")
    assert len(sha256) == 64
    assert row == {
        "doc_id": "2020-03-05-idlib.txt",
        "source": "2020-03-05-idlib.txt",
        "title": "Våpenhvile i Idlib",
        "published": datetime(2020, 3, 5, tzinfo=UTC),
        "language": "nb",
        "status": "ok",
        "duplicate_of": None,
        "text": "Våpenhvile i Idlib\n\nDe er enige om det.",
        "n_chars": 39,
        "n_tokens": 0,
        "encoding": "utf-8",
        "repairs": [],
    }


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.txt", b"", "empty", None),
        ("a.txt", b" \n\0", "empty", None),
        ("a.jsonl", b"\n\n", "empty", None),
        ("a.csv", b"id,text\n", "empty", None),
        ("a.pdf", b"%PDF", "failed", "UNKNOWN_FORMAT"),
        ("a.txt", b"%PDF", "failed", "NOT_TEXT"),
        ("a.txt", b"\x81\xff\xfe", "failed", "BAD_ENCODING"),
        ("a.csv", b"a,b\n1,2", "failed", "NO_TEXT_COLUMN"),
        ("a.txt.gz", b"nothing packed", "failed", "BAD_COMPRESSION"),
        ("a.parquet", b"PAR1", "failed", "BAD_TABLE"),
    ],
)
def test_ingest_gives_a_file_one_row_whatever_it_holds(tmp_path, name, data, status, code):
    (tmp_path / name).write_bytes(data)
    [row], failures = documents(find_sources([str(tmp_path / name)])[0])
    assert (row["doc_id"], row["status"], row["text"]) == (name, status, "")
    assert [failure["code"] for failure in failures] == ([code] if code else [])
    assert all((f["stage"], f["attempts"]) == ("ingest", 1) for f in failures)


def test_ingest_of_rows(tmp_path):
    rows = [
        {"id": 1, "text": "En"},
        {"id": 1, "text": "To"},
        {"id": 1, "text": "En"},
        {"text": "Tre"},
        {"text": "Tre"},
        {"id": "a\nb", "text": "Fire"},
        {"id": 2, "text": ""},
    ]
    write(tmp_path, r_DOT_jsonl="\n".join(map(json.dumps, rows)) + '\n{"id": 3')
    found, failures = documents(find_sources([str(tmp_path / "r.jsonl")])[0])
    ids = [row["doc_id"].removeprefix("r.jsonl#") for row in found]
    tre = found[3]["sha256"][:12]
    to = found[1]["sha256"][:8]
    assert ids[:7] == ["1", f"1~{to}", "1~2", tre, f"{tre}~2", "a b", "2"]
    assert [row["repairs"] for row in found[:6]] == [
        [],
        ["repeated id"],
        ["repeated id"],
        [],
        [],
        [],
    ]
    assert [failure["code"] for failure in failures] == ["NO_TEXT", "BAD_ROW"]


@pytest.mark.parametrize(
    ("name", "data", "published"),
    [
        ("2020-03-05-sak.txt", "Hei.", datetime(2020, 3, 5, tzinfo=UTC)),
        ("2020-03-05.csv", "id,text\n1,Hei.", datetime(2020, 3, 5, tzinfo=UTC)),
        ("2020-03-05.csv", "date,text\n05/03/2020,Hei.", None),
        ("2020-03-05.md", "---\ndate: i går\n---\nHei.", None),
        ("2020-03-05.csv", "date,text\n2019-01-02,Hei.", datetime(2019, 1, 2, tzinfo=UTC)),
    ],
)
def test_date_in_the_name_is_of_who_says_none(tmp_path, name, data, published):
    (tmp_path / name).write_text(data)
    assert one(tmp_path / name)["published"] == published


@pytest.mark.parametrize(
    ("name", "header", "bad"), [("r.jsonl", "", '{"id": 3'), ("r.csv", "id,text\n", "1,a,b")]
)
def test_ids_of_bad_rows_do_not_depend_on_where_they_stand(tmp_path, name, header, bad):
    found = []
    for before in ("", '{"id": 7, "text": "En"}\n' if not header else "7,En\n"):
        (tmp_path / name).write_text(f"{header}{before}{bad}\n{bad}\n")
        rows, failures = documents(find_sources([str(tmp_path / name)])[0])
        assert [row["status"] for row in rows[-2:]] == ["failed"] * 2
        found.append([failure["doc_id"] for failure in failures])
    assert found[0] == found[1]
    assert found[0][1] == f"{found[0][0]}~2"


def test_ingest_keeps_the_rows_before_a_file_breaks(tmp_path):
    import gzip

    data = b"".join(b'{"id": %d, "text": "Hei %d"}\n' % (n, n * n) for n in range(20_000))
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(data)[:-1000])
    rows, failures = documents(find_sources([str(tmp_path / "r.jsonl.gz")])[0])
    assert len(rows) > 10_000
    assert rows[-1]["doc_id"] == "r.jsonl.gz"
    assert [failure["code"] for failure in failures] == ["BAD_COMPRESSION"]


def test_ingest_yields_chunks_of_bounded_size(tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "CHUNK", 1000)
    write(tmp_path, r_DOT_jsonl="".join(f'{{"text": "{n:0100}"}}\n' for n in range(95)))
    chunks = list(ingest(find_sources([str(tmp_path / "r.jsonl")])[0], ReadOptions()))
    assert [documents.num_rows for documents, _ in chunks] == [10] * 9 + [5]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"Statsminister St\xf8re i Paris.", ["stdin"]),
        (b'\xef\xbb\xbf\n{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}', ["stdin#1", "stdin#2"]),
        ('{"id": 1'.encode("utf-16"), ["stdin"]),
        (b"{ikke json}\nmer", ["stdin"]),
        (b"", ["stdin"]),
        ("id;tekst\n1;Bergen\n2;Moss\n".encode("utf-8-sig"), ["stdin#1", "stdin#2"]),
        (b'\nurl,"title",Body\n1,a,b\n', ["stdin#1"]),
        (b"Tekst, foto: Kari Moe\n\nHun bor i Oslo.", ["stdin"]),
        (b"id,text\r1,a " * 50_000, ["stdin"]),
        ("id;tekst\n1;Bergen\n2;Moss\n".encode("utf-16"), ["stdin#1", "stdin#2"]),
        ('\n{"id": 1, "text": "Tromsø"}\n'.encode("utf-16"), ["stdin#1"]),
        (b'[{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]', ["stdin#1", "stdin#2"]),
        ('[\n  {"id": 1,\n   "text": "Tromsø"}\n]\n'.encode("utf-8-sig"), ["stdin#1"]),
        (b"[Oppdatert] Det regner i Bergen.", ["stdin"]),
    ],
)
def test_ingest_of_standard_input_sees_json_and_tables(monkeypatch, data, ids):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    rows, failures = documents(find_sources(["-"])[0])
    assert [row["doc_id"] for row in rows] == ids
    assert not failures


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_ingest_of_standard_input_sees_a_page(monkeypatch, encoding):
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    page = "\n<!DOCTYPE html><script>x = 1</script><p>Været i Tromsø er fint i dag.</p>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode(encoding))))
    [row], failures = documents(find_sources(["-"])[0])
    assert (row["text"], failures) == ("Været i Tromsø er fint i dag.", [])


def test_ingest_of_half_an_array_on_standard_input_is_a_failure(monkeypatch):
    data = b'[{"id": 1, "text": "a"},\n{"id": 2, '
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [row], [failure] = documents(find_sources(["-"])[0])
    assert (row["status"], failure["code"]) == ("failed", "BAD_FILE")
    data = b'[{"id": 1, "text": "a"}, 2, {"id": 3, "text": {}}]'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    rows, failures = documents(find_sources(["-"])[0])
    assert [row["status"] for row in rows] == ["ok", "failed", "failed"]
    assert [failure["message"].split(".")[0] for failure in failures] == [
        "Line 2 could not be read: it is not a JSON object",
        "Line 3 could not be read: its text is not a string",
    ]


def test_ingest_of_a_table_on_standard_input_wants_its_text_column(monkeypatch):
    def given(**options):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,article\n1,Oslo\n")))
        return documents(find_sources(["-"])[0], **options)

    rows, failures = given(text_column="article")
    assert ([row["text"] for row in rows], failures) == (["Oslo"], [])
    [row], _ = given()  # nothing says that it is no text
    assert row["status"] == "ok"
    [row], [failure] = given(id_column="id", title_column="article")
    assert failure["code"] == "NO_TEXT_COLUMN"


def test_ingest_reports_a_fault_of_its_own(tmp_path, monkeypatch):
    from pipeline import readers

    def broken(stream, options):
        raise RuntimeError("bug")
        yield

    monkeypatch.setitem(readers.READERS, ".txt", broken)
    write(tmp_path, a_DOT_txt="x")
    _, [failure] = documents(find_sources([str(tmp_path / "a.txt")])[0])
    assert failure["code"] == "DOCUMENT_FAILED"
    assert "RuntimeError: bug" in failure["message"]


def test_ingest_of_a_vanished_file_is_transient():
    _, [failure] = documents(Source("a.txt", Path("/nowhere/a.txt")))
    assert failure["code"] == "SOURCE_UNREADABLE"
    assert not errors.SOURCE_UNREADABLE.terminal


def test_ingest_of_five_megabytes_in_one_line(tmp_path):
    write(tmp_path, a_DOT_txt="Støre møtte Macron i Paris. " * 180_000)
    row = one(tmp_path / "a.txt")
    assert (row["status"], row["language"], row["title"]) == ("ok", "nb", None)
    assert row["n_chars"] == 28 * 180_000 - 1


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        (None, " a ", "a"),
        ("T", "a", "T\n\na"),
        ("T", "", "T"),
        ("T", "T", "T"),
        ("T", "T\na", "T\n\na"),
        ("T", " T \n\na", "T\n\na"),
        ("T", "Ta", "T\n\nTa"),
    ],
)
def test_join_says_the_title_once(title, body, text):
    assert join(title, body) == text


@given(st.one_of(st.none(), st.text()), st.text())
def test_join_is_stripped_and_loses_nothing(title, body):
    text = join(title, body)
    assert text == text.strip()
    assert "".join(body.split()) in "".join(text.split())


@given(st.lists(st.fixed_dictionaries({}, optional={"id": st.text(), "text": st.text()})))
def test_every_row_is_a_document(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found, failures = documents(Source("rows.jsonl", path))
    if rows:
        assert len(found) == len(rows)
        assert len(failures) == sum(not row["text"] for row in found)
