from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline import errors, schemas
from pipeline.batch import database, tables
from pipeline.batch.shards import SHARD_CHARS, Pending, Work
from pipeline.batch.store import Failure, Known, Store
from pipeline.readers import RawFailure
from pipeline.stages.ingest import to_tables
from tests.conftest import ROOT

TOKENIZE = Work("tokenize", "f1")


def add(store: Store, **texts: str) -> None:
    """One source a document, named as it."""
    for doc_id, text in texts.items():
        row: dict[str, list[object]] = {
            "doc_id": [doc_id],
            "source": [doc_id],
            "title": [None],
            "published": [None],
            "language": ["nb"],
            "status": ["ok" if text else "empty"],
            "duplicate_of": [None],
            "text": [text],
            "n_chars": [len(text)],
            "n_tokens": [0],
            "sha256": [hashlib.sha256(text.encode()).hexdigest()],
            "encoding": ["utf-8"],
            "repairs": [[]],
        }
        documents = schemas.DOCUMENTS.from_columns(row)
        store.add_documents(
            [(doc_id, documents, schemas.FAILURES.empty())], [Known(doc_id, 1, 1, "/", "reader")]
        )


def pending(store: Store, work: Work = TOKENIZE) -> list[list[str]]:
    return [shard.documents["doc_id"].to_pylist() for shard in Pending(store, work).shards()]


def finish(store: Store, work: Work = TOKENIZE) -> None:
    table = schemas.TOKENS if work.stage == "tokenize" else schemas.SPANS
    for shard in Pending(store, work).shards():
        keys = shard.documents["doc_key"]
        counts = pa.array([1] * len(keys), pa.int32())
        store.finish(work.stage, pa.table({"doc_key": keys, "n_tokens": counts}), table.empty())


def test_store_is_in_the_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store(Path("~res")) as store:
        assert store.path.is_file()


def test_pending_is_what_has_no_key_yet(store: Store) -> None:
    add(store, a="en", b="to", c="")
    assert pending(store) == [["a", "b"]]
    finish(store)
    assert pending(store) == []
    add(store, d="tre")
    assert pending(store) == [["d"]]
    assert pending(store, Work("tokenize", "f2")) == [["a", "b", "d"]]


def test_pending_does_the_same_text_once(store: Store) -> None:
    add(store, b="samme", a="samme")
    assert pending(store) == [["a"]]
    finish(store)
    store.forget_sources(["a"])
    assert pending(store) == []  # b has the result of the same text


def test_extract_waits_for_tokens(store: Store) -> None:
    add(store, a="en")
    work = Work("extract", "x1", tokenize="f1")
    assert pending(store, work) == []
    finish(store)
    assert pending(store, work) == [["a"]]


def test_shard_is_the_same_table_with_and_without_a_store(store: Store) -> None:
    add(store, a="en", b="to")
    (shard,) = Pending(store, TOKENIZE).shards()
    other = schemas.shard(["a", "b"], ["en", "to"], [0, 0])
    assert shard.documents.schema == other.schema == schemas.SHARD.schema
    keys = ["doc_key", "tokens_key"]
    assert shard.documents.drop_columns(keys).equals(other.drop_columns(keys))


