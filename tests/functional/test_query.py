"""SQL over the published tables, and what it may not do."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from pipeline import errors
from pipeline.batch.query import query
from pipeline.cli.query import EXAMPLES
from tests.conftest import ROOT, Command
from tests.published import Article, publish_tables

# Each chunk of it takes long and gives no row.
_ENDLESS = "SELECT a.range FROM range(100000000) a, range(100000) b WHERE a.range * b.range = -1"


def answer(out: Path, sql: str) -> list[tuple[object, ...]]:
    return list(query(out, sql))[1:]


def test_query_sees_every_table_as_the_files_have_it(corpus_run: Path) -> None:
    assert answer(corpus_run, "SHOW TABLES") == [
        (name,)
        for name in (
            "cooccurrences", "documents", "entities", "entity_changes", "failures", "mentions",
        )
    ]  # fmt: skip
    mentions = pd.read_parquet(corpus_run / "mentions.parquet")
    counts = answer(corpus_run, "SELECT type, count(*) FROM mentions GROUP BY type")
    assert dict(counts) == mentions["type"].value_counts().to_dict()
    scores = answer(corpus_run, "SELECT DISTINCT score FROM mentions WHERE method = 'rule'")
    assert (0.96,) in scores


def test_query_keeps_the_order_and_takes_times_as_utc(corpus_run: Path) -> None:
    ids = [row[0] for row in answer(corpus_run, "SELECT mention_id FROM mentions")]
    assert ids == list(pd.read_parquet(corpus_run / "mentions.parquet")["mention_id"])
    sql = "SELECT strftime(published, '%Y-%m-%d %H:%M') FROM documents WHERE doc_id LIKE '%osaka'"
    assert answer(corpus_run, sql) == [("2019-06-29 00:00",)]


def test_time_is_that_of_the_zone_asked_for(command: Command, corpus_run: Path) -> None:
    sql = (
        "SELECT published, published AT TIME ZONE 'Europe/Oslo' AS in_oslo, published::DATE AS day"
        " FROM documents WHERE doc_id LIKE '%osaka'"
    )
    done = command("query", sql, "--out", corpus_run, "--format", "csv")
    assert done.stdout.splitlines() == [
        "published,in_oslo,day", "2019-06-29T00:00:00Z,2019-06-29T02:00:00,2019-06-29",
    ]  # fmt: skip


def test_examples_have_answers(tmp_path: Path) -> None:
    failed = Article("1.pdf", "", status="failed")
    articles = [Article("1.txt", "Kari bor i Oslo."), failed]
    failures = [("1.pdf", "NOT_TEXT", "The file is a PDF, not text.")]
    out = publish_tables(tmp_path, articles, {"Oslo": ("place", "Oslo")}, failures)
    examples = re.findall('nb-entities query "(.+?)"', EXAMPLES)
    assert len(examples) == 3
    for sql in examples:
        rows = answer(out, sql)
        assert rows, sql
        assert all(cell for row in rows for cell in row), sql


def test_answer_as_csv_json_and_table(command: Command, corpus_run: Path) -> None:
    sql = (
        "SELECT name, aliases, n_mentions, last_published, country, latitude IS NULL AS nowhere,"
        " 1 / 0 AS ratio FROM entities WHERE name IN ('Arbeiderpartiet', 'Norge') ORDER BY name"
    )
    done = command("query", sql, "--out", corpus_run, "--format", "csv")
    frame = pd.read_csv(StringIO(done.stdout), keep_default_na=False)
    assert frame.loc[0, "aliases"] == "Ap"
    assert list(frame["country"]) == ["", "NOR"]
    assert frame.loc[0, "last_published"].endswith("T00:00:00Z")

    done = command("query", sql, "--out", corpus_run, "--format", "json")
    party, country = [json.loads(line) for line in done.stdout.splitlines()]
    assert (party["aliases"], party["country"], country["country"]) == (["Ap"], None, "NOR")
    assert (party["nowhere"], party["ratio"]) == (True, None)

    done = command("query", sql, "--out", corpus_run)
    header, first, _ = done.stdout.splitlines()
    assert header.split()[:3] == ["name", "aliases", "n_mentions"]
    assert first.split()[:3] == ["Arbeiderpartiet", "Ap", str(party["n_mentions"])]


def test_json_has_every_column_and_only_what_json_knows(command: Command, corpus_run: Path) -> None:
    sql = (
        "SELECT a.name, b.name, 1 AS name_1, b.name, 1.5 AS decimal, [1 / 0, 0.5] AS list,"
        " {'a': -1 / 0} AS struct, MAP {DATE '2020-03-05': 2.5} AS map"
        " FROM (SELECT 'x' AS name) a, (SELECT 'y' AS name) b"
    )
    done = command("query", sql, "--out", corpus_run, "--format", "json")

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    assert json.loads(done.stdout, parse_constant=refuse) == {
        "name": "x", "name_2": "y", "name_1": 1, "name_3": "y", "decimal": 1.5,
        "list": [None, 0.5], "struct": {"a": None}, "map": {"2020-03-05": 2.5},
    }  # fmt: skip


def test_table_is_bounded_and_says_so(command: Command, corpus_run: Path) -> None:
    done = command("query", "SELECT * FROM mentions", "--out", corpus_run)
    lines = done.stdout.splitlines()
    assert len(lines) == 101
    assert lines[0].split()[-2:] == ["title", "published"]
    assert "the first 100 rows; --format csv" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *(["query", "FROM range(1000000)", "--format", form] for form in ("csv", "json", "table")),
        ["query", "SELECT 1", "--format", "csv"],  # held back until the end
        ["show", "Kari Nordmann bor i Oslo.", "--json"],
        ["schema"],
    ],
)
def test_reader_that_goes_away_is_no_fault(corpus_run: Path, arguments: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *arguments], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"NB_ENTITIES_OUT": str(corpus_run)},
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert "Error" not in process.stderr.read()
    assert process.returncode == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('LICENSE')",
        "SELECT * FROM 'LICENSE'",
        "SELECT * FROM glob('*')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM sniff_csv('LICENSE')",
        "SELECT * FROM settings",  # a variable of the program's
        "SELECT * FROM query('SELECT * FROM read_text(''LICENSE'')')",
        "COPY entities TO 'stolen.csv'",
        "COPY (SELECT 1) TO 'stolen.csv'",
        "EXPORT DATABASE 'stolen'",
        "ATTACH 'stolen.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "PRAGMA enable_external_access = true",
        "RESET lock_configuration",
        "CREATE SECRET (TYPE s3)",
        "DROP VIEW mentions",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY entities TO 'stolen.csv'",
        "",
        "-- nothing",
    ],
)
def test_query_reads_nothing_else_and_changes_nothing(
    corpus_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    (tmp_path / "LICENSE").write_text("secret")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(errors.UserError) as raised:
        answer(corpus_run, sql)
    assert raised.value.problem is errors.BAD_QUERY
    assert [path.name for path in tmp_path.iterdir()] == ["LICENSE"]


def test_database_is_locked_even_for_statements_that_are_no_query(corpus_run: Path) -> None:
    import duckdb

    from pipeline.batch.published import opened

    with opened(corpus_run) as connection:
        for statement in ("COPY entities TO '/tmp/x.csv'", "SET threads = 1", "LOAD httpfs"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT nam FROM mentions", 'Candidate bindings: "name"'),
        ("SELECT * FROM mention", 'Did you mean "mentions"'),
        ("SELEC 1", "syntax error"),
        ("DELETE FROM mentions", "one SELECT"),
    ],
)
def test_wrong_query_is_one_line_with_the_tables(
    command: Command, corpus_run: Path, sql: str, words: str
) -> None:
    done = command("query", sql, "--out", corpus_run)
    assert done.returncode == errors.Exit.USAGE
    assert words in done.stderr
    assert "The tables are documents, mentions" in done.stderr
    assert (done.stderr.count("\n"), done.stdout) == (1, "")


def test_query_without_parquet_files_says_what_to_do(command: Command, tmp_path: Path) -> None:
    done = command("query", "SELECT 1", "--out", tmp_path)
    assert f"nb-entities run SOURCE --out {tmp_path}" in done.stderr
    command("run", "-", "--out", tmp_path, "--format", "csv", input="Kari Nordmann bor i Oslo.")
    done = command("query", "SELECT 1", "--out", tmp_path)
    assert "--format csv,parquet" in done.stderr


def test_signal_ends_a_query_that_takes_too_long(corpus_run: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "pipeline.cli", "query", _ENDLESS, "--out", str(corpus_run)]
    process = subprocess.Popen(
        call,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"NB_ENTITIES_LOG_FORMAT": "text", "TMPDIR": str(tmp_path)},
    )
    try:
        while process.poll() is None and not any(tmp_path.iterdir()):
            time.sleep(0.05)  # the folder to spill to is made just before the query begins
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == errors.Exit.INTERRUPTED, stderr
    assert not any(tmp_path.iterdir())