def test_shards_are_cut_by_size(store: Store) -> None:
    tenth = "x" * (SHARD_CHARS // 10 - 4)
    add(store, **{f"d{n:03}": f"{n:03} {tenth}" for n in range(200)}, e="y" * (3 * SHARD_CHARS))
    shards = pending(store)
    assert [name for shard in shards for name in shard] == [*(f"d{n:03}" for n in range(200)), "e"]
    assert shards[-1] == ["e"]
    sizes = [len(shard) for shard in shards[:-1]]
    assert max(sizes) == sizes[0] == 10
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 5


def test_what_is_no_more_than_a_shard_is_one(store: Store) -> None:
    add(store, **{f"d{n}": str(n) + "x" * (SHARD_CHARS // 5 - 1) for n in range(5)})
    assert len(pending(store)) == 1
    add(store, e="one more")
    assert len(pending(store)) > 2


def fail(store: Store, problem: errors.Problem) -> None:
    (shard,) = Pending(store, TOKENIZE).shards()
    key = shard.documents["doc_key"][0].as_py()
    store.fail("tokenize", Failure(key, "a", "a", problem, "because"))


def test_failure_on_reading_is_terminal_as_the_catalogue_says(store: Store) -> None:
    problems = errors.SOURCE_UNREADABLE, errors.NOT_TEXT
    for problem in problems:
        for documents, failures in to_tables(problem.code, [RawFailure(None, problem, "because")]):
            store.add_documents([(problem.code, documents, failures)])
    query = "SELECT doc_id, terminal FROM failures ORDER BY ALL"
    assert store.rows(query) == [("NOT_TEXT", True), ("SOURCE_UNREADABLE", False)]


def test_row_takes_the_place_of_another_only_where_that_is_asked(store: Store) -> None:
    add(store, a="en")
    again = pa.Table.from_pylist([Known("a", 2, 2, "/", "reader")._asdict()])
    with pytest.raises(duckdb.ConstraintException):
        store.insert("sources", again)
    store.insert("sources", again, replace=True)
    assert [source.size for source in store.known_sources().values()] == [2]


def test_terminal_failure_is_left_alone_until_asked(store: Store) -> None:
    add(store, a="en")
    fail(store, errors.DOCUMENT_FAILED)
    assert pending(store) == []
    assert pending(store, Work("tokenize", "f1", retry_failed=True)) == [["a"]]


def test_transient_failure_is_tried_in_three_runs(store: Store) -> None:
    add(store, a="en")
    for _ in range(3):
        assert pending(store) == [["a"]]
        fail(store, errors.WORKER_DIED)
    assert pending(store) == []
    assert store.rows("SELECT attempts FROM failures") == [(3,)]


def test_only_what_is_pending_may_take_its_worker_along(store: Store) -> None:
    add(store, a="en")
    assert not Pending(store, TOKENIZE).has_retried()
    for _ in range(3):
        fail(store, errors.WORKER_DIED)
        again = Pending(store, Work("tokenize", "f1", retry_failed=True))
        assert again.has_retried()
    add(store, b="to")
    assert not Pending(store, TOKENIZE).has_retried()


def test_what_failed_after_the_rules_changed_has_one_reason(store: Store) -> None:
    add(store, a="en", b="to")
    finish(store)
    changed = Work("tokenize", "f2")
    (shard,) = Pending(store, changed).shards()
    key = shard.documents["doc_key"][0].as_py()
    store.fail("tokenize", Failure(key, "a", "a", errors.WORKER_DIED, "because"))
    assert Pending(store, changed).reasons("f1") == {
        "the model, the rules or a setting changed": 1,
        "failed before": 1,
    }


def test_success_removes_the_failure(store: Store) -> None:
    add(store, a="en")
    fail(store, errors.WORKER_DIED)
    finish(store)
    assert store.one("SELECT count(*) FROM failures") == 0


def test_transaction_is_all_or_nothing(store: Store) -> None:
    add(store, a="en")
    with pytest.raises(RuntimeError), store.transaction():
        store.connection.execute("DELETE FROM documents")
        raise RuntimeError
    assert store.n_documents() == 1


def test_sweep_removes_what_is_no_longer_current(store: Store) -> None:
    add(store, a="en", b="to")
    finish(store)
    store.forget_sources(["a"])
    store.sweep({"tokenize": "f1"})
    assert store.one("SELECT count(*) FROM done") == 1
    store.sweep({"tokenize": "f2"})
    assert store.one("SELECT count(*) FROM done") == 0


def test_sweep_comes_again_after_documents_are_forgotten(store: Store) -> None:
    add(store, a="en", b="to")
    finish(store)
    store.sweep({"tokenize": "f1"})
    for left, name in ((1, "a"), (0, "b")):
        store.forget_sources([name])
        store.sweep({"tokenize": "f1"})
        assert store.one("SELECT count(*) FROM done") == left


def test_what_another_model_left_is_swept(store: Store) -> None:
    add(store, a="en", b="to")
    finish(store)
    store.sweep({"tokenize": "f1"})
    store.expect("f2")
    finish(store, Work("tokenize", "f2"))  # and that run is killed
    store.expect("f1")
    store.sweep({"tokenize": "f1"})
    assert store.one("SELECT count(*) FROM done") == 2


def test_stages_have_each_their_own_pending_documents(store: Store) -> None:
    add(store, a="en")
    finish(store)
    add(store, b="to")
    tokenize, extract = Pending(store, TOKENIZE), Pending(store, Work("extract", "x1", "f1"))
    found = [[s.documents["doc_id"].to_pylist() for s in p.shards()] for p in (tokenize, extract)]
    assert found == [[["b"]], [["a"]]]


def test_store_that_is_open_in_this_process_is_locked(store: Store) -> None:
    with pytest.raises(errors.UserError) as caught:
        Store(store.path.parent)
    assert caught.value.problem is errors.LOCKED


def test_run_waits_for_whoever_looks_at_the_store(store: Store) -> None:
    store.close()
    looking = (
        "import sys, time; from pathlib import Path; from pipeline.batch.store import Store\n"
        "with Store(Path(sys.argv[1]), read_only=True): print(flush=True); time.sleep(0.5)"
    )
    call = [sys.executable, "-c", looking, str(store.path.parent)]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline()
        with Store(store.path.parent) as opened:
            add(opened, a="en")
    assert reader.returncode == 0


def test_what_was_never_there_is_not_forgotten(store: Store) -> None:
    add(store, a="en")
    store.forget_sources(["new"])
    assert store.state("forgotten") is None
    store.forget_sources(["a"])
    assert store.state("forgotten") == "yes"


def test_rows_are_packed_in_small_groups(store: Store) -> None:
    # However long their texts are, the rows of one group are in memory together.
    n = 40_000
    store.connection.execute(
        "INSERT INTO runs SELECT range::VARCHAR, 1, 'x' FROM range($n)", {"n": n}
    )
    store.connection.execute("CHECKPOINT")
    largest = store.one(
        "SELECT max(n) FROM (SELECT sum(count) AS n FROM pragma_storage_info('runs')"
        " WHERE segment_type = 'DOUBLE' GROUP BY row_group_id)"
    )
    assert 0 < largest < n / 2


def test_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.set_state("schema_version", "99")
    with pytest.raises(errors.UserError, match="newer nb-entities") as caught:
        Store(tmp_path)
    assert caught.value.problem.exit == 4


def test_store_of_an_older_version_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.set_state("schema_version", "0")
    with pytest.raises(errors.UserError, match="--rebuild") as caught:
        Store(tmp_path)
    assert caught.value.problem.exit == 4


def test_store_that_is_looked_at_is_not_changed(store: Store) -> None:
    add(store, a="en")
    store.close()
    before = store.path.read_bytes()
    with Store(store.path.parent, read_only=True) as looked:
        assert pending(looked) == [["a"]]
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.iterdir()] == ["store.duckdb"]


def test_compacted_store_goes_on(store: Store) -> None:
    add(store, a="hemmelig" * 100, b="to")
    finish(store)
    store.connection.execute("CHECKPOINT")
    store.forget_sources(["a"])
    store.sweep({"tokenize": "f1"})
    store.connection.execute("CHECKPOINT")
    assert b"hemmelig" in store.path.read_bytes()  # DuckDB alone leaves it there
    store.compact()
    assert b"hemmelig" not in store.path.read_bytes()
    before = int(str(store.state("generation")))
    add(store, c="tre")
    assert int(str(store.state("generation"))) > before
    assert pending(store) == [["c"]]


def test_reasons_tell_what_is_new_from_what_is_done_again(store: Store) -> None:
    add(store, a="en", b="to")
    finish(store)
    add(store, c="tre")
    assert Pending(store, TOKENIZE).reasons("f1") == {"new or changed": 1}
    assert Pending(store, Work("tokenize", "f2")).reasons("f1") == {
        "new or changed": 1,
        "the model, the rules or a setting changed": 2,
    }


def test_broken_store_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "store.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(errors.UserError, match="--rebuild") as caught:
        Store(tmp_path)
    assert caught.value.problem.exit == 4


def test_store_that_must_not_be_read_is_not_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        # As DuckDB says it; to root, who may run this, every file is open.
        raise duckdb.IOException(f'IO Error: Cannot open file "{tmp_path}": Permission denied')

    monkeypatch.setattr(database, "connect", refuse)
    with pytest.raises(errors.UserError, match="correct the permissions") as caught:
        Store(tmp_path)
    assert caught.value.problem is errors.CANNOT_WRITE


def test_the_store_leaves_the_cores_to_the_workers_until_it_is_alone(tmp_path):
    with Store(tmp_path) as store:
        everything = store.one("SELECT current_setting('threads')")
        store.limit("512MB", every_core=False)
        assert store.one("SELECT current_setting('threads')") == 1
        store.limit("1GB", every_core=True)
        assert store.one("SELECT current_setting('threads')") == everything


def test_long_texts_are_kept_in_pieces(store: Store) -> None:
    # DuckDB holds 2,048 rows of a column in memory together.
    texts = {"a": "æøå" * 30_000, "b": "kort", "c": ""}
    add(store, **texts)
    assert store.one("SELECT max(length(text)) FROM texts") == database.PIECE
    (shard,) = Pending(store, TOKENIZE).shards()
    assert shard.documents["text"].to_pylist() == [texts["a"], texts["b"]]
    tables.prepare(store, "f1", "")
    rows = pa.Table.from_batches(tables.read(store, schemas.DOCUMENTS))
    assert dict(zip(rows["doc_id"].to_pylist(), rows["text"].to_pylist(), strict=True)) == texts
    store.forget_sources(["a"])
    assert store.one("SELECT count(*) FROM texts") == 1


def test_documents_are_read_in_parts_of_bounded_text(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_SORTED_CHARS", 10)
    add(store, b="1234567", a="12345678901234567890", c="1234", d="567")
    tables.prepare(store, "f1", "")
    parts = [batch.to_pydict()["doc_id"] for batch in tables.read(store, schemas.DOCUMENTS)]
    assert parts == [["a"], ["b", "c"], ["d"]]


def test_store_of_version_2_goes_on(store: Store) -> None:
    # It had each text as one value, and a view of the documents.
    long = "å" * (2 * database.PIECE + 1)
    add(store, a=long, b="to", c="")
    store.connection.execute("ALTER TABLE documents ADD COLUMN text VARCHAR DEFAULT ''")
    store.connection.execute(
        "UPDATE documents SET text = coalesce((SELECT string_agg(t.text, '' ORDER BY piece)"
        " FROM texts t WHERE t.doc_id = documents.doc_id), '')"
    )
    store.connection.execute("DROP TABLE texts")
    store.connection.execute("CREATE VIEW store.unique_documents AS SELECT * FROM documents")
    store.set_state("schema_version", "2")
    store.close()
    with pytest.raises(errors.UserError, match="next run goes on"):
        Store(store.path.parent, read_only=True)
    for _ in range(2):
        with Store(store.path.parent) as opened:
            (shard,) = Pending(opened, TOKENIZE).shards()
            assert shard.documents["text"].to_pylist() == [long, "to"]
            assert opened.one("SELECT count(*) FROM texts") == 4
